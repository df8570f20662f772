// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/BatchFilms.h"

#include "core/base/Sha256.h"
#include "core/codec/DicomDirectory.h"
#include "core/film/MaskName.h"
#include "core/report/Csv.h"

#include <algorithm>
#include <fstream>

namespace hilum::cli {

namespace {

namespace fs = std::filesystem;

Sample plainFilm(const fs::path &file, const std::string &name)
{
    Sample sample;
    sample.file = fs::absolute(file).lexically_normal();
    sample.name = name;
    sample.group = name;
    return sample;
}

Result<std::vector<Sample>> filesBelow(const fs::path &folder)
{
    std::error_code failed;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, failed);
    if (failed)
        return fail(ErrorCode::FileUnreadable, folder.string() + ": expected a folder: " + failed.message());
    std::vector<Sample> films;
    for (; entry != fs::recursive_directory_iterator(); entry.increment(failed)) {
        if (failed)
            return fail(ErrorCode::FileUnreadable, folder.string() + ": " + failed.message());
        if (entry->path().filename().string().starts_with('.')) {
            if (entry->is_directory(failed))
                entry.disable_recursion_pending();
            continue;
        }
        std::error_code code;
        if (!entry->is_directory(code) && entry->path().filename() != "DICOMDIR"
            && !isLungMaskName(entry->path()))
            films.push_back(
                plainFilm(entry->path(), entry->path().lexically_relative(folder).generic_string()));
    }
    std::ranges::sort(films, {}, &Sample::name);
    return films;
}

Result<std::vector<Sample>> filmsOfDirectory(const fs::path &path)
{
    const auto listing = readDirectory(path);
    if (!listing)
        return tl::unexpected(listing.error());
    std::error_code code;
    const fs::path folder = fs::is_directory(path, code) ? path : path.parent_path();
    std::vector<Sample> films;
    for (const DirectoryFilm &film : listing->films) {
        Sample sample = plainFilm(
            film.file, fs::absolute(film.file).lexically_relative(fs::absolute(folder)).generic_string());
        if (!film.patientId.empty())
            sample.group = "patient " + sha256(std::as_bytes(std::span(film.patientId))).substr(0, 12);
        films.push_back(std::move(sample));
    }
    return films;
}

// As a manifest, but labels may be missing.
Result<std::vector<Sample>> filmsOfTable(const fs::path &file, const CsvTable &table)
{
    if (table.columnLike("label") >= 0) {
        auto dataset = readManifest(file);
        if (!dataset)
            return tl::unexpected(dataset.error());
        return std::move(dataset->samples);
    }
    const int column = table.columnLike("file");
    if (column < 0)
        return fail(ErrorCode::UsageWrong, file.string() + ": expected a column file, found none");
    std::vector<Sample> films;
    for (const auto &row : table.rows) {
        const std::string &name = row[static_cast<std::size_t>(column)];
        films.push_back(plainFilm(file.parent_path() / name, name));
    }
    return films;
}

Result<std::vector<Sample>> filmsOfList(const fs::path &file)
{
    std::ifstream in(file);
    if (!in)
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be opened for reading");
    std::vector<Sample> films;
    for (std::string line; std::getline(in, line);) {
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        if (!line.empty())
            films.push_back(plainFilm(file.parent_path() / line, line));
    }
    return films;
}

Result<std::vector<Sample>> filmsOf(const fs::path &path)
{
    std::error_code code;
    if (fs::is_directory(path, code)) {
        if (fs::exists(path / "manifest.csv", code))
            return filmsOf(path / "manifest.csv");
        return fs::exists(path / "DICOMDIR", code) ? filmsOfDirectory(path) : filesBelow(path);
    }
    const std::string ending = path.extension().string();
    if (ending == ".csv") {
        const auto table = readCsv(path);
        if (!table)
            return tl::unexpected(table.error());
        return filmsOfTable(path, *table);
    }
    if (ending == ".txt" || ending == ".lst")
        return filmsOfList(path);
    if (path.filename() == "DICOMDIR")
        return filmsOfDirectory(path);
    return std::vector<Sample>{plainFilm(path, path.string())};
}

} // namespace

Result<std::vector<Sample>> batchFilms(const std::vector<std::string> &paths)
{
    std::vector<Sample> all;
    for (const std::string &path : paths) {
        auto films = filmsOf(path);
        if (!films)
            return tl::unexpected(films.error());
        all.insert(all.end(), std::make_move_iterator(films->begin()), std::make_move_iterator(films->end()));
    }
    if (all.empty())
        return fail(ErrorCode::UsageWrong, paths.front() + ": expected films, found none");
    return all;
}

std::string sha256OfNames(const std::vector<Sample> &films)
{
    std::string names;
    for (const Sample &film : films)
        names += film.name + "\n";
    return sha256(std::as_bytes(std::span(names)));
}

} // namespace hilum::cli
