// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/FilmCommands.h"

#include "ui/session/FilmSession.h"
#include "ui/shell/Actions.h"
#include "ui/shell/FilmArea.h"
#include "ui/shell/Keymap.h"
#include "ui/shell/Settings.h"
#include "ui/shell/ViewportGrid.h"
#include "ui/viewer/FilmView.h"
#include "ui/viewer/FrameBar.h"

#include <QMenu>

#include <algorithm>

namespace hilum::ui {

FilmCommands::FilmCommands(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    connectMouse();
    connectFrames();
    connectLens();
    connectOverlays();
    connectMenu();
    FilmSession &films = m_parts.films;
    connect(m_parts.actions.automaticWindow, &QAction::triggered, this, [&films] {
        if (films.film())
            films.setVoi(films.film()->automatic);
    });
    connect(&films, &FilmSession::currentChanged, this, &FilmCommands::updateEnabled);
    connect(&films, &FilmSession::filmReady, this, &FilmCommands::updateEnabled);
    connect(&films, &FilmSession::filmFailed, this, &FilmCommands::updateEnabled);
    updateEnabled();
}

FilmCommands::~FilmCommands() = default;

void FilmCommands::connectMouse()
{
    const auto take = [this] {
        for (FilmView *view : m_parts.area.views())
            view->setMouse(m_parts.keymap.mouse());
    };
    connect(&m_parts.keymap, &Keymap::changed, this, take);
    take();
    FilmSession &films = m_parts.films;
    for (FilmView *view : m_parts.area.views())
        connect(view, &FilmView::filmsTurned, &films, [&films](int steps) {
            films.select(std::clamp(films.currentRow() + steps, 0, std::max(0, films.count() - 1)));
        });
}

void FilmCommands::connectFrames()
{
    const Actions &a = m_parts.actions;
    const auto does = [this](QAction *action, auto command) {
        connect(action, &QAction::triggered, this,
                [this, command] { command(*m_parts.area.grid()->frameBar()); });
    };
    does(a.previousFrame, [](FrameBar &bar) { bar.step(-1); });
    does(a.nextFrame, [](FrameBar &bar) { bar.step(1); });
    does(a.firstFrame, [](FrameBar &bar) { bar.step(-bar.frames()); });
    does(a.lastFrame, [](FrameBar &bar) { bar.step(bar.frames()); });
    does(a.playFrames, [](FrameBar &bar) { bar.setPlaying(!bar.isPlaying()); });
    // Space, Home and End mean other things in lists and buttons: they are the film's where it has the focus.
    for (QAction *action : {a.firstFrame, a.lastFrame, a.playFrames}) {
        action->setShortcutContext(Qt::WidgetShortcut);
        for (FilmView *view : m_parts.area.views())
            view->addAction(action);
    }
}

void FilmCommands::connectLens()
{
    QAction *lens = m_parts.actions.lens;
    m_lens.setPower(m_parts.settings.lensPower());
    m_lens.setDiameter(m_parts.settings.lensDiameter());
    m_lens.onChanged([this] { m_parts.settings.setLens(m_lens.power(), m_lens.diameter()); });
    for (FilmView *view : m_parts.area.views()) {
        view->addLayer(&m_lens);
        // A layer must not outlive its place in the view, nor the view's in the layer.
        connect(this, &QObject::destroyed, view, [view, layer = &m_lens] { view->removeLayer(layer); });
    }
    connect(lens, &QAction::toggled, this, [this](bool on) {
        m_lens.setOn(on);
        for (FilmView *view : m_parts.area.views()) {
            if (on && view->underMouse())
                view->pointAtCursor();
            view->update();
        }
    });
}

void FilmCommands::connectOverlays()
{
    QAction *overlays = m_parts.actions.fileOverlays;
    connect(overlays, &QAction::toggled, this, [this](bool shown) {
        m_parts.settings.setFileOverlays(shown);
        for (FilmView *view : m_parts.area.views())
            view->setFileOverlays(shown);
    });
    overlays->setChecked(m_parts.settings.showsFileOverlays());
    for (FilmView *view : m_parts.area.views())
        view->setFileOverlays(overlays->isChecked());
}

void FilmCommands::connectMenu()
{
    for (FilmView *view : m_parts.area.views()) {
        connect(view, &FilmView::menuRequested, this, [this, view](QPoint where) {
            const Actions &a = m_parts.actions;
            auto *menu = new QMenu(view);
            menu->setAttribute(Qt::WA_DeleteOnClose);
            menu->addActions({a.fit, a.oneToOne, a.reset});
            menu->addSeparator();
            menu->addActions({a.automaticWindow, a.invert, a.lens});
            menu->addSeparator();
            menu->addActions({a.turnLeft, a.turnRight, a.mirror, a.flip});
            menu->addSeparator();
            menu->addActions({a.overlay, a.fileOverlays, a.cornerTexts});
            menu->addSeparator();
            menu->addActions({a.copyPicture, a.savePicture});
            menu->popup(where);
        });
    }
}

void FilmCommands::updateEnabled()
{
    const Actions &a = m_parts.actions;
    const DisplayFilmPtr film = m_parts.films.film();
    const bool moves = film && film->film->frames > 1;
    for (QAction *action : {a.previousFrame, a.nextFrame, a.firstFrame, a.lastFrame, a.playFrames})
        action->setEnabled(moves);
    a.lens->setEnabled(film != nullptr);
    a.fileOverlays->setEnabled(film && !film->film->overlays.empty());
    a.automaticWindow->setEnabled(film && !film->isColour());
}

} // namespace hilum::ui
