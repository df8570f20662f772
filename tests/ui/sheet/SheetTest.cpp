// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/KeptEpochs.h"
#include "tests/ui/ReadDesk.h"
#include "ui/session/EpochService.h"
#include "ui/sheet/SheetSession.h"
#include "ui/sheet/SheetView.h"
#include "ui/sheet/SheetWindow.h"

#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

using namespace hilum;
using namespace hilum::ui;

namespace {

struct Desk : test::ReadDesk {
    std::shared_ptr<test::FakeFiles> files = std::make_shared<test::FakeFiles>();
    FilmSession films{lanes, files->sources(files)};
};

// The first network keeps two epochs.
struct NetworksWithEpochs : test::FakeNetworks, EpochService {
    std::set<std::filesystem::path> offered;

    PackageListing list() override
    {
        PackageListing listing = test::FakeNetworks::list();
        for (ModelPackage &package : listing.packages)
            package.folder = "/models/" + package.card.id;
        for (const ModelPackage &epoch : epochs()) {
            if (offered.contains(epoch.folder))
                listing.packages.push_back(epoch);
        }
        return listing;
    }
    std::vector<ModelPackage> epochs() override
    {
        std::vector<ModelPackage> kept;
        for (const int epoch : {2, 12}) {
            ModelPackage package = test::FakeNetworks::list().packages.front();
            package.folder = epochFolder("/models/vgg16", epoch);
            package.card.id = epochId("vgg16", epoch);
            package.card.title = "vgg16, epoch " + std::to_string(epoch);
            kept.push_back(std::move(package));
        }
        return kept;
    }
    void offer(const ModelPackage &epoch, bool on) override
    {
        if (on)
            offered.insert(epoch.folder);
        else
            offered.erase(epoch.folder);
    }
};

struct EpochDesk {
    Lanes lanes;
    std::shared_ptr<NetworksWithEpochs> networks = std::make_shared<NetworksWithEpochs>();
    std::shared_ptr<test::FakeFiles> files = std::make_shared<test::FakeFiles>();
    FilmSession films{lanes, files->sources(files)};
    ReadingSession readings{lanes, networks};

    bool openFilm()
    {
        readings.start();
        readings.setFilm(1, makeDisplayFilm(test::ramp()));
        return QTest::qWaitFor(
            [&] { return readings.reading(0).prediction && readings.reading(1).prediction; });
    }
};

// One strong cell of a 4 x 4 map over the same part of a film.
ActivationMap spot(int x, int y, float strength)
{
    ActivationMap map;
    map.values = Plane<float>(4, 4);
    map.values.at(x, y) = strength;
    map.map = centreSquare(100, 100);
    map.peak = 1;
    return map;
}

// Where the middle of cell (x, y) of a 4 x 4 map comes to lie.
float at(const ActivationMap &map, int x, int y)
{
    const int side = map.values.width() / 4;
    return map.values.at(x * side + side / 2, y * side + side / 2);
}

} // namespace

class SheetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void subtractsOneMapFromAnother()
    {
        const auto difference = differenceOf(spot(0, 0, 1), spot(3, 3, 0.5F));
        QVERIFY(difference);
        QCOMPARE(difference->sign, MapSign::Both);
        QVERIFY(at(*difference, 0, 0) > 0.9F);
        QVERIFY(std::abs(at(*difference, 3, 3) + 0.5F) < 0.05F);
        QVERIFY(std::abs(at(*difference, 3, 0)) < 0.01F);
    }

    void findsWhereAllLookedAndHowFarTheyAreApart()
    {
        const ActivationMap first = spot(1, 1, 1);
        ActivationMap second = spot(1, 1, 0.5F);
        second.values.at(3, 1) = 1;
        const auto both = commonOf({&first, &second});
        QVERIFY(both);
        QVERIFY(std::abs(at(*both, 1, 1) - 0.5F) < 0.05F);
        QVERIFY(at(*both, 3, 1) < 0.01F);
        const auto range = rangeOf({&first, &second});
        QVERIFY(range);
        QVERIFY(std::abs(at(*range, 1, 1) - 0.5F) < 0.05F);
        QVERIFY(at(*range, 3, 1) > 0.9F);
    }

    void comparesNothingThatCoversAnotherPartOfTheFilm()
    {
        ActivationMap other = spot(0, 0, 1);
        other.map = centreSquare(200, 100);
        QVERIFY(!differenceOf(spot(0, 0, 1), other));
        const ActivationMap first = spot(0, 0, 1);
        QVERIFY(!commonOf({&first, &other}));
    }

    void makesTheMapsOnceAndOnlyWhileItIsLookedAt()
    {
        Desk desk;
        SheetSession sheet(desk.lanes, desk.networks, desk.readings);
        QVERIFY(desk.openFilm(1));
        QCOMPARE(sheet.networks().size(), std::size_t(2));
        QTest::qWait(20);
        QCOMPARE(desk.networks->explains.load(), 0);
        sheet.setActive(true);
        QTRY_VERIFY(sheet.map(0) != nullptr && sheet.map(1) != nullptr);
        QCOMPARE(desk.networks->explains.load(), 2);
        // The same class of both, though they call the film differently.
        QCOMPARE(sheet.map(0)->label, sheet.map(1)->label);
        desk.readings.chooseClass("normal");
        QTRY_VERIFY(sheet.map(1) != nullptr && sheet.map(1)->label == "normal");
        QTRY_COMPARE(desk.networks->explains.load(), 4);
        desk.readings.chooseClass("");
        QVERIFY(sheet.map(0) != nullptr); // kept
        sheet.chooseMethod(MapMethod::LayerCam);
        QTRY_VERIFY(sheet.map(0) != nullptr && sheet.map(0)->method == MapMethod::LayerCam);
    }

    void keepsTwoNetworksAtLeast()
    {
        Desk desk;
        SheetSession sheet(desk.lanes, desk.networks, desk.readings);
        QVERIFY(desk.openFilm(1));
        sheet.choose(0, false);
        QCOMPARE(sheet.networks().size(), std::size_t(2));
    }

    void saysWhyAMapIsMissing()
    {
        Desk desk;
        SheetSession sheet(desk.lanes, desk.networks, desk.readings);
        QVERIFY(desk.openFilm(1));
        desk.networks->explainFails = true;
        sheet.setActive(true);
        QTRY_VERIFY(sheet.error(0) && sheet.error(1));
        QVERIFY(sheet.map(0) == nullptr);
    }

    void showsTheFilmOfTheWindowAndSavesItsPage()
    {
        Desk desk;
        QVERIFY(desk.openFilm(1));
        SheetWindow window(desk.lanes, desk.networks, desk.films, desk.readings);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTRY_VERIFY(window.session().map(0) != nullptr && window.session().map(1) != nullptr);
        auto *view = window.findChild<SheetView *>();
        QVERIFY(view != nullptr);
        QVERIFY(view->title().contains("Grad-CAM for COVID-19"));
        const QStringList lines = view->csv().trimmed().split('\n');
        QCOMPARE(lines.size(), 1 + 2 * 3);
        QVERIFY(lines[1].startsWith("vgg16,covid,0.7"));
        QVERIFY(view->accessibleDescription().contains("disagree"));
        QTemporaryDir folder;
        QVERIFY(view->exportPdf(folder.filePath("page.pdf")));
        QVERIFY(view->exportPng(folder.filePath("page.png")));
        QCOMPARE(QImage(folder.filePath("page.png")).isNull(), false);
        QVERIFY(!view->exportPdf(folder.filePath("no/page.pdf")));
    }

    void laysTwoEpochsOfOneNetworkBesideEachOther()
    {
        EpochDesk desk;
        QVERIFY(desk.openFilm());
        SheetWindow window(desk.lanes, desk.networks, desk.films, desk.readings);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        auto *menu = window.findChild<QMenu *>();
        QVERIFY(menu != nullptr);
        QTRY_COMPARE(menu->actions().size(), 2);
        QCOMPARE(menu->actions()[1]->text(), QString("vgg16, epoch 12"));
        menu->actions()[1]->trigger();
        QTRY_COMPARE(desk.readings.networks().size(), std::size_t(3));
        QCOMPARE(window.session().networks(), (std::set{0, 1, 2}));
        window.session().choose(1, false); // the other architecture
        QTRY_VERIFY(menu->actions().size() == 2 && menu->actions()[1]->isChecked());
        menu->actions()[0]->trigger();
        QTRY_COMPARE(desk.readings.networks().size(), std::size_t(4));
        QCOMPARE(window.session().networks(), (std::set{0, 2, 3}));
        window.session().choose(0, false);
        QTRY_VERIFY(window.session().map(2) != nullptr && window.session().map(3) != nullptr);
        auto *view = window.findChild<SheetView *>();
        QVERIFY(view->csv().contains("vgg16@2") || view->csv().contains("vgg16, epoch 2"));
        // Gone again, the sheet has two networks as ever.
        QTRY_VERIFY(menu->actions().size() == 2 && menu->actions()[0]->isChecked());
        menu->actions()[0]->trigger();
        QTRY_COMPARE(desk.readings.networks().size(), std::size_t(3));
        QCOMPARE(window.session().networks().size(), std::size_t(2));
        QVERIFY(window.session().networks().contains(2));
    }

    // A fourth takes the place of the last of three.
    void makesRoomForAnEpoch()
    {
        EpochDesk desk;
        SheetSession sheet(desk.lanes, desk.networks, desk.readings);
        NetworksWithEpochs &service = *desk.networks;
        const auto epochs = service.epochs();
        service.offer(epochs[0], true);
        QVERIFY(desk.openFilm());
        QCOMPARE(sheet.networks(), (std::set{0, 1, 2}));
        sheet.chooseNext(epochs[1].folder);
        service.offer(epochs[1], true);
        desk.readings.start();
        QTRY_COMPARE(desk.readings.networks().size(), std::size_t(4));
        QCOMPARE(sheet.networks(), (std::set{0, 1, 3}));
    }

    // What is under the cursor stays there in every picture; a double click shows the whole film.
    void zoomsAllPicturesAtOnce()
    {
        Desk desk;
        QVERIFY(desk.openFilm(1));
        SheetWindow window(desk.lanes, desk.networks, desk.films, desk.readings);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTRY_VERIFY(window.session().map(0) != nullptr && window.session().map(1) != nullptr);
        auto *view = window.findChild<SheetView *>();
        const QImage whole = view->grab().toImage();
        const QPoint place(view->width() / 6, view->height() / 4);
        QWheelEvent wheel(place, view->mapToGlobal(place), {}, {0, 480}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(view, &wheel);
        QVERIFY(view->grab().toImage() != whole);
        QTest::mouseDClick(view, Qt::LeftButton, {}, place);
        QVERIFY(view->grab().toImage() == whole);
        QTest::keyClick(view, Qt::Key_Plus);
        QVERIFY(view->grab().toImage() != whole);
        QTest::keyClick(view, Qt::Key_0);
        QVERIFY(view->grab().toImage() == whole);
    }
};

QTEST_MAIN(SheetTest)
#include "SheetTest.moc"
