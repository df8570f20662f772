// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Trust: how far to trust a map, for `explain --quality`: measured, as JSON, and in one sentence.
//
// Errors:  those of reading and mapping; UsageWrong for a mask of another size than its film.
#pragma once

#include "app/cli/Output.h"
#include "core/explain/MapQuality.h"
#include "core/film/Film.h"
#include "core/module/NnModule.h"

namespace hilum::cli {

struct TrustQuestion {
    Classifier &classifier;
    const ModelInput &input;
    const ExplainRequest &request;
    const Explanation &explanation; // the map under test
    Classifier *other = nullptr; // whose map of the same class is compared; may be absent
    const Film *film = nullptr;
    int frame = 0; // counted from 0
    const Film *lungs = nullptr; // a mask as large as the film; may be absent
};

[[nodiscard]] Result<MapQuality> measureTrust(const TrustQuestion &question, const Progress &progress);

[[nodiscard]] Json trustJson(const MapQuality &quality, const std::string &otherId);

} // namespace hilum::cli
