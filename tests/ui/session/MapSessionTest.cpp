// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/MapSession.h"
#include "tests/ui/ReadDesk.h"

#include <QTest>

using namespace hilum;
using namespace hilum::ui;

namespace {

// The second network was imported in one piece: it comes without a map.
struct WithAGuest : test::FakeNetworks {
    WithAGuest() { guestHangs = false; }
    PackageListing list() override
    {
        PackageListing listing = FakeNetworks::list();
        listing.packages[1].card.architecture = importedArchitecture;
        listing.packages[1].card.imported = ImportedNetwork();
        return listing;
    }
    Result<Reading> read(const ModelPackage &package, const Film &film, int frame, const std::string &label,
                         std::stop_token stop) override
    {
        auto reading = FakeNetworks::read(package, film, frame, label, stop);
        if (reading && package.card.imported)
            reading->map.reset();
        return reading;
    }
};

// Both sessions on a film that both networks have read.
struct Desk : test::ReadDesk {
    MapSession maps{lanes, networks, readings};

    bool hasMapBy(MapMethod method)
    {
        return QTest::qWaitFor([&] {
            const auto map = maps.currentMap();
            return map && map->method == method && !maps.isMaking();
        });
    }
};

} // namespace

class MapSessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void beginsWithTheMapOfTheReading()
    {
        Desk desk;
        QVERIFY(desk.openFilm(1));
        QVERIFY(desk.maps.currentMap());
        QCOMPARE(desk.maps.currentMap()->method, MapMethod::GradCam);
        QCOMPARE(desk.networks->explains.load(), 0);
        QCOMPARE(desk.maps.stages().size(), std::size_t(5));
        QCOMPARE(desk.maps.stage(), 4);
        QVERIFY(!desk.maps.isWaitingForAWord());
    }

    void offersWhatAnImportedNetworkCan()
    {
        Desk desk;
        desk.networks = std::make_shared<WithAGuest>();
        ReadingSession readings(desk.lanes, desk.networks);
        MapSession maps(desk.lanes, desk.networks, readings);
        readings.start();
        readings.setFilm(1, makeDisplayFilm(test::ramp()));
        QTRY_VERIFY(readings.reading(0).prediction && readings.reading(1).prediction);
        QVERIFY(maps.offers(MapMethod::GradCam));
        readings.chooseMapNetwork(1);
        QVERIFY(!maps.offers(MapMethod::GradCam) && maps.offers(MapMethod::Occlusion));
        QVERIFY(maps.stages().empty());
        // Not chosen by hand, so it waits for a word, and Grad-CAM is back with the other network.
        QCOMPARE(maps.method(), MapMethod::Occlusion);
        QVERIFY(maps.isWaitingForAWord());
        maps.make();
        QTRY_VERIFY(maps.currentMap() && maps.currentMap()->method == MapMethod::Occlusion
                    && !maps.isMaking());
        readings.chooseMapNetwork(0);
        QCOMPARE(maps.method(), MapMethod::GradCam);
        // A class that is chosen is not read for again and again: no map can come with the reading.
        readings.chooseClass("covid");
        QTRY_VERIFY(!readings.isReading());
        const int reads = desk.networks->reads.load();
        readings.chooseMapNetwork(1);
        readings.chooseClass("pneumonia");
        QTRY_VERIFY(!readings.isReading());
        QCOMPARE(desk.networks->reads.load(), reads + 1); // the other network's map
    }

    void makesAnotherMapOnce()
    {
        Desk desk;
        QVERIFY(desk.openFilm(1));
        desk.maps.chooseMethod(MapMethod::LayerCam);
        QVERIFY(desk.hasMapBy(MapMethod::LayerCam));
        QCOMPARE(desk.networks->explains.load(), 1);
        desk.maps.chooseMethod(MapMethod::GradCam);
        QCOMPARE(desk.maps.currentMap()->method, MapMethod::GradCam);
        desk.maps.chooseMethod(MapMethod::LayerCam);
        QCOMPARE(desk.maps.currentMap()->method, MapMethod::LayerCam);
        QCOMPARE(desk.networks->explains.load(), 1); // kept
        // Another stage is another map, the other network and the next film, too.
        desk.maps.chooseStage(2);
        QVERIFY(desk.hasMapBy(MapMethod::LayerCam));
        QTRY_COMPARE(desk.networks->explains.load(), 2);
        desk.readings.chooseMapNetwork(1);
        QCOMPARE(desk.maps.stages().front(), std::string("denseblock1"));
        QTRY_COMPARE(desk.networks->explains.load(), 3);
        QVERIFY(desk.openFilm(2));
        QVERIFY(desk.hasMapBy(MapMethod::LayerCam));
        QCOMPARE(desk.networks->explains.load(), 4);
    }

    void showsWhatSpeaksAgainstTheClass()
    {
        Desk desk;
        QVERIFY(desk.openFilm(1));
        desk.maps.chooseSign(MapSign::Both);
        QTRY_VERIFY(desk.maps.currentMap() && desk.maps.currentMap()->sign == MapSign::Both);
        QVERIFY(desk.maps.currentMap()->values.at(5, 5) < 0);
        // Edges have no other side.
        desk.maps.chooseMethod(MapMethod::Sobel);
        QCOMPARE(desk.maps.sign(), MapSign::Positive);
    }

    void startsASlowMapOnlyOnTheFilmItWasChosenOn()
    {
        Desk desk;
        QVERIFY(desk.openFilm(1));
        desk.maps.chooseMethod(MapMethod::Rise);
        QVERIFY(desk.hasMapBy(MapMethod::Rise));
        QVERIFY(desk.openFilm(2));
        QTest::qWait(20);
        QCOMPARE(desk.networks->explains.load(), 1);
        QVERIFY(desk.maps.isWaitingForAWord());
        QVERIFY(!desk.maps.currentMap());
        desk.maps.make();
        QVERIFY(desk.hasMapBy(MapMethod::Rise));
        QVERIFY(!desk.maps.isWaitingForAWord());
    }

    void goesOnWhereItWasStopped()
    {
        Desk desk;
        QVERIFY(desk.openFilm(1));
        desk.networks->holdsSlowMaps = true;
        desk.maps.chooseMethod(MapMethod::Occlusion);
        QTRY_VERIFY(desk.maps.currentMap()); // what there is so far
        QVERIFY(desk.maps.isMaking());
        QTRY_COMPARE(desk.maps.progress(), 0.3);
        desk.maps.stop();
        QVERIFY(!desk.maps.isMaking());
        QVERIFY(desk.maps.isWaitingForAWord());
        QVERIFY(desk.maps.currentMap());
        desk.networks->holdsSlowMaps = false;
        desk.maps.make();
        QVERIFY(desk.hasMapBy(MapMethod::Occlusion));
        QCOMPARE(desk.networks->readingsHandedIn.load(), std::size_t(3));
        // What was read serves every class.
        desk.readings.chooseClass("pneumonia");
        QTRY_VERIFY(desk.maps.isWaitingForAWord());
        desk.maps.make();
        QTRY_VERIFY(desk.maps.currentMap() && !desk.maps.isMaking());
        QCOMPARE(desk.networks->readingsHandedIn.load(), std::size_t(10));
    }

    void stopsWhenTheFilmChanges()
    {
        Desk desk;
        QVERIFY(desk.openFilm(1));
        desk.networks->holdsSlowMaps = true;
        desk.maps.chooseMethod(MapMethod::ScoreCam);
        QTRY_VERIFY(desk.maps.isMaking());
        QVERIFY(desk.openFilm(2)); // the lane is free again
        QVERIFY(!desk.maps.isMaking());
    }

    void saysWhyThereIsNoMap()
    {
        Desk desk;
        QVERIFY(desk.openFilm(1));
        desk.networks->explainFails = true;
        desk.maps.chooseMethod(MapMethod::EigenCam);
        QTRY_VERIFY(desk.maps.error());
        QVERIFY(!desk.maps.currentMap());
        desk.networks->explainFails = false;
        desk.maps.make();
        QVERIFY(desk.hasMapBy(MapMethod::EigenCam));
        QVERIFY(!desk.maps.error());
    }
};

QTEST_GUILESS_MAIN(MapSessionTest)
#include "MapSessionTest.moc"
