// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The beginning of a run: networks, first weights, what is frozen, and the features that never change.

#include "core/base/Sha256.h"
#include "core/nn/PackagedNetwork.h"
#include "core/nn/Weights.h"
#include "core/train/InitWeights.h"
#include "core/train/Run.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <torch/utils.h>

namespace hilum {

namespace {

bool startsWithAny(const std::string &name, const std::vector<std::string> &beginnings)
{
    return std::ranges::any_of(beginnings, [&](const std::string &start) { return name.starts_with(start); });
}

} // namespace

Result<NetworkPtr> Run::makeOne() const
{
    NetworkOptions options{.inputSize = m_recipe.input.size};
    if (m_recipe.dropout >= 0)
        options.dropout = m_recipe.dropout;
    auto network = makeNetwork(m_recipe.architecture, static_cast<int>(m_recipe.classes.size()), options);
    if (!network)
        return network;
    (*network)->to(m_device);
    useChannelsLast(**network);
    return network;
}

Result<void> Run::start()
{
    torch::manual_seed(m_recipe.seed);
    auto network = makeOne();
    if (!network)
        return tl::unexpected(network.error());
    m_network = *network;
    if (const auto begun = startFromInit(); !begun)
        return begun;
    auto teachers = Teachers::load(m_recipe, m_device);
    if (!teachers)
        return tl::unexpected(teachers.error());
    m_teachers = std::move(*teachers);
    if (const auto frozen = freeze(); !frozen)
        return frozen;
    m_optimiser.emplace(m_recipe.optimiser);
    m_optimiser->watch(*m_network, "");
    if (m_recipe.loss.sourceAdversary > 0 && m_sources.size() > 1) {
        const at::NoGradGuard noGradients;
        m_network->eval();
        const int size = m_recipe.stages.front().size;
        const auto channels = m_network->features(at::zeros({1, 1, size, size}, m_device)).size(1);
        m_adversary = std::make_shared<SourceAdversary>(
            static_cast<int>(channels), static_cast<int>(m_recipe.classes.size()),
            static_cast<int>(m_sources.size()), m_recipe.loss.sourceAdversary);
        m_adversary->to(m_device);
        m_optimiser->watch(*m_adversary, "adversary.");
    }
    auto twin = m_recipe.averaging.kind == Averaging::None ? network : makeOne();
    if (!twin)
        return tl::unexpected(twin.error());
    m_average = WeightAverage(m_recipe.averaging, m_network, *twin, totalSteps());
    return {};
}

Result<void> Run::startFromInit()
{
    if (m_recipe.init.empty())
        return {};
    auto init = readInitWeights(m_recipe.init);
    if (!init)
        return tl::unexpected(init.error());
    m_initHash = init->hash;
    if (m_recipe.initScope == InitScope::Features)
        std::erase_if(init->weights.arrays,
                      [](const auto &item) { return item.first.starts_with("classifier."); });
    const auto left = startFrom(*m_network, init->weights, m_recipe.init);
    if (!left)
        return tl::unexpected(left.error());
    note("started from " + std::string(init->files.size() > 1 ? "the mean of " : "") + m_recipe.init
         + (left->empty() ? "" : "; the classifier is new"));
    return {};
}

// "features" is all but the head, whatever an architecture calls its parts.
bool Run::isFrozen(const std::string &name) const
{
    return startsWithAny(name, m_recipe.frozen)
        || (std::ranges::find(m_recipe.frozen, "features") != m_recipe.frozen.end()
            && !m_network->isOfHead(name));
}

Result<void> Run::freeze()
{
    if (m_recipe.frozen.empty())
        return {};
    std::size_t frozen = 0;
    for (auto &item : m_network->named_parameters()) {
        if (!isFrozen(item.key()))
            continue;
        item.value().set_requires_grad(false);
        ++frozen;
    }
    if (frozen > 0)
        return {};
    std::string names;
    for (const std::string &name : m_recipe.frozen)
        names += (names.empty() ? "\"" : ", \"") + name + "\"";
    return fail(ErrorCode::UsageWrong,
                "frozen: expected \"features\" or beginnings of names of the network's parameters, found "
                    + names);
}

// Frozen layers keep their batch statistics, too.
void Run::enterTraining()
{
    m_network->train();
    for (const auto &item : m_network->named_modules("", false)) {
        if (isFrozen(item.key() + '.'))
            item.value()->eval();
    }
}

bool Run::canCacheFeatures() const
{
    for (const auto &item : m_network->named_parameters()) {
        if (item.value().requires_grad() && !m_network->isOfHead(item.key()))
            return false;
    }
    const bool oneSize = std::ranges::all_of(
        m_recipe.stages, [&](const TrainingStage &stage) { return stage.size == m_recipe.input.size; });
    return oneSize && m_recipe.augmentation == noAugmentation() && !m_adversary && m_teachers.empty();
}

torch::Tensor Run::featuresOf(const std::vector<TrainingFilm> &films, int size) const
{
    constexpr std::size_t batch = 16;
    std::vector<torch::Tensor> parts;
    for (std::size_t i = 0; i < films.size(); i += batch)
        parts.push_back(m_network->features(inputOf(films, i, std::min(i + batch, films.size()), size))
                            .contiguous(at::MemoryFormat::Contiguous));
    return at::cat(parts); // [films, C, h, w]
}

// The head trains in seconds when the features, which don't change, are there already.
void Run::cacheFeatures()
{
    constexpr double mostBytes = 2e9;
    if (!canCacheFeatures())
        return;
    const at::NoGradGuard noGradients;
    m_network->eval();
    const int size = m_recipe.input.size;
    const double each
        = 4.0 * static_cast<double>(m_network->features(at::zeros({1, 1, size, size}, m_device)).numel());
    const std::size_t films = m_films.train.size() + m_films.validation.size();
    if (each * static_cast<double>(films) > mostBytes)
        return;
    note("nothing before the head trains: the features of " + std::to_string(films) + " films are made once");
    m_trainFeatures = featuresOf(m_films.train, size);
    if (!m_films.validation.empty())
        m_validationFeatures = featuresOf(m_films.validation, size);
}

} // namespace hilum
