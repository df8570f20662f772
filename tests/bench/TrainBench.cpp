// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How long augmentation takes, and how much of the step rate is left when films are really loaded: steps on
// batches from the loader and on one batch that never changes, in turns. One thread trains, one loads.
//
//     build/bin/TrainBench [densenet121] [112] [16]

#include "core/nn/network/Network.h"
#include "core/train/Augment.h"
#include "core/train/BatchLoader.h"
#include "core/train/Optimiser.h"
#include "core/train/Sampling.h"

#include <ATen/Parallel.h>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <opencv2/core.hpp>
#include <string>

using namespace hilum;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

Augmentation everything()
{
    Augmentation all;
    all.elastic = 4;
    all.borderCrop = 0.08;
    all.curve = 0.1;
    all.bias = 0.2;
    all.jpegLow = 30;
    all.jpegHigh = 95;
    all.markers = 0.4;
    return all;
}

std::vector<TrainingFilm> films(int side)
{
    std::mt19937_64 random(1);
    std::vector<TrainingFilm> made(64);
    for (std::size_t i = 0; i < made.size(); ++i) {
        made[i].square = Plane<std::uint8_t>(side, side);
        std::ranges::generate(made[i].square.samples(),
                              [&] { return static_cast<std::uint8_t>(random() % 256); });
        made[i].label = static_cast<int>(i % 3);
    }
    return made;
}

void timeAugmentation(int size, const char *name, const Augmentation &how)
{
    const auto set = films(size * trainingSquare / 224);
    double least = 1e9;
    for (int round = 0; round < 5; ++round) {
        const auto start = Clock::now();
        for (std::size_t i = 0; i < set.size(); ++i) {
            auto random = randomFor(1, static_cast<std::uint64_t>(round), i);
            if (augment(set[i].square, size, how, {}, random).empty())
                return;
        }
        least = std::min(least, secondsSince(start) / static_cast<double>(set.size()));
    }
    std::printf("augmentation (%s) at %d: %.2f ms a film on one thread\n", name, size, 1000 * least);
}

} // namespace

int main(int argc, char **argv)
{
    const std::string architecture = argc > 1 ? argv[1] : "densenet121";
    const int size = argc > 2 ? std::stoi(argv[2]) : 112;
    const int batch = argc > 3 ? std::stoi(argv[3]) : 16;
    cv::setNumThreads(1);
    for (const int side : {112, 224}) {
        timeAugmentation(side, "standard", {});
        timeAugmentation(side, "everything", everything());
    }

    at::set_num_threads(1);
    const auto network = makeNetwork(architecture, 3, {.inputSize = size});
    if (!network)
        return 2;
    (*network)->train();
    Recipe recipe;
    recipe.classes = {"a", "b", "c"};
    recipe.augmentation = everything();
    const auto set = films(size * trainingSquare / 224);
    Optimiser optimiser(recipe.optimiser);
    optimiser.watch(**network, "");
    const auto make = [&](int step) {
        std::vector<Plane<float>> planes;
        std::vector<const TrainingFilm *> chosen;
        for (int i = 0; i < batch; ++i) {
            const auto film = static_cast<std::size_t>(step * batch + i) % set.size();
            auto random = randomFor(1, static_cast<std::uint64_t>(step), film);
            chosen.push_back(&set[film]);
            planes.push_back(augment(set[film].square, size, recipe.augmentation, {}, random));
        }
        Batch made = labelled(chosen, recipe, {""});
        made.input = tensorOf(planes);
        return made;
    };
    const auto train = [&](const Batch &given) {
        optimiser.zeroGradients();
        lossOf((*network)->forward(given.input.contiguous(at::MemoryFormat::ChannelsLast)), given).backward();
        optimiser.step(1e-4);
    };
    const Batch fixed = make(0);
    train(fixed);
    constexpr int rounds = 4;
    constexpr int steps = 6;
    double synthetic = 0;
    double real = 0;
    double waited = 0;
    for (int round = 0; round < rounds; ++round) {
        auto start = Clock::now();
        for (int i = 0; i < steps; ++i)
            train(fixed);
        synthetic += secondsSince(start);
        BatchLoader loader(make, 0, steps, 1);
        start = Clock::now();
        for (int i = 0; i < steps; ++i)
            train(loader.next());
        real += secondsSince(start);
        waited += loader.secondsWaited();
    }
    const double count = static_cast<double>(rounds) * steps * batch;
    std::printf(
        "%s at %d, batch %d: %.2f films/s synthetic, %.2f loaded: %.1f %%; waited %.1f %% of the time\n",
        architecture.c_str(), size, batch, count / synthetic, count / real, 100 * synthetic / real,
        100 * waited / real);
    return 0;
}
