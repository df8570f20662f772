// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// NativeWeights: an imported file that holds weights and no program: a safetensors file of a VGG or DenseNet
// by torchvision's names, which Hilum's own networks can take.
//
// Errors:  as GuestChecks and TorchvisionState.
// Threads: pure functions over files; a second for a VGG's 500 MB.
#pragma once

#include "core/guest/GuestChecks.h"
#include "core/nn/TorchvisionState.h"

namespace hilum {

// By its first bytes: a length, then the brace that a safetensors header begins with.
[[nodiscard]] bool holdsWeightsAlone(const std::filesystem::path &file);

struct NativeWeights {
    SafetensorsFile tensors; // in today's names
    TorchvisionState state;
};

[[nodiscard]] Result<NativeWeights> readNativeWeights(const std::filesystem::path &file);

// Whether what the card says of classes and channels is what the weights are for.
[[nodiscard]] tl::expected<GuestReport, GuestFault>
checkNative(const NativeWeights &weights, const ModelCard &card, const std::filesystem::path &file);

} // namespace hilum
