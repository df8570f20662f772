// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SheetSession: the maps of several networks over the current film, for the same class by the same method,
// so that they can be laid beside each other.
//
// It follows the window's film and class. Maps are made while it is active, and kept. Methods that read a
// film hundreds of times are left to the Map panel.
//
// Errors:  error(network) of its map.
// Threads: UI thread; the service is called on the networks' lanes, one call at a time.
#pragma once

#include "ui/session/NetworkService.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <tuple>
#include <vector>

namespace hilum::ui {

class Lanes;
class ReadingSession;

class SheetSession : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t mostNetworks = 3;

    SheetSession(Lanes &lanes, std::shared_ptr<NetworkService> service, ReadingSession &readings,
                 QObject *parent = nullptr);
    ~SheetSession() override;

    void setActive(bool active);
    // From two to three of the window's networks, in its order; the first ones at first. They stay when
    // others come or go.
    const std::set<int> &networks() const { return m_networks; }
    void choose(int network, bool on); // nothing happens where too few or too many would be left
    // Once it is listed; where there are three, the last of them goes.
    void chooseNext(const std::filesystem::path &package) { m_next = package; }
    MapMethod method() const { return m_method; }
    void chooseMethod(MapMethod method);

    const ActivationMap *map(int network) const; // of the window's class
    std::optional<Error> error(int network) const;
    bool isMaking() const { return m_making.has_value(); }

Q_SIGNALS:
    void changed();

private:
    // Film, network, class, method, and what the network was fed.
    using Key = std::tuple<int, int, std::string, MapMethod, int>;
    using Kept = Result<ActivationMap>;

    std::optional<Key> keyOf(int network) const; // none: no film, not read, withheld, class unknown
    void takeNetworks();
    void remember();
    void makeNext();
    void begin(const Key &key);

    Lanes &m_lanes;
    std::shared_ptr<NetworkService> m_service;
    ReadingSession &m_readings;
    bool m_active = false;
    std::set<int> m_networks;
    std::vector<std::filesystem::path> m_chosen; // the same by folder, which a new list does not change
    std::optional<std::filesystem::path> m_next;
    MapMethod m_method = MapMethod::GradCam;
    std::map<Key, Kept> m_kept;
    std::optional<Key> m_making;
    std::stop_source m_stop{std::nostopstate};
};

} // namespace hilum::ui
