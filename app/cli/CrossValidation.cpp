// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/CrossValidation.h"

#include "app/cli/Output.h"
#include "core/report/EvaluationReport.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <sstream>

namespace hilum::cli {

namespace {

constexpr std::array protocols{Protocol::Patient, Protocol::Image, Protocol::Source};

std::string slug(const std::string &text)
{
    std::string out;
    for (const char c : text) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out += c;
        else if (c >= 'A' && c <= 'Z')
            out += static_cast<char>(c - 'A' + 'a');
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    return out.empty() ? "source" : out;
}

std::string replaced(std::string text, const std::string &value)
{
    constexpr std::string_view mark = "{fold}";
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size()))
        text.replace(at, mark.size(), value);
    return text;
}

bool isOfBenchmark(const Sample &sample) { return sample.fold >= 0 && !sample.linked; }

std::string wordsOf(Protocol protocol)
{
    switch (protocol) {
    case Protocol::Patient:
        return "folds by patient";
    case Protocol::Image:
        return "folds by film, patients on both sides";
    case Protocol::Source:
        return "each source left out in turn";
    }
    return {};
}

std::string textOf(const std::filesystem::path &file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

} // namespace

std::string nameOf(Protocol protocol)
{
    switch (protocol) {
    case Protocol::Patient:
        return "patient";
    case Protocol::Image:
        return "image";
    case Protocol::Source:
        return "source";
    }
    return {};
}

bool Part::isDone() const
{
    std::error_code code;
    return std::filesystem::exists(folder / "card.json", code)
        && std::filesystem::exists(folder / "predictions.csv", code);
}

CrossValidation planOf(const Dataset &dataset, const Recipe &recipe, Protocol protocol, int folds,
                       SplitOnly only, const std::vector<std::string> &settings,
                       const std::filesystem::path &root)
{
    CrossValidation plan{protocol, root / nameOf(protocol), {}};
    const auto add = [&](const std::string &name, const std::string &mark, std::vector<std::string> own) {
        Part part{name, plan.folder / name, {}};
        for (const std::string &setting : settings)
            part.settings.push_back(replaced(setting, mark));
        part.settings.insert(part.settings.end(), own.begin(), own.end());
        plan.parts.push_back(std::move(part));
    };
    if (protocol == Protocol::Source) {
        std::set<std::string> sources;
        for (const Sample &sample : dataset.samples) {
            if (recipe.classes.empty()
                || std::ranges::find(recipe.classes, sample.label) != recipe.classes.end())
                sources.insert(sample.source);
        }
        for (const std::string &source : sources)
            add(slug(source), slug(source),
                {"split.leaveOut=" + Json(std::vector{source}).dump(), "split.only=\"all\""});
        return plan;
    }
    const bool hasBenchmark = std::ranges::any_of(dataset.samples, isOfBenchmark);
    const bool all = only == SplitOnly::All || !hasBenchmark;
    const bool namesParts
        = std::ranges::any_of(dataset.samples, [](const Sample &sample) { return !sample.split.empty(); });
    for (int fold = 0; fold < folds; ++fold) {
        const std::string number = std::to_string(fold);
        std::vector<std::string> own{
            "split.leaveOut=[]", "split.folds=" + std::to_string(folds), "split.heldOutFold=" + number,
            std::string("split.by=\"") + (protocol == Protocol::Patient ? "patient" : "film") + "\"",
            std::string("split.only=\"") + (all ? "all" : "folds") + "\""};
        if (all && namesParts) // each fold is held out in turn, whatever the data set holds out
            own.emplace_back("split.parts=\"dealt\"");
        add("fold-" + number, number, std::move(own));
    }
    return plan;
}

Result<void> keepRecipe(const CrossValidation &plan, const Recipe &recipe,
                        const std::vector<std::string> &settings)
{
    std::error_code code;
    std::filesystem::create_directories(plan.folder, code);
    Json kept = Json::parse(recipeToJson(recipe));
    kept.erase("history");
    kept.erase("description");
    const std::string text
        = Json{{"recipe", kept}, {"settings", settings}, {"settingsOfFirstPart", plan.parts.front().settings}}
              .dump(2)
        + "\n";
    const auto file = plan.folder / "recipe.json";
    if (!std::filesystem::exists(file, code))
        return writeWhole(file, text);
    if (textOf(file) != text)
        return fail(
            ErrorCode::UsageWrong,
            file.string()
                + ": expected the recipe and settings of this run, found others; choose another folder");
    return {};
}

Result<int> report(const CrossValidation &plan, const Dataset &dataset)
{
    std::set<std::string> scored; // empty: all
    if (plan.protocol != Protocol::Source) {
        for (const Sample &sample : dataset.samples) {
            if (isOfBenchmark(sample))
                scored.insert(sample.name);
        }
    }
    ScoredSet all;
    Json done = Json::array();
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        const Part &part = plan.parts[i];
        if (!part.isDone())
            continue;
        auto set = readScored(part.folder);
        if (!set)
            return tl::unexpected(set.error());
        if (all.labels.empty())
            all.labels = set->labels;
        if (all.labels != set->labels)
            return fail(ErrorCode::ModelMismatch,
                        part.folder.string() + ": expected the other parts' classes");
        for (ScoredFilm &film : set->films) {
            film.fold = static_cast<int>(i);
            if (scored.empty() || scored.contains(film.film))
                all.films.push_back(std::move(film));
        }
        done.push_back(part.name);
    }
    if (done.empty())
        return 0;
    if (auto written = writeScored(all, plan.folder / "predictions.csv"); !written)
        return tl::unexpected(written.error());
    const Evaluation evaluation = evaluate(all.films, all.labels);
    Json json{{"protocol", nameOf(plan.protocol)}, {"done", done}, {"parts", plan.parts.size()}};
    json.update(Json::parse(evaluationJson(evaluation)));
    if (auto written = writeWhole(plan.folder / "report.json", json.dump(2) + "\n"); !written)
        return tl::unexpected(written.error());
    const std::string count = std::to_string(done.size()) + " of " + std::to_string(plan.parts.size());
    const std::string text
        = "**" + wordsOf(plan.protocol) + "**, " + count + " parts done. " + evaluationMarkdown(evaluation);
    if (auto written = writeWhole(plan.folder / "report.md", text); !written)
        return tl::unexpected(written.error());
    return static_cast<int>(done.size());
}

Result<std::string> reportAll(const std::filesystem::path &root, const std::string &title)
{
    Json json{{"title", title}, {"protocols", Json::object()}};
    std::string text = "## " + title + "\n";
    std::string rows;
    std::string comparisons;
    std::string gaps;
    std::array<ScoredSet, protocols.size()> sets;
    std::error_code code;
    for (std::size_t i = 0; i < protocols.size(); ++i) {
        const auto folder = root / nameOf(protocols[i]);
        if (!std::filesystem::exists(folder / "report.json", code))
            continue;
        auto set = readScored(folder);
        if (!set)
            return tl::unexpected(set.error());
        sets[i] = std::move(*set);
        const Evaluation evaluation = evaluate(sets[i].films, sets[i].labels);
        const Json part = Json::parse(textOf(folder / "report.json"), nullptr, false);
        if (part.is_discarded())
            return fail(ErrorCode::DataCorrupt, (folder / "report.json").string() + ": expected JSON");
        json["protocols"][nameOf(protocols[i])] = part;
        text += "\n" + textOf(folder / "report.md");
        const std::string heldOut = wordsOf(protocols[i]) + " (" + std::to_string(part["done"].size())
            + " of " + part["parts"].dump() + ")";
        rows += summaryRow(evaluation, title, heldOut);
        comparisons += comparisonRows(evaluation, title, heldOut);
    }
    if (!sets[0].films.empty() && !sets[1].films.empty() && sets[0].labels == sets[1].labels) {
        const Gap gap = gapBetween(sets[1].films, sets[0].films);
        json["gap"] = Json::parse(gapJson(gap));
        gaps = gapMarkdown(gap, "by film", "by patient");
        text += "\n**What patients on both sides add.** " + gaps;
        gaps = "- " + title + ": " + gaps;
    }
    for (const auto &[name, lines] : {std::pair{"rows.md", &rows}, std::pair{"comparisons.md", &comparisons},
                                      std::pair{"gap.md", &gaps}}) {
        if (auto written = writeWhole(root / name, *lines); !written)
            return tl::unexpected(written.error());
    }
    if (auto written = writeWhole(root / "report.json", json.dump(2) + "\n"); !written)
        return tl::unexpected(written.error());
    if (auto written = writeWhole(root / "report.md", text); !written)
        return tl::unexpected(written.error());
    return json.dump();
}

} // namespace hilum::cli
