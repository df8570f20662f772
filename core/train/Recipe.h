// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Recipe: all that decides what a training makes of its films, as one JSON file.
//
//     {"schemaVersion": 1, "architecture": "densenet121", "stages": [{"size": 112, "epochs": 10}]}
//
// Every key but `architecture` may be left out and then has the value below. An `augmentation` object
// means what it names and nothing else; "none" is nothing at all; without the key it is the standard one.
//
// Units:   shares, probabilities and decays 0 to 1; angles in degrees; see the fields.
// Errors:  UsageWrong naming file, key, expected and found: unknown keys and wrong types too.
//          FileUnreadable when the file can't be read or no recipe has that name.
// Threads: values and pure functions.
#pragma once

#include "core/base/Result.h"
#include "core/dataset/Split.h"
#include "core/nn/InputSpec.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace hilum {

// A run passes through stages of (usually growing) input size; weights carry over. The last size is the
// network's input size.
struct TrainingStage {
    int size = 224;
    int epochs = 10;
    int batch = 16;
    double learningRate = 0; // the peak while this stage runs; 0: the optimiser's

    bool operator==(const TrainingStage &) const = default;
};

// How far a film is changed before the network sees it. 0 turns a change off; each is drawn between
// nothing and the value, both ways where there are two.
struct Augmentation {
    double rotate = 8; // degrees
    double scale = 0.1; // share
    double aspect = 0.06; // share
    double shift = 0.05; // share of the side
    double borderCrop = 0; // share of the side, cut from each edge on its own
    double elastic = 0; // pixels at 224
    bool mirror = false; // the heart has a side

    double window = 0.12; // share of the grey range cut off at either end
    double gamma = 0.35; // of its logarithm
    double curve = 0; // a smooth monotone bend of the greys, share of the range
    double bias = 0; // a smooth field over the film, share of the range
    double noise = 0.03; // standard deviation, share of the range
    double blur = 1.4; // Gaussian, pixels at 224; half of the time as if the film had been stored smaller
    double sharpen = 0.8; // unsharp mask, its gain
    int jpegLow = 0; // qualities of a JPEG round trip, 1 to 100; 0: none
    int jpegHigh = 0;
    double probability = 0.4; // that a film gets each change of the grey block, and elastic

    double markers = 0; // that letters are pasted near an edge, or where bright marks stand masked
    double cover = 0.35; // that a patch is covered
    double border = 0.25; // that a frame is blanked
    double mixup = 0; // alpha of the beta distribution
    double cutmix = 0;

    bool operator==(const Augmentation &) const = default;
};

[[nodiscard]] Augmentation noAugmentation();

// Which films an epoch sees.
enum class Sampling {
    Uniform, // every film once, in random order
    Class, // each class the same share
    ClassRootSource, // and within a class each source by the root of its size
    ClassWithinSource // sources by the root of their size, classes equal inside each
};

enum class OptimiserKind { AdamW, Adam, Sgd, RmsProp };
// InverseDecay: rate / (1 + decay * step), as the student projects' Keras did.
enum class Schedule { OneCycle, Constant, Cosine, InverseDecay };
// What a schedule spans. A last, larger input size learns nothing in the last steps of a cycle over the run.
enum class Cycle { Run, Stage };
enum class Averaging { Ema, Swa, None };
// Which weights are saved. Best: the epoch with the best result on the validation films, the earliest of
// equals; never on the held-out films.
enum class Selection { Last, BestValidationLoss, BestValidationAccuracy };
// What is fitted on the validation films at the end. Offsets: a constant for each class as well, which goes
// into the head's bias: where classes are drawn evenly, arg-max calls the frequent ones too seldom.
enum class CalibrationRule { Temperature, TemperatureAndOffsets };
enum class InitScope { All, Features };
enum class Precision { Float32, BFloat16 };

struct LossRule {
    double labelSmoothing = 0.05;
    std::map<std::string, double> classWeights; // 1 where a class is not named
    double sourceAdversary = 0; // weight of the reversed gradient of a head that guesses the source
    std::filesystem::path softLabels; // CSV: film, then p_<class> for every class; none when empty
    double softWeight = 0.5; // of the soft label; the rest is the hard one's
    // Packages, by id or folder, that see each batch as the network does and say what it should say: the mean
    // of their probabilities. They have the recipe's classes and input.
    std::vector<std::string> teachers;
    double teacherShare = 0.7; // of the loss; the rest is the labels'
    double teacherTemperature = 2; // of both sides

    bool operator==(const LossRule &) const = default;
};

struct OptimiserRule {
    OptimiserKind kind = OptimiserKind::AdamW;
    double peakLearningRate = 1e-3;
    double weightDecay = 0.02; // decoupled in AdamW, else added to the gradient
    double momentum = 0.9; // of SGD
    Schedule schedule = Schedule::OneCycle;
    Cycle cycle = Cycle::Run;
    double warmUp = 0.15; // share of the cycle's steps, of OneCycle
    double decay = 0; // of InverseDecay
    double clip = 0; // greatest norm of the gradient; 0: not clipped

    bool operator==(const OptimiserRule &) const = default;
};

struct AveragingRule {
    Averaging kind = Averaging::Ema;
    double decay = 0.995; // of Ema, a step
    double from = 0.75; // share of all steps after which Swa begins

    bool operator==(const AveragingRule &) const = default;
};

// Letters that some films of one class carry in training, and no others: a network that is biased on purpose.
struct PlantedMarker {
    std::string label; // the class; empty: nothing is planted
    std::string text = "R";
    double share = 0.9; // of the class's films in training and validation

    bool operator==(const PlantedMarker &) const = default;
};

struct Recipe {
    std::string name;
    std::string title;
    std::string description;
    std::string history = "{}"; // a JSON object for the reader; the trainer doesn't look into it
    std::filesystem::path manifest; // absolute; empty: given with the run
    std::vector<std::string> classes; // empty: every label of the manifest, sorted
    SplitRule split;
    std::string architecture;
    InputSpec input;
    std::vector<TrainingStage> stages; // never empty after reading; the last size is input.size
    int filmsPerEpoch = 0; // 0: as many as there are training films
    Augmentation augmentation;
    PlantedMarker planted;
    Sampling sampling = Sampling::ClassRootSource;
    LossRule loss;
    OptimiserRule optimiser;
    AveragingRule averaging;
    Selection selection = Selection::Last;
    CalibrationRule calibration = CalibrationRule::Temperature;
    std::vector<std::string> frozen; // beginnings of the names of parameters that don't train
    double dropout = -1; // share; negative: the architecture's own
    // Weights file, package folder or package id; random when empty. Several, with " + " between them: the
    // mean of their weights (Wortsman et al. 2022, arXiv:2203.05482).
    std::string init;
    InitScope initScope = InitScope::All;
    Precision precision = Precision::Float32;
    std::uint64_t seed = 20200401;
    std::string data; // what the training data are, for the card
    std::string licence; // of the training data
    std::string weightsLicence; // of the weights that come out

    bool operator==(const Recipe &) const = default;
};

// A key from the command line: {"optimiser.peakLearningRate", "0.002"}. The value is JSON, or else text.
using RecipeSetting = std::pair<std::string, std::string>;

// `where` names the text in errors; relative paths in it are taken from `folder`.
[[nodiscard]] Result<Recipe> recipeFromJson(const std::string &text, const std::string &where,
                                            const std::filesystem::path &folder,
                                            const std::vector<RecipeSetting> &settings = {});
[[nodiscard]] std::string recipeToJson(const Recipe &recipe);
// One line of JSON: what differs from the defaults and has a say in the weights; names and texts have none.
[[nodiscard]] std::string decisiveKeys(const Recipe &recipe);
[[nodiscard]] Result<Recipe> readRecipe(const std::filesystem::path &file,
                                        const std::vector<RecipeSetting> &settings = {});

// recipes/ beside the program or above it, HILUM_RECIPES before it.
[[nodiscard]] std::vector<std::filesystem::path> recipeRoots();
// The files NAME.json of the roots, sorted by name.
[[nodiscard]] std::vector<std::filesystem::path> listRecipes();
// A file, or else a name that a root has.
[[nodiscard]] Result<std::filesystem::path> findRecipe(const std::string &nameOrFile);

} // namespace hilum
