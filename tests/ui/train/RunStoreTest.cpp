// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/RunStore.h"
#include "tests/ui/train/FakeChildren.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;

class RunStoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNameThatCanBeNoFolderIsSaidInWords_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("words");
        QTest::newRow("none") << ""
                              << "needs a name";
        QTest::newRow("slash") << "a/b"
                               << "can't hold";
        QTest::newRow("up") << ".."
                            << "begin or end";
        QTest::newRow("hidden") << ".x"
                                << "begin or end";
        QTest::newRow("space at the end") << "x "
                                          << "begin or end";
        QTest::newRow("control") << QString("a\nb") << "control characters";
        QTest::newRow("long") << QString(80, 'x') << "80 characters";
        QTest::newRow("there") << "Lungs"
                               << "unfinished training";
        QTest::newRow("elsewhere") << "vgg16"
                                   << "There is a network";
    }

    void aNameThatCanBeNoFolderIsSaidInWords()
    {
        QFETCH(QString, name);
        QFETCH(QString, words);
        QTemporaryDir folder;
        const RunStore store(folder.filePath("models"));
        QVERIFY(store.create("Lungs", test::twoClasses(folder.filePath("films")), test::tinyRecipe(), {}));
        const QString problem = store.nameProblem(name, {"vgg16"});
        QVERIFY2(problem.contains(words), qPrintable(problem));
    }

    void aNameWithSpacesAndLettersOfAnyTongueIsFine()
    {
        const RunStore store("/nowhere");
        QCOMPARE(store.nameProblem(QString::fromUtf8("Lungen für Anfänger 2"), {}), QString());
        QCOMPARE(store.freeName("vgg16", {"vgg16"}), QString("vgg16-2"));
        QCOMPARE(store.freeName("a/b", {}), QString("a-b"));
    }

    void anUnfinishedRunIsFoundAgain()
    {
        QTemporaryDir folder;
        const QString root = folder.filePath("models");
        TrainingSettings settings;
        settings.epochs = 7;
        settings.threads = 3;
        QVERIFY(RunStore(root).create("lungs", test::twoClasses(folder.filePath("films")), test::tinyRecipe(),
                                      settings));
        test::writeFile(root + "/lungs/history.csv",
                        "epoch,split,loss,accuracy,auc,learning_rate,seconds\n1,train,1,0.5,nan,0.1,2\n"
                        "1,validation,1,0.5,0.5,0.1,2\n2,train,1,0.5,nan,0.1,2\n");
        const auto runs = RunStore(root).unfinished();
        QCOMPARE(runs.size(), std::size_t(1));
        QCOMPARE(runs[0].name, QString("lungs"));
        QCOMPARE(runs[0].epochs, 7);
        QCOMPARE(runs[0].epochsDone, 2);
        QCOMPARE(runs[0].threads, 3);
        QVERIFY(QFile::exists(runs[0].manifest));
        test::writeFile(root + "/lungs/card.json", "{}");
        QVERIFY(RunStore(root).unfinished().empty());
    }

    void onlyTheUsersOwnIsRemovedOrRenamed()
    {
        QTemporaryDir folder;
        QDir().mkpath(folder.filePath("models/mine"));
        QDir().mkpath(folder.filePath("elsewhere"));
        QFile::link(folder.filePath("elsewhere"), folder.filePath("models/link"));
        const RunStore store(folder.filePath("models"));
        QVERIFY(store.owns(folder.filePath("models/mine")));
        QVERIFY(!store.owns(folder.filePath("elsewhere")));
        for (const char *name : {"", "..", "../elsewhere", "link"})
            QVERIFY2(!store.remove(name), name);
        QVERIFY(QFile::exists(folder.filePath("elsewhere")));
        QVERIFY(store.remove("mine"));
        QVERIFY(!QFile::exists(folder.filePath("models/mine")));
    }

    void aRenamedNetworkIsCalledSoInItsCardAndKeepsTheRest()
    {
        QTemporaryDir folder;
        QDir().mkpath(folder.filePath("models/old"));
        test::writeFile(folder.filePath("models/old/card.json"),
                        R"({"id":"old","title":"old","temperature":1.25})");
        const RunStore store(folder.filePath("models"));
        QVERIFY(store.rename("old", "new"));
        QFile card(folder.filePath("models/new/card.json"));
        QVERIFY(card.open(QIODevice::ReadOnly));
        const QJsonObject json = QJsonDocument::fromJson(card.readAll()).object();
        QCOMPARE(json["id"].toString(), QString("new"));
        QCOMPARE(json["title"].toString(), QString("new"));
        QCOMPARE(json["temperature"].toDouble(), 1.25);
    }

    void aRateComesFromAnEarlierRunOfTheSameKind()
    {
        QTemporaryDir folder;
        const RunStore store(folder.filePath("models"));
        QVERIFY(store.create("lungs", test::twoClasses(folder.filePath("films")), test::tinyRecipe(), {}));
        QVERIFY(!store.rateOf("densenet121", 224));
        store.keepRate("lungs", 34.5);
        QCOMPARE(*store.rateOf("densenet121", 224), 34.5);
        QVERIFY(!store.rateOf("densenet121", 112));
        QVERIFY(!store.rateOf("vgg16", 224));
    }

    void settingsGoIntoTheRecipeAndWhatIsNotKnownStays()
    {
        const QJsonObject recipe = QJsonDocument::fromJson(R"({
            "architecture": "x", "unknown": {"kept": true}, "input": {"size": 224, "standardise": "unit"},
            "stages": [{"size": 112, "epochs": 30, "batch": 64}, {"size": 224, "epochs": 10, "batch": 32, "learningRate": 0.5}],
            "optimiser": {"name": "sgd", "peakLearningRate": 0.1}, "split": {"by": "film", "folds": 5}})")
                                       .object();
        TrainingSettings settings = settingsOf(recipe);
        QCOMPARE(settings.epochs, 40);
        QCOMPARE(settings.batch, 32);
        QCOMPARE(settings.learningRate, 0.1);
        QCOMPARE(withSettings(recipe, settings)["stages"].toArray()[0].toObject()["epochs"].toInt(), 30);
        settings.epochs = 8;
        settings.size = 160;
        settings.learningRate = 0.05;
        settings.folds = 10;
        const QJsonObject made = withSettings(recipe, settings);
        const QJsonArray stages = made["stages"].toArray();
        QCOMPARE(stages[0].toObject()["epochs"].toInt(), 6);
        QCOMPARE(stages[1].toObject()["epochs"].toInt(), 2);
        QCOMPARE(stages[1].toObject()["size"].toInt(), 160);
        QCOMPARE(stages[1].toObject()["learningRate"].toDouble(), 0.25);
        QCOMPARE(made["input"].toObject()["standardise"].toString(), QString("unit"));
        QCOMPARE(made["split"].toObject()["by"].toString(), QString("film"));
        QCOMPARE(made["split"].toObject()["folds"].toInt(), 10);
        QVERIFY(made["unknown"].toObject()["kept"].toBool());
        settings.epochs = 1; // fewer than stages: each keeps one
        QCOMPARE(settingsOf(withSettings(recipe, settings)).epochs, 2);
    }
};

QTEST_GUILESS_MAIN(RunStoreTest)
#include "RunStoreTest.moc"
