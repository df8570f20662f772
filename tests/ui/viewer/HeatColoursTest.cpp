// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/HeatColours.h"

#include <QTest>
#include <set>

using namespace hilum;
using namespace hilum::ui;

namespace {

// Two cells side by side: 1 and -0.5.
ActivationMap twoCells(MapSign sign)
{
    Plane<float> values(2, 1);
    values.at(0, 0) = 1;
    values.at(1, 0) = -0.5F;
    return scaledMap(values, sign);
}

int coloured(const QImage &layer)
{
    int count = 0;
    for (int y = 0; y < layer.height(); ++y) {
        for (int x = 0; x < layer.width(); ++x)
            count += qAlpha(layer.pixel(x, y)) > 0 ? 1 : 0;
    }
    return count;
}

} // namespace

class HeatColoursTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void paintsCellsAsTheyAre()
    {
        const QImage layer = heatLayer(twoCells(MapSign::Both), {MapLook::Style::Cells, 0});
        std::set<QRgb> colours;
        for (int y = 0; y < layer.height(); ++y) {
            for (int x = 0; x < layer.width(); ++x)
                colours.insert(layer.pixel(x, y));
        }
        QCOMPARE(colours.size(), std::size_t(2));
        QVERIFY(qRed(layer.pixel(0, 0)) > qBlue(layer.pixel(0, 0))); // for: warm
        const QRgb against = layer.pixel(layer.width() - 1, 0);
        QVERIFY(qBlue(against) > qRed(against));
    }

    void paintsSmoothlyBetweenCells()
    {
        const QImage layer = heatLayer(twoCells(MapSign::Positive));
        QCOMPARE(layer.width(), 224);
        QVERIFY(qAlpha(layer.pixel(10, 100)) == 255);
        QCOMPARE(qAlpha(layer.pixel(220, 100)), 0); // nothing for the class there
        QVERIFY(qAlpha(layer.pixel(150, 100)) > 0 && qAlpha(layer.pixel(150, 100)) < 255);
    }

    void leavesOutWhatIsWeakerThanTheThreshold()
    {
        const ActivationMap map = twoCells(MapSign::Both);
        const int all = coloured(heatLayer(map, {MapLook::Style::Cells, 0}));
        QCOMPARE(coloured(heatLayer(map, {MapLook::Style::Cells, 0.6})), all / 2);
    }

    void drawsLinesWhereALevelIsCrossed()
    {
        const QImage layer = heatLayer(twoCells(MapSign::Positive), {MapLook::Style::Contours, 0});
        // Between the middles of both cells the value falls from 1 to 0: three levels, three upright lines.
        int lines = 0;
        bool wasIn = false;
        for (int x = 0; x < layer.width(); ++x) {
            const bool isIn = qAlpha(layer.pixel(x, 300)) > 0;
            lines += isIn && !wasIn ? 1 : 0;
            wasIn = isIn;
        }
        QCOMPARE(lines, 3);
        QVERIFY(coloured(layer) < layer.width() * layer.height() / 40);
    }

    void staysEmptyWithoutEvidence()
    {
        QCOMPARE(coloured(heatLayer(scaledMap(Plane<float>(7, 7), MapSign::Positive))), 0);
    }
};

QTEST_MAIN(HeatColoursTest)
#include "HeatColoursTest.moc"
