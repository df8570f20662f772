// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/compare/TwiceReading.h"

#include "core/nn/FilmPipeline.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <optional>
#include <utility>

namespace hilum {

namespace {

using Clock = std::chrono::steady_clock;

DecodeFilm decoderOf(const TwiceReadingPlan &plan, const InputPlan &inputs, std::stop_token stop)
{
    return [&plan, &inputs, stop = std::move(stop),
            read = plan.makeReader()](std::size_t number) -> Result<DecodedFilm> {
        const auto film = read(plan.samples[number].file, stop);
        if (!film)
            return tl::unexpected(film.error());
        return inputs.prepare(**film, 0);
    };
}

class Pace {
public:
    TwiceProgress after(int done, int failed, int films)
    {
        const auto now = Clock::now();
        if (done == 1)
            m_first = now;
        TwiceProgress progress{done, failed, films};
        const double seconds = std::chrono::duration<double>(now - m_first).count();
        if (done > 1 && seconds > 0) {
            progress.filmsPerSecond = (done - 1) / seconds;
            progress.secondsLeft = (films - done) / progress.filmsPerSecond;
        }
        return progress;
    }

private:
    Clock::time_point m_first;
};

bool failsForEveryFilm(ErrorCode code)
{
    return code == ErrorCode::ModelMismatch || code == ErrorCode::DeviceUnavailable
        || code == ErrorCode::FileUnreadable;
}

struct Asked {
    Result<std::array<std::vector<double>, 2>> probabilities;
    bool isOver = false; // no other film would fare better
};

Asked ask(const TwiceReadingPlan &plan, const InputPlan &inputs, const DecodedFilm &film)
{
    std::array<std::vector<double>, 2> both;
    for (const int network : {0, 1}) {
        const auto index = static_cast<std::size_t>(network);
        auto probabilities = plan.ask(network, film.inputs[inputs.inputOf(index)]);
        if (!probabilities)
            return {tl::unexpected(probabilities.error()), failsForEveryFilm(probabilities.error().code)};
        if (probabilities->size() != plan.classes.size())
            return {fail(ErrorCode::ModelMismatch,
                         "expected " + std::to_string(plan.classes.size()) + " probabilities, found "
                             + std::to_string(probabilities->size())),
                    true};
        both[index] = std::move(*probabilities);
    }
    return {std::move(both), false};
}

TwiceReadFilm filmOf(const TwiceReadingPlan &plan, const Sample &sample,
                     std::array<std::vector<double>, 2> both)
{
    const auto truth = std::ranges::find(plan.classes, sample.label);
    return {
        sample.name,        sample.group,
        sample.source,      truth == plan.classes.end() ? -1 : static_cast<int>(truth - plan.classes.begin()),
        std::move(both[0]), std::move(both[1])};
}

} // namespace

Result<std::vector<double>> probabilitiesOf(const Prediction &prediction,
                                            const std::vector<std::string> &classes)
{
    std::vector<double> probabilities;
    for (const std::string &label : classes) {
        const auto score = std::ranges::find(prediction.scores, label, &ClassScore::label);
        if (score == prediction.scores.end())
            return fail(ErrorCode::ModelMismatch, "expected a probability of " + label + ", found none");
        probabilities.push_back(score->probability);
    }
    return probabilities;
}

Result<TwiceReadFilms> readTwice(const TwiceReadingPlan &plan, const TwiceObserver &observer,
                                 std::stop_token stop)
{
    TwiceReadFilms result;
    std::optional<Error> over;
    Pace pace;
    const int films = static_cast<int>(plan.samples.size());
    const auto take = [&](std::size_t number, const Asked &asked) {
        const Sample &sample = plan.samples[number];
        if (asked.isOver) {
            over = asked.probabilities.error();
            return false;
        }
        if (asked.probabilities) {
            result.films.push_back(filmOf(plan, sample, *asked.probabilities));
            result.files.push_back(sample.file);
        } else if (asked.probabilities.error().code == ErrorCode::Cancelled) {
            return false;
        } else {
            result.unread.push_back({sample.name, sample.file, asked.probabilities.error()});
            if (observer.failed)
                observer.failed(result.unread.back());
        }
        if (observer.progress)
            observer.progress(
                pace.after(static_cast<int>(number) + 1, static_cast<int>(result.unread.size()), films));
        return true;
    };

    // Whatever ends the reading ends what is still being decoded.
    std::stop_source decoding;
    const std::stop_callback outer(stop, [&] { decoding.request_stop(); });
    const InputPlan inputs({plan.inputs[0], plan.inputs[1]});
    std::vector<std::size_t> all(plan.samples.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    const int readers = std::max(1, plan.readers);
    const bool isWhole = eachFilm(
        all, {readers, 2 * readers}, [&] { return decoderOf(plan, inputs, decoding.get_token()); },
        [&](std::size_t number, Result<DecodedFilm> &&decoded) {
            const bool goesOn = !stop.stop_requested()
                && take(number,
                        decoded ? ask(plan, inputs, *decoded) : Asked{tl::unexpected(decoded.error())});
            if (!goesOn)
                decoding.request_stop();
            return goesOn;
        });
    if (over)
        return tl::unexpected(*over);
    result.isStopped = !isWhole;
    return result;
}

} // namespace hilum
