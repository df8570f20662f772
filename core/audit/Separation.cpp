// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audit/Separation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <set>

namespace hilum {

namespace {

constexpr int mostBins = 12;
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

constexpr std::array everyProperty{
    AuditProperty::Width,         AuditProperty::Height,     AuditProperty::Aspect,
    AuditProperty::BitDepth,      AuditProperty::Format,     AuditProperty::Colour,
    AuditProperty::Photometric,   AuditProperty::FileSize,   AuditProperty::BorderBlack,
    AuditProperty::BorderWhite,   AuditProperty::MeanGrey,   AuditProperty::Spread,
    AuditProperty::Sharpness,     AuditProperty::CornerText, AuditProperty::RecordedWidth,
    AuditProperty::RecordedHeight};

const AuditFilm &at(const std::vector<AuditFilm> &all, int film)
{
    return all[static_cast<std::size_t>(film)];
}

double quantile(const std::vector<double> &sorted, double share)
{
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

// The bin of each value; values that are equal share one.
std::vector<int> binned(const std::vector<double> &values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
    const std::size_t full = std::max<std::size_t>(1, values.size() / mostBins);
    std::vector<int> bins(values.size());
    int bin = 0;
    std::size_t inBin = 0;
    for (std::size_t start = 0; start < order.size();) {
        std::size_t end = start + 1;
        while (end < order.size() && values[order[end]] == values[order[start]])
            ++end;
        const bool ownBin = end - start >= full;
        if (inBin > 0 && (ownBin || inBin >= full)) {
            ++bin;
            inBin = 0;
        }
        for (std::size_t i = start; i < end; ++i)
            bins[order[i]] = bin;
        inBin += end - start;
        start = end;
    }
    return bins;
}

std::vector<int> numbered(const std::vector<std::string> &names)
{
    std::map<std::string, int> places;
    std::vector<int> numbers;
    for (const std::string &name : names)
        numbers.push_back(places.try_emplace(name, static_cast<int>(places.size())).first->second);
    return numbers;
}

// Share of the class's entropy that the bin tells, less what chance would.
double informationShare(const std::vector<int> &bins, const std::vector<int> &truth, int classes)
{
    const int binCount = bins.empty() ? 0 : *std::ranges::max_element(bins) + 1;
    const auto total = static_cast<double>(bins.size());
    std::vector<double> joint(static_cast<std::size_t>(binCount * classes));
    std::vector<double> ofBin(static_cast<std::size_t>(binCount));
    std::vector<double> ofClass(static_cast<std::size_t>(classes));
    for (std::size_t i = 0; i < bins.size(); ++i) {
        joint[static_cast<std::size_t>(bins[i] * classes + truth[i])] += 1 / total;
        ofBin[static_cast<std::size_t>(bins[i])] += 1 / total;
        ofClass[static_cast<std::size_t>(truth[i])] += 1 / total;
    }
    const auto entropy = [](const std::vector<double> &shares) {
        double sum = 0;
        for (const double share : shares)
            sum -= share > 0 ? share * std::log(share) : 0;
        return sum;
    };
    const double information
        = entropy(ofBin) + entropy(ofClass) - entropy(joint) - (binCount - 1) * (classes - 1) / (2 * total);
    const double most = entropy(ofClass);
    return most > 0 ? std::clamp(information / most, 0.0, 1.0) : 0;
}

bool isKnownOfAll(AuditProperty property, const std::vector<AuditFilm> &all, std::span<const int> films)
{
    return std::ranges::none_of(films,
                                [&](int film) { return std::isnan(auditValue(at(all, film), property)); });
}

PropertySeparation separationBy(AuditProperty property, const std::vector<AuditFilm> &all,
                                std::span<const int> films, const std::vector<int> &truth, int classes)
{
    PropertySeparation separation{property, nothing, 0};
    if (isCategory(property)) {
        std::vector<std::string> names;
        for (const int film : films)
            names.push_back(auditCategory(at(all, film), property));
        separation.information = informationShare(numbered(names), truth, classes);
        return separation;
    }
    std::vector<double> values;
    std::vector<std::uint8_t> positive;
    for (std::size_t i = 0; i < films.size(); ++i) {
        values.push_back(auditValue(at(all, films[i]), property));
        positive.push_back(truth[i] == 0 ? 1 : 0);
    }
    separation.information = informationShare(binned(values), truth, classes);
    if (classes == 2) {
        const double area = auc(values, positive);
        separation.area = std::max(area, 1 - area);
    }
    return separation;
}

AuditCell cellOf(const std::vector<AuditFilm> &all, const std::string &label, bool allSources,
                 const std::string &source)
{
    AuditCell cell;
    cell.label = label;
    cell.allSources = allSources;
    cell.source = source;
    std::vector<int> films;
    std::set<std::string> groups;
    for (int i = 0; i < static_cast<int>(all.size()); ++i) {
        const AuditFilm &film = at(all, i);
        if ((!label.empty() && film.sample.label != label) || (!allSources && film.sample.source != source))
            continue;
        films.push_back(i);
        groups.insert(film.sample.group);
        cell.withLetters += film.letters > 0 ? 1 : 0;
    }
    cell.films = static_cast<int>(films.size());
    cell.groups = static_cast<int>(groups.size());
    cell.properties = summarise(all, films);
    return cell;
}

} // namespace

std::vector<AuditSummary> summarise(const std::vector<AuditFilm> &all, std::span<const int> films)
{
    std::vector<AuditSummary> summaries;
    for (const AuditProperty property : everyProperty) {
        AuditSummary summary;
        summary.property = property;
        if (isCategory(property)) {
            std::map<std::string, int> counts;
            for (const int film : films)
                ++counts[auditCategory(at(all, film), property)];
            for (const auto &[name, count] : counts)
                summary.categories.push_back({name, count});
            std::ranges::stable_sort(summary.categories, std::greater<>{}, &AuditCategoryCount::films);
        } else {
            std::vector<double> values;
            for (const int film : films)
                if (const double value = auditValue(at(all, film), property); !std::isnan(value))
                    values.push_back(value);
            if (values.empty())
                continue;
            std::ranges::sort(values);
            summary.quantiles = {quantile(values, 0.05), quantile(values, 0.5), quantile(values, 0.95)};
        }
        summaries.push_back(std::move(summary));
    }
    return summaries;
}

std::vector<AuditCell> cellsOf(const std::vector<AuditFilm> &all, const std::vector<std::string> &classes,
                               const std::vector<std::string> &sources)
{
    std::vector<AuditCell> cells{cellOf(all, {}, true, {})};
    for (const std::string &label : classes)
        cells.push_back(cellOf(all, label, true, {}));
    for (const std::string &source : sources)
        cells.push_back(cellOf(all, {}, false, source));
    for (const std::string &source : sources)
        for (const std::string &label : classes)
            if (AuditCell cell = cellOf(all, label, false, source); cell.films > 0)
                cells.push_back(std::move(cell));
    return cells;
}

std::vector<PropertySeparation> separate(const std::vector<AuditFilm> &all, std::span<const int> films,
                                         const std::vector<std::string> &classes)
{
    std::vector<int> truth;
    for (const int film : films)
        truth.push_back(
            static_cast<int>(std::ranges::find(classes, at(all, film).sample.label) - classes.begin()));
    std::vector<PropertySeparation> separations;
    for (const AuditProperty property : everyProperty)
        if (isCategory(property) || isKnownOfAll(property, all, films))
            separations.push_back(
                separationBy(property, all, films, truth, static_cast<int>(classes.size())));
    std::ranges::stable_sort(separations, std::greater<>{}, &PropertySeparation::information);
    return separations;
}

} // namespace hilum
