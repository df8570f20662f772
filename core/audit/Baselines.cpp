// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audit/Baselines.h"

#include "core/dataset/Split.h"
#include "core/metrics/Bootstrap.h"

#include <opencv2/core.hpp>
#include <opencv2/ml.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <set>

namespace hilum {

namespace {

constexpr int deepest = 14;
constexpr int smallestLeaf = 5; // films
// Neighbouring pixels say nearly the same: fewer of them at a node than the usual root cost no accuracy.
constexpr int mostVariables = 8;
// A forest is grown in parts. Each part draws as many films of every class, so that a rare class is called
// as readily as a frequent one, and learns from at most so many: more add thousandths, and take minutes.
constexpr int parts = 6;
constexpr std::size_t mostOfClass = 800;

// The lungs' central field of a film squeezed to a square, as shares of its sides. What is left are
// shoulders, neck, flanks, the belly's lower part, the edge.
constexpr double fieldLeft = 0.10;
constexpr double fieldRight = 0.90;
constexpr double fieldTop = 0.09;
constexpr double fieldBottom = 0.88;

bool isInField(int x, int y, int side)
{
    const double across = (x + 0.5) / side;
    const double down = (y + 0.5) / side;
    return across > fieldLeft && across < fieldRight && down > fieldTop && down < fieldBottom;
}

// A number for a name, the same in every run; forests need no more of it than that it differs.
float codeOf(const std::string &name)
{
    std::uint32_t hash = 2166136261U; // FNV-1a
    for (const char letter : name)
        hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619U;
    return static_cast<float>(hash % 4099U);
}

std::vector<float> headerOf(const AuditFilm &film)
{
    const double pixels = static_cast<double>(film.width) * film.height;
    return {static_cast<float>(film.width),
            static_cast<float>(film.height),
            static_cast<float>(film.width) / static_cast<float>(film.height),
            static_cast<float>(film.bitDepth),
            codeOf(film.format),
            codeOf(film.photometric),
            film.tinted > 0 ? 1.0F : 0.0F,
            static_cast<float>(film.fileBytes),
            static_cast<float>(static_cast<double>(film.fileBytes) / pixels)};
}

std::vector<float> outsideOf(const FilmLook &look)
{
    std::vector<float> values;
    for (int y = 0; y < look.middle.height(); ++y)
        for (int x = 0; x < look.middle.width(); ++x)
            if (!isInField(x, y, look.middle.width()))
                values.push_back(look.middle.at(x, y));
    // An eighth of the film is wide: only the outermost parts lie wholly or mostly outside the field.
    for (int y = 0; y < 8; ++y)
        for (int x = 0; x < 8; ++x)
            if (x == 0 || x == 7 || y == 0 || y == 7)
                values.push_back(look.rough[static_cast<std::size_t>(8 * y + x)]);
    return values;
}

cv::Mat rowsOf(const std::vector<FilmLook> &looks, const LearningTask &task, BaselineKind kind,
               const std::vector<std::size_t> &chosen)
{
    cv::Mat rows;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const auto film = static_cast<std::size_t>(task.films[chosen[i]]);
        const std::vector<float> features = featuresOf(looks[film], kind);
        if (rows.empty())
            rows.create(static_cast<int>(chosen.size()), static_cast<int>(features.size()), CV_32F);
        std::ranges::copy(features, rows.ptr<float>(static_cast<int>(i)));
    }
    return rows;
}

cv::Ptr<cv::ml::RTrees> grow(const std::vector<FilmLook> &looks, const LearningTask &task, BaselineKind kind,
                             const std::vector<std::size_t> &chosen, int trees)
{
    cv::Mat truth(static_cast<int>(chosen.size()), 1, CV_32S);
    for (std::size_t i = 0; i < chosen.size(); ++i)
        truth.at<int>(static_cast<int>(i)) = task.truth[chosen[i]];
    const cv::Mat rows = rowsOf(looks, task, kind, chosen);
    cv::Ptr<cv::ml::RTrees> forest = cv::ml::RTrees::create();
    forest->setMaxDepth(deepest);
    forest->setMinSampleCount(smallestLeaf);
    forest->setCalculateVarImportance(false);
    forest->setTermCriteria({cv::TermCriteria::MAX_ITER, trees, 0});
    forest->setActiveVarCount(
        std::min(mostVariables, static_cast<int>(std::lround(std::sqrt(static_cast<double>(rows.cols))))));
    if (!forest->train(cv::ml::TrainData::create(rows, cv::ml::ROW_SAMPLE, truth)))
        return {};
    return forest;
}

std::vector<int> callsOf(const LearningTask &task, const Votes &votes)
{
    const auto classes = static_cast<std::size_t>(task.classes);
    std::vector<int> calls;
    for (std::size_t i = 0; i < task.films.size(); ++i) {
        const auto shares = std::span(votes.shares).subspan(i * classes, classes);
        calls.push_back(static_cast<int>(std::ranges::max_element(shares) - shares.begin()));
    }
    return calls;
}

// The mean over classes of the share that was called right, of the films drawn.
FilmStatistic balancedStatistic(const LearningTask &task, const std::vector<int> &calls)
{
    return [&task, &calls](std::span<const int> times) {
        std::vector<double> right(static_cast<std::size_t>(task.classes));
        std::vector<double> all(right.size());
        for (std::size_t i = 0; i < times.size(); ++i) {
            const auto truth = static_cast<std::size_t>(task.truth[i]);
            all[truth] += times[i];
            right[truth] += calls[i] == task.truth[i] ? times[i] : 0;
        }
        double sum = 0;
        for (std::size_t c = 0; c < all.size(); ++c)
            sum += right[c] / all[c]; // NaN when the class was not drawn
        return sum / task.classes;
    };
}

Estimate estimateOf(const BootstrapEstimate &bootstrapped)
{
    return {bootstrapped.value, bootstrapped.percentile};
}

// Numbers from 0 on, without gaps.
std::vector<int> renumbered(const std::vector<int> &names)
{
    std::map<int, int> places;
    std::vector<int> numbers;
    for (const int name : names)
        numbers.push_back(places.try_emplace(name, static_cast<int>(places.size())).first->second);
    return numbers;
}

Estimate recallOf(const LearningTask &task, const std::vector<int> &calls, int label,
                  const Resampling &resampling)
{
    std::vector<std::uint8_t> right;
    std::vector<int> groups;
    for (std::size_t i = 0; i < task.films.size(); ++i) {
        if (task.truth[i] != label)
            continue;
        right.push_back(calls[i] == label ? 1 : 0);
        groups.push_back(task.groups[i]);
    }
    return estimateOf(bootstrap(shareStatistic(right), renumbered(groups), resampling));
}

} // namespace

std::vector<BaselineKind> baselinesOf(const std::vector<FilmLook> &looks)
{
    std::vector<BaselineKind> kinds{BaselineKind::Header, BaselineKind::Statistics, BaselineKind::Thumbnail,
                                    BaselineKind::LungsHidden, BaselineKind::Border};
    const bool recorded = std::ranges::all_of(looks, [](const FilmLook &look) {
        return look.film.recordedWidth > 0 && look.film.recordedHeight > 0;
    });
    if (recorded)
        kinds.insert(kinds.begin() + 1, BaselineKind::Recorded);
    return kinds;
}

std::vector<float> featuresOf(const FilmLook &look, BaselineKind kind)
{
    const AuditFilm &film = look.film;
    switch (kind) {
    case BaselineKind::Header:
        return headerOf(film);
    case BaselineKind::Recorded:
        return {static_cast<float>(film.recordedWidth), static_cast<float>(film.recordedHeight),
                static_cast<float>(film.recordedWidth) / static_cast<float>(film.recordedHeight)};
    case BaselineKind::Statistics:
        return {static_cast<float>(film.meanGrey),    static_cast<float>(film.spread),
                static_cast<float>(film.borderBlack), static_cast<float>(film.borderWhite),
                static_cast<float>(film.sharpness),   static_cast<float>(film.letters)};
    case BaselineKind::Thumbnail:
        return {look.coarse.samples().begin(), look.coarse.samples().end()};
    case BaselineKind::LungsHidden:
        return outsideOf(look);
    case BaselineKind::Border:
        return {look.edge.begin(), look.edge.end()};
    }
    return {};
}

LearningTask learningTask(const std::vector<FilmLook> &looks, std::vector<int> films,
                          const std::vector<std::string> &classes, const AuditOptions &options)
{
    LearningTask task;
    task.classes = static_cast<int>(classes.size());
    task.foldCount = options.folds;
    std::map<std::string, int> groups;
    Dataset dataset;
    for (const int film : films) {
        Sample sample = looks[static_cast<std::size_t>(film)].film.sample;
        task.truth.push_back(static_cast<int>(std::ranges::find(classes, sample.label) - classes.begin()));
        task.groups.push_back(
            groups.try_emplace(sample.group, static_cast<int>(groups.size())).first->second);
        // The audit deals folds of its own, as even as may be; the name finds the film again.
        sample.fold = -1;
        sample.split.clear();
        sample.name = std::to_string(dataset.samples.size());
        dataset.samples.push_back(std::move(sample));
    }
    task.films = std::move(films);
    task.folds.resize(task.films.size());
    SplitRule rule;
    rule.folds = options.folds;
    rule.heldOutFold = -1; // every film gets a fold, none is set apart
    rule.validation = 0;
    for (const Sample &sample : splitDataset(dataset, rule, options.seed).train)
        task.folds[static_cast<std::size_t>(std::stoi(sample.name))] = sample.fold;
    return task;
}

Result<void> voteOnFold(const std::vector<FilmLook> &looks, const LearningTask &task, BaselineKind kind,
                        int fold, const AuditOptions &options, Votes &votes)
{
    std::vector<std::vector<std::size_t>> train(static_cast<std::size_t>(task.classes));
    std::vector<std::size_t> heldOut;
    for (std::size_t i = 0; i < task.films.size(); ++i)
        (task.folds[i] == fold ? heldOut : train[static_cast<std::size_t>(task.truth[i])]).push_back(i);
    std::size_t ofEach = mostOfClass;
    for (const std::vector<std::size_t> &films : train)
        ofEach = std::min(ofEach, films.size());
    if (heldOut.empty() || ofEach == 0)
        return {};

    const cv::Mat asked = rowsOf(looks, task, kind, heldOut);
    const int trees = std::max(1, options.trees / parts);
    const std::uint64_t seed = options.seed * 1000003U + static_cast<std::uint64_t>(fold) * 101U
        + static_cast<std::uint64_t>(kind) + 1U;
    std::mt19937_64 random(seed);
    // The library draws from the thread's generator: the same for this forest on whichever thread.
    cv::theRNG().state = seed;
    for (int part = 0; part < parts; ++part) {
        std::vector<std::size_t> chosen;
        for (std::vector<std::size_t> &films : train) {
            std::shuffle(films.begin(), films.end(), random);
            chosen.insert(chosen.end(), films.begin(), films.begin() + static_cast<std::ptrdiff_t>(ofEach));
        }
        const cv::Ptr<cv::ml::RTrees> forest = grow(looks, task, kind, chosen, trees);
        if (!forest)
            return fail(ErrorCode::Internal, "a forest did not grow");
        cv::Mat counted; // first row: classes; then one row a film
        forest->getVotes(asked, counted, 0);
        for (std::size_t i = 0; i < heldOut.size(); ++i) {
            for (int column = 0; column < counted.cols; ++column) {
                const auto label = static_cast<std::size_t>(counted.at<int>(0, column));
                votes.shares[heldOut[i] * static_cast<std::size_t>(task.classes) + label]
                    += static_cast<float>(counted.at<int>(static_cast<int>(i) + 1, column))
                    / static_cast<float>(trees * parts);
            }
        }
    }
    return {};
}

AuditBaseline judge(const LearningTask &task, BaselineKind kind, const Votes &votes,
                    const AuditOptions &options)
{
    AuditBaseline baseline;
    baseline.kind = kind;
    const std::vector<int> calls = callsOf(task, votes);
    baseline.matrix = ConfusionMatrix(task.classes);
    for (std::size_t i = 0; i < calls.size(); ++i)
        baseline.matrix.add(task.truth[i], calls[i]);
    const Resampling resampling{options.draws, options.seed};
    baseline.balancedAccuracy
        = estimateOf(bootstrap(balancedStatistic(task, calls), task.groups, resampling));
    for (int label = 0; label < task.classes; ++label)
        baseline.recalls.push_back(recallOf(task, calls, label, resampling));
    baseline.area = std::numeric_limits<double>::quiet_NaN();
    if (task.classes == 2) {
        std::vector<double> scores;
        std::vector<std::uint8_t> positive;
        for (std::size_t i = 0; i < calls.size(); ++i) {
            scores.push_back(votes.shares[2 * i]);
            positive.push_back(task.truth[i] == 0 ? 1 : 0);
        }
        baseline.area = auc(scores, positive);
    }
    return baseline;
}

} // namespace hilum
