// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/SoftLabels.h"

#include "core/report/Csv.h"

#include <charconv>
#include <cmath>
#include <map>

namespace hilum {

Result<std::size_t> addSoftLabels(std::vector<TrainingFilm> &films, const std::filesystem::path &file,
                                  const std::vector<std::string> &classes)
{
    const auto table = readCsv(file);
    if (!table)
        return tl::unexpected(table.error());
    const int filmColumn = table->column("film");
    std::vector<std::size_t> columns;
    for (const std::string &name : classes) {
        const int column = table->column("p_" + name);
        if (column < 0 || filmColumn < 0)
            return fail(ErrorCode::UsageWrong,
                        file.string() + ": expected the columns film and p_" + name + ", found "
                            + std::to_string(table->header.size()) + " others");
        columns.push_back(static_cast<std::size_t>(column));
    }
    std::map<std::string, std::vector<float>> labels;
    for (const auto &row : table->rows) {
        const std::string &film = row[static_cast<std::size_t>(filmColumn)];
        std::vector<float> shares;
        double sum = 0;
        for (const std::size_t column : columns) {
            double share = -1;
            const std::string &text = row[column];
            std::from_chars(text.data(), text.data() + text.size(), share);
            if (!(share >= 0 && share <= 1))
                return fail(ErrorCode::UsageWrong,
                            file.string() + ": " + film + ": expected probabilities, found \"" + text + "\"");
            sum += share;
            shares.push_back(static_cast<float>(share));
        }
        if (!(sum > 1e-6))
            return fail(ErrorCode::UsageWrong,
                        file.string() + ": " + film + ": expected probabilities, found zeros only");
        for (float &share : shares)
            share = static_cast<float>(static_cast<double>(share) / sum);
        labels[film] = std::move(shares);
    }
    std::size_t named = 0;
    for (TrainingFilm &film : films) {
        const auto found = labels.find(film.film);
        if (found == labels.end())
            continue;
        film.soft = found->second;
        ++named;
    }
    if (named == 0 && !films.empty())
        return fail(ErrorCode::UsageWrong,
                    file.string() + ": expected rows of the training films such as " + films.front().film
                        + ", found " + std::to_string(table->rows.size()) + " rows of other films");
    return named;
}

} // namespace hilum
