// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/ModelPackage.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace hilum;

namespace {

ModelCard sampleCard()
{
    ModelCard card;
    card.id = "small";
    card.title = "Small";
    card.architecture = "vgg16";
    card.classes = {"covid", "normal", "pneumonia"};
    card.input.size = 224;
    card.temperature = 1.37;
    card.calibrated = true;
    card.operatingPoint = 0.42;
    card.weightsSha256 = std::string(64, 'a');
    card.trainingData = "made up";
    card.limits = "everything";
    return card;
}

} // namespace

class ModelPackageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsBackTheCardItWrote()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("card.json").toStdString();
        QVERIFY(writeCard(sampleCard(), file));
        const auto card = readCard(file);
        QVERIFY2(card, card ? "" : card.error().detail.c_str());
        QCOMPARE(card->id, std::string("small"));
        QCOMPARE(card->classes.size(), std::size_t(3));
        QCOMPARE(card->temperature, 1.37);
        QVERIFY(card->calibrated);
        QCOMPARE(card->operatingPoint, 0.42);
        QCOMPARE(card->input, InputSpec{224});
    }

    void keepsHowTheInputIsMade()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("card.json").toStdString();
        ModelCard card = sampleCard();
        card.input = {256, Crop::Squeeze, Standardise::Unit, true};
        QVERIFY(writeCard(card, file));
        const auto back = readCard(file);
        QVERIFY(back);
        QCOMPARE(back->input, card.input);
        std::ofstream(folder.filePath("old.json").toStdString())
            << R"({"schemaVersion":1,"id":"a","architecture":"vgg16","classes":["a","b"],)"
               R"("input":{"size":64},"weightsSha256":"0"})";
        const auto old = readCard(folder.filePath("old.json").toStdString());
        QVERIFY(old);
        QCOMPARE(old->input, InputSpec{64});
    }

    void namesTheKeyThatIsWrong_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::newRow("schema of the future") << "schemaVersion"
                                              << "99";
        QTest::newRow("id a number") << "id"
                                     << "7";
        QTest::newRow("one class") << "classes"
                                   << R"(["covid"])";
        QTest::newRow("a class twice") << "classes"
                                       << R"(["covid","covid"])";
        QTest::newRow("no input") << "input"
                                  << "{}";
        QTest::newRow("padded input") << "input"
                                      << R"({"size":224,"crop":"letterbox"})";
        QTest::newRow("input a word") << "input"
                                      << R"("224")";
        QTest::newRow("crop a number") << "input"
                                       << R"({"size":224,"crop":7})";
        QTest::newRow("another norm") << "input"
                                      << R"({"size":224,"standardise":"imagenet"})";
        QTest::newRow("two channels") << "input"
                                      << R"({"size":224,"channels":2})";
        QTest::newRow("a mean of two") << "input"
                                       << R"({"size":224,"mean":[0.5,0.5]})";
        QTest::newRow("imported, a word") << "imported"
                                          << R"("yes")";
        QTest::newRow("equalise a word") << "input"
                                         << R"({"size":224,"equalise":"yes"})";
        QTest::newRow("calibrated a word") << "calibrated"
                                           << R"("yes")";
        QTest::newRow("temperature zero") << "temperature"
                                          << "0";
        QTest::newRow("operating point of two") << "operatingPoint"
                                                << "2";
    }

    void namesTheKeyThatIsWrong()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("card.json").toStdString();
        QVERIFY(writeCard(sampleCard(), file));
        std::ifstream in(file);
        auto json = nlohmann::json::parse(in);
        json[key.toStdString()] = nlohmann::json::parse(value.toStdString());
        std::ofstream(file) << json.dump();
        const auto card = readCard(file);
        QVERIFY(!card);
        QCOMPARE(card.error().code, ErrorCode::ModelMismatch);
        QVERIFY2(card.error().detail.find(key.toStdString()) != std::string::npos,
                 card.error().detail.c_str());
    }

    void listsWhatIsWholeAndReportsWhatIsBroken()
    {
        const QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        std::filesystem::create_directories(root / "small");
        std::filesystem::create_directories(root / "broken");
        std::filesystem::create_directories(root / "unrelated");
        QVERIFY(writeCard(sampleCard(), root / "small" / "card.json"));
        std::ofstream(root / "broken" / "card.json") << "{";
        const auto listing = listPackages({root, root, root / "nowhere"});
        QCOMPARE(listing.packages.size(), std::size_t(1));
        QCOMPARE(listing.packages.front().card.id, std::string("small"));
        QCOMPARE(listing.broken.size(), std::size_t(2)); // once per root
    }

    void keepsHistoryToTheLastDigit()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("history.csv").toStdString();
        TrainingHistory history;
        history.records.push_back({1, "train", 1.0 / 3, 0.1, NAN, 1e-5, 12.5});
        history.records.push_back({1, "validation", 0.7, 0.9, 0.95, 1e-5, 1});
        QVERIFY(writeHistory(history, file));
        const auto back = readHistory(file);
        QVERIFY(back);
        QCOMPARE(back->records.size(), std::size_t(2));
        QCOMPARE(back->records[0].loss, 1.0 / 3);
        QVERIFY(std::isnan(back->records[0].auc));
        QCOMPARE(back->records[1].split, std::string("validation"));
        std::ifstream in(file);
        std::string header;
        std::getline(in, header);
        QCOMPARE(header, std::string("epoch,split,loss,accuracy,auc,learning_rate,seconds"));
    }

    void keepsHeldOutPredictions()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("predictions.csv").toStdString();
        const std::vector<std::string> classes{"covid", "normal", "pneumonia"};
        const std::vector<HeldOutPrediction> rows{{"a, b.jpg", "g1", 0, "covid", "made", {0.1, 0.2, 0.7}}};
        QVERIFY(writePredictions(rows, classes, file));
        const auto back = readPredictions(file, classes);
        QVERIFY(back);
        QCOMPARE(back->size(), std::size_t(1));
        QCOMPARE(back->front().film, std::string("a, b.jpg"));
        QCOMPARE(back->front().probabilities[2], 0.7);
        const auto other = readPredictions(file, {"covid", "cat"});
        QVERIFY(!other);
        QCOMPARE(other.error().code, ErrorCode::ModelMismatch);
    }
};

QTEST_GUILESS_MAIN(ModelPackageTest)
#include "ModelPackageTest.moc"
