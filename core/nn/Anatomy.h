// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Anatomy: what a network is made of, stage by stage, for those who see no tensor.
//
// Shape:   a stage's activation is channels x side x side.
// Units:   parameters are weights and biases, norms' too, without running means; filters as they are.
// Errors:  none.
// Threads: values and pure functions.
#pragma once

#include "core/film/Plane.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hilum {

struct StageAnatomy {
    std::string name; // "block1"
    int channels = 0;
    int side = 0;
    std::int64_t parameters = 0;
};

struct Anatomy {
    std::vector<StageAnatomy> stages;
    std::int64_t headParameters = 0;
    int classes = 0;
    std::vector<Plane<float>> filters; // of the first convolution, one for each of its channels

    std::int64_t parameters() const;
};

// By the mean of their absolute values, the strongest first.
[[nodiscard]] std::vector<int> strongestChannels(const std::vector<Plane<float>> &activation, int count);

} // namespace hilum
