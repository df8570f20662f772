// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ReadingSession: what the networks read from the films, and which map lies over the current one.
//
// One class and one network are selected for the whole window; no class selected means the class
// that each network calls. Readings and maps are kept per film, so going back is at once. Only the current
// film is read; selecting another stops what is under way.
//
// The networks are fed the film's own values, or, when somebody asks for it, what the view shows of it.
// What they read then is kept apart, for the current film and look alone, and never stands for the film.
//
// Errors:  a network that can't read keeps its Error in its NetworkReading.
// Threads: UI thread; the service is called on each network's lane, one call at a time.
#pragma once

#include "core/metrics/ConfusionMatrix.h"
#include "ui/bridge/DisplayFilm.h"
#include "ui/session/FedFilm.h"
#include "ui/session/NetworkService.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace hilum::ui {

class Lanes;

// How a network did on the films that it never saw in training.
struct HeldOutSummary {
    ConfusionMatrix matrix;
    int films = 0;
    int correct = 0;
    Interval accuracy; // 95 %, Wilson
};

struct NetworkEntry {
    ModelPackage package;
    std::optional<HeldOutSummary> heldOut; // nothing without predictions.csv
    TrainingHistory history;
};

struct NetworkReading {
    enum class State { None, Waiting, Done, Failed };
    State state = State::None;
    std::optional<Prediction> prediction;
    std::map<std::string, ActivationMap> maps; // by class
    std::optional<Error> error;
    GateVerdict gate; // accepted until it is known
    Bands bands; // around the prediction, in the card's order; they come later, or never
    bool isOfAnotherLook = false; // what was shown before, until what is shown now is read
};

// How the view shows a film; nothing where it does not.
using LookSource = std::function<std::optional<ShownLook>(int filmId)>;

class ReadingSession : public QObject {
    Q_OBJECT

public:
    ReadingSession(Lanes &lanes, std::shared_ptr<NetworkService> service, QObject *parent = nullptr);
    ~ReadingSession() override;

    // Looks for networks, at first after the first paint, and again when one came or went; readings stay with
    // the networks that made them.
    void start();
    bool isListed() const { return m_listed; }
    const std::vector<NetworkEntry> &networks() const { return m_networks; }
    std::vector<ModelPackage> packages() const; // theirs, in that order
    const std::vector<Error> &brokenPackages() const { return m_broken; }
    std::vector<std::string> classes() const; // of all networks, in the first one's order

    void setFilm(int id, DisplayFilmPtr film); // no film: nothing to read
    void forget(int id);
    void forgetAll();
    const NetworkReading &reading(int network) const { return readingOf(m_filmId, network); }
    const NetworkReading &readingOf(int filmId, int network) const;
    const NetworkReading &ownReadingOf(int filmId, int network) const; // of the film's own values, always
    bool isReading() const;
    std::vector<int> waitingFor() const; // networks that have yet to answer for the current film
    // A film that the gate refused shows its readings only when a person asks for them, once a film.
    int filmId() const { return m_filmId; }
    const DisplayFilmPtr &film() const { return m_film; }
    bool isWithheld(int filmId, int network) const
    {
        return !readingOf(filmId, network).gate.accepted && !m_shownAnyway.contains(filmId);
    }
    bool isOwnWithheld(int filmId, int network) const // of the film's own values
    {
        return !ownReadingOf(filmId, network).gate.accepted && !m_shownAnyway.contains(filmId);
    }
    std::string refusal() const; // the reason, shown anyway or not; empty: no network's gate refused
    bool isShownAnyway() const { return m_shownAnyway.contains(m_filmId); }
    void showAnyway();
    void setLookSource(LookSource source) { m_lookSource = std::move(source); }
    bool feedsTheView() const { return m_feedsTheView; } // off at the start
    void setFeedsTheView(bool feeds);
    void viewChanged(); // how the view shows the current film may be another
    const FedFilmPtr &fed() const { return m_fed; } // the current film as it is read; nothing without one
    // Of what is fed instead of the film's own values.
    std::optional<ShownLook> fedLook() const { return m_fed ? m_fed->look() : std::nullopt; }
    int fedNumber() const { return m_fedNumber; } // another for each look; 0: the film's own values
    void cancel(); // what has not been read stays unread until read again
    void readAgain();

    const std::string &chosenClass() const { return m_class; } // empty: the class called
    void chooseClass(const std::string &label);
    int mapNetwork() const { return m_mapNetwork; }
    void chooseMapNetwork(int network);
    std::string mapClass() const; // of the map that is or would be shown; empty: not known yet
    // Of the chosen network and class; none while it is withheld.
    std::optional<ActivationMap> currentMap() const;

    bool isOverlayShown() const { return m_overlayShown; }
    void setOverlayShown(bool shown);
    double opacity() const { return m_opacity; }
    void setOpacity(double opacity);

    DeviceChoice device() const { return m_device; }
    void setDevice(DeviceChoice device); // readings are made anew
    bool hasRead() const { return m_hasRead; } // LibTorch may be loaded

Q_SIGNALS:
    void networksChanged();
    void readingChanged(int network); // of the current film
    void filmRead(int filmId); // a network has called it
    void selectionChanged(); // class, network, overlay or opacity
    void mapChanged(); // currentMap() may be another
    void readingStateChanged(bool reading);
    void fedChanged(); // feedsTheView() or fedLook()

private:
    void listed(std::vector<NetworkEntry> networks);
    void request(int network);
    struct Answer {
        GateVerdict gate;
        Result<Reading> reading;
    };
    void received(int filmId, int network, const std::string &label, Answer answer);
    void requestBands(); // of the current film, once the networks of a lane have read it
    void stopAll();
    void settleWaiting();
    void requestMissing();
    NetworkReading &own(int network);
    void feed(std::optional<ShownLook> look);
    std::optional<ShownLook> lookNow() const;
    void announceState();

    Lanes &m_lanes;
    std::shared_ptr<NetworkService> m_service;
    std::vector<NetworkEntry> m_networks;
    std::vector<Error> m_broken;
    bool m_listed = false;
    int m_filmId = 0;
    DisplayFilmPtr m_film;
    LookSource m_lookSource;
    bool m_feedsTheView = false;
    FedFilmPtr m_fed;
    int m_fedNumber = 0;
    int m_lastFedNumber = 0;
    std::vector<NetworkReading> m_shownReadings; // of fedLook(), by network
    std::map<int, std::vector<NetworkReading>> m_readings; // by film id
    std::vector<std::stop_source> m_stops; // by network
    std::vector<std::stop_source> m_bandStops;
    std::set<int> m_shownAnyway; // film ids
    std::string m_class;
    int m_mapNetwork = 0;
    bool m_overlayShown = false;
    double m_opacity = 0.6;
    DeviceChoice m_device = DeviceChoice::Auto;
    bool m_hasRead = false;
    bool m_announced = false;
};

} // namespace hilum::ui
