// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dataset/Split.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <fstream>
#include <map>
#include <set>

using namespace hilum;

namespace {

// 200 groups of one to three films, two labels, two sources; some with a fold of the manifest.
Dataset madeUp()
{
    Dataset dataset;
    for (int group = 0; group < 200; ++group) {
        for (int film = 0; film <= group % 3; ++film) {
            Sample sample;
            sample.name = std::to_string(group) + "-" + std::to_string(film);
            sample.group = "g" + std::to_string(group);
            sample.label = group % 2 == 0 ? "covid" : "normal";
            sample.source = group % 5 == 0 ? "small" : "large";
            // Only the first film of the group carries the fold.
            sample.fold = group < 20 && film == 0 ? group % 5 : -1;
            dataset.samples.push_back(sample);
        }
    }
    return dataset;
}

} // namespace

class DatasetTest : public QObject {
    Q_OBJECT

private:
    static std::filesystem::path write(const QTemporaryDir &folder, const char *text)
    {
        const std::filesystem::path file = folder.filePath("manifest.csv").toStdString();
        std::ofstream(file) << text;
        return file;
    }

    static void fill(const std::filesystem::path &root, std::initializer_list<const char *> files)
    {
        for (const char *name : files) {
            std::filesystem::create_directories((root / name).parent_path());
            std::ofstream(root / name) << "x";
        }
    }

private Q_SLOTS:
    void readsTheColumnsItKnows()
    {
        const QTemporaryDir folder;
        const auto dataset
            = readManifest(write(folder,
                                 "\xEF\xBB\xBFlabel,file,group,fold,linked_fold,source_repo,other\r\n"
                                 "covid,\"a, b.jpg\",p1,2,2,repo,x\r\n"
                                 "normal,/abs/c.png,,-1,3,repo,\r\n"));
        QVERIFY2(dataset, dataset ? "" : dataset.error().detail.c_str());
        QCOMPARE(dataset->samples.size(), std::size_t(2));
        QCOMPARE(dataset->samples[0].file.filename().string(), std::string("a, b.jpg"));
        QVERIFY(dataset->samples[0].file.is_absolute());
        QCOMPARE(dataset->samples[0].fold, 2);
        QCOMPARE(dataset->samples[0].source, std::string("repo"));
        QCOMPARE(dataset->samples[1].file.string(), std::string("/abs/c.png"));
        QCOMPARE(dataset->samples[1].group, std::string("/abs/c.png"));
        QCOMPARE(dataset->samples[1].fold, 3);
        QVERIFY(dataset->samples[1].linked && !dataset->samples[0].linked);
    }

    void saysWhatIsWrongWithAManifest_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("no label") << QByteArray("file,truth\na,b\n") << QByteArray("label");
        QTest::newRow("a short row") << QByteArray("file,label\na\n") << QByteArray("line 2");
        QTest::newRow("an open quote") << QByteArray("file,label\n\"a,b\n") << QByteArray("quoted");
        QTest::newRow("nothing") << QByteArray("") << QByteArray("header");
        QTest::newRow("other columns") << QByteArray("image,finding\na,b\n")
                                       << QByteArray("file and label, found \"image\", \"finding\"");
        QTest::newRow("a fold in words")
            << QByteArray("file,label,fold\na,b,0\nc,b,x\n")
            << QByteArray("line 3: expected a whole number from 0, or -1, as fold, "
                          "found \"x\"");
        QTest::newRow("half a fold") << QByteArray("file,label,linked_fold\na,b,1.5\n")
                                     << QByteArray("line 2: expected a whole number from 0, or -1, as "
                                                   "linked_fold, found \"1.5\"");
        QTest::newRow("a film twice")
            << QByteArray("file,label\na.png,x\nb.png,x\n./a.png,y\n")
            << QByteArray("line 4: expected each film once, found ./a.png as \"y\", "
                          "and in line 2 as \"x\"");
        QTest::newRow("a film without a name")
            << QByteArray("file,label\n,x\n") << QByteArray("line 2: expected the name of a film");
    }

    void saysWhatIsWrongWithAManifest()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, word);
        const QTemporaryDir folder;
        const auto dataset = readManifest(write(folder, text.constData()));
        QVERIFY(!dataset);
        QVERIFY2(dataset.error().detail.find(word.toStdString()) != std::string::npos,
                 dataset.error().detail.c_str());
    }

    void readsWhatSpreadsheetsWrite_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("semicolons") << QByteArray("file;label;group;split\r\na, b.png;covid;p1;Test\r\n");
        QTest::newRow("tabs") << QByteArray("file\tlabel\tgroup\tsplit\na, b.png\tcovid\tp1\tTest\n");
        QTest::newRow("capitals and blanks")
            << QByteArray("File, Label, Group, Split\n\"a, b.png\", covid, p1, Test\n");
    }

    void readsWhatSpreadsheetsWrite()
    {
        QFETCH(QByteArray, text);
        const QTemporaryDir folder;
        const auto dataset = readManifest(write(folder, text.constData()));
        QVERIFY2(dataset, dataset ? "" : dataset.error().detail.c_str());
        QCOMPARE(dataset->samples.size(), std::size_t(1));
        QCOMPARE(dataset->samples[0].name, std::string("a, b.png"));
        QCOMPARE(dataset->samples[0].label, std::string("covid"));
        QCOMPARE(dataset->samples[0].group, std::string("p1"));
        QCOMPARE(dataset->samples[0].split, std::string("Test"));
        QCOMPARE(dataset->samples[0].fold, -1);
        QCOMPARE(dataset->samples[0].line, 2);
    }

    void takesAnotherColumnForTheSplitOnlyWhereAllOfItNamesParts()
    {
        const QTemporaryDir folder;
        const auto parts = readManifest(write(folder, "file,label,subset\na,x,test\nb,x,\n"));
        QVERIFY(parts);
        QCOMPARE(parts->samples[0].split, std::string("test"));
        const auto bodies = readManifest(write(folder, "file,label,part\na,x,test\nb,x,chest\n"));
        QVERIFY(bodies);
        QVERIFY(bodies->samples[0].split.empty());
    }

    void readsAFolderOfFolders()
    {
        const QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        fill(root,
             {"normal/b.PNG", "covid/a.dcm", "covid/batch 1/c.jpeg", "covid/notes.txt", ".cache/d.png",
              "beside.png", "empty/notes.txt"});
        const auto dataset = readDataset(root);
        QVERIFY2(dataset, dataset ? "" : dataset.error().detail.c_str());
        QCOMPARE(dataset->samples.size(), std::size_t(3));
        QCOMPARE(dataset->samples[0].name, std::string("covid/a.dcm"));
        QCOMPARE(dataset->samples[1].name, std::string("covid/batch 1/c.jpeg"));
        QCOMPARE(dataset->samples[1].label, std::string("covid"));
        QCOMPARE(dataset->samples[1].group, dataset->samples[1].name);
        QVERIFY(dataset->samples[1].split.empty());
        QVERIFY(std::filesystem::exists(dataset->samples[1].file));
        QCOMPARE(dataset->samples[2].label, std::string("normal"));
        QCOMPARE(dataset->besideClasses, 1);
        QCOMPARE(dataset->emptyClasses, std::vector<std::string>{"empty"});
    }

    void takesFoldersNamedLikePartsForParts()
    {
        const QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        fill(root, {"Train/ill/b1/a.png", "Train/well/b.png", "test/ill/c.png", "lists/films.txt"});
        const auto dataset = readFolder(root);
        QVERIFY2(dataset, dataset ? "" : dataset.error().detail.c_str());
        QCOMPARE(dataset->samples.size(), std::size_t(3));
        QCOMPARE(dataset->samples[0].label, std::string("ill"));
        QCOMPARE(dataset->samples[0].split, std::string("Train"));
        QCOMPARE(dataset->samples[1].label, std::string("well"));
        QCOMPARE(dataset->samples[2].split, std::string("test"));
        // A folder that is no part's name makes all of them classes.
        fill(root, {"other/d.png"});
        const auto classes = readFolder(root);
        QVERIFY(classes);
        QCOMPARE(classes->samples[0].label, std::string("Train"));
        QVERIFY(classes->samples[0].split.empty());
    }

    void looksThroughALoneFolderAroundTheClasses()
    {
        const QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        fill(root, {"archive/v2/well/a.png", "archive/v2/ill/scans/b.png", "archive/licence.txt"});
        const auto dataset = readFolder(root);
        QVERIFY2(dataset, dataset ? "" : dataset.error().detail.c_str());
        QCOMPARE(dataset->samples.size(), std::size_t(2));
        QCOMPARE(dataset->samples[0].label, std::string("ill"));
        QCOMPARE(dataset->samples[0].name, std::string("ill/scans/b.png"));
        QCOMPARE(dataset->samples[1].label, std::string("well"));

        const QTemporaryDir one;
        const std::filesystem::path single = one.path().toStdString();
        fill(single, {"well/a.png", "well/first/b.png", "well/second/c.png"});
        QCOMPARE(readFolder(single)->samples[1].label, std::string("well"));
    }

    void aClassWithoutFilmsIsNoReasonToLookThroughTheOther()
    {
        namespace fs = std::filesystem;
        const QTemporaryDir folder;
        const fs::path root = folder.path().toStdString();
        fill(root, {"well/first/a.png", "well/second/b.png"});
        fs::create_directory(root / "ill");
        auto dataset = readFolder(root);
        QVERIFY2(dataset, dataset ? "" : dataset.error().detail.c_str());
        QCOMPARE(dataset->samples[0].label, std::string("well"));
        QCOMPARE(dataset->samples[1].label, std::string("well"));
        QCOMPARE(dataset->emptyClasses, std::vector<std::string>{"ill"});

        const QTemporaryDir packed;
        const fs::path archive = packed.path().toStdString();
        fill(archive, {"archive/well/a.png", "__MACOSX/archive/well/._a.png"});
        fs::create_directory(archive / "archive" / "ill");
        dataset = readFolder(archive);
        QVERIFY2(dataset, dataset ? "" : dataset.error().detail.c_str());
        QCOMPARE(dataset->samples[0].label, std::string("well"));
        QCOMPARE(dataset->emptyClasses, std::vector<std::string>{"ill"});
    }

    void followsLinksButReadsEachFolderOnce()
    {
        namespace fs = std::filesystem;
        const QTemporaryDir folder;
        const fs::path root = fs::path(folder.path().toStdString()) / "films";
        const fs::path elsewhere = fs::path(folder.path().toStdString()) / "elsewhere";
        fill(root, {"normal/a.png"});
        fill(elsewhere, {"b.png", "deep/c.png"});
        fs::create_directory_symlink(elsewhere, root / "covid");
        fs::create_directory_symlink(root / "normal", root / "again"); // it lies there itself
        fs::create_directory_symlink(root, root / "normal" / "above");
        fs::create_directory_symlink(folder.path().toStdString(), root / "normal" / "higher");
        fs::create_directory_symlink(root / "nowhere", root / "gone");
        fs::create_symlink(elsewhere / "b.png", root / "normal" / "link.png");
        const auto dataset = readFolder(root);
        QVERIFY2(dataset, dataset ? "" : dataset.error().detail.c_str());
        std::vector<std::string> names;
        for (const Sample &sample : dataset->samples)
            names.push_back(sample.name);
        QCOMPARE(
            names,
            (std::vector<std::string>{"covid/b.png", "covid/deep/c.png", "normal/a.png", "normal/link.png"}));
    }

    void prefersTheManifestOfAFolder()
    {
        const QTemporaryDir folder;
        write(folder, "file,label\nnormal/b.png,covid\n");
        const auto dataset = readDataset(folder.path().toStdString());
        QVERIFY(dataset);
        QCOMPARE(dataset->samples[0].label, std::string("covid"));
    }

    void namesAFolderWithoutClasses()
    {
        const QTemporaryDir folder;
        const auto dataset = readDataset(folder.path().toStdString());
        QVERIFY(!dataset);
        QCOMPARE(dataset.error().code, ErrorCode::UsageWrong);
        QVERIFY(dataset.error().detail.find(folder.path().toStdString()) != std::string::npos);
    }

    void neverSplitsAPatient()
    {
        const Dataset dataset = madeUp();
        for (int fold = 0; fold < 5; ++fold) {
            const Split split = splitDataset(dataset, {5, fold}, 7);
            QCOMPARE(split.train.size() + split.validation.size() + split.heldOut.size(),
                     dataset.samples.size());
            std::map<std::string, std::set<int>> parts;
            for (const Sample &s : split.train)
                parts[s.group].insert(0);
            for (const Sample &s : split.validation)
                parts[s.group].insert(1);
            for (const Sample &s : split.heldOut)
                parts[s.group].insert(2);
            for (const auto &[group, where] : parts)
                QVERIFY2(where.size() == 1, group.c_str());
            QVERIFY(!split.validation.empty());
        }
    }

    void keepsTheManifestsFolds()
    {
        const Split split = splitDataset(madeUp(), {5, 3}, 7);
        for (int group = 3; group < 20; group += 5) {
            const auto inHeldOut = [&](const Sample &s) { return s.group == "g" + std::to_string(group); };
            QVERIFY(std::ranges::any_of(split.heldOut, inHeldOut));
            QVERIFY(std::ranges::none_of(split.train, inHeldOut));
        }
    }

    void evensOutLabelsAndSources()
    {
        std::map<std::string, std::vector<int>> films;
        for (int fold = 0; fold < 5; ++fold) {
            for (const Sample &s : splitDataset(madeUp(), {5, fold}, 7).heldOut) {
                auto &counts = films[s.label + s.source];
                counts.resize(5);
                ++counts[std::size_t(fold)];
            }
        }
        for (const auto &[stratum, counts] : films)
            QVERIFY2(std::ranges::max(counts) - std::ranges::min(counts) <= 3, stratum.c_str());
    }

    void findsValidationFilmsInASmallSet()
    {
        Dataset dataset;
        for (int i = 0; i < 12; ++i) {
            Sample sample;
            sample.name = sample.group = std::to_string(i);
            sample.label = i % 2 == 0 ? "covid" : "normal";
            dataset.samples.push_back(sample);
        }
        const Split split = splitDataset(dataset, {4, 0}, 7);
        std::set<std::string> labels;
        for (const Sample &sample : split.validation)
            labels.insert(sample.label);
        QCOMPARE(labels.size(), std::size_t(2));
        QVERIFY(split.train.size() >= 4);
    }

    void holdsOutTheSourcesThatAreLeftOut()
    {
        SplitRule rule;
        rule.leaveOut = {"small"};
        const Split split = splitDataset(madeUp(), rule, 7);
        QVERIFY(!split.heldOut.empty());
        for (const Sample &s : split.heldOut)
            QCOMPARE(s.source, std::string("small"));
        std::set<std::string> heldOut;
        for (const Sample &s : split.heldOut)
            heldOut.insert(s.group);
        for (const auto *part : {&split.train, &split.validation})
            for (const Sample &s : *part)
                QVERIFY(s.source != "small" && !heldOut.contains(s.group));
    }

    void neverTrainsOnAPatientOfALeftOutSource()
    {
        Dataset dataset = madeUp();
        dataset.samples[1].group = dataset.samples[0].group; // group 0 is of "small"
        SplitRule rule;
        rule.leaveOut = {"small"};
        const Split split = splitDataset(dataset, rule, 7);
        for (const auto *part : {&split.train, &split.validation})
            for (const Sample &s : *part)
                QVERIFY(s.group != dataset.samples[0].group);
    }

    void takesOnlyTheFilmsOfTheFoldsWhenAskedTo()
    {
        Dataset dataset = madeUp();
        for (Sample &s : dataset.samples)
            s.linked = s.group == "g1";
        SplitRule rule;
        rule.only = SplitOnly::Folds;
        const Split split = splitDataset(dataset, rule, 7);
        // Twenty groups have a film with a fold of its own; one of them is only linked.
        QCOMPARE(split.train.size() + split.validation.size() + split.heldOut.size(), std::size_t(19));
    }

    void takesOnlyFilmsApartFromTheFoldsWhenAskedTo()
    {
        const Dataset dataset = madeUp();
        std::set<std::string> ofFolds;
        std::size_t others = 0;
        for (const Sample &s : dataset.samples)
            if (s.fold >= 0)
                ofFolds.insert(s.group);
        for (const Sample &s : dataset.samples)
            others += ofFolds.contains(s.group) ? 0 : 1;
        QVERIFY(others > 0 && others < dataset.samples.size());
        SplitRule rule;
        rule.only = SplitOnly::Others;
        const Split split = splitDataset(dataset, rule, 7);
        QCOMPARE(split.train.size() + split.validation.size() + split.heldOut.size(), others);
        QVERIFY(!split.train.empty() && !split.validation.empty() && !split.heldOut.empty());
        // A patient of the folds stays out with all films, those without a fold, too.
        for (const auto *part : {&split.train, &split.validation, &split.heldOut})
            for (const Sample &s : *part)
                QVERIFY2(!ofFolds.contains(s.group), s.name.c_str());
    }

    void dealsFilmByFilmWhenAskedTo()
    {
        SplitRule rule;
        rule.by = SplitBy::Film;
        const Split split = splitDataset(madeUp(), rule, 7);
        std::set<std::string> heldOut;
        for (const Sample &s : split.heldOut)
            heldOut.insert(s.group);
        QVERIFY(std::ranges::any_of(split.train, [&](const Sample &s) { return heldOut.contains(s.group); }));
    }

    void putsFilmsWhereTheDataSetPutsThem()
    {
        Dataset dataset = madeUp();
        for (std::size_t i = 0; i < dataset.samples.size(); ++i)
            dataset.samples[i].split = i % 5 == 0 ? "Test" : i % 5 == 1 ? "valid" : "training";
        // Three films of one patient, in all three parts.
        for (std::size_t i = 0; i < 3; ++i)
            dataset.samples[i].group = "torn";
        const Split split = splitDataset(dataset, {5, 3}, 7);
        QCOMPARE(split.train.size() + split.validation.size() + split.heldOut.size(), dataset.samples.size());
        std::map<std::string, SplitPart> last; // of each patient
        for (const Sample &s : dataset.samples)
            last[s.group] = std::max(last[s.group], *partNamed(s.split));
        QVERIFY(last["torn"] == SplitPart::HeldOut);
        for (const Sample &s : split.train)
            QVERIFY2(last[s.group] == SplitPart::Train, s.name.c_str());
        for (const Sample &s : split.validation)
            QVERIFY2(last[s.group] == SplitPart::Validation, s.name.c_str());
        for (const Sample &s : split.heldOut)
            QVERIFY2(last[s.group] == SplitPart::HeldOut, s.name.c_str());
    }

    void dealsOnlyTheFilmsThatTheDataSetLeavesUndecided()
    {
        Dataset dataset = madeUp();
        for (Sample &s : dataset.samples)
            s.split = s.group < "g15" ? "test" : s.group < "g3" ? "train" : "";
        const auto count = [](const std::vector<Sample> &films, const char *word) {
            return std::ranges::count(films, word, &Sample::split);
        };
        const Split split = splitDataset(dataset, {5, 3}, 7);
        QCOMPARE(count(split.train, "test") + count(split.validation, "test"), 0);
        QCOMPARE(count(split.heldOut, "train") + count(split.validation, "train"), 0);
        QVERIFY(count(split.heldOut, "") > 0);
        QVERIFY(count(split.validation, "") > 0);
        QVERIFY(count(split.train, "") > 0);

        // With its own validation films no others are dealt.
        for (Sample &s : dataset.samples)
            s.split = s.group == "g7" ? "val" : s.split;
        const Split own = splitDataset(dataset, {5, 3}, 7);
        QVERIFY(!own.validation.empty());
        for (const Sample &s : own.validation)
            QCOMPARE(s.group, std::string("g7"));
    }

    void takesValidationFilmsFromTrainingOnesWhenTheDataSetDecidesAllOthers()
    {
        Dataset dataset = madeUp();
        for (Sample &s : dataset.samples)
            s.split = s.group < "g15" ? "test" : "train";
        const Split split = splitDataset(dataset, {}, 7);
        QVERIFY(!split.validation.empty());
        for (const Sample &s : split.validation)
            QCOMPARE(s.split, std::string("train"));
        for (const Sample &s : split.heldOut)
            QCOMPARE(s.split, std::string("test"));
    }

    void leavesOtherProtocolsAsTheyAre_data()
    {
        QTest::addColumn<int>("protocol");
        QTest::newRow("parts are dealt") << 0;
        QTest::newRow("only films of folds") << 1;
        QTest::newRow("a source is left out") << 2;
    }

    void leavesOtherProtocolsAsTheyAre()
    {
        QFETCH(int, protocol);
        SplitRule rule;
        rule.parts = protocol == 0 ? SplitParts::Dealt : SplitParts::Manifest;
        rule.only = protocol == 1 ? SplitOnly::Folds : SplitOnly::All;
        if (protocol == 2)
            rule.leaveOut = {"small"};
        Dataset dataset = madeUp();
        const auto names = [&] {
            const Split split = splitDataset(dataset, rule, 7);
            std::vector<std::string> all;
            for (const auto *part : {&split.train, &split.validation, &split.heldOut}) {
                for (const Sample &s : *part)
                    all.push_back(s.name);
                all.emplace_back();
            }
            return all;
        };
        const auto without = names();
        for (std::size_t i = 0; i < dataset.samples.size(); ++i)
            dataset.samples[i].split = i % 2 == 0 ? "test" : "train";
        QCOMPARE(names(), without);
    }

    void keepsFoldsThatTheRuleHasNoPlaceFor()
    {
        Dataset dataset = madeUp();
        for (Sample &s : dataset.samples)
            s.fold = std::stoi(s.group.substr(1)) % 10;
        for (const Sample &s : splitDataset(dataset, {5, 0}, 7).heldOut)
            QVERIFY2(std::stoi(s.group.substr(1)) % 10 == 0, s.group.c_str());
        QCOMPARE(foldsNamed(dataset), 10);
    }

    void saysWhatATrainingCantGoBy_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("words"); // none: it can
        QTest::newRow("all well") << QByteArray("file,label,fold,split\na,x,4,\nb,y,,VAL\nc,x,9,test\n")
                                  << QByteArray();
        QTest::newRow("a fold too many")
            << QByteArray("file,label,fold\na,x,4\nb,y,5\nc,y,9\n")
            << QByteArray(
                   "m.csv: line 3: expected a fold below 5, as split.folds says; it must be 10 or more, "
                   "found 5");
        QTest::newRow("no part's name")
            << QByteArray("file,label,split\na,x,train\nb,y,testt\n")
            << QByteArray("m.csv: line 3: expected train, val, test or nothing as "
                          "its part, found \"testt\"");
        QTest::newRow("no label") << QByteArray("file,label\na,x\nb,\n")
                                  << QByteArray("m.csv: line 3: expected a label, found nothing");
    }

    void saysWhatATrainingCantGoBy()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, words);
        const QTemporaryDir folder;
        const auto dataset = readManifest(write(folder, text.constData()));
        QVERIFY2(dataset, dataset ? "" : dataset.error().detail.c_str());
        const auto fits = checkSplit(*dataset, {}, "m.csv");
        QCOMPARE(fits ? std::string() : fits.error().detail, words.toStdString());
    }

    void isTheSameForTheSameSeed()
    {
        const auto names = [](const Split &split) {
            std::vector<std::string> all;
            for (const Sample &s : split.heldOut)
                all.push_back(s.name);
            return all;
        };
        QVERIFY(names(splitDataset(madeUp(), {5, 1}, 7)) == names(splitDataset(madeUp(), {5, 1}, 7)));
        QVERIFY(names(splitDataset(madeUp(), {5, 1}, 7)) != names(splitDataset(madeUp(), {5, 1}, 8)));
    }

    void fewFilmsTrainWhenFewAreAskedFor()
    {
        Dataset dataset;
        for (int i = 0; i < 300; ++i) {
            Sample sample;
            sample.name = "f" + std::to_string(i);
            sample.group = sample.name;
            sample.label = i < 240 ? "common" : "rare";
            dataset.samples.push_back(sample);
        }
        const auto namesOf = [](const std::vector<Sample> &films) {
            std::set<std::string> names;
            for (const Sample &film : films)
                names.insert(film.name);
            return names;
        };
        SplitRule rule;
        const Split all = splitDataset(dataset, rule, 7);
        rule.trainFilms = 20;
        const Split few = splitDataset(dataset, rule, 7);
        rule.trainFilms = 40;
        const Split more = splitDataset(dataset, rule, 7);
        QCOMPARE(few.train.size(), std::size_t(20));
        QCOMPARE(std::ranges::count(few.train, "rare", &Sample::label), 10);
        // What is held out and validated stays, so that runs can be compared.
        QVERIFY(namesOf(few.heldOut) == namesOf(all.heldOut));
        QVERIFY(namesOf(few.validation) == namesOf(all.validation));
        QVERIFY(std::ranges::includes(namesOf(more.train), namesOf(few.train)));
        QVERIFY(std::ranges::includes(namesOf(all.train), namesOf(more.train)));
    }
};

QTEST_GUILESS_MAIN(DatasetTest)
#include "DatasetTest.moc"
