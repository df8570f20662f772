// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/DeskSet.h"

#include "core/report/PredictionFile.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <set>
#include <string_view>

namespace hilum::ui {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostValues = 64; // of a column that is worth a choice
constexpr int mostFoldersUp = 4;

using Names = std::vector<std::string_view>;
struct Known {
    const char *name;
    Names columns;
};
const std::array<Known, 3> knownColumns{{
    {"view", {"view", "view_position", "viewposition", "projection"}},
    {"age", {"age_band", "age_group", "age", "age_years", "patient_age"}},
    {"sex", {"sex", "gender", "patient_sex"}},
}};
const Names filmNames{"film", "file", "filename", "image", "name", "path", "id"};
const Names truthNames{"truth",  "true_label", "y_true", "ground_truth", "label",
                       "target", "class",      "actual", "diagnosis"};

std::string folded(std::string_view text)
{
    std::string name;
    for (const char letter : text) {
        if (std::isspace(static_cast<unsigned char>(letter)) == 0 || !name.empty())
            name += letter == ' ' || letter == '-'
                ? '_'
                : static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    }
    while (!name.empty() && name.back() == '_')
        name.pop_back();
    return name;
}

int columnOf(const CsvTable &table, const Names &names)
{
    for (const std::string_view name : names) {
        for (std::size_t i = 0; i < table.header.size(); ++i) {
            if (folded(table.header[i]) == name)
                return static_cast<int>(i);
        }
    }
    return -1;
}

std::string nameOnly(const std::string &path)
{
    const auto slash = path.find_last_of("/\\");
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

// "47" -> "40-59"; words stay words.
std::string ageBand(const std::string &text)
{
    double years = 0;
    std::string_view digits(text);
    if (digits.ends_with('Y') || digits.ends_with('y')) // as DICOM writes it, "047Y"
        digits.remove_suffix(1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), years);
    if (error != std::errc() || end != digits.data() + digits.size() || years < 0)
        return text;
    return years < 18 ? "0\u201317"
        : years < 40  ? "18\u201339"
        : years < 60  ? "40\u201359"
        : years < 80  ? "60\u201379"
                      : "80 and over";
}

DeskColumn columnFrom(std::string name, const std::vector<std::string> &texts)
{
    DeskColumn column{std::move(name), {}, {}};
    const std::set<std::string> found(texts.begin(), texts.end());
    for (const std::string &value : found) {
        if (!value.empty())
            column.values.push_back(value);
    }
    for (const std::string &text : texts) {
        const auto place = std::ranges::lower_bound(column.values, text);
        column.of.push_back(text.empty() ? -1 : static_cast<int>(place - column.values.begin()));
    }
    return column;
}

void addIfUseful(DeskColumn column, std::vector<DeskColumn> &columns)
{
    if (column.values.size() > 1 && column.values.size() <= mostValues)
        columns.push_back(std::move(column));
}

// What a manifest says of each film, put beside the predictions.
class Join {
public:
    Join(const CsvTable &manifest, fs::path folder)
        : m_manifest(manifest)
        , m_folder(std::move(folder))
        , m_film(columnOf(manifest, {"file", "film", "filename", "image", "path", "name", "id"}))
    {
        for (std::size_t row = 0; m_film >= 0 && row < manifest.rows.size(); ++row) {
            const std::string &name = manifest.rows[row][static_cast<std::size_t>(m_film)];
            m_rows.emplace(name, row);
            m_rows.emplace(nameOnly(name), row);
        }
    }

    const std::vector<std::string> *rowOf(const std::string &film) const
    {
        auto found = m_rows.find(film);
        if (found == m_rows.end())
            found = m_rows.find(nameOnly(film));
        return found == m_rows.end() ? nullptr : &m_manifest.rows[found->second];
    }
    fs::path fileOf(const std::string &film) const
    {
        const auto *row = rowOf(film);
        return row ? (m_folder / (*row)[static_cast<std::size_t>(m_film)]).lexically_normal() : fs::path();
    }

    // How many rows of `table` it knows; only columns that the table lacks are added.
    int into(CsvTable &table) const
    {
        const int film = columnOf(table, filmNames);
        if (film < 0 || m_film < 0)
            return 0;
        std::set<std::string> there;
        for (const std::string &name : table.header)
            there.insert(folded(name));
        const bool hasTruth = columnOf(table, truthNames) >= 0;
        std::vector<std::size_t> taken;
        for (std::size_t c = 0; c < m_manifest.header.size(); ++c) {
            const std::string name = folded(m_manifest.header[c]);
            const bool isTruth = std::ranges::find(truthNames, name) != truthNames.end();
            const bool isFilm = std::ranges::find(filmNames, name) != filmNames.end();
            if (!isFilm && !(isTruth && hasTruth) && !there.contains(name)) {
                taken.push_back(c);
                table.header.push_back(m_manifest.header[c]);
            }
        }
        int known = 0;
        for (auto &row : table.rows) {
            const auto *more = rowOf(row[static_cast<std::size_t>(film)]);
            known += more ? 1 : 0;
            for (const std::size_t c : taken)
                row.push_back(more ? (*more)[c] : std::string());
        }
        return known;
    }

private:
    const CsvTable &m_manifest;
    fs::path m_folder;
    int m_film;
    std::unordered_map<std::string, std::size_t> m_rows;
};

// A film's name may be a path from where its table lies, or from a folder above.
fs::path fileFrom(const fs::path &table, const std::string &name)
{
    std::error_code code;
    const fs::path film(name);
    if (film.is_absolute())
        return fs::is_regular_file(film, code) ? film : fs::path();
    fs::path folder = fs::absolute(table, code).parent_path();
    for (int i = 0; i < mostFoldersUp; ++i, folder = folder.parent_path()) {
        if (fs::is_regular_file(folder / film, code))
            return (folder / film).lexically_normal();
    }
    return {};
}

void index(DeskSet &set)
{
    for (std::size_t i = 0; i < set.films.size(); ++i)
        set.byName.emplace(set.films[i].film, static_cast<int>(i));
}

} // namespace

const DeskColumn *DeskSet::column(const std::string &name) const
{
    const auto found = std::ranges::find(columns, name, &DeskColumn::name);
    return found == columns.end() ? nullptr : &*found;
}

int DeskSet::filmOf(const std::string &name) const
{
    const auto found = byName.find(name);
    return found == byName.end() ? -1 : found->second;
}

int DeskSet::filmAt(const fs::path &path) const
{
    if (path.empty())
        return -1;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (files[i].native() == path.native())
            return static_cast<int>(i);
    }
    // The longest end of the path first.
    std::string end = path.generic_string();
    while (!end.empty()) {
        const int film = filmOf(end);
        if (film >= 0 && files[static_cast<std::size_t>(film)].empty())
            return film;
        const auto slash = end.find('/');
        end = slash == std::string::npos ? std::string() : end.substr(slash + 1);
    }
    return -1;
}

int DeskSet::filesKnown() const
{
    return static_cast<int>(std::ranges::count_if(files, [](const fs::path &one) { return !one.empty(); }));
}

std::vector<DeskColumn> columnsOf(const CsvTable &table, const std::vector<std::size_t> &rows,
                                  const std::vector<ScoredFilm> &films)
{
    std::vector<DeskColumn> columns;
    std::vector<std::string> texts;
    for (const ScoredFilm &film : films)
        texts.push_back(film.source);
    addIfUseful(columnFrom("source", texts), columns);
    texts.clear();
    for (const ScoredFilm &film : films)
        texts.push_back(film.fold < 0 ? std::string() : std::to_string(film.fold));
    addIfUseful(columnFrom("fold", texts), columns);
    for (const Known &known : knownColumns) {
        const int place = columnOf(table, known.columns);
        if (place < 0)
            continue;
        texts.clear();
        for (const std::size_t row : rows) {
            const std::string &text = table.rows[row][static_cast<std::size_t>(place)];
            texts.push_back(std::string_view(known.name) == "age" ? ageBand(text) : text);
        }
        addIfUseful(columnFrom(known.name, texts), columns);
    }
    return columns;
}

Result<DeskSetPtr> readDeskSet(const DeskSource &source, const fs::path &manifest)
{
    auto table = readCsv(source.file);
    if (!table)
        return tl::unexpected(table.error());
    std::optional<CsvTable> more;
    std::optional<Join> join;
    if (!manifest.empty()) {
        auto read = readCsv(manifest);
        if (!read)
            return tl::unexpected(read.error());
        more = std::move(*read);
        join.emplace(*more, fs::absolute(manifest).parent_path());
        if (join->into(*table) == 0)
            return fail(ErrorCode::UsageWrong,
                        manifest.string() + ": expected a manifest of the films of " + source.file.string()
                            + ", found none of their names");
    }
    auto predictions = predictionsOf(*table, source.file.string());
    if (!predictions)
        return tl::unexpected(predictions.error());
    auto set = std::make_shared<DeskSet>();
    set->file = source.file;
    set->title = source.title.empty() ? source.file.filename().string() : source.title;
    set->modelId = source.modelId;
    set->provenance = source.provenance.empty() ? source.file.filename().string() : source.provenance;
    set->labels = std::move(predictions->labels);
    set->films = std::move(predictions->films);
    set->columns = columnsOf(*table, predictions->rows, set->films);
    set->files.resize(set->films.size());
    bool isWorthLooking = true; // where the first film is nowhere, the others are not looked for
    for (std::size_t i = 0; i < set->films.size(); ++i) {
        const std::string &name = set->films[i].film;
        if (join)
            set->files[i] = join->fileOf(name);
        else if (isWorthLooking)
            set->files[i] = fileFrom(source.file, name);
        isWorthLooking = isWorthLooking && (i > 0 || !set->files[i].empty());
    }
    index(*set);
    return set;
}

Result<std::vector<DeskSetPtr>> deskSetsOf(const FilmComparison &comparison)
{
    std::vector<DeskSetPtr> sets;
    const auto names = comparison.names();
    for (const std::size_t n : {0U, 1U}) {
        auto set = std::make_shared<DeskSet>();
        set->title = names[n];
        set->modelId = comparison.models[n].id;
        set->provenance = names[n] + " " + comparison.models[n].weightsSha256.substr(0, 12);
        set->file = comparison.films;
        set->labels = comparison.classes;
        for (std::size_t i = 0; i < comparison.read.size(); ++i) {
            const TwiceReadFilm &film = comparison.read[i];
            if (film.truth < 0)
                continue;
            set->films.push_back(
                {film.film, film.group, film.source, -1, film.truth, n == 0 ? film.first : film.second});
            set->files.push_back(comparison.files[i]);
        }
        if (set->films.empty())
            return fail(ErrorCode::UsageWrong,
                        comparison.films
                            + ": expected films with one of the classes as their label, found none: without "
                              "a truth nothing can be judged");
        set->columns = columnsOf({}, {}, set->films);
        index(*set);
        sets.push_back(std::move(set));
    }
    return sets;
}

} // namespace hilum::ui
