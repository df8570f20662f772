// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// HelpSheet: what the mouse and the keys do, what each part of the window is for and what its numbers
// mean, on one page (F1); and About.
//
// A widget's property "help" names the part that it and all within it belong to.
//
// Errors:  none.
#pragma once

#include <QDialog>

class QTextBrowser;

namespace hilum::ui {

class Keymap;

inline constexpr auto helpProperty = "help";

class HelpSheet : public QDialog {
    Q_OBJECT

public:
    HelpSheet(const Keymap &keymap, QWidget *parent);

    void showPlace(const QString &place); // begins with this part; empty or unknown: with the mouse
    static QString placeOf(const QWidget *focused);
    QString text() const;

Q_SIGNALS:
    void keyboardRequested();

private:
    const Keymap &m_keymap;
    QTextBrowser *m_text;
};

void showAbout(QWidget *parent);

} // namespace hilum::ui
