// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// BenchNetwork: a network of random weights, which cost the same as trained ones, and a film for it.
#pragma once

#include "core/base/Sha256.h"
#include "core/module/NetworkClassifier.h"
#include "core/nn/Weights.h"

#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>

namespace hilum::bench {

inline ModelPackage packageOf(const std::string &architecture, const std::filesystem::path &folder)
{
    std::filesystem::create_directories(folder);
    ModelPackage package{folder, {}};
    package.card.id = package.card.architecture = architecture;
    package.card.classes = {"covid", "normal", "pneumonia"};
    const auto network = makeNetwork(architecture, 3);
    if (!writeSafetensors(weightsOf(**network, TensorType::F16), package.weights()))
        std::exit(1);
    package.card.weightsSha256 = *sha256OfFile(package.weights());
    return package;
}

inline ModelInput input()
{
    ModelInput made{Plane<float>(224, 224), {224, 224, 0, 0, 224}};
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    for (float &value : made.values.samples())
        value = normal(random);
    return made;
}

} // namespace hilum::bench
