// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/ReceptiveField.h"

#include "core/nn/Anatomy.h"

#include <QTest>

using namespace hilum;

class ReceptiveFieldTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isWorkedOutByHand_data()
    {
        QTest::addColumn<QList<QList<int>>>("layers"); // kernel, stride, padding
        QTest::addColumn<int>("input");
        QTest::addColumn<int>("cell");
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("last");
        QTest::newRow("one point") << QList<QList<int>>{{1, 1, 0}} << 8 << 3 << 3 << 3;
        QTest::newRow("three, inside") << QList<QList<int>>{{3, 1, 1}} << 8 << 3 << 2 << 4;
        QTest::newRow("three, at the border") << QList<QList<int>>{{3, 1, 1}} << 8 << 0 << 0 << 1;
        QTest::newRow("three without padding") << QList<QList<int>>{{3, 1, 0}} << 8 << 0 << 0 << 2;
        QTest::newRow("two threes") << QList<QList<int>>{{3, 1, 1}, {3, 1, 1}} << 8 << 3 << 1 << 5;
        QTest::newRow("halved") << QList<QList<int>>{{2, 2, 0}} << 8 << 3 << 6 << 7;
        // Cell 1 sees 0 to 2 of the halved, those 0 to 5 of the convolved, those 0 to 6.
        QTest::newRow("three, halved, three")
            << QList<QList<int>>{{3, 1, 1}, {2, 2, 0}, {3, 1, 1}} << 12 << 1 << 0 << 6;
        QTest::newRow("stride two") << QList<QList<int>>{{7, 2, 3}} << 16 << 4 << 5 << 11;
        // 5 pixels halved are 2: the last pixel is never seen, though the three reaches for it.
        QTest::newRow("what is left over") << QList<QList<int>>{{2, 2, 0}, {3, 1, 1}} << 5 << 1 << 0 << 3;
        QTest::newRow("a padded point, inside") << QList<QList<int>>{{1, 1, 1}} << 4 << 1 << 0 << 0;
    }

    void isWorkedOutByHand()
    {
        QFETCH(QList<QList<int>>, layers);
        QFETCH(int, input);
        QFETCH(int, cell);
        QFETCH(int, first);
        QFETCH(int, last);
        std::vector<SpatialLayer> chain;
        for (const QList<int> &layer : layers)
            chain.push_back({layer[0], layer[1], layer[2]});
        const int middle = cellsAcross(chain, input) / 2;
        const ReceptiveField field = receptiveField(chain, input, cell, middle);
        QCOMPARE(field.left, first);
        QCOMPARE(field.left + field.width - 1, last);
        QCOMPARE(receptiveField(chain, input, middle, cell).top, first);
    }

    void aCellOfPaddingAloneSeesNothing()
    {
        QCOMPARE(receptiveField({{1, 1, 1}}, 4, 0, 2), ReceptiveField());
    }

    // Araujo et al. 2019, table 1, and VGG's usual 5, 14, 40, 92, 196.
    void knowsThePublishedSizes_data()
    {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<int>("stage");
        QTest::addColumn<int>("field");
        const int vgg[] = {5, 14, 40, 92, 196};
        for (int stage = 0; stage < 5; ++stage)
            QTest::addRow("vgg16 block%d", stage + 1) << "vgg16" << stage << vgg[stage];
        QTest::newRow("resnet18") << "resnet18" << 3 << 435;
        QTest::newRow("densenet121") << "densenet121" << 3 << 2071;
    }

    void knowsThePublishedSizes()
    {
        QFETCH(QString, architecture);
        QFETCH(int, stage);
        QFETCH(int, field);
        QCOMPARE(fieldAcross(spatialLayers(*findArchitecture(architecture.toStdString()), stage)), field);
    }

    void strongChannelsComeFirst()
    {
        std::vector<Plane<float>> activation(3, Plane<float>(2, 1));
        activation[0].at(0, 0) = 1;
        activation[1].at(0, 0) = -4;
        activation[2].at(1, 0) = 2;
        QCOMPARE(strongestChannels(activation, 2), (std::vector{1, 2}));
        QCOMPARE(strongestChannels(activation, 9), (std::vector{1, 2, 0}));
    }
};

QTEST_GUILESS_MAIN(ReceptiveFieldTest)
#include "ReceptiveFieldTest.moc"
