// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FastFeatures: the features half of a network on the CPU, without LibTorch in the loop.
//
// Batch norms are folded into the convolutions before them; those that come first (DenseNet's) are
// applied while a product reads its rows; dense blocks write side by side into one buffer, so nothing
// is ever concatenated.
//
// Shape:   input size x size; the activation as Network::features gives it, but height x width x channels.
// Units:   as the network; equal to LibTorch's float32 up to rounding.
// Errors:  make: ModelMismatch when the architecture has no fast form (the caller then uses LibTorch).
// Threads: one call at a time; the activation is valid until the next.
// Source:  Vgg.h, PlainVgg.h, DenseNet.h and ResNet.h; Kernels.h for the arithmetic.
#pragma once

#include "core/base/Result.h"
#include "core/nn/fast/Convolution.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace hilum::fast {

using WeightTable = std::map<std::string, std::vector<float>>; // by torchvision's names

class FastFeatures {
public:
    virtual ~FastFeatures() = default;
    [[nodiscard]] static Result<std::unique_ptr<FastFeatures>> make(const std::string &architecture,
                                                                    const WeightTable &weights);
    virtual Image run(const float *input, int size, const Spread &spread) = 0;
};

} // namespace hilum::fast
