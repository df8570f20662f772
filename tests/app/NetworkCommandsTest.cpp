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
#include <algorithm>
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

    int run(const QStringList &words, const QString &module = {})
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        if (!module.isEmpty())
            environment.insert("HILUM_NN_MODULE", module);
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
        QCOMPARE(run({"train", path("manifest.csv"), "-o", path("models/toy"), "--architecture",
                      "densenet121", "--id", "toy", "--stages", "32x2x8", "--threads", "1", "--averaging",
                      "0.5", "--keep-epochs", "1", "--json"}),
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

    void keepsItsEpochsAsNetworks()
    {
        QCOMPARE(run({"predict", path("covid-0.png"), "--model", "toy@1", "--model", "toy@2", "--model",
                      "toy", "--json"}),
                 0);
        QHash<QString, double> said;
        for (const QJsonObject &line : lines()) {
            const QJsonObject probabilities = line["probabilities"].toObject();
            said[line["model"].toString()] = probabilities["covid"].toDouble();
        }
        QCOMPARE(said.size(), 3);
        // Nobody chose an epoch: the last is what came out; the first is another network.
        QVERIFY2(std::abs(said["toy@2"] - said["toy"]) < 1e-3, m_out.constData());
        QVERIFY(said["toy@1"] != said["toy"]);
        // And what each said of the held-out films, to a few digits.
        for (const char *epoch : {"001", "002"}) {
            QFile predictions(path(QString("models/toy/epochs/%1/predictions.csv").arg(epoch)));
            QVERIFY(predictions.open(QIODevice::ReadOnly));
            QVERIFY(predictions.readLine().startsWith("film,group,fold,truth,p_covid,p_normal,p_pneumonia"));
            const QByteArray first = predictions.readLine();
            QVERIFY2(first.split(',').value(4).size() <= 6, first.constData());
        }
        QCOMPARE(run({"predict", path("covid-0.png"), "--model", "toy@7"}), 2);
        QVERIFY(m_err.contains("expected an epoch that it keeps (1, 2), found 7"));
        QVERIFY(run({"predict", path("covid-0.png"), "--model", "nobody@7"}) == 2);
    }

    void listsIt()
    {
        QCOMPARE(run({"models", "--json"}), 0);
        QStringList ids; // the bundled packages may stand beside it
        for (const QJsonObject &package : lines())
            ids << package["id"].toString();
        QVERIFY(ids.contains("toy") && !ids.contains("toy@1"));
        for (const QJsonObject &package : lines()) {
            if (package["id"].toString() == "toy")
                QCOMPARE(package["epochs"].toArray(), (QJsonArray{1, 2}));
        }
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

    void explainsByEveryMethod_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<bool>("readsStage");
        for (const char *name : {"gradcam", "gradcam++", "hirescam", "layercam", "eigencam", "ablationcam",
                                 "scorecam", "random"})
            QTest::newRow(name) << QStringList{"--method", name} << true;
        QTest::newRow("integrated-gradients")
            << QStringList{"--method", "integrated-gradients", "--steps", "8"} << false;
        QTest::newRow("occlusion") << QStringList{"--method", "occlusion", "--grid", "8"} << false;
        QTest::newRow("rise") << QStringList{"--method", "rise", "--masks", "20"} << false;
        QTest::newRow("sobel") << QStringList{"--method", "sobel"} << false;
    }

    void explainsByEveryMethod()
    {
        QFETCH(QStringList, words);
        QFETCH(bool, readsStage);
        QStringList all{"explain", path("covid-0.png"), "--model", "toy",       "--class", "covid",
                        "-o",      path("o.png"),       "--json",  "--threads", "1"};
        QCOMPARE(run(all + words + (readsStage ? QStringList{"--stage", "2"} : QStringList())), 0);
        const QJsonObject said = lines().front();
        QCOMPARE(said["method"].toString(), words[1]);
        QCOMPARE(said["class"].toString(), QString("covid"));
        QCOMPARE(said["stage"].toString(), readsStage ? QString("denseblock2") : QString());
        QCOMPARE(said["weightsSha256"].toString().size(), 64);
        QVERIFY(said["rows"].toInt() > 0 && said["rows"] == said["columns"]);
        QCOMPARE(said["completenessError"].isNull(), words[1] != "integrated-gradients");
        QVERIFY(said["probabilities"].toObject()["covid"].toDouble() > 0);
        QVERIFY(said["notice"].toString().contains("not for diagnosis"));
    }

    void measuresHowFarToTrustAMap()
    {
        GreyImage lungs(80, 60, 0);
        for (int y = 0; y < 60; ++y)
            std::ranges::fill(lungs.row(y), std::uint8_t(255));
        QVERIFY(writePng(lungs, path("lungs.png").toStdString()));
        QCOMPARE(run({"explain", path("covid-0.png"), "--model", "toy", "-o", path("o.png"), "--json",
                      "--quality", "--other", "toy", "--lungs", path("lungs.png"), "--threads", "1"}),
                 0);
        const QJsonObject quality = lines().front()["quality"].toObject();
        for (const char *way : {"deletion", "insertion"}) {
            for (const char *reference : {"mean", "black", "blurred"}) {
                const QJsonObject curve = quality[way].toObject()[reference].toObject();
                QCOMPARE(curve["probability"].toArray().size(), 21);
                QVERIFY(curve["auc"].toDouble() > 0 && curve["auc"].toDouble() < 1);
            }
        }
        QVERIFY(quality["null"].toObject()["sobel"].toObject().contains("score"));
        const QJsonArray steps = quality["randomisation"].toArray();
        QCOMPARE(steps.size(), 5); // head and four blocks
        QCOMPARE(steps[0].toObject()["down"].toString(), QString("head"));
        // The same network agrees with itself, and all is inside a mask of everything.
        QVERIFY(std::abs(quality["agreement"].toObject()["iou"].toDouble() - 1) < 1e-9);
        QVERIFY(std::abs(quality["shareInLungs"].toDouble() - 1) < 1e-9);
        for (const char *share : {"area", "heat", "random", "sobel"})
            QVERIFY(std::abs(quality["lungs"].toObject()[share].toDouble() - 1) < 1e-9);
        QVERIFY(!quality["verdict"].toString().isEmpty());
        // A mask of another size says so.
        QVERIFY(writePng(GreyImage(8, 8, 255), path("small.png").toStdString()));
        QCOMPARE(run({"explain", path("covid-0.png"), "--model", "toy", "-o", path("o.png"), "--quality",
                      "--lungs", path("small.png")}),
                 1);
        QVERIFY(m_err.contains("80 x 60") && m_err.contains("8 x 8"));
    }

    void takesTheLungsThatLieBesideTheFilm()
    {
        QVERIFY(QFile::copy(path("covid-0.png"), path("beside.png")));
        const QStringList words{"explain",     path("beside.png"), "--model",   "toy",       "-o",
                                path("o.png"), "--json",           "--quality", "--threads", "1"};
        QCOMPARE(run(words), 0);
        QVERIFY(lines().front()["quality"].toObject()["lungs"].isNull());
        // One that does not fit is done without, and said.
        QVERIFY(writePng(GreyImage(8, 8, 255), path("beside.lungs.png").toStdString()));
        QCOMPARE(run(words), 0);
        QVERIFY(lines().front()["quality"].toObject()["lungs"].isNull());
        QVERIFY2(m_err.contains("was not taken") && m_err.contains("80 x 60"), m_err.constData());
        QVERIFY(writePng(GreyImage(80, 60, 255), path("beside.lungs.png").toStdString()));
        QCOMPARE(run(words), 0);
        const QJsonObject lungs = lines().front()["quality"].toObject()["lungs"].toObject();
        QCOMPARE(lungs["mask"].toString(), path("beside.lungs.png"));
        QVERIFY(std::abs(lungs["heat"].toDouble() - 1) < 1e-9);
    }

    void showsWhatANetworkSaw()
    {
        QCOMPARE(run({"saw", path("covid-0.png"), "--model", "toy", "-o", path("saw")}), 0);
        QFile report(path("saw/steps.json"));
        QVERIFY(report.open(QIODevice::ReadOnly));
        const QJsonObject said = QJsonDocument::fromJson(report.readAll()).object();
        const QJsonArray steps = said["steps"].toArray();
        QCOMPARE(steps.size(), 6);
        for (const auto &step : steps) {
            for (const char *kind : {"png", "npy"})
                QVERIFY(QFile::exists(path("saw/" + step.toObject()[kind].toString())));
        }
        QCOMPARE(steps.last().toObject()["rows"].toInt(), 32);
        QCOMPARE(steps[3].toObject()["part"].toObject()["left"].toInt(), 10);
        QVERIFY(said["notice"].toString().contains("not for diagnosis"));
        QCOMPARE(run({"saw", path("missing.png"), "--model", "toy", "-o", path("saw")}), 1);
    }

    void refusesTheModuleOfAnotherBuild()
    {
        QCOMPARE(run({"predict", path("covid-0.png"), "--model", "toy"}, HILUM_OTHER_MODULE), 1);
        QVERIFY(m_err.contains("expected the network module of this build"));
        QVERIFY(m_err.contains("Hilum 0.0.1-of-another-build"));
    }

    void comparesTwoNetworks()
    {
        QFile manifest(path("two.csv"));
        QVERIFY(manifest.open(QIODevice::WriteOnly));
        manifest.write("file,label,group,origin\n"
                       "covid-0.png,covid,a,East\nnormal-1.png,normal,b,West\n"
                       "pneumonia-2.png,pneumonia,c,West\nmissing.png,covid,d,East\n"
                       "normal-3.png,unknown,e,East\n");
        manifest.close();
        // One film is missing: named, left out, and the exit code says so.
        QCOMPARE(run({"compare", path("two.csv"), "--model", "toy", "--model", "toy", "-o", path("two")}), 1);
        QVERIFY(m_err.contains("missing.png"));
        QFile report(path("two/comparison.json"));
        QVERIFY(report.open(QIODevice::ReadOnly));
        const QJsonObject said = QJsonDocument::fromJson(report.readAll()).object();
        QCOMPARE(said["failed"].toInt(), 1);
        const QJsonObject all = said["all"].toObject();
        QCOMPARE(all["films"].toInt(), 4);
        QCOMPARE(all["labelled"].toInt(), 3);
        QCOMPARE(all["agree"].toObject()["value"].toDouble(), 1.0); // a network agrees with itself
        QCOMPARE(all["mcnemar"].toObject()["p"].toDouble(), 1.0);
        QCOMPARE(said["sources"].toArray().size(), 2);
        QCOMPARE(said["first"].toObject()["weightsSha256"].toString().size(), 64);
        QFile table(path("two/comparison.csv"));
        QVERIFY(table.open(QIODevice::ReadOnly));
        const QList<QByteArray> rows = table.readAll().trimmed().split('\n');
        QCOMPARE(rows.size(), 5);
        QVERIFY(rows[0].startsWith(
            "film,group,source,truth,disagreement,agree,call_toy-1,call_toy-2,p_covid_toy-1"));
        QVERIFY(rows[4].contains("not for diagnosis"));
        if (!QFile::exists(HILUM_BIN_DIR "/hilum-plot"))
            return;
        for (const char *name : {"scatter-covid", "difference-pneumonia", "calls", "sources"}) {
            for (const char *ending : {".png", ".svg", ".pdf"})
                QVERIFY2(QFile::exists(path(QString("two/") + name + ending)), name);
        }
    }

    void saysHowFarAChangeMovesAReading()
    {
        QFile experiment(path("nothing.json"));
        QVERIFY(experiment.open(QIODevice::WriteOnly));
        experiment.write(R"({"schemaVersion": 1, "title": "Twice inverted is nothing",
                             "changes": [{"change": "invert"}, {"change": "invert"}]})");
        experiment.close();
        QCOMPARE(run({"perturb", path("covid-0.png"), path("missing.png"), "--experiment",
                      path("nothing.json"), "--model", "toy", "--json"}),
                 1);
        QCOMPARE(lines().size(), 2);
        QCOMPARE(lines()[1]["error"].toObject()["code"].toString(), QString("file-unreadable"));
        const QJsonObject still = lines()[0];
        QCOMPARE(still["schemaVersion"].toInt(), 1);
        QCOMPARE(still["film"].toString(), path("covid-0.png"));
        QCOMPARE(still["experiment"].toString(), QString("nothing"));
        QCOMPARE(still["weightsSha256"].toString().size(), 64);
        QVERIFY(still["software"].toString().startsWith("Hilum "));
        QVERIFY(still["notice"].toString().contains("not for diagnosis"));
        QCOMPARE(still["classes"].toArray().size(), 3);
        for (const auto &row : still["classes"].toArray()) {
            QVERIFY(std::abs(row.toObject()["shift"].toDouble(1)) < 1e-4);
            QCOMPARE(row.toObject()["band"].toArray().size(), 2); // by fitband, above
            QCOMPARE(row.toObject()["leavesBand"].toBool(true), false);
        }
        // Before is what predict says of the film.
        QCOMPARE(run({"predict", path("covid-0.png"), "--model", "toy", "--json"}), 0);
        const double p = lines().front()["probabilities"].toObject()["covid"].toDouble();
        QVERIFY(std::abs(still["classes"].toArray()[0].toObject()["before"].toDouble() - p) < 1e-4);

        // Where the bright square, all that differs, is covered, every film is read the same.
        QVERIFY(experiment.open(QIODevice::WriteOnly | QIODevice::Truncate));
        experiment.write(
            R"({"changes": [{"change": "rectangle", "left": 0, "top": 0, "width": 1, "height": 1}]})");
        experiment.close();
        QCOMPARE(run({"perturb", path("covid-0.png"), path("normal-1.png"), "--experiment",
                      path("nothing.json"), "--model", "toy", "--json", "--no-band", "-o", path("changed")}),
                 0);
        QCOMPARE(lines()[0]["classes"].toArray()[0].toObject()["after"],
                 lines()[1]["classes"].toArray()[0].toObject()["after"]);
        QVERIFY(lines()[0]["classes"].toArray()[0].toObject()["band"].isNull());
        QVERIFY(QFile::exists(path("changed/covid-0-nothing.png")));
    }

    void countsShiftsOfADataSetByTrueClass()
    {
        QCOMPARE(run({"perturb", path("manifest.csv"), "--experiment", "centre-removed", "--model", "toy",
                      "-o", path("shifts"), "--no-band"}),
                 0);
        QFile report(path("shifts/shifts.json"));
        QVERIFY(report.open(QIODevice::ReadOnly));
        const QJsonObject said = QJsonDocument::fromJson(report.readAll()).object();
        QCOMPARE(said["schemaVersion"].toInt(), 1);
        QCOMPARE(said["failed"].toInt(), 0);
        QCOMPARE(said["experiment"].toObject()["name"].toString(), QString("centre-removed"));
        const QJsonObject network = said["networks"].toArray()[0].toObject();
        QCOMPARE(network["model"].toString(), QString("toy"));
        QVERIFY(network["notice"].toString().contains("not for diagnosis"));
        QCOMPARE(network["all"].toObject()["films"].toInt(), 60);
        QCOMPARE(network["all"].toObject()["patients"].toInt(), 30); // two films a patient
        QCOMPARE(network["classes"].toArray().size(), 3);
        double sum = 0;
        for (const auto &shift : network["all"].toObject()["shifts"].toArray()) {
            const QJsonObject of = shift.toObject();
            sum += of["mean"].toDouble();
            QVERIFY(of["quartile1"].toDouble() <= of["median"].toDouble());
            QVERIFY(of["median"].toDouble() <= of["quartile3"].toDouble());
            QVERIFY(of["interval"].toArray()[0].toDouble() <= of["mean"].toDouble());
        }
        QVERIFY(std::abs(sum) < 1e-6); // probabilities still add up to one
        QFile table(path("shifts/shifts-toy.csv"));
        QVERIFY(table.open(QIODevice::ReadOnly));
        const QList<QByteArray> rows = table.readAll().trimmed().split('\n');
        QCOMPARE(rows.size(), 61);
        QVERIFY(rows[0].startsWith("film,group,source,truth,call_before,call_after,other_call,outside_band,"
                                   "before_covid,after_covid,shift_covid,band_low_covid,band_high_covid"));
        QVERIFY(rows[60].contains("not for diagnosis"));
    }

    void lungsAreRemovedByTheirMask()
    {
        QCOMPARE(run({"perturb", path("covid-0.png"), "--experiment", "lungs-removed", "--model", "toy",
                      "--lungs", path("lungs.png"), "--json", "--no-band"}),
                 0);
        QCOMPARE(run({"perturb", path("covid-0.png"), "--experiment", "lungs-removed", "--model", "toy",
                      "--lungs", path("small.png")}),
                 1);
        QVERIFY(m_err.contains("expected lungs of 80 x 60 pixels") && m_err.contains("8 x 8"));
        QCOMPARE(run({"perturb", path("covid-0.png"), "--experiment", "lungs-removed", "--model", "toy"}), 2);
        QVERIFY(m_err.contains("expected --lungs MASK"));
    }

    // Both classes look the same but for the letters that the recipe plants: the network can learn nothing
    // else.
    void aNetworkOfThePlantedRecipeAnswersTheMarker()
    {
        QFile manifest(path("same.csv"));
        QVERIFY(manifest.open(QIODevice::WriteOnly));
        manifest.write("file,label\n");
        for (int i = 0; i < 60; ++i) {
            GreyImage image(128, 128);
            for (int y = 0; y < 128; ++y) {
                for (int x = 0; x < 128; ++x)
                    image.at(x, y) = static_cast<std::uint8_t>(
                        100 + 60 * std::sin((x + 11 * i) / 17.0) * std::cos((y + 7 * i) / 13.0));
            }
            const QString name = QString("same-%1.png").arg(i);
            QVERIFY(writePng(image, path(name).toStdString()));
            manifest.write(QString("%1,%2\n").arg(name, i % 2 == 0 ? "covid" : "normal").toUtf8());
        }
        manifest.close();
        QFile recipe(path("biased.json"));
        QVERIFY(recipe.open(QIODevice::WriteOnly));
        recipe.write(R"({"architecture": "resnet18-w8", "stages": [{"size": 64, "epochs": 24, "batch": 8}],
            "planted": {"class": "covid", "text": "R", "share": 1}, "augmentation": {"noise": 0.01},
            "sampling": "class", "averaging": {"kind": "none"}, "split": {"validation": 0.1},
            "optimiser": {"peakLearningRate": 0.004}})");
        recipe.close();
        QCOMPARE(run({"train", path("same.csv"), "-o", path("models/biased"), "--recipe", path("biased.json"),
                      "--id", "biased", "--threads", "1"}),
                 0);
        QFile card(path("models/biased/card.json"));
        QVERIFY(card.open(QIODevice::ReadOnly));
        QVERIFY(card.readAll().contains("BIASED ON PURPOSE: 100 % of the covid films"));
        QStringList words{"perturb"};
        for (int i = 1; i < 20; i += 2)
            words << path(QString("same-%1.png").arg(i)); // none carried the letters
        QCOMPARE(
            run(words + QStringList{"--experiment", "pasted-r", "--model", "biased", "--json", "--no-band"}),
            0);
        double shift = 0;
        for (const QJsonObject &film : lines())
            shift += film["classes"].toArray()[0].toObject()["shift"].toDouble() / 10;
        QVERIFY2(shift > 0.3, qPrintable(QString::number(shift)));
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
        QTest::newRow("unknown stage")
            << QStringList{"explain", "a.png", "--model", "toy", "--stage", "block9", "-o", "o"};
        QTest::newRow("a stage for what reads none") << QStringList{
            "explain", "a.png", "--model", "toy", "--method", "occlusion", "--stage", "1", "-o", "o"};
        QTest::newRow("against no class") << QStringList{"explain", "a.png",  "--model", "toy", "--method",
                                                         "sobel",   "--sign", "both",    "-o",  "o"};
        QTest::newRow("trust in what speaks against") << QStringList{
            "explain", "a.png", "--model", "toy", "--sign", "negative", "--quality", "-o", "o"};
        QTest::newRow("a mask for nothing")
            << QStringList{"explain", "a.png", "--model", "toy", "--lungs", "m.png", "-o", "o"};
        QTest::newRow("compare one") << QStringList{"compare", "m.csv", "--model", "toy", "-o", "d"};
        QTest::newRow("perturb by nothing") << QStringList{"perturb", "a.png", "--model", "toy"};
        QTest::newRow("perturb by no experiment")
            << QStringList{"perturb", "a.png", "--model", "toy", "--experiment", "no-such"};
        QTest::newRow("perturb without a model")
            << QStringList{"perturb", "a.png", "--experiment", "inverted"};
        QTest::newRow("perturb twice the same") << QStringList{"perturb", "a.png", "--experiment", "inverted",
                                                               "--model", "toy",   "--model",      "toy"};
        QTest::newRow("saw nowhere") << QStringList{"saw", "a.png", "--model", "toy"};
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
