// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/FilmReport.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;

class FilmReportTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    std::filesystem::path put(const std::string &text)
    {
        QFile file(m_folder.filePath("report.json"));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            return {};
        file.write(QByteArray::fromStdString(text));
        return file.fileName().toStdString();
    }

    static FilmReport report()
    {
        FilmReport made;
        made.software = "Hilum";
        made.notice = "For education, not for diagnosis";
        made.name = "a \"film\".png";
        made.sha256 = std::string(64, 'f');
        made.format = "PNG";
        made.columns = 30;
        made.rows = 20;
        made.notices = {"One.", "Two."};
        made.refusal = "is too small";
        made.isShownAnyway = true;
        made.label = "ill";
        made.method = "gradcam";
        ReportedNetwork network;
        network.id = "one";
        network.heldOut = {10, 9};
        network.classes = {{"ill", 0.125, Interval{0.1, 0.2}}, {"well", 0.875, {}}};
        network.noMap = "no evidence";
        made.networks = {network, {}};
        return made;
    }

private Q_SLOTS:
    void comesBackAsItWas()
    {
        const std::string text = filmReportJson(report());
        const auto read = readFilmReport(put(text));
        QVERIFY(read);
        QCOMPARE(filmReportJson(*read), text);
        QCOMPARE(read->networks[0].classes[0].probability, 0.125);
        QCOMPARE(read->networks[0].classes[0].band->high, 0.2);
        QVERIFY(!read->networks[0].classes[1].band);
        QCOMPARE(read->networks[0].call()->label, std::string("well"));
        QVERIFY(!read->networks[1].call() && !read->networks[1].heldOut);
        QVERIFY(read->file.empty() && read->isShownAnyway);
    }

    void refusesWhatIsNoReport_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("no JSON") << QByteArray("{");
        QTest::newRow("another kind") << QByteArray("{\"kind\":\"hilum-evaluation\"}");
        QTest::newRow("a key missing") << QByteArray("{\"kind\":\"hilum-film-report\",\"film\":{}}");
        QTest::newRow("of another type") << QByteArray::fromStdString(filmReportJson(report()))
                                                .replace("\"columns\": 30", "\"columns\": \"x\"");
    }

    void refusesWhatIsNoReport()
    {
        QFETCH(QByteArray, text);
        const auto file = put(text.toStdString());
        const auto read = readFilmReport(file);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::DataCorrupt);
        QVERIFY(read.error().detail.find(file.string()) == 0);
    }
};

QTEST_GUILESS_MAIN(FilmReportTest)
#include "FilmReportTest.moc"
