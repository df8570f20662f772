// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Weights: between a network's parameters and a safetensors file.
//
// Errors:  loadWeights: ModelMismatch at the first name or shape that is missing, unknown or different,
//          and for a weight that is not finite.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/base/Result.h"
#include "core/nn/Safetensors.h"
#include "core/nn/network/Network.h"

namespace hilum {

// Every parameter and buffer by its dotted name.
[[nodiscard]] std::map<std::string, torch::Tensor> stateOf(const torch::nn::Module &module);

[[nodiscard]] NamedArray arrayOf(const torch::Tensor &tensor, TensorType type);
// A view into the array's bytes, as float (or int64 for I64); copied when the type must change.
[[nodiscard]] torch::Tensor tensorOf(const NamedArray &array);

[[nodiscard]] Result<void> loadWeights(Network &network, const SafetensorsFile &file,
                                       const std::string &where);
// F16 halves the file; counters stay I64.
[[nodiscard]] SafetensorsFile weightsOf(const Network &network, TensorType type);

} // namespace hilum
