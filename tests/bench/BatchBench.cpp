// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a batch reaches of its networks' own rate: the same films once as inputs that are ready in memory,
// once as files through decoding, gate, networks and journal, turn by turn, so that whatever else the machine
// does falls on both. The median of the rounds' ratios.
//
//     build/bin/BatchBench FOLDER-OF-FILMS [MODEL-FOLDER,... [FILMS [ROUNDS [THREADS]]]]

#include "app/cli/ReadFilms.h"
#include "core/batch/Journal.h"
#include "core/codec/FilmReader.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <numeric>
#include <sstream>

namespace {

using namespace hilum;

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::vector<std::filesystem::path> filmsBelow(const char *folder, std::size_t most)
{
    std::vector<std::filesystem::path> files;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file() && readFilm(entry.path()))
            files.push_back(entry.path());
        if (files.size() == most)
            break;
    }
    std::ranges::sort(files);
    return files;
}

cli::Networks networksOf(const std::string &folders, int threads)
{
    std::vector<ModelPackage> packages;
    std::stringstream list(folders);
    for (std::string folder; std::getline(list, folder, ',');) {
        const auto package = readPackage(folder);
        if (!package) {
            std::fprintf(stderr, "%s\n", package.error().detail.c_str());
            std::exit(1);
        }
        packages.push_back(*package);
    }
    LoadOptions load{DeviceChoice::Cpu, threads};
    auto networks = cli::loadNetworks(packages, load);
    if (!networks) {
        std::fprintf(stderr, "%s\n", networks.error().detail.c_str());
        std::exit(1);
    }
    return std::move(*networks);
}

double medianOf(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

double processorSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double ownSeconds(const cli::Networks &networks, const InputPlan &plan, const std::vector<DecodedFilm> &ready)
{
    const auto start = Clock::now();
    for (const DecodedFilm &film : ready) {
        for (std::size_t n = 0; n < networks.size(); ++n)
            static_cast<void>(networks[n]->predict(film.inputs[plan.inputOf(n)]));
    }
    return secondsSince(start);
}

double batchSeconds(const cli::Networks &networks, const std::vector<std::filesystem::path> &files)
{
    const auto folder = std::filesystem::temp_directory_path() / "hilum-batch-bench";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    BatchPlan plan;
    plan.filmCount = files.size();
    for (const auto &network : networks)
        plan.models.push_back({network->card().id, network->card().weightsSha256, network->card().classes});
    auto journal = Journal::open(folder / "journal.jsonl", plan);
    std::vector<std::size_t> which(files.size());
    std::iota(which.begin(), which.end(), std::size_t{0});
    cli::ReadOptions options;
    options.gate = cli::AskGate::Yes;
    const auto start = Clock::now();
    cli::readFilms(files, which, networks, options,
                   [&](std::size_t film, const Result<cli::FilmReading> &reading) {
                       BatchRow row;
                       row.film = film;
                       row.name = files[film].string();
                       if (reading)
                           row.probabilities = reading->probabilities;
                       else
                           row.error = row.errorCode = "unreadable";
                       return journal && journal->add(row);
                   });
    return secondsSince(start);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2) {
        std::fputs("usage: BatchBench FOLDER-OF-FILMS [MODEL-FOLDER,... [FILMS [ROUNDS [THREADS]]]]\n",
                   stderr);
        return 2;
    }
    const std::string models = argc > 2 ? argv[2] : "models/resnet18-w32";
    const auto files = filmsBelow(argv[1], argc > 3 ? static_cast<std::size_t>(std::atoi(argv[3])) : 100);
    const int rounds = argc > 4 ? std::atoi(argv[4]) : 7;
    const cli::Networks networks = networksOf(models, argc > 5 ? std::atoi(argv[5]) : 0);
    std::vector<InputSpec> specs;
    for (const auto &network : networks)
        specs.push_back(network->card().input);
    const InputPlan plan(specs);
    std::vector<DecodedFilm> ready;
    for (const auto &file : files)
        ready.push_back(*plan.prepare(**readFilm(file), 0));
    const auto count = static_cast<double>(files.size());
    std::vector<double> ratios;
    std::vector<double> own;
    std::vector<double> batch;
    double processorOwn = 0;
    double processorBatch = 0;
    for (int round = 0; round <= rounds; ++round) {
        double processor = processorSeconds();
        const double before = ownSeconds(networks, plan, ready);
        const double ofOwn = processorSeconds() - processor;
        processor = processorSeconds();
        const double whole = batchSeconds(networks, files);
        const double ofBatch = processorSeconds() - processor;
        const double after = ownSeconds(networks, plan, ready);
        if (round == 0)
            continue; // everything is warm after it
        processorOwn += 1000 * ofOwn / count / rounds;
        processorBatch += 1000 * ofBatch / count / rounds;
        own.push_back(count / ((before + after) / 2));
        batch.push_back(count / whole);
        ratios.push_back(batch.back() / own.back());
    }
    std::printf(
        "%s, %zu films: networks alone %.1f films a second, batch %.1f; ratio %.3f (%.3f to %.3f over %d "
        "rounds)\n",
        models.c_str(), files.size(), medianOf(own), medianOf(batch), medianOf(ratios),
        *std::ranges::min_element(ratios), *std::ranges::max_element(ratios), rounds);
    std::printf(
        "processor milliseconds a film: networks alone %.2f, batch %.2f: decoding, gate and journal %.2f\n",
        processorOwn, processorBatch, processorBatch - processorOwn);
    return 0;
}
