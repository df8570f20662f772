// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/CompareCommands.h"

#include "ui/bridge/Convert.h"
#include "ui/compare/ComparePage.h"
#include "ui/compare/CompareWindow.h"
#include "ui/session/FilmSession.h"
#include "ui/session/ReadingSession.h"
#include "ui/shell/Actions.h"

#include <QWidget>

#include <utility>

namespace hilum::ui {

CompareCommands::CompareCommands(Parts parts, QWidget *window)
    : QObject(window)
    , m_parts(std::move(parts))
    , m_window(window)
{
    QAction *action = m_parts.actions.compare;
    connect(action, &QAction::triggered, this, [this] { open(); });
    const auto update = [this, action] {
        action->setEnabled(m_parts.readings.networks().size() > 1);
        if (m_compare)
            m_compare->networksChanged();
    };
    connect(&m_parts.readings, &ReadingSession::networksChanged, this, update);
    connect(&m_parts.films, &FilmSession::currentChanged, this, &CompareCommands::followFilm);
    connect(&m_parts.films.names(), &NameGuard::changed, this, [this] {
        if (m_compare)
            m_compare->page().namesChanged();
    });
    update();
}

// It asks the sessions, which go before the window's children do.
CompareCommands::~CompareCommands() { delete m_compare; }

void CompareCommands::setTheme(const PlotTheme &theme)
{
    m_theme = theme;
    if (m_compare)
        m_compare->setTheme(theme);
}

void CompareCommands::make()
{
    CompareWindow::Sources sources;
    sources.makeReader = m_parts.films.newReader();
    sources.networks = [this] { return m_parts.readings.packages(); };
    sources.openFilms = [this] {
        std::vector<Sample> samples;
        const FilmSession &films = m_parts.films;
        for (int row = 0; row < films.count(); ++row) {
            Sample sample;
            sample.file = toPath(films.entry(row).path);
            sample.name = films.nameOf(row).toStdString();
            samples.push_back(std::move(sample));
        }
        return samples;
    };
    sources.shownName = [this](const QString &name) { return m_parts.films.names().shown(name); };
    m_compare = new CompareWindow(m_parts.lanes, m_parts.networks, std::move(sources), m_window);
    m_compare->setTheme(m_theme);
    connect(m_compare, &CompareWindow::filmWanted, this, &CompareCommands::showFilm);
}

CompareWindow &CompareCommands::open()
{
    if (!m_compare)
        make();
    followFilm();
    m_compare->show();
    m_compare->raise();
    m_compare->activateWindow();
    return *m_compare;
}

void CompareCommands::followFilm()
{
    if (!m_compare)
        return;
    const int row = m_parts.films.currentRow();
    m_compare->session().setFilmOnScreen(row < 0 ? QString() : m_parts.films.entry(row).path);
}

void CompareCommands::showFilm(const QString &path, bool comesForward)
{
    m_parts.films.show(path);
    if (!comesForward)
        return;
    m_window->raise();
    m_window->activateWindow();
}

} // namespace hilum::ui
