// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/GradCam.h"

#include <torch/csrc/autograd/autograd.h>

namespace hilum {

RawMap gradCam(const torch::Tensor &activation, const Head &head, std::optional<int> classIndex)
{
    const at::AutoGradMode gradients(true);
    const torch::Tensor leaf = activation.detach().requires_grad_(true); // [1, C, h, w]
    const torch::Tensor logits = head(leaf); // [1, classes]
    const int chosen = classIndex ? *classIndex : static_cast<int>(logits.argmax(1).item().toLong());
    const torch::Tensor score = logits.select(1, chosen).sum();
    const torch::Tensor gradient = torch::autograd::grad({score}, {leaf}).front(); // [1, C, h, w]

    const at::NoGradGuard noGradients;
    const torch::Tensor weights = gradient.mean(at::IntArrayRef{2, 3}, true); // [1, C, 1, 1]
    const torch::Tensor map = (weights * activation).sum(1).squeeze(0).relu(); // [h, w]
    return {logits.detach(), map, chosen};
}

} // namespace hilum
