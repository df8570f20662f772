// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FedFilm: a film as the networks are fed it: its own values, or what a view shows of it.
//
// Errors:  none.
// Threads: any; what is shown is made on the first call of film(), linear in pixels, and others wait for it.
#pragma once

#include "core/explain/ActivationMap.h"
#include "core/nn/ShownFilm.h"
#include "ui/bridge/DisplayFilm.h"

#include <memory>
#include <mutex>
#include <optional>

namespace hilum::ui {

class FedFilm {
public:
    // Without a look: the film's own values of its first frame, whatever frame is on the screen.
    FedFilm(DisplayFilmPtr film, std::optional<ShownLook> look);

    const Film &film();
    int frame() const { return 0; }
    const DisplayFilmPtr &source() const { return m_source; }
    const std::optional<ShownLook> &look() const { return m_look; }
    // A map of what the networks were fed, as it lies on the film itself.
    ActivationMap onFilm(ActivationMap map) const;

private:
    DisplayFilmPtr m_source;
    std::optional<ShownLook> m_look;
    std::once_flag m_once;
    std::optional<Film> m_shown;
};

using FedFilmPtr = std::shared_ptr<FedFilm>;

} // namespace hilum::ui
