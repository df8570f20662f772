// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SoftLabels: what another network, or several, said of the training films; from a CSV with `film` and
// p_<class> for every class, such as a package's predictions.csv.
//
// Units:   probabilities; rows are brought to the sum 1.
// Errors:  FileUnreadable, DataCorrupt as readCsv; UsageWrong for a missing column, a row that is no
//          probability, or a file that names none of the films.
// Threads: pure functions.
#pragma once

#include "core/train/TrainingPlan.h"

namespace hilum {

// Gives the films that the file names their soft labels, and the number of films that it names.
[[nodiscard]] Result<std::size_t> addSoftLabels(std::vector<TrainingFilm> &films,
                                                const std::filesystem::path &file,
                                                const std::vector<std::string> &classes);

} // namespace hilum
