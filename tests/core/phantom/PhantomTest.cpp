// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/phantom/Phantom.h"
#include "core/phantom/Noise.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace hilum;

namespace {

// The default film at a quarter of its resolution, with the photons of 16 pixels in one.
PhantomSpec small(PhantomFinding finding = PhantomFinding::None)
{
    PhantomSpec spec;
    spec.columns = 225;
    spec.rows = 269;
    spec.pixelMm = 1.6;
    spec.photons *= 16;
    spec.finding = finding;
    return spec;
}

const std::vector<std::uint16_t> &samplesOf(const Phantom &phantom)
{
    return std::get<std::vector<std::uint16_t>>(phantom.film.samples);
}

// Mean of the stored values around a point given in millimetres.
double meanAt(const Phantom &phantom, double xMm, double yMm)
{
    const Film &film = phantom.film;
    const int column = static_cast<int>(xMm / film.spacing->column + film.columns / 2.0);
    const int row = static_cast<int>(yMm / film.spacing->row);
    double sum = 0;
    for (int dy = -2; dy <= 2; ++dy) {
        for (int dx = -2; dx <= 2; ++dx)
            sum += samplesOf(phantom)[static_cast<std::size_t>((row + dy) * film.columns + column + dx)];
    }
    return sum / 25;
}

struct MaskCount {
    int imageLeft = 0;
    int imageRight = 0;
};

MaskCount countMask(const Plane<std::uint8_t> &mask)
{
    MaskCount count;
    for (int y = 0; y < mask.height(); ++y) {
        for (int x = 0; x < mask.width(); ++x)
            (x < mask.width() / 2 ? count.imageLeft : count.imageRight) += mask.at(x, y) != 0 ? 1 : 0;
    }
    return count;
}

} // namespace

class PhantomTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isAFilmOfTwelveBits()
    {
        const Phantom phantom = simulateFilm(small());
        const Film &film = phantom.film;
        QCOMPARE(samplesOf(phantom).size(), film.pixelsPerFrame());
        QCOMPARE(film.bitsStored, 12);
        QVERIFY(*std::max_element(samplesOf(phantom).begin(), samplesOf(phantom).end()) <= 4095);
        QVERIFY(!film.highIsBlack());
        QCOMPARE(film.windows.size(), std::size_t{1});
        QCOMPARE(film.spacing->row, 1.6);
        QVERIFY(film.spacing->source == SpacingSource::ImagerPixelSpacing);
    }

    void isTheSameForTheSameSeedOnly()
    {
        const Phantom first = simulateFilm(small());
        QVERIFY(samplesOf(first) == samplesOf(simulateFilm(small())));
        PhantomSpec other = small();
        other.seed = 2;
        QVERIFY(samplesOf(first) != samplesOf(simulateFilm(other)));
    }

    void ordersTheBodyByAbsorption()
    {
        const Phantom phantom = simulateFilm(small());
        const double air = meanAt(phantom, -170, 10);
        const double lung = meanAt(phantom, -85, 180);
        const double heart = meanAt(phantom, 45, 265);
        const double belly = meanAt(phantom, -70, 400);
        QVERIFY(air < lung);
        QVERIFY(lung + 500 < heart);
        QVERIFY(heart < belly);
        // The window shows lung dark and belly bright.
        const VoiWindow &window = phantom.film.windows.front();
        QVERIFY(lung < window.centre);
        QVERIFY(belly > window.centre);
        QVERIFY(belly < window.centre + window.width / 2);
    }

    void knowsWhereItsFindingIs()
    {
        const Phantom clear = simulateFilm(small());
        const MaskCount nothing = countMask(clear.findingMask);
        QCOMPARE(nothing.imageLeft + nothing.imageRight, 0);

        const Phantom dense = simulateFilm(small(PhantomFinding::Consolidation));
        const MaskCount right = countMask(dense.findingMask);
        QVERIFY(right.imageLeft > 500); // the patient's right
        QCOMPARE(right.imageRight, 0);

        double within = 0;
        double without = 0;
        int pixels = 0;
        for (std::size_t i = 0; i < samplesOf(dense).size(); ++i) {
            if (dense.findingMask.samples()[i] == 0)
                continue;
            within += samplesOf(dense)[i];
            without += samplesOf(clear)[i];
            ++pixels;
        }
        QVERIFY(within / pixels > without / pixels + 200);

        PhantomSpec left = small(PhantomFinding::Consolidation);
        left.side = PatientSide::Left;
        QVERIFY(countMask(simulateFilm(left).findingMask).imageRight > 300);

        const MaskCount patches = countMask(simulateFilm(small(PhantomFinding::PatchyOpacities)).findingMask);
        QVERIFY(patches.imageLeft > 100);
        QVERIFY(patches.imageRight > 100);
    }

    void drawsNormalNumbers()
    {
        Noise noise(3);
        double sum = 0;
        double squares = 0;
        constexpr int draws = 20000;
        for (int i = 0; i < draws; ++i) {
            const double value = noise.normal();
            sum += value;
            squares += value * value;
        }
        QVERIFY(std::abs(sum / draws) < 0.03);
        QVERIFY(std::abs(squares / draws - 1) < 0.05);
    }
};

QTEST_GUILESS_MAIN(PhantomTest)
#include "PhantomTest.moc"
