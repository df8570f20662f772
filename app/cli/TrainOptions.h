// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TrainOptions: the words of `hilum-cli train`, as a recipe and where to run it.
//
// A recipe gives the values, --set and the older options of their own change single keys of it.
//
// Errors:  UsageWrong naming the option or the key; FileUnreadable for a recipe that there is not.
#pragma once

#include "app/cli/Options.h"
#include "core/module/NnModule.h"
#include "core/train/TrainingPlan.h"

namespace hilum::cli {

struct TrainRequest {
    std::filesystem::path films; // manifest, prepared set or folder of folders
    TrainingPlan plan;
    DeviceChoice device = DeviceChoice::Auto;
    int squareSize = 0; // of --squares
    bool asJson = false;
};

[[nodiscard]] const CommandSpec &trainCommand();
[[nodiscard]] Result<TrainRequest> parseTrainRequest(std::span<const std::string> args);

} // namespace hilum::cli
