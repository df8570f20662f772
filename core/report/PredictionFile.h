// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PredictionFile: any table of truths and probabilities as films that core/metrics can judge.
//
// A CSV with a header; case, spaces and hyphens in column names don't matter. Columns:
//   truth          truth, true_label, y_true, ground_truth, label, target, class, actual or diagnosis: a
//   class by
//                  name, or by number from 0 in the order of the probabilities
//   probabilities  p_<class>, prob_<class>, proba_<class>, probability_<class> or score_<class> for each
//   class;
//                  or columns named as the classes are; or, for two classes, one column p_<class>, or p,
//                  prob, probability, score, y_score, y_prob with truths 0 and 1 (the probability of 1)
//   film           film, file, filename, image, name, path or id (else "line N")
//   group          group, patient, patient_id, subject or subject_id: films of one patient (else each its
//   own) source         source, origin, site, hospital or source_repo fold           fold
// Other columns are ignored.
//
// Shape:   classes in the order of their columns.
// Units:   probabilities 0 to 1 that sum to 1 in each row, to 0.01 as rounding leaves them; used as they are.
// Errors:  FileUnreadable; DataCorrupt with the line: no number, NaN, outside 0 to 1, a row that doesn't sum
// to
//          1, a truth that is no class; UsageWrong when columns are missing, naming what was looked for.
// Threads: pure functions over files.
#pragma once

#include "core/base/Result.h"
#include "core/metrics/Evaluation.h"
#include "core/report/Csv.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilum {

struct PredictionSet {
    std::vector<std::string> labels;
    std::vector<ScoredFilm> films;
    std::vector<std::size_t> rows{}; // of the table, one a film: rows with an error are left out
};

// Has it both, a truth and probabilities? A manifest has not.
[[nodiscard]] bool hasPredictions(const CsvTable &table);
[[nodiscard]] Result<PredictionSet> readPredictionFile(const std::filesystem::path &file);
// `where` stands before what is wrong.
[[nodiscard]] Result<PredictionSet> predictionsOf(const CsvTable &table, const std::string &where);

} // namespace hilum
