// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/ModelPackage.h"

#include "core/report/Csv.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <system_error>

namespace hilum {

namespace {

using Json = nlohmann::json;

constexpr int knownSchema = 1;
constexpr const char *bonePolarity = "bone-high modality values";

// Collects the first thing that is wrong with a card.
class CardReader {
public:
    CardReader(std::string where, const Json &json)
        : m_where(std::move(where))
        , m_json(json)
    {
    }

    std::string text(const char *key, bool required = true)
    {
        if (!m_json.contains(key)) {
            if (required)
                wrong(key, "text", "nothing");
            return {};
        }
        if (!m_json[key].is_string()) {
            wrong(key, "text", m_json[key].type_name());
            return {};
        }
        return m_json[key].get<std::string>();
    }

    double number(const char *key, double low, double high, double fallback)
    {
        if (!m_json.contains(key))
            return fallback;
        const Json &value = m_json[key];
        if (!value.is_number() || value.get<double>() < low || value.get<double>() > high) {
            wrong(key, "a number from " + csvNumber(low) + " to " + csvNumber(high), value.dump());
            return fallback;
        }
        return value.get<double>();
    }

    void wrong(const std::string &key, const std::string &expected, const std::string &found)
    {
        if (!m_error)
            m_error = Error{ErrorCode::ModelMismatch,
                            m_where + ": " + key + ": expected " + expected + ", found " + found};
    }

    const std::optional<Error> &error() const { return m_error; }

private:
    std::string m_where;
    const Json &m_json;
    std::optional<Error> m_error;
};

BandSpec readBandSpec(const Json &json, CardReader &reader)
{
    if (!json.is_object()) {
        reader.wrong("band", "an object", json.type_name());
        return {};
    }
    CardReader inside("band", json);
    BandSpec band;
    band.repeats = static_cast<int>(inside.number("repeats", 0, 1000, 0));
    band.level = inside.number("level", 0, 1, 0);
    band.spread = inside.number("spread", 0, 1e6, 0);
    band.extra = inside.number("extra", 0, 1e3, 0);
    band.coverage = inside.text("coverage", false);
    if (inside.error())
        reader.wrong("band", "repeats, level, spread and extra in their ranges", inside.error()->detail);
    return band;
}

double numberIn(const std::string &text)
{
    double value = std::numeric_limits<double>::quiet_NaN();
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

int wholeIn(const std::string &text, int fallback)
{
    int value = fallback;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

Result<void> writeText(const std::filesystem::path &file, const std::string &text)
{
    errno = 0;
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    out.flush();
    if (!out)
        return fail(ErrorCode::FileUnreadable,
                    file.string() + ": can't be written: " + std::generic_category().message(errno));
    return {};
}

// One number for all channels, or one for each.
void readThree(CardReader &reader, const Json &input, const char *key, double low,
               std::array<float, 3> &values)
{
    if (!input.is_object() || !input.contains(key))
        return;
    const Json &found = input[key];
    const auto isNumber = [&](const Json &one) {
        return one.is_number() && one.get<double>() >= low && std::abs(one.get<double>()) <= 1e6;
    };
    const bool isList = found.is_array() && (found.size() == 1 || found.size() == 3)
        && std::ranges::all_of(found, isNumber);
    if (!isNumber(found) && !isList) {
        reader.wrong(std::string("input.") + key,
                     low > 0 ? "a number above 0, or three: red, green, blue"
                             : "a number, or three: red, green, blue",
                     found.dump());
        return;
    }
    for (std::size_t c = 0; c < values.size(); ++c)
        values[c] = (isList ? found[found.size() == 1 ? 0 : c] : found).get<float>();
}

void readChannels(CardReader &reader, const Json &input, InputSpec &spec)
{
    const Json value = input.is_object() && input.contains("channels") ? input["channels"] : Json(1);
    if (value == "rgb")
        spec.channels = ChannelOrder::Rgb;
    else if (value == "bgr")
        spec.channels = ChannelOrder::Bgr;
    else if (value != 1 && value != "grey")
        reader.wrong("input.channels", "1, \"grey\", \"rgb\" or \"bgr\"", value.dump());
    readThree(reader, input, "mean", -1e6, spec.mean);
    readThree(reader, input, "std", 1e-9, spec.deviation);
}

// A file of the package's own folder.
std::string fileName(CardReader &reader, const Json &files, const char *key)
{
    const Json value = files.is_object() && files.contains(key) ? files[key] : Json(nullptr);
    const std::string name = value.is_string() ? value.get<std::string>() : std::string();
    if (name.empty() || name.front() == '.' || name.find('/') != std::string::npos)
        reader.wrong(std::string("files.") + key, "the name of a file beside the card", value.dump());
    return name;
}

ImportedNetwork readImported(CardReader &reader, const Json &json)
{
    ImportedNetwork imported;
    const Json files = json.contains("files") ? json["files"] : Json(nullptr);
    const bool isSplit = files.is_object() && files.contains("head");
    imported.model = fileName(reader, files, isSplit ? "features" : "model");
    if (isSplit)
        imported.head = fileName(reader, files, "head");
    const Json outputs = json.contains("outputs") ? json["outputs"] : Json("logits");
    if (outputs != "logits" && outputs != "probabilities")
        reader.wrong("outputs", "logits or probabilities", outputs.dump());
    imported.outputs
        = outputs == "probabilities" ? NetworkOutputs::Probabilities : NetworkOutputs::AnyNumbers;
    imported.origin = reader.text("origin", false);
    return imported;
}

// The keys of `input` but size; each may be left out.
void readInput(CardReader &reader, const Json &input, InputSpec &spec)
{
    const auto chosen = [&](const char *key, const char *first, const char *second) {
        const Json value = input.is_object() && input.contains(key) ? input[key] : Json(first);
        if (value != first && value != second)
            reader.wrong(std::string("input.") + key,
                         first + (std::string(second).empty() ? "" : std::string(" or ") + second),
                         value.dump());
        return value == second;
    };
    chosen("resample", "area", "");
    chosen("polarity", bonePolarity, "");
    spec.crop = chosen("crop", "centre-square", "squeeze") ? Crop::Squeeze : Crop::CentreSquare;
    spec.standardise = chosen("standardise", "per-film", "unit") ? Standardise::Unit : Standardise::PerFilm;
    if (input.is_object() && input.contains("equalise")) {
        if (!input["equalise"].is_boolean())
            reader.wrong("input.equalise", "true or false", input["equalise"].dump());
        else
            spec.equalise = input["equalise"].get<bool>();
    }
    readChannels(reader, input, spec);
}

void writeImported(const ModelCard &card, nlohmann::ordered_json &json)
{
    const ImportedNetwork &imported = *card.imported;
    json["imported"] = true;
    json["files"] = imported.isSplit()
        ? nlohmann::ordered_json{{"features", imported.model}, {"head", imported.head}}
        : nlohmann::ordered_json{{"model", imported.model}};
    json["outputs"] = imported.outputs == NetworkOutputs::AnyNumbers ? "logits" : "probabilities";
    json["origin"] = imported.origin;
}

void writeChannels(const ModelCard &card, nlohmann::ordered_json &input)
{
    if (card.input.channels != ChannelOrder::Grey)
        input["channels"] = card.input.channels == ChannelOrder::Rgb ? "rgb" : "bgr";
    // As people write them: 0.485, not the float next to it.
    const auto three = [](const std::array<float, 3> &values) {
        std::array<double, 3> written{};
        std::ranges::transform(values, written.begin(), [](float value) {
            std::array<char, 32> text{};
            const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
            double same = 0;
            std::from_chars(text.data(), end, same);
            return same;
        });
        return written;
    };
    input["mean"] = three(card.input.mean);
    input["std"] = three(card.input.deviation);
}

} // namespace

Result<ModelCard> readCard(const std::filesystem::path &file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be opened for reading");
    const std::string text(std::istreambuf_iterator<char>(in), {});
    return cardOf(text, file.string());
}

Result<ModelCard> cardOf(const std::string &text, const std::string &where)
{
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded() || !json.is_object())
        return fail(ErrorCode::ModelMismatch, where + ": expected a JSON object");

    CardReader reader(where, json);
    ModelCard card;
    card.schemaVersion = static_cast<int>(reader.number("schemaVersion", 1, 1e6, 0));
    if (card.schemaVersion != knownSchema)
        reader.wrong("schemaVersion", std::to_string(knownSchema), std::to_string(card.schemaVersion));
    card.id = reader.text("id");
    card.title = reader.text("title", false);
    if (card.title.empty())
        card.title = card.id;
    card.architecture = reader.text("architecture");
    if (json.contains("classes") && json["classes"].is_array() && json["classes"].size() >= 2) {
        std::set<std::string> seen;
        for (const Json &name : json["classes"]) {
            if (!name.is_string() || !seen.insert(name.get<std::string>()).second)
                reader.wrong("classes", "different names", json["classes"].dump());
            else
                card.classes.push_back(name.get<std::string>());
        }
    } else {
        reader.wrong("classes", "a list of at least two names", "something else");
    }
    const Json input = json.contains("input") ? json["input"] : Json::object();
    const int size = input.is_object() && input.contains("size") && input["size"].is_number_integer()
        ? input["size"].get<int>()
        : 0;
    if (size < 32 || size > 4096)
        reader.wrong("input.size", "32 to 4096", std::to_string(size));
    card.input.size = size;
    readInput(reader, input, card.input);
    card.temperature = reader.number("temperature", 1e-3, 1e3, 1);
    if (json.contains("calibrated") && !json["calibrated"].is_boolean())
        reader.wrong("calibrated", "true or false", json["calibrated"].dump());
    card.calibrated = json.contains("calibrated") && json["calibrated"] == true;
    card.operatingPoint = reader.number("operatingPoint", 0, 1, 0.5);
    card.weightsSha256 = reader.text("weightsSha256");
    card.trainingData = reader.text("trainingData", false);
    card.trainingDataLicence = reader.text("trainingDataLicence", false);
    card.weightsLicence = reader.text("weightsLicence", false);
    card.recipe = reader.text("recipe", false);
    card.intendedUse = reader.text("intendedUse", false);
    card.limits = reader.text("limits", false);
    card.version = reader.text("version", false);
    if (json.contains("gate"))
        card.gate = reader.text("gate");
    if (card.gate != "chest-film" && card.gate != "none")
        reader.wrong("gate", "chest-film or none", card.gate);
    if (json.contains("band"))
        card.band = readBandSpec(json["band"], reader);
    if (json.contains("imported") && !json["imported"].is_boolean())
        reader.wrong("imported", "true or false", json["imported"].dump());
    if (json.contains("imported") && json["imported"] == true)
        card.imported = readImported(reader, json);
    if (reader.error())
        return tl::unexpected(*reader.error());
    return card;
}

Result<void> writeCard(const ModelCard &card, const std::filesystem::path &file)
{
    nlohmann::ordered_json json;
    json["schemaVersion"] = card.schemaVersion;
    json["id"] = card.id;
    json["title"] = card.title;
    json["architecture"] = card.architecture;
    json["classes"] = card.classes;
    json["input"] = {{"channels", 1},
                     {"size", card.input.size},
                     {"crop", card.input.crop == Crop::Squeeze ? "squeeze" : "centre-square"},
                     {"resample", "area"},
                     {"standardise", card.input.standardise == Standardise::Unit ? "unit" : "per-film"},
                     {"equalise", card.input.equalise},
                     {"polarity", bonePolarity}};
    const InputSpec plain;
    if (card.imported || card.input.channels != plain.channels || card.input.mean != plain.mean
        || card.input.deviation != plain.deviation)
        writeChannels(card, json["input"]);
    if (card.imported)
        writeImported(card, json);
    json["temperature"] = card.temperature;
    json["calibrated"] = card.calibrated;
    json["operatingPoint"] = card.operatingPoint;
    json["weightsSha256"] = card.weightsSha256;
    json["version"] = card.version;
    json["trainingData"] = card.trainingData;
    json["trainingDataLicence"] = card.trainingDataLicence;
    if (!card.weightsLicence.empty())
        json["weightsLicence"] = card.weightsLicence;
    json["recipe"] = card.recipe;
    json["intendedUse"] = card.intendedUse;
    json["limits"] = card.limits;
    json["gate"] = card.gate;
    if (card.band.repeats > 0)
        json["band"] = {{"repeats", card.band.repeats},
                        {"level", card.band.level},
                        {"spread", card.band.spread},
                        {"extra", card.band.extra},
                        {"coverage", card.band.coverage}};
    return writeText(file, json.dump(2) + "\n");
}

Result<ModelPackage> readPackage(const std::filesystem::path &folder)
{
    auto card = readCard(folder / "card.json");
    if (!card)
        return tl::unexpected(card.error());
    return ModelPackage{folder, std::move(*card)};
}

PackageListing listPackages(const std::vector<std::filesystem::path> &roots)
{
    PackageListing listing;
    std::set<std::string> ids;
    for (const auto &root : roots) {
        std::error_code code;
        std::vector<std::filesystem::path> folders;
        for (const auto &entry : std::filesystem::directory_iterator(root, code)) {
            if (std::filesystem::exists(entry.path() / "card.json", code))
                folders.push_back(entry.path());
        }
        std::ranges::sort(folders);
        for (const auto &folder : folders) {
            auto package = readPackage(folder);
            if (!package)
                listing.broken.push_back(package.error());
            else if (ids.insert(package->card.id).second) // the first root wins
                listing.packages.push_back(std::move(*package));
        }
    }
    return listing;
}

std::vector<std::filesystem::path> modelRoots()
{
    std::vector<std::filesystem::path> roots;
    if (const char *named = std::getenv("HILUM_MODELS"))
        roots.emplace_back(named);
    std::error_code code;
    const auto beside = std::filesystem::read_symlink("/proc/self/exe", code).parent_path();
    // Installed: share/hilum/models; in a build tree: the source's models/ two levels up.
    for (const char *way : {"models", "../share/hilum/models", "../models", "../../models"}) {
        const auto root = (beside / way).lexically_normal();
        if (std::filesystem::is_directory(root, code)) {
            roots.push_back(root);
            break;
        }
    }
    if (auto own = ownModels(); !own.empty())
        roots.push_back(std::move(own));
    return roots;
}

std::filesystem::path ownModels()
{
    if (const char *data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data != '\0')
        return std::filesystem::path(data) / "hilum" / "models";
    if (const char *home = std::getenv("HOME"))
        return std::filesystem::path(home) / ".local/share/hilum/models";
    return {};
}

Result<TrainingHistory> readHistory(const std::filesystem::path &file)
{
    const auto table = readCsv(file);
    if (!table)
        return tl::unexpected(table.error());
    constexpr std::array columns{"epoch", "split", "loss", "accuracy", "auc", "learning_rate", "seconds"};
    std::array<std::size_t, columns.size()> at{};
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const int column = table->column(columns[i]);
        if (column < 0)
            return fail(ErrorCode::ModelMismatch,
                        file.string() + ": expected a column " + columns[i] + ", found none");
        at[i] = static_cast<std::size_t>(column);
    }
    TrainingHistory history;
    for (const auto &row : table->rows)
        history.records.push_back({wholeIn(row[at[0]], 0), row[at[1]], numberIn(row[at[2]]),
                                   numberIn(row[at[3]]), numberIn(row[at[4]]), numberIn(row[at[5]]),
                                   numberIn(row[at[6]])});
    return history;
}

Result<void> writeHistory(const TrainingHistory &history, const std::filesystem::path &file)
{
    std::string text = "epoch,split,loss,accuracy,auc,learning_rate,seconds\n";
    for (const EpochRecord &r : history.records)
        text += std::to_string(r.epoch) + ',' + csvField(r.split) + ',' + csvNumber(r.loss) + ','
            + csvNumber(r.accuracy) + ',' + csvNumber(r.auc) + ',' + csvNumber(r.learningRate) + ','
            + csvNumber(r.seconds) + '\n';
    return writeText(file, text);
}

Result<std::vector<HeldOutPrediction>> readPredictions(const std::filesystem::path &file,
                                                       const std::vector<std::string> &classes)
{
    const auto table = readCsv(file);
    if (!table)
        return tl::unexpected(table.error());
    const auto need = [&](const std::string &name) { return table->column(name); };
    std::vector<int> probabilityColumns;
    for (const std::string &name : classes)
        probabilityColumns.push_back(need("p_" + name));
    const int film = need("film");
    const int truth = need("truth");
    if (film < 0 || truth < 0 || std::ranges::min(probabilityColumns) < 0)
        return fail(ErrorCode::ModelMismatch,
                    file.string()
                        + ": expected the columns film, truth and p_<class> for every class of the card");
    const int group = need("group");
    const int fold = need("fold");
    const int source = need("source");
    std::vector<HeldOutPrediction> predictions;
    for (const auto &row : table->rows) {
        const auto text
            = [&](int column) { return column < 0 ? std::string() : row[static_cast<std::size_t>(column)]; };
        HeldOutPrediction p{text(film), text(group), wholeIn(text(fold), -1), text(truth), text(source), {}};
        for (const int column : probabilityColumns)
            p.probabilities.push_back(numberIn(text(column)));
        predictions.push_back(std::move(p));
    }
    return predictions;
}

Result<void> writePredictions(const std::vector<HeldOutPrediction> &predictions,
                              const std::vector<std::string> &classes, const std::filesystem::path &file)
{
    std::string text = "film,group,fold,truth";
    for (const std::string &name : classes)
        text += ',' + csvField("p_" + name);
    text += ",source\n";
    for (const HeldOutPrediction &p : predictions) {
        text += csvField(p.film) + ',' + csvField(p.group) + ',' + std::to_string(p.fold) + ','
            + csvField(p.truth);
        for (const double probability : p.probabilities)
            text += ',' + csvNumber(probability);
        text += ',' + csvField(p.source) + '\n';
    }
    return writeText(file, text);
}

} // namespace hilum
