// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MapTrust: how far to trust a map that a network made: core/explain's measures, asked of the network itself,
// of another network and of a mask of the lungs.
//
// Errors:  Cancelled; UsageWrong for a mask of another size than its film and for a network that does not
//          know the map's class; what reading and mapping fail with.
// Threads: as its Classifiers.
#pragma once

#include "core/film/Film.h"
#include "core/module/NnModule.h"

namespace hilum {

struct TrustQuestion {
    Classifier &classifier;
    const ModelInput &input;
    const ExplainRequest &request; // that the map answers
    const ActivationMap &map; // under test
    const Film *film = nullptr; // needed with what follows
    int frame = 0; // counted from 0
    Classifier *other = nullptr; // whose map of the same class is compared; may be absent
    const Film *lungs = nullptr; // a mask as large as the film; may be absent
};

[[nodiscard]] Result<MapQuality> measureTrust(const TrustQuestion &question, const Progress &progress,
                                              const std::stop_token &stop);

} // namespace hilum
