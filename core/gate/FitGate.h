// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FitGate: trains the gate's network on films of training patients and made-up pictures, and chooses its
// thresholds on films of validation patients.
//
// A film is shown as it is, turned, mirrored, inverted; whatever is no film comes from Pictures.h. The
// thresholds are one half, or laxer where one half would refuse more than `falseRefusal` of the validation
// films for that reason; mirroring has to be nearly sure, and is judged only where three in five mirrored
// validation films would be found.
//
// Shape:   squares of gateSquare x gateSquare pixels, as squareOf gives them.
// Errors:  fitGate: UsageWrong for fewer than 20 training or validation films; Cancelled; Internal for
//          LibTorch's own.
// Threads: the caller's; deterministic for a seed and a number of threads.
#pragma once

#include "core/base/Result.h"
#include "core/gate/GateNetwork.h"
#include "core/gate/Pictures.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace hilum {

inline constexpr int gateSquare = 96;

struct GateFilm {
    Plane<float> square;
    std::string source; // each source is drawn by the root of its size
};

struct GatePlan {
    int steps = 2500;
    int batch = 64;
    double peakLearningRate = 3e-3;
    double falseRefusal = 0.005; // of validation films, for each reason
    std::uint64_t seed = 20200401;
    int threads = 0;
};

using GateProgress = std::function<void(double done, double loss)>;

// How a film lies in front of the gate; mirrored first, then turned.
struct Pose {
    int quarterTurns = 0; // clockwise
    bool mirrored = false;
    bool inverted = false;
};

// A square in a pose, brought to gateSide and standardised.
[[nodiscard]] Plane<float> posed(const Plane<float> &square, const Pose &pose);
// As a film may vary and still be one: turned by a few degrees, moved, scaled, its greys bent, blurred.
[[nodiscard]] Plane<float> variedFilm(const Plane<float> &square, const Pose &pose, std::mt19937_64 &random);

[[nodiscard]] Result<SafetensorsFile> fitGate(const std::vector<GateFilm> &training,
                                              const std::vector<GateFilm> &validation, const GatePlan &plan,
                                              const GateProgress &progress, std::stop_token stop);

} // namespace hilum
