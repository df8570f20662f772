// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// InsideReader: a Classifier that can be looked into. Ask for it by dynamic_cast: a network whose layers are
// not ours has none.
//
// Shape:   activations: one plane for each channel, as large as the stage's cells.
// Errors:  UsageWrong for a stage that there is not, Internal.
// Threads: as Classifier.
#pragma once

#include "core/base/Result.h"
#include "core/nn/Anatomy.h"
#include "core/nn/InputSpec.h"

#include <vector>

namespace hilum {

class InsideReader {
public:
    virtual ~InsideReader() = default;
    virtual Result<Anatomy> anatomy() = 0;
    virtual Result<std::vector<Plane<float>>> activations(const ModelInput &input, int stage) = 0;
};

} // namespace hilum
