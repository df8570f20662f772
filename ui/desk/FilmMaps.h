// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmMaps: where a network looked in films of the strip, one film after the other, and only in those that
// are still seen when their turn comes.
//
// Shape:   `part` is the part of the film that the network saw, in shares of the film's width and height.
// Units:   probability 0 to 1, as the network reads the film now.
// Errors:  a film without a map has words instead of it; what failed is tried again after stop().
// Threads: UI thread; films are read on the decode lane, maps are made on the network's.
#pragma once

#include "core/nn/ModelPackage.h"
#include "ui/session/FilmSession.h"

#include <QImage>
#include <QObject>
#include <QRectF>

#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>

namespace hilum::ui {

class Lanes;
class NetworkService;

struct FilmMap {
    QImage heat;
    QRectF part;
    double probability = 0; // of the class; below 0: not read
    QString words; // why there is no heat
    bool isFailed = false;
};

class FilmMaps : public QObject {
    Q_OBJECT

public:
    FilmMaps(Lanes &lanes, std::shared_ptr<NetworkService> service, std::function<FilmReader()> makeReader,
             QObject *parent);
    ~FilmMaps() override;

    void setNetwork(std::optional<ModelPackage> network); // another one: what is wanted is dropped
    const std::optional<ModelPackage> &network() const { return m_network; }
    void setIsSeen(std::function<bool(int film)> isSeen) { m_isSeen = std::move(isSeen); }
    const FilmMap *find(const std::filesystem::path &path, const std::string &label) const;
    void want(int film, const std::filesystem::path &path, const std::string &label);
    bool isBusy() const { return m_isMaking || !m_wanted.empty(); }
    void stop(); // what is there stays

Q_SIGNALS:
    void made();

private:
    struct Wish {
        int film = 0;
        std::filesystem::path path;
        std::string label;
    };

    std::string keyOf(const std::filesystem::path &path, const std::string &label) const;
    void next();
    void readFilm(const Wish &wish);
    void readMap(const std::string &key, const std::string &label, const FilmPtr &film);
    void keep(const std::string &key, FilmMap map);

    Lanes &m_lanes;
    std::shared_ptr<NetworkService> m_service;
    std::function<FilmReader()> m_makeReader;
    std::shared_ptr<FilmReader> m_reader;
    std::function<bool(int)> m_isSeen;
    std::optional<ModelPackage> m_network;
    std::unordered_map<std::string, FilmMap> m_maps; // by film, network and class
    std::deque<Wish> m_wanted;
    bool m_isAsking = false;
    bool m_isMaking = false;
    std::stop_source m_stop{std::nostopstate};
};

} // namespace hilum::ui
