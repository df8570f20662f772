// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TrustSession: how far to trust the map on the screen: measured when it is asked for, and kept.
//
// Errors:  error() of the current map's measurement.
// Threads: UI thread; the service is called on the network's lane, one measurement at a time.
#pragma once

#include "ui/session/MapSession.h"

namespace hilum::ui {

class TrustSession : public QObject {
    Q_OBJECT

public:
    TrustSession(Lanes &lanes, std::shared_ptr<NetworkService> service, ReadingSession &readings,
                 MapSession &maps, QObject *parent = nullptr);
    ~TrustSession() override;

    // There is a whole map of what speaks for the class, and the network is fed the film's own values.
    bool canMeasure() const;
    void measure();
    void stop();
    bool isMeasuring() const { return m_measuring.has_value(); }
    double progress() const { return m_progress; }
    const MapQuality *quality() const; // of the current map; null: not measured
    std::optional<Error> error() const;
    // The network whose map is compared; none when it is the only one for the class.
    std::optional<int> other() const;

Q_SIGNALS:
    void changed();
    void progressed();

private:
    struct Kept {
        std::optional<MapQuality> quality;
        std::optional<Error> error;
    };

    const Kept *kept() const;
    void mapChanged();

    Lanes &m_lanes;
    std::shared_ptr<NetworkService> m_service;
    ReadingSession &m_readings;
    MapSession &m_maps;
    std::map<MapSession::Key, Kept> m_kept;
    std::optional<MapSession::Key> m_measuring;
    double m_progress = 0;
    std::stop_source m_stop{std::nostopstate};
};

} // namespace hilum::ui
