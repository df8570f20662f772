// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MarkStore: the marks of every open film, which one is selected, and what each measures.
//
// Knows no widget and no undo: History writes here. Small regions are measured at once; large ones on the
// decode lane, the latest wins, and their last numbers stand until the new ones come.
//
// Units:   film ids are FilmSession's.
// Errors:  none; a film without marks has an empty list.
// Threads: UI thread.
#pragma once

#include "core/film/Film.h"
#include "ui/marks/Mark.h"

#include <QObject>

#include <map>
#include <stop_token>
#include <utility>

namespace hilum::ui {

class Lanes;

// What a mark measures; of its kind only.
struct MarkReading {
    Length length; // Length: its length; regions: their area
    double angle = 0; // Angle, Lines: degrees
    RegionStatistics statistics;
    bool isLuminance = false; // of a colour film
    bool isPending = false; // the statistics are of a moment ago

    bool operator==(const MarkReading &) const = delete;
};

class MarkStore : public QObject {
    Q_OBJECT

public:
    explicit MarkStore(Lanes &lanes, QObject *parent = nullptr);
    ~MarkStore() override;

    const FilmMarks &marks(int film) const;
    void set(int film, FilmMarks marks);
    void forget(int film);
    void forgetAll();

    int selected(int film) const; // id of a mark, 0: none
    void select(int film, int id);

    bool isShown() const { return m_isShown; }
    void setShown(bool shown);

    // By hand where the film was calibrated so, else as the film says.
    Scale scale(int film, const Film &source) const;
    MarkReading reading(int film, const Mark &mark, const FilmPtr &source);

Q_SIGNALS:
    void changed(int film); // its marks, what they measure, or the selection
    void shownChanged(bool shown);

private:
    struct Measured {
        Region region; // asked for last
        int frame = 0;
        const Film *source = nullptr; // compared only
        RegionStatistics statistics;
        bool isRunning = false;
        std::stop_source stop;
    };

    const Measured &measure(int film, const Mark &mark, const FilmPtr &source);

    Lanes &m_lanes;
    std::map<int, FilmMarks> m_marks;
    std::map<int, int> m_selected;
    std::map<std::pair<int, int>, Measured> m_measured; // by film and mark
    bool m_isShown = true;
};

} // namespace hilum::ui
