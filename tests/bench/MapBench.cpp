// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MapBench: what maps cost: each that reads a stage once over a prediction, each that reads many times as the
// share of the films a second that the network reads when nothing else is done.
//
//     build/bin/MapBench [THREADS] [ROUNDS]
//
// Networks have random weights, which cost the same. Taking turns within a round; the least of all rounds.

#include "core/explain/MapMethod.h"
#include "tests/bench/BenchNetwork.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <torch/nn/module.h>
#include <vector>

using namespace hilum;

namespace {

constexpr int batch = 64; // films

template <class Work>
double milliseconds(Work work)
{
    const auto start = std::chrono::steady_clock::now();
    if (!work()) {
        std::fprintf(stderr, "MapBench: a map could not be made\n");
        std::exit(1);
    }
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

void keepLeast(std::map<std::string, double> &least, const std::string &name, double value)
{
    const auto [found, isNew] = least.try_emplace(name, value);
    if (!isNew)
        found->second = std::min(found->second, value);
}

} // namespace

int main(int argc, char **argv)
{
    const int threads = argc > 1 ? std::atoi(argv[1]) : 2;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 7;
    const auto scratch
        = std::filesystem::temp_directory_path() / ("hilum-map-bench-" + std::to_string(::rand()));
    for (const std::string architecture : {"vgg16", "densenet121", "resnet18-w32"}) {
        const auto classifier = loadClassifier(bench::packageOf(architecture, scratch / architecture),
                                               {DeviceChoice::Cpu, threads});
        if (!classifier) {
            std::fprintf(stderr, "%s\n", classifier.error().detail.c_str());
            return 1;
        }
        const ModelInput film = bench::input();
        const std::vector<Plane<float>> films(batch, film.values);
        std::map<std::string, double> once;
        std::map<std::string, double> each; // milliseconds a reading
        double plain = 1e9;
        double alone = 1e9;
        for (int round = 0; round < rounds; ++round) {
            plain = std::min(plain, milliseconds([&] { return (*classifier)->predict(film).has_value(); }));
            for (const MethodFacts &facts : mapMethods()) {
                ExplainRequest request;
                request.method = facts.method;
                request.classIndex = 0;
                if (facts.readsStage && !facts.readsManyTimes)
                    keepLeast(once, facts.name, milliseconds([&] {
                                  return (*classifier)->explain(film, request, {}, {}).has_value();
                              }));
            }
        }
        for (int round = 0; round < std::max(1, rounds / 3); ++round) {
            alone = std::min(
                alone, milliseconds([&] { return (*classifier)->readMany(films).has_value(); }) / batch);
            for (const MethodFacts &facts : mapMethods()) {
                // Integrated gradients go back through the network: no readings to count.
                if (!facts.readsManyTimes || facts.method == MapMethod::IntegratedGradients)
                    continue;
                ExplainRequest request;
                request.method = facts.method;
                request.classIndex = 0;
                request.masks = 2 * batch;
                request.finestGrid = 8;
                std::size_t readings = 0;
                const double spent = milliseconds([&] {
                    const auto found = (*classifier)->explain(film, request, {}, {});
                    readings = found ? found->readings.size() : 0;
                    return readings > 0;
                });
                keepLeast(each, facts.name, spent / static_cast<double>(readings));
            }
        }
        std::printf("%s, %d threads: a prediction %.1f ms, of %d films %.1f ms each\n", architecture.c_str(),
                    threads, plain, batch, alone);
        for (const auto &[name, spent] : once)
            std::printf("    %-22s %.2f x a prediction\n", name.c_str(), spent / plain);
        for (const auto &[name, spent] : each)
            std::printf("    %-22s %3.0f %% of the network's films a second\n", name.c_str(),
                        100 * alone / spent);
    }
    std::filesystem::remove_all(scratch);
    return 0;
}
