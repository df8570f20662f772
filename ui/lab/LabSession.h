// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// LabSession: the shortcut laboratory of the current film: its changes, the changed film, and what every
// network says of it; and, while the hand rests, what they say along the strength of one change.
//
// The hand is never blocked: a change is applied on the decode lane and read on the inference lane; while one
// is under way only the newest of those that follow is kept. The probabilities before are read from the film
// as the laboratory sees it, so that a film without changes has not moved at all.
//
// Units:   changes and greys as core/lab; milliseconds from a change to the last network's reading of it.
// Errors:  error(): what can't be changed or read, for a person.
// Threads: UI thread; work runs on the lanes.
#pragma once

#include "core/lab/Experiment.h"
#include "ui/bridge/DisplayFilm.h"
#include "ui/session/NetworkService.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace hilum::ui {

class Lanes;
class ReadingSession;

class LabSession : public QObject {
    Q_OBJECT

public:
    using Predictions = std::vector<std::optional<Prediction>>; // by network

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
    void setLungs(FilmPtr lungs); // of the current film; gone with it
    bool hasLungs() const { return m_lungs != nullptr; }

    const std::vector<FilmChange> &changes() const { return m_states[m_state].changes; }
    int selected() const { return m_states[m_state].selected; } // -1: none
    void select(int change);
    void add(FilmChange change, int gesture = 0);
    // Edits with the same gesture, not 0, are undone as one.
    void replace(int change, FilmChange with, int gesture = 0);
    void remove(int change);
    void setChanges(std::vector<FilmChange> changes);
    bool canUndo() const { return m_state > 0; }
    bool canRedo() const { return m_state + 1 < m_states.size(); }
    void undo();
    void redo();
    int newGesture() { return ++m_lastGesture; }

    // As it is now, changed; none without a film, or while the first is made.
    const DisplayFilmPtr &shown() const { return m_shown; }
    const Voi &voi() const { return m_voi; }
    const Predictions &before() const { return m_before; }
    const Predictions &after() const { return m_after; }
    // Around the film as it was; none while the networks are fed what the view shows, for the laboratory is
    // not.
    const Bands &bands(int network) const;
    bool isWithheld() const; // the gate refused the film, and nobody asked for it all the same
    bool isWorking() const { return m_isMaking || m_isReading; }
    std::optional<double> lastMilliseconds() const { return m_lastMs; }
    const std::optional<Error> &error() const { return m_lungsError ? m_lungsError : m_error; }

    const Sweep &sweep() const { return m_sweep; }

Q_SIGNALS:
    void filmShown();
    void changesChanged();
    void readingsChanged(); // before(), after() or error() may be others
    void sweepChanged();

private:
    struct State {
        std::vector<FilmChange> changes;
        int selected = -1;
    };
    using Inputs = std::vector<ModelInput>; // by network
    struct Made {
        DisplayFilmPtr shown;
        Inputs inputs;
    };

    void lookForFilm();
    void prepareFilm();
    void prepared(std::shared_ptr<const LabFilm> plain);
    void push(State state, int gesture);
    void stateChanged();
    void touch();
    void make();
    void read();
    void planSweep();
    void sweepOn();
    void stopSweep();
    std::vector<ModelPackage> packages() const;

    Lanes &m_lanes;
    std::shared_ptr<NetworkService> m_service;
    ReadingSession &m_readings;
    bool m_isOn = false;
    DisplayFilmPtr m_film;
    FilmPtr m_lungs;
    std::shared_ptr<const LabFilm> m_plain;
    Voi m_voi = Window{0.5, 1, VoiFunction::LinearExact};
    std::vector<State> m_states{State{}};
    std::size_t m_state = 0;
    int m_gesture = 0; // of the newest state
    int m_lastGesture = 0;

    DisplayFilmPtr m_shown;
    std::optional<Inputs> m_plainInputs; // until they are read
    std::optional<Inputs> m_inputs; // newest, until they are read
    Predictions m_before;
    Predictions m_after;
    std::optional<Error> m_error;
    std::optional<Error> m_lungsError; // of a mask that was not taken
    bool m_isMaking = false;
    bool m_isStale = false; // changed since it is made
    bool m_isReading = false;
    QElapsedTimer m_clock;
    double m_touchedAt = 0; // what is still to be made
    double m_changedAt = 0; // what is being made
    double m_inputsFrom = 0; // the change that m_inputs are of
    std::optional<double> m_lastMs;
    std::stop_source m_stop{std::nostopstate};
    std::stop_source m_readStop{std::nostopstate};

    Sweep m_sweep;
    std::vector<FilmChange> m_sweepOf; // the changes, the swept one as if plain
    std::stop_source m_sweepStop{std::nostopstate};
    bool m_isSweeping = false;
    QTimer m_rest;
};

// The greys as a film that a view can show; units are the laboratory's.
[[nodiscard]] FilmPtr filmOf(const LabFilm &film);

} // namespace hilum::ui
