// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/PackagedNetwork.h"

#include "core/base/Sha256.h"
#include "core/nn/Safetensors.h"
#include "core/nn/Weights.h"

namespace hilum {

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
    auto network = makeNetwork(card.architecture, static_cast<int>(card.classes.size()),
                               {.inputSize = card.input.size});
    if (!network)
        return network;
    if (auto loaded = loadWeights(**network, *file, where); !loaded)
        return tl::unexpected(loaded.error());
    (*network)->eval();
    return network;
}

void useChannelsLast(Network &network)
{
    for (auto &parameter : network.parameters()) {
        if (parameter.dim() == 4)
            parameter.set_data(parameter.contiguous(at::MemoryFormat::ChannelsLast));
    }
}

} // namespace hilum
