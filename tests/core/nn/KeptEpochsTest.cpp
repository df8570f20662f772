// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/KeptEpochs.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;

class KeptEpochsTest : public QObject {
    Q_OBJECT

private:
    static void keep(const QTemporaryDir &folder, int epoch)
    {
        const auto place = epochFolder(folder.path().toStdString(), epoch);
        std::filesystem::create_directories(place);
        ModelCard card;
        card.id = epochId("toy", epoch);
        card.title = "Toy";
        card.architecture = "vgg16";
        card.classes = {"a", "b"};
        card.weightsSha256 = std::string(64, 'a');
        QVERIFY(writeCard(card, place / "card.json"));
    }

private Q_SLOTS:
    void findsTheEpochsThatAPackageKeeps()
    {
        QTemporaryDir folder;
        QVERIFY(keptEpochs(folder.path().toStdString()).empty());
        for (const int epoch : {12, 2, 1000})
            keep(folder, epoch);
        QVERIFY(QDir(folder.path()).mkpath("epochs/013")); // without a card
        QVERIFY(QDir(folder.path()).mkpath("epochs/notes"));
        QVERIFY(keptEpochs(folder.path().toStdString()) == (std::vector{2, 12, 1000}));
        ModelPackage package;
        package.folder = folder.path().toStdString();
        package.card.id = "toy";
        const auto kept = packageAtEpoch(package, 12);
        QVERIFY(kept);
        QCOMPARE(kept->card.id, std::string("toy@12"));
        QCOMPARE(kept->weights().parent_path().filename().string(), std::string("012"));
        const auto missing = packageAtEpoch(package, 13);
        QVERIFY(!missing);
        QCOMPARE(missing.error().detail,
                 std::string("toy: expected an epoch that it keeps (2, 12, 1000), found 13"));
    }

    void readsNamesWithAnEpoch()
    {
        QCOMPARE(epochNameIn("toy@12")->id, std::string("toy"));
        QCOMPARE(epochNameIn("toy@12")->epoch, 12);
        QCOMPARE(epochNameIn("a@b/toy@3")->id, std::string("a@b/toy"));
        for (const char *name : {"toy", "toy@", "@3", "toy@x", "toy@3x", "toy@0", "toy@-1"})
            QVERIFY2(!epochNameIn(name), name);
    }
};

QTEST_GUILESS_MAIN(KeptEpochsTest)
#include "KeptEpochsTest.moc"
