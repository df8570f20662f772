// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmCommands: what can be done to a film beyond moving it: frames, lens, the file's own overlays, the
// automatic window, and the menu of the right click.
//
// Lens size and power and whether overlays are shown are remembered.
//
// Errors:  none.
#pragma once

#include "ui/viewer/Lens.h"

#include <QObject>

namespace hilum::ui {

class Actions;
class FilmArea;
class FilmSession;
class Keymap;
class Settings;

class FilmCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Settings &settings;
        FilmSession &films;
        Actions &actions;
        FilmArea &area;
        Keymap &keymap;
    };

    FilmCommands(Parts parts, QObject *parent);
    ~FilmCommands() override;

    const Lens &lens() const { return m_lens; }

private:
    void connectMouse();
    void connectFrames();
    void connectLens();
    void connectOverlays();
    void connectMenu();
    void updateEnabled();

    Parts m_parts;
    Lens m_lens;
};

} // namespace hilum::ui
