// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/Optimiser.h"

#include "core/nn/Weights.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <cmath>

namespace hilum {

namespace {

constexpr double beta1 = 0.9;
constexpr double beta2 = 0.999;
constexpr double adamEpsilon = 1e-8;
constexpr double rmsDecay = 0.9;
constexpr double rmsEpsilon = 1e-7;
constexpr std::int64_t grain = 65536; // weights a task

bool isDense(const torch::Tensor &a, const torch::Tensor &b)
{
    return a.device().is_cpu() && a.is_non_overlapping_and_dense() && a.strides() == b.strides();
}

} // namespace

Optimiser::Optimiser(const OptimiserRule &rule)
    : m_rule(rule)
{
}

void Optimiser::watch(const torch::nn::Module &module, const std::string &prefix)
{
    for (const auto &item : module.named_parameters()) {
        if (!item.value().requires_grad())
            continue;
        Slot slot{prefix + item.key(), item.value(), {}, {}};
        if (m_rule.kind != OptimiserKind::RmsProp)
            slot.mean = at::zeros_like(item.value());
        if (m_rule.kind != OptimiserKind::Sgd)
            slot.square = at::zeros_like(item.value());
        m_slots.push_back(std::move(slot));
    }
}

void Optimiser::zeroGradients()
{
    for (Slot &slot : m_slots) {
        if (slot.parameter.grad().defined())
            slot.parameter.grad().zero_();
    }
}

void Optimiser::clip(double limit)
{
    const at::NoGradGuard noGradients;
    double squares = 0;
    for (const Slot &slot : m_slots) {
        if (slot.parameter.grad().defined())
            squares += std::pow(slot.parameter.grad().norm().item().toDouble(), 2);
    }
    const double norm = std::sqrt(squares);
    if (!(norm > limit))
        return;
    for (Slot &slot : m_slots) {
        if (slot.parameter.grad().defined())
            slot.parameter.grad().mul_(limit / norm);
    }
}

void Optimiser::step(double learningRate)
{
    const at::NoGradGuard noGradients;
    ++m_steps;
    for (Slot &slot : m_slots) {
        torch::Tensor gradient = slot.parameter.grad();
        if (!gradient.defined())
            continue;
        if (slot.parameter.dim() > 1 && m_rule.weightDecay > 0) {
            if (m_rule.kind == OptimiserKind::AdamW)
                slot.parameter.mul_(1 - learningRate * m_rule.weightDecay);
            else
                gradient = gradient.add(slot.parameter, m_rule.weightDecay);
        }
        update(slot, gradient, learningRate);
    }
}

void Optimiser::update(Slot &slot, const torch::Tensor &gradient, double learningRate)
{
    if (m_rule.kind == OptimiserKind::Sgd) {
        slot.mean.mul_(m_rule.momentum).add_(gradient);
        slot.parameter.add_(slot.mean, -learningRate);
        return;
    }
    if (m_rule.kind == OptimiserKind::RmsProp) {
        slot.square.mul_(rmsDecay).addcmul_(gradient, gradient, 1 - rmsDecay);
        slot.parameter.addcdiv_(gradient, slot.square.sqrt().add_(rmsEpsilon), -learningRate);
        return;
    }
    const double correction1 = 1 - std::pow(beta1, static_cast<double>(m_steps));
    const double correction2 = std::sqrt(1 - std::pow(beta2, static_cast<double>(m_steps)));
    if (!isDense(slot.parameter, gradient) || !isDense(slot.parameter, slot.mean)) {
        slot.mean.mul_(beta1).add_(gradient, 1 - beta1);
        slot.square.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
        slot.parameter.addcdiv_(slot.mean, (slot.square.sqrt() / correction2).add_(adamEpsilon),
                                -learningRate / correction1);
        return;
    }
    auto *weight = slot.parameter.data_ptr<float>();
    auto *mean = slot.mean.data_ptr<float>();
    auto *square = slot.square.data_ptr<float>();
    const auto *g = gradient.data_ptr<float>();
    const auto rate = static_cast<float>(learningRate / correction1);
    const auto root = static_cast<float>(1 / correction2);
    at::parallel_for(0, slot.parameter.numel(), grain, [&](std::int64_t from, std::int64_t to) {
        for (std::int64_t i = from; i < to; ++i) {
            mean[i] = static_cast<float>(beta1) * mean[i] + static_cast<float>(1 - beta1) * g[i];
            square[i] = static_cast<float>(beta2) * square[i] + static_cast<float>(1 - beta2) * g[i] * g[i];
            weight[i] -= rate * mean[i] / (std::sqrt(square[i]) * root + static_cast<float>(adamEpsilon));
        }
    });
}

std::vector<torch::Tensor> Optimiser::gradients() const
{
    std::vector<torch::Tensor> all;
    for (const Slot &slot : m_slots) {
        if (slot.parameter.grad().defined())
            all.push_back(slot.parameter.grad());
    }
    return all;
}

std::vector<torch::Tensor> Optimiser::state() const
{
    std::vector<torch::Tensor> all;
    for (const Slot &slot : m_slots) {
        for (const torch::Tensor &tensor : {slot.mean, slot.square}) {
            if (tensor.defined())
                all.push_back(tensor);
        }
    }
    return all;
}

void Optimiser::save(std::map<std::string, NamedArray> &arrays) const
{
    for (const Slot &slot : m_slots) {
        if (slot.mean.defined())
            arrays["mean." + slot.name] = arrayOf(slot.mean, TensorType::F32);
        if (slot.square.defined())
            arrays["square." + slot.name] = arrayOf(slot.square, TensorType::F32);
    }
}

Result<void> Optimiser::load(const std::map<std::string, NamedArray> &arrays, std::int64_t steps,
                             const std::string &where)
{
    m_steps = steps;
    for (Slot &slot : m_slots) {
        for (const auto &[prefix, target] : {std::pair{"mean.", slot.mean}, {"square.", slot.square}}) {
            if (!target.defined())
                continue;
            const auto found = arrays.find(prefix + slot.name);
            if (found == arrays.end() || found->second.shape != target.sizes().vec())
                return fail(ErrorCode::ModelMismatch,
                            where + ": expected a tensor " + prefix + slot.name
                                + " of the parameter's shape");
            target.copy_(tensorOf(found->second));
        }
    }
    return {};
}

} // namespace hilum
