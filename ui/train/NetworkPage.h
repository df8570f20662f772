// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// NetworkPage: one of the user's own networks: how good it is, how it learnt, and its name.
//
// Errors:  a name that can't be had is told beside its field; the rest by `problem`.
#pragma once

#include "ui/plots/PlotTheme.h"
#include "ui/session/ReadingSession.h"
#include "ui/train/RunStore.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace hilum::ui {

class ConfusionView;
class HistoryPlot;
class QuestionRow;

class NetworkPage : public QWidget {
    Q_OBJECT

public:
    explicit NetworkPage(const RunStore &store, QWidget *parent = nullptr);

    void setNetwork(const NetworkEntry &entry);
    void setTaken(const QStringList &names);
    void setProblem(const QString &problem); // of the last renaming or removing
    void setTheme(const PlotTheme &theme);

Q_SIGNALS:
    void renameRequested(const QString &name, const QString &newName);
    void removeRequested(const QString &name); // asked and answered
    void saveFailed(const QString &sentence);

private:
    void checkName();
    void rename();

    const RunStore &m_store;
    QStringList m_taken;
    QString m_name;
    QLabel *m_title;
    QLabel *m_result;
    QLabel *m_warning;
    QLabel *m_about;
    QLineEdit *m_newName;
    QPushButton *m_rename;
    QPushButton *m_remove;
    QLabel *m_nameProblem;
    QuestionRow *m_question;
    HistoryPlot *m_history;
    ConfusionView *m_matrix;
    QLabel *m_noMatrix;
};

} // namespace hilum::ui
