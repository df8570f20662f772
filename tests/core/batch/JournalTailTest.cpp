// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/batch/JournalTail.h"
#include "core/batch/JournalLines.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;

class JournalTailTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    std::filesystem::path path(const QString &name) const { return m_folder.filePath(name).toStdString(); }

    void append(const QString &name, const std::string &text)
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::Append));
        file.write(QByteArray::fromStdString(text));
    }

    static BatchPlan plan()
    {
        BatchPlan plan;
        plan.filmCount = 4;
        plan.models = {{"one", std::string(64, 'a'), {"ill", "well"}}};
        return plan;
    }

    static BatchRow row(std::size_t film)
    {
        BatchRow row;
        row.film = film;
        row.name = "film " + std::to_string(film);
        row.probabilities = {{0.25, 0.75}};
        return row;
    }

private Q_SLOTS:
    void followsAJournalAsItGrows()
    {
        JournalTail tail(path("grows.jsonl"));
        QVERIFY(tail.more(10)->empty()); // it is not there yet
        append("grows.jsonl", batchLine(plan()));
        QVERIFY(tail.more(10)->empty());
        QCOMPARE(tail.plan()->filmCount, std::size_t{4});
        const std::string third = batchLine(row(3));
        append("grows.jsonl", batchLine(row(1)) + batchLine(row(0)) + third.substr(0, 9));
        const auto first = tail.more(10);
        QVERIFY(first);
        QCOMPARE(first->size(), std::size_t{2});
        QCOMPARE(first->front().name, std::string("film 1"));
        QVERIFY(tail.more(10)->empty()); // half a line waits
        append("grows.jsonl", third.substr(9));
        const auto rest = tail.more(10);
        QCOMPARE(rest->size(), std::size_t{1});
        QCOMPARE(rest->front().probabilities, row(3).probabilities);
    }

    void comesInHandfuls()
    {
        std::string text = batchLine(plan());
        for (std::size_t film = 0; film < 4; ++film)
            text += batchLine(row(film));
        append("many.jsonl", text);
        JournalTail tail(path("many.jsonl"));
        QCOMPARE(tail.more(3)->size(), std::size_t{3});
        QCOMPARE(tail.more(3)->size(), std::size_t{1});
        QVERIFY(tail.more(3)->empty());
    }

    void namesADamagedLine()
    {
        append("bad.jsonl", batchLine(plan()) + batchLine(row(1)) + "{\"i\":9}\n");
        JournalTail tail(path("bad.jsonl"));
        const auto rows = tail.more(10);
        QVERIFY(!rows);
        QCOMPARE(rows.error().code, ErrorCode::DataCorrupt);
        QVERIFY(rows.error().detail.find("line 3") != std::string::npos);
    }

    // Whoever shows a row looks up the class of its highest probability.
    void refusesARowOfOtherClasses_data()
    {
        QTest::addColumn<std::vector<std::vector<double>>>("probabilities");
        using Rows = std::vector<std::vector<double>>;
        QTest::newRow("one too many") << Rows{{0.25, 0.25, 0.5}};
        QTest::newRow("none") << Rows{{}};
        QTest::newRow("of another network, too") << Rows{{0.25, 0.75}, {0.25, 0.75}};
    }

    void refusesARowOfOtherClasses()
    {
        QFETCH(std::vector<std::vector<double>>, probabilities);
        BatchRow other = row(1);
        other.probabilities = probabilities;
        const auto read = batchRowOf(batchLine(other), plan(), "line 2");
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::DataCorrupt);
        QVERIFY(batchRowOf(batchLine(row(1)), plan(), "line 2"));
    }

    void findsTheFilmsOfItsRows()
    {
        QVERIFY(QDir(m_folder.path()).mkpath("films/deep"));
        append("films/deep/a.png", "x");
        append("films/list.txt", "x");
        append("films/b.png", "x");
        BatchPlan of = plan();
        QVERIFY(filmOf(of, "deep/a.png").empty());
        of.paths = {path("films").string()};
        QCOMPARE(filmOf(of, "deep/a.png"), path("films/deep/a.png"));
        QVERIFY(filmOf(of, "c.png").empty());
        of.paths = {path("films/list.txt").string()}; // its folder counts
        QCOMPARE(filmOf(of, "deep/a.png"), path("films/deep/a.png"));
        of.paths = {path("films/b.png").string()};
        QCOMPARE(filmOf(of, "films/b.png"), path("films/b.png"));
        QCOMPARE(filmOf(of, path("films/b.png").string()), path("films/b.png"));
    }
};

QTEST_GUILESS_MAIN(JournalTailTest)
#include "JournalTailTest.moc"
