// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/DeskCommands.h"

#include "ui/desk/DeskWindow.h"
#include "ui/session/FilmSession.h"
#include "ui/session/ReadingSession.h"
#include "ui/shell/Actions.h"

#include <QFileInfo>
#include <QSettings>
#include <QWidget>

#include <utility>

namespace hilum::ui {

namespace {

const QString manifestKey = QStringLiteral("desk/manifest");

} // namespace

DeskCommands::DeskCommands(Parts parts, QWidget *window)
    : QObject(window)
    , m_parts(std::move(parts))
    , m_window(window)
{
    connect(m_parts.actions.desk, &QAction::triggered, this, [this] { open(); });
    connect(&m_parts.readings, &ReadingSession::networksChanged, this, [this] {
        if (m_desk)
            m_desk->networksChanged();
    });
    connect(&m_parts.readings, &ReadingSession::readingChanged, this, &DeskCommands::followFilm);
    connect(&m_parts.films, &FilmSession::currentChanged, this, &DeskCommands::followFilm);
    connect(&m_parts.films.names(), &NameGuard::changed, this, [this] {
        if (m_desk)
            m_desk->films().model().reset();
    });
}

// It asks the sessions, which go before the window's children do.
DeskCommands::~DeskCommands() { delete m_desk; }

void DeskCommands::setTheme(const PlotTheme &theme)
{
    m_theme = theme;
    if (m_desk)
        m_desk->setTheme(theme);
}

void DeskCommands::make()
{
    DeskWindow::Sources sources;
    sources.makeReader = m_parts.films.newReader();
    sources.networks = [this] { return m_parts.readings.packages(); };
    sources.shownName = [this](const QString &name) { return m_parts.films.names().shown(name); };
    m_desk = new DeskWindow(m_parts.lanes, m_parts.networks, std::move(sources), m_window);
    m_desk->setTheme(m_theme);
    connect(m_desk, &DeskWindow::filmWanted, this, &DeskCommands::showFilm);
    // Where the films of the bundled predictions lie is asked once.
    const QString known = QSettings().value(manifestKey).toString();
    if (QFileInfo::exists(known))
        m_desk->session().setManifest(known);
    connect(&m_desk->session(), &DeskSession::setsChanged, this, [this] {
        const QString manifest = m_desk->session().manifest();
        if (!manifest.isEmpty())
            QSettings().setValue(manifestKey, manifest);
    });
}

DeskWindow &DeskCommands::open()
{
    if (!m_desk)
        make();
    followFilm();
    m_desk->show();
    m_desk->raise();
    m_desk->activateWindow();
    return *m_desk;
}

void DeskCommands::followFilm()
{
    if (!m_desk)
        return;
    const int row = m_parts.films.currentRow();
    if (row < 0)
        return m_desk->session().setFilmOnScreen({});
    const FilmEntry &entry = m_parts.films.entry(row);
    FilmOnScreen film{entry.path, m_parts.films.nameOf(row), {}};
    const auto &networks = m_parts.readings.networks();
    for (int n = 0; n < static_cast<int>(networks.size()); ++n) {
        const NetworkReading &reading = m_parts.readings.ownReadingOf(entry.id, n);
        if (reading.state != NetworkReading::State::Done || !reading.prediction
            || m_parts.readings.isOwnWithheld(entry.id, n))
            continue;
        auto &said = film.probabilities[networks[static_cast<std::size_t>(n)].package.card.id];
        for (const ClassScore &score : reading.prediction->scores)
            said[score.label] = score.probability;
    }
    m_desk->session().setFilmOnScreen(film);
}

void DeskCommands::showFilm(const QString &path)
{
    m_parts.films.show(path);
    m_parts.readings.setOverlayShown(true);
    m_window->raise();
    m_window->activateWindow();
}

} // namespace hilum::ui
