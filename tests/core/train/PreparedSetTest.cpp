// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/PreparedSet.h"
#include "core/train/SoftLabels.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>

using namespace hilum;

namespace {

PreparedSet madeUp()
{
    PreparedSet set{32, Crop::CentreSquare, {}, {}};
    for (int i = 0; i < 3; ++i) {
        Sample sample;
        sample.name = "film \"" + std::to_string(i) + "\", \xC3\xA9.png";
        sample.label = i == 0 ? "covid" : "normal";
        sample.group = "g" + std::to_string(i);
        sample.source = "s";
        sample.fold = i - 1;
        sample.linked = i == 2;
        sample.split = i == 1 ? "Test" : "";
        set.samples.push_back(sample);
        set.squares.emplace_back(32, 32, static_cast<std::uint8_t>(i * 40));
        set.squares.back().at(i, 5) = 255;
    }
    return set;
}

std::string bytesOf(const std::filesystem::path &file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::filesystem::path &file, const std::string &bytes)
{
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

} // namespace

class PreparedSetTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::filesystem::path file() const { return m_folder.filePath("set.hilum").toStdString(); }

private Q_SLOTS:
    void readsWhatItWrote()
    {
        const PreparedSet set = madeUp();
        QVERIFY(writePreparedSet(set, file()));
        QVERIFY(isPreparedSet(file()));
        const auto read = readPreparedSet(file());
        QVERIFY2(read, read ? "" : read.error().detail.c_str());
        QCOMPARE(read->size, 32);
        QCOMPARE(read->samples.size(), std::size_t(3));
        for (std::size_t i = 0; i < 3; ++i) {
            QCOMPARE(read->samples[i].name, set.samples[i].name);
            QCOMPARE(read->samples[i].label, set.samples[i].label);
            QCOMPARE(read->samples[i].group, set.samples[i].group);
            QCOMPARE(read->samples[i].fold, set.samples[i].fold);
            QCOMPARE(read->samples[i].linked, set.samples[i].linked);
            QCOMPARE(read->samples[i].split, set.samples[i].split);
            QVERIFY(std::ranges::equal(read->squares[i].samples(), set.squares[i].samples()));
        }
    }

    void refusesEveryCutFile()
    {
        QVERIFY(writePreparedSet(madeUp(), file()));
        const std::string whole = bytesOf(file());
        for (std::size_t length = 0; length < whole.size(); length += length < 700 ? 1 : 97) {
            write(file(), whole.substr(0, length));
            const auto read = readPreparedSet(file());
            QVERIFY2(!read, qPrintable(QString::number(length)));
            QCOMPARE(read.error().code, ErrorCode::DataCorrupt);
        }
        write(file(), whole + "x");
        QVERIFY(!readPreparedSet(file()));
    }

    void refusesEveryChangedByteOrReadsTheSame()
    {
        QVERIFY(writePreparedSet(madeUp(), file()));
        const std::string whole = bytesOf(file());
        std::mt19937_64 random(1);
        for (int i = 0; i < 600; ++i) {
            std::string bytes = whole;
            const std::size_t at = i < 400 ? static_cast<std::size_t>(i) % 400 : random() % bytes.size();
            bytes[at] = static_cast<char>(random());
            write(file(), bytes);
            const auto read = readPreparedSet(file());
            if (read) // a letter of a name, say
                QCOMPARE(read->samples.size(), std::size_t(3));
            else
                QVERIFY(!read.error().detail.empty());
        }
    }

    void refusesLyingHeaders_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("words");
        const QByteArray film = R"({"film":"a","label":"b","group":"c","source":"","fold":0})";
        QTest::newRow("no JSON") << QByteArray("{") << QByteArray("header of JSON");
        QTest::newRow("no size") << QByteArray(R"({"schemaVersion":1})") << QByteArray("size from 32");
        QTest::newRow("giant") << QByteArray(R"({"schemaVersion":1,"size":100000})")
                               << QByteArray("size from 32");
        QTest::newRow("no films") << QByteArray(R"({"schemaVersion":1,"size":32,"crop":"squeeze"})")
                                  << QByteArray("list of films");
        QTest::newRow("a label that is a number") << QByteArray(
            R"({"schemaVersion":1,"size":32,"crop":"squeeze","films":[{"film":"a","label":1}]})")
                                                  << QByteArray("text as label");
        QTest::newRow("a split that is a number")
            << QByteArray(R"({"schemaVersion":1,"size":32,"crop":"squeeze","films":[{"film":"a","label":"b",)"
                          R"("group":"c","source":"","fold":0,"split":1}]})")
            << QByteArray("text as split");
        QTest::newRow("twice") << R"({"schemaVersion":1,"size":32,"crop":"squeeze","films":[)" + film + ","
                + film + "]}" << QByteArray("a twice");
        QTest::newRow("no squares") << R"({"schemaVersion":1,"size":32,"crop":"squeeze","films":[)" + film
                + "]}" << QByteArray("1024 bytes of squares, found 0");
    }

    void refusesLyingHeaders()
    {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, words);
        std::string bytes = "HILUMSET";
        for (int i = 0; i < 8; ++i)
            bytes += static_cast<char>((static_cast<std::uint64_t>(header.size()) >> (8 * i)) & 0xff);
        write(file(), bytes + header.toStdString());
        const auto read = readPreparedSet(file());
        QVERIFY(!read);
        QVERIFY2(read.error().detail.find(words.toStdString()) != std::string::npos,
                 read.error().detail.c_str());
        QVERIFY(read.error().detail.find("set.hilum") != std::string::npos);
    }

    void takesSoftLabelsOfTheFilmsThatItKnows()
    {
        std::vector<TrainingFilm> films(2);
        films[0].film = "a.png";
        films[1].film = "b.png";
        const std::filesystem::path csv = m_folder.filePath("soft.csv").toStdString();
        write(csv, "film,p_x,p_y\na.png,0.2,0.6\nz.png,1,0\n");
        const auto named = addSoftLabels(films, csv, {"x", "y"});
        QVERIFY2(named, named ? "" : named.error().detail.c_str());
        QCOMPARE(*named, std::size_t(1));
        QVERIFY(std::abs(films[0].soft[0] - 0.25F) < 1e-6F); // brought to the sum 1
        QVERIFY(films[1].soft.empty());
        for (const auto &[text, words] : {std::pair{"film,p_x\na.png,1\n", "p_y"},
                                          {"film,p_x,p_y\na.png,2,0\n", "\"2\""},
                                          {"film,p_x,p_y\nother.png,1,0\n", "such as a.png"}}) {
            write(csv, text);
            const auto refused = addSoftLabels(films, csv, {"x", "y"});
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::UsageWrong);
            QVERIFY2(refused.error().detail.find(words) != std::string::npos, refused.error().detail.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(PreparedSetTest)
#include "PreparedSetTest.moc"
