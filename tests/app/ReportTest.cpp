// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// report on films with the smallest bundled network, its pages, and verify on what it wrote.

#include "core/codec/PngWriter.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;

class ReportTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QByteArray m_out;
    QByteArray m_err;
    const QString m_film = QStringLiteral(HILUM_SOURCE_DIR "/resources/films/simulated-consolidation.dcm");
    const QString m_model = QStringLiteral(HILUM_SOURCE_DIR "/models/resnet18-w32");

    QString path(const QString &name) const { return m_folder.filePath(name); }

    int run(const QStringList &words)
    {
        QProcess process;
        process.start(QStringLiteral(HILUM_BIN_DIR "/hilum-cli"), words);
        if (!process.waitForFinished(120000))
            return -1;
        m_out = process.readAllStandardOutput();
        m_err = process.readAllStandardError();
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
    }

    QByteArray get(const QString &name)
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    // Its sheets, and whether the edges of the picture are bare.
    void isOneSheet(const QString &folder, double aspect)
    {
        const QByteArray pdf = get(folder + "/report.pdf");
        QVERIFY(pdf.startsWith("%PDF"));
        QCOMPARE(pdf.count("/Type /Page\n"), 1);
        const QImage sheet(path(folder + "/report.png"));
        QVERIFY(!sheet.isNull());
        QVERIFY(std::abs(double(sheet.height()) / sheet.width() - aspect) < 0.01);
        int ink = 0;
        const int edge = sheet.width() / 20;
        for (int y = 0; y < sheet.height(); ++y) {
            for (int x = 0; x < sheet.width(); ++x) {
                const bool isMargin
                    = x < edge || y < edge || x >= sheet.width() - edge || y >= sheet.height() - edge;
                ink += isMargin && sheet.pixelColor(x, y) != QColor(Qt::white) ? 1 : 0;
            }
        }
        QCOMPARE(ink, 0);
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFile::exists(m_model + "/weights.safetensors"))
            QSKIP("SHARED models are not here");
    }

    void tellsOfAFilmOnOneSheet()
    {
        QCOMPARE(run({"report", m_film, "--model", m_model, "-o", path("one")}), 0);
        const QJsonObject report = QJsonDocument::fromJson(get("one/report.json")).object();
        const QJsonObject network = report["networks"].toArray()[0].toObject();
        QCOMPARE(network["id"].toString(), QString("resnet18-w32"));
        QCOMPARE(network["classes"].toArray().size(), 3);
        QVERIFY(!QImage(path("one/" + network["map"].toObject()["picture"].toString())).isNull());
        QVERIFY(!QImage(path("one/" + network["saw"].toObject()["picture"].toString())).isNull());
        isOneSheet("one", 297.0 / 210);
        const QByteArray page = get("one/report.html");
        QVERIFY(page.contains("For education, not for diagnosis"));
        QVERIFY(page.contains("data:image/png;base64,"));
        QVERIFY(!page.contains("src=\"film.png\""));
        QCOMPARE(run({"report", m_film, "--model", m_model, "-o", path("letter"), "--paper", "letter"}), 0);
        isOneSheet("letter", 11.0 / 8.5);
    }

    // The simulated patient is called Simulated^Phantom or the like: so is the file.
    void namesOfPatientsAreLeftOut()
    {
        const QByteArray hidden = get("one/report.json");
        QVERIFY(!QJsonDocument::fromJson(hidden).object()["film"].toObject()["name"].toString().contains(
            "simulated", Qt::CaseInsensitive));
        QVERIFY(!hidden.contains(m_film.toUtf8()));
        QCOMPARE(run({"report", m_film, "--model", m_model, "-o", path("shown"), "--show-names"}), 0);
        QVERIFY(get("shown/report.json").contains("simulated-consolidation.dcm"));
    }

    void itsNumbersComeOutAgain()
    {
        QCOMPARE(run({"verify", path("one/report.json"), "--film", m_film}), 0);
        QVERIFY2(m_out.contains(" 0 don't"), m_out.constData());
        QCOMPARE(run({"verify", path("shown/report.json")}), 0); // it tells where its film lies
        QCOMPARE(run({"verify", path("one/report.json")}), 1);
        QVERIFY(m_err.contains("--film"));
        QByteArray changed = get("one/report.json");
        const auto at = changed.indexOf("\"probability\": 0.");
        changed[at + 17] = changed[at + 17] == '5' ? '6' : '5';
        QFile file(path("one/changed.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(changed);
        file.close();
        QCOMPARE(run({"verify", path("one/changed.json"), "--film", m_film}), 1);
        QVERIFY(m_out.contains("networks.1.classes."));
    }

    void aRefusedPictureHasNoReadingsUnlessAskedFor()
    {
        GreyImage flat(60, 40, 30);
        for (int x = 0; x < 60; ++x)
            flat.at(x, 20) = static_cast<std::uint8_t>(4 * x);
        const QString name
            = "a picture with a name that is longer than any sheet of paper is wide, which some "
              "archives do give, and which breaks where it must.png";
        QVERIFY(writePng(flat, path(name).toStdString()));
        QCOMPARE(run({"report", path(name), "--model", m_model, "-o", path("refused")}), 0);
        const QJsonObject report = QJsonDocument::fromJson(get("refused/report.json")).object();
        QVERIFY(!report["gate"].toObject()["accepted"].toBool());
        QVERIFY(report["networks"].toArray()[0].toObject()["classes"].toArray().isEmpty());
        isOneSheet("refused", 297.0 / 210);
        QCOMPARE(run({"report", path(name), "--model", m_model, "-o", path("anyway"), "--anyway"}), 0);
        QCOMPARE(QJsonDocument::fromJson(get("anyway/report.json"))
                     .object()["networks"]
                     .toArray()[0]
                     .toObject()["classes"]
                     .toArray()
                     .size(),
                 3);
        QVERIFY(get("anyway/report.html").contains("don't trust them"));
    }

    void wrongUsageIsSaid()
    {
        QCOMPARE(run({"report", m_film}), 2);
        QCOMPARE(run({"report", m_film, "-o", path("x"), "--paper", "a5"}), 2);
        QVERIFY(m_err.contains("found \"a5\""));
        QCOMPARE(run({"report", m_film, "--model", m_model, "-o", path("x"), "--class", "cat"}), 2);
        QCOMPARE(run({"report", path("nowhere.dcm"), "--model", m_model, "-o", path("x")}), 1);
        QVERIFY(m_err.contains("nowhere.dcm"));
    }
};

QTEST_GUILESS_MAIN(ReportTest)
#include "ReportTest.moc"
