// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Scored.h"

#include "core/nn/ModelPackage.h"
#include "core/report/Csv.h"

#include <algorithm>
#include <cmath>
#include <fstream>

namespace hilum::cli {

Result<ScoredSet> readScored(const std::filesystem::path &fileOrFolder)
{
    std::error_code code;
    const auto file
        = std::filesystem::is_directory(fileOrFolder, code) ? fileOrFolder / "predictions.csv" : fileOrFolder;
    const auto table = readCsv(file);
    if (!table)
        return tl::unexpected(table.error());
    ScoredSet set;
    for (const std::string &column : table->header) {
        if (column.starts_with("p_"))
            set.labels.push_back(column.substr(2));
    }
    if (set.labels.size() < 2)
        return fail(ErrorCode::ModelMismatch,
                    file.string() + ": expected a column p_<class> for each of two classes or more, found "
                        + std::to_string(set.labels.size()));
    auto rows = readPredictions(file, set.labels);
    if (!rows)
        return tl::unexpected(rows.error());
    for (HeldOutPrediction &row : *rows) {
        const auto truth = std::ranges::find(set.labels, row.truth);
        if (truth == set.labels.end())
            return fail(ErrorCode::ModelMismatch,
                        file.string() + ": " + row.film + ": expected a truth among the classes, found "
                            + row.truth);
        if (!std::ranges::all_of(row.probabilities, [](double p) { return std::isfinite(p); }))
            return fail(ErrorCode::ModelMismatch,
                        file.string() + ": " + row.film + ": expected probabilities, found no number");
        set.films.push_back({std::move(row.film), std::move(row.group), std::move(row.source), row.fold,
                             static_cast<int>(truth - set.labels.begin()), std::move(row.probabilities)});
    }
    return set;
}

Result<void> writeScored(const ScoredSet &set, const std::filesystem::path &file)
{
    std::vector<HeldOutPrediction> rows;
    for (const ScoredFilm &film : set.films)
        rows.push_back({film.film, film.group, film.fold, set.labels[static_cast<std::size_t>(film.truth)],
                        film.source, film.probabilities});
    return writePredictions(rows, set.labels, file);
}

Result<void> writeWhole(const std::filesystem::path &file, const std::string &text)
{
    auto beside = file;
    beside += ".new";
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    std::error_code code;
    if (out)
        std::filesystem::rename(beside, file, code);
    if (!out || code)
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be written");
    return {};
}

} // namespace hilum::cli
