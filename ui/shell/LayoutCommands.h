// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// LayoutCommands: how many films stand side by side, which view is active, and what they have in common.
//
// Layout and links are remembered.
//
// Errors:  none.
#pragma once

#include <QObject>

namespace hilum::ui {

class Actions;
class FilmSession;
class Settings;

class LayoutCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Settings &settings;
        FilmSession &films;
        Actions &actions;
    };

    LayoutCommands(Parts parts, QWidget *window);

private:
    void connectLayout();
    void connectLinks();
    void setLayout(int viewports);

    Parts m_parts;
};

} // namespace hilum::ui
