// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ReplaySession: one or two trainings at an epoch: what the network said after it of the held-out films, and
// what it says of the film at hand.
//
// Curves and matrices are read once and are there at once. The film at hand is read by the networks of the
// epochs on the screen first, then by those of all others, so that scrubbing soon finds them ready; the
// newest wish comes next. Networks are fed the film's own values.
//
// Errors:  error(side) of the film's reading at the epoch.
// Threads: UI thread; runs are read on the background lane, films on the inference lane.
#pragma once

#include "ui/bridge/DisplayFilm.h"
#include "ui/replay/ReplayRun.h"
#include "ui/session/NetworkService.h"

#include <QObject>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <tuple>
#include <vector>

namespace hilum::ui {

class Lanes;
class ReadingSession;

class ReplaySession : public QObject {
    Q_OBJECT

public:
    static constexpr int sides = 2;

    ReplaySession(Lanes &lanes, std::shared_ptr<NetworkService> service, ReadingSession &readings,
                  QObject *parent = nullptr);
    ~ReplaySession() override;

    // While it is off nothing is read.
    void setActive(bool active);
    void lookForRuns(std::vector<std::filesystem::path> roots);
    bool hasLooked() const { return m_hasLooked; }
    const std::vector<ReplayRun> &runs() const { return m_runs; }

    void choose(int side, int run); // -1: none, of the second side alone
    int chosen(int side) const { return m_chosen[static_cast<std::size_t>(side)]; }
    const ReplayRun *run(int side) const;

    const std::vector<int> &epochs() const { return m_epochs; } // of both, ascending
    int epoch() const { return m_epoch; }
    void setEpoch(int epoch); // the nearest of epochs()

    // Of the film at hand by the epoch's network; none yet, or none without a film.
    const Reading *reading(int side) const;
    // The same, or one that was made for another class: its map is another, its probabilities are not.
    const Prediction *prediction(int side) const;
    std::optional<Error> error(int side) const;
    bool isWithheld() const; // the gate refused the film, and nobody asked for it all the same
    int readAhead(int side) const; // how many of its epochs have read the film

Q_SIGNALS:
    void runsChanged(); // runs() or which are chosen
    void epochChanged();
    void readingChanged();

private:
    using Key = std::tuple<int, std::filesystem::path, std::string>; // film, epoch's folder, class

    std::optional<Key> keyOf(int side, const ReplayEpoch *epoch = nullptr) const;
    void gatherEpochs();
    void follow();
    void readNext();
    void begin(const Key &key, const ModelPackage &package);

    Lanes &m_lanes;
    std::shared_ptr<NetworkService> m_service;
    ReadingSession &m_readings;
    bool m_active = false;
    bool m_hasLooked = false;
    std::vector<ReplayRun> m_runs;
    std::array<int, sides> m_chosen{-1, -1};
    std::vector<int> m_epochs;
    int m_epoch = 0;
    std::map<Key, Result<Reading>> m_kept;
    bool m_isReading = false;
    std::stop_source m_stop{std::nostopstate};
    std::stop_source m_lookStop{std::nostopstate};
};

} // namespace hilum::ui
