// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a run keeps, so that it can go on after it was killed at any moment. A checkpoint is written beside
// the old one and renamed over it; history.csv is written from it, never the other way round.

#include "core/base/Sha256.h"
#include "core/nn/Weights.h"
#include "core/report/Csv.h"
#include "core/report/KeyReader.h"
#include "core/train/Run.h"

#include <ATen/ATen.h>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <sstream>
#include <system_error>

namespace hilum {

namespace {

using Arrays = std::map<std::string, NamedArray>;

void put(Arrays &arrays, const std::string &prefix, const torch::nn::Module &module)
{
    for (const auto &[name, value] : stateOf(module))
        arrays[prefix + name] = arrayOf(value, value.is_floating_point() ? TensorType::F32 : TensorType::I64);
}

Result<void> take(const Arrays &arrays, const std::string &prefix, const torch::nn::Module &module,
                  const std::string &where)
{
    const at::NoGradGuard noGradients;
    for (auto &[name, value] : stateOf(module)) {
        const auto found = arrays.find(prefix + name);
        if (found == arrays.end() || found->second.shape != value.sizes().vec())
            return fail(ErrorCode::ModelMismatch,
                        where + ": expected a tensor " + prefix + name + " of the network's shape");
        value.copy_(tensorOf(found->second));
    }
    return {};
}

// Numbers of the metadata, by name.
class Numbers {
public:
    Numbers(const std::map<std::string, std::string> &metadata, std::string where)
        : m_metadata(metadata)
        , m_where(std::move(where))
    {
    }
    template <class Number>
    void read(const char *name, Number &target)
    {
        const auto found = m_metadata.find(name);
        const std::string text = found == m_metadata.end() ? "" : found->second;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), target);
        if (!m_error && (error != std::errc() || end != text.data() + text.size()))
            m_error = Error{ErrorCode::ModelMismatch,
                            m_where + ": " + name + ": expected a number, found \"" + text + "\""};
    }
    Result<void> result() const { return m_error ? Result<void>(tl::unexpected(*m_error)) : Result<void>(); }

private:
    const std::map<std::string, std::string> &m_metadata;
    std::string m_where;
    std::optional<Error> m_error;
};

std::string historyText(const TrainingHistory &history)
{
    std::string text;
    for (const EpochRecord &r : history.records) {
        text += std::to_string(r.epoch) + ' ' + r.split;
        for (const double value : {r.loss, r.accuracy, r.auc, r.learningRate, r.seconds})
            text += ' ' + csvNumber(value);
        text += '\n';
    }
    return text;
}

Result<TrainingHistory> historyFromText(const std::string &text, const std::string &where)
{
    TrainingHistory history;
    std::istringstream lines(text);
    std::string line;
    while (std::getline(lines, line)) {
        std::istringstream words(line);
        EpochRecord record;
        words >> record.epoch >> record.split;
        for (double *value :
             {&record.loss, &record.accuracy, &record.auc, &record.learningRate, &record.seconds}) {
            std::string word;
            words >> word;
            const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), *value);
            if (error != std::errc() || end != word.data() + word.size())
                return fail(ErrorCode::ModelMismatch,
                            where + ": history: expected a number, found \"" + word + "\"");
        }
        history.records.push_back(record);
    }
    return history;
}

// "seed 1, now 2; stages/0/epochs 4, now 8"
std::string differences(const std::string &before, const std::string &now)
{
    const Json was = Json::parse(before, nullptr, false);
    const Json is = Json::parse(now, nullptr, false);
    std::string text;
    if (was.is_object() && is.is_object() && was != is) {
        const Json flatWas = was.flatten();
        const Json flatIs = is.flatten();
        const auto valueIn = [](const Json &flat, const std::string &key) {
            return flat.contains(key) ? flat[key].dump() : "by default";
        };
        Json keys = flatWas;
        keys.update(flatIs);
        for (const auto &[key, unused] : keys.items()) {
            const std::string old = valueIn(flatWas, key);
            const std::string fresh = valueIn(flatIs, key);
            if (old != fresh)
                text += (text.empty() ? "" : "; ") + key.substr(1) + " " + old + ", now " + fresh;
        }
    }
    return text.empty() ? "its films, first weights or number of processes are others" : text;
}

} // namespace

std::string Run::fingerprint() const
{
    std::string text = decisiveKeys(m_recipe) + '\n' + m_filmsHash + '\n' + m_initHash + m_teachers.hashes();
    if (m_peers.size() > 1)
        text += "\nprocesses " + std::to_string(m_peers.size());
    for (const TrainingFilm &film : m_films.train) {
        for (const float share : film.soft)
            text += csvNumber(static_cast<double>(share)) + ' ';
    }
    return sha256(std::as_bytes(std::span(text)));
}

Result<void> Run::saveCheckpoint(const std::filesystem::path &file)
{
    m_lastSave = Clock::now();
    if (!m_peers.isFirst())
        return {};
    SafetensorsFile content;
    put(content.arrays, "network.", *m_network);
    if (m_average.isOwn())
        put(content.arrays, "average.", m_average.network());
    if (m_adversary)
        put(content.arrays, "adversary.", *m_adversary);
    m_optimiser->save(content.arrays);
    content.metadata = {{"fingerprint", fingerprint()},
                        {"recipe", decisiveKeys(m_recipe)},
                        {"step", std::to_string(m_step)},
                        {"epochsDone", std::to_string(m_epochsDone)},
                        {"stepInEpoch", std::to_string(m_stepInEpoch)},
                        {"lossSum", csvNumber(m_lossSum)},
                        {"correct", csvNumber(m_correct)},
                        {"epochSeconds", csvNumber(m_epochSeconds)},
                        {"bestEpoch", std::to_string(m_bestEpoch)},
                        {"bestScore", csvNumber(m_bestScore)},
                        {"history", historyText(m_history)}};
    return writeSafetensors(content, file);
}

Result<void> Run::openFolder() const
{
    if (!m_peers.isFirst())
        return {};
    const auto refused = [&](const std::string &why) {
        return fail(ErrorCode::FileUnreadable,
                    m_plan.folder.string() + ": expected a folder that can be written to: " + why);
    };
    std::error_code code;
    std::filesystem::create_directories(m_plan.folder, code);
    if (code)
        return refused(code.message());
    const auto probe = m_plan.folder / "training.part";
    errno = 0;
    std::ofstream out(probe);
    out << "written to see whether it can be\n";
    out.close();
    if (!out)
        return refused(std::generic_category().message(errno));
    std::filesystem::remove(probe, code);
    return {};
}

Result<void> Run::resume()
{
    if (m_peers.isFirst()) {
        if (const auto read = readCheckpoint(); !read)
            return read;
        if (const auto looked = lookForFinished(); !looked)
            return looked;
    }
    shareState();
    return {};
}

void Run::shareState()
{
    if (m_peers.size() == 1)
        return;
    std::vector<torch::Tensor> tensors = m_optimiser->state();
    const auto add = [&](const torch::nn::Module &module) {
        for (const auto &[name, value] : stateOf(module))
            tensors.push_back(value);
    };
    add(*m_network);
    if (m_average.isOwn())
        add(m_average.network());
    if (m_adversary)
        add(*m_adversary);
    const torch::Tensor counters
        = at::tensor(std::vector<std::int64_t>{m_step, m_epochsDone, m_stepInEpoch}).to(m_device);
    tensors.push_back(counters);
    m_peers.copyFromFirst(tensors);
    const torch::Tensor told = counters.to(at::kCPU);
    m_step = static_cast<int>(told[0].item().toLong());
    m_epochsDone = static_cast<int>(told[1].item().toLong());
    m_stepInEpoch = static_cast<int>(told[2].item().toLong());
    m_optimiser->setSteps(m_step);
}

Result<void> Run::readCheckpoint()
{
    std::error_code code;
    const std::string where = checkpointFile().string();
    if (!std::filesystem::exists(checkpointFile(), code))
        return {};
    auto file = readSafetensors(checkpointFile());
    if (!file)
        return tl::unexpected(file.error());
    if (file->metadata["fingerprint"] != fingerprint())
        return fail(ErrorCode::ModelMismatch,
                    where + ": expected a checkpoint of this run, found one of another: "
                        + differences(file->metadata["recipe"], decisiveKeys(m_recipe))
                        + ". Choose another folder, or remove the checkpoint to begin anew");
    if (const auto taken = take(file->arrays, "network.", *m_network, where); !taken)
        return taken;
    if (m_average.isOwn()) {
        if (const auto taken = take(file->arrays, "average.", m_average.network(), where); !taken)
            return taken;
    }
    if (m_adversary) {
        if (const auto taken = take(file->arrays, "adversary.", *m_adversary, where); !taken)
            return taken;
    }
    Numbers numbers(file->metadata, where);
    numbers.read("step", m_step);
    numbers.read("epochsDone", m_epochsDone);
    numbers.read("stepInEpoch", m_stepInEpoch);
    numbers.read("lossSum", m_lossSum);
    numbers.read("correct", m_correct);
    numbers.read("epochSeconds", m_epochSeconds);
    numbers.read("bestEpoch", m_bestEpoch);
    numbers.read("bestScore", m_bestScore);
    if (const auto read = numbers.result(); !read)
        return read;
    if (const auto loaded = m_optimiser->load(file->arrays, m_step, where); !loaded)
        return loaded;
    auto history = historyFromText(file->metadata["history"], where);
    if (!history)
        return tl::unexpected(history.error());
    m_history = std::move(*history);
    return writeHistory(m_history, m_plan.folder / "history.csv");
}

// The same command once more finds it finished; another one must not overwrite it.
Result<void> Run::lookForFinished()
{
    std::error_code code;
    const auto card = m_plan.folder / "card.json";
    if (std::filesystem::exists(checkpointFile(), code) || !std::filesystem::exists(card, code))
        return {};
    const auto there = readCard(card);
    const bool isOurs = there && there->recipe.starts_with(recipeStart())
        && there->recipe.find(partsText()) != std::string::npos;
    if (!isOurs)
        return fail(ErrorCode::UsageWrong,
                    m_plan.folder.string()
                        + ": expected a new folder or a run's checkpoint, found a finished network"
                        + (there ? " (" + there->id + ", " + there->version + ")" : "")
                        + ". Choose another folder, or remove what is there");
    auto history = readHistory(m_plan.folder / "history.csv");
    if (!history)
        return tl::unexpected(history.error());
    const auto predictions = readPredictions(m_plan.folder / "predictions.csv", m_recipe.classes);
    if (!predictions)
        return tl::unexpected(predictions.error());
    note("this network was finished before; remove its folder to train it again");
    m_finished = TrainingOutcome{m_plan.folder, *there, std::move(*history), totalEpochs(),
                                 accuracyOf(*predictions)};
    m_epochsDone = totalEpochs();
    return {};
}

// The earliest of equals; only epochs at the input size that the package will have compete.
Result<void> Run::keepBest(const TrainingStage &stage, int number, const Quality &validation)
{
    if (!m_peers.isFirst() || m_recipe.selection == Selection::Last || stage.size != m_recipe.input.size)
        return {};
    const double score
        = m_recipe.selection == Selection::BestValidationLoss ? -validation.loss : validation.accuracy;
    if (m_bestEpoch > 0 && !(score > m_bestScore))
        return {};
    m_bestEpoch = number;
    m_bestScore = score;
    SafetensorsFile best;
    put(best.arrays, "", m_average.network());
    best.metadata["epoch"] = std::to_string(number);
    return writeSafetensors(best, bestFile());
}

} // namespace hilum
