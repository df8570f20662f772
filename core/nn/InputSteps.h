// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// InputSteps: what becomes of a film on its way into a network, step by step.
//
// Shape:   the first steps as large as the film, then the part that the network sees, then its input size.
// Units:   each step says what its values are; the last step holds exactly what prepare() gives.
// Errors:  as prepare().
// Threads: pure function.
#pragma once

#include "core/nn/InputSpec.h"

#include <string>
#include <vector>

namespace hilum {

enum class InputStepKind { Decoded, Modality, Polarity, Crop, Resampled, Equalised, Standardised };

struct InputStep {
    InputStepKind kind = InputStepKind::Decoded;
    std::string name; // of files: "resampled"
    std::string what; // a sentence of what was done, with its numbers
    Plane<float> values;
    InputMap part; // of the film that the values cover
    float low = 0; // of the values
    float high = 0;
    double mean = 0;
};

[[nodiscard]] Result<std::vector<InputStep>> inputSteps(const Film &film, int frame, const InputSpec &spec);

} // namespace hilum
