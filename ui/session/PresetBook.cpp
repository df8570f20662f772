// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/PresetBook.h"

#include "core/imaging/CountedValues.h"
#include "ui/bridge/Convert.h"

#include <QJsonObject>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

constexpr std::array functionNames{"linear", "linear-exact", "sigmoid"};

// How many pixels of the film stand for each modality value, ascending; padding left out.
std::vector<CountedValue> countedValues(const DisplayFilm &film)
{
    std::vector<std::size_t> counts(std::size_t{65536});
    const CodePlane &codes = film.levels.front().front();
    std::vector<std::uint16_t> room;
    for (int y = 0; y < codes.height(); ++y) {
        for (const std::uint16_t code : codes.row(y, room))
            ++counts[code];
    }
    std::vector<CountedValue> values;
    for (int code = film.lowestCode; code <= film.highestCode; ++code) {
        const std::size_t count = counts[static_cast<std::size_t>(code)];
        const bool padded = film.codesAreStored && isPadding(*film.film, film.first + code);
        if (count > 0 && !padded)
            values.push_back({film.valueOf(code), count});
    }
    std::ranges::sort(values, {}, &CountedValue::value); // a slope may be negative
    return values;
}

} // namespace

Window percentileWindow(const DisplayFilm &film, double lowPercent, double highPercent)
{
    const auto values = countedValues(film);
    return values.empty() ? Window{} : windowBetween(values, lowPercent / 100, highPercent / 100);
}

void PresetBook::setPresets(std::vector<OwnPreset> presets)
{
    if (presets == m_presets)
        return;
    m_presets = std::move(presets);
    Q_EMIT changed();
}

void PresetBook::add(OwnPreset preset)
{
    for (OwnPreset &other : m_presets) {
        const bool meet
            = other.modality.isEmpty() || preset.modality.isEmpty() || other.modality == preset.modality;
        if (preset.digit != 0 && other.digit == preset.digit && meet)
            other.digit = 0;
    }
    m_presets.push_back(std::move(preset));
    Q_EMIT changed();
}

std::vector<OfferedPreset> PresetBook::offered(const DisplayFilm &film) const
{
    const QString modality = toText(film.film->modality);
    std::vector<OfferedPreset> own;
    std::array<bool, 10> taken{};
    for (std::size_t i = 0; i < m_presets.size(); ++i) {
        const OwnPreset &preset = m_presets[i];
        if (!preset.modality.isEmpty() && preset.modality.compare(modality, Qt::CaseInsensitive) != 0)
            continue;
        const auto digit = static_cast<std::size_t>(std::clamp(preset.digit, 0, 9));
        const bool free = digit != 0 && !std::exchange(taken[digit], true);
        own.push_back({preset.name, free ? preset.digit : 0, true, static_cast<int>(i)});
    }
    std::vector<OfferedPreset> all;
    std::size_t next = 1;
    for (std::size_t i = 0; i < film.presets.size(); ++i) {
        while (next < taken.size() && taken[next])
            ++next;
        const int digit = next < taken.size() ? static_cast<int>(next++) : 0;
        all.push_back({film.presets[i].name, digit, false, static_cast<int>(i)});
    }
    all.insert(all.end(), own.begin(), own.end());
    return all;
}

Voi PresetBook::voiOf(const DisplayFilm &film, const OfferedPreset &offer) const
{
    const auto index = static_cast<std::size_t>(offer.index);
    if (!offer.isOwn)
        return film.presets[index].voi;
    const OwnPreset &preset = m_presets[index];
    if (preset.isRelative)
        return percentileWindow(film, preset.lowPercent, preset.highPercent);
    return Window{preset.centre, preset.width, preset.function};
}

QJsonArray PresetBook::toJson() const
{
    QJsonArray array;
    for (const OwnPreset &preset : m_presets) {
        QJsonObject object{{"name", preset.name}, {"modality", preset.modality}, {"digit", preset.digit}};
        if (preset.isRelative) {
            object["lowPercent"] = preset.lowPercent;
            object["highPercent"] = preset.highPercent;
        } else {
            object["centre"] = preset.centre;
            object["width"] = preset.width;
            object["function"] = functionNames[static_cast<std::size_t>(preset.function)];
        }
        array.append(object);
    }
    return array;
}

std::vector<OwnPreset> PresetBook::fromJson(const QJsonArray &array)
{
    std::vector<OwnPreset> presets;
    for (const QJsonValue &value : array) {
        const QJsonObject object = value.toObject();
        OwnPreset preset;
        preset.name = object["name"].toString().trimmed();
        preset.modality = object["modality"].toString();
        preset.digit = std::clamp(object["digit"].toInt(), 0, 9);
        preset.isRelative = object.contains("lowPercent");
        preset.lowPercent = std::clamp(object["lowPercent"].toDouble(1), 0.0, 100.0);
        preset.highPercent = std::clamp(object["highPercent"].toDouble(99), preset.lowPercent, 100.0);
        preset.centre = object["centre"].toDouble();
        preset.width = object["width"].toDouble(preset.isRelative ? 1 : 0);
        const QString function = object["function"].toString();
        for (std::size_t i = 0; i < functionNames.size(); ++i) {
            if (function == QLatin1String(functionNames[i]))
                preset.function = static_cast<VoiFunction>(i);
        }
        if (!preset.name.isEmpty() && (preset.isRelative || preset.width > 0))
            presets.push_back(preset);
    }
    return presets;
}

} // namespace hilum::ui
