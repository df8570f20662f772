// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/guest/GuestInput.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace hilum {

namespace {

constexpr float leastProbability = 1e-30F;

} // namespace

std::span<const ValuesPreset> valuesPresets()
{
    static const std::array<ValuesPreset, 5> all{
        {{"unit", "grey from 0 to 1", Standardise::Unit, {0, 0, 0}, {1, 1, 1}},
         {"imagenet",
          "ImageNet mean and deviation",
          Standardise::Unit,
          {0.485F, 0.456F, 0.406F},
          {0.229F, 0.224F, 0.225F}},
         {"minus-one-to-one", "grey from -1 to 1", Standardise::Unit, {0.5F, 0.5F, 0.5F}, {0.5F, 0.5F, 0.5F}},
         {"0-to-255",
          "grey from 0 to 255",
          Standardise::Unit,
          {0, 0, 0},
          {1 / 255.0F, 1 / 255.0F, 1 / 255.0F}},
         {"per-film",
          "each film by its own mean and deviation",
          Standardise::PerFilm,
          {0, 0, 0},
          {1, 1, 1}}}};
    return all;
}

GuestFiles guestFiles(const ModelPackage &package)
{
    const ImportedNetwork &imported = *package.card.imported;
    return {package.weights(), imported.isSplit() ? package.folder / imported.head : std::filesystem::path()};
}

GuestTensor guestInput(const Plane<float> &values, const InputSpec &spec)
{
    GuestTensor tensor;
    for (const Plane<float> &channel : fedChannels(values, spec))
        tensor.values.insert(tensor.values.end(), channel.samples().begin(), channel.samples().end());
    const auto channels = static_cast<std::int64_t>(tensor.values.size() / values.samples().size());
    tensor.shape = {1, channels, values.height(), values.width()};
    return tensor;
}

std::vector<float> guestLogits(std::span<const float> output, NetworkOutputs kind)
{
    std::vector<float> logits(output.begin(), output.end());
    if (kind == NetworkOutputs::Probabilities) {
        for (float &value : logits)
            value = std::log(std::max(value, leastProbability));
    }
    return logits;
}

} // namespace hilum
