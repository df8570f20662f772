// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/Recipe.h"

#include "core/nn/Architecture.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace hilum;

namespace {

Result<Recipe> parsed(const std::string &text, const std::vector<RecipeSetting> &settings = {})
{
    return recipeFromJson(text, "r.json", "/data", settings);
}

} // namespace

class RecipeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fillsInWhatIsLeftOut()
    {
        const auto recipe = parsed(R"({"architecture": "vgg16"})");
        QVERIFY2(recipe, recipe ? "" : recipe.error().detail.c_str());
        QCOMPARE(recipe->stages, (std::vector<TrainingStage>{{224, 10, 16, 0}}));
        QCOMPARE(recipe->input, InputSpec{224});
        QCOMPARE(recipe->split, SplitRule{});
        // What runs that are under way were begun with reads as it did.
        QVERIFY(recipeToJson(*recipe).find("\"parts\"") == std::string::npos);
        QVERIFY(recipe->sampling == Sampling::ClassRootSource);
        QCOMPARE(recipe->augmentation, Augmentation{});
    }

    void readsEveryKindOfKey()
    {
        const auto recipe = parsed(R"({"schemaVersion": 1, "architecture": "vgg16", "manifest": "m.csv",
            "history": {"project": "x"}, "classes": ["b", "a"],
            "split": {"heldOutFold": 4, "by": "film", "only": "folds", "leaveOut": ["MHH"],
                      "parts": "dealt"},
            "input": {"crop": "squeeze", "standardise": "unit"},
            "stages": [{"size": 112, "epochs": 2, "batch": 8}, {"size": 160, "epochs": 1, "learningRate": 0.01}],
            "augmentation": {"jpeg": [40, 95], "rotate": 5}, "sampling": "class-within-source",
            "loss": {"classWeights": {"a": 2.5}, "softLabels": "soft.csv"},
            "optimiser": {"name": "sgd", "schedule": "inverse-decay", "decay": 0.001},
            "averaging": {"kind": "swa"}, "selection": "best-validation-loss", "frozen": ["features"],
            "calibration": "temperature-and-offsets",
            "precision": "bf16", "seed": 7})");
        QVERIFY2(recipe, recipe ? "" : recipe.error().detail.c_str());
        QCOMPARE(recipe->manifest.string(), std::string("/data/m.csv"));
        QCOMPARE(recipe->loss.softLabels.string(), std::string("/data/soft.csv"));
        QCOMPARE(recipe->input.size, 160);
        QVERIFY(recipe->input.crop == Crop::Squeeze);
        QCOMPARE(recipe->stages[1].batch, 16);
        QCOMPARE(recipe->stages[1].learningRate, 0.01);
        QCOMPARE(recipe->augmentation.jpegHigh, 95);
        QCOMPARE(recipe->augmentation.rotate, 5.0);
        QCOMPARE(recipe->augmentation.noise, 0.0); // what is not named is off
        QCOMPARE(recipe->loss.classWeights.at("a"), 2.5);
        QVERIFY(recipe->split.by == SplitBy::Film);
        QVERIFY(recipe->split.parts == SplitParts::Dealt);
        QVERIFY(recipe->averaging.kind == Averaging::Swa);
        QVERIFY(recipe->calibration == CalibrationRule::TemperatureAndOffsets);

        // Written and read again it is the same.
        const auto again = parsed(recipeToJson(*recipe));
        QVERIFY2(again, again ? "" : again.error().detail.c_str());
        QCOMPARE(*again, *recipe);
    }

    void readsWhatIsPlanted()
    {
        QVERIFY(parsed(R"({"architecture": "vgg16"})")->planted.label.empty());
        const auto recipe
            = parsed(R"({"architecture": "vgg16", "planted": {"class": "covid", "share": 0.5}})");
        QVERIFY2(recipe, recipe ? "" : recipe.error().detail.c_str());
        QCOMPARE(recipe->planted, (PlantedMarker{"covid", "R", 0.5}));
        QCOMPARE(*parsed(recipeToJson(*recipe)), *recipe);
        QVERIFY(decisiveKeys(*recipe).find("planted") != std::string::npos);
        const auto detail
            = [](const char *json) { return QString::fromStdString(parsed(json).error().detail); };
        QCOMPARE(
            detail(R"({"architecture": "vgg16", "planted": {"text": "L"}})"),
            QString("r.json: planted.class: expected the class whose training films carry the marker, found "
                    "nothing"));
        QCOMPARE(detail(R"({"architecture": "vgg16", "classes": ["a", "b"], "planted": {"class": "c"}})"),
                 QString("r.json: planted.class: expected one of the classes, found \"c\""));
        QCOMPARE(detail(R"({"architecture": "vgg16", "planted": {"class": "a", "share": 2}})"),
                 QString("r.json: planted.share: expected a number from 0 to 1, found 2"));
        QVERIFY(detail(R"({"architecture": "vgg16", "planted": {"class": "a", "text": ""}})")
                    .contains("1 to 24"));
    }

    void turnsAugmentationOff()
    {
        const auto recipe = parsed(R"({"architecture": "vgg16", "augmentation": "none"})");
        QVERIFY(recipe);
        QCOMPARE(recipe->augmentation, noAugmentation());
    }

    void takesSettingsFromOutside()
    {
        const auto recipe = parsed(R"({"architecture": "vgg16", "augmentation": "none",
                                       "stages": [{"size": 64}]})",
                                   {{"architecture", "densenet121"},
                                    {"stages.0.epochs", "3"},
                                    {"augmentation.blur", "2"},
                                    {"split.leaveOut", R"(["NIH"])"}});
        QVERIFY2(recipe, recipe ? "" : recipe.error().detail.c_str());
        QCOMPARE(recipe->architecture, std::string("densenet121"));
        QCOMPARE(recipe->stages[0].epochs, 3);
        QCOMPARE(recipe->augmentation.blur, 2.0);
        QCOMPARE(recipe->split.leaveOut, std::vector<std::string>{"NIH"});
        const auto stages = parsed(R"({"architecture": "vgg16", "input": {"size": 224}})",
                                   {{"stages", R"([{"size": 64}])"}, {"input.size", "null"}});
        QVERIFY2(stages, stages ? "" : stages.error().detail.c_str());
        QCOMPARE(stages->input.size, 64);
        const auto wrong = parsed(R"({"architecture": "vgg16", "stages": [{}]})", {{"stages.4.size", "32"}});
        QVERIFY(!wrong);
        QVERIFY(wrong.error().detail.find("stages.4.size") != std::string::npos);
    }

    void takesTheSizeOfTheLastStageWhereNoneIsGiven()
    {
        const auto recipe = parsed(R"({"architecture": "densenet121", "input": {"size": 224}})",
                                   {{"stages", R"([{"size": 64}, {"size": 96}])"}, {"input.size", "null"}});
        QVERIFY2(recipe, recipe ? "" : recipe.error().detail.c_str());
        QCOMPARE(recipe->input.size, 96);
    }

    void namesWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("no JSON") << QByteArray("{") << QByteArray("no JSON");
        QTest::newRow("no network") << QByteArray("{}") << QByteArray("architecture: expected the name");
        QTest::newRow("unknown network") << QByteArray(R"({"architecture":"alexnet"})")
                                         << QByteArray("architecture: expected an architecture of vgg16");
        QTest::newRow("head of one size")
            << QByteArray(R"({"architecture":"darkcovidnet","stages":[{"size":128},{"size":256}]})")
            << QByteArray("stages: expected one size");
        QTest::newRow("too small for the head")
            << QByteArray(R"({"architecture":"vgg16-frozen-head64","stages":[{"size":96}]})")
            << QByteArray("stages: expected vgg16-frozen-head64 to get 128");
        QTest::newRow("unknown key") << QByteArray(R"({"architecture":"a","epochs":3})")
                                     << QByteArray("r.json: epochs: expected one of the keys");
        QTest::newRow("unknown inner key") << QByteArray(R"({"architecture":"a","loss":{"x":3}})")
                                           << QByteArray("loss.x: expected one of the keys");
        QTest::newRow("type") << QByteArray(R"({"architecture":"a","optimiser":{"clip":"much"}})")
                              << QByteArray("optimiser.clip: expected a number from 0");
        QTest::newRow("range") << QByteArray(R"({"architecture":"a","stages":[{},{"size":8}]})")
                               << QByteArray(
                                      "stages[1].size: expected a whole number from 32 to 1024, found 8");
        QTest::newRow("choice") << QByteArray(R"({"architecture":"a","sampling":"fair"})")
                                << QByteArray("sampling: expected one of uniform, class,");
        QTest::newRow("two sizes")
            << QByteArray(R"({"architecture":"a","input":{"size":224},"stages":[{"size":112}]})")
            << QByteArray("stages: expected a last size of 224, as input.size says, found 112");
        QTest::newRow("fold") << QByteArray(R"({"architecture":"a","split":{"heldOutFold":5}})")
                              << QByteArray("split.heldOutFold: expected a fold below 5, found 5");
        QTest::newRow("jpeg") << QByteArray(R"({"architecture":"a","augmentation":{"jpeg":[90,10]}})")
                              << QByteArray("augmentation.jpeg: expected 0, or a low and a high");
        QTest::newRow("schema") << QByteArray(R"({"architecture":"a","schemaVersion":2})")
                                << QByteArray("schemaVersion: expected a whole number from 1 to 1, found 2");
    }

    void namesWhatIsWrong()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, words);
        const auto recipe = parsed(text.toStdString());
        QVERIFY(!recipe);
        QCOMPARE(recipe.error().code, ErrorCode::UsageWrong);
        QVERIFY2(recipe.error().detail.find(words.toStdString()) != std::string::npos,
                 recipe.error().detail.c_str());
    }

    void takesPathsOfSettingsFromWhereTheirUserStands()
    {
        const std::string text
            = R"({"architecture": "vgg16", "manifest": "m.csv", "loss": {"softLabels": "soft.csv"}})";
        QCOMPARE(parsed(text)->loss.softLabels, std::filesystem::path("/data/soft.csv"));
        const auto recipe = parsed(text, {{"loss.softLabels", "mine.csv"}});
        QVERIFY2(recipe, recipe ? "" : recipe.error().detail.c_str());
        QCOMPARE(recipe->loss.softLabels, std::filesystem::current_path() / "mine.csv");
        QCOMPARE(recipe->manifest, std::filesystem::path("/data/m.csv"));
    }

    void namesTheSettingThatIsWrong()
    {
        const auto detail = [](const std::vector<RecipeSetting> &settings) {
            return QString::fromStdString(
                parsed(R"({"architecture": "vgg16", "stages": [{"size": 64}]})", settings).error().detail);
        };
        QCOMPARE(detail({{"seed", "1"}, {"dropout", "7"}}),
                 QString("--set dropout: expected a number from -1 to 0.95, found 7"));
        QVERIFY(detail({{"loss.foo", "1"}}).startsWith("--set loss.foo: expected one of the keys"));
        QVERIFY(detail({{"stages.0.size", "7"}}).startsWith("--set stages.0.size: expected a whole number"));
        QVERIFY(detail({{"loss", R"({"softWeight": 2})"}}).startsWith("--set loss: loss.softWeight: "));
        // What is wrong in the file stays the file's.
        QVERIFY(QString::fromStdString(parsed(R"({"dropout": 7})", {{"seed", "1"}}).error().detail)
                    .startsWith("r.json: dropout: "));
    }

    void findsRecipesByName()
    {
        const QTemporaryDir folder;
        qputenv("HILUM_RECIPES", folder.path().toLocal8Bit());
        std::ofstream(folder.filePath("mine.json").toStdString()) << R"({"architecture": "vgg16"})";
        const auto file = findRecipe("mine");
        QVERIFY(file);
        const auto recipe = readRecipe(*file);
        QVERIFY(recipe);
        QCOMPARE(recipe->name, std::string("mine"));
        const auto none = findRecipe("nobody's");
        QVERIFY(!none);
        QVERIFY(none.error().detail.find("mine") != std::string::npos);
        qunsetenv("HILUM_RECIPES");
    }

    void readsEveryRecipeThatComesWithHilum()
    {
        int found = 0;
        for (const auto &entry : std::filesystem::directory_iterator(HILUM_SOURCE_DIR "/resources/recipes")) {
            const auto recipe = readRecipe(entry.path());
            QVERIFY2(recipe, recipe ? "" : recipe.error().detail.c_str());
            QCOMPARE(recipe->name, entry.path().stem().string());
            ++found;
        }
        QVERIFY(found > 0);
    }

    void poolsAsTheNamesOfTheStudentProjectsRecipesSay()
    {
        for (const std::string what : {"normal", "pneumonia"}) {
            const std::filesystem::path folder = HILUM_SOURCE_DIR "/resources/recipes";
            const auto four = readRecipe(folder / ("vgg16-head128-" + what + ".json"));
            const auto two = readRecipe(folder / ("vgg16-head128-pool2-" + what + ".json"));
            QVERIFY(four && two);
            QCOMPARE(findArchitecture(four->architecture)->pooling, 4);
            QCOMPARE(findArchitecture(two->architecture)->pooling, 2);
            QCOMPARE(four->classes, (std::vector<std::string>{"covid", what}));
            QCOMPARE(two->classes, four->classes);
        }
    }
};

QTEST_GUILESS_MAIN(RecipeTest)
#include "RecipeTest.moc"
