// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TwiceReading: the films of a data set as two networks read them, decoded ahead while the networks work.
//
//     const auto read = readTwice(plan, observer, stop);
//     compareModels(read->films, classes) ...
//
// Shape:   films in the data set's order; both networks give probabilities of plan.classes.
// Units:   seconds by the clock on the wall; the pace is from the first film on, so that what loads before it
//          does not count.
// Errors:  a film that can't be read is listed in `unread` and is no error. What makes every film fail is
// one:
//          ModelMismatch, DeviceUnavailable or FileUnreadable from a network. A stop keeps what was read.
// Threads: blocks; starts threads that decode and prepare, each with a reader of its own. `ask` and the
//          observer are called on the caller's thread. A few films are in memory at once, however many there
//          are.
#pragma once

#include "core/base/Result.h"
#include "core/dataset/Dataset.h"
#include "core/film/Film.h"
#include "core/metrics/ModelComparison.h"
#include "core/nn/InputSpec.h"
#include "core/nn/Prediction.h"

#include <array>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace hilum {

struct TwiceReadingPlan {
    using Reader = std::function<Result<FilmPtr>(const std::filesystem::path &, std::stop_token)>;

    std::vector<Sample> samples;
    std::vector<std::string> classes;
    std::array<InputSpec, 2> inputs;
    std::function<Reader()> makeReader;
    // Probabilities in class order, of network 0 or 1.
    std::function<Result<std::vector<double>>(int network, const ModelInput &input)> ask;
    int readers = 2;
};

// In the order of `classes`, whatever the network's own is.
[[nodiscard]] Result<std::vector<double>> probabilitiesOf(const Prediction &prediction,
                                                          const std::vector<std::string> &classes);

struct UnreadFilm {
    std::string name;
    std::filesystem::path file;
    Error error;
};

struct TwiceProgress {
    int done = 0; // read or failed
    int failed = 0;
    int films = 0;
    double filmsPerSecond = 0; // 0: not known yet
    double secondsLeft = -1; // -1: not known yet
};

struct TwiceObserver {
    std::function<void(const TwiceProgress &)> progress; // after every film; may be empty
    std::function<void(const UnreadFilm &)> failed; // may be empty
};

struct TwiceReadFilms {
    std::vector<TwiceReadFilm> films;
    std::vector<std::filesystem::path> files; // one a film
    std::vector<UnreadFilm> unread;
    bool isStopped = false; // before the last film
};

[[nodiscard]] Result<TwiceReadFilms> readTwice(const TwiceReadingPlan &plan, const TwiceObserver &observer,
                                               std::stop_token stop);

} // namespace hilum
