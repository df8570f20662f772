// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmPipeline: films are decoded ahead on other threads while this one reads them with networks.
//
//     eachFilm(which, {}, decode, [&](std::size_t film, Result<DecodedFilm> &&decoded) { ... return true; });
//
// Shape:   films come in the order of `which`, each once; at most `ahead` of them are in memory.
// Errors:  `decode` may throw: the film's error is then Internal. `take` stops everything by returning false.
// Threads: `decode` runs on several threads at once, `makeDecoder` once on each, `take` on the caller's.
#pragma once

#include "core/base/Result.h"
#include "core/nn/InputSpec.h"

#include <functional>
#include <string>
#include <vector>

namespace hilum {

// A film as each network wants it.
struct DecodedFilm {
    std::vector<ModelInput> inputs;
    std::string refusal; // why the gate takes it for no chest film; empty: it is one
};

struct PipelineOptions {
    int threads = 0; // that decode; 0: as many as there are cores, at most 8
    int ahead = 0; // films; 0: twelve a thread
};

using DecodeFilm = std::function<Result<DecodedFilm>(std::size_t film)>;
using MakeDecoder = std::function<DecodeFilm()>;
using TakeFilm = std::function<bool(std::size_t film, Result<DecodedFilm> &&decoded)>;

// The films that `which` names, in its order. False when `take` stopped it.
bool eachFilm(const std::vector<std::size_t> &which, const PipelineOptions &options, const DecodeFilm &decode,
              const TakeFilm &take);
// Each thread decodes with one of its own.
bool eachFilm(const std::vector<std::size_t> &which, const PipelineOptions &options,
              const MakeDecoder &makeDecoder, const TakeFilm &take);

// Each different input once: networks that want the same share it.
class InputPlan {
public:
    explicit InputPlan(const std::vector<InputSpec> &specs);
    Result<DecodedFilm> prepare(const Film &film, int frame) const;
    std::size_t inputOf(std::size_t network) const { return m_inputOf[network]; }

private:
    std::vector<InputSpec> m_specs;
    std::vector<std::size_t> m_inputOf;
};

} // namespace hilum
