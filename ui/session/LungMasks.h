// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// LungMasks: where the lungs are on the open films: a picture that lies beside the film under its name
// (core/film/MaskName.h), one that was chosen, or the regions that were drawn on it.
//
// Shape:   as the film, 1 in the lungs.
// Errors:  fault(): why there are none though somebody meant to give them, in words.
// Threads: UI thread; pictures are read on the decode lane.
#pragma once

#include "core/film/Plane.h"
#include "ui/session/FilmSession.h"

#include <QObject>
#include <QString>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>

namespace hilum::ui {

class LungMasks : public QObject {
    Q_OBJECT

public:
    using Mask = std::shared_ptr<const Plane<std::uint8_t>>;
    // What is drawn on a film, as a mask of its size; nothing where there is no region.
    using DrawnSource = std::function<Mask(int filmId, const Film &film)>;

    LungMasks(Lanes &lanes, FilmSession &films, QObject *parent = nullptr);
    ~LungMasks() override;

    void setDrawnSource(DrawnSource source) { m_drawnSource = std::move(source); }

    Mask maskOf(int filmId) const;
    // Of the current film.
    Mask mask() const;
    QString name() const; // of the file; empty: the drawn regions
    bool isDrawn() const;
    bool isReading() const { return m_reading != 0; }
    const std::optional<QString> &fault() const { return m_fault; }
    bool hasDrawn() const; // regions that could be taken
    void choose(const QString &path);
    void useDrawn();
    void remove(); // the one beside the film, too, until the film is opened again

    void drawnChanged(int filmId); // a mask of drawn regions follows; cheap where it is the same

Q_SIGNALS:
    void changed();

private:
    struct Known {
        Mask mask; // nothing: removed, or let go until its film is looked at again
        QString path; // of the file
        bool isDrawn = false;
    };

    const Known *known() const;
    Mask drawn() const;
    void lookBeside();
    void read(const QString &path);
    void put(Known known); // on the current film
    void keep(int filmId, Known known);
    void drop(int filmId);

    Lanes &m_lanes;
    FilmSession &m_films;
    DrawnSource m_drawnSource;
    std::map<int, Known> m_known; // by film id
    std::deque<int> m_kept; // the films whose masks are kept, the oldest first
    bool m_couldDraw = false; // hasDrawn() when it was last told of
    int m_reading = 0; // the film whose mask is being read
    std::optional<QString> m_fault;
    std::stop_source m_stop{std::nostopstate};
};

} // namespace hilum::ui
