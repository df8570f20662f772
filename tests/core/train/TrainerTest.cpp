// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/Trainer.h"
#include "core/gate/Band.h"
#include "core/module/NetworkClassifier.h"
#include "core/nn/Safetensors.h"
#include "core/nn/Weights.h"
#include "core/train/Augment.h"
#include "core/train/Sampling.h"
#include "core/train/Scoring.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>
#include <torch/types.h>

using namespace hilum;

namespace {

// Films that a child could tell apart: where the bright spot lies is the class.
TrainingFilm toy(int label, int number, int size)
{
    std::mt19937_64 random(static_cast<std::uint64_t>(label * 1000 + number));
    std::normal_distribution<float> noise(0, 0.3F);
    TrainingFilm film;
    ModelInput input{Plane<float>(size, size), {}, -1, 5};
    film.label = label;
    film.film = "toy" + std::to_string(label) + "-" + std::to_string(number);
    film.group = film.film;
    film.source = number % 3 == 0 ? "a" : "b";
    for (int y = 0; y < size; ++y) {
        for (int x = 0; x < size; ++x) {
            const double dx = x - size * (0.25 + 0.25 * label);
            const double dy = y - size * 0.5;
            input.values.at(x, y)
                = static_cast<float>(4 * std::exp(-(dx * dx + dy * dy) / (0.01 * size * size)))
                + noise(random);
        }
    }
    film.grey = unitGrey(input);
    film.square = squareGrey(input);
    return film;
}

TrainingSet toySet(int films, int size)
{
    TrainingSet set;
    for (int label = 0; label < 3; ++label) {
        for (int i = 0; i < films; ++i) {
            set.train.push_back(toy(label, i, trainingSquare));
            set.train.back().grey = {};
            set.validation.push_back(toy(label, i + 100, size));
            set.heldOut.push_back(toy(label, i + 200, size));
        }
    }
    return set;
}

TrainingPlan toyPlan(const QTemporaryDir &folder, int epochs)
{
    TrainingPlan plan;
    plan.recipe.architecture = "densenet121";
    plan.recipe.classes = {"covid", "normal", "pneumonia"};
    plan.recipe.stages = {{32, epochs, 8, 0}};
    plan.recipe.input.size = 32;
    plan.recipe.filmsPerEpoch = 24;
    plan.recipe.optimiser.peakLearningRate = 2e-3;
    plan.recipe.averaging.decay = 0.8;
    plan.threads = 1;
    plan.fitsBand = false; // nine readings of each film
    plan.folder = folder.path().toStdString();
    return plan;
}

TrainingPlan smallPlan(const QTemporaryDir &folder, int epochs)
{
    TrainingPlan plan = toyPlan(folder, epochs);
    plan.recipe.architecture = "resnet18-w8";
    return plan;
}

} // namespace

class TrainerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void learnsAToyAndWritesAWholePackage()
    {
        const QTemporaryDir folder;
        const TrainingPlan plan = toyPlan(folder, 10);
        const TrainingSet films = toySet(8, 32);
        std::vector<EpochRecord> seen;
        TrainingObserver observer;
        observer.epoch = [&](const EpochReport &report) {
            seen.push_back(report.train);
            seen.push_back(report.validation);
            QCOMPARE(report.confusion.total(), 24);
        };
        const auto outcome = trainNetwork(plan, films, observer, {});
        QVERIFY2(outcome, outcome ? "" : outcome.error().detail.c_str());
        QCOMPARE(seen.size(), std::size_t(20)); // train and validation of each epoch
        QVERIFY2(seen[18].loss < 0.7 * seen[0].loss, qPrintable(QString::number(seen[18].loss)));
        QVERIFY(outcome->heldOutAccuracy > 0.6);
        QVERIFY(outcome->card.temperature > 0);

        const auto package = readPackage(plan.folder);
        QVERIFY2(package, package ? "" : package.error().detail.c_str());
        const auto predictions = readPredictions(plan.folder / "predictions.csv", package->card.classes);
        QVERIFY(predictions);
        QCOMPARE(predictions->size(), films.heldOut.size());

        // The package, loaded as the window loads it, says of a film what predictions.csv says.
        const auto classifier = loadClassifier(*package, {DeviceChoice::Cpu, 1});
        QVERIFY2(classifier, classifier ? "" : classifier.error().detail.c_str());
        for (const std::size_t i : {std::size_t(0), std::size_t(11)}) {
            ModelInput input{films.heldOut[i].grey, {32, 32, 0, 0, 32, 32}};
            standardise(input.values);
            const auto reading = (*classifier)->read(input, std::nullopt);
            QVERIFY(reading);
            double sum = 0;
            for (std::size_t c = 0; c < 3; ++c) {
                const double p = reading->prediction.scores[c].probability;
                sum += p;
                QVERIFY(std::abs(p - (*predictions)[i].probabilities[c]) < 1e-4);
            }
            QVERIFY(std::abs(sum - 1) < 1e-9);
            QCOMPARE(reading->map->label, reading->prediction.scores[reading->prediction.top()].label);
            const auto plain = (*classifier)->predict(input);
            QVERIFY(std::abs(plain->scores[0].probability - reading->prediction.scores[0].probability)
                    < 1e-6);
        }
        const auto wrongSize = (*classifier)->predict({Plane<float>(31, 31), {}});
        QVERIFY(!wrongSize);

        // A weight changed on disk is noticed by its sha256.
        auto file = readSafetensors(package->weights());
        QVERIFY(file);
        file->arrays["classifier.bias"].bytes[0] ^= std::byte{1};
        QVERIFY(writeSafetensors(*file, package->weights()));
        const auto tampered = loadClassifier(*package, {DeviceChoice::Cpu, 1});
        QVERIFY(!tampered);
        QCOMPARE(tampered.error().code, ErrorCode::ModelMismatch);
    }

    void goesOnFromACheckpointToTheSameResult()
    {
        const TrainingSet films = toySet(4, 32);
        const QTemporaryDir whole;
        const auto straight = trainNetwork(toyPlan(whole, 2), films, {}, {});
        QVERIFY(straight);

        const QTemporaryDir parts;
        const TrainingPlan plan = toyPlan(parts, 2);
        std::stop_source stop;
        int steps = 0;
        TrainingObserver observer;
        observer.step = [&](const StepReport &) {
            if (++steps == 4) // in the second epoch
                stop.request_stop();
        };
        const auto stopped = trainNetwork(plan, films, observer, stop.get_token());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        const auto resumed = trainNetwork(plan, films, {}, {});
        QVERIFY2(resumed, resumed ? "" : resumed.error().detail.c_str());
        QCOMPARE(resumed->card.weightsSha256, straight->card.weightsSha256);
        QCOMPARE(resumed->history.records.size(), straight->history.records.size());
    }

    void startsFromWeightsThatItIsGiven()
    {
        const TrainingSet films = toySet(8, 32);
        const QTemporaryDir first;
        QVERIFY(trainNetwork(toyPlan(first, 10), films, {}, {}));
        const QTemporaryDir second;
        TrainingPlan plan = toyPlan(second, 1);
        plan.recipe.optimiser.peakLearningRate = 1e-6;
        plan.recipe.init = first.path().toStdString() + "/weights.safetensors";
        const auto outcome = trainNetwork(plan, films, {}, {});
        QVERIFY2(outcome, outcome ? "" : outcome.error().detail.c_str());
        // One epoch from random weights at this rate would know nothing.
        QVERIFY2(outcome->heldOutAccuracy > 0.6, qPrintable(QString::number(outcome->heldOutAccuracy)));
        QVERIFY(outcome->card.recipe.find("from the weights with sha256") != std::string::npos);

        const QTemporaryDir third;
        plan.folder = third.path().toStdString();
        plan.recipe.init = (plan.folder / "not-here.safetensors").string();
        const auto refused = trainNetwork(plan, films, {}, {});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::FileUnreadable);
    }

    void startsFromWeightsOfAParallelTraining()
    {
        const TrainingSet films = toySet(4, 32);
        const QTemporaryDir first;
        TrainingPlan plan = toyPlan(first, 1);
        plan.recipe.architecture = "resnet18-w8";
        QVERIFY(trainNetwork(plan, films, {}, {}));
        const auto weights = readSafetensors(first.path().toStdString() + "/weights.safetensors");
        QVERIFY(weights);
        SafetensorsFile parallel;
        for (const auto &[name, array] : weights->arrays)
            parallel.arrays["module." + name] = array;
        const QTemporaryDir second;
        plan.folder = second.path().toStdString();
        plan.recipe.init = first.path().toStdString() + "/parallel.safetensors";
        plan.recipe.stages[0].epochs = 0;
        QVERIFY(writeSafetensors(parallel, plan.recipe.init));
        const auto outcome = trainNetwork(plan, films, {}, {});
        QVERIFY2(outcome, outcome ? "" : outcome.error().detail.c_str());
        const auto begun = readSafetensors(second.path().toStdString() + "/weights.safetensors");
        QVERIFY(begun);
        for (const char *name : {"conv1.weight", "layer4.1.bn2.running_var", "fc.weight"}) {
            if (weights->arrays.contains(name))
                QVERIFY2(begun->arrays.at(name).bytes == weights->arrays.at(name).bytes, name);
        }
    }

    void fitsTheBandThatFitbandWouldFit()
    {
        TrainingSet films = toySet(8, 32); // 24 validation films
        for (TrainingFilm &film : films.validation)
            film.grey = {}; // as a prepared set has them
        const QTemporaryDir folders[2];
        BandSpec bands[2];
        for (const int i : {0, 1}) {
            TrainingPlan plan = toyPlan(folders[i], 2);
            plan.recipe.architecture = "resnet18-w8";
            plan.fitsBand = true;
            std::stop_source stop;
            TrainingObserver observer;
            if (i == 1) { // the second is stopped on the way
                observer.step = [&](const StepReport &) { stop.request_stop(); };
                QVERIFY(!trainNetwork(plan, films, observer, stop.get_token()));
            }
            const auto outcome = trainNetwork(plan, films, {}, {});
            QVERIFY2(outcome, outcome ? "" : outcome.error().detail.c_str());
            bands[i] = readPackage(plan.folder)->card.band;
        }
        QCOMPARE(bands[0].repeats, 6);
        QCOMPARE(bands[0].level, 0.9);
        QVERIFY(bands[0].spread > 0);
        QVERIFY(QString::fromStdString(bands[0].coverage).startsWith("On 24 held-out films the bands held "));
        QVERIFY(bands[0] == bands[1]);

        // Half-widths of bands as the card has them hold nine in ten fresh readings of the films themselves.
        const auto package = readPackage(folders[0].path().toStdString());
        const auto classifier = loadClassifier(*package, {DeviceChoice::Cpu, 1});
        QVERIFY(classifier);
        const ReadInput read = [&](const ModelInput &input) { return (*classifier)->predict(input); };
        std::vector<BandFilm> again;
        for (const TrainingFilm &film : films.validation)
            again.push_back(*readBandFilm({plainGrey(film, 32), {}, 0, 1}, film.label, package->card.input,
                                          {}, again.size(), read));
        const BandSpec fitted = calibrateBand(again, 6, 0.9);
        QVERIFY2(std::abs(fitted.spread - bands[0].spread) < 0.02 * bands[0].spread,
                 std::to_string(fitted.spread).c_str());
        QVERIFY(std::abs(fitted.extra - bands[0].extra) < 0.06);
    }

    void saysThatItCalibratesNothingOnAHandfulOfFilms()
    {
        TrainingSet films = toySet(8, 32);
        films.validation.resize(std::size_t(leastCalibrationFilms) - 1);
        const QTemporaryDir folder;
        TrainingPlan plan = toyPlan(folder, 1);
        plan.recipe.architecture = "resnet18-w8";
        plan.recipe.calibration = CalibrationRule::TemperatureAndOffsets;
        plan.fitsBand = true;
        QString notes;
        TrainingObserver observer;
        observer.note = [&](const std::string &message) { notes += QString::fromStdString(message); };
        const auto outcome = trainNetwork(plan, films, observer, {});
        QVERIFY2(outcome, outcome ? "" : outcome.error().detail.c_str());
        QVERIFY(!outcome->card.calibrated);
        QCOMPARE(outcome->card.temperature, 1.0);
        QCOMPARE(outcome->card.operatingPoint, 0.5);
        QCOMPARE(outcome->card.band, BandSpec());
        QVERIFY(outcome->card.recipe.find("log-odds of classes moved") == std::string::npos);
        QVERIFY2(notes.contains("expected 20 validation films or more to calibrate with, found 19"),
                 qPrintable(notes));
    }

    void calibratesTheMeanOfTwoRunsWithoutTraining()
    {
        const TrainingSet films = toySet(8, 32);
        const QTemporaryDir folders[3];
        for (int i = 0; i < 2; ++i) {
            TrainingPlan plan = toyPlan(folders[i], 1);
            plan.recipe.architecture = "resnet18-w8";
            plan.recipe.seed = static_cast<std::uint64_t>(i) + 1;
            QVERIFY(trainNetwork(plan, films, {}, {}));
        }
        TrainingPlan plan = toyPlan(folders[2], 0);
        plan.recipe.architecture = "resnet18-w8";
        plan.recipe.init = folders[0].path().toStdString() + " + " + folders[1].path().toStdString();
        const auto outcome = trainNetwork(plan, films, {}, {});
        QVERIFY2(outcome, outcome ? "" : outcome.error().detail.c_str());
        QVERIFY(outcome->card.calibrated);
        QVERIFY(outcome->history.records.empty());
        // The card names the runs, not where they lay.
        QVERIFY(outcome->card.recipe.find(folders[0].path().toStdString()) == std::string::npos);
        QVERIFY(outcome->card.recipe.find(QFileInfo(folders[1].path()).fileName().toStdString())
                != std::string::npos);

        SafetensorsFile weights[3];
        for (int i = 0; i < 3; ++i)
            weights[i] = *readSafetensors(folders[i].path().toStdString() + "/weights.safetensors");
        for (const char *name : {"conv1.weight", "layer4.1.bn2.running_var"}) {
            torch::Tensor values[3];
            for (int i = 0; i < 3; ++i)
                values[i] = tensorOf(weights[i].arrays.at(name)).clone();
            QVERIFY(!values[0].equal(values[1]));
            QVERIFY(at::allclose(values[2], (values[0] + values[1]) / 2, 1e-3, 1e-6));
        }

        plan.recipe.architecture = "resnet18-w16";
        const auto refused = trainNetwork(plan, films, {}, {});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::ModelMismatch);
    }

    void learnsFromATeacherWhateverTheLabelsSay()
    {
        const QTemporaryDir first;
        const TrainingSet films = toySet(8, 32);
        const TrainingPlan teacher = toyPlan(first, 10);
        const auto taught = trainNetwork(teacher, films, {}, {});
        QVERIFY(taught && taught->heldOutAccuracy > 0.6);

        const QTemporaryDir second;
        TrainingPlan student = toyPlan(second, 10);
        student.recipe.loss.teachers = {teacher.folder.string()};
        student.recipe.loss.teacherShare = 1;
        TrainingSet wrong = films;
        for (std::size_t i = 0; i < wrong.train.size(); ++i)
            wrong.train[i].label = static_cast<int>(i % 3); // each class has a third of each label
        const auto outcome = trainNetwork(student, wrong, {}, {});
        QVERIFY2(outcome, outcome ? "" : outcome.error().detail.c_str());
        QVERIFY2(outcome->heldOutAccuracy > 0.6, qPrintable(QString::number(outcome->heldOutAccuracy)));

        // Another teacher is another run.
        const QTemporaryDir third;
        student.folder = third.path().toStdString();
        student.recipe.loss.teachers.clear();
        QVERIFY(trainNetwork(student, wrong, {}, {})->heldOutAccuracy < outcome->heldOutAccuracy);
        student.recipe.loss.teachers = {teacher.folder.string()};
        student.recipe.classes = {"a", "b", "c"};
        const auto other = trainNetwork(student, wrong, {}, {});
        QVERIFY(!other);
        QCOMPARE(other.error().code, ErrorCode::ModelMismatch);
        QVERIFY(other.error().detail.find("teachers") != std::string::npos);
    }

    void beginsACycleWithEachStageWhenAsked()
    {
        const TrainingSet films = toySet(4, 32);
        for (const bool each : {false, true}) {
            const QTemporaryDir folder;
            TrainingPlan plan = toyPlan(folder, 3);
            plan.recipe.stages = {{32, 3, 8, 0}, {32, 4, 8, 0}};
            plan.recipe.optimiser.cycle = each ? Cycle::Stage : Cycle::Run;
            std::vector<double> rates; // the last of each epoch
            TrainingObserver observer;
            observer.epoch = [&](const EpochReport &report) { rates.push_back(report.train.learningRate); };
            QVERIFY(trainNetwork(plan, films, observer, {}));
            QCOMPARE(rates.size(), std::size_t(7));
            QCOMPARE(rates[3] > rates[2], each);
            QVERIFY(rates[6] < 0.1 * plan.recipe.optimiser.peakLearningRate);
        }
    }

    void refusesTheCheckpointOfAnotherPlan()
    {
        const TrainingSet films = toySet(2, 32);
        const QTemporaryDir folder;
        TrainingPlan plan = toyPlan(folder, 2);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!trainNetwork(plan, films, {}, stop.get_token()));
        plan.recipe.seed = 1;
        plan.recipe.optimiser.clip = 3;
        const auto other = trainNetwork(plan, films, {}, {});
        QVERIFY(!other);
        QCOMPARE(other.error().code, ErrorCode::ModelMismatch);
        QVERIFY2(other.error().detail.find("optimiser/clip") != std::string::npos,
                 other.error().detail.c_str());
        QVERIFY(other.error().detail.find("seed by default, now 1") != std::string::npos);
    }

    void refusesACheckpointWhenTheFilmsAreOthers()
    {
        const TrainingSet films = toySet(2, 32);
        const QTemporaryDir folder;
        const TrainingPlan plan = smallPlan(folder, 2);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!trainNetwork(plan, films, {}, stop.get_token()));
        TrainingSet retouched = films;
        retouched.train[1].square.at(7, 9) ^= 1U;
        TrainingSet smaller = films;
        for (TrainingFilm &film : smaller.train)
            film.square = toy(film.label, 1, trainingSquare / 2).square;
        TrainingSet fewer = films;
        fewer.validation.pop_back();
        for (const TrainingSet *others : {&retouched, &smaller, &fewer}) {
            const auto refused = trainNetwork(plan, *others, {}, {});
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::ModelMismatch);
            QVERIFY2(refused.error().detail.find("its films") != std::string::npos,
                     refused.error().detail.c_str());
        }
        QVERIFY(trainNetwork(plan, films, {}, {}));
    }

    void leavesAFinishedNetworkAlone()
    {
        const TrainingSet films = toySet(2, 32);
        const QTemporaryDir folder;
        TrainingPlan plan = smallPlan(folder, 1);
        const auto first = trainNetwork(plan, films, {}, {});
        QVERIFY2(first, first ? "" : first.error().detail.c_str());
        const QDateTime written = QFileInfo(folder.filePath("weights.safetensors")).lastModified();

        TrainingObserver observer;
        int steps = 0;
        observer.step = [&](const StepReport &) { ++steps; };
        const auto again = trainNetwork(plan, films, observer, {});
        QVERIFY2(again, again ? "" : again.error().detail.c_str());
        QCOMPARE(steps, 0);
        QCOMPARE(again->card.weightsSha256, first->card.weightsSha256);
        QCOMPARE(again->heldOutAccuracy, first->heldOutAccuracy);
        QCOMPARE(again->history.records.size(), first->history.records.size());

        plan.recipe.optimiser.peakLearningRate = 1e-4;
        const auto other = trainNetwork(plan, films, {}, {});
        QVERIFY(!other);
        QCOMPARE(other.error().code, ErrorCode::UsageWrong);
        QCOMPARE(QFileInfo(folder.filePath("weights.safetensors")).lastModified(), written);
    }

    // As if it were killed just when the last step of an epoch was saved, or an epoch was being kept.
    void killedAtTheEndOfAnEpochItWritesTheSameHistoryAndEpochs()
    {
        const TrainingSet films = toySet(2, 32);
        const QTemporaryDir whole;
        TrainingPlan plan = smallPlan(whole, 3);
        plan.keepEpochs = 1;
        const auto straight = trainNetwork(plan, films, {}, {});
        QVERIFY2(straight, straight ? "" : straight.error().detail.c_str());

        const QTemporaryDir parts;
        plan.folder = parts.path().toStdString();
        std::stop_source stop;
        TrainingObserver observer;
        observer.step = [&](const StepReport &step) {
            if (step.epoch == 2 && step.step == step.stepsInEpoch - 1)
                stop.request_stop(); // heard in the next step, the epoch's last
        };
        const auto stopped = trainNetwork(plan, films, observer, stop.get_token());
        QVERIFY(!stopped);
        const auto resumed = trainNetwork(plan, films, {}, {});
        QVERIFY2(resumed, resumed ? "" : resumed.error().detail.c_str());
        QCOMPARE(resumed->history.records.size(), straight->history.records.size());
        for (std::size_t i = 0; i < resumed->history.records.size(); ++i) {
            QVERIFY(straight->history.records[i].learningRate > 0);
            QCOMPARE(resumed->history.records[i].learningRate, straight->history.records[i].learningRate);
            QCOMPARE(resumed->history.records[i].loss, straight->history.records[i].loss);
        }
        for (int number = 1; number <= 3; ++number) {
            const QString file
                = QStringLiteral("/epochs/%1/weights.safetensors").arg(number, 3, 10, QChar('0'));
            QFile one(whole.path() + file);
            QFile other(parts.path() + file);
            QVERIFY2(one.open(QIODevice::ReadOnly) && other.open(QIODevice::ReadOnly), qPrintable(file));
            QCOMPARE(other.readAll(), one.readAll());
        }
    }

    void refusesNamesThatNothingHas()
    {
        const TrainingSet films = toySet(2, 32);
        const auto wrong = [&](const std::function<void(Recipe &)> &spoil) {
            const QTemporaryDir folder;
            TrainingPlan plan = smallPlan(folder, 1);
            spoil(plan.recipe);
            const auto outcome = trainNetwork(plan, films, {}, {});
            return outcome ? std::string() : outcome.error().detail;
        };
        QVERIFY(wrong([](Recipe &recipe) { recipe.loss.classWeights["nope"] = 2; }).find("nope")
                != std::string::npos);
        QVERIFY(wrong([](Recipe &recipe) { recipe.split.leaveOut = {"nowhere"}; }).find("nowhere")
                != std::string::npos);
        QVERIFY(wrong([](Recipe &recipe) { recipe.frozen = {"nothing"}; }).find("nothing")
                != std::string::npos);
        QCOMPARE(wrong([](Recipe &recipe) { recipe.frozen = {"conv1"}; }), std::string());
    }

    void saysAtOnceWhenItsFolderCannotBeMade()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath("a-file"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        TrainingPlan plan = smallPlan(folder, 1);
        plan.folder = folder.filePath("a-file/network").toStdString();
        const auto outcome = trainNetwork(plan, toySet(2, 32), {}, {});
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::FileUnreadable);
        QVERIFY2(outcome.error().detail.find("a-file/network") != std::string::npos,
                 outcome.error().detail.c_str());
    }

    void namesAClassWithoutFilms()
    {
        const QTemporaryDir folder;
        TrainingSet films = toySet(2, 32);
        std::erase_if(films.train, [](const TrainingFilm &film) { return film.label == 2; });
        const auto outcome = trainNetwork(toyPlan(folder, 1), films, {}, {});
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::UsageWrong);
        QVERIFY(outcome.error().detail.find("pneumonia") != std::string::npos);
    }

    void takesASmallerBatchWhereThereAreFewFilms()
    {
        const QTemporaryDir folder;
        TrainingPlan plan = toyPlan(folder, 1);
        plan.recipe.filmsPerEpoch = 0; // as many as there are: six, and a batch is eight
        const auto outcome = trainNetwork(plan, toySet(2, 32), {}, {});
        QVERIFY2(outcome, outcome ? "" : outcome.error().detail.c_str());
        QCOMPARE(outcome->history.records.size(), std::size_t(2));
    }

    void refusesASingleClass()
    {
        const QTemporaryDir folder;
        TrainingPlan plan = toyPlan(folder, 1);
        plan.recipe.classes = {"covid"};
        const auto outcome = trainNetwork(plan, toySet(4, 32), {}, {});
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::UsageWrong);
    }

    void findsTheThresholdOfYouden()
    {
        // Two classes; the logit of the first is log(p / (1 - p)), the other's 0.
        const auto scoresOf = [](const std::vector<std::pair<double, int>> &films) {
            Scores scores{torch::zeros({static_cast<std::int64_t>(films.size()), 2}), {}};
            for (std::size_t i = 0; i < films.size(); ++i) {
                scores.logits[static_cast<std::int64_t>(i)][0]
                    = std::log(films[i].first / (1 - films[i].first));
                scores.truth.push_back(films[i].second);
            }
            return scores;
        };
        // Called at 0.35 and above: 3 of 3 hits, 1 of 4 false alarms.
        const Scores films = scoresOf({{0.9, 0}, {0.6, 1}, {0.5, 0}, {0.4, 0}, {0.3, 1}, {0.2, 1}, {0.1, 1}});
        QVERIFY(std::abs(youdenThreshold(films, 1, 0) - 0.35) < 1e-6);
        QCOMPARE(youdenThreshold(scoresOf({{0.9, 0}, {0.2, 0}}), 1, 0), 0.5); // nothing to tell it from
    }

    void keepsTheTemperatureOfAFewFilmsNearOne()
    {
        // Eight films of two classes; the first is `wrong` times called the other, each time by 3 logits.
        const auto scoresOf = [](int films, int wrong) {
            Scores scores{torch::zeros({films, 2}), {}};
            for (int i = 0; i < films; ++i) {
                scores.truth.push_back(i % 2);
                scores.logits[i][i < wrong ? 1 - i % 2 : i % 2] = 3;
            }
            return scores;
        };
        for (const int wrong : {0, 4, 8}) {
            const Scores few = scoresOf(8, wrong);
            const double alone = fitTemperature(few);
            const double together = fitCalibration(few).temperature;
            QVERIFY2(alone > 0.3 && alone < 4, std::to_string(alone).c_str());
            QVERIFY2(together > 0.3 && together < 4, std::to_string(together).c_str());
            QCOMPARE(alone < 1, wrong == 0);
        }
        // With 600 films, a tenth of them wrong, T is that of the likelihood alone: 3 / T = log(9).
        const double many = fitTemperature(scoresOf(600, 60));
        QVERIFY2(std::abs(many - 3 / std::log(9.0)) < 0.01, std::to_string(many).c_str());
        QCOMPARE(fitTemperature({torch::zeros({0, 2}), {}}), 1.0);
    }

    void findsTheTemperatureAndTheOffsetsThatWereHidden()
    {
        // Truth is drawn from softmax(logits / 2 + hidden).
        const torch::Tensor hidden = at::tensor({0.8, 0.1, -0.9}, at::kDouble);
        Scores scores{3 * torch::randn({20000, 3}, at::detail::createCPUGenerator(7)), {}};
        const torch::Tensor truth = (scores.logits.to(at::kDouble) / 2 + hidden)
                                        .softmax(1)
                                        .multinomial(1, false, at::detail::createCPUGenerator(8))
                                        .contiguous();
        for (std::int64_t i = 0; i < truth.size(0); ++i)
            scores.truth.push_back(static_cast<int>(truth[i].item().toLong()));

        const Calibration fitted = fitCalibration(scores);
        QVERIFY2(std::abs(fitted.temperature - 2) < 0.05, std::to_string(fitted.temperature).c_str());
        for (int c = 0; c < 3; ++c)
            QVERIFY(std::abs(fitted.offsets[static_cast<std::size_t>(c)] - hidden[c].item().toDouble())
                    < 0.05);
        // Where the likelihood is greatest each class is promised as often as it comes.
        const torch::Tensor promised
            = (scores.logits.to(at::kDouble) / fitted.temperature + at::tensor(fitted.offsets, at::kDouble))
                  .softmax(1)
                  .mean(0);
        for (int c = 0; c < 3; ++c) {
            const auto films = static_cast<double>(std::ranges::count(scores.truth, c));
            QVERIFY(std::abs(promised[c].item().toDouble() - films / 20000) < 1e-3);
        }
        std::ranges::replace(scores.truth, 2, 1);
        QCOMPARE(fitCalibration(scores).offsets, (std::vector<double>{0, 0, 0})); // a class without films
    }

    void putsTheOffsetsOfClassesIntoTheHead()
    {
        // A network that has learnt nothing; the first class has 4 of the 28 films that calibrate it.
        TrainingSet films = toySet(12, 32);
        std::erase_if(films.validation,
                      [](const TrainingFilm &film) { return film.label == 0 && film.film.back() > '1'; });
        films.heldOut = films.validation;
        double promised[2] = {}; // of the first class, over those films
        const QTemporaryDir folders[2];
        for (const int i : {0, 1}) {
            TrainingPlan plan = toyPlan(folders[i], 0);
            plan.recipe.architecture = "resnet18-w8";
            plan.recipe.calibration
                = i == 1 ? CalibrationRule::TemperatureAndOffsets : CalibrationRule::Temperature;
            const auto outcome = trainNetwork(plan, films, {}, {});
            QVERIFY2(outcome, outcome ? "" : outcome.error().detail.c_str());
            QCOMPARE(outcome->card.recipe.find("log-odds of classes moved") != std::string::npos, i == 1);
            const auto rows = readPredictions(plan.folder / "predictions.csv", plan.recipe.classes);
            for (const HeldOutPrediction &row : *rows)
                promised[i] += row.probabilities[0] / static_cast<double>(rows->size());
        }
        QVERIFY2(std::abs(promised[1] - 4.0 / 28) < 0.03, std::to_string(promised[1]).c_str());
        QVERIFY2(promised[0] > 0.2, std::to_string(promised[0]).c_str());
    }

    void augmentsWithoutLeavingTheScale()
    {
        const TrainingFilm film = toy(1, 1, trainingSquare);
        std::vector<float> first;
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            std::mt19937_64 random(seed);
            std::mt19937_64 again(seed);
            const Plane<float> a = augment(film.square, 64, {}, InputSpec{}, random);
            const Plane<float> b = augment(film.square, 64, {}, InputSpec{}, again);
            QVERIFY(std::ranges::equal(a.samples(), b.samples()));
            const double mean = std::accumulate(a.samples().begin(), a.samples().end(), 0.0) / (64 * 64);
            QVERIFY(std::abs(mean) < 1e-3);
            QVERIFY(std::ranges::all_of(a.samples(), [](float v) { return std::isfinite(v); }));
            first.push_back(a.at(20, 30));
        }
        std::ranges::sort(first);
        QVERIFY(std::ranges::adjacent_find(first) == first.end()); // no two alike
    }
};

QTEST_GUILESS_MAIN(TrainerTest)
#include "TrainerTest.moc"
