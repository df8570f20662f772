// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/gate/Gate.h"

#include "core/gate/PlainChecks.h"
#include "core/nn/InputSpec.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <mutex>
#include <optional>

namespace hilum {

namespace {

template <class... Numbers>
std::string format(const char *form, Numbers... numbers)
{
    std::array<char, 256> text{};
    std::snprintf(text.data(), text.size(), form, numbers...);
    return text.data();
}

} // namespace

std::string_view gateCheckName(GateCheck check)
{
    constexpr std::array<std::string_view, 11> names{"none",     "header", "size",    "shape",
                                                     "colour",   "flat",   "no-film", "lateral",
                                                     "inverted", "turned", "mirrored"};
    return names[static_cast<std::size_t>(check)];
}

GateVerdict judgeScores(const GateScores &scores, const GateThresholds &limits)
{
    const auto refused = [](GateCheck check, std::string reason) {
        return GateVerdict{false, std::move(reason), check};
    };
    if (scores.film < limits.film && scores.lateral > 0.5)
        return refused(
            GateCheck::Lateral,
            format("looks like a lateral view (score %.2f), not a frontal one (score %.2f, expected "
                   "at least %.2f)",
                   scores.lateral, scores.film, limits.film));
    if (scores.film < limits.film)
        return refused(GateCheck::NoFilm,
                       format("does not look like a chest film: score %.2f, expected at least %.2f",
                              scores.film, limits.film));
    if (scores.inverted > limits.inverted)
        return refused(GateCheck::Inverted,
                       format("looks inverted, black for white: score %.2f, expected at most %.2f",
                              scores.inverted, limits.inverted));
    const auto way = std::ranges::max_element(scores.turned) - scores.turned.begin();
    if (scores.turned[0] < limits.upright && way != 0) {
        constexpr std::array ways{"upright", "turned by 90 degrees clockwise", "upside down",
                                  "turned by 90 degrees anticlockwise"};
        return refused(GateCheck::Turned,
                       format("looks %s: score of upright %.2f, expected at least %.2f",
                              ways[static_cast<std::size_t>(way)], scores.turned[0], limits.upright));
    }
    if (scores.mirrored > limits.mirrored)
        return refused(
            GateCheck::Mirrored,
            format("looks mirrored, the heart lies on the wrong side: score %.2f, expected at most "
                   "%.2f (or the heart lies on the right)",
                   scores.mirrored, limits.mirrored));
    if (scores.distance > limits.distance)
        return refused(
            GateCheck::NoFilm,
            format("is too far from the films that the gate knows: distance %.1f, expected at most "
                   "%.1f",
                   scores.distance, limits.distance));
    return {};
}

GateVerdict judgeFilm(const Film &film, int frame, const GateNetwork *network)
{
    if (film.rows <= 0 || film.columns <= 0 || frame < 0 || frame >= film.frames)
        return {false, "has no such frame", GateCheck::Size};
    if (GateVerdict header = checkHeader(film); !header.accepted)
        return header;
    if (GateVerdict pixels = checkPixels(film, frame); !pixels.accepted)
        return pixels;
    if (network == nullptr)
        return {};
    const auto input = prepare(film, frame, {gateSide});
    if (!input)
        return {false, "can't be measured: " + input.error().detail, GateCheck::Size};
    return judgeScores(network->run(input->values), network->thresholds());
}

const GateNetwork *bundledGate(const std::vector<std::filesystem::path> &roots)
{
    static std::mutex mutex;
    static std::map<std::filesystem::path, std::optional<GateNetwork>> known;
    const std::lock_guard lock(mutex);
    for (const auto &root : roots) {
        const auto file = root / "gate" / "gate.safetensors";
        auto found = known.find(file);
        if (found == known.end()) {
            auto read = GateNetwork::read(file);
            found = known.emplace(file, read ? std::optional(std::move(*read)) : std::nullopt).first;
        }
        if (found->second)
            return &*found->second;
    }
    return nullptr;
}

} // namespace hilum
