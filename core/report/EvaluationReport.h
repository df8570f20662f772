// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// EvaluationReport: an evaluation as JSON for programs and as Markdown for people.
//
//     {"films","groups","accuracy":{"value","hits","films","wilson":[low,high],"patients":[low,high]},
//      "balancedAccuracy","calibrationError","labels":[...],"confusion":[[...]],
//      "classes":[{"label","recall":{...},"precision":{...},"auc":{"value","delong":[low,high],...}}],
//      "sources":[{"source","accuracy","recall":{label:{...}}}],
//      "comparisons":[{"source"|null,"mixesHospitals","positive","negative","auc","ratioAuc","recall","specificity"}]}
//
// Shape:   JSON is one object, pretty-printed; Markdown starts with no heading of its own.
// Units:   0 to 1 in JSON, per cent in Markdown; what is not a number is null, and a dash.
// Errors:  none.
// Threads: pure functions.
#pragma once

#include "core/metrics/Evaluation.h"
#include "core/metrics/ModelComparison.h"

#include <string>

namespace hilum {

[[nodiscard]] std::string evaluationJson(const Evaluation &evaluation);
[[nodiscard]] std::string evaluationMarkdown(const Evaluation &evaluation);
[[nodiscard]] std::string gapJson(const Gap &gap);
[[nodiscard]] std::string gapMarkdown(const Gap &gap, const std::string &first, const std::string &second);

//     {"labels","calls":[[...]] (rows: first, columns: second),"difference":{"value","patients":[low,high]},
//      "all":{"films","agree","kappa":{"value","interval"},"labelled","firstRight","secondRight",
//             "mcnemar":{"onlyFirst","onlySecond","exact","p"},
//             "areas":[{"label","first","second","difference","interval","p"}]},"sources":[{"source",...}]}
[[nodiscard]] std::string comparisonJson(const ModelComparison &comparison,
                                         const std::vector<std::string> &labels);

// One row of a table of several networks: title, what was held out, films, accuracy (Wilson), its interval by
// patient, then a cell for each class with recall, precision and area.
[[nodiscard]] std::string summaryRow(const Evaluation &evaluation, const std::string &title,
                                     const std::string &heldOut);
// A row for each comparison: title, what was held out, comparison, where, films, both areas.
[[nodiscard]] std::string comparisonRows(const Evaluation &evaluation, const std::string &title,
                                         const std::string &heldOut);

// "87.0 % (85.1–88.8)", a dash for no films.
[[nodiscard]] std::string percentText(double share, const Interval &interval);
// "0.934 (0.918–0.951)".
[[nodiscard]] std::string areaText(const AucEstimate &area);

} // namespace hilum
