// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/TrainingSource.h"
#include "tests/ui/train/FakeChildren.h"

#include <QTemporaryDir>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;

class TrainingSourceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFolderOfFoldersIsItsClasses()
    {
        QTemporaryDir folder;
        test::writeFilms(folder.filePath("sick"), 12);
        test::writeFilms(folder.filePath("well"), 8);
        test::writeFile(folder.filePath("well/notes.txt"), "no film");
        const auto source = inspectSource(folder.path(), {});
        QVERIFY(source);
        QCOMPARE(source->classes.size(), std::size_t(2));
        QCOMPARE(source->classes[0].label, std::string("sick"));
        QCOMPARE(source->classes[0].films, 12);
        QCOMPARE(source->others, 1);
        QVERIFY(!source->knowsPatients);
    }

    void aManifestKnowsPatients()
    {
        QTemporaryDir folder;
        test::writeFilms(folder.filePath("f"), 4);
        test::writeFile(
            folder.filePath("m.csv"),
            "file,label,group,origin\nf/film0.png,a,p1,X\nf/film1.png,a,p1,X\nf/film2.png,b,p2,Y\nf/"
            "gone.png,b,p3,Y\n");
        const auto source = inspectSource(folder.filePath("m.csv"), {});
        QVERIFY(source);
        QVERIFY(source->knowsPatients);
        QCOMPARE(source->classes[0].patients, 1);
        QCOMPARE(source->missing, 1);
        QCOMPARE(source->origins.size(), std::size_t(2));
    }

    void aFolderThatBringsItsManifestIsWhatThatSays()
    {
        QTemporaryDir folder;
        test::writeFilms(folder.filePath("f"), 2);
        test::writeFile(folder.filePath("manifest.csv"), "file,label\nf/film0.png,a\nf/film1.png,b\n");
        const auto source = inspectSource(folder.path(), {});
        QVERIFY(source);
        QVERIFY(source->kind == TrainingSource::Kind::Manifest);
        QCOMPARE(source->classes.size(), std::size_t(2));
    }

    void whatIsWrongIsSaidWithWhatToDo_data()
    {
        QTest::addColumn<QString>("folders"); // "name:films name:films"
        QTest::addColumn<QString>("words");
        QTest::newRow("one class") << "sick:5"
                                   << "only one class";
        QTest::newRow("films without folders") << ".:5"
                                               << "no class folders";
        QTest::newRow("nothing") << ""
                                 << "no class folders";
        QTest::newRow("empty folders") << "sick:0 well:0"
                                       << "No film was found";
    }

    void whatIsWrongIsSaidWithWhatToDo()
    {
        QFETCH(QString, folders);
        QFETCH(QString, words);
        QTemporaryDir folder;
        for (const QString &one : folders.split(' ', Qt::SkipEmptyParts))
            test::writeFilms(folder.filePath(one.section(':', 0, 0)), one.section(':', 1).toInt());
        const auto source = inspectSource(folder.path(), {});
        QVERIFY(!source);
        QVERIFY2(source.error().what.contains(words), qPrintable(source.error().what));
        QVERIFY(!source.error().tryThis.isEmpty());
    }

    void aFileThatIsNoManifestIsRefused()
    {
        QTemporaryDir folder;
        test::writeFile(folder.filePath("m.csv"), "a,b\n1,2\n");
        const auto source = inspectSource(folder.filePath("m.csv"), {});
        QVERIFY(!source);
        QVERIFY(source.error().detail.contains("file and label"));
        QVERIFY(!inspectSource(folder.filePath("nowhere"), {}));
    }

    void fourFilmsOfAClassAreTooFew()
    {
        QTemporaryDir folder;
        test::writeFilms(folder.filePath("sick"), 4);
        test::writeFilms(folder.filePath("well"), 40);
        const SplitOutlook outlook = outlookOf(*inspectSource(folder.path(), {}), {});
        QVERIFY2(outlook.problem.contains("Too few films of Sick: 4"), qPrintable(outlook.problem));
    }

    void theOutlookCountsAsTheTrainingWill()
    {
        QTemporaryDir folder;
        const TrainingSource source = test::twoClasses(folder.path());
        Recipe recipe;
        recipe.split.validation = 0.2;
        recipe.seed = 7;
        const SplitOutlook outlook = outlookOf(source, recipe);
        const Split split = splitDataset(source.dataset, recipe.split, recipe.seed);
        QCOMPARE(outlook.problem, QString());
        QCOMPARE(outlook.heldOut, int(split.heldOut.size()));
        QCOMPARE(outlook.train + outlook.validation + outlook.heldOut, 20);
        // 4 of 4 right: Wilson's lower end is 0.5101.
        QCOMPARE(outlook.heldOut, 4);
        QVERIFY2(outlook.sentence.contains("above 51 %"), qPrintable(outlook.sentence));
    }

    void aRecipeForOtherClassesSaysWhichAreMissing()
    {
        QTemporaryDir folder;
        const TrainingSource source = test::twoClasses(folder.path());
        Recipe recipe;
        recipe.classes = {"covid", "sick"};
        const SplitOutlook outlook = outlookOf(source, recipe);
        QVERIFY2(outlook.problem.contains("no film of COVID-19"), qPrintable(outlook.problem));
    }

    void fewHeldOutFilmsSayLittle()
    {
        // Wilson for 9 of 10: 0.596 to 0.982.
        QCOMPARE(heldOutSentence(9, 10),
                 QString("9 of 10 held-out films right: anything between 60 % and 98 % (95 % interval)"));
        QVERIFY(fewFilmsWarning(10).contains("too few"));
        QCOMPARE(fewFilmsWarning(500), QString());
    }

    void aFolderWithPartsHoldsOutItsOwn()
    {
        QTemporaryDir folder;
        for (const char *one : {"train/sick", "train/well", "test/sick", "test/well"})
            test::writeFilms(folder.filePath(QStringLiteral("films/") + one), 6);
        const auto source = inspectSource(folder.filePath("films"), {});
        QVERIFY(source);
        const SplitOutlook outlook = outlookOf(*source, {});
        QCOMPARE(outlook.problem, QString());
        QCOMPARE(outlook.heldOut, 12);
        // The training gets a manifest of them, and must come to the same.
        const auto file = std::filesystem::path(folder.filePath("m.csv").toStdString());
        QVERIFY(writeManifest(*source, file));
        const auto dataset = readManifest(file);
        QVERIFY(dataset);
        QCOMPARE(splitDataset(*dataset, {}, 7).heldOut.size(), std::size_t(12));
    }

    void aFoldTooManyIsAProblem()
    {
        QTemporaryDir folder;
        test::writeFilms(folder.filePath("f"), 12);
        QByteArray text = "file,label,fold\n";
        for (int i = 0; i < 12; ++i)
            text += "f/film" + QByteArray::number(i) + (i % 2 == 0 ? ".png,a," : ".png,b,")
                + QByteArray::number(i / 2) + "\n";
        test::writeFile(folder.filePath("m.csv"), text);
        const auto source = inspectSource(folder.filePath("m.csv"), {});
        QVERIFY(source);
        const SplitOutlook outlook = outlookOf(*source, {});
        QVERIFY2(outlook.problem.contains("m.csv: line 12: expected a fold below 5"),
                 qPrintable(outlook.problem));
    }

    void theManifestOfAFolderReadsBack()
    {
        QTemporaryDir folder;
        const TrainingSource source = test::twoClasses(folder.filePath("a, \"b\""));
        const auto file = std::filesystem::path(folder.filePath("m.csv").toStdString());
        QVERIFY(writeManifest(source, file));
        const auto dataset = readManifest(file);
        QVERIFY(dataset);
        QCOMPARE(dataset->samples.size(), source.dataset.samples.size());
        QVERIFY(std::filesystem::exists(dataset->samples[3].file));
        QCOMPARE(dataset->samples[3].label, source.dataset.samples[3].label);
    }
};

QTEST_GUILESS_MAIN(TrainingSourceTest)
#include "TrainingSourceTest.moc"
