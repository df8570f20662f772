// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// batch with the smallest bundled network: damaged films, a kill in the middle, shards.

#include "core/codec/PngWriter.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace hilum;

class BatchTest : public QObject {
    Q_OBJECT

private:
    static constexpr int films = 120;
    QTemporaryDir m_folder;
    QByteArray m_out;
    QByteArray m_err;

    QString path(const QString &name) const { return m_folder.filePath(name); }

    QStringList words(const QString &folder) const
    {
        return {
            "batch",     path("films"), "--model",   QStringLiteral(HILUM_SOURCE_DIR "/models/resnet18-w32"),
            "--threads", "1",           "--no-gate", "-o",
            path(folder)};
    }

    int run(const QStringList &arguments)
    {
        QProcess process;
        process.start(QStringLiteral(HILUM_BIN_DIR "/hilum-cli"), arguments);
        if (!process.waitForFinished(200000))
            return -1;
        m_out = process.readAllStandardOutput();
        m_err = process.readAllStandardError();
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
    }

    QList<QByteArray> linesOf(const QString &name) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QList<QByteArray> lines = file.readAll().split('\n');
        if (!lines.isEmpty() && lines.last().isEmpty())
            lines.removeLast();
        return lines;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFile::exists(HILUM_SOURCE_DIR "/models/resnet18-w32/weights.safetensors"))
            QSKIP("SHARED models are not here");
        QVERIFY(QDir().mkpath(path("films/deep")));
        for (int i = 0; i < films; ++i) {
            GreyImage image(90, 80, 30);
            for (int y = 10; y < 50; ++y)
                image.at(10 + i % 60, y) = static_cast<std::uint8_t>(100 + i);
            const QString name = QString("films/%1film-%2.png").arg(i % 2 == 0 ? "deep/" : "").arg(i);
            QVERIFY(writePng(image, path(name).toStdString()));
        }
        QFile broken(path("films/broken.png"));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("\x89PNG\r\n\x1a\n and no more");
        QFile note(path("films/note.txt"));
        QVERIFY(note.open(QIODevice::WriteOnly));
        note.write("not a film");
    }

    void aDamagedFilmIsAResultAndNoEnd()
    {
        QCOMPARE(run(words("whole")), 1);
        QVERIFY(m_out.contains("122 films read, 2 of them could not be"));
        const auto lines = linesOf("whole/results.jsonl");
        QCOMPARE(lines.size(), films + 2);
        int errors = 0;
        for (const QByteArray &line : lines)
            errors += QJsonDocument::fromJson(line).object()["error"].isObject() ? 1 : 0;
        QCOMPARE(errors, 2);
        QCOMPARE(linesOf("whole/results.csv").size(), films + 3);
        QVERIFY(QFile::exists(path("whole/results.sqlite")));
        // Again: nothing is left to read, and the results are the same.
        QCOMPARE(run(words("whole")), 1);
        QVERIFY(m_err.contains("122 of 122 films are read"));
        QCOMPARE(linesOf("whole/results.jsonl"), lines);
    }

    void aKilledRunGoesOnAndRepeatsNothing()
    {
        QProcess process;
        process.start(QStringLiteral(HILUM_BIN_DIR "/hilum-cli"), words("killed"));
        QVERIFY(process.waitForStarted());
        const QString journal = "killed/journal-1-of-1.jsonl";
        QTRY_VERIFY_WITH_TIMEOUT(linesOf(journal).size() > 10, 100000);
        process.kill();
        QVERIFY(process.waitForFinished());
        const auto before = linesOf(journal);
        if (before.size() > films)
            QSKIP("the run was over before it could be killed");
        QCOMPARE(run(words("killed")), 1);
        const auto after = linesOf(journal);
        QCOMPARE(after.size(), films + 3);
        std::set<int> read;
        for (int i = 1; i < after.size(); ++i)
            read.insert(QJsonDocument::fromJson(after[i]).object()["i"].toInt());
        QCOMPARE(read.size(), std::size_t{films + 2});
        // What stood there stands there still.
        for (int i = 0; i + 1 < before.size(); ++i)
            QCOMPARE(after[i], before[i]);
        QCOMPARE(linesOf("killed/results.jsonl"), linesOf("whole/results.jsonl"));
    }

    void shardsComeTogetherWhenAllAreThere()
    {
        for (const char *shard : {"1/3", "3/3"})
            QVERIFY(run(words("shards") << "--shard" << shard) >= 0);
        QCOMPARE(run({"batch", "--merge", "-o", path("shards")}), 1);
        QVERIFY2(m_err.contains("run these shards again: 2"), m_err.constData());
        QVERIFY(run(words("shards") << "--shard"
                                    << "2/3")
                >= 0);
        QCOMPARE(run({"batch", "--merge", "-o", path("shards")}), 1); // of the two damaged films
        QVERIFY2(m_out.contains("122 of 122 films in 3 of 3 journals"), m_out.constData());
        QCOMPARE(linesOf("shards/results.jsonl"), linesOf("whole/results.jsonl"));
    }

    void anotherListIsAnotherRun()
    {
        QStringList other = words("whole");
        other[1] = path("films/deep");
        QCOMPARE(run(other), 2);
        QVERIFY(m_err.contains("take another folder"));
    }

    void wrongUsageIsSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no folder") << QStringList{"batch", "x"};
        QTest::newRow("no films") << QStringList{"batch", "-o", "x"};
        QTest::newRow("a shard beyond") << QStringList{"batch", "x", "-o", "y", "--shard", "4/3"};
        QTest::newRow("no shard") << QStringList{"batch", "x", "-o", "y", "--shard", "two"};
        QTest::newRow("films and merge") << QStringList{"batch", "x", "--merge", "-o", "y"};
    }

    void wrongUsageIsSaid()
    {
        QFETCH(QStringList, arguments);
        QCOMPARE(run(arguments), 2);
        QVERIFY(m_err.contains("hilum-cli batch"));
    }
};

QTEST_GUILESS_MAIN(BatchTest)
#include "BatchTest.moc"
