// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Words: sentences of this room: labels that wrap and hide when empty, lengths of time, questions in place.
//
// Errors:  none.
// Threads: UI thread.
#pragma once

#include <QString>
#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;

namespace hilum::ui {

// `role` as in the window's style: body, strong, small, muted, warning, title. Hidden until it says
// something.
[[nodiscard]] QLabel *wordsLabel(QWidget *parent, const char *role, const QString &text = {});
void say(QLabel *label, const QString &text);

// "less than a minute", "about 4 min", "about 2 h 10 min"
[[nodiscard]] QString durationText(double seconds);

// "3 of 20 epochs done"
[[nodiscard]] QString epochsText(int done, int epochs);

// A question that is answered where it is asked; Esc is no.
class QuestionRow : public QWidget {
    Q_OBJECT

public:
    explicit QuestionRow(QWidget *parent = nullptr);

    void ask(const QString &question, const QString &yes, const QString &no, std::function<void()> does);
    void settle(); // unanswered

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QLabel *m_words;
    QPushButton *m_yes;
    QPushButton *m_no;
    std::function<void()> m_does;
};

} // namespace hilum::ui
