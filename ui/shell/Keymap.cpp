// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/Keymap.h"

#include "ui/shell/Actions.h"
#include "ui/shell/Settings.h"

namespace hilum::ui {

Keymap::Keymap(Actions &actions, Settings &settings, QObject *parent)
    : QObject(parent)
    , m_actions(actions)
    , m_settings(settings)
    , m_mouse(settings.mouse())
{
    for (QAction *action : actions.all()) {
        if (const auto keys = settings.keys(action->objectName()))
            Actions::setKeys(action, *keys);
    }
    // A default of a new version may be what someone gave to another action: their choice stays.
    for (QAction *action : actions.all()) {
        const QKeySequence keys = action->shortcut();
        if (keys.isEmpty() || settings.keys(action->objectName()))
            continue;
        for (QAction *other : actions.all()) {
            if (other != action && other->shortcut() == keys && settings.keys(other->objectName()))
                Actions::setKeys(action, {});
        }
    }
}

QAction *Keymap::ownerOf(const QKeySequence &keys) const
{
    if (keys.isEmpty())
        return nullptr;
    for (QAction *action : m_actions.all()) {
        if (action->shortcut() == keys)
            return action;
    }
    return nullptr;
}

QString Keymap::fixedUse(const QKeySequence &keys)
{
    if (keys.isEmpty())
        return {};
    const auto held = keys[0].keyboardModifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier);
    if (held != Qt::NoModifier)
        return {};
    switch (keys[0].key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        return tr("moves the film, and steps in lists and fields");
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return tr("goes from control to control");
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        return tr("presses the control that has the focus");
    default:
        return {};
    }
}

void Keymap::assign(QAction *action, const QKeySequence &keys)
{
    if (!fixedUse(keys).isEmpty() && keys != Actions::defaultKeys(action))
        return;
    if (QAction *owner = ownerOf(keys); owner && owner != action)
        give(owner, {});
    give(action, keys);
    Q_EMIT changed();
}

void Keymap::reset(QAction *action) { assign(action, Actions::defaultKeys(action)); }

void Keymap::setMouse(const MouseHabits &mouse)
{
    if (mouse == m_mouse)
        return;
    m_mouse = mouse;
    m_settings.setMouse(mouse);
    Q_EMIT changed();
}

void Keymap::resetAll()
{
    for (QAction *action : m_actions.all())
        give(action, Actions::defaultKeys(action));
    m_mouse = {};
    m_settings.setMouse(m_mouse);
    Q_EMIT changed();
}

void Keymap::give(QAction *action, const QKeySequence &keys)
{
    Actions::setKeys(action, keys);
    const bool own = keys != Actions::defaultKeys(action);
    m_settings.setKeys(action->objectName(), own ? std::optional(keys) : std::nullopt);
}

} // namespace hilum::ui
