// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/bridge/DisplayFilm.h"
#include "tests/ui/Films.h"

#include <QTest>

using namespace hilum;
using namespace hilum::ui;

class DisplayFilmTest : public QObject {
    Q_OBJECT

private:
    static void compareWithReference(const FilmPtr &film, const Voi &voi)
    {
        const DisplayFilmPtr display = makeDisplayFilm(film);
        const auto table = greyTable(*display, voi, false);
        const GreyImage reference = renderGrey(*film, voi);
        const auto &codes = display->levels.front().front();
        for (int y = 0; y < film->rows; ++y) {
            for (int x = 0; x < film->columns; ++x)
                QCOMPARE(int(table[codes.at(x, y)]), int(reference.at(x, y)));
        }
    }

private Q_SLOTS:
    void theTableShowsWhatRenderGreyShows()
    {
        compareWithReference(test::ramp(), Window{400, 300, VoiFunction::Linear});
        compareWithReference(test::ramp(20, 10, Photometric::Monochrome1),
                             Window{400, 300, VoiFunction::Sigmoid});
    }

    void theTableIsTheSameThroughAllSixteenBits()
    {
        Film film = *test::ramp(256, 256);
        std::vector<std::uint16_t> samples;
        for (int i = 0; i < 65536; ++i)
            samples.push_back(static_cast<std::uint16_t>(i));
        film.samples = std::move(samples);
        for (const double slope : {1.0, 0.37, -0.21}) {
            film.modalityTransform.slope = slope;
            const auto shared = std::make_shared<const Film>(film);
            compareWithReference(shared, Window{30000 * slope, 20000, VoiFunction::Linear});
            compareWithReference(shared, Window{30000 * slope, 70000, VoiFunction::LinearExact});
            compareWithReference(shared, Window{30000 * slope, 1, VoiFunction::Linear});
            compareWithReference(shared, Window{30000 * slope, 9000, VoiFunction::Sigmoid});
            compareWithReference(shared, LookupTable{0, 8, {3, 200, 100, 255}, {}});
        }
    }

    void paddingIsBlackThroughEveryWindowAndInversion()
    {
        Film film = *test::ramp(20, 10, Photometric::Monochrome1);
        film.padding = PixelPadding{0, 2};
        const DisplayFilmPtr display = makeDisplayFilm(std::make_shared<const Film>(film));
        for (const bool inverted : {false, true}) {
            const auto table = greyTable(*display, Window{400, 300}, inverted);
            QCOMPARE(int(table[1]), 0);
            QCOMPARE(int(table[3]), inverted ? 0 : 255);
            QCOMPARE(int(shownGrey(*display, Window{400, 300}, inverted, 1)), 0);
        }
    }

    void aColourFilmHasNoWindowButInverts()
    {
        Film film = *test::ramp(2, 1);
        film.samplesPerPixel = 3;
        film.bitsStored = 8;
        film.photometric = Photometric::Rgb;
        film.samples = std::vector<std::uint8_t>{7, 8, 9, 200, 100, 50};
        const DisplayFilmPtr display = makeDisplayFilm(std::make_shared<const Film>(film));
        const auto table = greyTable(*display, Window{5, 1}, false);
        QCOMPARE(int(table[200]), 200);
        QCOMPARE(int(greyTable(*display, Window{5, 1}, true)[200]), 55);
    }

    void unsignedFilmsAreNotCopied()
    {
        const FilmPtr film = test::ramp(640, 480);
        const DisplayFilmPtr display = makeDisplayFilm(film);
        QVERIFY(memoryOf(*display) < 640 * 480 * 2 * 3 / 2);
        Film bytes = *film;
        bytes.samples = std::vector<std::uint8_t>(640 * 480, 9);
        QVERIFY(memoryOf(*makeDisplayFilm(std::make_shared<const Film>(bytes))) < 640 * 480 * 2);
    }

    void overlaysStandWhereTheFileSays()
    {
        Film film = *test::ramp(20, 10);
        film.frames = 1;
        OverlayPlane overlay;
        overlay.columns = 4;
        overlay.rows = 2;
        overlay.left = 18; // half of it outside
        overlay.top = -1;
        overlay.bits = {0, 0, 0, 0, 1, 0, 1, 1};
        film.overlays = {overlay};
        const DisplayFilmPtr display = makeDisplayFilm(std::make_shared<const Film>(film));
        const CodePlane &covered = display->overlays.front().front();
        QCOMPARE(int(covered.at(18, 0)), 65535);
        QCOMPARE(int(covered.at(19, 0)), 0);
        QCOMPARE(int(covered.at(18, 1)), 0);
        film.overlays.front().firstFrame = 1;
        QVERIFY(makeDisplayFilm(std::make_shared<const Film>(film))->overlays.empty());
    }

    void signedSamplesAndRescaleKeepTheirValues()
    {
        Film film = *test::ramp(4, 4);
        film.samples
            = std::vector<std::int16_t>{-1000, -500, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 500, 3000};
        film.isSigned = true;
        film.modalityTransform.slope = 2;
        film.modalityTransform.intercept = -24;
        const auto shared = std::make_shared<const Film>(film);
        const DisplayFilmPtr display = makeDisplayFilm(shared);
        QCOMPARE(display->valueOf(display->levels.front().front().at(0, 0)), -2024.0);
        QCOMPARE(display->valueOf(display->levels.front().front().at(3, 3)), 5976.0);
        compareWithReference(shared, Window{0, 4000, VoiFunction::LinearExact});
    }

    void wideSamplesAreQuantisedToTheirRange()
    {
        Film film = *test::ramp(2, 1);
        film.samples = std::vector<float>{-1.5F, 2.5F};
        const DisplayFilmPtr display = makeDisplayFilm(std::make_shared<const Film>(film));
        QCOMPARE(display->valueOf(display->levels.front().front().at(0, 0)), -1.5);
        QVERIFY(std::abs(display->valueOf(display->levels.front().front().at(1, 0)) - 2.5) < 1e-9);
    }

    void halvesAreMeansAlsoAtOddEdges()
    {
        const DisplayFilmPtr display = makeDisplayFilm(test::ramp(65, 33));
        QVERIFY(display->levels.size() >= 2);
        const auto &half = display->levels[1].front();
        QCOMPARE(half.width(), 33);
        QCOMPARE(half.height(), 17);
        QCOMPARE(int(half.at(0, 0)), 51); // (0 + 1 + 100 + 101 + 2) / 4
        QCOMPARE(int(half.at(32, 0)), 114); // (64 + 164 + 1) / 2
        QCOMPARE(int(half.at(0, 16)), 3201); // (3200 + 3201 + 3200 + 3201 + 2) / 4
    }

    void greyInColourOpensAsTheReferenceShowsIt()
    {
        Film film = *test::ramp(4, 1);
        film.samplesPerPixel = 3;
        film.photometric = Photometric::Rgb;
        film.bitsStored = 8;
        film.windows = {{10, 20, VoiFunction::Linear, "of the writer"}};
        film.samples = std::vector<std::uint8_t>{10, 10, 10, 60, 60, 60, 90, 90, 90, 200, 200, 200};
        const auto shown = makeDisplayFilm(std::make_shared<const Film>(film));
        QVERIFY(!shown->isColour());
        const auto table = greyTable(*shown, shown->presets.front().voi, false);
        const RgbImage expected = renderColour(film);
        const auto &codes = shown->levels.front().front();
        std::vector<std::uint16_t> room;
        const auto row = codes.row(0, room);
        for (std::size_t x = 0; x < row.size(); ++x)
            QCOMPARE(table[row[x]], expected.at(static_cast<int>(x), 0)[0]);
    }

    void aColourFileThatHoldsOnlyGreyIsOneChannel()
    {
        Film film = *test::ramp(2, 1);
        film.samplesPerPixel = 3;
        film.bitsStored = 8;
        film.photometric = Photometric::Rgb;
        film.samples = std::vector<std::uint8_t>{7, 7, 7, 200, 200, 200};
        QVERIFY(!makeDisplayFilm(std::make_shared<const Film>(film))->isColour());
        film.samples = std::vector<std::uint8_t>{7, 8, 7, 200, 200, 200};
        QVERIFY(makeDisplayFilm(std::make_shared<const Film>(film))->isColour());
    }

    void theHistogramIsThatOfCore()
    {
        Film film = *test::ramp(64, 48);
        film.padding = PixelPadding{100, 163};
        const auto shared = std::make_shared<const Film>(film);
        const Histogram expected = histogram(*shared);
        const Histogram found = makeDisplayFilm(shared)->histogram;
        QCOMPARE(found.low, expected.low);
        QCOMPARE(found.high, expected.high);
        QVERIFY(found.counts == expected.counts);
    }

    void theFilmsOwnWindowsComeFirst()
    {
        Film film = *test::ramp();
        QCOMPARE(makeDisplayFilm(std::make_shared<const Film>(film))->presets.size(), std::size_t(2));
        film.windows = {{500, 200, VoiFunction::Linear, "LUNG"}, {600, 900, VoiFunction::Linear, ""}};
        const auto presets = makeDisplayFilm(std::make_shared<const Film>(film))->presets;
        QCOMPARE(presets.size(), std::size_t(4));
        QCOMPARE(presets.front().name, QString("LUNG"));
        QCOMPARE(std::get<Window>(presets.front().voi).centre, 500.0);
    }

    void theThumbnailKeepsTheShape()
    {
        const QImage small = thumbnail(*makeDisplayFilm(test::ramp(400, 200)), 96);
        QCOMPARE(small.size(), QSize(96, 48));
        QVERIFY(qGray(small.pixel(90, 45)) > qGray(small.pixel(5, 5)));
    }
};

QTEST_MAIN(DisplayFilmTest)
#include "DisplayFilmTest.moc"
