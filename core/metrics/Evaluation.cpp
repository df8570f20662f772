// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/Evaluation.h"

#include "core/metrics/Calibration.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>
#include <map>
#include <set>
#include <string_view>

namespace hilum {

namespace {

constexpr int calibrationBins = 15;

// Collections whose COVID-19 and normal films come from different hospitals (Chowdhury et al. 2020: PadChest
// and others for the one, RSNA for the other).
constexpr std::array mixedCollections{std::string_view("COVID-19 Radiography DB")};

std::size_t at(int index) { return static_cast<std::size_t>(index); }

TwoClasses compare(std::span<const ScoredFilm> films, const std::vector<std::string> &labels,
                   const std::string &source, int positive, int negative)
{
    const bool isMixed
        = source.empty() || std::ranges::find(mixedCollections, source) != mixedCollections.end();
    TwoClasses result{source, isMixed, labels[at(positive)], labels[at(negative)], {}, {}, {}, {}};
    std::vector<double> plain;
    std::vector<double> ratio;
    std::vector<std::uint8_t> truth;
    int hits = 0;
    int spared = 0;
    for (const ScoredFilm &film : films) {
        if ((!source.empty() && film.source != source) || (film.truth != positive && film.truth != negative))
            continue;
        const double p = film.probabilities[at(positive)];
        const double q = film.probabilities[at(negative)];
        plain.push_back(p);
        ratio.push_back(p + q > 0 ? p / (p + q) : 0.5);
        truth.push_back(film.truth == positive ? 1 : 0);
        if (film.truth == positive)
            hits += film.call() == positive ? 1 : 0;
        else
            spared += film.call() != positive ? 1 : 0;
    }
    const int positives = static_cast<int>(std::ranges::count(truth, 1));
    result.area = aucEstimate(plain, truth);
    result.ratioArea = aucEstimate(ratio, truth);
    result.recall = shareOf(hits, positives);
    result.specificity = shareOf(spared, static_cast<int>(truth.size()) - positives);
    return result;
}

// Every pair of classes that `source` has films of; the first class is the positive one, as COVID v normal,
// but pneumonia stands before normal.
void addComparisons(std::span<const ScoredFilm> films, const std::string &source, Evaluation &evaluation)
{
    std::set<int> present;
    for (const ScoredFilm &film : films) {
        if (source.empty() || film.source == source)
            present.insert(film.truth);
    }
    const auto isNormal = [&](int label) { return evaluation.labels[at(label)] == "normal"; };
    for (auto first = present.begin(); first != present.end(); ++first) {
        for (auto second = std::next(first); second != present.end(); ++second) {
            const bool swapped = isNormal(*first);
            evaluation.comparisons.push_back(compare(films, evaluation.labels, source,
                                                     swapped ? *second : *first, swapped ? *first : *second));
        }
    }
}

ClassResult classResult(std::span<const ScoredFilm> films, const Evaluation &evaluation, int label)
{
    ClassResult result;
    result.label = evaluation.labels[at(label)];
    const int hits = evaluation.matrix.count(label, label);
    result.recall = shareOf(hits, evaluation.matrix.rowTotal(label));
    result.precision = shareOf(hits, evaluation.matrix.columnTotal(label));
    std::vector<double> scores;
    std::vector<std::uint8_t> truth;
    for (const ScoredFilm &film : films) {
        scores.push_back(film.probabilities[at(label)]);
        truth.push_back(film.truth == label ? 1 : 0);
    }
    result.area = aucEstimate(scores, truth);
    return result;
}

SourceResult sourceResult(std::span<const ScoredFilm> films, const std::string &source, int classes)
{
    std::vector<int> hits(at(classes), 0);
    std::vector<int> all(at(classes), 0);
    for (const ScoredFilm &film : films) {
        if (film.source != source)
            continue;
        ++all[at(film.truth)];
        hits[at(film.truth)] += film.call() == film.truth ? 1 : 0;
    }
    SourceResult result{source, {}, {}};
    int right = 0;
    int total = 0;
    for (int c = 0; c < classes; ++c) {
        result.recalls.push_back(shareOf(hits[at(c)], all[at(c)]));
        right += hits[at(c)];
        total += all[at(c)];
    }
    result.accuracy = shareOf(right, total);
    return result;
}

} // namespace

int callOf(std::span<const double> probabilities)
{
    return static_cast<int>(std::ranges::max_element(probabilities) - probabilities.begin());
}

std::vector<int> groupNumbers(std::span<const ScoredFilm> films)
{
    std::map<std::string, int> numbers;
    std::vector<int> groups;
    for (const ScoredFilm &film : films) {
        const std::string &name = film.group.empty() ? film.film : film.group;
        groups.push_back(numbers.emplace(name, static_cast<int>(numbers.size())).first->second);
    }
    return groups;
}

int ScoredFilm::call() const { return callOf(probabilities); }

Share shareOf(int hits, int films)
{
    return {hits, films,
            films > 0 ? static_cast<double>(hits) / films : std::numeric_limits<double>::quiet_NaN(),
            wilsonInterval(hits, films)};
}

Evaluation evaluate(std::span<const ScoredFilm> films, const std::vector<std::string> &labels)
{
    Evaluation evaluation;
    evaluation.labels = labels;
    evaluation.films = static_cast<int>(films.size());
    const int classes = static_cast<int>(labels.size());
    evaluation.matrix = ConfusionMatrix(classes);
    std::vector<std::uint8_t> right;
    std::vector<double> confidence;
    std::set<std::string> sources;
    for (const ScoredFilm &film : films) {
        assert(film.probabilities.size() == labels.size() && film.truth >= 0 && film.truth < classes);
        const int call = film.call();
        evaluation.matrix.add(film.truth, call);
        right.push_back(call == film.truth ? 1 : 0);
        confidence.push_back(film.probabilities[at(call)]);
        sources.insert(film.source);
    }
    const std::vector<int> groups = groupNumbers(films);
    evaluation.groups = groups.empty() ? 0 : 1 + std::ranges::max(groups);
    evaluation.accuracy = shareOf(static_cast<int>(std::ranges::count(right, 1)), evaluation.films);
    evaluation.balancedAccuracy = evaluation.matrix.balancedAccuracy();
    if (!films.empty()) {
        evaluation.byPatient = bootstrap(shareStatistic(right), groups);
        evaluation.calibrationError
            = expectedCalibrationError(reliability(confidence, right, calibrationBins, Binning::EqualWidth));
    }
    for (int c = 0; c < classes; ++c)
        evaluation.classes.push_back(classResult(films, evaluation, c));
    addComparisons(films, {}, evaluation);
    for (const std::string &source : sources) {
        evaluation.sources.push_back(sourceResult(films, source, classes));
        if (!source.empty())
            addComparisons(films, source, evaluation);
    }
    return evaluation;
}

Gap gapBetween(std::span<const ScoredFilm> first, std::span<const ScoredFilm> second)
{
    std::map<std::string, const ScoredFilm *> byName;
    for (const ScoredFilm &film : second)
        byName.emplace(film.film, &film);
    std::vector<ScoredFilm> common;
    std::vector<int> change; // right in the first less right in the second
    int rightFirst = 0;
    int rightSecond = 0;
    int onlyFirst = 0;
    int onlySecond = 0;
    for (const ScoredFilm &film : first) {
        const auto other = byName.find(film.film);
        if (other == byName.end())
            continue;
        const int a = film.call() == film.truth ? 1 : 0;
        const int b = other->second->call() == other->second->truth ? 1 : 0;
        rightFirst += a;
        rightSecond += b;
        onlyFirst += a > b ? 1 : 0;
        onlySecond += b > a ? 1 : 0;
        common.push_back(film);
        change.push_back(a - b);
    }
    Gap gap;
    gap.films = static_cast<int>(common.size());
    gap.first = shareOf(rightFirst, gap.films).share;
    gap.second = shareOf(rightSecond, gap.films).share;
    gap.test = mcNemar(onlyFirst, onlySecond);
    if (common.empty())
        return gap;
    std::vector<double> each(change.size(), 1);
    const RatioStatistic statistic({change.begin(), change.end()}, std::move(each));
    gap.difference = bootstrap(statistic, groupNumbers(common));
    return gap;
}

} // namespace hilum
