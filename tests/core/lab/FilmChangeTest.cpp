// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lab/FilmChange.h"
#include "core/lab/Experiment.h"
#include "core/lab/Strength.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <numeric>

using namespace hilum;

namespace {

// 120 x 100: the square that networks see begins at column 10.
Film film8(bool inverted = false)
{
    Film film;
    film.file = "made-up.png";
    film.columns = 120;
    film.rows = 100;
    std::vector<std::uint8_t> samples;
    for (int y = 0; y < film.rows; ++y) {
        for (int x = 0; x < film.columns; ++x)
            samples.push_back(static_cast<std::uint8_t>(20 + (x * 7 + y * y) % 200));
    }
    film.samples = samples;
    if (inverted)
        film.photometric = Photometric::Monochrome1;
    return film;
}

Film maskFor(const Film &film)
{
    Film mask = film;
    mask.file = "lungs.png";
    std::vector<std::uint8_t> samples(film.pixelsPerFrame(), 0);
    for (int y = 30; y < 60; ++y) {
        for (int x = 40; x < 80; ++x)
            samples[static_cast<std::size_t>(y * film.columns + x)] = 255;
    }
    mask.samples = samples;
    return mask;
}

LabFilm lab(const Film &film = film8()) { return labFilm(film, 0).value(); }

LabFilm after(const LabFilm &film, const FilmChange &change)
{
    return changed(film, std::span(&change, 1)).value();
}

float farthest(const LabFilm &a, const LabFilm &b)
{
    float most = 0;
    for (std::size_t i = 0; i < a.greys.samples().size(); ++i)
        most = std::max(most, std::abs(a.greys.samples()[i] - b.greys.samples()[i]));
    return most;
}

double meanDistance(const LabFilm &a, const LabFilm &b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.greys.samples().size(); ++i)
        sum += std::abs(static_cast<double>(a.greys.samples()[i] - b.greys.samples()[i]));
    return sum / static_cast<double>(a.greys.samples().size());
}

// Where `covered` says so all is `grey`, and elsewhere nothing has moved.
template <class Covered>
bool isCoveredExactly(const LabFilm &before, const LabFilm &now, float grey, const Covered &covered)
{
    for (int y = 0; y < before.greys.height(); ++y) {
        for (int x = 0; x < before.greys.width(); ++x) {
            const float expected = covered(x, y) ? grey : before.greys.at(x, y);
            if (now.greys.at(x, y) != expected) {
                qWarning("at %d, %d", x, y);
                return false;
            }
        }
    }
    return true;
}

} // namespace

class FilmChangeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void standsOnTheFilmsOwnGreyScale()
    {
        const LabFilm film = lab();
        QVERIFY(film.isFullScale);
        QCOMPARE(film.greys.at(3, 0), 41.0F / 255);
        const LabFilm inverted = lab(film8(true));
        QVERIFY(std::abs(inverted.greys.at(3, 0) - (1 - 41.0F / 255)) < 1e-6F);
    }

    void feedsANetworkWhatPrepareFeedsIt_data()
    {
        QTest::addColumn<bool>("eightBits");
        QTest::addColumn<bool>("unit");
        QTest::addColumn<bool>("squeeze");
        for (const bool eight : {true, false}) {
            for (const bool unit : {true, false}) {
                for (const bool squeeze : {true, false})
                    QTest::addRow("%d bits, %s, %s", eight ? 8 : 12, unit ? "unit" : "per film",
                                  squeeze ? "squeezed" : "centre square")
                        << eight << unit << squeeze;
            }
        }
    }

    void feedsANetworkWhatPrepareFeedsIt()
    {
        QFETCH(bool, eightBits);
        QFETCH(bool, unit);
        QFETCH(bool, squeeze);
        Film film = film8();
        if (!eightBits) {
            std::vector<std::uint16_t> wide;
            for (const std::uint8_t sample : std::get<std::vector<std::uint8_t>>(film.samples))
                wide.push_back(static_cast<std::uint16_t>(sample * 16));
            film.samples = wide;
            film.bitsStored = 12;
            film.photometric = Photometric::Monochrome1;
            film.modalityTransform.intercept = -1024;
        }
        const InputSpec spec{48, squeeze ? Crop::Squeeze : Crop::CentreSquare,
                             unit ? Standardise::Unit : Standardise::PerFilm};
        const ModelInput expected = prepare(film, 0, spec).value();
        const ModelInput found = inputOf(lab(film), spec);
        QCOMPARE(found.map, expected.map);
        for (std::size_t i = 0; i < expected.values.samples().size(); ++i)
            QVERIFY(std::abs(found.values.samples()[i] - expected.values.samples()[i]) < 1e-4F);
    }

    void shrinksLargeFilmsByAWholeNumber()
    {
        Film film;
        film.columns = 2000;
        film.rows = 1600;
        film.samples = std::vector<std::uint8_t>(2000 * 1600, 128);
        const LabFilm small = lab(film);
        QCOMPARE(small.greys.width(), 1000);
        QCOMPARE(small.greys.height(), 800);
        QCOMPARE(small.greys.at(500, 400), 128.0F / 255);
    }

    void refusesAFrameThatThereIsNot()
    {
        const auto film = labFilm(film8(), 1);
        QVERIFY(!film);
        QCOMPARE(film.error().code, ErrorCode::DataCorrupt);
        QVERIFY(film.error().detail.find("made-up.png: expected frame 2") == 0);
    }

    void coversARectangleAndNothingElse()
    {
        const LabFilm film = lab();
        const LabFilm now = after(film, CoverRectangle{0.2, 0.3, 0.3, 0.1, 0.25});
        QVERIFY(isCoveredExactly(film, now, 0.25F,
                                 [](int x, int y) { return x >= 30 && x < 60 && y >= 30 && y < 40; }));
    }

    void coversHalfWhereItIsHalfOpaque()
    {
        const LabFilm film = lab();
        const LabFilm now = after(film, CoverRectangle{0, 0, 1, 1, 1, 0.5});
        QVERIFY(std::abs(now.greys.at(60, 50) - (film.greys.at(60, 50) + 1) / 2) < 1e-6F);
        QCOMPARE(now.greys.at(5, 50), film.greys.at(5, 50)); // beside the square
        QCOMPARE(farthest(film, after(film, CoverRectangle{0, 0, 1, 1, 1, 0})), 0.0F);
    }

    void coversTheBorderAndWhatLiesBeside()
    {
        const LabFilm film = lab();
        const LabFilm now = after(film, CoverBorder{0.1, 0});
        QVERIFY(isCoveredExactly(film, now, 0,
                                 [](int x, int y) { return x < 20 || x >= 100 || y < 10 || y >= 90; }));
        QCOMPARE(farthest(film, after(film, CoverBorder{0, 0})), 0.0F);
    }

    void coversTheFourCorners()
    {
        const LabFilm film = lab();
        const LabFilm now = after(film, CoverCorners{0.2, 1});
        QVERIFY(isCoveredExactly(film, now, 1, [](int x, int y) {
            const bool across = (x >= 10 && x < 30) || (x >= 90 && x < 110);
            return across && (y < 20 || y >= 80);
        }));
    }

    void coversTheLungsOrAllElse()
    {
        const Film film = film8();
        const Film mask = maskFor(film);
        const LabFilm plain = labFilm(film, 0, &mask).value();
        const auto inside = [](int x, int y) { return x >= 40 && x < 80 && y >= 30 && y < 60; };
        QVERIFY(isCoveredExactly(plain, after(plain, CoverLungs{LungPart::Lungs, 0.5}), 0.5F, inside));
        QVERIFY(isCoveredExactly(plain, after(plain, CoverLungs{LungPart::AllButLungs, 0}), 0,
                                 [&](int x, int y) { return !inside(x, y); }));
    }

    void theLungsTurnWithTheFilm()
    {
        const Film film = film8();
        const Film mask = maskFor(film);
        const std::vector<FilmChange> changes{Flip{FlipAxis::LeftRight}, CoverLungs{LungPart::Lungs, 0}};
        const LabFilm now = changed(labFilm(film, 0, &mask).value(), changes).value();
        QCOMPARE(now.greys.at(120 - 1 - 40, 30), 0.0F);
        QVERIFY(now.greys.at(120 - 1 - 39, 30) > 0);
    }

    void asksForLungsWhereThereAreNone()
    {
        const FilmChange change = CoverLungs{};
        const auto now = changed(lab(), std::span(&change, 1));
        QVERIFY(!now);
        QCOMPARE(now.error().code, ErrorCode::UsageWrong);
        QVERIFY(now.error().detail.find("expected a mask of the lungs") != std::string::npos);
    }

    void refusesLungsOfAnotherSize()
    {
        Film mask = maskFor(film8());
        mask.rows = 60;
        mask.columns = 200;
        const auto film = labFilm(film8(), 0, &mask);
        QVERIFY(!film);
        QCOMPARE(
            QString::fromStdString(film.error().detail),
            QStringLiteral("lungs.png: expected lungs of 120 x 100 pixels, as the film has, found 200 x 60"));
    }

    void brushesADabAndAStroke()
    {
        const LabFilm film = lab();
        const LabFilm dab = after(film, CoverBrush{0.1, 0, 1, {{0.5, 0.5}}});
        QCOMPARE(dab.greys.at(60, 50), 0.0F);
        QCOMPARE(dab.greys.at(60, 46), 0.0F);
        QCOMPARE(dab.greys.at(60, 42), film.greys.at(60, 42));
        const LabFilm stroke = after(film, CoverBrush{0.1, 0, 1, {{0.1, 0.5}, {0.9, 0.5}}});
        QCOMPARE(stroke.greys.at(40, 50), 0.0F);
        QCOMPARE(stroke.greys.at(40, 60), film.greys.at(40, 60));
        QCOMPARE(farthest(film, after(film, CoverBrush{})), 0.0F);
    }

    void pastesLettersWhereItIsTold()
    {
        const LabFilm film = lab();
        const LabFilm now = after(film, PasteText{"R", {0.25, 0.75, 0.2}, 1});
        int white = 0;
        for (int y = 0; y < 100; ++y) {
            for (int x = 0; x < 120; ++x) {
                if (now.greys.at(x, y) == film.greys.at(x, y))
                    continue;
                ++white;
                QCOMPARE(now.greys.at(x, y), 1.0F);
                QVERIFY(std::abs(x - 35) < 14 && std::abs(y - 75) < 14);
            }
        }
        QVERIFY(white > 60);
    }

    void cutsAndSpreadsTheGreysByAWindow()
    {
        const LabFilm film = lab();
        const LabFilm now = after(film, ChangeWindow{0.5, 0.5});
        for (std::size_t i = 0; i < film.greys.samples().size(); ++i) {
            const float expected = std::clamp((film.greys.samples()[i] - 0.25F) * 2, 0.0F, 1.0F);
            QVERIFY(std::abs(now.greys.samples()[i] - expected) < 1e-6F);
        }
        QVERIFY(farthest(film, after(film, ChangeWindow{})) < 1e-6F);
    }

    void bendsGreysByGamma()
    {
        const LabFilm film = lab();
        const LabFilm now = after(film, ChangeGamma{2});
        QVERIFY(std::abs(now.greys.at(60, 50) - std::pow(film.greys.at(60, 50), 2.0F)) < 1e-5F);
        QCOMPARE(farthest(film, after(film, ChangeGamma{1})), 0.0F);
    }

    void evenBrightnessBringsEveryFilmToOneMean()
    {
        const auto mean = [](const LabFilm &film) {
            const auto &greys = film.greys.samples();
            return std::accumulate(greys.begin(), greys.end(), 0.0) / static_cast<double>(greys.size());
        };
        const LabFilm film = lab();
        for (const double gamma : {0.4, 1.0, 2.5}) {
            const LabFilm other = after(film, ChangeGamma{gamma});
            const LabFilm even = after(other, EvenBrightness{0.4});
            QVERIFY2(std::abs(mean(even) - 0.4) < 2e-3, QByteArray::number(mean(even)));
            QVERIFY(farthest(even, after(film, EvenBrightness{0.4})) < 0.01F);
            QCOMPARE(farthest(other, after(other, EvenBrightness{0.4, 0})), 0.0F);
        }
        const LabFilm half = after(film, EvenBrightness{0.2, 0.5});
        QVERIFY(mean(half) < mean(film) - 0.02);
        QVERIFY(mean(half) > 0.22);

        LabFilm black = film;
        std::ranges::fill(black.greys.samples(), 0.0F);
        QCOMPARE(farthest(black, after(black, EvenBrightness{})), 0.0F);
    }

    void invertingOrFlippingTwiceIsNothing()
    {
        const LabFilm film = lab();
        for (const FilmChange &change : {FilmChange(Invert{}), FilmChange(Flip{FlipAxis::LeftRight}),
                                         FilmChange(Flip{FlipAxis::UpDown})}) {
            QVERIFY(farthest(film, after(film, change)) > 0.1F);
            QVERIFY(farthest(film, after(after(film, change), change)) < 1e-6F);
        }
    }

    void turnsClockwise()
    {
        Film film = film8();
        film.columns = film.rows = 101;
        std::vector<std::uint8_t> samples(101 * 101, 0);
        samples[10 * 101 + 50] = 255; // above the middle
        film.samples = samples;
        const LabFilm now = after(lab(film), Rotate{90});
        QVERIFY(now.greys.at(90, 50) > 0.99F); // now to the right of it
    }

    void stretchesAboutTheMiddle()
    {
        Film film = film8();
        film.columns = film.rows = 101;
        std::vector<std::uint8_t> samples(101 * 101, 0);
        for (int y = 40; y <= 60; ++y) {
            for (int x = 40; x <= 60; ++x)
                samples[static_cast<std::size_t>(y * 101 + x)] = 255;
        }
        film.samples = samples;
        const LabFilm now = after(lab(film), Stretch{4}); // twice as wide, half as high
        QVERIFY(now.greys.at(33, 50) > 0.9F);
        QVERIFY(now.greys.at(27, 50) < 0.1F);
        QVERIFY(now.greys.at(50, 54) > 0.9F);
        QVERIFY(now.greys.at(50, 57) < 0.1F);
    }

    void squeezesTheWholeFilmIntoASquare()
    {
        const Film film = film8();
        const InputSpec whole{50, Crop::Squeeze};
        const LabFilm now = after(lab(film), SqueezeToSquare{});
        QCOMPARE(now.greys.width(), 100);
        QCOMPARE(now.greys.height(), 100);
        // A network of the centred square then sees about what one of the squeezed film sees.
        const ModelInput squeezed = prepare(film, 0, whole).value();
        const ModelInput seen = inputOf(now, InputSpec{50});
        double product = 0;
        for (std::size_t i = 0; i < seen.values.samples().size(); ++i)
            product += static_cast<double>(seen.values.samples()[i] * squeezed.values.samples()[i]);
        QVERIFY(product / static_cast<double>(seen.values.samples().size()) > 0.97);
    }

    void blursAndStoresSmallerWithoutMovingTheMean()
    {
        const LabFilm film = lab();
        const LabFilm pixels = after(film, StoreSmaller{25});
        const LabFilm blurred = after(film, Blur{0.05});
        const auto meanOf = [](const LabFilm &of) {
            double sum = 0;
            for (const float grey : of.greys.samples())
                sum += static_cast<double>(grey);
            return sum / static_cast<double>(of.greys.samples().size());
        };
        for (const LabFilm *now : {&pixels, &blurred}) {
            QVERIFY(std::abs(meanOf(*now) - meanOf(film)) < 0.01);
            QVERIFY(meanDistance(film, *now) > 0.05);
        }
        QCOMPARE(farthest(film, after(film, StoreSmaller{100})), 0.0F);
    }

    void noiseIsOfItsDeviationAndItsSeed()
    {
        Film grey = film8();
        grey.columns = grey.rows = 512;
        grey.samples = std::vector<std::uint8_t>(512 * 512, 128);
        const LabFilm film = lab(grey);
        const LabFilm now = after(film, AddNoise{0.05, 7});
        double squares = 0;
        for (const float value : now.greys.samples())
            squares += std::pow(static_cast<double>(value) - 128.0 / 255, 2);
        const double deviation = std::sqrt(squares / (512.0 * 512));
        QVERIFY(deviation > 0.049 && deviation < 0.051);
        QCOMPARE(farthest(now, after(film, AddNoise{0.05, 7})), 0.0F);
        QVERIFY(farthest(now, after(film, AddNoise{0.05, 8})) > 0.05F);
    }

    void jpegOfFullQualityMovesLittleAndOfOneMovesMuch()
    {
        const LabFilm film = lab();
        QVERIFY(meanDistance(film, after(film, StoreAsJpeg{100})) < 0.003);
        QVERIFY(meanDistance(film, after(film, StoreAsJpeg{1})) > 0.03);
    }

    void everyPlainStrengthLeavesTheFilmAsItIs()
    {
        const LabFilm film = lab();
        int withStrengths = 0;
        for (FilmChange change : everyChange()) {
            const auto scale = strengthScale(change);
            if (!scale || needsLungs(change))
                continue;
            ++withStrengths;
            if (auto *brush = std::get_if<CoverBrush>(&change))
                brush->points = {{0.5, 0.5}};
            if (auto *even = std::get_if<EvenBrightness>(&change))
                even->mean = 0.2; // the film's is near a half
            const LabFilm now = after(film, withStrength(change, scale->plain));
            QVERIFY2(meanDistance(film, now) < 0.003, changeName(change).c_str());
            for (const double share : {0.0, 0.25, 1.0})
                QVERIFY(std::abs(scale->shareOf(scale->valueAt(share)) - share) < 0.01);
            const double end = scale->plain == scale->low ? scale->high : scale->low;
            QCOMPARE(strengthOf(withStrength(change, end)), end);
            QVERIFY2(farthest(film, after(film, withStrength(change, end))) > 0.1F,
                     changeName(change).c_str());
        }
        QCOMPARE(withStrengths, 14);
    }
};

QTEST_GUILESS_MAIN(FilmChangeTest)
#include "FilmChangeTest.moc"
