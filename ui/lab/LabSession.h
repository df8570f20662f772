// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// LabSession: the shortcut laboratory of the current film: its changes, the changed film, and what every
// network says of it; and, while the hand rests, what they say along the strength of one change.
//
// The hand is never blocked: a change is applied on the decode lane and read on the networks' lanes, the
// imported ones on theirs, so that no other waits for them; while one is under way only the newest of those
// that follow is kept. The probabilities before are read from the film as the laboratory sees it, so that a
// film without changes has not moved at all. The laboratory always feeds the film's own values, changed:
// whether the main window feeds what its view shows has no say here.
//
// Units:   changes and greys as core/lab; milliseconds from a change to the last network's reading of it.
// Errors:  error(): what can't be changed or read, for a person.
// Threads: UI thread; work runs on the lanes.
#pragma once

#include "core/lab/Experiment.h"
#include "ui/bridge/DisplayFilm.h"
#include "ui/lab/ChangeHistory.h"
#include "ui/lab/LabAnswers.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

class QThreadPool;

namespace hilum::ui {

class Lanes;
class ReadingSession;

class LabSession : public QObject {
    Q_OBJECT

public:
    using Predictions = LabPredictions;
    using Lungs = std::shared_ptr<const Plane<std::uint8_t>>;
    using LungSource = std::function<Lungs(int filmId)>;

    // What the networks say at some strengths of one change, the others as they are.
    struct Sweep {
        int change = -1; // its place; -1: there is none
        std::vector<double> strengths; // ascending
        std::vector<Predictions> points; // empty ones are still to be read
        int done = 0;
    };

    LabSession(Lanes &lanes, std::shared_ptr<NetworkService> service, ReadingSession &readings,
               QObject *parent = nullptr);
    ~LabSession() override;

    // Nothing is made or read while it is off.
    void setOn(bool on);
    // Where the lungs of a film are, 1 in them; asked again at lungsChanged().
    void setLungSource(LungSource source);
    void lungsChanged();

    const std::vector<FilmChange> &changes() const { return m_history.now().changes; }
    int selected() const { return m_history.now().selected; } // -1: none
    void select(int change);
    void add(FilmChange change, int gesture = 0);
    // Edits with the same gesture, not 0, are undone as one.
    void replace(int change, FilmChange with, int gesture = 0);
    void remove(int change);
    void setChanges(std::vector<FilmChange> changes);
    bool canUndo() const { return m_history.canUndo(); }
    bool canRedo() const { return m_history.canRedo(); }
    void undo();
    void redo();
    int newGesture() { return ++m_lastGesture; }

    // As it is now, changed; none without a film, or while the first is made.
    const DisplayFilmPtr &shown() const { return m_shown; }
    const Voi &voi() const { return m_voi; }
    const Predictions &before() const { return m_before; }
    const Predictions &after() const { return m_after; }
    // Around the film as it was.
    const Bands &bands(int network) const;
    bool isWithheld() const; // the gate refused the film, and nobody asked for it all the same
    bool isWorking() const;
    std::optional<double> lastMilliseconds() const { return m_lastMs; } // without imported networks
    const std::optional<Error> &error() const { return m_error; }

    const Sweep &sweep() const { return m_sweep; }

Q_SIGNALS:
    void filmShown();
    void changesChanged();
    void readingsChanged(); // before(), after() or error() may be others
    void sweepChanged();

private:
    struct Prepared {
        std::shared_ptr<const LabFilm> film;
        LabInputs inputs;
    };
    struct Made {
        DisplayFilmPtr shown;
        LabInputs inputs;
    };
    // What a lane's networks are asked.
    struct Reader {
        std::optional<LabInputs> plain; // until they are read
        std::optional<LabInputs> inputs; // newest, until they are read
        bool isReading = false;
        std::stop_source stop{std::nostopstate};
        std::vector<bool> swept; // by strength
        bool isSweeping = false;
        std::stop_source sweepStop{std::nostopstate};
    };

    void lookForFilm();
    Lungs lungsNow() const;
    bool wantsOtherLungs() const;
    void prepareFilm();
    void prepared(Prepared made);
    void push(ChangeHistory::State state, int gesture);
    void stateChanged();
    void touch();
    void make();
    void readAll();
    void read(LabLane lane);
    void planSweep();
    void sweepAll();
    void sweepOn(LabLane lane);
    int sweptByAll() const;
    void stopSweep();
    Reader &readerOf(LabLane lane) { return m_readers[static_cast<std::size_t>(lane)]; }
    bool hasNetworks(LabLane lane) const;
    QThreadPool &poolOf(LabLane lane) const;

    Lanes &m_lanes;
    std::shared_ptr<NetworkService> m_service;
    ReadingSession &m_readings;
    bool m_isOn = false;
    DisplayFilmPtr m_film;
    LungSource m_lungSource;
    Lungs m_lungs; // as m_plain has them
    std::shared_ptr<const LabFilm> m_plain;
    Voi m_voi = Window{0.5, 1, VoiFunction::LinearExact};
    ChangeHistory m_history;
    int m_lastGesture = 0;

    DisplayFilmPtr m_shown;
    std::array<Reader, 2> m_readers; // by LabLane
    Predictions m_before;
    Predictions m_after;
    std::optional<Error> m_error;
    bool m_isMaking = false;
    bool m_isStale = false; // changed since it is made
    QElapsedTimer m_clock;
    double m_touchedAt = 0; // what is still to be made
    double m_changedAt = 0; // what is being made
    double m_inputsFrom = 0; // the change that the newest inputs are of
    std::optional<double> m_lastMs;
    std::stop_source m_stop{std::nostopstate};

    Sweep m_sweep;
    std::vector<FilmChange> m_sweepOf; // the changes, the swept one as if plain
    QTimer m_rest;
};

} // namespace hilum::ui
