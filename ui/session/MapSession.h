// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MapSession: the map over the current film: by which method, at which stage, for or against the class.
//
// Grad-CAM at the last stage comes with every reading (ReadingSession); every other map is made here when it
// is asked for, and kept. A slow one tells of its progress, can be stopped, goes on where it stood, and
// begins by itself only on the film on which it was chosen.
//
// Errors:  error() of the map asked for.
// Threads: UI thread; the service is called on the network's lane, one call at a time.
#pragma once

#include "ui/session/MapLook.h"
#include "ui/session/NetworkService.h"

#include <QObject>

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

class MapSession : public QObject {
    Q_OBJECT

public:
    MapSession(Lanes &lanes, std::shared_ptr<NetworkService> service, ReadingSession &readings,
               QObject *parent = nullptr);
    ~MapSession() override;

    // The one chosen, or occlusion where the chosen network does not offer it.
    MapMethod method() const;
    bool offers(MapMethod method) const; // the chosen network
    void chooseMethod(MapMethod method);
    std::vector<std::string> stages() const; // of the chosen network, from the film to the head
    int stage() const; // the last, when none was chosen
    void chooseStage(int stage);
    MapSign sign() const { return m_sign; }
    void chooseSign(MapSign sign);
    const MapLook &look() const { return m_look; }
    void setLook(const MapLook &look);

    // Of the chosen network and class, perhaps still growing; none while it is withheld.
    std::optional<ActivationMap> currentMap() const;
    bool isMaking() const { return m_making.has_value(); }
    double progress() const { return m_progress; }
    // A slow map that waits for make(): not begun on this film, or stopped.
    bool isWaitingForAWord() const;
    void make();
    void stop();
    std::optional<Error> error() const;
    std::optional<double> completenessError() const; // of integrated gradients

    // Film, network, class, method, stage (-1: the method reads none), sign, and what the network was fed.
    using Key = std::tuple<int, int, std::string, MapMethod, int, MapSign, int>;
    std::optional<Key> key() const; // of the map asked for, when it can be made
    ExplainRequest requestOf(const Key &key) const;

Q_SIGNALS:
    void choiceChanged(); // method, stage or sign
    void lookChanged();
    void mapChanged(); // currentMap() or what is said of it may be another
    void progressed();

private:
    struct Kept {
        Explanation explanation;
        bool isComplete = false;
        std::optional<Error> error;
    };

    bool isTheReadings() const; // its map comes with the reading
    const Kept *kept() const;
    std::vector<Logits> readingsFor(const Key &key) const; // that another class or sign left behind
    void update(bool isWanted);
    void begin(const Key &key);
    void finished(const Key &key, Result<Explanation> result);
    void halt();

    Lanes &m_lanes;
    std::shared_ptr<NetworkService> m_service;
    ReadingSession &m_readings;
    MapMethod m_method = MapMethod::GradCam;
    std::optional<int> m_stage;
    MapSign m_sign = MapSign::Positive;
    MapLook m_look;
    std::map<Key, Kept> m_kept;
    std::optional<Key> m_making;
    double m_progress = 0;
    std::stop_source m_stop{std::nostopstate};
};

} // namespace hilum::ui
