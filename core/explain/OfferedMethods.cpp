// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/OfferedMethods.h"

#include "core/nn/Architecture.h"

namespace hilum {

std::vector<std::string> stagesOf(const ModelCard &card)
{
    if (card.imported)
        return card.imported->isSplit() ? std::vector<std::string>{"features"} : std::vector<std::string>{};
    const auto architecture = findArchitecture(card.architecture);
    return architecture ? stageNames(*architecture) : std::vector<std::string>();
}

bool isOffered(const ModelCard &card, MapMethod method)
{
    // Random weights need no stage of the network's own: random filters of the film do as well.
    return !card.imported || card.imported->isSplit() || !factsOf(method).readsStage
        || method == MapMethod::Random;
}

Result<void> checkOffered(const ModelCard &card, MapMethod method)
{
    if (isOffered(card, method))
        return {};
    std::string offered;
    for (const MethodFacts &facts : mapMethods()) {
        if (isOffered(card, facts.method))
            offered += (offered.empty() ? "" : ", ") + facts.name;
    }
    return fail(ErrorCode::UsageWrong,
                factsOf(method).title + " reads a stage of the network, and " + card.id
                    + " was imported in one piece, which has none: expected one of " + offered
                    + ", or features and head imported as two files");
}

} // namespace hilum
