// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ModuleVersion: what program and network module must agree on before they exchange a value.
//
// Source:  none; the version of Hilum, and the sizes of what crosses the door, which change when a header
//          does.
#pragma once

#include "core/module/NnModule.h"

#include <string>

namespace hilum {

[[nodiscard]] inline std::string moduleVersion()
{
    std::string version = "Hilum " HILUM_VERSION;
    for (const std::size_t size :
         {sizeof(ModelPackage), sizeof(LoadOptions), sizeof(ModelInput), sizeof(Reading),
          sizeof(ExplainRequest), sizeof(Explanation), sizeof(RandomisedMap), sizeof(TrainingPlan),
          sizeof(TrainingSet), sizeof(TrainingObserver), sizeof(TrainingOutcome), sizeof(GatePlan),
          sizeof(SafetensorsFile)})
        version += "-" + std::to_string(size);
    return version;
}

} // namespace hilum
