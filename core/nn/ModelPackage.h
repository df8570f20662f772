// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ModelPackage: a folder models/<id>/ with card.json, weights.safetensors, history.csv and
// predictions.csv. The program trusts the card, not a constant in code.
//
// Errors:  readPackage: FileUnreadable when the card is not there, ModelMismatch when it does not
//          hold what it must (the detail names key, expected and found). A package without history
//          or predictions is a package with empty ones.
// Threads: pure functions over files.
#pragma once

#include "core/base/Result.h"
#include "core/metrics/TrainingHistory.h"
#include "core/nn/InputSpec.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hilum {

// How wide the band around a probability is (core/gate/Band.h); no repeats: the package has no band.
struct BandSpec {
    int repeats = 0;
    double level = 0; // share of readings and of groups of films that their bands hold
    double spread = 0; // of the repeats' standard deviation
    double extra = 0; // logits
    std::string coverage; // measured on held-out films, a sentence

    bool operator==(const BandSpec &) const = default;
};

enum class NetworkOutputs { AnyNumbers, Probabilities }; // any numbers: logits

// A TorchScript file that somebody else made, or two: the features, and the head that takes what they give.
struct ImportedNetwork {
    std::string model = "model.pt"; // in the package's folder; of a split network its features
    std::string head; // empty: the network is in one piece
    NetworkOutputs outputs = NetworkOutputs::AnyNumbers;
    std::string origin; // where it came from, a sentence

    bool isSplit() const { return !head.empty(); }
    bool operator==(const ImportedNetwork &) const = default;
};
inline constexpr const char *importedArchitecture = "torchscript";

struct ModelCard {
    int schemaVersion = 1;
    std::string id; // "vgg16": the folder's name
    std::string title; // "VGG16"
    std::string architecture; // "vgg16", "densenet121"
    std::vector<std::string> classes;
    InputSpec input;
    double temperature = 1; // logits are divided by it
    bool calibrated = false;
    double operatingPoint = 0.5; // threshold of the first class's probability v the rest, on validation films
    std::string weightsSha256;
    std::string trainingData;
    std::string trainingDataLicence;
    std::string weightsLicence; // of the weights themselves
    std::string recipe;
    std::string intendedUse;
    std::string limits;
    std::string version; // ISO date of the training
    std::string gate = "chest-film"; // or "none": any picture may be read
    BandSpec band;
    std::optional<ImportedNetwork> imported; // never checked by Hilum; runs in a process of its own
};

// One held-out film and what the network said of it.
struct HeldOutPrediction {
    std::string film;
    std::string group;
    int fold = -1;
    std::string truth;
    std::string source;
    std::vector<double> probabilities; // in class order
};

struct ModelPackage {
    std::filesystem::path folder;
    ModelCard card;

    std::filesystem::path weights() const
    {
        return folder / (card.imported ? card.imported->model : "weights.safetensors");
    }
};

[[nodiscard]] Result<ModelCard> readCard(const std::filesystem::path &file);
// `where` names the card in errors.
[[nodiscard]] Result<ModelCard> cardOf(const std::string &json, const std::string &where);
[[nodiscard]] Result<void> writeCard(const ModelCard &card, const std::filesystem::path &file);
[[nodiscard]] Result<ModelPackage> readPackage(const std::filesystem::path &folder);

// Every folder below `root` that holds a card.json, by id; broken ones are reported by `broken`.
struct PackageListing {
    std::vector<ModelPackage> packages;
    std::vector<Error> broken;
};
[[nodiscard]] PackageListing listPackages(const std::vector<std::filesystem::path> &roots);

// models/ beside the program or above it, HILUM_MODELS, and the user's model folder.
[[nodiscard]] std::vector<std::filesystem::path> modelRoots();
// The last of them; empty for a user without a home.
[[nodiscard]] std::filesystem::path ownModels();

[[nodiscard]] Result<TrainingHistory> readHistory(const std::filesystem::path &file);
[[nodiscard]] Result<void> writeHistory(const TrainingHistory &history, const std::filesystem::path &file);
[[nodiscard]] Result<std::vector<HeldOutPrediction>> readPredictions(const std::filesystem::path &file,
                                                                     const std::vector<std::string> &classes);
[[nodiscard]] Result<void> writePredictions(const std::vector<HeldOutPrediction> &predictions,
                                            const std::vector<std::string> &classes,
                                            const std::filesystem::path &file);

} // namespace hilum
