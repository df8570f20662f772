// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Imports TorchScript networks by hilum-cli, then reads, explains and compares with them beside a bundled
// one.

#include "core/codec/PngWriter.h"
#include "core/imaging/Render.h"
#include "core/phantom/Phantom.h"
#include "tests/core/guest/Guests.h"

#undef slots
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;

class ImportCommandTest : public QObject {
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
        environment.remove("HILUM_MODELS");
        environment.insert("XDG_DATA_HOME", path("home"));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(HILUM_BIN_DIR "/hilum-cli"), words);
        if (!process.waitForFinished(200000))
            return -1;
        m_out = process.readAllStandardOutput();
        m_err = process.readAllStandardError();
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
    }

    QJsonObject lastLine() const
    {
        return QJsonDocument::fromJson(m_out.trimmed().split('\n').last()).object();
    }

    void write(const QString &name, const QByteArray &text)
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

private Q_SLOTS:
    void initTestCase()
    {
        PhantomSpec spec;
        spec.columns = 300;
        spec.rows = 358;
        spec.pixelMm = 1.2;
        for (int film = 0; film < 3; ++film) {
            spec.seed = static_cast<std::uint64_t>(film) + 1;
            spec.finding = film == 1 ? PhantomFinding::Consolidation : PhantomFinding::None;
            const Film made = simulateFilm(spec).film;
            GreyImage grey(made.columns, made.rows);
            const auto &samples = std::get<std::vector<std::uint16_t>>(made.samples);
            for (std::size_t i = 0; i < samples.size(); ++i)
                grey.samples()[i] = static_cast<std::uint8_t>(samples[i] / 16);
            QVERIFY(writePng(grey, path(QString("film-%1.png").arg(film)).toStdString()));
        }
        write("manifest.csv", "file,label\nfilm-0.png,normal\nfilm-1.png,pneumonia\nfilm-2.png,normal\n");
        write(
            "card.json",
            R"({"classes":["covid","normal","pneumonia"],"title":"The network of a colleague","origin":"a test",
                  "input":{"size":64,"channels":"rgb","mean":[0.485,0.456,0.406],"std":[0.229,0.224,0.225]}})");
        guests::save(path("net.pt").toStdString(), guests::whole, 3);
        guests::save(path("features.pt").toStdString(), guests::features + "    return a\n", 3);
        guests::save(path("head.pt").toStdString(), "    a = x\n" + guests::head + "    return y\n", 3);
    }

    void importsAndLists()
    {
        QCOMPARE(run({"models", "import", path("net.pt"), "--card", path("card.json"), "--json"}), 0);
        QCOMPARE(lastLine()["id"].toString(), QString("net"));
        QVERIFY(QFile::exists(path("home/hilum/models/net/model.pt")));
        QCOMPARE(run({"models", "import", path("features.pt"), "--head", path("head.pt"), "--card",
                      path("card.json"), "--id", "split"}),
                 0);
        QVERIFY(m_out.contains("never checked by Hilum"));
        QCOMPARE(run({"models"}), 0);
        QVERIFY2(m_out.contains("torchscript, imported, not checked by Hilum"), m_out.constData());
        QVERIFY(m_out.contains("densenet121"));
    }

    void saysWhatIsWrong()
    {
        QCOMPARE(run({"models", "import", path("net.pt")}), 2);
        write("two.json", R"({"classes":["a","b"],"input":{"size":64,"channels":"rgb"}})");
        QCOMPARE(
            run({"models", "import", path("net.pt"), "--card", path("two.json"), "--id", "two", "--json"}),
            1);
        QVERIFY2(m_err.contains("net.pt: expected 2 answers"), m_err.constData());
        QCOMPARE(lastLine()["error"].toObject()["code"].toString(), QString("model-mismatch"));
        QCOMPARE(run({"models", "import", path("card.json"), "--card", path("card.json"), "--id", "no"}), 1);
        QVERIFY2(m_err.contains("card.json: expected a TorchScript file"), m_err.constData());
        QCOMPARE(run({"models", "import", path("net.pt"), "--card", path("card.json")}), 1);
        QVERIFY2(m_err.contains("which is taken"), m_err.constData());
    }

    void reads()
    {
        QCOMPARE(run({"predict", path("film-0.png"), "--model", "net", "--model", "split", "--json"}), 0);
        const QList<QByteArray> lines = m_out.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        const auto first = QJsonDocument::fromJson(lines[0]).object()["probabilities"].toObject();
        const auto second = QJsonDocument::fromJson(lines[1]).object()["probabilities"].toObject();
        for (const char *label : {"covid", "normal", "pneumonia"})
            QVERIFY(std::abs(first[label].toDouble() - second[label].toDouble()) < 1e-6);
    }

    void explains()
    {
        QCOMPARE(run({"explain", path("film-1.png"), "--model", "net", "--method", "occlusion", "--grid", "8",
                      "-o", path("map.png"), "--json"}),
                 0);
        QVERIFY(QFile::exists(path("map.png")));
        QCOMPARE(run({"explain", path("film-1.png"), "--model", "net", "-o", path("none.png")}), 2);
        QVERIFY2(m_err.contains("Grad-CAM reads a stage of the network")
                     && m_err.contains("integrated-gradients, occlusion, rise, random, sobel"),
                 m_err.constData());
        QCOMPARE(run({"explain", path("film-1.png"), "--model", "split", "--method", "gradcam", "-o",
                      path("cam.png"), "--json"}),
                 0);
        QCOMPARE(lastLine()["stage"].toString(), QString("features"));
    }

    void showsWhatItSaw()
    {
        QCOMPARE(run({"saw", path("film-1.png"), "--model", "net", "-o", path("steps")}), 0);
        const QStringList files = QDir(path("steps")).entryList({"*.npy"});
        QVERIFY2(files.last().contains("channels"), qPrintable(files.join(' ')));
    }

    void comparesWithABundledNetwork()
    {
        QCOMPARE(run({"compare", path("manifest.csv"), "--model", "net", "--model", "densenet121", "-o",
                      path("compared")}),
                 0);
        QFile report(path("compared/comparison.json"));
        QVERIFY(report.open(QIODevice::ReadOnly));
        const QJsonObject said = QJsonDocument::fromJson(report.readAll()).object();
        QCOMPARE(said["all"].toObject()["films"].toInt(), 3);
        QCOMPARE(said["first"].toObject()["id"].toString(), QString("net"));

        // Of the same classes in another order, too: each probability stays with its class.
        write("turned.json",
              R"({"classes":["pneumonia","normal","covid"],
                  "input":{"size":64,"channels":"rgb","mean":[0.485,0.456,0.406],"std":[0.229,0.224,0.225]}})");
        QCOMPARE(run({"models", "import", path("net.pt"), "--card", path("turned.json"), "--id", "turned"}),
                 0);
        QCOMPARE(run({"compare", path("manifest.csv"), "--model", "net", "--model", "turned", "-o",
                      path("turned")}),
                 0);
        QFile table(path("turned/comparison.csv"));
        QVERIFY(table.open(QIODevice::ReadOnly));
        const QList<QByteArray> rows = table.readAll().trimmed().split('\n');
        const QList<QByteArray> names = rows[0].split(',');
        const QList<QByteArray> values = rows[1].split(',');
        const auto of = [&](const char *name) { return values[names.indexOf(name)].toDouble(); };
        QVERIFY(std::abs(of("p_covid_net") - of("p_pneumonia_turned")) < 1e-6);
        QVERIFY(std::abs(of("p_pneumonia_net") - of("p_covid_turned")) < 1e-6);
    }
};

QTEST_GUILESS_MAIN(ImportCommandTest)
#include "ImportCommandTest.moc"
