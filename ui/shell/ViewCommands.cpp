// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/ViewCommands.h"

#include "ui/session/FilmSession.h"
#include "ui/session/MapSession.h"
#include "ui/session/PresetBook.h"
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

#include <limits>
#include <vector>

namespace hilum::ui {

namespace {

constexpr double zoomStep = 1.25;
constexpr auto noOffer = std::numeric_limits<std::size_t>::max();

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
            m_pointed = film;
            m_pixel = pixel;
            showPixel();
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
        connect(a.presets[i], &QAction::triggered, this, [this, i] { choosePreset(m_digits[i]); });
    }
    connect(&m_parts.book, &PresetBook::changed, this, &ViewCommands::fillPresets);
    connect(a.cancel, &QAction::triggered, this, &ViewCommands::stop);
    connect(&films, &FilmSession::voiChanged, this, [this] {
        m_parts.actions.invert->setChecked(m_parts.films.isInverted());
        showPixel();
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
    else if (m_parts.maps.isMaking())
        m_parts.maps.stop();
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
    for (QAction *action : {a.fit, a.oneToOne, a.zoomIn, a.zoomOut, a.turnLeft, a.turnRight, a.mirror, a.flip,
                            a.invert, a.reset, a.savePicture, a.copyPicture})
        action->setEnabled(film);
    const bool any = m_parts.films.count() > 0;
    for (QAction *action : {a.closeFilm, a.closeAll, a.nextFilm, a.previousFilm})
        action->setEnabled(any);
    m_parts.presets.setEnabled(film);
}

// Of the view under the cursor, active or not.
void ViewCommands::showPixel()
{
    const DisplayFilmPtr film = m_pointed ? m_pointed->film() : nullptr;
    m_parts.status.setPixel(film ? pixelText(*film, m_pointed->voi(), m_pointed->isInverted(), m_pixel)
                                 : QString());
}

// A digit's action stands in the menu under the name of what it chooses now.
void ViewCommands::fillPresets()
{
    m_parts.presets.clear();
    const auto &digits = m_parts.actions.presets;
    for (QAction *digit : digits) {
        digit->setText(Actions::plainText(digit));
        digit->setEnabled(false);
        digit->setVisible(false);
    }
    m_digits.fill(noOffer);
    const DisplayFilmPtr film = m_parts.films.film();
    if (!film || film->isColour())
        return;
    std::size_t index = 0;
    for (const OfferedPreset &offer : m_parts.book.offered(*film)) {
        QAction *action = nullptr;
        if (offer.digit > 0) {
            const auto slot = static_cast<std::size_t>(offer.digit - 1);
            m_digits[slot] = index;
            action = digits[slot];
            action->setText(menuText(offer.name));
            action->setEnabled(true);
            action->setVisible(true);
            m_parts.presets.addAction(action);
        } else {
            action = m_parts.presets.addAction(menuText(offer.name));
            action->setWhatsThis(tr("Window preset"));
            connect(action, &QAction::triggered, this, [this, index] { choosePreset(index); });
        }
        ++index;
    }
}

void ViewCommands::choosePreset(std::size_t offer)
{
    const DisplayFilmPtr film = m_parts.films.film();
    const auto offers = film ? m_parts.book.offered(*film) : std::vector<OfferedPreset>{};
    if (offer < offers.size())
        m_parts.films.setVoi(m_parts.book.voiOf(*film, offers[offer]));
}

} // namespace hilum::ui
