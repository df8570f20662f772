// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dataset/Split.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <random>
#include <set>

namespace hilum {

namespace {

using Stratum = std::pair<std::string, std::string>; // label, source

// What stays together: a patient's films, or one film.
struct Group {
    std::map<Stratum, int> strata; // its films
    int fold = -1;
    SplitPart part = SplitPart::Undecided;

    const Stratum &stratum() const { return strata.begin()->first; }
};

bool goesByParts(const SplitRule &rule)
{
    return rule.parts == SplitParts::Manifest && rule.only == SplitOnly::All && rule.leaveOut.empty();
}

SplitPart partOf(const Sample &sample, const SplitRule &rule)
{
    return goesByParts(rule) ? partNamed(sample.split).value_or(SplitPart::Undecided) : SplitPart::Undecided;
}

bool takesPart(const Sample &sample, const SplitRule &rule)
{
    switch (rule.only) {
    case SplitOnly::Folds:
        return sample.fold >= 0 && !sample.linked;
    case SplitOnly::Others:
        return sample.fold < 0;
    case SplitOnly::All:
        break;
    }
    return true;
}

const std::string &keyOf(const Sample &sample, SplitBy by)
{
    return by == SplitBy::Patient ? sample.group : sample.name;
}

// Groups without a fold go where their stratum is rarest so far.
void dealFolds(const std::vector<Group *> &order, int folds)
{
    std::map<Stratum, std::vector<int>> filled;
    const auto countsOf = [&](const Group &group) -> std::vector<int> & {
        auto &counts = filled[group.stratum()];
        counts.resize(static_cast<std::size_t>(folds), 0);
        return counts;
    };
    for (Group *group : order) {
        if (group->fold >= 0 && group->fold < folds)
            for (const auto &[stratum, films] : group->strata)
                countsOf(*group)[static_cast<std::size_t>(group->fold)] += films;
    }
    for (Group *group : order) {
        if (group->fold >= 0)
            continue;
        auto &counts = countsOf(*group);
        const auto least = std::min_element(counts.begin(), counts.end());
        group->fold = static_cast<int>(least - counts.begin());
        for (const auto &[stratum, films] : group->strata)
            *least += films;
    }
}

// Every n-th group of a stratum is for validation, and at least one of three. Gives whether there is any.
bool chooseValidation(const std::vector<Group *> &groups, double share)
{
    struct Line {
        std::vector<Group *> groups;
        double due = 0;
        bool served = false;
    };
    std::map<Stratum, Line> lines;
    for (Group *group : groups) {
        Line &line = lines[group->stratum()];
        line.groups.push_back(group);
        line.due += share;
        if (line.due >= 1) {
            group->part = SplitPart::Validation;
            line.served = true;
            line.due -= 1;
        }
    }
    for (auto &[stratum, line] : lines) {
        if (!line.served && line.groups.size() >= 3)
            line.groups.front()->part = SplitPart::Validation;
    }
    return std::ranges::any_of(groups, [](const Group *g) { return g->part == SplitPart::Validation; });
}

// Groups that the data set leaves undecided get a fold and a part.
void decideParts(std::map<std::string, Group> &groups, const SplitRule &rule, int heldOutFold,
                 std::uint64_t seed)
{
    std::vector<Group *> order;
    for (auto &[name, group] : groups)
        order.push_back(&group);
    std::mt19937_64 random(seed);
    std::shuffle(order.begin(), order.end(), random);
    const auto rest = std::ranges::stable_partition(
        order, [](const Group *group) { return group->part == SplitPart::Undecided; });
    const std::vector<Group *> decided(rest.begin(), rest.end());
    order.erase(rest.begin(), rest.end());
    dealFolds(order, rule.folds);
    std::vector<Group *> others;
    for (Group *group : order) {
        group->part = group->fold == heldOutFold ? SplitPart::HeldOut : SplitPart::Train;
        if (group->part == SplitPart::Train)
            others.push_back(group);
    }

    const auto isOf
        = [](SplitPart part) { return [part](const Group *group) { return group->part == part; }; };
    if (rule.validation <= 0 || std::ranges::any_of(decided, isOf(SplitPart::Validation)))
        return;
    std::vector<Group *> training;
    std::ranges::copy_if(decided, std::back_inserter(training), isOf(SplitPart::Train));
    if (!chooseValidation(others, rule.validation))
        chooseValidation(training, rule.validation);
}

// In an order that the number has no say in: the first 100 are among the first 200.
void keepSome(std::vector<Sample> &train, int most, std::uint64_t seed)
{
    if (most <= 0 || train.size() <= static_cast<std::size_t>(most))
        return;
    std::map<std::string, std::vector<std::size_t>> classes;
    for (std::size_t i = 0; i < train.size(); ++i)
        classes[train[i].label].push_back(i);
    std::mt19937_64 random(seed);
    for (auto &[label, films] : classes)
        std::shuffle(films.begin(), films.end(), random);
    std::set<std::size_t> kept;
    for (std::size_t turn = 0; kept.size() < static_cast<std::size_t>(most); ++turn) {
        for (const auto &[label, films] : classes) {
            if (turn < films.size() && kept.size() < static_cast<std::size_t>(most))
                kept.insert(films[turn]);
        }
    }
    std::vector<Sample> some;
    for (const std::size_t film : kept)
        some.push_back(std::move(train[film]));
    train = std::move(some);
}

} // namespace

int foldsNamed(const Dataset &dataset)
{
    int folds = 0;
    for (const Sample &sample : dataset.samples)
        folds = std::max(folds, sample.fold + 1);
    return folds;
}

Result<void> checkSplit(const Dataset &dataset, const SplitRule &rule, const std::string &where)
{
    const auto wrong = [&](const Sample &sample, const std::string &expected, const std::string &found) {
        const std::string place = sample.line > 0 ? "line " + std::to_string(sample.line) : sample.name;
        return fail(ErrorCode::UsageWrong,
                    where + ": " + place + ": expected " + expected + ", found " + found);
    };
    const bool foldsCount = rule.by == SplitBy::Patient && rule.leaveOut.empty() && rule.heldOutFold >= 0;
    for (const Sample &sample : dataset.samples) {
        if (sample.label.empty())
            return wrong(sample, "a label", "nothing");
        if (goesByParts(rule) && !partNamed(sample.split))
            return wrong(sample, "train, val, test or nothing as its part", "\"" + sample.split + "\"");
        if (foldsCount && sample.fold >= rule.folds && takesPart(sample, rule)
            && partOf(sample, rule) == SplitPart::Undecided)
            return wrong(sample,
                         "a fold below " + std::to_string(rule.folds) + ", as split.folds says; it must be "
                             + std::to_string(foldsNamed(dataset)) + " or more",
                         std::to_string(sample.fold));
    }
    return {};
}

Split splitDataset(const Dataset &dataset, const SplitRule &rule, std::uint64_t seed)
{
    const std::set<std::string> leftOut(rule.leaveOut.begin(), rule.leaveOut.end());
    std::set<std::string> leftOutGroups;
    std::set<std::string> absent; // groups
    for (const Sample &sample : dataset.samples) {
        if (leftOut.contains(sample.source))
            leftOutGroups.insert(sample.group);
        if (rule.only == SplitOnly::Others && !takesPart(sample, rule))
            absent.insert(sample.group);
    }
    const auto isIn
        = [&](const Sample &sample) { return takesPart(sample, rule) && !absent.contains(sample.group); };

    std::map<std::string, Group> groups;
    for (const Sample &sample : dataset.samples) {
        if (!isIn(sample) || leftOutGroups.contains(sample.group))
            continue;
        Group &group = groups[keyOf(sample, rule.by)];
        ++group.strata[{sample.label, sample.source}];
        group.part = std::max(group.part, partOf(sample, rule));
        if (rule.by == SplitBy::Patient && sample.fold >= 0)
            group.fold = sample.fold;
    }
    const int heldOutFold = leftOut.empty() ? rule.heldOutFold : -1;
    decideParts(groups, rule, heldOutFold, seed);

    Split split;
    for (const Sample &sample : dataset.samples) {
        if (!isIn(sample))
            continue;
        if (leftOutGroups.contains(sample.group)) {
            if (leftOut.contains(sample.source))
                split.heldOut.push_back(sample);
            continue;
        }
        const Group &group = groups.at(keyOf(sample, rule.by));
        Sample placed = sample;
        placed.fold = group.fold;
        auto &part = group.part == SplitPart::HeldOut ? split.heldOut
            : group.part == SplitPart::Validation     ? split.validation
                                                      : split.train;
        part.push_back(std::move(placed));
    }
    keepSome(split.train, rule.trainFilms, seed);
    return split;
}

} // namespace hilum
