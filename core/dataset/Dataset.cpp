// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dataset/Dataset.h"

#include "core/film/MaskName.h"
#include "core/report/Csv.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <iterator>
#include <set>
#include <unordered_map>
#include <utility>

namespace hilum {

namespace {

namespace fs = std::filesystem;

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(),
                           [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return text;
}

bool isFilmName(const fs::path &file)
{
    constexpr std::array known{".dcm", ".dicom", ".png", ".jpg", ".jpeg"};
    return std::ranges::find(known, lower(file.extension().string())) != known.end();
}

std::string quotedList(const std::vector<std::string> &names)
{
    constexpr std::size_t most = 12;
    std::string list;
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i)
        list += (i == 0 ? "\"" : ", \"") + names[i] + "\"";
    return names.size() <= most ? list : list + " and " + std::to_string(names.size() - most) + " more";
}

// `split`; else a column that speaks of nothing but parts (a column `part` may well hold parts of bodies).
int splitColumnOf(const CsvTable &table)
{
    if (const int split = table.columnLike("split"); split >= 0)
        return split;
    for (const char *name : {"part", "subset"}) {
        const int column = table.columnLike(name);
        const auto namesPart = [&](const std::vector<std::string> &row) {
            return partNamed(row[static_cast<std::size_t>(column)]).has_value();
        };
        if (column >= 0 && std::ranges::all_of(table.rows, namesPart))
            return column;
    }
    return -1;
}

// The rows of a manifest, one after the other.
class ManifestRows {
public:
    ManifestRows(const CsvTable &table, fs::path file)
        : m_table(table)
        , m_manifest(std::move(file))
        , m_folder(fs::absolute(m_manifest).parent_path())
    {
    }

    Result<Sample> sample(std::size_t row)
    {
        m_row = row;
        Sample sample;
        sample.line = m_table.lines[row];
        sample.name = text(m_file);
        if (sample.name.empty())
            return wrong("the name of a film", "nothing");
        sample.file = m_folder / sample.name; // an absolute name replaces the folder
        sample.label = text(m_label);
        const auto [first, isNew]
            = m_lines.try_emplace(sample.file.lexically_normal().string(), sample.line, sample.label);
        if (!isNew)
            return wrong("each film once",
                         sample.name + " as \"" + sample.label + "\", and in line "
                             + std::to_string(first->second.first) + " as \"" + first->second.second + "\"");
        sample.group = text(m_group);
        if (sample.group.empty())
            sample.group = sample.name;
        sample.source = text(m_origin >= 0 ? m_origin : m_source);
        sample.split = text(m_split);
        const auto fold = foldIn(m_fold);
        const auto linked = foldIn(m_linked);
        if (!fold || !linked)
            return tl::unexpected((fold ? linked : fold).error());
        sample.fold = *fold >= 0 ? *fold : *linked;
        sample.linked = *fold < 0 && *linked >= 0;
        return sample;
    }

private:
    std::string text(int column) const
    {
        return column < 0 ? std::string()
                          : std::string(withoutBlanks(m_table.rows[m_row][static_cast<std::size_t>(column)]));
    }

    Result<int> foldIn(int column) const
    {
        const std::string word = text(column);
        int fold = -1;
        if (word.empty())
            return fold;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), fold);
        if (error != std::errc() || end != word.data() + word.size() || fold < -1)
            return wrong("a whole number from 0, or -1, as "
                             + std::string(withoutBlanks(m_table.header[static_cast<std::size_t>(column)])),
                         "\"" + word + "\"");
        return fold;
    }

    tl::unexpected<Error> wrong(const std::string &expected, const std::string &found) const
    {
        return fail(ErrorCode::UsageWrong,
                    m_manifest.string() + ": line " + std::to_string(m_table.lines[m_row]) + ": expected "
                        + expected + ", found " + found);
    }

    const CsvTable &m_table;
    fs::path m_manifest;
    fs::path m_folder;
    int m_file = m_table.columnLike("file");
    int m_label = m_table.columnLike("label");
    int m_group = m_table.columnLike("group");
    int m_fold = m_table.columnLike("fold");
    int m_linked = m_table.columnLike("linked_fold");
    int m_source = m_table.columnLike("source_repo");
    int m_origin = m_table.columnLike("origin");
    int m_split = splitColumnOf(m_table);
    std::size_t m_row = 0;
    std::unordered_map<std::string, std::pair<int, std::string>>
        m_lines; // of the films so far, and their labels
};

// All that lies below a folder, as paths below it. A folder that a link leads to is read after those that
// lie there themselves, and each folder once, so that a link to a folder above leads nowhere.
struct FolderTree {
    std::vector<fs::path> folders;
    std::vector<fs::path> films;

    Result<void> read(const fs::path &root)
    {
        std::error_code missing; // what the first pass below will say
        std::set<fs::path> entered; // and all that holds the root
        for (fs::path above = fs::canonical(root, missing).parent_path(); entered.insert(above).second;)
            above = above.parent_path();
        std::set<fs::path> waiting{root};
        std::set<fs::path> links;
        while (!waiting.empty() || !links.empty()) {
            auto &next = waiting.empty() ? links : waiting;
            const fs::path folder = *next.begin();
            next.erase(next.begin());
            std::error_code failed;
            const fs::path real = fs::canonical(folder, failed);
            if (!failed && !entered.insert(real).second)
                continue;
            fs::directory_iterator entry(folder, fs::directory_options::skip_permission_denied, failed);
            for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
                std::error_code gone; // a link to nowhere is neither
                const fs::path &path = entry->path();
                if (path.filename().string().starts_with('.') || path.filename() == "__MACOSX")
                    continue;
                if (entry->is_directory(gone)) {
                    (entry->is_symlink(gone) ? links : waiting).insert(path);
                    folders.push_back(path.lexically_relative(root));
                } else if (entry->is_regular_file(gone) && isFilmName(path) && !isLungMaskName(path)) {
                    films.push_back(path.lexically_relative(root));
                }
            }
            if (failed)
                return fail(ErrorCode::FileUnreadable,
                            folder.string() + ": expected a folder: " + failed.message());
        }
        std::ranges::sort(folders);
        return {};
    }
};

std::size_t depthOf(const fs::path &path)
{
    return static_cast<std::size_t>(std::distance(path.begin(), path.end()));
}

fs::path beginningOf(const fs::path &path, std::size_t levels)
{
    fs::path beginning;
    for (auto part = path.begin(); part != path.end() && levels > 0; ++part, --levels)
        beginning /= *part;
    return beginning;
}

bool isPartName(const std::string &folder)
{
    return partNamed(folder).value_or(SplitPart::Undecided) != SplitPart::Undecided;
}

// Lone folders around the class folders (or around train/ and test/), as archives leave them; empty: none.
// A folder that has another beside it is a class, though that one be empty.
fs::path wrapperOf(const FolderTree &tree)
{
    const auto holdsFilms = [&](const fs::path &folder) {
        return std::ranges::find(tree.films, folder, &fs::path::parent_path) != tree.films.end();
    };
    const auto foldersIn = [&](const fs::path &folder) {
        std::vector<fs::path> inside;
        std::ranges::copy_if(tree.folders, std::back_inserter(inside),
                             [&](const fs::path &one) { return one.parent_path() == folder; });
        return inside;
    };
    fs::path wrapper;
    std::vector<fs::path> inside = foldersIn(wrapper);
    while (inside.size() == 1 && !holdsFilms(wrapper)) {
        const fs::path &next = inside.front();
        std::vector<fs::path> below = foldersIn(next);
        if (holdsFilms(next) || below.empty() || isPartName(next.filename().string()))
            break;
        wrapper = next;
        inside = std::move(below);
    }
    return wrapper;
}

} // namespace

std::optional<SplitPart> partNamed(std::string_view word)
{
    constexpr std::array<std::pair<std::string_view, SplitPart>, 12> words{
        {{"", SplitPart::Undecided},
         {"train", SplitPart::Train},
         {"training", SplitPart::Train},
         {"val", SplitPart::Validation},
         {"valid", SplitPart::Validation},
         {"validation", SplitPart::Validation},
         {"test", SplitPart::HeldOut},
         {"testing", SplitPart::HeldOut},
         {"held-out", SplitPart::HeldOut},
         {"held_out", SplitPart::HeldOut},
         {"held out", SplitPart::HeldOut},
         {"heldout", SplitPart::HeldOut}}};
    const std::string asked = lower(std::string(withoutBlanks(word)));
    const auto found = std::ranges::find(words, asked, &std::pair<std::string_view, SplitPart>::first);
    return found == words.end() ? std::nullopt : std::optional(found->second);
}

Result<Dataset> readManifest(const fs::path &file)
{
    const auto table = readCsv(file);
    if (!table)
        return tl::unexpected(table.error());
    if (table->columnLike("file") < 0 || table->columnLike("label") < 0)
        return fail(ErrorCode::UsageWrong,
                    file.string() + ": expected a header with the columns file and label, found "
                        + quotedList(table->header));
    Dataset dataset;
    dataset.samples.reserve(table->rows.size());
    ManifestRows rows(*table, file);
    for (std::size_t row = 0; row < table->rows.size(); ++row) {
        auto sample = rows.sample(row);
        if (!sample)
            return tl::unexpected(sample.error());
        dataset.samples.push_back(std::move(*sample));
    }
    return dataset;
}

Result<Dataset> readFolder(const fs::path &folder)
{
    const fs::path root = fs::absolute(folder).lexically_normal();
    FolderTree tree;
    if (const auto read = tree.read(root); !read)
        return tl::unexpected(read.error());
    if (const fs::path inner = wrapperOf(tree); !inner.empty())
        return readFolder(root / inner);
    std::set<std::string> tops;
    for (const fs::path &film : tree.films) {
        if (depthOf(film) > 1)
            tops.insert(film.begin()->string());
    }
    const bool hasParts = !tops.empty() && std::ranges::all_of(tops, isPartName);
    const std::size_t classLevel = hasParts ? 2 : 1;

    Dataset dataset;
    std::set<fs::path> full;
    for (const fs::path &film : tree.films) {
        if (depthOf(film) <= classLevel) {
            ++dataset.besideClasses;
            continue;
        }
        const fs::path classFolder = beginningOf(film, classLevel);
        full.insert(classFolder);
        Sample sample;
        sample.file = root / film;
        sample.name = film.generic_string();
        sample.label = classFolder.filename().string();
        sample.group = sample.name;
        sample.split = hasParts ? film.begin()->string() : "";
        dataset.samples.push_back(std::move(sample));
    }
    for (const fs::path &one : tree.folders) {
        if (depthOf(one) == classLevel && !full.contains(one))
            dataset.emptyClasses.push_back(one.generic_string());
    }
    if (dataset.samples.empty())
        return fail(ErrorCode::UsageWrong,
                    folder.string() + ": expected a folder of films (dcm, png, jpg) for each class, found "
                        + (dataset.besideClasses == 0
                               ? "none"
                               : std::to_string(dataset.besideClasses) + " in no class folder"));
    std::ranges::sort(dataset.samples, {}, &Sample::name);
    return dataset;
}

Result<Dataset> readDataset(const fs::path &path)
{
    std::error_code failed;
    if (!fs::is_directory(path, failed))
        return readManifest(path);
    const fs::path manifest = path / "manifest.csv";
    return fs::exists(manifest, failed) ? readManifest(manifest) : readFolder(path);
}

} // namespace hilum
