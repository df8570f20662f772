// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Options.h"
#include "core/codec/FilmReader.h"
#include "core/codec/PngWriter.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;

class CommandLineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        GreyImage image(4, 2);
        for (std::size_t i = 0; i < 8; ++i)
            image.samples()[i] = static_cast<std::uint8_t>(i * 10);
        QVERIFY(writePng(image, film.toStdString()));
    }

    void sortsOptionsFromFilms()
    {
        constexpr cli::OptionSpec specs[] = {{"--json", "", ""}, {"--output", "FILE", "", "-o"}};
        const auto options = cli::parseOptions(
            std::vector<std::string>{"a", "-o", "b", "--output=c", "--json", "--", "--d"}, specs);
        QVERIFY(options);
        QVERIFY(options->has("--json"));
        QCOMPARE(options->value("--output").value(), std::string("c"));
        QCOMPARE(options->values("--output").size(), std::size_t{2});
        QCOMPARE(options->positionals(), (std::vector<std::string>{"a", "--d"}));
        for (const std::vector<std::string> &wrong :
             {std::vector<std::string>{"--nothing"}, {"--output"}, {"--json=1"}, {"-x"}}) {
            const auto failed = cli::parseOptions(wrong, specs);
            QVERIFY(!failed && failed.error().code == ErrorCode::UsageWrong);
        }
    }

    void tellsItsVersionAtOnce()
    {
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(run({"--version"}), 0);
        qInfo("--version took %lld ms", timer.elapsed());
        QVERIFY(out.startsWith("hilum-cli "));
    }

    void helpsOnStdout_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("all") << QStringList{"--help"};
        QTest::newRow("info") << QStringList{"info", "--help"};
        QTest::newRow("render") << QStringList{"render", "--help"};
        QTest::newRow("list") << QStringList{"list", "--help"};
        QTest::newRow("models") << QStringList{"models", "--help"};
    }

    void helpsOnStdout()
    {
        QFETCH(QStringList, words);
        QCOMPARE(run(words), 0);
        QVERIFY(out.contains("usage: hilum-cli"));
        QVERIFY(err.isEmpty());
    }

    void wrongUsageIsTwo_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("unknown command") << QStringList{"dance"};
        QTest::newRow("unknown option") << QStringList{"info", "--dance", film};
        QTest::newRow("no film") << QStringList{"info", "--json"};
        QTest::newRow("no DICOMDIR") << QStringList{"list", "--json"};
        QTest::newRow("render without output") << QStringList{"render", film};
        QTest::newRow("a window without width")
            << QStringList{"render", film, "-o", "x.png", "--window", "3"};
        QTest::newRow("frame 0") << QStringList{"render", film, "-o", "x.png", "--frame", "0"};
    }

    void wrongUsageIsTwo()
    {
        QFETCH(QStringList, words);
        QCOMPARE(run(words), 2);
        QVERIFY(out.isEmpty());
        QVERIFY(!err.isEmpty());
    }

    void describesAFilmAndGoesOnAfterABadOne()
    {
        QCOMPARE(run({"info", "--json", "not-here.dcm", film}), 1);
        const QList<QByteArray> lines = out.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        const QJsonObject failed = QJsonDocument::fromJson(lines[0]).object();
        QCOMPARE(failed["film"].toString(), QStringLiteral("not-here.dcm"));
        QCOMPARE(failed["error"]["code"].toString(), QStringLiteral("file-unreadable"));
        QVERIFY(!failed["error"]["message"].toString().isEmpty());
        QVERIFY(err.contains("not-here.dcm"));
        const QJsonObject film8 = QJsonDocument::fromJson(lines[1]).object();
        QCOMPARE(film8["format"].toString(), QStringLiteral("png"));
        QCOMPARE(film8["columns"].toInt(), 4);
        QCOMPARE(film8["rows"].toInt(), 2);
        QCOMPARE(film8["max"].toDouble(), 70.0);
        QCOMPARE(film8["mean"].toDouble(), 35.0);
        QVERIFY(film8["spacing"].isNull());
        QCOMPARE(film8["storedSha256"].toString().size(), 64);
    }

    void saysThatAFilmIsNoDicomdir()
    {
        QCOMPARE(run({"list", "--json", film, folder.path()}), 1);
        const QList<QByteArray> lines = out.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        const auto codeOf = [](const QByteArray &line) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            return object[QStringLiteral("error")][QStringLiteral("code")].toString();
        };
        QCOMPARE(codeOf(lines[0]), QStringLiteral("format-unsupported"));
        QCOMPARE(codeOf(lines[1]), QStringLiteral("file-unreadable"));
        QVERIFY(err.contains("expected a DICOMDIR"));
    }

    void drawsThroughAWindow()
    {
        const QString picture = folder.filePath("out.png");
        QCOMPARE(run({"render", film, "-o", picture, "--window", "20.5,41"}), 0);
        const auto drawn = readFilm(picture.toStdString());
        QVERIFY(drawn);
        QCOMPARE(std::get<std::vector<std::uint8_t>>((*drawn)->samples),
                 (std::vector<std::uint8_t>{0, 64, 128, 191, 255, 255, 255, 255}));
    }

    void saysWhichVoiThereIsNot()
    {
        QCOMPARE(run({"render", film, "-o", folder.filePath("no.png"), "--voi", "1"}), 2);
        QVERIFY(err.contains("0 windows"));
        QVERIFY(!QFile::exists(folder.filePath("no.png")));
    }

private:
    int run(const QStringList &words)
    {
        QProcess process;
        process.start(QStringLiteral(HILUM_BIN_DIR "/hilum-cli"), words);
        process.waitForFinished();
        out = process.readAllStandardOutput();
        err = process.readAllStandardError();
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    }

    QTemporaryDir folder;
    QString film = folder.filePath(QStringLiteral("film \u00fc.png"));
    QByteArray out;
    QByteArray err;
};

QTEST_GUILESS_MAIN(CommandLineTest)
#include "CommandLineTest.moc"
