// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// AuditPart: on request, what gives the classes of a data set away besides anatomy, before a network is
// trained on it.
//
// The audit runs as `hilum-cli audit` in a process of its own, of low priority; its report stays until
// another data set is chosen.
//
// Errors:  shown in place.
#pragma once

#include <QProcess>
#include <QTemporaryDir>
#include <QWidget>

#include <memory>

class QLabel;
class QProgressBar;
class QPushButton;

namespace hilum::ui {

class AuditPart : public QWidget {
    Q_OBJECT

public:
    // `program`: hilum-cli.
    explicit AuditPart(QString program, QWidget *parent = nullptr);
    ~AuditPart() override;

    void setDataset(const QString &path); // empty: none yet
    bool isRunning() const { return m_process != nullptr; }
    void begin();

private:
    void stop();
    void readProgress();
    void ended(int code, QProcess::ExitStatus status);
    void failWith(const QString &detail);
    bool showReport();
    void clear();
    void openReport();
    QString reportFile(const char *name) const;

    QString m_program;
    QString m_dataset;
    std::unique_ptr<QTemporaryDir> m_folder;
    QProcess *m_process = nullptr;
    QByteArray m_errors;
    bool m_isStopping = false;
    QPushButton *m_check;
    QPushButton *m_open;
    QLabel *m_state;
    QProgressBar *m_bar;
    QLabel *m_grave;
    QLabel *m_findings;
    QWidget *m_table = nullptr;
};

} // namespace hilum::ui
