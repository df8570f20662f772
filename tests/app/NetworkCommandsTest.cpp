// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Trains a network on toy films by hilum-cli, then reads and explains with the package that came out.

#include "core/codec/PngWriter.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <cstring>

using namespace hilum;

class NetworkCommandsTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QByteArray m_out;
    QByteArray m_err;

    QString path(const QString &name) const { return m_folder.filePath(name); }

    int run(const QStringList &words)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("HILUM_MODELS", path("models"));
        environment.insert("XDG_DATA_HOME", path("none"));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(HILUM_BIN_DIR "/hilum-cli"), words);
        if (!process.waitForFinished(100000))
            return -1;
        m_out = process.readAllStandardOutput();
        m_err = process.readAllStandardError();
        if (process.exitCode() != 0)
            qInfo("%s", m_err.constData());
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
    }

    QList<QJsonObject> lines() const
    {
        QList<QJsonObject> objects;
        for (const QByteArray &line : m_out.split('\n')) {
            if (!line.isEmpty())
                objects << QJsonDocument::fromJson(line).object();
        }
        return objects;
    }

    // A bright square whose height on the film tells the class; wider than high, as films may be.
    static GreyImage film(int label, int number)
    {
        GreyImage image(80, 60, 40);
        for (int y = 0; y < 16; ++y) {
            for (int x = 0; x < 16; ++x)
                image.at(30 + x + number % 5, 2 + label * 20 + y) = static_cast<std::uint8_t>(200 + number);
        }
        return image;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QFile manifest(path("manifest.csv"));
        QVERIFY(manifest.open(QIODevice::WriteOnly));
        manifest.write("file,label,group\n");
        const char *labels[] = {"covid", "normal", "pneumonia"};
        for (int label = 0; label < 3; ++label) {
            for (int i = 0; i < 20; ++i) {
                const QString name = QString("%1-%2.png").arg(labels[label]).arg(i);
                QVERIFY(writePng(film(label, i), path(name).toStdString()));
                manifest.write(QString("%1,%2,%2-%3\n").arg(name, labels[label]).arg(i / 2).toUtf8());
            }
        }
    }

    void trainsAWholePackage()
    {
        QCOMPARE(
            run({"train", path("manifest.csv"), "-o", path("models/toy"), "--architecture", "densenet121",
                 "--id", "toy", "--stages", "32x2x8", "--threads", "1", "--averaging", "0.5", "--json"}),
            0);
        QStringList events;
        for (const QJsonObject &line : lines())
            events << line["event"].toString();
        QCOMPARE(events.count("epoch"), 2);
        QVERIFY(events.count("step") >= 2);
        QCOMPARE(events.last(), QString("done"));
        for (const char *name : {"card.json", "weights.safetensors", "history.csv", "predictions.csv"})
            QVERIFY2(QFile::exists(path(QString("models/toy/") + name)), name);
        QVERIFY(!QFile::exists(path("models/toy/checkpoint.safetensors")));
        QFile predictions(path("models/toy/predictions.csv"));
        QVERIFY(predictions.open(QIODevice::ReadOnly));
        QVERIFY(predictions.readLine().startsWith("film,group,fold,truth,p_covid,p_normal,p_pneumonia"));
    }

    void listsIt()
    {
        QCOMPARE(run({"models", "--json"}), 0);
        QStringList ids; // the bundled packages may stand beside it
        for (const QJsonObject &package : lines())
            ids << package["id"].toString();
        QVERIFY(ids.contains("toy"));
    }

    void predictsAndGoesOnAfterAFailedFilm()
    {
        QCOMPARE(run({"predict", path("covid-0.png"), path("missing.png"), path("normal-0.png"), "--model",
                      "toy", "--json"}),
                 1);
        const auto objects = lines();
        QCOMPARE(objects.size(), 3);
        QCOMPARE(objects[1]["error"].toObject()["code"].toString(), QString("file-unreadable"));
        for (const int i : {0, 2}) {
            QCOMPARE(objects[i]["model"].toString(), QString("toy"));
            QCOMPARE(objects[i]["device"].toString(), QString("cpu"));
            QVERIFY(objects[i]["milliseconds"].toDouble() > 0);
            double sum = 0;
            for (const char *label : {"covid", "normal", "pneumonia"})
                sum += objects[i]["probabilities"].toObject()[label].toDouble(-1);
            QVERIFY(std::abs(sum - 1) < 1e-9);
            // A bright square on grey is no chest film, and says why; the package has no band yet.
            const QJsonObject gate = objects[i]["gate"].toObject();
            QCOMPARE(gate["accepted"].toBool(true), false);
            QVERIFY(!gate["reason"].toString().isEmpty());
            QVERIFY(objects[i].contains("interval") && objects[i]["interval"].isNull());
        }
    }

    void bandsComeWithTheirCalibration()
    {
        QCOMPARE(run({"fitband", path("models/toy"), path("manifest.csv"), "--repeats", "3"}), 0);
        QVERIFY(m_err.contains("held-out films the bands held"));
        QCOMPARE(run({"predict", path("covid-0.png"), "--model", "toy", "--json"}), 0);
        const QJsonObject said = lines().front();
        for (const char *label : {"covid", "normal", "pneumonia"}) {
            const QJsonArray interval = said["interval"].toObject()[label].toArray();
            QCOMPARE(interval.size(), 2);
            const double p = said["probabilities"].toObject()[label].toDouble();
            QVERIFY(interval[0].toDouble() <= p && p <= interval[1].toDouble());
        }
        QCOMPARE(run({"predict", path("covid-0.png"), "--model", "toy", "--json"}), 0);
        QCOMPARE(lines().front()["interval"], said["interval"]);
        QCOMPARE(run({"predict", path("covid-0.png"), "--model", "toy", "--json", "--no-interval"}), 0);
        QVERIFY(lines().front()["interval"].isNull());
    }

    void theGateJudgesPictures()
    {
        QCOMPARE(run({"gate", path("covid-0.png"), "--json"}), 0);
        QCOMPARE(lines().front()["accepted"].toBool(true), false);
        QCOMPARE(run({"gate", "--wrong", "toys=" + path(".")}), 0);
        QVERIFY(m_out.contains("toys"));
    }

    void explainsInsideTheSquareOnly()
    {
        QCOMPARE(run({"explain", path("covid-0.png"), "--model", "toy", "--class", "covid", "-o",
                      path("overlay.png"), "--map", path("map.npy")}),
                 0);
        QVERIFY(QFile::exists(path("overlay.png")));
        QFile map(path("map.npy"));
        QVERIFY(map.open(QIODevice::ReadOnly));
        const QByteArray bytes = map.readAll();
        QVERIFY(bytes.startsWith("\x93NUMPY"));
        QVERIFY(bytes.contains("'descr': '<f4'"));
        QVERIFY(bytes.contains("'shape': (60, 80)"));
        const qsizetype header = bytes.size() - 60 * 80 * 4;
        QCOMPARE(header % 64, 0);
        std::vector<float> values(60 * 80);
        std::memcpy(values.data(), bytes.constData() + header, values.size() * 4);
        for (std::size_t y = 0; y < 60; ++y) {
            for (std::size_t x = 0; x < 80; ++x) {
                const float value = values[y * 80 + x];
                QVERIFY(value >= 0 && value <= 1);
                if (x < 10 || x >= 70) // the square is columns 10 to 69
                    QCOMPARE(value, 0.0F);
            }
        }
    }

    void wrongUsageIsTwo_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("no film") << QStringList{"predict"};
        QTest::newRow("unknown model") << QStringList{"predict", "a.png", "--model", "nobody"};
        QTest::newRow("unknown device") << QStringList{"predict", "a.png", "--device", "abacus"};
        QTest::newRow("unknown class")
            << QStringList{"explain", "a.png", "--model", "toy", "--class", "cat", "-o", "o"};
        QTest::newRow("unknown method")
            << QStringList{"explain", "a.png", "--model", "toy", "--method", "guess", "-o", "o"};
        QTest::newRow("stages") << QStringList{"train",          "m",     "-o",       "d",
                                               "--architecture", "vgg16", "--stages", "224"};
    }

    void wrongUsageIsTwo()
    {
        QFETCH(QStringList, words);
        QCOMPARE(run(words), 2);
        QVERIFY(m_out.isEmpty());
        QVERIFY(!m_err.isEmpty());
    }
};

QTEST_GUILESS_MAIN(NetworkCommandsTest)
#include "NetworkCommandsTest.moc"
