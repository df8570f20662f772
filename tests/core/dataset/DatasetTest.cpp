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

    void readsAFolderOfFolders()
    {
        const QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        for (const char *name : {"normal/b.PNG", "covid/a.dcm", "train/covid/c.jpeg", "covid/notes.txt",
                                 ".cache/d.png", "beside.png"}) {
            std::filesystem::create_directories((root / name).parent_path());
            std::ofstream(root / name) << "x";
        }
        const auto dataset = readDataset(root);
        QVERIFY2(dataset, dataset ? "" : dataset.error().detail.c_str());
        QCOMPARE(dataset->samples.size(), std::size_t(3));
        QCOMPARE(dataset->samples[0].name, std::string("covid/a.dcm"));
        QCOMPARE(dataset->samples[1].label, std::string("normal"));
        QCOMPARE(dataset->samples[2].name, std::string("train/covid/c.jpeg"));
        QCOMPARE(dataset->samples[2].label, std::string("covid"));
        QCOMPARE(dataset->samples[2].group, dataset->samples[2].name);
        QVERIFY(std::filesystem::exists(dataset->samples[2].file));
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
