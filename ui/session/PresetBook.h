// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PresetBook: the window presets that the user saved, and all that a film offers on its digit keys.
//
// Digits: an own preset that fits the film stands on the digit it was given; the film's windows, its VOI
// tables, automatic and full range take the free digits in their order.
//
// Units:   modality values, or percentiles of the film's values (padding left out), 0 to 100.
// Errors:  none; an entry that can't be read is left out.
// Threads: UI thread.
#pragma once

#include "ui/bridge/DisplayFilm.h"

#include <QJsonArray>
#include <QObject>

#include <vector>

namespace hilum::ui {

struct OwnPreset {
    QString name;
    bool isRelative = false; // low and high are percentiles; else centre and width hold
    double centre = 0;
    double width = 1;
    VoiFunction function = VoiFunction::Linear;
    double lowPercent = 1;
    double highPercent = 99;
    QString modality; // only for films of it; empty: for all
    int digit = 0; // 1 to 9; 0: none

    bool operator==(const OwnPreset &) const = default;
};

struct OfferedPreset {
    QString name;
    int digit = 0; // 0: on none
    bool isOwn = false;
    int index = 0; // in the book's presets() or in the film's presets
};

// From the low to the high percentile of the film's values, nearest rank; both ends exact.
[[nodiscard]] Window percentileWindow(const DisplayFilm &film, double lowPercent, double highPercent);

class PresetBook : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    const std::vector<OwnPreset> &presets() const { return m_presets; }
    void setPresets(std::vector<OwnPreset> presets);
    void add(OwnPreset preset); // takes its digit from who had it

    std::vector<OfferedPreset> offered(const DisplayFilm &film) const;
    Voi voiOf(const DisplayFilm &film, const OfferedPreset &offer) const;

    QJsonArray toJson() const;
    static std::vector<OwnPreset> fromJson(const QJsonArray &array);

Q_SIGNALS:
    void changed();

private:
    std::vector<OwnPreset> m_presets;
};

} // namespace hilum::ui
