// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/compare/FilmComparison.h"
#include "core/report/Csv.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <map>

namespace hilum {

namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

tl::unexpected<Error> wrong(const fs::path &file, const std::string &expected, const std::string &found)
{
    return fail(ErrorCode::DataCorrupt, file.string() + ": expected " + expected + ", found " + found);
}

// Where in a row everything stands.
struct Columns {
    int film, group, source, truth, software;
    std::array<std::string, 2> names;
    std::vector<std::string> classes;
    std::array<std::vector<int>, 2> probabilities;
    std::array<int, 2> weights;
};

Result<Columns> columnsOf(const CsvTable &table, const fs::path &file)
{
    Columns columns{table.column("film"),
                    table.column("group"),
                    table.column("source"),
                    table.column("truth"),
                    table.column("software"),
                    {},
                    {},
                    {},
                    {-1, -1}};
    if (columns.film < 0 || columns.group < 0 || columns.source < 0 || columns.truth < 0)
        return wrong(file, "the columns film, group, source and truth of a comparison", "another table");
    std::size_t networks = 0;
    for (const std::string &name : table.header) {
        if (!name.starts_with("call_"))
            continue;
        if (networks < 2)
            columns.names[networks] = name.substr(5);
        ++networks;
    }
    if (networks != 2)
        return wrong(file, "the column call_<network> twice", "it " + std::to_string(networks) + " times");
    const std::string end = "_" + columns.names[0];
    for (const std::string &name : table.header) {
        if (name.starts_with("p_") && name.ends_with(end) && name.size() > 2 + end.size())
            columns.classes.push_back(name.substr(2, name.size() - 2 - end.size()));
    }
    if (columns.classes.size() < 2)
        return wrong(file, "a column p_<class>" + end + " for each of two classes or more",
                     std::to_string(columns.classes.size()));
    for (const std::size_t n : {0U, 1U}) {
        for (const std::string &label : columns.classes) {
            const std::string name = "p_" + label + "_" + columns.names[n];
            columns.probabilities[n].push_back(table.column(name));
            if (columns.probabilities[n].back() < 0)
                return wrong(file, "a column " + name, "none");
        }
        columns.weights[n] = table.column("weights_" + columns.names[n]);
    }
    return columns;
}

const std::string &at(const std::vector<std::string> &row, int column)
{
    return row[static_cast<std::size_t>(column)];
}

Result<TwiceReadFilm> filmOf(const std::vector<std::string> &row, const Columns &columns,
                             const fs::path &file)
{
    TwiceReadFilm film{at(row, columns.film), at(row, columns.group), at(row, columns.source), -1, {}, {}};
    const auto truth = std::ranges::find(columns.classes, at(row, columns.truth));
    if (truth != columns.classes.end())
        film.truth = static_cast<int>(truth - columns.classes.begin());
    for (const std::size_t n : {0U, 1U}) {
        std::vector<double> &probabilities = n == 0 ? film.first : film.second;
        for (const int column : columns.probabilities[n]) {
            const std::string &text = at(row, column);
            double value = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
            if (error != std::errc() || end != text.data() + text.size() || !(value >= 0 && value <= 1))
                return wrong(file, film.film + ": a probability from 0 to 1", "\"" + text + "\"");
            probabilities.push_back(value);
        }
    }
    return film;
}

std::string textAt(const Json &json, const char *key)
{
    return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : std::string();
}

void takeModel(const Json &report, const char *key, ComparedModel &model)
{
    if (!report.contains(key) || !report[key].is_object())
        return;
    const Json &said = report[key];
    const std::string hash = textAt(said, "weightsSha256");
    // Of another comparison, it has no say.
    if (!hash.starts_with(model.weightsSha256))
        return;
    model.weightsSha256 = hash;
    if (const std::string id = textAt(said, "id"); !id.empty())
        model.id = id;
    if (said.contains("operatingPoint") && said["operatingPoint"].is_number())
        model.operatingPoint = said["operatingPoint"].get<double>();
}

void takeReport(const fs::path &file, FilmComparison &comparison)
{
    std::ifstream in(file, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    const Json report = Json::parse(text, nullptr, false);
    if (!report.is_object())
        return;
    takeModel(report, "first", comparison.models[0]);
    takeModel(report, "second", comparison.models[1]);
    comparison.films = textAt(report, "films");
    if (report.contains("stoppedBefore") && report["stoppedBefore"].is_number_integer())
        comparison.stoppedBefore = report["stoppedBefore"].get<int>();
    if (!report.contains("unread") || !report["unread"].is_array())
        return;
    for (const Json &film : report["unread"]) {
        if (film.is_object())
            comparison.unread.push_back(
                {textAt(film, "film"), {}, {ErrorCode::DataCorrupt, textAt(film, "error")}});
    }
}

void lookForFilms(const fs::path &table, FilmComparison &comparison)
{
    const fs::path named = comparison.films;
    std::vector<fs::path> places{named};
    if (named.is_relative()) {
        std::error_code code;
        for (fs::path folder = fs::absolute(table, code).parent_path();; folder = folder.parent_path()) {
            places.push_back(folder / named);
            if (folder == folder.parent_path())
                break;
        }
    }
    for (const fs::path &place : places) {
        std::error_code code;
        if (!named.empty() && fs::exists(place, code) && findFiles(comparison, place).value_or(0) > 0)
            return;
    }
}

} // namespace

Result<int> findFiles(FilmComparison &comparison, const fs::path &films)
{
    const auto dataset = readDataset(films);
    if (!dataset)
        return tl::unexpected(dataset.error());
    std::map<std::string, fs::path> byName;
    for (const Sample &sample : dataset->samples)
        byName.emplace(sample.name, sample.file);
    int found = 0;
    comparison.files.assign(comparison.read.size(), {});
    for (std::size_t i = 0; i < comparison.read.size(); ++i) {
        const auto file = byName.find(comparison.read[i].film);
        if (file == byName.end())
            continue;
        comparison.files[i] = file->second;
        ++found;
    }
    return found;
}

Result<FilmComparison> readComparison(const fs::path &path)
{
    std::error_code code;
    const fs::path file = fs::is_directory(path, code) ? path / "comparison.csv" : path;
    const auto table = readCsv(file);
    if (!table)
        return tl::unexpected(table.error());
    const auto columns = columnsOf(*table, file);
    if (!columns)
        return tl::unexpected(columns.error());
    if (table->rows.empty())
        return wrong(file, "a film", "none");
    FilmComparison comparison;
    comparison.classes = columns->classes;
    for (const std::size_t n : {0U, 1U}) {
        comparison.models[n].id = columns->names[n];
        if (columns->weights[n] >= 0)
            comparison.models[n].weightsSha256 = at(table->rows.front(), columns->weights[n]);
    }
    if (columns->software >= 0)
        comparison.software = at(table->rows.front(), columns->software);
    for (const auto &row : table->rows) {
        auto film = filmOf(row, *columns, file);
        if (!film)
            return tl::unexpected(film.error());
        comparison.read.push_back(std::move(*film));
    }
    comparison.files.resize(comparison.read.size());
    takeReport(fs::path(file).replace_extension(".json"), comparison);
    lookForFilms(file, comparison);
    return comparison;
}

} // namespace hilum
