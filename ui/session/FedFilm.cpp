// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/FedFilm.h"

#include <utility>

namespace hilum::ui {

FedFilm::FedFilm(DisplayFilmPtr film, std::optional<ShownLook> look)
    : m_source(std::move(film))
    , m_look(std::move(look))
{
}

const Film &FedFilm::film()
{
    if (!m_look)
        return *m_source->film;
    std::call_once(m_once, [this] { m_shown = shownFilm(*m_source->film, *m_look); });
    return *m_shown;
}

ActivationMap FedFilm::onFilm(ActivationMap map) const
{
    if (!m_look)
        return map;
    const ShownPlace place(*m_look, m_source->film->columns, m_source->film->rows);
    map.values = place.toFilm(map.values);
    map.map = place.toFilm(map.map);
    return map;
}

} // namespace hilum::ui
