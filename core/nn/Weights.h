// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Weights: between a network's parameters and a safetensors file.
//
// Errors:  loadWeights: ModelMismatch at the first name or shape that is missing, unknown or different,
//          and for a weight that is not finite. startFrom: the same, but for the classifier, which may
//          differ, and for tensors that the network doesn't know.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/base/Result.h"
#include "core/nn/Safetensors.h"
#include "core/nn/network/Network.h"

#include <map>
#include <string>
#include <vector>

namespace hilum {

// Every parameter and buffer by its dotted name.
[[nodiscard]] std::map<std::string, torch::Tensor> stateOf(const torch::nn::Module &module);

[[nodiscard]] NamedArray arrayOf(const torch::Tensor &tensor, TensorType type);
// A view into the array's bytes, as float (or int64 for I64); copied when the type must change.
[[nodiscard]] torch::Tensor tensorOf(const NamedArray &array);

[[nodiscard]] Result<void> loadWeights(Network &network, const SafetensorsFile &file,
                                       const std::string &where);
// Weights that were trained for another task, by torchvision's names. A first layer for red, green and blue
// becomes one for grey by summing over the colours: what a grey film in three equal channels would give.
// Gives the names of the classifier's tensors that stay as they were made.
[[nodiscard]] Result<std::vector<std::string>> startFrom(Network &network, const SafetensorsFile &file,
                                                         const std::string &where);
// F16 halves the file; counters stay I64.
[[nodiscard]] SafetensorsFile weightsOf(const Network &network, TensorType type);

} // namespace hilum
