// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// InsideSession: which stage, channel and cell of which network is looked at, and what it made of the film.
//
// Anatomies are asked for once, while somebody looks; activations of one stage are kept, of the film as the
// networks are fed it. The latest wish wins.
//
// Units:   cells of the stage; fields in pixels of the network's input.
// Errors:  kept, beside what they belong to.
// Threads: UI thread; the service is called on the network's lane.
#pragma once

#include "core/explain/ActivationMap.h"
#include "core/nn/ReceptiveField.h"
#include "ui/session/FedFilm.h"
#include "ui/session/InsideService.h"

#include <QObject>
#include <QPoint>

#include <memory>
#include <optional>
#include <vector>

namespace hilum::ui {

class Lanes;
class ReadingSession;

class InsideSession : public QObject {
    Q_OBJECT

public:
    InsideSession(Lanes &lanes, std::shared_ptr<InsideService> service, ReadingSession &readings,
                  QObject *parent = nullptr);
    ~InsideSession() override;

    ReadingSession &readings() const { return m_readings; }
    void setWatched(bool watched); // nobody looks: nothing is asked
    bool isWatched() const { return m_isWatched; }

    const std::vector<std::optional<Anatomy>> &anatomies() const { return m_anatomies; } // by network
    int network() const { return m_network; }
    int stage() const { return m_stage; }
    void choose(int network, int stage);

    // Of the chosen stage; nothing until it was read.
    const std::vector<Plane<float>> &channels() const;
    const Plane<float> *input() const; // of the network
    const std::vector<int> &strongest() const { return m_strongest; }
    int channel() const { return m_channel; } // the strongest, when none was chosen
    void chooseChannel(int channel);
    std::optional<QPoint> cell() const { return m_cell; }
    void chooseCell(std::optional<QPoint> cell);
    bool isReading() const { return m_isReading; }
    const std::optional<Error> &error() const { return m_error; }

    QString label() const; // "VGG16, block4, channel 99"
    // Of the chosen channel, on the film itself; signed where the channel is.
    std::optional<ActivationMap> map() const;
    std::optional<ReceptiveField> field() const; // of the chosen cell
    std::optional<InputMap> fieldOnFilm() const; // rounded outwards
    int fieldAcross() const; // of a cell of the chosen stage far from any border

Q_SIGNALS:
    void anatomyChanged();
    void changed(); // stage, channel, cell or what was read

private:
    void restart();
    void update();
    void read();
    void received(Result<StageReading> reading);
    std::optional<Architecture> architecture() const;

    Lanes &m_lanes;
    std::shared_ptr<InsideService> m_service;
    ReadingSession &m_readings;
    bool m_isWatched = false;
    std::vector<std::optional<Anatomy>> m_anatomies;
    std::vector<bool> m_asked;
    int m_network = 0;
    int m_stage = 0;
    std::optional<StageReading> m_reading;
    FedFilmPtr m_readOf;
    std::vector<int> m_strongest;
    int m_channel = 0;
    std::optional<QPoint> m_cell;
    bool m_isReading = false;
    std::optional<Error> m_error;
    std::stop_source m_stop{std::nostopstate};
};

} // namespace hilum::ui
