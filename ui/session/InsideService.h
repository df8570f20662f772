// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// InsideService: networks that can be looked into, as a session asks for it.
//
// Errors:  those of loading (core/module/NnModule.h); UsageWrong for a network that can't be looked into.
// Threads: as NetworkService.
#pragma once

#include "core/film/Film.h"
#include "core/nn/Anatomy.h"
#include "core/nn/InputSpec.h"
#include "core/nn/ModelPackage.h"

#include <stop_token>
#include <vector>

namespace hilum::ui {

struct StageReading {
    std::vector<Plane<float>> channels;
    ModelInput input; // that they were made of
};

class InsideService {
public:
    virtual ~InsideService() = default;
    virtual Result<Anatomy> anatomy(const ModelPackage &package) = 0;
    virtual Result<StageReading> readStage(const ModelPackage &package, const Film &film, int frame,
                                           int stage, std::stop_token stop)
        = 0;
};

} // namespace hilum::ui
