// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/compare/FilmComparison.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;

namespace {

FilmComparison threeFilms()
{
    FilmComparison comparison;
    comparison.films = "manifest.csv";
    comparison.models = {ComparedModel{"vgg16", std::string(64, 'a'), 0.31},
                         ComparedModel{"densenet121", std::string(64, 'b'), {}}};
    comparison.classes = {"ill", "well, or so"};
    comparison.read = {{"films/one.png", "p1", "East", 0, {0.9, 0.1}, {1.0 / 3, 2.0 / 3}},
                       {"films/two.png", "p2", "West", 1, {0.2, 0.8}, {0.3, 0.7}},
                       {"films/three.png", "", "", -1, {0.5, 0.5}, {0.4, 0.6}}};
    comparison.files.resize(3);
    comparison.unread = {{"films/four.png", "/films/four.png", {ErrorCode::DataCorrupt, "no pixels"}}};
    return comparison;
}

void write(const QString &path, const std::string &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(text));
}

} // namespace

class FilmComparisonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesARowAFilmThatSaysWhereItComesFrom()
    {
        const QStringList rows
            = QString::fromStdString(comparisonTable(threeFilms())).trimmed().split(QLatin1Char('\n'));
        QCOMPARE(rows.size(), 4);
        QCOMPARE(rows[0],
                 QString("film,group,source,truth,disagreement,agree,call_vgg16,call_densenet121,p_ill_vgg16,"
                         "\"p_well, or so_vgg16\",p_ill_densenet121,\"p_well, or so_densenet121\","
                         "weights_vgg16,weights_densenet121,software,notice"));
        QVERIFY(
            rows[1].startsWith("films/one.png,p1,East,ill,0.5666666666666667,0,ill,\"well, or so\",0.9,"));
        QVERIFY(rows[1].endsWith("aaaaaaaaaaaa,bbbbbbbbbbbb,Hilum " HILUM_VERSION
                                 ",\"For education, not for diagnosis\""));
    }

    void tellsTwoNetworksOfOneIdApart()
    {
        FilmComparison comparison = threeFilms();
        comparison.models[1].id = "vgg16";
        QVERIFY(comparisonTable(comparison).find(",call_vgg16-1,call_vgg16-2,") != std::string::npos);
    }

    void readsBackWhatItWrote()
    {
        QTemporaryDir folder;
        const FilmComparison written = threeFilms();
        write(folder.filePath("comparison.csv"), comparisonTable(written));
        write(folder.filePath("comparison.json"),
              comparisonReport(written, compareModels(written.read, written.classes)));
        const auto read = readComparison(folder.path().toStdString());
        QVERIFY(read);
        QCOMPARE(read->read.size(), std::size_t(3));
        QVERIFY(read->classes == written.classes);
        for (std::size_t i = 0; i < 3; ++i) {
            QCOMPARE(read->read[i].film, written.read[i].film);
            QCOMPARE(read->read[i].group, written.read[i].group);
            QCOMPARE(read->read[i].truth, written.read[i].truth);
            QVERIFY(read->read[i].first == written.read[i].first); // to the last bit
            QVERIFY(read->read[i].second == written.read[i].second);
        }
        QCOMPARE(read->models[0].weightsSha256, std::string(64, 'a'));
        QCOMPARE(read->models[0].operatingPoint.value_or(0), 0.31);
        QVERIFY(!read->models[1].operatingPoint);
        QCOMPARE(read->unread.size(), std::size_t(1));
        QCOMPARE(read->unread[0].error.detail, std::string("no pixels"));
        QCOMPARE(comparisonTable(*read), comparisonTable(written));
    }

    void findsTheFilmsAgain()
    {
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath("results"));
        write(folder.filePath("manifest.csv"), "file,label\nfilms/two.png,ill\nfilms/one.png,ill\n");
        const FilmComparison written = threeFilms();
        const QString table = folder.filePath("results/comparison.csv");
        write(table, comparisonTable(written));
        auto alone = readComparison(table.toStdString());
        QVERIFY(alone);
        QCOMPARE(alone->models[0].weightsSha256, std::string(12, 'a'));
        QVERIFY(alone->files[0].empty()); // nobody said where they are
        const auto found = findFiles(*alone, folder.filePath("manifest.csv").toStdString());
        QCOMPARE(found.value_or(0), 2);
        QCOMPARE(alone->files[1].filename().string(), std::string("two.png"));
        // Beside the report, which names the manifest from a folder above.
        write(folder.filePath("results/comparison.json"),
              comparisonReport(written, compareModels(written.read, written.classes)));
        const auto both = readComparison(table.toStdString());
        QVERIFY(both);
        QCOMPARE(both->files[0], std::filesystem::path(folder.filePath("films/one.png").toStdString()));
        QVERIFY(both->files[2].empty());
    }

    void saysWhatIsWrongWithATable_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("found");
        const QString head = "film,group,source,truth,call_a,call_b,p_x_a,p_y_a,p_x_b,p_y_b\n";
        QTest::newRow("another table") << "file,label\na,b\n"
                                       << "found another table";
        QTest::newRow("one network") << "film,group,source,truth,call_a,p_x_a,p_y_a\n"
                                     << "found it 1 times";
        QTest::newRow("no class") << "film,group,source,truth,call_a,call_b\n"
                                  << "found 0";
        QTest::newRow("a class of one only") << "film,group,source,truth,call_a,call_b,p_x_a,p_y_a,p_x_b\n"
                                             << "expected a column p_y_b";
        QTest::newRow("no film") << head << "expected a film, found none";
        QTest::newRow("no number") << head + "f,,,,x,x,0.5,0.5,nan,0.5\n"
                                   << "found \"nan\"";
        QTest::newRow("over one") << head + "f,,,,x,x,0.5,1.5,0.5,0.5\n"
                                  << "found \"1.5\"";
    }

    void saysWhatIsWrongWithATable()
    {
        QFETCH(QString, text);
        QFETCH(QString, found);
        QTemporaryDir folder;
        write(folder.filePath("comparison.csv"), text.toStdString());
        const auto read = readComparison(folder.path().toStdString());
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::DataCorrupt);
        QVERIFY2(read.error().detail.find(found.toStdString()) != std::string::npos,
                 read.error().detail.c_str());
        QVERIFY(read.error().detail.find("comparison.csv") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(FilmComparisonTest)
#include "FilmComparisonTest.moc"
