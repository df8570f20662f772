// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dataset/Split.h"

#include <algorithm>
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
    bool validation = false;

    const Stratum &stratum() const { return strata.begin()->first; }
};

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
        if (group->fold >= 0)
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

// Every n-th group of a stratum is for validation, and at least one of three.
void chooseValidation(const std::vector<Group *> &groups, double share)
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
            group->validation = true;
            line.served = true;
            line.due -= 1;
        }
    }
    for (auto &[stratum, line] : lines) {
        if (!line.served && line.groups.size() >= 3)
            line.groups.front()->validation = true;
    }
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

Split splitDataset(const Dataset &dataset, const SplitRule &rule, std::uint64_t seed)
{
    const std::set<std::string> leftOut(rule.leaveOut.begin(), rule.leaveOut.end());
    const auto takesPart = [&](const Sample &sample) {
        return rule.only == SplitOnly::All || (sample.fold >= 0 && !sample.linked);
    };
    std::set<std::string> leftOutGroups;
    for (const Sample &sample : dataset.samples) {
        if (leftOut.contains(sample.source))
            leftOutGroups.insert(sample.group);
    }

    std::map<std::string, Group> groups;
    for (const Sample &sample : dataset.samples) {
        if (!takesPart(sample) || leftOutGroups.contains(sample.group))
            continue;
        Group &group = groups[keyOf(sample, rule.by)];
        ++group.strata[{sample.label, sample.source}];
        if (rule.by == SplitBy::Patient && sample.fold >= 0 && sample.fold < rule.folds)
            group.fold = sample.fold;
    }
    std::vector<Group *> order;
    for (auto &[name, group] : groups)
        order.push_back(&group);
    std::mt19937_64 random(seed);
    std::shuffle(order.begin(), order.end(), random);
    dealFolds(order, rule.folds);

    const int heldOutFold = leftOut.empty() ? rule.heldOutFold : -1;
    std::erase_if(order, [&](const Group *group) { return group->fold == heldOutFold; });
    if (rule.validation > 0)
        chooseValidation(order, rule.validation);

    Split split;
    for (const Sample &sample : dataset.samples) {
        const auto found = groups.find(keyOf(sample, rule.by));
        if (!takesPart(sample) || leftOutGroups.contains(sample.group)) {
            if (leftOut.contains(sample.source) && takesPart(sample))
                split.heldOut.push_back(sample);
            continue;
        }
        Sample placed = sample;
        placed.fold = found->second.fold;
        auto &part = placed.fold == heldOutFold ? split.heldOut
            : found->second.validation          ? split.validation
                                                : split.train;
        part.push_back(std::move(placed));
    }
    keepSome(split.train, rule.trainFilms, seed);
    return split;
}

} // namespace hilum
