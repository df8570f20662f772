// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ReadFilms: films through networks, decoded ahead on other threads; how evaluate and batch read.
//
// Errors:  loadNetworks: those of the module and of each package. A film's own error never ends a run.
// Threads: `take` is called on the caller's.
#pragma once

#include "core/module/NnModule.h"
#include "core/nn/FilmPipeline.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace hilum::cli {

using Networks = std::vector<std::unique_ptr<Classifier>>;

[[nodiscard]] Result<Networks> loadNetworks(std::span<const ModelPackage> packages, const LoadOptions &load);

struct FilmReading {
    std::vector<std::vector<double>> probabilities; // of each network, in its class order
    std::string refusal; // the gate's; empty: accepted, or not asked
    double seconds = 0; // that the networks took
};

enum class AskGate { No, Yes };

struct ReadOptions {
    PipelineOptions pipeline;
    int frame = 1;
    AskGate gate = AskGate::No;
};

// The files that `which` names, in its order, until `take` gives false.
bool readFilms(const std::vector<std::filesystem::path> &files, const std::vector<std::size_t> &which,
               const Networks &networks, const ReadOptions &options,
               const std::function<bool(std::size_t film, const Result<FilmReading> &reading)> &take);

} // namespace hilum::cli
