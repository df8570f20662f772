// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/ViewCommands.h"

#include "ui/session/FilmSession.h"
#include "ui/session/ReadingSession.h"
#include "ui/shell/Actions.h"
#include "ui/shell/FilmArea.h"
#include "ui/shell/MarkCommands.h"
#include "ui/shell/StatusLine.h"
#include "ui/viewer/FilmView.h"
#include "ui/viewer/PixelText.h"

#include <QActionGroup>
#include <QMenu>
#include <QWidget>

#include <algorithm>

namespace hilum::ui {

namespace {

constexpr double zoomStep = 1.25;

QString menuText(QString name) { return name.replace(QLatin1Char('&'), QLatin1String("&&")); }

} // namespace

ViewCommands::ViewCommands(Parts parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
    connectView();
    connectFilm();
    filmChanged();
}

void ViewCommands::connectView()
{
    const Actions &a = m_parts.actions;
    const auto does = [this](QAction *action, auto command) {
        connect(action, &QAction::triggered, this, [this, command] { command(*m_parts.area.view()); });
    };
    does(a.fit, [](FilmView &film) { film.fit(); });
    does(a.oneToOne, [](FilmView &film) { film.oneToOne(); });
    does(a.zoomIn, [](FilmView &film) { film.zoomBy(zoomStep); });
    does(a.zoomOut, [](FilmView &film) { film.zoomBy(1 / zoomStep); });
    does(a.turnLeft, [](FilmView &film) { film.turn(-1); });
    does(a.turnRight, [](FilmView &film) { film.turn(1); });
    does(a.mirror, [](FilmView &film) { film.mirror(); });
    does(a.flip, [](FilmView &film) { film.flip(); });
    connect(a.windowTool, &QAction::triggered, this, [this] { setTool(HandTool::Window); });
    connect(a.panTool, &QAction::triggered, this, [this] { setTool(HandTool::Pan); });
    connect(a.zoomTool, &QAction::triggered, this, [this] { setTool(HandTool::Zoom); });
    a.cornerTexts->setChecked(true);
    for (FilmView *film : m_parts.area.views()) {
        connect(a.cornerTexts, &QAction::toggled, film, &FilmView::setCornerTexts);
        connect(film, &FilmView::pointed, this, [this, film](QPoint pixel) {
            if (film == m_parts.area.view())
                showPixel(pixel);
        });
    }
    connect(a.fullScreen, &QAction::toggled, m_window, [this](bool full) {
        m_window->setWindowState(m_window->windowState().setFlag(Qt::WindowFullScreen, full));
    });
}

void ViewCommands::setTool(HandTool tool)
{
    for (FilmView *film : m_parts.area.views())
        film->setTool(tool);
}

void ViewCommands::connectFilm()
{
    const Actions &a = m_parts.actions;
    FilmSession &films = m_parts.films;
    connect(a.invert, &QAction::triggered, &films, &FilmSession::setInverted);
    connect(a.reset, &QAction::triggered, this, [this] {
        m_parts.films.resetWindow();
        m_parts.area.view()->resetView();
    });
    connect(a.nextFilm, &QAction::triggered, &films, [&films] { films.select(films.currentRow() + 1); });
    connect(a.previousFilm, &QAction::triggered, &films, [&films] { films.select(films.currentRow() - 1); });
    for (std::size_t i = 0; i < a.presets.size(); ++i) {
        connect(a.presets[i], &QAction::triggered, &films,
                [&films, i] { films.choosePreset(static_cast<int>(i)); });
    }
    connect(a.cancel, &QAction::triggered, this, &ViewCommands::stop);
    connect(&films, &FilmSession::voiChanged, this, [this] {
        m_parts.actions.invert->setChecked(m_parts.films.isInverted());
        showPixel(m_pixel);
    });
    connect(&films, &FilmSession::currentChanged, this, &ViewCommands::filmChanged);
    connect(&films, &FilmSession::filmReady, this, &ViewCommands::filmChanged);
    connect(&films, &FilmSession::filmFailed, this, &ViewCommands::filmChanged);
}

void ViewCommands::stop()
{
    if (m_parts.marks.stop())
        return;
    if (m_parts.films.isLoading())
        m_parts.films.cancelLoading();
    else if (m_parts.readings.isReading())
        m_parts.readings.cancel();
    else if (m_window->isFullScreen())
        m_parts.actions.fullScreen->setChecked(false);
}

void ViewCommands::filmChanged()
{
    fillPresets();
    updateEnabled();
}

void ViewCommands::updateEnabled()
{
    const Actions &a = m_parts.actions;
    const bool film = m_parts.films.film() != nullptr;
    for (QAction *action : {a.fit, a.oneToOne, a.zoomIn, a.zoomOut, a.turnLeft, a.turnRight, a.mirror,
                            a.flip, a.invert, a.reset, a.savePicture, a.copyPicture})
        action->setEnabled(film);
    const bool any = m_parts.films.count() > 0;
    for (QAction *action : {a.closeFilm, a.closeAll, a.nextFilm, a.previousFilm})
        action->setEnabled(any);
    m_parts.presets.setEnabled(film);
}

void ViewCommands::showPixel(QPoint pixel)
{
    m_pixel = pixel;
    const FilmSession &films = m_parts.films;
    const DisplayFilmPtr film = films.film();
    m_parts.status.setPixel(film ? pixelText(*film, films.voi(), films.isInverted(), pixel) : QString());
}

void ViewCommands::fillPresets()
{
    m_parts.presets.clear();
    const DisplayFilmPtr film = m_parts.films.film();
    const auto &slots = m_parts.actions.presets;
    const std::size_t count = film ? film->presets.size() : 0;
    for (std::size_t i = 0; i < std::max(count, slots.size()); ++i) {
        const bool has = i < count;
        if (i < slots.size()) {
            slots[i]->setEnabled(has);
            slots[i]->setVisible(has);
            slots[i]->setText(has ? menuText(film->presets[i].name) : Actions::plainText(slots[i]));
            m_parts.presets.addAction(slots[i]);
        } else {
            QAction *action = m_parts.presets.addAction(menuText(film->presets[i].name));
            action->setWhatsThis(tr("Window preset"));
            const int index = static_cast<int>(i);
            connect(action, &QAction::triggered, &m_parts.films,
                    [this, index] { m_parts.films.choosePreset(index); });
        }
    }
}

} // namespace hilum::ui
