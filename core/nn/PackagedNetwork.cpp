// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/PackagedNetwork.h"

#include "core/base/Sha256.h"
#include "core/nn/Safetensors.h"
#include "core/nn/Weights.h"

#include <ATen/ATen.h>

namespace hilum {

namespace {

// A network for colours, or for other values, as one for grey: fedChannels within the network, so that maps
// and gradients are those of the grey film.
class GreyFed final : public Network {
public:
    GreyFed(NetworkPtr inner, const InputSpec &spec)
        : m_inner(std::move(inner))
    {
        register_module("inner", m_inner);
        std::vector<std::int64_t> order{0, 1, 2};
        if (spec.channels == ChannelOrder::Grey)
            order = {0};
        else if (spec.channels == ChannelOrder::Bgr)
            order = {2, 1, 0};
        const auto channels = static_cast<std::int64_t>(order.size());
        torch::Tensor mean = at::empty({1, channels, 1, 1});
        torch::Tensor deviation = at::empty({1, channels, 1, 1});
        for (std::int64_t c = 0; c < channels; ++c) {
            const auto colour = static_cast<std::size_t>(order[static_cast<std::size_t>(c)]);
            mean[0][c][0][0] = spec.mean[colour];
            deviation[0][c][0][0] = spec.deviation[colour];
        }
        m_mean = register_buffer("mean", mean);
        m_deviation = register_buffer("deviation", deviation);
    }

    int stages() const override { return m_inner->stages(); }
    torch::Tensor stage(int index, const torch::Tensor &input) override
    {
        if (index > 0)
            return m_inner->stage(index, input);
        return m_inner->stage(
            0, (input - m_mean) / m_deviation); // [N, 1, H, W] to [N, 1 or 3, H, W] to stage 0's
    }
    torch::Tensor head(const torch::Tensor &activation) override { return m_inner->head(activation); }
    bool isOfHead(const std::string &name) const override
    {
        constexpr std::string_view prefix = "inner.";
        return name.starts_with(prefix) && m_inner->isOfHead(name.substr(prefix.size()));
    }
    std::optional<CellGrid> cells(int stage) const override { return m_inner->cells(stage); }

private:
    NetworkPtr m_inner;
    torch::Tensor m_mean;
    torch::Tensor m_deviation;
};

Result<NetworkPtr> innerOf(const ModelCard &card)
{
    return makeNetwork(
        card.architecture, static_cast<int>(card.classes.size()),
        {.inputSize = card.input.size, .channels = card.input.channels == ChannelOrder::Grey ? 1 : 3});
}

NetworkPtr greyFed(NetworkPtr inner, const InputSpec &spec)
{
    return takesPlainGrey(spec) ? inner : std::make_shared<GreyFed>(std::move(inner), spec);
}

} // namespace

bool takesPlainGrey(const InputSpec &spec)
{
    const InputSpec plain;
    return spec.channels == plain.channels && spec.mean == plain.mean && spec.deviation == plain.deviation;
}

Result<NetworkPtr> networkOf(const ModelCard &card)
{
    auto inner = innerOf(card);
    return inner ? Result<NetworkPtr>(greyFed(std::move(*inner), card.input)) : inner;
}

Result<NetworkPtr> loadNetwork(const ModelPackage &package)
{
    const ModelCard &card = package.card;
    if (card.imported)
        return fail(ErrorCode::UsageWrong,
                    card.id + ": expected a network of Hilum's own, found an imported one");
    const std::string where = package.weights().string();
    const auto sum = sha256OfFile(package.weights());
    if (!sum)
        return tl::unexpected(sum.error());
    if (*sum != card.weightsSha256)
        return fail(ErrorCode::ModelMismatch,
                    where + ": expected the sha256 " + card.weightsSha256 + " of its card, found " + *sum);
    const auto file = readSafetensors(package.weights());
    if (!file)
        return tl::unexpected(file.error());
    auto network = innerOf(card);
    if (!network)
        return network;
    if (auto loaded = loadWeights(**network, *file, where); !loaded)
        return tl::unexpected(loaded.error());
    const NetworkPtr fed = greyFed(std::move(*network), card.input);
    fed->eval();
    return fed;
}

void useChannelsLast(Network &network)
{
    for (auto &parameter : network.parameters()) {
        if (parameter.dim() == 4)
            parameter.set_data(parameter.contiguous(at::MemoryFormat::ChannelsLast));
    }
}

} // namespace hilum
