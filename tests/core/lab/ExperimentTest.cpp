// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lab/Experiment.h"

#include <QTemporaryDir>
#include <QTest>
#include <set>

using namespace hilum;

class ExperimentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesAndReadsEveryKindOfChange()
    {
        Experiment all{"all", "Every change", "Nothing left out.", everyChange()};
        std::get<CoverBrush>(all.changes[1]).points = {{0.1, 0.2}, {0.3, 0.4}};
        std::get<CoverLungs>(all.changes[2]).part = LungPart::AllButLungs;
        std::get<PasteText>(all.changes[5]).text = "PA 12:30";
        std::set<std::string> names;
        for (const FilmChange &change : all.changes)
            names.insert(changeName(change));
        QCOMPARE(names.size(), std::variant_size_v<FilmChange>);

        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("all.json").toStdString();
        QVERIFY(writeExperiment(all, file));
        const auto read = readExperiment(file);
        QVERIFY2(read, read ? "" : read.error().detail.c_str());
        QVERIFY(*read == all);
    }

    void takesItsNameFromTheFile()
    {
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("dark.json").toStdString();
        QVERIFY(writeExperiment({"", "", "", {ChangeGamma{2}}}, file));
        QCOMPARE(readExperiment(file)->name, std::string("dark"));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        QTest::newRow("no JSON") << "hello"
                                 << "e.json: expected a JSON object, found text that is no JSON";
        QTest::newRow("no changes") << "{}"
                                    << "e.json: changes: expected a list of objects, found nothing";
        QTest::newRow("schema") << R"({"schemaVersion": 2, "changes": [{"change": "invert"}]})"
                                << "e.json: schemaVersion: expected a whole number from 1 to 1, found 2";
        QTest::newRow("kind missing")
            << R"({"changes": [{"degrees": 3}]})"
            << "e.json: changes[0].change: expected the name of a change, found nothing";
        QTest::newRow("unknown key")
            << R"({"changes": [{"change": "invert"}, {"change": "rotate", "angle": 3}]})"
            << "e.json: changes[1].angle: expected one of the keys change, degrees, found this one";
        QTest::newRow("out of range")
            << R"({"changes": [{"change": "jpeg", "quality": 0}]})"
            << "e.json: changes[0].quality: expected a whole number from 1 to 100, found 0";
        QTest::newRow("text")
            << R"({"changes": [{"change": "text", "text": ""}]})"
            << "e.json: changes[0].text: expected 1 to 24 characters, ASCII from space to ~, "
               "found \"\"";
    }

    void saysWhatIsWrong()
    {
        QFETCH(QString, text);
        QFETCH(QString, message);
        const auto read = experimentFromJson(text.toStdString(), "e.json");
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::UsageWrong);
        QCOMPARE(QString::fromStdString(read.error().detail), message);
    }

    void namesTheKindsThatThereAre()
    {
        const auto read = experimentFromJson(R"({"changes": [{"change": "explode", "grey": 1}]})", "e.json");
        QVERIFY(!read);
        QVERIFY(read.error().detail.find(
                    "e.json: changes[0].change: expected one of rectangle, brush, lungs, border")
                == 0);
        QVERIFY(read.error().detail.find("brightness, found \"explode\"") != std::string::npos);
    }

    void theShippedOnesAreFoundByNameAndRead()
    {
        qputenv("HILUM_EXPERIMENTS", HILUM_SOURCE_DIR "/resources/experiments");
        const auto files = listExperiments();
        QVERIFY(files.size() >= 6);
        for (const auto &file : files) {
            const auto read = readExperiment(file);
            QVERIFY2(read, read ? "" : read.error().detail.c_str());
            QCOMPARE(read->name, file.stem().string());
            QVERIFY(!read->title.empty() && !read->description.empty());
        }
        QVERIFY(findExperiment("pasted-r"));
        const auto missing = findExperiment("no-such-thing");
        QVERIFY(!missing);
        QVERIFY(missing.error().detail.find("expected an experiment file or one of") == 0);
    }
};

QTEST_GUILESS_MAIN(ExperimentTest)
#include "ExperimentTest.moc"
