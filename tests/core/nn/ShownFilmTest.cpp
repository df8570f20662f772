// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/ShownFilm.h"

#include "core/nn/InputSteps.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace hilum;

namespace {

// 3 columns, 2 rows: 0 1 2 / 10 11 12.
Film small()
{
    Film film;
    film.columns = 3;
    film.rows = 2;
    film.bitsStored = 12;
    film.samples = std::vector<std::uint16_t>{0, 1, 2, 10, 11, 12};
    return film;
}

// Value 10 is grey 10: LINEAR_EXACT of 255 values.
const Window plain{127.5, 255, VoiFunction::LinearExact};

std::vector<int> greys(const Film &film)
{
    std::vector<int> all;
    for (const std::uint8_t one : std::get<std::vector<std::uint8_t>>(film.samples))
        all.push_back(one);
    return all;
}

} // namespace

class ShownFilmTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void turnsAsTheViewDoes_data()
    {
        QTest::addColumn<bool>("mirrored");
        QTest::addColumn<int>("turns");
        QTest::addColumn<int>("columns");
        QTest::addColumn<QList<int>>("expected");
        QTest::newRow("as it is") << false << 0 << 3 << QList<int>{0, 1, 2, 10, 11, 12};
        QTest::newRow("mirrored") << true << 0 << 3 << QList<int>{2, 1, 0, 12, 11, 10};
        QTest::newRow("right by 90") << false << 1 << 2 << QList<int>{10, 0, 11, 1, 12, 2};
        QTest::newRow("by 180") << false << 2 << 3 << QList<int>{12, 11, 10, 2, 1, 0};
        QTest::newRow("left by 90") << false << 3 << 2 << QList<int>{2, 12, 1, 11, 0, 10};
        QTest::newRow("mirrored, then right") << true << 1 << 2 << QList<int>{12, 2, 11, 1, 10, 0};
    }

    void turnsAsTheViewDoes()
    {
        QFETCH(bool, mirrored);
        QFETCH(int, turns);
        QFETCH(int, columns);
        QFETCH(QList<int>, expected);
        const Film shown = shownFilm(small(), {0, plain, false, mirrored, turns});
        QCOMPARE(shown.columns, columns);
        const auto found = greys(shown);
        QCOMPARE(QList<int>(found.begin(), found.end()), expected);
    }

    void pointsAndCellsComeBackToWhereTheyWere()
    {
        const Film film = small();
        for (const bool mirrored : {false, true}) {
            for (int turns = 0; turns < 4; ++turns) {
                const ShownLook look{0, plain, false, mirrored, turns};
                const Film shown = shownFilm(film, look);
                const ShownPlace place(look, film.columns, film.rows);
                for (int y = 0; y < film.rows; ++y) {
                    for (int x = 0; x < film.columns; ++x) {
                        const PlanePoint there = place.toShown({x + 0.5, y + 0.5});
                        const auto at
                            = static_cast<std::size_t>(there.y) * static_cast<std::size_t>(shown.columns)
                            + static_cast<std::size_t>(there.x);
                        QCOMPARE(greys(shown)[at], 10 * y + x);
                        const PlanePoint back = place.toFilm(there);
                        QCOMPARE(back.x, x + 0.5);
                        QCOMPARE(back.y, y + 0.5);
                    }
                }
                Plane<float> cells(shown.columns, shown.rows);
                for (std::size_t i = 0; i < cells.samples().size(); ++i)
                    cells.samples()[i] = static_cast<float>(greys(shown)[i]);
                const Plane<float> back = place.toFilm(cells);
                QCOMPARE(back.width(), 3);
                for (int y = 0; y < 2; ++y) {
                    for (int x = 0; x < 3; ++x)
                        QCOMPARE(back.at(x, y), static_cast<float>(10 * y + x));
                }
                // The left upper pixel of what is shown.
                const InputMap corner = place.toFilm(InputMap{shown.columns, shown.rows, 0, 0, 1, 1});
                QCOMPARE(10 * corner.top + corner.left, greys(shown).front());
                QCOMPARE(corner.filmWidth, 3);
            }
        }
    }

    void inversionPolarityAndPaddingAreThoseOfTheScreen()
    {
        Film film = small();
        film.padding = PixelPadding{12, 12};
        QCOMPARE(greys(shownFilm(film, {0, plain, false, false, 0})), (std::vector{0, 1, 2, 10, 11, 0}));
        QCOMPARE(greys(shownFilm(film, {0, plain, true, false, 0})),
                 (std::vector{255, 254, 253, 245, 244, 0}));
        film.photometric = Photometric::Monochrome1;
        QCOMPARE(greys(shownFilm(film, {0, plain, true, false, 0})), (std::vector{0, 1, 2, 10, 11, 0}));
    }

    void aWindowCutsWhatLiesOutside()
    {
        // From 8 to 13.
        const Film shown
            = shownFilm(small(), {0, Window{10.5, 5, VoiFunction::LinearExact}, false, false, 0});
        QCOMPARE(greys(shown), (std::vector{0, 0, 0, 102, 153, 204}));
    }

    void coloursHaveNoWindowButGreyOnesDo()
    {
        Film film = small();
        film.columns = 2;
        film.rows = 1;
        film.samplesPerPixel = 3;
        film.bitsStored = 8;
        film.photometric = Photometric::Rgb;
        film.samples = std::vector<std::uint8_t>{200, 0, 0, 0, 0, 100};
        const Window narrow{50, 10, VoiFunction::LinearExact};
        QCOMPARE(greys(shownFilm(film, {0, narrow, false, false, 0})), (std::vector{60, 11}));
        film.samples = std::vector<std::uint8_t>{60, 60, 60, 40, 40, 40};
        QCOMPARE(greys(shownFilm(film, {0, narrow, false, false, 0})), (std::vector{255, 0}));
        QCOMPARE(greys(shownFilm(film, {0, narrow, true, false, 0})), (std::vector{0, 255}));
    }

    void saysHowTheViewShowsIt()
    {
        QCOMPARE(lookText({0, Window{2048, 4096}, true, true, 3}),
                 std::string("through the window of centre 2048 and width 4096, inverted, mirrored, turned "
                             "left by 90 degrees"));
        QCOMPARE(lookText({}, false), std::string("in its own colours"));
        QVERIFY(
            (ShownLook{0, LookupTable{0, 8, {1, 2}, {}}} == ShownLook{0, LookupTable{0, 8, {1, 2}, "x"}}));
        QVERIFY(
            !(ShownLook{0, LookupTable{0, 8, {1, 2}, {}}} == ShownLook{0, LookupTable{0, 8, {1, 3}, {}}}));
        QVERIFY(!(ShownLook{0, Window{1, 2}} == ShownLook{0, Window{1, 3}}));
    }

    void theStepsOfWhatIsShownEndAtWhatANetworkIsFed()
    {
        Film film = small();
        film.columns = 40;
        film.rows = 30;
        std::vector<std::uint16_t> samples;
        for (int i = 0; i < 1200; ++i)
            samples.push_back(static_cast<std::uint16_t>((i * 37) % 251));
        film.samples = samples;
        FedShown shown{{0, Window{100, 120}, true, true, 1}, nullptr};
        shown.film = std::make_shared<Film>(shownFilm(film, shown.look));
        const InputSpec spec{16};
        std::vector<InputStep> steps;
        QVERIFY(visitInputSteps(film, 0, spec, shown, [&](InputStep &&step) {
            steps.push_back(std::move(step));
            return true;
        }));
        std::string names;
        for (const InputStep &step : steps)
            names += step.name + ' ';
        QCOMPARE(names, std::string("decoded modality shown crop resampled standardised "));
        const auto fed = prepare(*shown.film, 0, spec);
        QVERIFY(std::ranges::equal(steps.back().values.samples(), fed->values.samples()));
        QCOMPARE(steps[2].values.width(), 30);
        QVERIFY(!steps[1].isOfShown && steps[2].isOfShown);

        // Every step as large as the film gives its value without its plane, at the same place of the film.
        const ShownPlace place(shown.look, film.columns, film.rows);
        const PlanePoint at{25.5, 12.5};
        for (InputStep step : {steps[0], steps[1], steps[2], steps[3]}) {
            const int columns = step.values.width();
            const int rows = step.values.height();
            const auto there = pointOnStep(step, columns, rows, place, at);
            QVERIFY(there);
            const int x = static_cast<int>(there->x);
            const int y = static_cast<int>(there->y);
            const double expected = static_cast<double>(step.values.at(x, y));
            step.values = {};
            QCOMPARE(valueAt(film, 0, shown, step, x, y), expected);
            const PlanePoint back = pointOnFilm(step, columns, rows, place, *there);
            QVERIFY(std::abs(back.x - at.x) < 1e-9 && std::abs(back.y - at.y) < 1e-9);
        }
        // The crop of the turned film leaves out rows of the turned film: columns of the film itself.
        QVERIFY(!pointOnStep(steps[3], 30, 30, place, {0.5, 12.5}));
        QVERIFY(pointOnStep(steps[2], 30, 40, place, {0.5, 12.5}));
    }

    void aTakerThatHasEnoughGetsNoMore()
    {
        int taken = 0;
        QVERIFY(visitInputSteps(small(), 0, {2}, std::nullopt, [&](InputStep &&) { return ++taken < 2; }));
        QCOMPARE(taken, 2);
    }

    void picturesAreMeansOfWhatTheyCover()
    {
        InputStep step;
        step.values = Plane<float>(3, 2);
        for (int i = 0; i < 6; ++i)
            step.values.samples()[static_cast<std::size_t>(i)] = static_cast<float>(i);
        step.high = 5;
        const GreyImage whole = stepPicture(step);
        QCOMPARE(static_cast<int>(whole.at(1, 1)), 204); // 4 of 5
        const GreyImage half = stepPicture(step, 2);
        QCOMPARE(half.width(), 2);
        QCOMPARE(half.height(), 1);
        QCOMPARE(static_cast<int>(half.at(0, 0)), 102); // the mean of 0, 1, 3, 4 is 2
        QCOMPARE(static_cast<int>(half.at(1, 0)), 179); // of 2 and 5: 3.5
    }
};

QTEST_GUILESS_MAIN(ShownFilmTest)
#include "ShownFilmTest.moc"
