// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// StatusLine: the pixel under the cursor, what is going on, and what Hilum is for.
//
// Errors:  none.
#pragma once

#include <QStatusBar>
#include <QTimer>

class QLabel;
class QProgressBar;
class QToolButton;

namespace hilum::ui {

class StatusLine : public QStatusBar {
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    void setPixel(const QString &text);
    void setDevice(const QString &text);
    void setNamesHidden(bool hidden);
    // Shown when it lasts longer than 300 ms; empty: nothing is going on.
    void setWork(const QString &text);
    void say(const QString &text); // for a few seconds
    void setTraining(const QString &text, const QString &hint); // a button; empty: nothing is trained

Q_SIGNALS:
    void trainingClicked();

private:
    QLabel *m_pixel;
    QLabel *m_work;
    QProgressBar *m_bar;
    QToolButton *m_training;
    QLabel *m_device;
    QLabel *m_names;
    QTimer m_patience;
    QTimer m_saying;
    QString m_working;
};

} // namespace hilum::ui
