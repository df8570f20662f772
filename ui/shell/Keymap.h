// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Keymap: which keys run which action and what the mouse does, kept from one day to the next.
//
// Keys belong to one action: who gets them takes them from who had them. What is as delivered is not
// written down, so that a later version's defaults reach who never changed them.
//
// Errors:  none; unreadable keys in the settings leave the default.
// Threads: UI thread.
#pragma once

#include "ui/viewer/MouseHabits.h"

#include <QKeySequence>
#include <QObject>

class QAction;

namespace hilum::ui {

class Actions;
class Settings;

class Keymap : public QObject {
    Q_OBJECT

public:
    Keymap(Actions &actions, Settings &settings, QObject *parent = nullptr); // as they were left

    Actions &actions() const { return m_actions; }
    QAction *ownerOf(const QKeySequence &keys) const; // nothing: free
    // What the keys do that no action can have: nothing when they are free for one.
    static QString fixedUse(const QKeySequence &keys);
    void assign(QAction *action, const QKeySequence &keys); // no keys: by menu and palette alone
    void reset(QAction *action);
    const MouseHabits &mouse() const { return m_mouse; }
    void setMouse(const MouseHabits &mouse);
    void resetAll(); // the mouse, too

Q_SIGNALS:
    void changed();

private:
    void give(QAction *action, const QKeySequence &keys);

    Actions &m_actions;
    Settings &m_settings;
    MouseHabits m_mouse;
};

} // namespace hilum::ui
