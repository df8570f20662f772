// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/Csv.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace hilum;

class CsvTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    Result<CsvTable> read(const QByteArray &text) const
    {
        const std::filesystem::path file = m_folder.filePath("table.csv").toStdString();
        std::ofstream(file, std::ios::binary | std::ios::trunc).write(text.data(), text.size());
        return readCsv(file);
    }

private Q_SLOTS:
    void takesTheSeparatorOfTheHeaderLine_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("second"); // field of the second column
        QTest::newRow("comma") << QByteArray("a,b\n1;2,3;4;5\n") << QByteArray("3;4;5");
        QTest::newRow("semicolon") << QByteArray("a;b\n0,5;1,5\n") << QByteArray("1,5");
        QTest::newRow("tab") << QByteArray("a\tb\n1,2\t3;4\n") << QByteArray("3;4");
        QTest::newRow("as many of both") << QByteArray("a;x,b\n1,2\n") << QByteArray("2");
        QTest::newRow("others inside quotes") << QByteArray("\"a;;;\",b\n1,2\n") << QByteArray("2");
        QTest::newRow("lines before it that are empty") << QByteArray("\r\n\na;b\n1;2\n") << QByteArray("2");
    }

    void takesTheSeparatorOfTheHeaderLine()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, second);
        const auto table = read(text);
        QVERIFY2(table, table ? "" : table.error().detail.c_str());
        QCOMPARE(table->header.size(), std::size_t(2));
        QCOMPARE(table->rows.size(), std::size_t(1));
        QCOMPARE(table->rows[0][1], second.toStdString());
    }

    void findsColumnsAsPeopleTypeThem()
    {
        const auto table = read("File, LABEL ,label\n1,2,3\n");
        QVERIFY(table);
        QCOMPARE(table->column("file"), -1);
        QCOMPARE(table->columnLike("file"), 0);
        QCOMPARE(table->columnLike("label"), 2); // the one that is written so
        QCOMPARE(table->columnLike("group"), -1);
    }

    void saysWhatIsNoCsv_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("UTF-16, low first") << QByteArray("\xFF\xFE"
                                                         "f\0i\0",
                                                         6)
                                           << QByteArray("UTF-16");
        QTest::newRow("UTF-16, high first") << QByteArray("\xFE\xFF\0f\0i", 6) << QByteArray("UTF-16");
        QTest::newRow("a PNG") << QByteArray("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16)
                               << QByteArray("found a file that is no text");
        QTest::newRow("a prepared set")
            << QByteArray("HILUMSET\x02\0\0\0\0\0\0\0{}", 18) << QByteArray("found a file that is no text");
        QTest::newRow("a spreadsheet") << QByteArray("PK\x03\x04\x14\0", 6) << QByteArray("a spreadsheet");
        QTest::newRow("a field too many")
            << QByteArray("a\n1,2\n") << QByteArray("line 2: expected 1 field, found 2");
    }

    void saysWhatIsNoCsv()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, words);
        const auto table = read(text);
        QVERIFY(!table);
        QCOMPARE(table.error().code, ErrorCode::DataCorrupt);
        QVERIFY2(table.error().detail.find(words.toStdString()) != std::string::npos,
                 table.error().detail.c_str());
        QVERIFY(table.error().detail.find("table.csv") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(CsvTest)
#include "CsvTest.moc"
