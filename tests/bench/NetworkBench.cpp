// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// NetworkBench: prediction latency of the bundled networks against ONNX Runtime on the same network, where
// its file is there, and Grad-CAM over prediction, in one run, taking turns.
//
//     tests/bench/onnxruntime/prepare FOLDER      once: npm package, ONNX files
//     build/bin/NetworkBench FOLDER [ROUNDS]
//
// Prints milliseconds (the least of all rounds: other programs can only add) and ratios. Without FOLDER
// only our own figures.

#include "tests/bench/BenchNetwork.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <torch/nn/module.h>
#include <vector>

using namespace hilum;

namespace {

constexpr int callsPerRound = 5;

template <class Work>
double least(Work work)
{
    double best = 1e9;
    for (int i = 0; i < callsPerRound; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work();
        best = std::min(
            best,
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    return best;
}

// Least milliseconds of ONNX Runtime in a process of its own; 0 when it could not run.
double peer(const std::string &folder, const std::string &architecture, int threads)
{
    const std::string command = "node '" + folder + "/time.mjs' '" + folder + "/" + architecture + ".onnx' "
        + std::to_string(threads) + " " + std::to_string(callsPerRound);
    std::FILE *pipe = popen(command.c_str(), "r");
    double milliseconds = 0;
    if (pipe == nullptr || std::fscanf(pipe, "%lf", &milliseconds) != 1)
        milliseconds = 0;
    if (pipe != nullptr)
        pclose(pipe);
    return milliseconds;
}

} // namespace

int main(int argc, char **argv)
{
    const std::string folder = argc > 1 ? argv[1] : "";
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    const auto scratch = std::filesystem::temp_directory_path() / ("hilum-bench-" + std::to_string(::rand()));
    std::printf("%-12s %7s %12s %12s %14s %12s %8s\n", "network", "threads", "Hilum ms", "ONNX RT ms",
                "Hilum/ONNX RT", "with map ms", "map/none");
    for (const std::string architecture : {"vgg16", "densenet121", "resnet18-w32"}) {
        const bool hasPeer
            = std::filesystem::exists(std::filesystem::path(folder) / (architecture + ".onnx"));
        const ModelPackage package = bench::packageOf(architecture, scratch / architecture);
        for (const int threads : {1, 2}) {
            const auto classifier = loadClassifier(package, {DeviceChoice::Cpu, threads});
            if (!classifier) {
                std::fprintf(stderr, "%s\n", classifier.error().detail.c_str());
                return 1;
            }
            const ModelInput film = bench::input();
            bool ok = true;
            double plain = 1e9;
            double mapped = 1e9;
            double other = 1e9;
            for (int round = 0; round < rounds; ++round) {
                plain = std::min(plain, least([&] { ok = ok && (*classifier)->predict(film).has_value(); }));
                mapped
                    = std::min(mapped, least([&] { ok = ok && (*classifier)->read(film, 0).has_value(); }));
                if (hasPeer)
                    other = std::min(other, peer(folder, architecture, threads));
            }
            std::printf("%-12s %7d %12.1f %12.1f %14.2f %12.1f %8.3f%s\n", architecture.c_str(), threads,
                        plain, hasPeer ? other : 0.0, hasPeer ? plain / other : 0.0, mapped, mapped / plain,
                        ok ? "" : "  (failed)");
        }
    }
    std::filesystem::remove_all(scratch);
    return 0;
}
