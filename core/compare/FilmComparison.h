// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmComparison: two networks over many films, as comparison.csv (a row a film) and comparison.json (the
// statistics) keep it. Each row says by itself which weights read the film and what it is not for.
//
// CSV:  film,group,source,truth,disagreement,agree, call_<network> twice, p_<class>_<network> for every
// class,
//       the first network's first, weights_<network> twice, software,notice.
// JSON: {"films","first":{"id","weightsSha256","operatingPoint"},"second":{...},"software","notice","failed",
//        "unread":[{"film","error"}], "stoppedBefore" (films that a stop left out, where there are some),
//        and the keys of comparisonJson (core/report/EvaluationReport.h)}
//
// Shape:   `files` has one path a film, empty where it is not known.
// Units:   as ModelComparison.h.
// Errors:  readComparison: FileUnreadable; DataCorrupt naming the file, what was expected and what was found.
// Threads: values and pure functions over files.
#pragma once

#include "core/compare/TwiceReading.h"

#include <optional>

namespace hilum {

struct ComparedModel {
    std::string id;
    std::string weightsSha256; // twelve digits where only the table is there
    std::optional<double> operatingPoint; // threshold of the first class's probability
};

struct FilmComparison {
    std::string films; // the manifest or folder, as it was named
    std::array<ComparedModel, 2> models;
    std::vector<std::string> classes;
    std::vector<TwiceReadFilm> read;
    std::vector<std::filesystem::path> files;
    std::vector<UnreadFilm> unread;
    int stoppedBefore = 0; // films that were left out
    std::string software = "Hilum " HILUM_VERSION; // that read the films

    // The networks' ids; two of one id are told apart by their place: "vgg16-1", "vgg16-2".
    std::array<std::string, 2> names() const;
    std::string className(int label) const; // empty for -1
    // "vgg16 0123456789ab, densenet121 ba9876543210"
    std::string provenance() const;
};

[[nodiscard]] std::string comparisonTable(const FilmComparison &comparison);
[[nodiscard]] std::string comparisonReport(const FilmComparison &comparison,
                                           const ModelComparison &statistics);

// `path` is a comparison.csv or the folder that holds it; what comparison.json beside it says is used where
// it is there. Films are looked for where `films` says: as named, then from the table's folder upwards.
[[nodiscard]] Result<FilmComparison> readComparison(const std::filesystem::path &path);

// Finds the films' files in a manifest or folder by their names; how many were found.
[[nodiscard]] Result<int> findFiles(FilmComparison &comparison, const std::filesystem::path &films);

} // namespace hilum
