// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Menus: the menu bar and the tool bar, arranged from Actions.
//
// Errors:  none.
#pragma once

class QMainWindow;
class QMenu;

namespace hilum::ui {

class Actions;

struct Menus {
    QMenu *recent; // filled by the window
    QMenu *presets; // filled with each film
};

[[nodiscard]] Menus makeMenus(QMainWindow &window, Actions &actions);
void makeToolBar(QMainWindow &window, Actions &actions);

} // namespace hilum::ui
