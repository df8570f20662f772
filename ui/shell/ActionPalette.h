// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ActionPalette: a searchable list of every action with its shortcut (Ctrl+K).
//
// Errors:  none.
#pragma once

#include <QDialog>
#include <QList>

class QAction;
class QLineEdit;
class QTreeWidget;

namespace hilum::ui {

class ActionPalette : public QDialog {
    Q_OBJECT

public:
    ActionPalette(const QList<QAction *> &actions, QWidget *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter(const QString &wanted);
    void runCurrent();

    QList<QAction *> m_actions;
    QLineEdit *m_wanted;
    QTreeWidget *m_list;
};

} // namespace hilum::ui
