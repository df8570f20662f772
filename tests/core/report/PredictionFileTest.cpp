// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/PredictionFile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;

class PredictionFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatPeopleCallTheirColumns_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("labels");
        QTest::addColumn<int>("truth"); // of the first film
        QTest::addColumn<double>("first"); // its first class's probability
        QTest::newRow("a package's own")
            << QByteArray("film,group,fold,truth,p_a,p_b,source\nx.png,g1,0,b,0.25,0.75,Here\n")
            << QByteArray("a,b") << 1 << 0.25;
        QTest::newRow("by numbers") << QByteArray("y_true,prob_a,prob_b,prob_c\n2,0.2,0.3,0.5\n0,1,0,0\n")
                                    << QByteArray("a,b,c") << 2 << 0.2;
        QTest::newRow("columns named as classes, in another case")
            << QByteArray("Image, Label ,Normal,COVID\nx.png,covid,0.4,0.6\ny.png,normal,1,0\n")
            << QByteArray("Normal,COVID") << 1 << 0.4;
        QTest::newRow("one column of 0 and 1")
            << QByteArray("label,score\n1,0.75\n0,0.125\n") << QByteArray("0,1") << 1 << 0.25;
        QTest::newRow("one column of a class")
            << QByteArray("class,p_sick\nwell,0.25\nsick,1\n") << QByteArray("well,sick") << 0 << 0.75;
        QTest::newRow("spaces, hyphens, a mark before the header, Windows lines")
            << QByteArray("\xEF\xBB\xBFY True,P-a,P-b\r\n a , 0.5 , 0.5 \r\n") << QByteArray("a,b") << 0
            << 0.5;
        QTest::newRow("rounded to two places")
            << QByteArray("truth,p_a,p_b,p_c\na,0.33,0.33,0.33\n") << QByteArray("a,b,c") << 0 << 0.33;
        QTest::newRow("classes of numbers in another order")
            << QByteArray("truth,p_1,p_0\n0,0.25,0.75\n") << QByteArray("1,0") << 1 << 0.25;
    }

    void readsWhatPeopleCallTheirColumns()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, labels);
        QFETCH(int, truth);
        QFETCH(double, first);
        const auto set = read(text);
        QVERIFY2(set, set ? "" : set.error().detail.c_str());
        QByteArray found;
        for (const std::string &label : set->labels)
            found += (found.isEmpty() ? "" : ",") + QByteArray::fromStdString(label);
        QCOMPARE(found, labels);
        QCOMPARE(set->films[0].truth, truth);
        QCOMPARE(set->films[0].probabilities[0], first);
    }

    void keepsPatientSourceAndFold()
    {
        const auto set
            = read("patient_id,truth,p_a,p_b,Hospital,fold,file\nP1,a,1,0,North,3,x.png\nP1,b,0,1,,,\n");
        QVERIFY(set);
        QCOMPARE(set->films[0].group, std::string("P1"));
        QCOMPARE(set->films[0].source, std::string("North"));
        QCOMPARE(set->films[0].fold, 3);
        QCOMPARE(set->films[0].film, std::string("x.png"));
        QCOMPARE(set->films[1].film, std::string("line 3"));
        QCOMPARE(set->films[1].fold, -1);
    }

    void leavesOutFilmsThatABatchCouldNotRead()
    {
        const auto set = read("film,truth,error_code,p_a,p_b,call\nx,a,data-corrupt,,,\ny,b,,0.5,0.5,a\n");
        QVERIFY(set);
        QCOMPARE(set->films.size(), std::size_t{1});
        QCOMPARE(set->films[0].film, std::string("y"));
        QVERIFY(!read("film,truth,error_code,p_a,p_b\nx,a,data-corrupt,,\n"));
    }

    void refusesWithTheLine_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("words");
        const QByteArray head("film,truth,p_a,p_b\nx,a,0.5,0.5\n");
        QTest::newRow("NaN") << head + "y,a,nan,0.5\n"
                             << QByteArray("line 3: expected a probability from 0 to 1");
        QTest::newRow("infinite") << head + "y,a,inf,0.5\n" << QByteArray("line 3");
        QTest::newRow("empty") << head + "y,a,,0.5\n" << QByteArray("found \"\"");
        QTest::newRow("no number") << head + "y,a,0.5x,0.5\n" << QByteArray("0.5x");
        QTest::newRow("above 1") << head + "y,a,1.2,-0.2\n" << QByteArray("found \"1.2\"");
        QTest::newRow("below 0") << head + "y,a,-0.1,1\n" << QByteArray("found \"-0.1\"");
        QTest::newRow("per cent") << head + "y,a,97.5,2.5\n" << QByteArray("per cent");
        QTest::newRow("a sum that is not 1") << head + "y,a,0.9,0.3\n" << QByteArray("a sum of 1.2");
        QTest::newRow("another class") << head + "y,c,0.5,0.5\n" << QByteArray("one of the classes a, b");
        QTest::newRow("no truth") << head + "y,,0.5,0.5\n" << QByteArray("found \"\"");
        QTest::newRow("a short row") << head + "y,a\n" << QByteArray("line 3: expected 4 fields, found 2");
        QTest::newRow("after a field of several lines")
            << QByteArray("film,truth,p_a,p_b\n\"x\ny\",a,0.5,0.5\nz,a,2,0.5\n") << QByteArray("line 4");
        QTest::newRow("no truth column")
            << QByteArray("film,p_a,p_b\nx,0.5,0.5\n") << QByteArray("true class");
        QTest::newRow("no probabilities") << QByteArray("film,truth\nx,a\n") << QByteArray("p_<class>");
        QTest::newRow("a header alone") << QByteArray("film,truth,p_a,p_b\n") << QByteArray("a header alone");
        QTest::newRow("a class twice")
            << QByteArray("truth,p_a,p_a\na,0.5,0.5\n") << QByteArray("each class once");
    }

    void refusesWithTheLine()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, words);
        const auto set = read(text);
        QVERIFY(!set);
        QVERIFY2(set.error().detail.find(words.toStdString()) != std::string::npos,
                 set.error().detail.c_str());
        QVERIFY(set.error().detail.find("predictions.csv") != std::string::npos);
    }

    void aManifestIsNoFileOfPredictions()
    {
        QTemporaryDir folder;
        const auto of = [&](const QByteArray &text) {
            write(folder.filePath("table.csv"), text);
            return hasPredictions(*readCsv(folder.filePath("table.csv").toStdString()));
        };
        QVERIFY(!of("file,label,fold\na.png,covid,0\n"));
        QVERIFY(of("file,label,p_covid,p_normal\na.png,covid,0.5,0.5\n"));
    }

    void takesBytesThatAreNoUtf8ForLatin1()
    {
        const auto set = read("film,truth,p_a,p_b,source\nx,a,1,0,H\xF4pital\ny,a,1,0,\xC3\xA9\n");
        QVERIFY(set);
        QCOMPARE(set->films[0].source, std::string("H\xC3\xB4pital"));
        QCOMPARE(set->films[1].source, std::string("\xC3\xA9"));
    }

private:
    static void write(const QString &name, const QByteArray &text)
    {
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    static Result<PredictionSet> read(const QByteArray &text)
    {
        QTemporaryDir folder;
        write(folder.filePath("predictions.csv"), text);
        return readPredictionFile(folder.filePath("predictions.csv").toStdString());
    }
};

QTEST_GUILESS_MAIN(PredictionFileTest)
#include "PredictionFileTest.moc"
