// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dataset/Dataset.h"

#include "core/film/MaskName.h"
#include "core/report/Csv.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace hilum {

namespace {

int foldOf(const std::vector<std::string> &row, int column)
{
    if (column < 0)
        return -1;
    int fold = -1;
    const std::string &text = row[static_cast<std::size_t>(column)];
    std::from_chars(text.data(), text.data() + text.size(), fold);
    return fold;
}

bool isFilmName(const std::filesystem::path &file)
{
    std::string extension = file.extension().string();
    std::ranges::transform(extension, extension.begin(),
                           [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    constexpr std::array known{".dcm", ".dicom", ".png", ".jpg", ".jpeg"};
    return std::ranges::find(known, extension) != known.end();
}

} // namespace

Result<Dataset> readManifest(const std::filesystem::path &file)
{
    const auto table = readCsv(file);
    if (!table)
        return tl::unexpected(table.error());
    const int fileColumn = table->column("file");
    const int labelColumn = table->column("label");
    if (fileColumn < 0 || labelColumn < 0)
        return fail(ErrorCode::UsageWrong,
                    file.string() + ": expected a header with the columns file and label, found "
                        + std::to_string(table->header.size()) + " other columns");
    const int groupColumn = table->column("group");
    const int foldColumn = table->column("fold");
    const int linkedColumn = table->column("linked_fold");
    const int sourceColumn = table->column("source_repo");
    const int originColumn = table->column("origin");

    const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
    Dataset dataset;
    dataset.samples.reserve(table->rows.size());
    for (const auto &row : table->rows) {
        const auto text
            = [&](int column) { return column < 0 ? std::string() : row[static_cast<std::size_t>(column)]; };
        Sample sample;
        sample.name = text(fileColumn);
        sample.file = folder / sample.name; // an absolute name replaces the folder
        sample.label = text(labelColumn);
        sample.group = text(groupColumn);
        if (sample.group.empty())
            sample.group = sample.name;
        sample.source = originColumn >= 0 ? text(originColumn) : text(sourceColumn);
        sample.fold = foldOf(row, foldColumn);
        if (sample.fold < 0) {
            sample.fold = foldOf(row, linkedColumn);
            sample.linked = sample.fold >= 0;
        }
        dataset.samples.push_back(std::move(sample));
    }
    return dataset;
}

Result<Dataset> readFolder(const std::filesystem::path &folder)
{
    namespace fs = std::filesystem;
    std::error_code failed;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, failed);
    if (failed)
        return fail(ErrorCode::FileUnreadable, folder.string() + ": expected a folder: " + failed.message());
    const fs::path root = fs::absolute(folder).lexically_normal();
    Dataset dataset;
    for (; entry != fs::recursive_directory_iterator(); entry.increment(failed)) {
        if (failed)
            return fail(ErrorCode::FileUnreadable, folder.string() + ": " + failed.message());
        if (entry->path().filename().string().starts_with('.')) {
            if (entry->is_directory(failed))
                entry.disable_recursion_pending();
            continue;
        }
        // Depth 0 is beside the class folders, not in one.
        if (entry.depth() == 0 || !entry->is_regular_file(failed) || !isFilmName(entry->path())
            || isLungMaskName(entry->path()))
            continue;
        Sample sample;
        sample.file = fs::absolute(entry->path()).lexically_normal();
        sample.name = sample.file.lexically_relative(root).generic_string();
        sample.label = sample.file.parent_path().filename().string();
        sample.group = sample.name;
        dataset.samples.push_back(std::move(sample));
    }
    if (dataset.samples.empty())
        return fail(ErrorCode::UsageWrong,
                    folder.string()
                        + ": expected a folder of films (dcm, png, jpg) for each class, found none");
    std::ranges::sort(dataset.samples, {}, &Sample::name);
    return dataset;
}

Result<Dataset> readDataset(const std::filesystem::path &path)
{
    std::error_code failed;
    if (!std::filesystem::is_directory(path, failed))
        return readManifest(path);
    const std::filesystem::path manifest = path / "manifest.csv";
    return std::filesystem::exists(manifest, failed) ? readManifest(manifest) : readFolder(path);
}

} // namespace hilum
