// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MouseFields: what the middle and right button and the wheel do over a film, each to be chosen; in force
// at once.
//
// Errors:  none.
#pragma once

#include "ui/viewer/MouseHabits.h"

#include <QWidget>

#include <functional>
#include <vector>

class QComboBox;
class QHBoxLayout;

namespace hilum::ui {

class Keymap;

[[nodiscard]] QString inWords(HandTool drag);
[[nodiscard]] QString inWords(WheelUse wheel);

class MouseFields : public QWidget {
    Q_OBJECT

public:
    MouseFields(Keymap &keymap, QWidget *parent);

private:
    template <class Use>
    void add(const QString &label, const std::vector<Use> &uses, Use MouseHabits::*part);

    Keymap &m_keymap;
    QHBoxLayout *m_row;
    std::vector<std::function<void()>> m_refresh;
};

} // namespace hilum::ui
