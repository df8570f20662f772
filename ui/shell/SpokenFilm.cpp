// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/SpokenFilm.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/ErrorText.h"
#include "ui/plots/ClassNames.h"
#include "ui/predict/ReadingText.h"
#include "ui/session/FilmSession.h"
#include "ui/session/ReadingSession.h"
#include "ui/shell/FilmArea.h"
#include "ui/viewer/CornerTexts.h"
#include "ui/viewer/FilmView.h"
#include "ui/viewer/WindowSection.h"

#include <cmath>

namespace hilum::ui {

SpokenFilm::SpokenFilm(FilmSession &films, ReadingSession &readings, FilmArea &area, QObject *parent)
    : QObject(parent)
    , m_films(films)
    , m_readings(readings)
    , m_area(area)
{
    connect(&films, &FilmSession::viewportChanged, this, &SpokenFilm::describe);
    connect(&films, &FilmSession::viewportVoiChanged, this, &SpokenFilm::describe);
    connect(&films, &FilmSession::viewportsChanged, this, &SpokenFilm::describeAll);
    connect(&films, &FilmSession::activeChanged, this, &SpokenFilm::describeAll);
    connect(&films, &FilmSession::filmReady, this, &SpokenFilm::describeAll);
    connect(&films.names(), &NameGuard::changed, this, &SpokenFilm::describeAll);
    connect(&readings, &ReadingSession::readingChanged, this, &SpokenFilm::describeAll);
    for (FilmView *view : area.views())
        connect(view, &FilmView::viewChanged, this, &SpokenFilm::describeAll);
    describeAll();
}

void SpokenFilm::describeAll()
{
    for (int i = 0; i < m_films.viewportCount(); ++i)
        describe(i);
}

void SpokenFilm::describe(int viewport)
{
    if (viewport < m_films.viewportCount())
        m_area.views()[viewport]->setAccessibleDescription(description(viewport));
}

QString SpokenFilm::description(int viewport) const
{
    const Viewport &shown = m_films.viewport(viewport);
    const int row = m_films.rowOf(shown.filmId);
    if (row < 0)
        return tr("no film");
    QStringList said{m_films.nameOf(row)};
    if (shown.error)
        return said.front() + QStringLiteral(", ") + errorBadge(shown.error->code);
    if (!shown.film)
        return tr("%1, opening").arg(said.front());
    if (shown.film->isColour()) {
        said << tr("colour");
    } else if (const auto *window = std::get_if<Window>(&shown.voi)) {
        said << tr("window centre %1, width %2").arg(valueText(window->centre), valueText(window->width));
    } else {
        said << functionText(shown.voi);
    }
    if (shown.isInverted)
        said << tr("inverted");
    said << tr("zoom %1 %").arg(std::lround(m_area.views()[viewport]->transform().zoom() * 100));
    if (shown.filmId == m_readings.filmId() && m_readings.fedLook())
        said << tr("the networks are fed what the view shows");
    for (int n = 0; n < static_cast<int>(m_readings.networks().size()); ++n) {
        const auto &prediction = m_readings.readingOf(shown.filmId, n).prediction;
        if (!prediction || prediction->scores.empty())
            continue;
        if (m_readings.isWithheld(shown.filmId, n)) {
            said << tr("refused: %1").arg(toText(m_readings.readingOf(shown.filmId, n).gate.reason));
            break;
        }
        const ClassScore &top = prediction->scores[prediction->top()];
        said << tr("%1: %2 %3")
                    .arg(toText(m_readings.networks()[static_cast<std::size_t>(n)].package.card.title),
                         classTitle(top.label), probabilityText(top.probability));
    }
    return said.join(QStringLiteral(", "));
}

} // namespace hilum::ui
