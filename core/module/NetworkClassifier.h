// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// NetworkClassifier: the Classifier of module/NnModule.h over a Network, with the package's card.
#pragma once

#include "core/module/NnModule.h"

namespace hilum {

[[nodiscard]] Result<std::unique_ptr<Classifier>> loadClassifier(const ModelPackage &package,
                                                                 const LoadOptions &options);

// "cpu" or "cuda:0": what a choice comes to on this machine.
[[nodiscard]] std::string deviceNameOf(DeviceChoice choice);

} // namespace hilum
