// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Draws an invented comparison by hilum-plot, as hilum-cli has it drawn.

#include "core/compare/FilmComparison.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;

class PlotCommandTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QByteArray m_err;

    QString path(const QString &name) const { return m_folder.filePath(name); }

    int run(const QStringList &words)
    {
        QProcess process;
        process.start(QStringLiteral(HILUM_BIN_DIR "/hilum-plot"), words);
        if (!process.waitForFinished(60000))
            return -1;
        m_err = process.readAllStandardError();
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
    }

    QByteArray bytes(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    // How much of a picture is not its ground.
    static double inked(const QImage &picture)
    {
        int count = 0;
        for (int y = 0; y < picture.height(); y += 2) {
            for (int x = 0; x < picture.width(); x += 2)
                count += picture.pixel(x, y) != picture.pixel(0, 0) ? 1 : 0;
        }
        return 4.0 * count / (double(picture.width()) * picture.height());
    }

private Q_SLOTS:
    void initTestCase()
    {
        FilmComparison comparison;
        comparison.films = "nowhere.csv";
        comparison.classes = {"covid", "normal"};
        comparison.models = {ComparedModel{"one", std::string(64, 'a'), 0.2},
                             ComparedModel{"two", std::string(64, 'b'), {}}};
        for (int i = 0; i < 40; ++i) {
            const double p = i / 40.0;
            const double q = (i * 7 % 40) / 40.0;
            comparison.read.push_back({"film" + std::to_string(i),
                                       "",
                                       i % 3 == 0 ? "East" : "West",
                                       i % 2,
                                       {p, 1 - p},
                                       {q, 1 - q}});
        }
        QFile table(path("comparison.csv"));
        QVERIFY(table.open(QIODevice::WriteOnly));
        table.write(QByteArray::fromStdString(comparisonTable(comparison)));
    }

    void drawsEveryPlotOfAComparison()
    {
        QVERIFY(QDir(m_folder.path()).mkpath("plots"));
        QCOMPARE(run({"comparison", m_folder.path(), "-o", path("plots")}), 0);
        QVERIFY2(m_err.isEmpty(), m_err.constData());
        for (const QString name : {"scatter-covid", "scatter-normal", "difference-covid", "difference-normal",
                                   "calls", "sources"}) {
            const QImage picture(path("plots/" + name + ".png"));
            QVERIFY2(!picture.isNull(), qPrintable(name));
            QVERIFY(picture.width() >= 1200 && inked(picture) > 0.01);
            const QByteArray svg = bytes("plots/" + name + ".svg");
            QVERIFY2(svg.contains("For education, not for diagnosis"), qPrintable(name));
            QVERIFY(svg.contains("one aaaaaaaaaaaa, two bbbbbbbbbbbb"));
            QVERIFY(svg.contains("Hilum " HILUM_VERSION));
            QVERIFY(bytes("plots/" + name + ".pdf").startsWith("%PDF"));
        }
        QVERIFY(bytes("plots/scatter-covid.svg").contains("p(COVID-19) by two"));
    }

    void drawsOnePlotAsItIsAskedFor()
    {
        QCOMPARE(run({"scatter", path("comparison.csv"), "--class", "normal", "--size", "400x300", "--dark",
                      "-o", path("one.png"), "-o", path("one.svg"), "-o", path("one.csv")}),
                 0);
        const QImage picture(path("one.png"));
        QCOMPARE(picture.width() % 2, 0);
        QVERIFY(picture.pixelColor(2, 2).lightness() < 60);
        QVERIFY(bytes("one.svg").contains("p(Normal)"));
        QVERIFY(bytes("one.csv").startsWith("film,truth,agree,"));
        QCOMPARE(run({"calls", path("comparison.csv"), "--size", "900x700", "-o", path("large.png")}), 0);
        const QImage large(path("large.png"));
        QCOMPARE(large.size(), QSize(2 * (900 + 32), 2 * (700 + 76))); // margins, title and stamp around it
    }

    void saysWhatItCanNotDo()
    {
        QCOMPARE(run({"scatter", path("comparison.csv")}), 2);
        QCOMPARE(run({"pie", path("comparison.csv"), "-o", path("x.png")}), 2);
        QVERIFY(m_err.contains("found \"pie\""));
        QCOMPARE(run({"scatter", path("comparison.csv"), "--class", "cat", "-o", path("x.png")}), 2);
        QVERIFY(m_err.contains("expected one of covid, normal, found \"cat\""));
        QCOMPARE(run({"scatter", path("comparison.csv"), "--size", "9x", "-o", path("x.png")}), 2);
        QCOMPARE(run({"scatter", path("missing.csv"), "-o", path("x.png")}), 1);
        QVERIFY(m_err.contains("missing.csv"));
        QCOMPARE(run({"scatter", path("comparison.csv"), "-o", path("no/x.png")}), 1);
        QCOMPARE(run({"scatter", path("comparison.csv"), "-o", path("x.bmp")}), 1);
        QVERIFY(!QFile::exists(path("x.png")));
    }
};

QTEST_GUILESS_MAIN(PlotCommandTest)
#include "PlotCommandTest.moc"
