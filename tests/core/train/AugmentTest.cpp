// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/Augment.h"
#include "core/imaging/JpegRoundTrip.h"
#include "core/train/Sampling.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

using namespace hilum;

namespace {

// A soft chest-like blob left of the middle, on a ramp from top to bottom.
Plane<std::uint8_t> picture(int side)
{
    Plane<std::uint8_t> square(side, side);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const double dx = (x - 0.3 * side) / side;
            const double dy = (y - 0.5 * side) / side;
            square.at(x, y) = static_cast<std::uint8_t>(40 + 80.0 * y / side
                                                        + 120 * std::exp(-(dx * dx + dy * dy) / 0.02));
        }
    }
    return square;
}

constexpr InputSpec unit{.standardise = Standardise::Unit};

Plane<float> changed(const Augmentation &how, std::uint64_t seed, int size = 64)
{
    std::mt19937_64 random(seed);
    return augment(picture(96), size, how, unit, random);
}

Augmentation only(double Augmentation::*knob, double value)
{
    Augmentation how = noAugmentation();
    how.*knob = value;
    how.probability = 1;
    return how;
}

double meanDifference(const Plane<float> &a, const Plane<float> &b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.samples().size(); ++i)
        sum += std::abs(a.samples()[i] - b.samples()[i]);
    return sum / static_cast<double>(a.samples().size());
}

// Columns of the centre of mass of what is bright.
double middleOf(const Plane<float> &image)
{
    double mass = 0;
    double moment = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const double weight = std::pow(image.at(x, y), 4);
            mass += weight;
            moment += weight * x;
        }
    }
    return moment / mass / image.width();
}

TrainingFilm filmOf(int label, const std::string &source)
{
    TrainingFilm film;
    film.label = label;
    film.source = source;
    return film;
}

} // namespace

class AugmentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leavesTheFilmAloneWhenAllIsOff()
    {
        const Plane<float> a = changed(noAugmentation(), 1);
        const Plane<float> b = changed(noAugmentation(), 2);
        QVERIFY(std::ranges::equal(a.samples(), b.samples()));
        QVERIFY(std::abs(a.at(32, 32) - picture(96).at(48, 48) / 255.0F) < 0.01);
    }

    void changesTheFilmByEachKnobAlone_data()
    {
        QTest::addColumn<int>("knob");
        for (int i = 0; i < 14; ++i)
            QTest::addRow("%d", i) << i;
    }

    void changesTheFilmByEachKnobAlone()
    {
        QFETCH(int, knob);
        constexpr std::pair<double Augmentation::*, double> knobs[]
            = {{&Augmentation::rotate, 10},  {&Augmentation::scale, 0.1},  {&Augmentation::aspect, 0.1},
               {&Augmentation::shift, 0.1},  {&Augmentation::elastic, 6},  {&Augmentation::borderCrop, 0.1},
               {&Augmentation::window, 0.2}, {&Augmentation::gamma, 0.5},  {&Augmentation::curve, 0.1},
               {&Augmentation::bias, 0.3},   {&Augmentation::noise, 0.05}, {&Augmentation::markers, 1},
               {&Augmentation::cover, 1},    {&Augmentation::border, 1}};
        const auto [member, value] = knobs[knob];
        const Plane<float> plain = changed(noAugmentation(), 1);
        const Augmentation how = only(member, value);
        double most = 0;
        for (std::uint64_t seed = 1; seed < 12; ++seed) {
            const Plane<float> a = changed(how, seed);
            const Plane<float> again = changed(how, seed);
            QVERIFY(std::ranges::equal(a.samples(), again.samples()));
            QVERIFY(std::ranges::all_of(a.samples(), [](float v) { return v >= 0 && v <= 1; }));
            most = std::max(most, meanDifference(a, plain));
        }
        QVERIFY2(most > 1e-3, qPrintable(QString::number(most)));
    }

    void mirrorsOnlyWhenAskedTo()
    {
        Augmentation how;
        for (std::uint64_t seed = 0; seed < 30; ++seed)
            QVERIFY(middleOf(changed(how, seed)) < 0.5);
        how = noAugmentation();
        how.mirror = true;
        int mirrored = 0;
        for (std::uint64_t seed = 0; seed < 30; ++seed)
            mirrored += middleOf(changed(how, seed)) > 0.5 ? 1 : 0;
        QVERIFY(mirrored > 5 && mirrored < 25);
    }

    void keepsTheOrderOfGreys()
    {
        Augmentation how = only(&Augmentation::curve, 0.1);
        how.gamma = 0.5;
        how.window = 0.2;
        const Plane<float> plain = changed(noAugmentation(), 1);
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const Plane<float> bent = changed(how, seed);
            for (std::size_t i = 1; i < plain.samples().size(); ++i) {
                const float step = plain.samples()[i] - plain.samples()[i - 1];
                const float bentStep = bent.samples()[i] - bent.samples()[i - 1];
                QVERIFY(step * bentStep >= -1e-5F);
            }
        }
    }

    void putsLettersNearTheEdge()
    {
        const Augmentation how = only(&Augmentation::markers, 1);
        const Plane<float> plain = changed(noAugmentation(), 1, 128);
        for (std::uint64_t seed = 0; seed < 30; ++seed) {
            const Plane<float> marked = changed(how, seed, 128);
            for (int y = 50; y < 78; ++y)
                for (int x = 90; x < 100; ++x)
                    QCOMPARE(marked.at(x, y), plain.at(x, y));
        }
    }

    void losesMoreToAWorseJpeg()
    {
        const Plane<float> plain = changed(noAugmentation(), 1);
        Plane<float> good = plain;
        Plane<float> bad = plain;
        jpegRoundTrip(good, 95);
        jpegRoundTrip(bad, 10);
        QVERIFY(meanDifference(good, plain) < 0.01);
        QVERIFY(meanDifference(bad, plain) > 2 * meanDifference(good, plain));
    }

    void standardisesAsTheInputSays()
    {
        std::mt19937_64 random(3);
        const Plane<float> perFilm = augment(picture(96), 64, {}, InputSpec{}, random);
        const double mean
            = std::accumulate(perFilm.samples().begin(), perFilm.samples().end(), 0.0) / (64 * 64);
        QVERIFY(std::abs(mean) < 1e-3);
    }

    void seesEveryFilmOnceWhenUniform()
    {
        const std::vector<TrainingFilm> films(10);
        const auto order = drawEpoch(films, 20, Sampling::Uniform, std::mt19937_64(1));
        for (int turn = 0; turn < 2; ++turn)
            QCOMPARE(std::set<std::size_t>(order.begin() + 10 * turn, order.begin() + 10 * turn + 10).size(),
                     std::size_t(10));
    }

    void balancesClassesInsideEachSource()
    {
        std::vector<TrainingFilm> films;
        for (int i = 0; i < 90; ++i)
            films.push_back(filmOf(0, "a"));
        for (int i = 0; i < 10; ++i)
            films.push_back(filmOf(1, "a"));
        for (int i = 0; i < 25; ++i)
            films.push_back(filmOf(0, "b"));
        std::map<std::pair<int, std::string>, double> drawn;
        for (const std::size_t i : drawEpoch(films, 30000, Sampling::ClassWithinSource, std::mt19937_64(1)))
            drawn[{films[i].label, films[i].source}] += 1.0 / 30000;
        // Sources by root: 10 to 5; equal classes inside a; b has one class.
        QVERIFY(std::abs(drawn[{0, "a"}] - 1.0 / 3) < 0.02);
        QVERIFY(std::abs(drawn[{1, "a"}] - 1.0 / 3) < 0.02);
        QVERIFY(std::abs(drawn[{0, "b"}] - 1.0 / 3) < 0.02);
        std::map<int, double> classes;
        for (const std::size_t i : drawEpoch(films, 30000, Sampling::Class, std::mt19937_64(1)))
            classes[films[i].label] += 1.0 / 30000;
        QVERIFY(std::abs(classes[0] - 0.5) < 0.02);
    }

    void followsItsSchedules()
    {
        OptimiserRule rule;
        QVERIFY(learningRateAt(rule, 1, 0, 0) < 0.05);
        QVERIFY(std::abs(learningRateAt(rule, 1, rule.warmUp, 0) - 1) < 1e-9);
        QVERIFY(learningRateAt(rule, 1, 0.999, 0) < 0.01);
        rule.schedule = Schedule::Constant;
        QCOMPARE(learningRateAt(rule, 0.5, 0.9, 100), 0.5);
        rule.schedule = Schedule::Cosine;
        QVERIFY(std::abs(learningRateAt(rule, 1, 0.5, 0) - 0.5) < 1e-9);
        rule.schedule = Schedule::InverseDecay;
        rule.decay = 0.01;
        QVERIFY(std::abs(learningRateAt(rule, 1, 0.5, 100) - 0.5) < 1e-9);
    }
};

QTEST_GUILESS_MAIN(AugmentTest)
#include "AugmentTest.moc"
