// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/BatchCommands.h"

#include "ui/batch/BatchWindow.h"
#include "ui/session/FilmSession.h"
#include "ui/session/ReadingSession.h"
#include "ui/shell/Actions.h"
#include "ui/shell/ReportCommands.h"

#include <QCoreApplication>
#include <QWidget>

#include <utility>

namespace hilum::ui {

namespace {

QString nameOf(DeviceChoice device)
{
    switch (device) {
    case DeviceChoice::Cpu:
        return QStringLiteral("cpu");
    case DeviceChoice::Cuda:
        return QStringLiteral("cuda");
    case DeviceChoice::Auto:
        break;
    }
    return QStringLiteral("auto");
}

} // namespace

BatchCommands::BatchCommands(Parts parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_main(window)
    , m_run(parts.lanes, QCoreApplication::applicationDirPath() + QStringLiteral("/hilum-cli"))
{
    connect(parts.actions.batch, &QAction::triggered, this, [this] { open(); });
    connect(&parts.readings, &ReadingSession::networksChanged, this, [this] {
        if (m_window)
            m_window->networksChanged();
    });
    connect(&parts.films.names(), &NameGuard::changed, this, [this] {
        if (m_window)
            m_window->namesChanged();
    });
}

// It asks the sessions, which go before the window's children do.
BatchCommands::~BatchCommands() { delete m_window; }

BatchWindow &BatchCommands::open()
{
    if (!m_window) {
        BatchWindow::Sources sources;
        sources.networks = [this] { return m_parts.readings.packages(); };
        sources.openFilms = [this] {
            QStringList paths;
            for (int row = 0; row < m_parts.films.count(); ++row)
                paths << m_parts.films.entry(row).path;
            return paths;
        };
        sources.shownName = [this](const QString &name) { return m_parts.films.names().shown(name); };
        sources.device = [this] { return nameOf(m_parts.readings.device()); };
        m_window = new BatchWindow(m_run, BatchStore(userBatchFolder()), std::move(sources), m_main);
        connect(m_window, &BatchWindow::filmWanted, this, &BatchCommands::showFilm);
        connect(m_window, &BatchWindow::reportWanted, &m_parts.reports,
                [this](const QString &predictions) { m_parts.reports.askToEvaluate({predictions}); });
    }
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
    return *m_window;
}

void BatchCommands::showFilm(const QString &path, bool comesForward)
{
    m_parts.films.show(path);
    if (!comesForward)
        return;
    m_main->raise();
    m_main->activateWindow();
}

} // namespace hilum::ui
