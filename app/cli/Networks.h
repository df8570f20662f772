// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Networks: what predict and explain share: model packages by id, a device by name, a film's input.
//
// Errors:  UsageWrong for an id or a device that there is not; else those of the module and the card.
#pragma once

#include "app/cli/Options.h"
#include "core/module/NnModule.h"

#include <string>
#include <vector>

namespace hilum::cli {

// "auto", "cpu" or "cuda".
[[nodiscard]] Result<DeviceChoice> deviceNamed(const std::string &name);

// The packages of these ids in their order; every package at hand when there is no id.
[[nodiscard]] Result<std::vector<ModelPackage>> packagesNamed(const std::vector<std::string> &ids);

// As an option may name it: an id of the model roots or a folder with a card, and either at an epoch that it
// keeps: "vgg16@12".
[[nodiscard]] Result<ModelPackage> packageNamed(const std::string &idOrFolder,
                                                const std::string &option = "--model");
// The one that --model names, where one must be named.
[[nodiscard]] Result<ModelPackage> packageOf(const Options &parsed);

// --device, --threads and --frame, where they are given.
[[nodiscard]] Result<void> readComputeOptions(const Options &parsed, LoadOptions &load, int &frame);

} // namespace hilum::cli
