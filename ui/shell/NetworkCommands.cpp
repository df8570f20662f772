// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/NetworkCommands.h"

#include "ui/bridge/Convert.h"
#include "ui/session/FilmSession.h"
#include "ui/session/ReadingSession.h"
#include "ui/shell/Actions.h"
#include "ui/shell/StatusLine.h"

#include <algorithm>

namespace hilum::ui {

NetworkCommands::NetworkCommands(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    const Actions &a = parts.actions;
    FilmSession &films = parts.films;
    ReadingSession &readings = parts.readings;
    connect(a.overlay, &QAction::triggered, &readings, &ReadingSession::setOverlayShown);
    connect(a.nextClass, &QAction::triggered, this, &NetworkCommands::nextClass);
    connect(a.nextNetwork, &QAction::triggered, this, &NetworkCommands::nextNetwork);
    connect(a.readAgain, &QAction::triggered, &readings, &ReadingSession::readAgain);
    connect(a.readAll, &QAction::triggered, this, [this] {
        m_readsAll = true;
        m_visited.clear();
        readNext();
    });
    connect(a.cancel, &QAction::triggered, this, [this] { m_readsAll = false; });
    // Later: who says that reading ended is not done yet.
    connect(&readings, &ReadingSession::readingStateChanged, this, &NetworkCommands::readNext,
            Qt::QueuedConnection);
    connect(&films, &FilmSession::filmFailed, this, &NetworkCommands::readNext, Qt::QueuedConnection);
    const auto chooses = [&readings](QAction *action, DeviceChoice device) {
        connect(action, &QAction::triggered, &readings, [&readings, device] { readings.setDevice(device); });
    };
    chooses(a.deviceAuto, DeviceChoice::Auto);
    chooses(a.deviceCpu, DeviceChoice::Cpu);
    chooses(a.deviceCuda, DeviceChoice::Cuda);

    connect(&readings, &ReadingSession::selectionChanged, this,
            [this] { m_parts.actions.overlay->setChecked(m_parts.readings.isOverlayShown()); });
    connect(&readings, &ReadingSession::networksChanged, this, &NetworkCommands::updateEnabled);
    connect(&readings, &ReadingSession::readingStateChanged, this, &NetworkCommands::updateWork);
    connect(&readings, &ReadingSession::readingChanged, this, &NetworkCommands::updateDevice);
    connect(&readings, &ReadingSession::readingChanged, this, &NetworkCommands::updateWork);
    connect(&films, &FilmSession::loadingChanged, this, &NetworkCommands::updateWork);
    for (const auto changed :
         {&FilmSession::currentChanged, &FilmSession::filmReady, &FilmSession::filmsCleared})
        connect(&films, changed, this, &NetworkCommands::updateEnabled);
    // What was closed is forgotten.
    connect(&films, &FilmSession::filmRemoved, &readings, [&readings](int, int id) { readings.forget(id); });
    connect(&films, &FilmSession::filmsCleared, &readings, &ReadingSession::forgetAll);
    updateEnabled();
}

void NetworkCommands::nextClass()
{
    const auto classes = m_parts.readings.classes();
    if (classes.empty())
        return;
    const auto here = std::ranges::find(classes, m_parts.readings.mapClass());
    const bool wraps = here == classes.end() || here + 1 == classes.end();
    m_parts.readings.chooseClass(wraps ? classes.front() : *(here + 1));
    m_parts.readings.setOverlayShown(true);
}

void NetworkCommands::nextNetwork()
{
    const int count = static_cast<int>(m_parts.readings.networks().size());
    if (count > 0)
        m_parts.readings.chooseMapNetwork((m_parts.readings.mapNetwork() + 1) % count);
}

void NetworkCommands::readNext()
{
    FilmSession &films = m_parts.films;
    if (!m_readsAll || films.isLoading() || m_parts.readings.isReading())
        return;
    for (int row = 0; row < films.count(); ++row) {
        const int id = films.entry(row).id;
        const auto &reading = m_parts.readings.readingOf(id, 0);
        if (reading.state == NetworkReading::State::Done || m_visited.contains(id))
            continue;
        m_visited.insert(id); // what fails is not tried again
        films.select(row);
        m_parts.status.say(tr("Reading film %1 of %2\u2026").arg(row + 1).arg(films.count()));
        return;
    }
    m_readsAll = false;
    m_parts.status.say(tr("The networks have read all open films."));
}

void NetworkCommands::updateEnabled()
{
    const Actions &a = m_parts.actions;
    const bool can = m_parts.films.film() != nullptr && !m_parts.readings.networks().empty();
    for (QAction *action : {a.overlay, a.nextClass, a.nextNetwork, a.readAgain})
        action->setEnabled(can);
    a.readAll->setEnabled(m_parts.films.count() > 0 && !m_parts.readings.networks().empty());
}

void NetworkCommands::updateWork()
{
    if (m_parts.films.isLoading())
        m_parts.status.setWork(tr("Opening the film\u2026"));
    else
        m_parts.status.setWork(readingText());
}

// An imported network may take as long as its time limit: who is waited for is said by name.
QString NetworkCommands::readingText() const
{
    const ReadingSession &readings = m_parts.readings;
    QStringList guests;
    const std::vector<int> waiting = readings.waitingFor();
    for (const int network : waiting) {
        const ModelCard &card = readings.networks()[static_cast<std::size_t>(network)].package.card;
        if (card.imported)
            guests << toText(card.title);
    }
    if (waiting.empty())
        return {};
    if (static_cast<std::size_t>(guests.size()) == waiting.size())
        return tr("Waiting for %1. Esc stops it.").arg(guests.join(tr(" and ")));
    return tr("The networks are reading\u2026");
}

void NetworkCommands::updateDevice()
{
    const ReadingSession &readings = m_parts.readings;
    for (int n = 0; n < static_cast<int>(readings.networks().size()); ++n) {
        if (const auto &prediction = readings.reading(n).prediction)
            m_parts.status.setDevice(prediction->device == "cpu"
                                         ? tr("Read on the CPU")
                                         : tr("Read on %1").arg(toText(prediction->device)));
    }
}

} // namespace hilum::ui
