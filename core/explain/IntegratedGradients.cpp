// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/IntegratedGradients.h"

#include <algorithm>
#include <cmath>
#include <torch/csrc/autograd/autograd.h>

namespace hilum {

namespace {

constexpr int stepsAtOnce = 4;

}

Result<PathShares> integratedGradients(const torch::Tensor &input, const torch::Tensor &reference,
                                       const Head &forward, int classIndex, int steps,
                                       const Progress &progress, const std::stop_token &stop)
{
    const torch::Tensor way = input - reference; // [1, 1, h, w]
    torch::Tensor sum = torch::zeros_like(way);
    for (int first = 0; first < steps; first += stepsAtOnce) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "stopped");
        const int end = std::min(steps, first + stepsAtOnce);
        std::vector<torch::Tensor> points;
        for (int step = first; step < end; ++step)
            points.push_back(reference + way * ((step + 0.5) / steps));
        const at::AutoGradMode gradients(true);
        const torch::Tensor leaf = torch::cat(points).requires_grad_(true); // [n, 1, h, w]
        const torch::Tensor score = forward(leaf).select(1, classIndex).sum();
        sum += torch::autograd::grad({score}, {leaf}).front().sum(0, true);
        if (progress)
            progress(static_cast<double>(end) / steps);
    }
    const at::NoGradGuard noGradients;
    const torch::Tensor map = (way * sum / steps)[0][0]; // [h, w]
    const torch::Tensor ends = forward(torch::cat({reference, input})).select(1, classIndex); // [2]
    PathShares shares{map, (ends[1] - ends[0]).item().toDouble(), 0};
    const double missed = map.sum(at::kDouble).item().toDouble() - shares.change;
    if (std::abs(shares.change) > 1e-9)
        shares.completenessError = missed / std::abs(shares.change);
    return shares;
}

} // namespace hilum
