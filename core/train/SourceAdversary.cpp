// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/SourceAdversary.h"

#include <ATen/ATen.h>

namespace hilum {

namespace {

constexpr int hiddenUnits = 128;

} // namespace

SourceAdversary::SourceAdversary(int channels, int classes, int sources, double weight)
    : m_classes(classes)
    , m_weight(weight)
    , m_hidden(register_module("hidden", torch::nn::Linear(channels + classes, hiddenUnits)))
    , m_output(register_module("output", torch::nn::Linear(hiddenUnits, sources)))
{
}

torch::Tensor SourceAdversary::forward(const torch::Tensor &activation, const torch::Tensor &labels)
{
    const torch::Tensor pooled = activation.to(at::kFloat).mean(at::IntArrayRef{2, 3}); // [N, C]
    // The same value; its gradient times -weight.
    const torch::Tensor reversed = pooled.detach() * (1 + m_weight) - pooled * m_weight;
    const torch::Tensor known = at::one_hot(labels, m_classes).to(at::kFloat); // [N, classes]
    return m_output->forward(m_hidden->forward(at::cat({reversed, known}, 1)).relu()); // [N, sources]
}

} // namespace hilum
