// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The trainer as people start it: a folder of folders, a training that is killed, a prepared set.

#include <QDir>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <csignal>
#include <random>

namespace {

struct Finished {
    int code = -1;
    QByteArray out;
    QByteArray errors;
};

// Where the bright spot lies is the class.
void writeFilm(const QString &file, int label, int number)
{
    std::mt19937 random(static_cast<unsigned>(label * 100 + number));
    QImage image(70 + number % 3 * 10, 64, QImage::Format_Grayscale8);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const double dx = x - image.width() * (0.35 + 0.3 * label);
            const double dy = y - 32;
            const double spot = 150 * std::exp(-(dx * dx + dy * dy) / 60);
            image.scanLine(y)[x] = static_cast<uchar>(spot + static_cast<double>(random() % 60));
        }
    }
    QVERIFY(image.save(file));
}

QByteArray contentOf(const QString &file)
{
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

QJsonObject cardOf(const QString &folder)
{
    return QJsonDocument::fromJson(contentOf(folder + "/card.json")).object();
}

// history.csv without its last column, the seconds.
QByteArrayList historyOf(const QString &folder)
{
    QByteArrayList lines;
    for (const QByteArray &line : contentOf(folder + "/history.csv").split('\n'))
        lines << line.left(line.lastIndexOf(','));
    return lines;
}

} // namespace

class TrainCommandTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }

    static void start(QProcess &process, const QStringList &args)
    {
        process.start(QStringLiteral(HILUM_BIN_DIR "/hilum-cli"), args);
    }
    static Finished run(const QStringList &args)
    {
        QProcess process;
        start(process, args);
        process.waitForFinished(280000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                process.readAllStandardOutput(), process.readAllStandardError()};
    }
    // Small and quick, saved after every step.
    QStringList quick(const char *films, const QString &folder) const
    {
        return {"train",
                path(films),
                "-o",
                folder,
                "--architecture",
                "resnet18-w16",
                "--stages",
                "32x3x8",
                "--films-per-epoch",
                "32",
                "--threads",
                "1",
                "--device",
                "cpu",
                "--json",
                "--checkpoint-seconds",
                "0",
                "--set",
                "augmentation.mixup=0.3",
                "--set",
                "augmentation.noise=0.1",
                "--set",
                "selection=best-validation-loss",
                "--validation",
                "0.2"};
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (int label = 0; label < 2; ++label) {
            const QString folder = path("films") + (label == 0 ? "/left" : "/right");
            QVERIFY(QDir().mkpath(folder));
            for (int i = 0; i < 12; ++i)
                writeFilm(folder + QStringLiteral("/%1.png").arg(i), label, i);
        }
    }

    void trainsAFolderOfFoldersWithoutFurtherArguments()
    {
        // The default recipe, made shorter; -o alone would do the same for longer.
        const auto done = run({"train", path("films"), "-o", path("own"), "--json", "--threads", "1", "--set",
                               "stages.0.size=32", "--set", "stages.0.epochs=4"});
        QVERIFY2(done.code == 0, done.errors);
        QStringList events;
        for (const QByteArray &line : done.out.trimmed().split('\n')) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            const QString event = object["event"].toString();
            if (events.isEmpty() || events.last() != event)
                events << event;
            if (event == "epoch") {
                QCOMPARE(object["confusion"].toArray().size(), 2);
                QVERIFY(object["learningRate"].toDouble() > 0);
                QVERIFY(object["secondsLeft"].toDouble() >= 0);
            }
            if (event == "step")
                QVERIFY(object["filmsPerSecond"].toDouble() > 0);
            if (event == "done")
                QVERIFY(object["heldOutFilms"].toInt() > 0);
        }
        QCOMPARE(events.first(), QString("start"));
        QCOMPARE(events.last(), QString("done"));
        QVERIFY2(done.errors.contains("validation films or more to calibrate with"), done.errors);
        QCOMPARE(cardOf(path("own"))["id"].toString(), QString("own"));
        QCOMPARE(cardOf(path("own"))["calibrated"], QJsonValue(false));
        QCOMPARE(cardOf(path("own"))["classes"].toArray(), (QJsonArray{"left", "right"}));
        QVERIFY(QFile::exists(path("own/predictions.csv")));
    }

    void comesToTheSameWeightsHoweverOftenItIsKilled()
    {
        const auto straight = run(quick("films", path("straight")));
        QVERIFY2(straight.code == 0, straight.errors);
        for (const int steps : {2, 1, 2}) {
            QProcess process;
            start(process, quick("films", path("killed")));
            int seen = 0;
            while (seen < steps && process.state() != QProcess::NotRunning) {
                QVERIFY(process.waitForReadyRead(120000));
                while (process.canReadLine())
                    seen += process.readLine().contains("\"step\"") ? 1 : 0;
            }
            QCOMPARE(process.state(), QProcess::Running);
            // At whatever it is doing then: computing, or writing a checkpoint.
            kill(static_cast<pid_t>(process.processId()), SIGKILL);
            process.waitForFinished();
            QCOMPARE(process.exitStatus(), QProcess::CrashExit);
            QVERIFY(QFile::exists(path("killed/checkpoint.safetensors")));
        }
        const auto resumed = run(quick("films", path("killed")));
        QVERIFY2(resumed.code == 0, resumed.errors);
        QVERIFY(resumed.errors.contains("going on after step"));
        QCOMPARE(cardOf(path("killed"))["weightsSha256"], cardOf(path("straight"))["weightsSha256"]);
        QCOMPARE(historyOf(path("killed")), historyOf(path("straight")));
        QCOMPARE(contentOf(path("killed/predictions.csv")), contentOf(path("straight/predictions.csv")));
    }

    void keepsACheckpointWhenItIsToldToEnd_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("Ctrl+C") << SIGINT;
        QTest::newRow("kill") << SIGTERM;
        QTest::newRow("closed terminal") << SIGHUP;
    }

    void keepsACheckpointWhenItIsToldToEnd()
    {
        QFETCH(int, signal);
        const QString folder = path("told") + QString::number(signal);
        QStringList args = quick("films", folder) << "--stages"
                                                  << "32x100x8";
        args[args.indexOf("--checkpoint-seconds") + 1] = "3600";
        QProcess process;
        start(process, args);
        QByteArray said;
        while (!said.contains("\"step\"")) {
            QVERIFY(process.waitForReadyRead(120000));
            said += process.readAllStandardOutput();
        }
        // The terminal's and the parent's at once are one wish.
        kill(static_cast<pid_t>(process.processId()), signal);
        kill(static_cast<pid_t>(process.processId()), signal);
        QVERIFY(process.waitForFinished(120000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardOutput().contains("\"cancelled\""));
        QVERIFY(QFile::exists(folder + "/checkpoint.safetensors"));
    }

    void goesOnWithoutATerminalUnderNohup()
    {
        QProcess process;
        process.setChildProcessModifier([] { std::signal(SIGHUP, SIG_IGN); });
        start(process, quick("films", path("nohup")));
        QByteArray said;
        while (!said.contains("\"step\"")) {
            QVERIFY(process.waitForReadyRead(120000));
            said += process.readAllStandardOutput();
        }
        kill(static_cast<pid_t>(process.processId()), SIGHUP);
        QVERIFY(process.waitForFinished(280000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
    }

    void saysThatThereAreNoValidationAndNoHeldOutFilms()
    {
        const auto done = run({"train",
                               path("films"),
                               "-o",
                               path("all"),
                               "--architecture",
                               "resnet18-w16",
                               "--stages",
                               "32x1x8",
                               "--films-per-epoch",
                               "16",
                               "--threads",
                               "1",
                               "--device",
                               "cpu",
                               "--held-out-fold",
                               "-1",
                               "--validation",
                               "0",
                               "--set",
                               "selection=last"});
        QVERIFY2(done.code == 0, done.errors);
        QVERIFY2(done.errors.contains(": 1 epoch, 2 steps"), done.errors);
        QVERIFY2(done.errors.contains("no validation films"), done.errors);
        QVERIFY2(done.errors.contains("no held-out films"), done.errors);
        QVERIFY2(!done.errors.contains("nan"), done.errors);
    }

    void comesToTheSameWeightsFromAPreparedSet()
    {
        const auto prepared = run({"prepare", path("films"), "-o", path("set.hilum"), "--size", "48"});
        QVERIFY2(prepared.code == 0, prepared.errors);
        const auto fromFilms = run(quick("films", path("fromFilms")) + QStringList{"--squares", "48"});
        QVERIFY2(fromFilms.code == 0, fromFilms.errors);
        const auto fromSet = run(quick("set.hilum", path("fromSet")));
        QVERIFY2(fromSet.code == 0, fromSet.errors);
        QCOMPARE(cardOf(path("fromSet"))["weightsSha256"], cardOf(path("fromFilms"))["weightsSha256"]);
        QCOMPARE(contentOf(path("fromSet/predictions.csv")), contentOf(path("fromFilms/predictions.csv")));
    }

    void namesADamagedPreparedSet()
    {
        QFile file(path("damaged.hilum"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("HILUMSET\xff\xff\xff\xff\xff\xff\xff\xff");
        file.close();
        const auto refused = run(quick("damaged.hilum", path("never")));
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.errors.contains("damaged.hilum"), refused.errors);
        QVERIFY(refused.out.contains("\"event\":\"error\""));
        QVERIFY(refused.out.contains("data-corrupt"));
    }

    void holdsOutWhatTheManifestHoldsOut()
    {
        const auto write = [&](const char *testWord) {
            QFile manifest(path("split.csv"));
            QVERIFY(manifest.open(QIODevice::WriteOnly));
            manifest.write("file,label,split\n");
            for (const char *label : {"left", "right"}) {
                for (int i = 0; i < 12; ++i)
                    manifest.write(QStringLiteral("films/%1/%2.png,%1,%3\n")
                                       .arg(QLatin1String(label))
                                       .arg(i)
                                       .arg(QLatin1String(i < 3       ? testWord
                                                              : i < 5 ? "val"
                                                                      : "train"))
                                       .toUtf8());
            }
        };
        write("Test");
        const auto fromFilms = run(quick("split.csv", path("splitFilms")) + QStringList{"--squares", "48"});
        QVERIFY2(fromFilms.code == 0, fromFilms.errors);
        QVERIFY2(fromFilms.errors.contains("reading 14 training, 4 validation and 6 held-out films"),
                 fromFilms.errors);
        const auto rows = contentOf(path("splitFilms/predictions.csv")).trimmed().split('\n').mid(1);
        QCOMPARE(rows.size(), 6);
        for (const QByteArray &row : rows)
            QVERIFY2(row.contains("/0.png") || row.contains("/1.png") || row.contains("/2.png"), row);

        QCOMPARE(run({"prepare", path("split.csv"), "-o", path("split.hilum"), "--size", "48"}).code, 0);
        const auto fromSet = run(quick("split.hilum", path("splitSet")));
        QVERIFY2(fromSet.code == 0, fromSet.errors);
        QCOMPARE(contentOf(path("splitSet/predictions.csv")), contentOf(path("splitFilms/predictions.csv")));

        write("tset");
        const auto refused = run(quick("split.csv", path("never")));
        QVERIFY(refused.code != 0);
        QVERIFY2(refused.errors.contains("split.csv: line 2: expected train, val, test"), refused.errors);
    }

    void trainsTheHeadAloneInSeconds()
    {
        // The bundled network need not be there: the features of another one do.
        const auto base = run(quick("films", path("base")));
        QVERIFY2(base.code == 0, base.errors);
        const auto done
            = run({"train", path("films"), "-o", path("head"), "--recipe", "class-in-ten-minutes",
                   "--architecture", "resnet18-w16", "--init", path("base"), "--set",
                   R"(frozen=["conv1","bn1","layer"])", "--set", "stages.0.size=32", "--threads", "1"});
        QVERIFY2(done.code == 0, done.errors);
        QVERIFY2(done.errors.contains("are made once"), done.errors);
        QVERIFY(QFile::exists(path("head/card.json")));
    }

    void namesTheOptionThatIsWrong()
    {
        const auto rate = run({"train", path("films"), "-o", path("never"), "--learning-rate", "100"});
        QCOMPARE(rate.code, 2);
        QVERIFY2(rate.errors.contains("--learning-rate: expected a number"), rate.errors);
        const auto set = run({"train", path("films"), "-o", path("never"), "--set", "dropout=7"});
        QVERIFY2(set.errors.contains("--set dropout: expected a number"), set.errors);
        QVERIFY(!set.errors.contains("own-classes.json"));
    }

    void saysWhenThereAreTooFewFilms()
    {
        const QString folder = path("few");
        for (int label = 0; label < 2; ++label) {
            QVERIFY(QDir().mkpath(folder + (label == 0 ? "/a" : "/b")));
            writeFilm(folder + (label == 0 ? "/a/1.png" : "/b/1.png"), label, 1);
        }
        const auto refused = run({"train", folder, "-o", path("nothing")});
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.errors.contains("at least two training films of every class"), refused.errors);
    }
};

QTEST_GUILESS_MAIN(TrainCommandTest)
#include "TrainCommandTest.moc"
