// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// EpochService: epochs that packages keep of their training, which can be offered beside the networks.
//
// Errors:  none; an epoch whose card can't be read is left out.
// Threads: every call comes from the inference lane.
#pragma once

#include "core/nn/ModelPackage.h"

#include <vector>

namespace hilum::ui {

class EpochService {
public:
    virtual ~EpochService() = default;
    // Of all networks, offered or not.
    virtual std::vector<ModelPackage> epochs() = 0;
    // Whether the list of networks has it from now on.
    virtual void offer(const ModelPackage &epoch, bool on) = 0;
};

} // namespace hilum::ui
