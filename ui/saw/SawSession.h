// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SawSession: what the network of the map saw of the current film, made while somebody looks.
//
// One is made at a time; while it is, only the last wish is remembered, so that the steps keep up with a
// drag of the window. Another film stops what is under way.
//
// Errors:  a film that can't be prepared keeps its Error.
// Threads: UI thread; the steps are made on the decode lane.
#pragma once

#include "ui/saw/Sawn.h"

#include <QObject>

#include <optional>
#include <stop_token>

namespace hilum::ui {

class Lanes;
class ReadingSession;

class SawSession : public QObject {
    Q_OBJECT

public:
    SawSession(Lanes &lanes, ReadingSession &readings, QObject *parent = nullptr);
    ~SawSession() override;

    void setWatched(bool watched); // nobody looks: nothing is made
    const SawnPtr &sawn() const { return m_sawn; } // nothing without a film, or until it is made
    const std::optional<Error> &error() const { return m_error; }
    bool isMaking() const { return m_isMaking; }

Q_SIGNALS:
    void changed();

private:
    void update();
    void begin();
    void made(Result<SawnPtr> sawn);
    bool isCurrent(const SawRequest &request) const;
    std::optional<SawRequest> wish() const;

    Lanes &m_lanes;
    ReadingSession &m_readings;
    bool m_isWatched = false;
    bool m_isMaking = false;
    std::optional<SawRequest> m_making;
    SawnPtr m_sawn;
    std::optional<Error> m_error;
    std::stop_source m_stop{std::nostopstate};
};

} // namespace hilum::ui
