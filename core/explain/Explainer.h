// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Explainer: any map of any network, by the one method that was asked for.
//
// Errors:  UsageWrong for a stage that the network does not have and for a sign that the method has not;
//          Cancelled.
// Threads: as the network.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/explain/Explanation.h"
#include "core/nn/network/Network.h"

namespace hilum {

// A network as the methods ask it.
struct Subject {
    Network &network;
    std::vector<std::string> stages; // their names
    double temperature = 1;
    torch::Device device{torch::kCPU};
    ReadBatch read; // the quickest way to logits
    std::function<Result<torch::Tensor>(const Plane<float> &)> features; // the quickest way to the last stage
};

struct SignedMap {
    Plane<float> values;
    std::string stage;
    int classIndex = 0;
    Logits logits; // of the film as it is
    std::optional<double> completenessError;
};

// `readings` as in ExplainRequest, appended to; `partial` is called with the map so far.
[[nodiscard]] Result<SignedMap> signedMapOf(const Subject &subject, const Plane<float> &input,
                                            const ExplainRequest &request, std::vector<Logits> &readings,
                                            const Progress &progress,
                                            const std::function<void(const SignedMap &)> &partial,
                                            const std::stop_token &stop);

} // namespace hilum
