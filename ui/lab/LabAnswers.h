// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// LabAnswers: what the laboratory asks of the networks of one lane: a changed film as each is fed it, and
// what each says.
//
// Shape:   inputs and predictions by network, of all networks; of those on other lanes they are empty.
// Errors:  the last network's that could not read.
// Threads: ask: the networks' lane; the others are pure functions.
#pragma once

#include "core/lab/LabFilm.h"
#include "ui/session/NetworkService.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace hilum::ui {

using LabInputs = std::vector<ModelInput>;
using LabPredictions = std::vector<std::optional<Prediction>>;

// Imported networks have a lane of their own.
enum class LabLane { Own, Guests };
inline constexpr LabLane labLanes[] = {LabLane::Own, LabLane::Guests};

[[nodiscard]] inline LabLane laneOf(const ModelPackage &package)
{
    return package.card.imported ? LabLane::Guests : LabLane::Own;
}

struct LabAnswers {
    LabPredictions predictions;
    std::optional<Error> error;
};

[[nodiscard]] LabInputs inputsOf(const LabFilm &film, const std::vector<ModelPackage> &packages);
[[nodiscard]] LabAnswers ask(NetworkService &service, LabLane lane, const std::vector<ModelPackage> &packages,
                             const LabInputs &inputs, const std::stop_token &stop);
// Takes over what the lane's networks said.
void take(LabPredictions &all, LabLane lane, const std::vector<ModelPackage> &packages, LabPredictions said);

// The greys as a film that a view can show; units are the laboratory's.
[[nodiscard]] FilmPtr filmOf(const LabFilm &film);

} // namespace hilum::ui
