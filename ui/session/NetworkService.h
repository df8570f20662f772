// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// NetworkService: the networks, as a session asks for them.
//
// Errors:  load and read: those of NnModule (core/module/NnModule.h).
// Threads: what an imported network has a part in comes from the guests' lane, all else from the inference
//          lane; calls may take seconds. An imported network's request ends soon after a stop.
#pragma once

#include "core/gate/Band.h"
#include "core/gate/Gate.h"
#include "core/module/NnModule.h"

#include <optional>
#include <stop_token>
#include <string>

namespace hilum::ui {

struct TrustAsked {
    ExplainRequest request;
    ActivationMap map;
    std::optional<ModelPackage> other; // whose map is compared
};

class NetworkService {
public:
    virtual ~NetworkService() = default;
    virtual PackageListing list() = 0;
    // The prediction and the map of `label` (empty: of the class called) from one forward pass. The
    // network is loaded on its first film.
    virtual Result<Reading> read(const ModelPackage &package, const Film &film, int frame,
                                 const std::string &label, std::stop_token stop)
        = 0;
    // Whether the network should be asked about this picture at all; nothing to say by default.
    virtual GateVerdict judge(const ModelPackage &, const Film &, int) { return {}; }
    // The bands around a prediction, in several passes; none when the package has none.
    virtual Result<Bands> band(const ModelPackage &, const Film &, int, const Prediction &, std::stop_token)
    {
        return Bands();
    }
    // Any map; `request.classIndex` is of the package's own classes.
    virtual Result<Explanation> explain(const ModelPackage &, const Film &, int, const ExplainRequest &,
                                        const ExplainObserver &, std::stop_token)
    {
        return fail(ErrorCode::UsageWrong, "expected a network that explains itself");
    }
    // How far to trust a map that explain() or read() made of this film for `request`.
    virtual Result<MapQuality> trust(const ModelPackage &, const Film &, int, const TrustAsked &,
                                     const Progress &, std::stop_token)
    {
        return fail(ErrorCode::UsageWrong, "expected a network that explains itself");
    }
    // What a network says of an input that was made elsewhere: of a film that was changed on purpose.
    virtual Result<Prediction> predict(const ModelPackage &, const ModelInput &, std::stop_token)
    {
        return fail(ErrorCode::UsageWrong, "expected a network that reads changed films");
    }
    // Loaded networks are dropped; the next film loads them on the new device.
    virtual void setDevice(DeviceChoice device) = 0;
};

} // namespace hilum::ui
