// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/batch/Journal.h"
#include "core/batch/BatchResults.h"
#include "core/report/PredictionFile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <optional>
#include <sqlite3.h>

using namespace hilum;

class JournalTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder.emplace(); }

    void goesOnWhereItWas()
    {
        write({0, 2});
        {
            auto journal = Journal::open(file(), plan());
            QVERIFY(journal);
            QCOMPARE(journal->done(), std::size_t{2});
            QVERIFY(journal->isDone(0) && !journal->isDone(1) && journal->isDone(2));
            QVERIFY(journal->add(row(1)));
        }
        const auto rows = BatchRows::open({file()});
        QVERIFY(rows);
        QCOMPARE(rows->count(), std::size_t{3});
        QCOMPARE(rows->row(1)->name, std::string("film 1"));
        QCOMPARE(rows->row(1)->probabilities, row(1).probabilities);
        QCOMPARE(rows->missing(10), (std::vector<std::size_t>{3}));
    }

    // A kill may leave any part of the last line: at every length the rows before it stay and it is read
    // anew.
    void aTornLineIsCutOffWhereverItEnds()
    {
        write({0, 1});
        QFile whole(path());
        QVERIFY(whole.open(QIODevice::ReadOnly));
        const QByteArray text = whole.readAll();
        const auto lastBegins = text.lastIndexOf('\n', text.size() - 2) + 1;
        for (auto end = lastBegins; end < text.size(); ++end) {
            put(text.left(end));
            auto journal = Journal::open(file(), plan());
            QVERIFY(journal);
            QCOMPARE(journal->done(), std::size_t{1});
            QVERIFY(journal->add(row(1)));
            QFile again(path());
            QVERIFY(again.open(QIODevice::ReadOnly));
            QCOMPARE(again.readAll(), text);
        }
    }

    void aTornFirstLineBeginsAnew()
    {
        put("{\"kind\":\"hilum-ba");
        const auto journal = Journal::open(file(), plan());
        QVERIFY(journal);
        QCOMPARE(journal->done(), std::size_t{0});
    }

    void anotherRunIsRefused()
    {
        write({0});
        BatchPlan other = plan();
        other.filmsSha256 = "another list";
        QCOMPARE(Journal::open(file(), other).error().code, ErrorCode::UsageWrong);
        other = plan();
        other.models[0].weightsSha256 = "other weights";
        QVERIFY(!Journal::open(file(), other));
        other = plan();
        other.software = "Hilum of tomorrow";
        QVERIFY(Journal::open(file(), other));
    }

    void twoRunsCannotWriteOneJournal()
    {
        const auto first = Journal::open(file(), plan());
        QVERIFY(first);
        const auto second = Journal::open(file(), plan());
        QVERIFY(!second);
        QVERIFY(second.error().detail.find("another run") != std::string::npos);
    }

    void aDamagedLineIsNamed()
    {
        write({0, 1});
        QFile whole(path());
        QVERIFY(whole.open(QIODevice::ReadOnly));
        QByteArray text = whole.readAll();
        text.insert(text.indexOf('\n') + 1, "{\"i\":1}\n");
        put(text);
        const auto journal = Journal::open(file(), plan());
        QVERIFY(!journal);
        QVERIFY2(journal.error().detail.find("line 2") != std::string::npos, journal.error().detail.c_str());
        put(text.replace("{\"i\":1}", "{\"i\":99,\"film\":\"x\",\"p\":[[1,0]]}"));
        QVERIFY(!Journal::open(file(), plan()));
    }

    void shardsOfOneRunMakeAWhole()
    {
        BatchPlan first = plan();
        first.shards = 2;
        BatchPlan second = first;
        second.shard = 2;
        const std::filesystem::path other = m_folder->filePath("other.jsonl").toStdString();
        QVERIFY(addTo(file(), first, {0, 2}));
        QVERIFY(addTo(other, second, {1}));
        auto rows = BatchRows::open({file(), other});
        QVERIFY(rows);
        QCOMPARE(rows->missingCount(), std::size_t{1});
        QVERIFY(addTo(other, second, {3}));
        rows = BatchRows::open({file(), other});
        QCOMPARE(rows->missingCount(), std::size_t{0});
        QCOMPARE(rows->row(3)->name, std::string("film 3"));
        QVERIFY(!BatchRows::open({file(), file()})); // each film twice
        second.filmsSha256 = "another list";
        const std::filesystem::path foreign = m_folder->filePath("foreign.jsonl").toStdString();
        QVERIFY(addTo(foreign, second, {1}));
        QVERIFY(!BatchRows::open({file(), foreign}));
    }

    void resultsHoldEveryFilm()
    {
        QVERIFY(addTo(file(), plan(), {2, 0, 1}));
        {
            auto journal = Journal::open(file(), plan());
            BatchRow broken = row(3);
            broken.errorCode = "data-corrupt";
            broken.error = "film 3: \"quotes\", commas";
            QVERIFY(journal->add(broken));
            QCOMPARE(journal->failed(), std::size_t{1});
        }
        const auto rows = BatchRows::open({file()});
        const std::filesystem::path csv = m_folder->filePath("results.csv").toStdString();
        QVERIFY(writeBatchCsv(*rows, csv));
        const auto table = readCsv(csv);
        QVERIFY(table);
        QCOMPARE(table->rows.size(), std::size_t{4});
        QCOMPARE(table->rows[3][5], std::string("film 3: \"quotes\", commas"));
        const auto weights = std::ranges::find(table->header, "weights") - table->header.begin();
        QCOMPARE(table->rows[1].at(static_cast<std::size_t>(weights)), plan().models[0].weightsSha256);
        const auto set = readPredictionFile(csv); // as evaluate reads it
        QVERIFY2(set, set ? "" : set.error().detail.c_str());
        QCOMPARE(set->films.size(), std::size_t{3});
        QCOMPARE(set->films[1].probabilities, row(1).probabilities[0]);

        const QString lines = m_folder->filePath("results.jsonl");
        QVERIFY(writeBatchJsonLines(*rows, lines.toStdString()));
        QFile text(lines);
        QVERIFY(text.open(QIODevice::ReadOnly));
        const QByteArray all = text.readAll();
        QCOMPARE(all.count('\n'), 4);
        QVERIFY(all.contains("\"weights\":\"" + QByteArray::fromStdString(plan().models[0].weightsSha256)));

        const std::filesystem::path base = m_folder->filePath("results.sqlite").toStdString();
        QVERIFY(writeBatchDatabase(*rows, base));
        QVERIFY(writeBatchDatabase(*rows, base)); // again over the old one
        QCOMPARE(asked(base, "SELECT count(*) FROM films"), QByteArray("4"));
        QCOMPARE(asked(base, "SELECT count(*) FROM readings"), QByteArray("6"));
        QCOMPARE(asked(base, "SELECT called FROM calls WHERE film = 'film 2'"), QByteArray("ill"));
        QCOMPARE(asked(base, "SELECT error_code FROM films WHERE id = 3"), QByteArray("data-corrupt"));
        QCOMPARE(asked(base, "SELECT value FROM about WHERE key = 'notice'"),
                 QByteArray("not for diagnosis"));
    }

private:
    std::optional<QTemporaryDir> m_folder;

    QString path() const { return m_folder->filePath("journal.jsonl"); }
    std::filesystem::path file() const { return path().toStdString(); }

    static BatchPlan plan()
    {
        BatchPlan plan;
        plan.software = "Hilum";
        plan.notice = "not for diagnosis";
        plan.films = "films";
        plan.filmsSha256 = "of names";
        plan.filmCount = 4;
        plan.models = {{"toy", "weights", {"ill", "well"}}};
        return plan;
    }

    static BatchRow row(std::size_t film)
    {
        const double p = 0.1 + 0.3 * static_cast<double>(film);
        return {film, "film " + std::to_string(film), "ill", {}, "North", {}, {}, {}, {{p, 1 - p}}};
    }

    static bool addTo(const std::filesystem::path &journalFile, const BatchPlan &plan,
                      std::vector<std::size_t> films)
    {
        auto journal = Journal::open(journalFile, plan);
        for (const std::size_t film : films) {
            if (!journal || !journal->add(row(film)))
                return false;
        }
        return true;
    }

    void write(const std::vector<std::size_t> &films) { QVERIFY(addTo(file(), plan(), films)); }

    void put(const QByteArray &text)
    {
        QFile out(path());
        QVERIFY(out.open(QIODevice::WriteOnly | QIODevice::Truncate));
        out.write(text);
    }

    static QByteArray asked(const std::filesystem::path &base, const char *question)
    {
        sqlite3 *handle = nullptr;
        sqlite3_stmt *statement = nullptr;
        QByteArray answer = "none";
        if (sqlite3_open(base.c_str(), &handle) == SQLITE_OK
            && sqlite3_prepare_v2(handle, question, -1, &statement, nullptr) == SQLITE_OK
            && sqlite3_step(statement) == SQLITE_ROW)
            answer = QByteArray(reinterpret_cast<const char *>(sqlite3_column_text(statement, 0)));
        sqlite3_finalize(statement);
        sqlite3_close(handle);
        return answer;
    }
};

QTEST_GUILESS_MAIN(JournalTest)
#include "JournalTest.moc"
