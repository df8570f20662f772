// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/InputSpec.h"
#include "core/nn/InputSteps.h"

#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <random>

using namespace hilum;

namespace {

Film filmOf(int columns, int rows, std::vector<std::uint16_t> samples)
{
    Film film;
    film.file = "made";
    film.columns = columns;
    film.rows = rows;
    film.bitsStored = 16;
    film.samples = std::move(samples);
    return film;
}

} // namespace

class InputSpecTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cutsTheCentredSquare_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("left");
        QTest::addColumn<int>("top");
        QTest::addColumn<int>("side");
        QTest::newRow("landscape") << 10 << 6 << 2 << 0 << 6;
        QTest::newRow("portrait") << 6 << 10 << 0 << 2 << 6;
        QTest::newRow("square") << 7 << 7 << 0 << 0 << 7;
        QTest::newRow("odd remainder") << 9 << 6 << 1 << 0 << 6;
    }

    void cutsTheCentredSquare()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(int, left);
        QFETCH(int, top);
        QFETCH(int, side);
        QCOMPARE(centreSquare(width, height), (InputMap{width, height, left, top, side, side}));
    }

    void averagesByAreaInsideTheSquareOnly()
    {
        // 8 x 4: the square is columns 2 to 5; the 100s outside must not leak in.
        Film film = filmOf(8, 4, {100, 100, 1, 3, 5, 7, 100, 100, //
                                  100, 100, 1, 3, 5, 7, 100, 100, //
                                  100, 100, 2, 2, 0, 8, 100, 100, //
                                  100, 100, 2, 2, 0, 8, 100, 100});
        const auto input = squareOf(film, 0, 2);
        QVERIFY(input);
        QCOMPARE(input->values.at(0, 0), 2.0F);
        QCOMPARE(input->values.at(1, 0), 6.0F);
        QCOMPARE(input->values.at(0, 1), 2.0F);
        QCOMPARE(input->values.at(1, 1), 4.0F);
    }

    void showsEveryStepOnTheWay()
    {
        std::vector<std::uint16_t> samples(40 * 30);
        for (std::size_t i = 0; i < samples.size(); ++i)
            samples[i] = static_cast<std::uint16_t>((i * 7919) % 4096);
        Film film = filmOf(40, 30, samples);
        film.photometric = Photometric::Monochrome1;
        film.modalityTransform.slope = 2;
        film.modalityTransform.intercept = -100;
        const auto steps = inputSteps(film, 0, {16});
        QVERIFY(steps);
        QCOMPARE(steps->size(), std::size_t(6));
        const auto &s = *steps;
        QCOMPARE(s[0].values.at(3, 2), static_cast<float>(samples[2 * 40 + 3]));
        QCOMPARE(s[1].values.at(3, 2), 2 * s[0].values.at(3, 2) - 100);
        QCOMPARE(s[2].values.at(3, 2), -s[1].values.at(3, 2));
        QCOMPARE(s[3].part, (InputMap{40, 30, 5, 0, 30, 30}));
        QCOMPARE(s[3].values.at(0, 4), s[2].values.at(5, 4));
        QCOMPARE(s[4].values.width(), 16);
        QVERIFY(s[3].what.find("column 5") != std::string::npos);
        QVERIFY(s[1].what.find("times 2 plus -100") != std::string::npos);
        // The last is what a network gets, to the bit.
        const auto input = prepare(film, 0, {16});
        QVERIFY(std::ranges::equal(s[5].values.samples(), input->values.samples()));
        QCOMPARE(s[5].part, input->map);
        QVERIFY(std::abs(s[5].mean) < 1e-5);

        const auto unit = inputSteps(film, 0, {16, Crop::Squeeze, Standardise::Unit, true});
        QCOMPARE(unit->size(), std::size_t(7));
        const auto same = prepare(film, 0, {16, Crop::Squeeze, Standardise::Unit, true});
        QVERIFY(std::ranges::equal(unit->back().values.samples(), same->values.samples()));
        QVERIFY(!inputSteps(film, 1, {16}));
    }

    void isBlindToAspectOutsideTheSquare()
    {
        std::vector<std::uint16_t> square(64);
        std::iota(square.begin(), square.end(), std::uint16_t(0));
        std::vector<std::uint16_t> wide;
        for (std::size_t y = 0; y < 8; ++y) {
            wide.insert(wide.end(), 4, 60000);
            wide.insert(wide.end(), square.begin() + std::ptrdiff_t(8 * y),
                        square.begin() + std::ptrdiff_t(8 * y + 8));
            wide.insert(wide.end(), 4, 0);
        }
        const auto a = prepare(filmOf(8, 8, square), 0, {32});
        const auto b = prepare(filmOf(16, 8, wide), 0, {32});
        QVERIFY(a && b);
        QVERIFY(std::ranges::equal(a->values.samples(), b->values.samples()));
        QCOMPARE(b->map, (InputMap{16, 8, 4, 0, 8, 8}));
    }

    void makesEveryChannelOfTheSameGrey()
    {
        Plane<float> values(2, 1);
        values.at(0, 0) = 0;
        values.at(1, 0) = 1;
        InputSpec spec{.mean = {0.5F, 0.25F, 0}, .deviation = {0.5F, 1, 2}};
        const auto first = [&](std::size_t channel) { return fedChannels(values, spec)[channel].at(1, 0); };
        QCOMPARE(fedChannels(values, spec).size(), std::size_t(1));
        QCOMPARE(first(0), 1.0F);
        spec.channels = ChannelOrder::Rgb;
        QCOMPARE(fedChannels(values, spec)[0].at(0, 0), -1.0F);
        QCOMPARE(first(1), 0.75F);
        QCOMPARE(first(2), 0.5F);
        spec.channels = ChannelOrder::Bgr;
        QCOMPARE(first(0), 0.5F);
        QCOMPARE(first(2), 1.0F);
        QVERIFY(fedChannels(values, {}).front().at(1, 0) == 1.0F);

        // The last step shows the first channel, and says what the others are.
        const Film film = filmOf(8, 8, std::vector<std::uint16_t>(64, 7));
        spec.size = 4;
        const auto steps = inputSteps(film, 0, spec);
        QVERIFY(steps);
        QVERIFY(steps->back().kind == InputStepKind::Channels);
        const auto prepared = prepare(film, 0, spec);
        QVERIFY(std::ranges::equal(steps->back().values.samples(),
                                   fedChannels(prepared->values, spec).front().samples()));
        QVERIFY(steps->back().what.find("blue, green, red: red less 0.5, over 0.5") != std::string::npos);
    }

    void standardisesByHand()
    {
        Plane<float> values(2, 2);
        std::ranges::copy(std::vector<float>{1, 2, 3, 6}, values.samples().begin());
        standardise(values); // mean 3, deviation sqrt(14 / 4)
        const double deviation = std::sqrt(3.5);
        QVERIFY(std::abs(values.at(0, 0) + 2 / deviation) < 1e-6);
        QVERIFY(std::abs(values.at(1, 1) - 3 / deviation) < 1e-6);
    }

    void turnsAFlatFilmIntoZeros()
    {
        const auto input = prepare(filmOf(5, 4, std::vector<std::uint16_t>(20, 4711)), 0, {32});
        QVERIFY(input);
        for (const float value : input->values.samples())
            QCOMPARE(value, 0.0F);
    }

    void givesTheSameForBothPolaritiesAndAnyRescale()
    {
        std::vector<std::uint16_t> samples(30 * 20);
        for (std::size_t i = 0; i < samples.size(); ++i)
            samples[i] = static_cast<std::uint16_t>((i * 7919) % 4096);
        const Film film = filmOf(30, 20, samples);
        Film inverted = film;
        for (auto &value : std::get<std::vector<std::uint16_t>>(inverted.samples))
            value = static_cast<std::uint16_t>(4095 - value);
        inverted.photometric = Photometric::Monochrome1;
        inverted.modalityTransform.slope = 0.25;
        inverted.modalityTransform.intercept = -1000;
        const auto a = prepare(film, 0, {16});
        const auto b = prepare(inverted, 0, {16});
        QVERIFY(a && b);
        for (std::size_t i = 0; i < a->values.samples().size(); ++i)
            QVERIFY(std::abs(a->values.samples()[i] - b->values.samples()[i]) < 1e-4F);
    }

    void paintsPaddingAsTheDarkestValue()
    {
        Film film
            = filmOf(4, 4, {9000, 10, 10, 9000, 9000, 20, 20, 9000, 9000, 10, 10, 9000, 9000, 20, 20, 9000});
        film.padding = PixelPadding{9000, 9000};
        const auto input = squareOf(film, 0, 4);
        QVERIFY(input);
        QCOMPARE(input->values.at(0, 0), 10.0F);
        QCOMPARE(input->values.at(1, 1), 20.0F);
    }

    void equalisesToSharesOfDarkerPixels()
    {
        Plane<float> plane(3, 2);
        const std::array<float, 6> values{7.0F, -0.0F, 3.0F, 0.0F, 1e9F, -4.0F};
        std::ranges::copy(values, plane.samples().begin());
        equalise(plane);
        // Sorted: -4, 0 and -0 (equal), 3, 7, 1e9.
        const std::array<float, 6> expected{0.8F, 0.3F, 0.6F, 0.3F, 1.0F, 0.0F};
        for (std::size_t i = 0; i < expected.size(); ++i)
            QCOMPARE(plane.samples()[i], expected[i]);
    }

    void equalisesLikeASort()
    {
        Plane<float> plane(61, 47);
        std::mt19937 random(4);
        std::normal_distribution<float> normal(0, 40);
        for (float &v : plane.samples())
            v = std::round(normal(random)) / 4; // many ties
        const std::vector<float> before(plane.samples().begin(), plane.samples().end());
        equalise(plane);
        for (std::size_t i = 0; i < before.size(); ++i) {
            const auto darker = std::ranges::count_if(before, [&](float v) { return v < before[i]; });
            const auto equal = std::ranges::count(before, before[i]);
            const double expected = (static_cast<double>(darker) + static_cast<double>(equal - 1) / 2)
                / static_cast<double>(before.size() - 1);
            QVERIFY(std::abs(double(plane.samples()[i]) - expected) < 1e-6);
        }
    }

    void forgetsEveryMonotoneChangeOfGreyWhenItEqualises()
    {
        std::vector<std::uint16_t> plain(64 * 64);
        std::vector<std::uint16_t> bent(plain.size());
        for (std::size_t i = 0; i < plain.size(); ++i) {
            plain[i] = static_cast<std::uint16_t>(i * 7919 % 251);
            bent[i] = static_cast<std::uint16_t>(plain[i] * plain[i] + 9);
        }
        const InputSpec spec{.size = 64, .equalise = true};
        const auto a = prepare(filmOf(64, 64, plain), 0, spec);
        const auto b = prepare(filmOf(64, 64, bent), 0, spec);
        QVERIFY(a && b);
        QVERIFY(std::ranges::equal(a->values.samples(), b->values.samples()));
        const auto unit = prepare(filmOf(64, 64, plain), 0,
                                  {.size = 64, .standardise = Standardise::Unit, .equalise = true});
        const auto [low, high] = std::ranges::minmax(unit->values.samples());
        QVERIFY(low >= 0 && low < 0.01F && high <= 1 && high > 0.99F);
        // Flat films give nothing, as without it.
        const auto flat = prepare(filmOf(64, 64, std::vector<std::uint16_t>(plain.size(), 5)), 0, spec);
        QVERIFY(std::ranges::all_of(flat->values.samples(), [](float v) { return v == 0; }));
    }

    void refusesAFrameThatIsNotThere()
    {
        QVERIFY(!prepare(filmOf(4, 4, std::vector<std::uint16_t>(16, 1)), 1, {32}));
        QVERIFY(!prepare(Film{}, 0, {32}));
    }
};

QTEST_GUILESS_MAIN(InputSpecTest)
#include "InputSpecTest.moc"
