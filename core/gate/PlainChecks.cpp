// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/gate/PlainChecks.h"

#include "core/imaging/Colour.h"
#include "core/imaging/ModalityValues.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <set>
#include <string_view>

namespace hilum {

namespace {

// Of 5,734 chest films the smallest is 156 pixels high, and all but one are less than 1.9 times as long as
// wide.
constexpr int smallestSide = 64;
constexpr double longestShape = 2.2;
// Channels may differ by the tint of a scan; a colour picture has many tints at one brightness.
constexpr double colourStep = 0.08; // of full intensity, from the mean tint at that brightness
constexpr double colourShare = 0.05;
constexpr int fewestLevels = 12; // between the 1st and 99th percentile
constexpr double mostAlike = 0.85; // of the pixels in one value

GateVerdict refused(GateCheck check, std::string reason) { return {false, std::move(reason), check}; }

std::string format(const char *form, double value)
{
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), form, value);
    return text.data();
}

std::string upperCase(std::string text)
{
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

// An attribute of the data set itself, not of a sequence in it.
std::string attribute(const Film &film, std::string_view tag)
{
    const auto found = std::ranges::find_if(
        film.tags, [&](const FilmTag &t) { return t.depth == 0 && upperCase(t.tag) == tag; });
    if (found == film.tags.end())
        return {};
    std::string value = upperCase(found->value);
    while (!value.empty() && (value.back() == ' ' || value.back() == '\0'))
        value.pop_back();
    return value;
}

bool containsAny(const std::string &text, std::initializer_list<std::string_view> words)
{
    return std::ranges::any_of(words, [&](std::string_view w) { return text.find(w) != std::string::npos; });
}

GateVerdict checkColour(const Film &film, int frame)
{
    if (!film.isColour())
        return {};
    constexpr int levels = 32;
    struct Tint {
        double red = 0;
        double blue = 0;
        double count = 0;
    };
    std::array<Tint, levels> tints{};
    const double scale = 1 / std::max(1.0, colourFullScale(film));
    const auto visitAll = [&](auto &&visit) {
        forEachRgb(film, frame, 0, film.pixelsPerFrame(), [&](std::size_t, double r, double g, double b) {
            const double light = std::clamp((r + 2 * g + b) / 4 * scale, 0.0, 1.0);
            visit(static_cast<std::size_t>(std::lround(light * (levels - 1))), (r - g) * scale,
                  (b - g) * scale);
        });
    };
    visitAll([&](std::size_t level, double red, double blue) {
        Tint &tint = tints[level];
        tint.red += red;
        tint.blue += blue;
        tint.count += 1;
    });
    for (Tint &tint : tints) {
        tint.red /= std::max(1.0, tint.count);
        tint.blue /= std::max(1.0, tint.count);
    }
    double coloured = 0;
    visitAll([&](std::size_t level, double red, double blue) {
        if (std::hypot(red - tints[level].red, blue - tints[level].blue) > colourStep)
            coloured += 1;
    });
    const double share = coloured / std::max<double>(1, static_cast<double>(film.pixelsPerFrame()));
    if (share <= colourShare)
        return {};
    return refused(GateCheck::Colour,
                   "is a colour picture: " + format("%.0f", 100 * share)
                       + " % of its pixels are coloured, a chest film is grey");
}

// Each value of the samples, the lowest first: its place among all when they are sorted, and how many there
// are. Whole numbers, as most films have, are counted; a film is not worth sorting for.
template <class Take>
void eachLevel(std::vector<float> &samples, const Take &take)
{
    constexpr float mostLevels = 1 << 17;
    const auto [low, high] = std::ranges::minmax(samples);
    const bool isWhole = std::ranges::all_of(samples, [](float value) { return value == std::floor(value); });
    if (!isWhole || high - low >= mostLevels) {
        std::ranges::sort(samples);
        for (std::size_t first = 0; first < samples.size();) {
            std::size_t end = first + 1;
            while (end < samples.size() && samples[end] == samples[first])
                ++end;
            take(first, end - first);
            first = end;
        }
        return;
    }
    std::vector<std::size_t> counts(static_cast<std::size_t>(high - low) + 1);
    for (const float value : samples)
        ++counts[static_cast<std::size_t>(value - low)];
    std::size_t first = 0;
    for (const std::size_t count : counts) {
        if (count > 0)
            take(first, count);
        first += count;
    }
}

GateVerdict checkFlat(const Film &film, int frame)
{
    const Plane<float> values = modalityValues(film, frame);
    std::vector<float> samples;
    const Plane<std::uint8_t> padding = paddingMask(film, frame);
    const std::size_t step = std::max<std::size_t>(1, values.samples().size() / 40000);
    for (std::size_t i = 0; i < values.samples().size(); i += step) {
        if ((padding.empty() || padding.samples()[i] == 0) && std::isfinite(values.samples()[i]))
            samples.push_back(values.samples()[i]);
    }
    if (samples.empty())
        return refused(GateCheck::Flat, "is blank: it has no pixel with a value");
    const std::size_t last = samples.size() - 1;
    std::size_t levels = 1;
    std::size_t alike = 1;
    eachLevel(samples, [&](std::size_t first, std::size_t count) {
        alike = std::max(alike, count);
        const bool inside = first > 0 && first >= last / 100 && first <= last - last / 100;
        levels += inside ? 1U : 0U;
    });
    const double share = static_cast<double>(alike) / static_cast<double>(samples.size());
    if (share > mostAlike)
        return refused(GateCheck::Flat,
                       "is nearly blank: " + format("%.0f", 100 * share)
                           + " % of its pixels have the same value");
    if (levels < fewestLevels)
        return refused(GateCheck::Flat,
                       "is nearly flat: its values span only " + std::to_string(levels) + " levels of grey");
    return {};
}

} // namespace

GateVerdict checkHeader(const Film &film)
{
    if (film.format != FilmFormat::Dicom)
        return {};
    static const std::set<std::string, std::less<>> projections{"CR", "DX", "DR", "RG", "RF", "OT",
                                                                "SC", "XC", "CD", "HC", ""};
    const std::string modality = upperCase(film.modality);
    if (!projections.contains(modality))
        return refused(GateCheck::Header,
                       "is no chest film by its file, which says modality " + modality + ", not CR or DX");
    const std::string part = attribute(film, "0018,0015");
    if (!containsAny(part, {"CHEST", "THORAX", "LUNG", "TORSO", "RIB", "HEART"})
        && containsAny(part,
                       {"ABDOMEN", "ANKLE", "ARM",    "BREAST", "CSPINE", "ELBOW",    "EXTREM", "FEMUR",
                        "FINGER",  "FOOT",  "HAND",   "HEAD",   "HIP",    "HUMERUS",  "JAW",    "KIDNEY",
                        "KNEE",    "LEG",   "LSPINE", "NECK",   "PELVI",  "SHOULDER", "SKULL",  "SPINE",
                        "TEETH",   "THIGH", "TOE",    "TSPINE", "TIBIA",  "WRIST",    "BRAIN",  "PROSTATE"}))
        return refused(GateCheck::Header, "is no chest film by its file, which says body part " + part);
    const std::string view = attribute(film, "0018,5101");
    if (view == "LL" || view == "RL" || view == "LLAT" || view == "RLAT" || view == "LAT"
        || view.find("LATERAL") != std::string::npos)
        return refused(GateCheck::Lateral, "is a lateral view by its file, which says view position " + view);
    const std::string orientation = attribute(film, "0020,0020");
    if (orientation.starts_with("A\\") || orientation.starts_with("P\\"))
        return refused(GateCheck::Lateral,
                       "is a lateral view by its file, which says patient orientation " + orientation);
    return {};
}

GateVerdict checkPixels(const Film &film, int frame)
{
    const int shorter = std::min(film.columns, film.rows);
    if (shorter < smallestSide)
        return refused(GateCheck::Size,
                       "is too small: " + std::to_string(film.columns) + " x " + std::to_string(film.rows)
                           + " pixels, expected at least " + std::to_string(smallestSide)
                           + " on the shorter side");
    const double high = film.rows * (film.pixelAspect > 0 ? film.pixelAspect : 1);
    const double shape = std::max(film.columns / high, high / film.columns);
    // A film with pixels that are not square may be squeezed either way by who wrote it.
    const double stored = std::max(double(film.columns) / film.rows, double(film.rows) / film.columns);
    if (std::min(shape, stored) > longestShape)
        return refused(GateCheck::Shape,
                       "has too long a shape: one side is " + format("%.1f", std::min(shape, stored))
                           + " times the other, a chest film's at most " + format("%.1f", longestShape));
    if (const GateVerdict colour = checkColour(film, frame); !colour.accepted)
        return colour;
    return checkFlat(film, frame);
}

} // namespace hilum
