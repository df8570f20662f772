// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/TrustSession.h"
#include "tests/ui/ReadDesk.h"

#include <QTest>

using namespace hilum;
using namespace hilum::ui;

namespace {

struct Desk : test::ReadDesk {
    MapSession maps{lanes, networks, readings};
    TrustSession trust{lanes, networks, readings, maps};
};

} // namespace

class TrustSessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void measuresTheMapOfTheReadingWhenAsked()
    {
        Desk desk;
        QVERIFY(!desk.trust.canMeasure());
        QVERIFY(desk.openFilm(1));
        QVERIFY(desk.trust.canMeasure());
        QVERIFY(desk.trust.quality() == nullptr);
        desk.trust.measure();
        QVERIFY(desk.trust.isMeasuring());
        QTRY_VERIFY(desk.trust.quality() != nullptr);
        QVERIFY(!desk.trust.isMeasuring());
        QCOMPARE(desk.trust.progress(), 0.3);
        QCOMPARE(desk.trust.other(), std::optional(1));
        QVERIFY(desk.trust.quality()->agreement);
        QCOMPARE(desk.networks->trusts.load(), 1);
    }

    void keepsWhatWasMeasuredByMap()
    {
        Desk desk;
        QVERIFY(desk.openFilm(1));
        desk.trust.measure();
        QTRY_VERIFY(desk.trust.quality() != nullptr);
        desk.readings.chooseMapNetwork(1);
        QVERIFY(desk.trust.quality() == nullptr);
        QCOMPARE(desk.trust.other(), std::optional(0));
        desk.readings.chooseMapNetwork(0);
        QVERIFY(desk.trust.quality() != nullptr);
        desk.maps.chooseMethod(MapMethod::LayerCam);
        QVERIFY(desk.trust.quality() == nullptr);
        QTRY_VERIFY(desk.trust.canMeasure());
        desk.trust.measure();
        QTRY_VERIFY(desk.trust.quality() != nullptr);
        QCOMPARE(desk.networks->trusts.load(), 2);
    }

    void measuresOnlyWhatSpeaksForTheClass()
    {
        Desk desk;
        QVERIFY(desk.openFilm(1));
        desk.maps.chooseSign(MapSign::Both);
        QTRY_VERIFY(desk.maps.currentMap() && desk.maps.currentMap()->sign == MapSign::Both);
        QVERIFY(!desk.trust.canMeasure());
        desk.trust.measure();
        QVERIFY(!desk.trust.isMeasuring());
        desk.maps.chooseSign(MapSign::Positive);
        desk.readings.chooseClass("normal"); // its map is empty
        QTRY_VERIFY(desk.maps.currentMap() && !desk.maps.currentMap()->hasEvidence());
        QVERIFY(!desk.trust.canMeasure());
    }

    void stopsForAnotherFilmAndOnAWord()
    {
        Desk desk;
        QVERIFY(desk.openFilm(1));
        desk.networks->holdsSlowMaps = true;
        desk.trust.measure();
        QTRY_COMPARE(desk.trust.progress(), 0.3);
        desk.trust.stop();
        QVERIFY(!desk.trust.isMeasuring());
        QVERIFY(desk.trust.quality() == nullptr);
        desk.trust.measure();
        QVERIFY(desk.openFilm(2)); // the lane is free again
        QVERIFY(!desk.trust.isMeasuring());
        QVERIFY(desk.trust.quality() == nullptr);
    }

    void saysWhyNothingWasMeasured()
    {
        Desk desk;
        QVERIFY(desk.openFilm(1));
        desk.networks->explainFails = true;
        desk.trust.measure();
        QTRY_VERIFY(desk.trust.error());
        QVERIFY(desk.trust.quality() == nullptr);
        desk.networks->explainFails = false;
        desk.trust.measure();
        QTRY_VERIFY(desk.trust.quality() != nullptr);
        QVERIFY(!desk.trust.error());
    }
};

QTEST_GUILESS_MAIN(TrustSessionTest)
#include "TrustSessionTest.moc"
