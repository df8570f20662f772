// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TorchvisionState: what network a file of weights by torchvision's names is of, told from its names and
// shapes alone.
//
//     const SafetensorsFile file = inTodaysNames(*readSafetensors("vgg19_bn.safetensors"));
//     const auto state = recognise(file, "vgg19_bn.safetensors");
//     state->architecture // "torchvision-vgg19_bn", of 1000 classes, for red, green and blue
//
// Errors:  recognise: ModelMismatch naming the first tensor that is missing, or differs from every VGG11, 13,
//          16 or 19 (with batch norms or without) and every DenseNet121, 169 or 201.
// Threads: pure functions.
// Source:  torchvision's vgg.py and densenet.py; files written before 2018 call norm1 of a dense layer
//          norm.1, those of networks trained on several devices (DataParallel) begin every name with module.
#pragma once

#include "core/base/Result.h"
#include "core/nn/Safetensors.h"

#include <string>

namespace hilum {

struct TorchvisionState {
    std::string architecture; // a name that makeNetwork knows
    int classes = 0;
    int channels = 0; // of the film, 1 or 3
};

// Under today's names, with a counter for each norm that has none, as loadWeights wants them.
[[nodiscard]] SafetensorsFile inTodaysNames(SafetensorsFile file);

// Of a file in today's names.
[[nodiscard]] Result<TorchvisionState> recognise(const SafetensorsFile &file, const std::string &where);

} // namespace hilum
