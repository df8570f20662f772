// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/Recipe.h"

#include "core/base/Shelf.h"
#include "core/lab/MarkerText.h"
#include "core/nn/Architecture.h"
#include "core/report/Csv.h"
#include "core/report/KeyReader.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace hilum {

namespace {

constexpr double huge = 1e9;

constexpr std::array<std::pair<std::string_view, Crop>, 2> crops{
    {{"centre-square", Crop::CentreSquare}, {"squeeze", Crop::Squeeze}}};
constexpr std::array<std::pair<std::string_view, Standardise>, 2> standards{
    {{"per-film", Standardise::PerFilm}, {"unit", Standardise::Unit}}};
constexpr std::array<std::pair<std::string_view, SplitBy>, 2> splits{
    {{"patient", SplitBy::Patient}, {"film", SplitBy::Film}}};
constexpr std::array<std::pair<std::string_view, SplitOnly>, 3> onlys{
    {{"all", SplitOnly::All}, {"folds", SplitOnly::Folds}, {"others", SplitOnly::Others}}};
constexpr std::array<std::pair<std::string_view, SplitParts>, 2> parts{
    {{"manifest", SplitParts::Manifest}, {"dealt", SplitParts::Dealt}}};
constexpr std::array<std::pair<std::string_view, Sampling>, 4> samplings{
    {{"uniform", Sampling::Uniform},
     {"class", Sampling::Class},
     {"class-root-source", Sampling::ClassRootSource},
     {"class-within-source", Sampling::ClassWithinSource}}};
constexpr std::array<std::pair<std::string_view, OptimiserKind>, 4> optimisers{
    {{"adamw", OptimiserKind::AdamW},
     {"adam", OptimiserKind::Adam},
     {"sgd", OptimiserKind::Sgd},
     {"rmsprop", OptimiserKind::RmsProp}}};
constexpr std::array<std::pair<std::string_view, Schedule>, 4> schedules{
    {{"one-cycle", Schedule::OneCycle},
     {"constant", Schedule::Constant},
     {"cosine", Schedule::Cosine},
     {"inverse-decay", Schedule::InverseDecay}}};
constexpr std::array<std::pair<std::string_view, Cycle>, 2> cycles{
    {{"run", Cycle::Run}, {"stage", Cycle::Stage}}};
constexpr std::array<std::pair<std::string_view, Averaging>, 3> averagings{
    {{"ema", Averaging::Ema}, {"swa", Averaging::Swa}, {"none", Averaging::None}}};
constexpr std::array<std::pair<std::string_view, Selection>, 3> selections{
    {{"last", Selection::Last},
     {"best-validation-loss", Selection::BestValidationLoss},
     {"best-validation-accuracy", Selection::BestValidationAccuracy}}};
constexpr std::array<std::pair<std::string_view, CalibrationRule>, 2> calibrations{
    {{"temperature", CalibrationRule::Temperature},
     {"temperature-and-offsets", CalibrationRule::TemperatureAndOffsets}}};
constexpr std::array<std::pair<std::string_view, InitScope>, 2> scopes{
    {{"all", InitScope::All}, {"features", InitScope::Features}}};
constexpr std::array<std::pair<std::string_view, Precision>, 2> precisions{
    {{"fp32", Precision::Float32}, {"bf16", Precision::BFloat16}}};

// Both ways at once: each table of keys is written down a single time. `keys` is a KeyReader or a
// KeyWriter.

template <class Keys>
void visit(Keys &keys, Augmentation &a)
{
    keys.number("rotate", a.rotate, 0, 180);
    keys.number("scale", a.scale, 0, 0.9);
    keys.number("aspect", a.aspect, 0, 0.9);
    keys.number("shift", a.shift, 0, 0.5);
    keys.number("borderCrop", a.borderCrop, 0, 0.4);
    keys.number("elastic", a.elastic, 0, 50);
    keys.flag("mirror", a.mirror);
    keys.number("window", a.window, 0, 0.45);
    keys.number("gamma", a.gamma, 0, 3);
    keys.number("curve", a.curve, 0, 0.3);
    keys.number("bias", a.bias, 0, 1);
    keys.number("noise", a.noise, 0, 1);
    keys.number("blur", a.blur, 0, 20);
    keys.number("sharpen", a.sharpen, 0, 10);
    keys.range("jpeg", a.jpegLow, a.jpegHigh, 1, 100);
    keys.number("probability", a.probability, 0, 1);
    keys.number("markers", a.markers, 0, 1);
    keys.number("cover", a.cover, 0, 1);
    keys.number("border", a.border, 0, 1);
    keys.number("mixup", a.mixup, 0, 10);
    keys.number("cutmix", a.cutmix, 0, 10);
}

template <class Keys>
void visit(Keys &keys, PlantedMarker &marker)
{
    keys.text("class", marker.label);
    keys.text("text", marker.text);
    keys.number("share", marker.share, 0, 1);
}

template <class Keys>
void visit(Keys &keys, SplitRule &split)
{
    keys.whole("folds", split.folds, 2, 1000);
    keys.whole("heldOutFold", split.heldOutFold, -1, 999);
    keys.number("validation", split.validation, 0, 0.9);
    keys.choice("by", split.by, splits);
    keys.texts("leaveOut", split.leaveOut);
    keys.choice("only", split.only, onlys);
    keys.whole("trainFilms", split.trainFilms, 0, 1000000);
    keys.choiceIf("parts", split.parts != SplitParts::Manifest, split.parts, parts);
}

template <class Keys>
void visit(Keys &keys, InputSpec &input)
{
    keys.whole("size", input.size, 32, 1024);
    keys.choice("crop", input.crop, crops);
    keys.choice("standardise", input.standardise, standards);
    keys.flag("equalise", input.equalise);
}

template <class Keys>
void visit(Keys &keys, TrainingStage &stage)
{
    keys.whole("size", stage.size, 32, 1024);
    keys.whole("epochs", stage.epochs, 0, 100000);
    keys.whole("batch", stage.batch, 1, 4096);
    keys.number("learningRate", stage.learningRate, 0, 10);
}

template <class Keys>
void visit(Keys &keys, LossRule &loss)
{
    keys.number("labelSmoothing", loss.labelSmoothing, 0, 0.9);
    keys.numbers("classWeights", loss.classWeights, 1e-6, huge);
    keys.number("sourceAdversary", loss.sourceAdversary, 0, 100);
    keys.path("softLabels", loss.softLabels);
    keys.number("softWeight", loss.softWeight, 0, 1);
    keys.texts("teachers", loss.teachers);
    keys.number("teacherShare", loss.teacherShare, 0, 1);
    keys.number("teacherTemperature", loss.teacherTemperature, 0.1, 100);
}

template <class Keys>
void visit(Keys &keys, OptimiserRule &rule)
{
    keys.choice("name", rule.kind, optimisers);
    keys.number("peakLearningRate", rule.peakLearningRate, 1e-9, 10);
    keys.number("weightDecay", rule.weightDecay, 0, 10);
    keys.number("momentum", rule.momentum, 0, 0.9999);
    keys.choice("schedule", rule.schedule, schedules);
    keys.choice("cycle", rule.cycle, cycles);
    keys.number("warmUp", rule.warmUp, 0, 0.9);
    keys.number("decay", rule.decay, 0, 10);
    keys.number("clip", rule.clip, 0, huge);
}

template <class Keys>
void visit(Keys &keys, AveragingRule &rule)
{
    keys.choice("kind", rule.kind, averagings);
    keys.number("decay", rule.decay, 0, 0.999999);
    keys.number("from", rule.from, 0, 0.999);
}

template <class Keys>
void visit(Keys &keys, Recipe &r)
{
    int schema = 1;
    keys.whole("schemaVersion", schema, 1, 1);
    keys.text("name", r.name);
    keys.text("title", r.title);
    keys.text("description", r.description);
    keys.free("history", r.history);
    keys.path("manifest", r.manifest);
    keys.texts("classes", r.classes);
    keys.object("split", [&](auto &inner) { visit(inner, r.split); });
    keys.text("architecture", r.architecture);
    keys.object("input", [&](auto &inner) { visit(inner, r.input); });
    keys.objects("stages", r.stages, [](auto &inner, TrainingStage &stage) { visit(inner, stage); });
    keys.whole("filmsPerEpoch", r.filmsPerEpoch, 0, 100000000);
    keys.objectOrNone(
        "augmentation", [&] { r.augmentation = noAugmentation(); },
        [&](auto &inner) { visit(inner, r.augmentation); });
    keys.objectIf("planted", !r.planted.label.empty(), [&](auto &inner) { visit(inner, r.planted); });
    keys.choice("sampling", r.sampling, samplings);
    keys.object("loss", [&](auto &inner) { visit(inner, r.loss); });
    keys.object("optimiser", [&](auto &inner) { visit(inner, r.optimiser); });
    keys.object("averaging", [&](auto &inner) { visit(inner, r.averaging); });
    keys.choice("selection", r.selection, selections);
    keys.choice("calibration", r.calibration, calibrations);
    keys.texts("frozen", r.frozen);
    keys.number("dropout", r.dropout, -1, 0.95);
    keys.text("init", r.init);
    keys.choice("initScope", r.initScope, scopes);
    keys.choice("precision", r.precision, precisions);
    keys.seed("seed", r.seed);
    keys.text("data", r.data);
    keys.text("licence", r.licence);
    keys.text("weightsLicence", r.weightsLicence);
}

// What no single key can say.
Result<void> checkTogether(Recipe &recipe, const Json &json, const std::string &where)
{
    const auto wrong = [&](const std::string &key, const std::string &expected, const std::string &found) {
        return fail(ErrorCode::UsageWrong,
                    where + ": " + key + ": expected " + expected + ", found " + found);
    };
    if (recipe.architecture.empty())
        return wrong("architecture", "the name of a network", "nothing");
    if (recipe.stages.empty())
        recipe.stages = {{recipe.input.size, 10, 16, 0}};
    const bool sizeGiven
        = json.contains("input") && json["input"].contains("size") && !json["input"]["size"].is_null();
    if (sizeGiven && recipe.stages.back().size != recipe.input.size)
        return wrong("stages", "a last size of " + std::to_string(recipe.input.size) + ", as input.size says",
                     std::to_string(recipe.stages.back().size));
    recipe.input.size = recipe.stages.back().size;
    if (recipe.split.heldOutFold >= recipe.split.folds)
        return wrong("split.heldOutFold", "a fold below " + std::to_string(recipe.split.folds),
                     std::to_string(recipe.split.heldOutFold));
    if (recipe.classes.size() == 1)
        return wrong("classes", "at least two", "one");
    if (std::set(recipe.classes.begin(), recipe.classes.end()).size() != recipe.classes.size())
        return wrong("classes", "different names", "the same twice");
    for (const auto &[name, weight] : recipe.loss.classWeights) {
        if (!recipe.classes.empty() && std::ranges::find(recipe.classes, name) == recipe.classes.end())
            return wrong("loss.classWeights", "one of the classes", "\"" + name + "\"");
    }
    const PlantedMarker &planted = recipe.planted;
    if (json.contains("planted") && planted.label.empty())
        return wrong("planted.class", "the class whose training films carry the marker", "nothing");
    if (!planted.label.empty() && !recipe.classes.empty()
        && std::ranges::find(recipe.classes, planted.label) == recipe.classes.end())
        return wrong("planted.class", "one of the classes", "\"" + planted.label + "\"");
    if (!isMarkerText(planted.text))
        return wrong("planted.text", markerTextRule, "\"" + planted.text + "\"");
    const auto architecture = findArchitecture(recipe.architecture);
    if (!architecture)
        return fail(ErrorCode::UsageWrong, where + ": architecture: " + architecture.error().detail);
    for (const TrainingStage &stage : recipe.stages) {
        if (stage.size < architecture->smallestSize)
            return wrong("stages",
                         recipe.architecture + " to get " + std::to_string(architecture->smallestSize)
                             + " pixels or more",
                         std::to_string(stage.size));
        if (architecture->isSizeFixed && stage.size != recipe.input.size)
            return wrong("stages", "one size, as the head of " + recipe.architecture + " is made for",
                         std::to_string(stage.size) + " and " + std::to_string(recipe.input.size));
    }
    return {};
}

// A file's own paths are taken from its folder, those of settings from where their user stands.
void anchorPaths(Json &json, const std::filesystem::path &folder)
{
    for (const char *key : {"/manifest", "/loss/softLabels", "/init"}) {
        const Json::json_pointer place(key);
        if (!json.contains(place) || !json[place].is_string() || json[place] == "")
            continue;
        const auto path = folder / json[place].get<std::string>();
        std::error_code code;
        if (place.back() != "init" || std::filesystem::exists(path, code)) // else a package's id
            json[place] = path.lexically_normal().string();
    }
}

// "where: stages[0].size: ..." as "--set stages.0.size: ..." where that, more or less of it was set.
Error blamed(Error error, const std::string &where, const std::vector<RecipeSetting> &settings)
{
    if (!error.detail.starts_with(where + ": "))
        return error;
    const std::string rest = error.detail.substr(where.size() + 2);
    std::string key = rest.substr(0, rest.find(": "));
    std::erase(key, ']');
    std::ranges::replace(key, '[', '.');
    for (const auto &[name, value] : settings) {
        if ((key + '.').starts_with(name + '.') || (name + '.').starts_with(key + '.')) {
            error.detail = "--set " + name + (key == name ? rest.substr(rest.find(": ")) : ": " + rest);
            break;
        }
    }
    return error;
}

} // namespace

Augmentation noAugmentation()
{
    Augmentation none;
    for (double *value : {&none.rotate, &none.scale, &none.aspect, &none.shift, &none.window, &none.gamma,
                          &none.noise, &none.blur, &none.sharpen, &none.cover, &none.border})
        *value = 0;
    return none;
}

Result<Recipe> recipeFromJson(const std::string &text, const std::string &where,
                              const std::filesystem::path &folder, const std::vector<RecipeSetting> &settings)
{
    Json json = Json::parse(text, nullptr, false);
    if (!json.is_object())
        return fail(ErrorCode::UsageWrong,
                    where + ": expected a JSON object, found "
                        + (json.is_discarded() ? "text that is no JSON" : json.type_name()));
    anchorPaths(json, folder);
    if (const auto set = applySettings(json, settings); !set)
        return tl::unexpected(set.error());
    Recipe recipe;
    KeyReader reader(where, "", json, std::filesystem::current_path());
    visit(reader, recipe);
    reader.finish();
    if (reader.error())
        return tl::unexpected(blamed(*reader.error(), where, settings));
    if (const auto fits = checkTogether(recipe, json, where); !fits)
        return tl::unexpected(blamed(fits.error(), where, settings));
    return recipe;
}

std::string recipeToJson(const Recipe &recipe)
{
    Recipe copy = recipe; // visit takes what it may change
    KeyWriter writer;
    visit(writer, copy);
    return writer.json().dump(2) + "\n";
}

std::string decisiveKeys(const Recipe &recipe)
{
    const auto flat = [](const Recipe &full) {
        Recipe bare = full;
        for (std::string *text : {&bare.name, &bare.title, &bare.description, &bare.data, &bare.licence,
                                  &bare.weightsLicence, &bare.history})
            text->clear();
        bare.manifest.clear(); // the films themselves count
        bare.loss.softLabels.clear();
        bare.split = {};
        KeyWriter writer;
        visit(writer, bare);
        return writer.json().flatten();
    };
    const Json all = flat(recipe);
    const Json defaults = flat(Recipe{});
    Json differing = Json::object();
    for (const auto &[key, value] : all.items()) {
        if (!defaults.contains(key) || defaults[key] != value)
            differing[key] = value;
    }
    return differing.unflatten().dump();
}

Result<Recipe> readRecipe(const std::filesystem::path &file, const std::vector<RecipeSetting> &settings)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (in)
        text << in.rdbuf();
    if (!in)
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be opened for reading");
    auto recipe
        = recipeFromJson(text.str(), file.string(), std::filesystem::absolute(file).parent_path(), settings);
    if (recipe && recipe->name.empty())
        recipe->name = file.stem().string();
    return recipe;
}

namespace {

const Shelf shelf{"HILUM_RECIPES", "recipes", "recipe"};

} // namespace

std::vector<std::filesystem::path> recipeRoots() { return rootsOf(shelf); }

std::vector<std::filesystem::path> listRecipes() { return filesOn(shelf); }

Result<std::filesystem::path> findRecipe(const std::string &nameOrFile) { return findOn(shelf, nameOrFile); }

} // namespace hilum
