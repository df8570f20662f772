// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/TrainOptions.h"

#include "app/cli/Networks.h"
#include "app/cli/Output.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>
#include <tuple>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--output", "DIR", "the model package to make; a run that was stopped goes on there (required)", "-o"},
    {"--recipe", "NAME|FILE",
     "what to train and how: a name that recipes lists, or a JSON file (default own-classes)"},
    {"--set", "KEY=VALUE", "change a key of the recipe, as in optimiser.peakLearningRate=0.002"},
    {"--architecture", "ID", "of the network; without a recipe all else has its default"},
    {"--id", "ID",
     "of the package (default: the recipe's name; of a recipe for anybody's films the folder's)"},
    {"--stages", "SIZExEPOCHSxBATCH,...",
     "input sizes to pass through, the last is the package's (default 224x10x16)"},
    {"--init", "FILE",
     "safetensors to start from, by torchvision's names; red, green and blue are folded to grey"},
    {"--films-per-epoch", "N", "drawn as the recipe's sampling says (default: all)"},
    {"--learning-rate", "RATE", "the peak of the schedule (default 0.001)"},
    {"--averaging", "DECAY", "of the averaged weights, a step (default 0.995)"},
    {"--folds", "N", "into how many folds patients are dealt (default 5)"},
    {"--held-out-fold", "N", "which of them is held out, from 0; -1 for none (default 0)"},
    {"--validation", "SHARE", "of the other patients, for validation and calibration (default 0.1)"},
    {"--seed", "N", "of everything random (default 20200401)"},
    {"--precision", "fp32|bf16", "of the convolutions while training (default fp32)"},
    {"--squares", "N", "bring every film to an 8-bit square of N first, as prepare does"},
    {"--device", "auto|cpu|cuda", "where to compute (default auto)"},
    {"--threads", "N", "threads on the CPU (default: every core)"},
    {"--checkpoint-seconds", "N", "between two checkpoints; 0: after every step (default 120)"},
    {"--keep-epochs", "N", "keep every Nth epoch, as checkpoint and as a network: ID@EPOCH"},
    {"--no-band", "", "fit no uncertainty band at the end, which reads up to 240 films nine times"},
    {"--data", "TEXT", "what the training data are, for the card"},
    {"--licence", "TEXT", "of the training data, for the card"},
    {"--json", "", "each step, epoch and the end as JSON lines on stdout"},
};
constexpr CommandSpec command{
    "train", "[FILMS] -o DIR [--recipe NAME|FILE]",
    "Trains a network. FILMS is a manifest (CSV with file,label, perhaps group,split,fold,origin), a folder\n"
    "with a folder of films for each class, or a prepared set; a recipe may name it. No patient (group) "
    "stands in two of training, validation and held-out films. Ctrl+C stops\n"
    "after the step at hand and keeps a checkpoint, as does a terminal that is closed; the same command\n"
    "goes on from it. Ctrl+C once more, two seconds later, ends it at once.",
    options};

constexpr const char *defaultRecipe = "own-classes";

// Options that stand for a key of the recipe; their values are JSON or text.
constexpr std::array<std::pair<const char *, const char *>, 12> shorthands{{
    {"--architecture", "architecture"},
    {"--init", "init"},
    {"--films-per-epoch", "filmsPerEpoch"},
    {"--learning-rate", "optimiser.peakLearningRate"},
    {"--averaging", "averaging.decay"},
    {"--folds", "split.folds"},
    {"--held-out-fold", "split.heldOutFold"},
    {"--validation", "split.validation"},
    {"--seed", "seed"},
    {"--precision", "precision"},
    {"--data", "data"},
    {"--licence", "licence"},
}};
constexpr std::array textOptions{"--architecture", "--init", "--precision", "--data", "--licence"};

Result<std::string> stagesAsJson(const std::string &text)
{
    Json stages = Json::array();
    std::size_t start = 0;
    while (start <= text.size()) {
        const std::size_t end = std::min(text.find(',', start), text.size());
        const std::string part = text.substr(start, end - start);
        int size = 0;
        int epochs = 0;
        int batch = 0;
        int used = 0;
        if (std::sscanf(part.c_str(), "%dx%dx%d%n", &size, &epochs, &batch, &used) != 3
            || static_cast<std::size_t>(used) != part.size() || size < 32 || size > 1024 || epochs < 1
            || batch < 1)
            return fail(ErrorCode::UsageWrong,
                        "--stages: expected SIZExEPOCHSxBATCH like 224x10x16, found \"" + part + "\"");
        stages.push_back({{"size", size}, {"epochs", epochs}, {"batch", batch}});
        start = end + 1;
    }
    return stages.dump();
}

// Everything that changes the recipe, in the order in which it is applied.
Result<std::vector<RecipeSetting>> settingsOf(const Options &parsed)
{
    std::vector<RecipeSetting> settings;
    for (const auto &[name, key] : shorthands) {
        const auto value = parsed.value(name);
        if (!value)
            continue;
        const bool isText = std::ranges::find(textOptions, std::string_view(name)) != textOptions.end();
        if (!isText) {
            if (const auto number = numberOption(name, *value); !number)
                return tl::unexpected(number.error());
        }
        settings.emplace_back(key, isText ? Json(*value).dump() : *value);
    }
    if (const auto text = parsed.value("--stages")) {
        const auto stages = stagesAsJson(*text);
        if (!stages)
            return tl::unexpected(stages.error());
        settings.emplace_back("stages", *stages);
        settings.emplace_back("input.size", "null"); // the last stage says it
    }
    for (const std::string &text : parsed.values("--set")) {
        const std::size_t sign = text.find('=');
        if (sign == std::string::npos || sign == 0)
            return fail(ErrorCode::UsageWrong, "--set: expected KEY=VALUE, found \"" + text + "\"");
        settings.emplace_back(text.substr(0, sign), text.substr(sign + 1));
    }
    return settings;
}

Result<Recipe> recipeOf(const Options &parsed)
{
    const auto settings = settingsOf(parsed);
    if (!settings)
        return tl::unexpected(settings.error());
    const auto name = parsed.value("--recipe");
    if (!name && parsed.has("--architecture"))
        return recipeFromJson("{}", "options", std::filesystem::current_path(), *settings);
    const auto file = findRecipe(name.value_or(defaultRecipe));
    if (!file)
        return tl::unexpected(file.error());
    return readRecipe(*file, *settings);
}

// "--set optimiser.peakLearningRate: ..." as "--learning-rate: ..." where that set it.
Error inOwnWords(Error error, const Options &parsed)
{
    for (const auto &[name, key] : shorthands) {
        const std::string set = std::string("--set ") + key;
        if (parsed.value(name) && error.detail.starts_with(set + ": "))
            error.detail.replace(0, set.size(), name);
    }
    return error;
}

// "models/mine/" -> "mine"
std::string nameOf(const std::filesystem::path &folder)
{
    const std::filesystem::path whole = std::filesystem::absolute(folder / ".").lexically_normal();
    return whole.parent_path().filename().string();
}

} // namespace

const CommandSpec &trainCommand() { return command; }

Result<TrainRequest> parseTrainRequest(std::span<const std::string> args)
{
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return tl::unexpected(parsed.error());
    TrainRequest request;
    request.plan.folder = parsed->value("--output").value_or("");
    if (request.plan.folder.empty())
        return fail(ErrorCode::UsageWrong, "expected -o DIR");
    auto recipe = recipeOf(*parsed);
    if (!recipe)
        return tl::unexpected(inOwnWords(recipe.error(), *parsed));
    request.plan.recipe = std::move(*recipe);
    if (parsed->positionals().size() > 1)
        return fail(ErrorCode::UsageWrong,
                    "expected one manifest, folder or set, found "
                        + std::to_string(parsed->positionals().size()));
    request.films = request.plan.recipe.manifest;
    if (!parsed->positionals().empty())
        request.films = parsed->positionals().front();
    if (request.films.empty())
        return fail(ErrorCode::UsageWrong, "expected films, here or in the recipe");
    request.plan.id = parsed->value("--id").value_or("");
    const bool isForAnyFilms
        = request.plan.recipe.data.empty() && request.plan.recipe.history == Recipe().history;
    if (request.plan.id.empty() && isForAnyFilms) // many networks are trained by it
        request.plan.id = nameOf(request.plan.folder);
    request.plan.fitsBand = !parsed->has("--no-band");
    for (const auto &[name, target, lowest] :
         {std::tuple{"--threads", &request.plan.threads, 1}, std::tuple{"--squares", &request.squareSize, 32},
          std::tuple{"--checkpoint-seconds", &request.plan.checkpointSeconds, 0},
          std::tuple{"--keep-epochs", &request.plan.keepEpochs, 1}}) {
        if (const auto text = parsed->value(name)) {
            const auto number = integerOption(name, *text, lowest, std::numeric_limits<int>::max());
            if (!number)
                return tl::unexpected(number.error());
            *target = *number;
        }
    }
    const auto device = deviceNamed(parsed->value("--device").value_or("auto"));
    if (!device)
        return tl::unexpected(device.error());
    request.device = *device;
    if (request.plan.recipe.data.empty())
        request.plan.recipe.data = request.films.filename().string();
    if (request.plan.recipe.licence.empty())
        request.plan.recipe.licence = "not stated";
    request.asJson = parsed->has("--json");
    return request;
}

} // namespace hilum::cli
