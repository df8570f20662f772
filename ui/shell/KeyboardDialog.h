// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// KeyboardDialog: every action by group with the keys that run it, and the mouse, to be changed where they
// stand.
//
// A key press in a row is in force at once. Keys that another action has are asked about first, in words.
//
// Errors:  none; keys that can't be given away are said.
#pragma once

#include <QDialog>
#include <QKeySequence>

#include <vector>

class QAction;
class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace hilum::ui {

class Keymap;

class KeyboardDialog : public QDialog {
    Q_OBJECT

public:
    KeyboardDialog(Keymap &keymap, QWidget *parent);

    QKeySequenceEdit *editOf(const QAction *action) const;

private:
    struct Row {
        QAction *action;
        QTreeWidgetItem *item;
        QKeySequenceEdit *edit;
    };

    void fill();
    void addRow(QTreeWidgetItem *group, QAction *action);
    QWidget *makeQuestion();
    QWidget *makeButtons();
    void filter(const QString &wanted);
    void typed(QAction *action, const QKeySequence &keys);
    void ask(QAction *action, const QKeySequence &keys, const QString &question, bool canTake);
    void settle();
    void refresh();
    QAction *current() const;

    Keymap &m_keymap;
    QLineEdit *m_wanted;
    QTreeWidget *m_list;
    std::vector<Row> m_rows;
    QWidget *m_question;
    QLabel *m_words;
    QPushButton *m_take;
    QPushButton *m_leave;
    QAction *m_asked = nullptr; // the question is about giving it m_askedKeys
    QKeySequence m_askedKeys;
    bool m_refreshing = false;
};

} // namespace hilum::ui
