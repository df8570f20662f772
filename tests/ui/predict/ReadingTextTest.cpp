// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/predict/ReadingText.h"

#include <QTest>

#include <array>
#include <limits>

using namespace hilum;
using namespace hilum::ui;

class ReadingTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twoDecimalsAndNeverACertainty_data()
    {
        QTest::addColumn<double>("probability");
        QTest::addColumn<QString>("text");
        QTest::newRow("one") << 1.0 << "> 0.99";
        QTest::newRow("would round to one") << 0.995 << "> 0.99";
        QTest::newRow("just below") << 0.9949 << "0.99";
        QTest::newRow("middle") << 0.8149 << "0.81";
        QTest::newRow("small") << 0.005 << "0.01";
        QTest::newRow("would round to nothing") << 0.0049 << "< 0.01";
        QTest::newRow("nothing") << 0.0 << "< 0.01";
        QTest::newRow("no number") << std::numeric_limits<double>::quiet_NaN() << QString(QChar(0x2013));
    }

    void twoDecimalsAndNeverACertainty()
    {
        QFETCH(double, probability);
        QFETCH(QString, text);
        QCOMPARE(probabilityText(probability), text);
    }

    void aNumberSaysWhatItIs()
    {
        ModelCard card;
        QCOMPARE(calibrationText(card), QString("Softmax probability, not calibrated"));
        card.calibrated = true;
        card.temperature = 1.368;
        QCOMPARE(calibrationText(card), QString("Softmax probability, temperature-calibrated (T = 1.37)"));
    }

    void timeAndDevice()
    {
        Prediction prediction;
        prediction.device = "cpu";
        prediction.elapsedMs = 104.4;
        QCOMPARE(costText(prediction), QString("104 ms on the CPU"));
        prediction.elapsedMs = 2340;
        prediction.device = "cuda:0";
        QCOMPARE(costText(prediction), QString("2.3 s on the GPU (cuda:0)"));
    }

    void agreementAndItsOpposite()
    {
        const std::array same{Call{"VGG16", "covid"}, Call{"DenseNet121", "covid"}};
        QVERIFY(agree(same));
        QCOMPARE(agreementText(same), QString("Both networks call this film COVID-19."));
        const std::array other{Call{"VGG16", "covid"}, Call{"DenseNet121", "normal"}};
        QVERIFY(!agree(other));
        QVERIFY(agreementText(other).contains("disagree"));
        QVERIFY(agreementText(other).contains("DenseNet121 calls it Normal"));
        QVERIFY(agreementText(std::span(other).first(1)).isEmpty());
    }

    void heldOutResultsCarryTheirInterval()
    {
        HeldOutSummary summary{ConfusionMatrix(2), 10, 8, {0.49, 0.943}};
        summary.matrix.add(0, 0, 5);
        summary.matrix.add(1, 1, 3);
        summary.matrix.add(1, 0, 2);
        QCOMPARE(heldOutText(summary),
                 QString("0.80 of 10 held-out films called right (95 % interval 0.49 to 0.94)"));
    }
};

QTEST_GUILESS_MAIN(ReadingTextTest)
#include "ReadingTextTest.moc"
