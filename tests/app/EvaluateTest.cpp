// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// evaluate on tables of predictions, and verify on what it wrote.

#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

class EvaluateTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QByteArray m_out;
    QByteArray m_err;

    QString path(const QString &name) const { return m_folder.filePath(name); }

    int run(const QStringList &words)
    {
        QProcess process;
        process.start(QStringLiteral(HILUM_BIN_DIR "/hilum-cli"), words);
        if (!process.waitForFinished(60000))
            return -1;
        m_out = process.readAllStandardOutput();
        m_err = process.readAllStandardError();
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
    }

    void put(const QString &name, const QByteArray &text)
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(text);
    }

    QByteArray get(const QString &name)
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    // 60 films of 30 patients; right for two of three.
    static QByteArray table(int shift)
    {
        QByteArray text = "film,patient,truth,p_ill,p_well,source\n";
        for (int i = 0; i < 60; ++i) {
            const double p = ((i + shift) % 3 == 0) == (i % 2 == 0) ? 0.2 + i * 0.005 : 0.9 - i * 0.005;
            text += QString("film %1,patient %2,%3,%4,%5,%6\n")
                        .arg(i)
                        .arg(i / 2)
                        .arg(i % 2 == 0 ? "ill" : "well")
                        .arg(p, 0, 'g', 17)
                        .arg(1 - p, 0, 'g', 17)
                        .arg(i < 30 ? "North" : "South")
                        .toUtf8();
        }
        return text;
    }

private Q_SLOTS:
    void writesAReportThatComesOutAgain()
    {
        put("one.csv", table(0));
        QCOMPARE(run({"evaluate", path("one.csv"), "-o", path("one"), "--draws", "200"}), 0);
        const QJsonObject report = QJsonDocument::fromJson(get("one/report.json")).object();
        QCOMPARE(report["classes"].toArray(), (QJsonArray{"ill", "well"}));
        QCOMPARE(report["patientCount"].toInt(), 30);
        const QJsonObject accuracy = report["accuracy"].toObject();
        for (const char *key : {"value", "low", "high", "method"})
            QVERIFY2(accuracy.contains(key), key);
        QVERIFY(
            report["perClass"].toObject()["ill"].toObject()["averagePrecision"].toObject().contains("low"));
        const QByteArray page = get("one/report.html");
        QVERIFY(page.contains("For education, not for diagnosis") && page.contains("<svg"));
        QVERIFY(get("one/plots/roc.csv").startsWith("class,threshold,"));
        QVERIFY(get("one/plots/roc.svg").contains("For education, not for diagnosis"));
        QCOMPARE(run({"verify", path("one/report.json")}), 0);
#ifdef HILUM_PLOT
        QCOMPARE(get("one/report.pdf").count("/Type /Page\n"), 1);
        QVERIFY(!QImage(path("one/report.png")).isNull());
        for (const QString name : {"confusion", "roc", "precision-recall", "det", "reliability", "decision",
                                   "scores-1-ill", "boxes-2-well"}) {
            QVERIFY2(get("one/plots/" + name + ".pdf").startsWith("%PDF"), qPrintable(name));
            QVERIFY2(QImage(path("one/plots/" + name + ".png")).width() >= 1200, qPrintable(name));
            QVERIFY2(!get("one/plots/" + name + ".csv").isEmpty(), qPrintable(name));
        }
#endif
        // A report is of the files beside it, wherever the folder lies.
        QVERIFY(QDir().rename(path("one"), path("moved")));
        QVERIFY(QFile::remove(path("one.csv")));
        QCOMPARE(run({"verify", path("moved/report.json")}), 0);
        QVERIFY(m_out.contains(" 0 don't"));
    }

    void aChangedNumberIsNamed()
    {
        put("two.csv", table(0));
        QCOMPARE(run({"evaluate", path("two.csv"), "-o", path("two"), "--draws", "200"}), 0);
        QJsonObject report = QJsonDocument::fromJson(get("two/report.json")).object();
        QJsonObject kappa = report["kappa"].toObject();
        kappa["high"] = 0.99;
        report["kappa"] = kappa;
        put("two/changed.json", QJsonDocument(report).toJson());
        QCOMPARE(run({"verify", path("two/changed.json"), "--json"}), 1);
        const QJsonArray different = QJsonDocument::fromJson(m_out).object()["different"].toArray();
        QCOMPARE(different.size(), 1);
        QCOMPARE(different[0].toObject()["key"].toString(), QString("kappa.high"));
    }

    void anAuditStandsInTheReport()
    {
        put("table.csv", table(0));
        put("audit.json",
            "{\"verdict\":[{\"gravity\":\"grave\",\"sentence\":\"The border tells the class.\"}]}");
        QCOMPARE(run({"evaluate", path("table.csv"), "-o", path("audited"), "--draws", "200", "--audit",
                      path("audit.json")}),
                 0);
        QVERIFY(get("audited/report.html").contains("The border tells the class."));
        QVERIFY(get("audited/report.json").contains("\"filmAudit\""));
        QCOMPARE(run({"verify", path("audited/report.json")}), 0);
        put("audit.json", "{}");
        QCOMPARE(run({"evaluate", path("table.csv"), "-o", path("x"), "--audit", path("audit.json")}), 1);
        QVERIFY(m_err.contains("audit.json"));
    }

    void changedPredictionsAreFoundOut()
    {
        put("three.csv", table(0));
        QCOMPARE(run({"evaluate", path("three.csv"), "-o", path("three"), "--draws", "200"}), 0);
        QByteArray predictions = get("three/predictions.csv");
        put("three/predictions.csv", predictions.replace("film 7,", "film x,"));
        QCOMPARE(run({"verify", path("three/report.json")}), 1);
        QVERIFY(m_out.contains("sha256"));
        QVERIFY(QFile::remove(path("three/predictions.csv")));
        QCOMPARE(run({"verify", path("three/report.json")}), 1);
        QVERIFY(m_err.contains("predictions.csv"));
    }

    void severalAreComparedFilmByFilm()
    {
        put("first.csv", table(0));
        put("second.csv", table(1));
        QCOMPARE(
            run({"evaluate", path("first.csv"), path("second.csv"), "-o", path("both"), "--draws", "200"}),
            0);
        const QJsonObject report = QJsonDocument::fromJson(get("both/report.json")).object();
        QCOMPARE(report["models"].toObject().keys(), (QStringList{"first", "second"}));
        const QJsonObject pair = report["pairs"].toArray()[0].toObject();
        QCOMPARE(pair["all"].toObject()["films"].toInt(), 60);
        QVERIFY(get("both/report.html").contains("McNemar"));
        QCOMPARE(run({"verify", path("both/report.json")}), 0);
    }

    // results.csv of batch, which several networks read.
    void aBatchOfSeveralNetworksIsComparedToo()
    {
        QByteArray text = "film,group,source,truth,error_code,error,gate,p_ill_a,p_well_a,call_a,p_ill_b_a,"
                          "p_well_b_a,call_b_a,software,notice\n";
        for (int i = 0; i < 40; ++i)
            text += QString("film %1,patient %1,North,%2,,,,0.%3,0.%4,ill,0.25,0.75,well,s,n\n")
                        .arg(i)
                        .arg(i % 2 == 0 ? "ill" : "well")
                        .arg(i + 30)
                        .arg(70 - i)
                        .toUtf8();
        text
            += "broken,,,ill,data-corrupt,not a film,,,,,,,,s,n\nunknown,,,,,,,0.5,0.5,ill,0.5,0.5,ill,s,n\n";
        put("results.csv", text);
        QCOMPARE(run({"evaluate", path("results.csv"), "-o", path("batch"), "--draws", "200"}), 0);
        const QJsonObject report = QJsonDocument::fromJson(get("batch/report.json")).object();
        QCOMPARE(report["models"].toObject().keys(), (QStringList{"a", "b_a"}));
        QCOMPARE(report["models"].toObject()["b_a"].toObject()["filmCount"].toInt(), 40);
        QCOMPARE(report["models"].toObject()["b_a"].toObject()["accuracy"].toObject()["value"].toDouble(),
                 0.5);
        QCOMPARE(run({"verify", path("batch/report.json")}), 0);
    }

    void badTablesAreRefusedInWords_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("NaN") << QByteArray("truth,p_a,p_b\na,0.5,0.5\nb,nan,0.5\n") << QByteArray("line 3");
        QTest::newRow("a sum") << QByteArray("truth,p_a,p_b\na,0.5,0.9\n") << QByteArray("a sum of 1.4");
        QTest::newRow("nothing to go by") << QByteArray("x,y\n1,2\n") << QByteArray("true class");
        QTest::newRow("empty") << QByteArray() << QByteArray("header");
    }

    void badTablesAreRefusedInWords()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, words);
        put("bad.csv", text);
        QVERIFY(run({"evaluate", path("bad.csv"), "-o", path("bad")}) > 0);
        QVERIFY2(m_err.contains(words), m_err.constData());
        QVERIFY(!QFile::exists(path("bad/report.json")));
    }

    void verifyRefusesWhatIsNoReport()
    {
        put("other.json", "{\"kind\":\"something\"}");
        QCOMPARE(run({"verify", path("other.json")}), 1);
        QVERIFY(m_err.contains("hilum-cli evaluate or report"));
        put("other.json", "[1");
        QCOMPARE(run({"verify", path("other.json")}), 1);
        QCOMPARE(run({"verify"}), 2);
    }
};

QTEST_GUILESS_MAIN(EvaluateTest)
#include "EvaluateTest.moc"
