// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/PredictionFile.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>

namespace hilum {

namespace {

constexpr double mostOffOne = 0.01 + 1e-9;

constexpr std::array truthNames{"truth",  "true_label", "y_true", "ground_truth", "label",
                                "target", "class",      "actual", "diagnosis"};
constexpr std::array filmNames{"film", "file", "filename", "image", "name", "path", "id"};
constexpr std::array groupNames{"group", "patient", "patient_id", "subject", "subject_id"};
constexpr std::array sourceNames{"source", "origin", "site", "hospital", "source_repo"};
constexpr std::array foldNames{"fold"};
constexpr std::array errorNames{"error_code"};
constexpr std::array prefixes{"p_", "prob_", "proba_", "probability_", "score_"};
constexpr std::array singleNames{"p", "prob", "probability", "score", "y_score", "y_prob"};

std::string trimmed(std::string_view text)
{
    const auto isSpace = [](char letter) { return std::isspace(static_cast<unsigned char>(letter)) != 0; };
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return std::string(text);
}

std::string folded(std::string_view text)
{
    std::string name = trimmed(text);
    std::ranges::transform(name, name.begin(), [](unsigned char letter) {
        return letter == ' ' || letter == '-' ? '_' : static_cast<char>(std::tolower(letter));
    });
    return name;
}

// As UTF-8; a byte that can be none is taken for Latin-1.
std::string asUtf8(const std::string &text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto byte
            = [&](std::size_t at) { return static_cast<unsigned char>(at < text.size() ? text[at] : 0); };
        const unsigned char first = byte(i);
        const std::size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        bool isWhole = first < 0x80 || (first >= 0xC2 && first < 0xF5);
        for (std::size_t k = 1; k < length; ++k)
            isWhole = isWhole && (byte(i + k) & 0xC0U) == 0x80;
        // Overlong forms, surrogates, beyond Unicode.
        isWhole = isWhole && !(first == 0xE0 && byte(i + 1) < 0xA0) && !(first == 0xED && byte(i + 1) > 0x9F)
            && !(first == 0xF0 && byte(i + 1) < 0x90) && !(first == 0xF4 && byte(i + 1) > 0x8F);
        if (isWhole) {
            out.append(text, i, length);
            i += length;
        } else {
            out += static_cast<char>(0xC0U | (first >> 6U));
            out += static_cast<char>(0x80U | (first & 0x3FU));
            ++i;
        }
    }
    return out;
}

int indexOf(const std::vector<std::string> &names, std::string_view name)
{
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

template <class Names>
int firstOf(const std::vector<std::string> &columns, const Names &names)
{
    for (const char *name : names) {
        if (const int found = indexOf(columns, name); found >= 0)
            return found;
    }
    return -1;
}

// Where the probability of each class stands; a class without a column gets what is left to 1.
struct Column {
    std::string label;
    int index = -1;
};

struct Layout {
    int truth = -1;
    int film = -1;
    int group = -1;
    int source = -1;
    int fold = -1;
    int error = -1;
    std::vector<Column> classes;
};

std::set<std::string> truthsOf(const CsvTable &table, int column)
{
    std::set<std::string> found;
    for (const auto &row : table.rows)
        found.insert(trimmed(row[static_cast<std::size_t>(column)]));
    return found;
}

std::vector<Column> prefixedColumns(const CsvTable &table, const std::vector<std::string> &columns)
{
    std::vector<Column> best;
    for (const std::string_view prefix : prefixes) {
        std::vector<Column> found;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i].starts_with(prefix) && columns[i].size() > prefix.size()
                && indexOf({singleNames.begin(), singleNames.end()}, columns[i]) < 0)
                found.push_back({trimmed(table.header[i]).substr(prefix.size()), static_cast<int>(i)});
        }
        if (found.size() > best.size())
            best = std::move(found);
    }
    return best;
}

std::vector<Column> classColumns(const CsvTable &table, const std::vector<std::string> &columns, int truth)
{
    std::vector<Column> classes = prefixedColumns(table, columns);
    if (classes.size() >= 2)
        return classes;
    const std::set<std::string> truths = truthsOf(table, truth);
    if (classes.size() == 1) { // of one of two classes
        for (const std::string &other : truths) {
            if (truths.size() == 2 && folded(other) != folded(classes[0].label))
                return {{other, -1}, classes[0]};
        }
    }
    std::set<std::string> names;
    for (const std::string &name : truths)
        names.insert(folded(name));
    classes.clear();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (static_cast<int>(i) != truth && names.contains(columns[i]))
            classes.push_back({trimmed(table.header[i]), static_cast<int>(i)});
    }
    if (classes.size() >= 2)
        return classes;
    const int single = firstOf(columns, singleNames);
    const bool isBinary = !truths.empty()
        && std::ranges::all_of(truths, [](const std::string &name) { return name == "0" || name == "1"; });
    if (single >= 0 && isBinary)
        return {{"0", -1}, {"1", single}};
    return {};
}

Layout layoutOf(const CsvTable &table)
{
    std::vector<std::string> columns;
    for (const std::string &name : table.header)
        columns.push_back(folded(name));
    Layout layout;
    layout.truth = firstOf(columns, truthNames);
    layout.film = firstOf(columns, filmNames);
    layout.group = firstOf(columns, groupNames);
    layout.source = firstOf(columns, sourceNames);
    layout.fold = firstOf(columns, foldNames);
    layout.error = firstOf(columns, errorNames);
    if (layout.truth >= 0)
        layout.classes = classColumns(table, columns, layout.truth);
    return layout;
}

std::optional<double> numberOf(const std::string &text)
{
    const std::string word = trimmed(text);
    double value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size())
        return std::nullopt;
    return value;
}

// By name, else by name whatever its case, else by number.
int classOf(const std::string &truth, const std::vector<std::string> &labels, bool byNumber)
{
    if (const int found = indexOf(labels, truth); found >= 0)
        return found;
    for (std::size_t c = 0; c < labels.size(); ++c) {
        if (folded(labels[c]) == folded(truth))
            return static_cast<int>(c);
    }
    int number = -1;
    const auto [end, error] = std::from_chars(truth.data(), truth.data() + truth.size(), number);
    const bool isNumber = error == std::errc() && end == truth.data() + truth.size();
    return byNumber && isNumber && number >= 0 && number < static_cast<int>(labels.size()) ? number : -1;
}

std::string listed(const std::vector<std::string> &labels)
{
    std::string text;
    for (const std::string &label : labels)
        text += (text.empty() ? "" : ", ") + label;
    return text;
}

Result<std::vector<double>> probabilitiesOf(const CsvTable &table, const Layout &layout, std::size_t row,
                                            const std::string &where)
{
    const auto text
        = [&](const Column &column) { return table.rows[row][static_cast<std::size_t>(column.index)]; };
    std::vector<double> found;
    double sum = 0;
    for (const Column &column : layout.classes) {
        if (column.index < 0) {
            found.push_back(0);
            continue;
        }
        const auto value = numberOf(text(column));
        // A NaN is in no range.
        if (!value || !(*value >= 0 && *value <= 1)) {
            const bool isPerCent = value && *value > 1 && *value <= 100;
            return fail(ErrorCode::DataCorrupt,
                        where + ": expected a probability from 0 to 1 in the column "
                            + table.header[static_cast<std::size_t>(column.index)] + ", found \""
                            + text(column) + "\"" + (isPerCent ? " (per cent?)" : ""));
        }
        found.push_back(*value);
        sum += *value;
    }
    for (std::size_t c = 0; c < found.size(); ++c) {
        if (layout.classes[c].index < 0)
            found[c] = 1 - sum;
    }
    const bool isWhole = std::ranges::all_of(layout.classes, [](const Column &c) { return c.index >= 0; });
    if (isWhole && std::abs(sum - 1) > mostOffOne)
        return fail(ErrorCode::DataCorrupt,
                    where + ": expected probabilities that sum to 1, found a sum of " + csvNumber(sum));
    return found;
}

} // namespace

bool hasPredictions(const CsvTable &table) { return layoutOf(table).classes.size() >= 2; }

Result<PredictionSet> predictionsOf(const CsvTable &table, const std::string &where)
{
    const Layout layout = layoutOf(table);
    if (layout.truth < 0)
        return fail(ErrorCode::UsageWrong,
                    where + ": expected a column with the true class (truth, label, y_true, ...), found "
                        + listed(table.header));
    if (table.rows.empty())
        return fail(ErrorCode::DataCorrupt, where + ": expected films, found a header alone");
    if (layout.classes.size() < 2)
        return fail(
            ErrorCode::UsageWrong,
            where
                + ": expected a column p_<class> for each of two classes or more, or columns named as "
                  "the classes are, or one column p with truths 0 and 1, found "
                + listed(table.header));
    PredictionSet set;
    for (const Column &column : layout.classes)
        set.labels.push_back(asUtf8(column.label));
    if (std::set<std::string>(set.labels.begin(), set.labels.end()).size() != set.labels.size())
        return fail(ErrorCode::UsageWrong, where + ": expected each class once, found " + listed(set.labels));
    const std::set<std::string> truths = truthsOf(table, layout.truth);
    const bool byNumber = std::ranges::none_of(
        truths, [&](const std::string &truth) { return classOf(asUtf8(truth), set.labels, false) >= 0; });
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        const auto text = [&](int column) {
            return column < 0 ? std::string() : table.rows[row][static_cast<std::size_t>(column)];
        };
        if (!text(layout.error).empty())
            continue;
        const std::string line = "line " + std::to_string(table.lines[row]);
        const std::string here = where + ": " + line;
        const std::string truth = trimmed(asUtf8(text(layout.truth)));
        ScoredFilm film;
        film.truth = classOf(truth, set.labels, byNumber);
        if (film.truth < 0)
            return fail(ErrorCode::DataCorrupt,
                        here + ": expected one of the classes " + listed(set.labels)
                            + " as the truth, found \"" + truth + "\"");
        auto probabilities = probabilitiesOf(table, layout, row, here);
        if (!probabilities)
            return tl::unexpected(probabilities.error());
        film.probabilities = std::move(*probabilities);
        film.film = text(layout.film).empty() ? line : asUtf8(text(layout.film));
        film.group = asUtf8(text(layout.group));
        film.source = asUtf8(text(layout.source));
        film.fold = static_cast<int>(numberOf(text(layout.fold)).value_or(-1));
        set.films.push_back(std::move(film));
        set.rows.push_back(row);
    }
    if (set.films.empty())
        return fail(ErrorCode::DataCorrupt, where + ": expected films that were read, found errors alone");
    return set;
}

Result<PredictionSet> readPredictionFile(const std::filesystem::path &file)
{
    const auto table = readCsv(file);
    if (!table)
        return tl::unexpected(table.error());
    return predictionsOf(*table, file.string());
}

} // namespace hilum
