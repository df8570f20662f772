// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/AdamW.h"

#include "core/nn/Weights.h"

#include <ATen/ATen.h>
#include <cmath>

namespace hilum {

namespace {

constexpr double beta1 = 0.9;
constexpr double beta2 = 0.999;
constexpr double epsilon = 1e-8;

} // namespace

AdamW::AdamW(const torch::nn::Module &module, double weightDecay)
    : m_weightDecay(weightDecay)
{
    for (const auto &item : module.named_parameters())
        m_slots.push_back(
            {item.key(), item.value(), at::zeros_like(item.value()), at::zeros_like(item.value())});
}

void AdamW::zeroGradients()
{
    for (Slot &slot : m_slots) {
        if (slot.parameter.grad().defined())
            slot.parameter.grad().zero_();
    }
}

void AdamW::step(double learningRate)
{
    const at::NoGradGuard noGradients;
    ++m_steps;
    const double correction1 = 1 - std::pow(beta1, static_cast<double>(m_steps));
    const double correction2 = 1 - std::pow(beta2, static_cast<double>(m_steps));
    for (Slot &slot : m_slots) {
        const torch::Tensor gradient = slot.parameter.grad();
        if (!gradient.defined())
            continue;
        if (slot.parameter.dim() > 1)
            slot.parameter.mul_(1 - learningRate * m_weightDecay);
        slot.mean.mul_(beta1).add_(gradient, 1 - beta1);
        slot.square.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
        const torch::Tensor spread = (slot.square.sqrt() / std::sqrt(correction2)).add_(epsilon);
        slot.parameter.addcdiv_(slot.mean, spread, -learningRate / correction1);
    }
}

void AdamW::save(std::map<std::string, NamedArray> &arrays) const
{
    for (const Slot &slot : m_slots) {
        arrays["mean." + slot.name] = arrayOf(slot.mean, TensorType::F32);
        arrays["square." + slot.name] = arrayOf(slot.square, TensorType::F32);
    }
}

void AdamW::load(const std::map<std::string, NamedArray> &arrays, std::int64_t steps)
{
    m_steps = steps;
    for (Slot &slot : m_slots) {
        slot.mean.copy_(tensorOf(arrays.at("mean." + slot.name)));
        slot.square.copy_(tensorOf(arrays.at("square." + slot.name)));
    }
}

} // namespace hilum
