// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/ReadFilms.h"

#include "core/codec/FilmReader.h"
#include "core/gate/Gate.h"

#include <chrono>

namespace hilum::cli {

namespace {

Result<FilmReading> readingOf(const DecodedFilm &decoded, const InputPlan &plan, const Networks &networks)
{
    FilmReading reading;
    reading.refusal = decoded.refusal;
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t n = 0; n < networks.size(); ++n) {
        const auto prediction = networks[n]->predict(decoded.inputs[plan.inputOf(n)]);
        if (!prediction)
            return tl::unexpected(prediction.error());
        std::vector<double> probabilities;
        for (const ClassScore &score : prediction->scores)
            probabilities.push_back(score.probability);
        reading.probabilities.push_back(std::move(probabilities));
    }
    reading.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return reading;
}

} // namespace

Result<Networks> loadNetworks(std::span<const ModelPackage> packages, const LoadOptions &load)
{
    const auto module = openNnModule();
    if (!module)
        return tl::unexpected(module.error());
    Networks networks;
    for (const ModelPackage &package : packages) {
        auto network = (*module)->load(package, load);
        if (!network)
            return tl::unexpected(network.error());
        networks.push_back(std::move(*network));
    }
    return networks;
}

bool readFilms(const std::vector<std::filesystem::path> &files, const std::vector<std::size_t> &which,
               const Networks &networks, const ReadOptions &options,
               const std::function<bool(std::size_t film, const Result<FilmReading> &reading)> &take)
{
    prepareReaders();
    std::vector<InputSpec> specs;
    for (const auto &network : networks)
        specs.push_back(network->card().input);
    const InputPlan plan(specs);
    const GateNetwork *gate = options.gate == AskGate::Yes ? bundledGate(modelRoots()) : nullptr;
    const auto decode = [&](std::size_t index) -> Result<DecodedFilm> {
        const auto film = readFilm(files[index]);
        if (!film)
            return tl::unexpected(film.error());
        auto decoded = plan.prepare(**film, options.frame - 1);
        if (decoded && options.gate == AskGate::Yes)
            decoded->refusal = judgeFilm(**film, options.frame - 1, gate).reason;
        return decoded;
    };
    return eachFilm(which, options.pipeline, decode, [&](std::size_t index, Result<DecodedFilm> &&decoded) {
        return take(index, decoded ? readingOf(*decoded, plan, networks) : tl::unexpected(decoded.error()));
    });
}

} // namespace hilum::cli
