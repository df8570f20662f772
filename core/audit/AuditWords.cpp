// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audit/AuditWords.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace hilum {

namespace {

std::string joined(const std::vector<std::string> &words, const char *last)
{
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0)
            text += i + 1 == words.size() ? last : ", ";
        text += words[i];
    }
    return text;
}

std::string counted(std::size_t count, const char *one, const char *many)
{
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string twoDecimals(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", value);
    return text;
}

// What the classifier was given, as it stands in a sentence.
std::string givenOnly(BaselineKind kind)
{
    switch (kind) {
    case BaselineKind::Header:
        return "the size, format and length of the file";
    case BaselineKind::Recorded:
        return "the original's width and height as the manifest records them";
    case BaselineKind::Statistics:
        return "mean grey, spread, sharpness and border";
    case BaselineKind::Thumbnail:
        return "a thumbnail of 16 × 16 pixels";
    case BaselineKind::LungsHidden:
        return "the film with the lungs blacked out";
    case BaselineKind::Border:
        return "the outer 3 % of the film";
    }
    return {};
}

void sayDuplicates(const AuditReport &report, std::vector<AuditFinding> &verdict)
{
    std::size_t conflicts = 0;
    std::size_t acrossSplits = 0;
    std::size_t mirroredPairs = 0;
    for (const DuplicatePair &pair : report.duplicates) {
        conflicts += pair.acrossClasses ? 1 : 0;
        acrossSplits += pair.acrossSplits ? 1 : 0;
        mirroredPairs += pair.kind == DuplicateKind::Mirrored ? 1 : 0;
    }
    if (conflicts > 0)
        verdict.push_back(
            {Gravity::Grave,
             counted(conflicts, "picture stands", "pictures stand")
                 + " under two labels: one of the two is wrong, and no network can learn both."});
    if (acrossSplits > 0)
        verdict.push_back(
            {Gravity::Grave,
             counted(acrossSplits, "pair of duplicates lies", "pairs of duplicates lie")
                 + " across two splits or folds: a network would be tested on what it was trained on."});
    if (!report.duplicates.empty())
        verdict.push_back(
            {Gravity::Warning,
             counted(report.duplicates.size(), "pair of films is", "pairs of films are")
                 + " one picture twice"
                 + (mirroredPairs > 0 ? " (" + std::to_string(mirroredPairs) + " mirrored)" : "") + "."});
}

void sayGroups(const AuditReport &report, std::vector<AuditFinding> &verdict)
{
    if (!report.groupsInSeveralSplits.empty())
        verdict.push_back(
            {Gravity::Grave,
             counted(report.groupsInSeveralSplits.size(), "patient stands", "patients stand")
                 + " in several splits or folds: accuracy on such a split is not accuracy on new patients."});
    if (!report.groupsInSeveralClasses.empty())
        verdict.push_back({Gravity::Note,
                           counted(report.groupsInSeveralClasses.size(), "patient has", "patients have")
                               + " films in several classes: keep each patient's films in one fold."});
    if (!report.patientsKnown)
        verdict.push_back(
            {Gravity::Note,
             "No patient is named, so every film counts as a patient of its own: films of one "
             "patient may stand in training and test, and the intervals here may be too narrow."});
}

// Pairs of classes that no source has both of.
void sayMissingComparisons(const AuditReport &report, std::vector<AuditFinding> &verdict)
{
    if (report.sources.size() < 2)
        return;
    std::vector<std::string> missing;
    for (std::size_t a = 0; a < report.classes.size(); ++a) {
        for (std::size_t b = a + 1; b < report.classes.size(); ++b) {
            const bool exists
                = std::ranges::any_of(report.comparisons, [&](const AuditComparison &comparison) {
                      return comparison.insideOneSource
                          && comparison.classes == std::vector{report.classes[a], report.classes[b]};
                  });
            if (!exists)
                missing.push_back(auditClassTitle(report.classes[a]) + " v "
                                  + auditClassTitle(report.classes[b]));
        }
    }
    if (!missing.empty())
        verdict.push_back({Gravity::Warning,
                           "No source has films of both classes for " + joined(missing, " and ")
                               + ": there the class can't be told from the hospital."});
}

} // namespace

std::string auditClassTitle(const std::string &label)
{
    if (label == "covid")
        return "COVID-19";
    std::string title = label;
    std::ranges::replace(title, '_', ' ');
    return title;
}

std::string estimateText(const Estimate &estimate)
{
    return twoDecimals(estimate.value) + " (" + twoDecimals(estimate.interval.low) + "–"
        + twoDecimals(estimate.interval.high) + ")";
}

std::string comparisonTitle(const AuditComparison &comparison)
{
    std::vector<std::string> titles;
    for (const std::string &label : comparison.classes)
        titles.push_back(auditClassTitle(label));
    return joined(titles, " and ")
        + (comparison.insideOneSource ? " inside " + comparison.source : std::string());
}

std::string comparisonSentence(const AuditComparison &comparison)
{
    const std::string title = comparisonTitle(comparison);
    if (comparison.verdict == Confounding::TooFew)
        return "Between " + title + " there are too few films or patients to say ("
            + std::to_string(comparison.films) + " films, " + std::to_string(comparison.groups)
            + " patients).";
    const AuditBaseline &worst = comparison.baselines[static_cast<std::size_t>(comparison.givesAway)];
    const AuditBaseline &best = comparison.baselines[static_cast<std::size_t>(comparison.toBeat)];
    std::string sentence = "A classifier that never saw a lung, only " + givenOnly(worst.kind) + ", reaches "
        + estimateText(worst.balancedAccuracy) + " balanced accuracy between " + title
        + " (a guess: " + twoDecimals(comparison.chance) + "): ";
    if (comparison.verdict == Confounding::Strong)
        sentence += "that comparison is confounded.";
    else if (comparison.verdict == Confounding::Weak)
        sentence += "that comparison is a little confounded.";
    else
        sentence += "no better than chance, so nothing of that kind gives the class away.";
    if (comparison.toBeat != comparison.givesAway)
        sentence += " A network must beat " + estimateText(best.balancedAccuracy) + ", which "
            + givenOnly(best.kind) + " gives.";
    return sentence;
}

std::vector<AuditFinding> verdictOf(const AuditReport &report)
{
    std::vector<AuditFinding> verdict;
    // What leaves no doubt first: one picture with two labels, one patient on both sides.
    sayDuplicates(report, verdict);
    sayGroups(report, verdict);
    for (const auto &[confounding, gravity] :
         {std::pair{Confounding::Strong, Gravity::Grave}, std::pair{Confounding::Weak, Gravity::Warning},
          std::pair{Confounding::None, Gravity::Good}})
        for (const AuditComparison &comparison : report.comparisons)
            if (comparison.verdict == confounding)
                verdict.push_back({gravity, comparison.sentence});
    sayMissingComparisons(report, verdict);
    for (const AuditComparison &comparison : report.comparisons)
        if (comparison.verdict == Confounding::TooFew)
            verdict.push_back({Gravity::Note, comparison.sentence});
    if (!report.unreadable.empty())
        verdict.push_back({Gravity::Note,
                           counted(report.unreadable.size(), "film", "films") + " could not be read and "
                               + (report.unreadable.size() == 1 ? "is" : "are") + " left out."});
    if (report.classes.size() < 2)
        verdict.push_back({Gravity::Note, "There is one class only: nothing to tell apart."});
    constexpr auto rank = [](const AuditFinding &finding) {
        // What is good stands before what is merely to be known.
        constexpr std::array order{2, 3, 1, 0};
        return order[static_cast<std::size_t>(finding.gravity)];
    };
    std::ranges::stable_sort(verdict, {}, rank);
    return verdict;
}

} // namespace hilum
