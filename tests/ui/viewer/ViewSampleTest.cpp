// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/ViewSample.h"
#include "tests/ui/Films.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace hilum;
using namespace hilum::ui;

class ViewSampleTest : public QObject {
    Q_OBJECT

private:
    static ViewTransform at(const DisplayFilm &film, QSizeF view, double zoom)
    {
        ViewTransform transform;
        transform.setView(view);
        transform.setFilm({film.film->columns, film.film->rows}, 1);
        transform.setZoom(zoom, {view.width() / 2, view.height() / 2});
        return transform.snapped();
    }

    // The integral of the film over an area, over that area.
    static double average(const std::vector<double> &values, int side, const QRectF &area)
    {
        const auto share = [](double low, double high, int pixel) {
            return std::max(0.0, std::min(high, pixel + 1.0) - std::max(low, double(pixel)));
        };
        double sum = 0;
        double weight = 0;
        for (int y = std::max(0, int(area.top())); y < std::min(side, int(area.bottom()) + 1); ++y) {
            for (int x = std::max(0, int(area.left())); x < std::min(side, int(area.right()) + 1); ++x) {
                const double part = share(area.left(), area.right(), x) * share(area.top(), area.bottom(), y);
                sum += part * values[static_cast<std::size_t>(y * side + x)];
                weight += part;
            }
        }
        return sum / weight;
    }

private Q_SLOTS:
    void oneToOneIsTheFilmItself()
    {
        const auto film = makeDisplayFilm(test::ramp(40, 30));
        const ViewSample sample = sampleView(*film, at(*film, {100, 80}, 1));
        QCOMPARE(sample.place.size(), QSize(40, 30));
        for (int y = 0; y < 30; ++y) {
            for (int x = 0; x < 40; ++x)
                QCOMPARE(int(sample.channels.front().at(x, y)), 100 * y + x);
        }
    }

    void turnedIsTheFilmTurned()
    {
        const auto film = makeDisplayFilm(test::ramp(40, 30));
        ViewTransform transform = at(*film, {100, 80}, 1);
        transform.turn(1);
        const ViewSample sample = sampleView(*film, transform.snapped());
        QCOMPARE(sample.place.size(), QSize(30, 40));
        // The film's bottom left corner is now at the top left.
        QCOMPARE(int(sample.channels.front().at(0, 0)), 2900);
        QCOMPARE(int(sample.channels.front().at(29, 39)), 39);
    }

    void mirroredIsTheFilmMirrored()
    {
        const auto film = makeDisplayFilm(test::ramp(40, 30));
        ViewTransform transform = at(*film, {100, 80}, 1);
        transform.mirror();
        const ViewSample sample = sampleView(*film, transform.snapped());
        QCOMPARE(int(sample.channels.front().at(0, 3)), 339);
        QCOMPARE(int(sample.channels.front().at(39, 3)), 300);
    }

    void beyondFourHundredPercentPixelsArePixels()
    {
        const auto film = makeDisplayFilm(test::ramp(4, 4));
        const ViewSample sample = sampleView(*film, at(*film, {40, 40}, 8));
        QCOMPARE(sample.place.size(), QSize(32, 32));
        for (int i = 0; i < 32; ++i)
            QCOMPARE(int(sample.channels.front().at(i, 0)), i / 8);
    }

    void betweenTwoPixelsIsTheirMean()
    {
        const auto film = makeDisplayFilm(test::ramp(4, 4));
        const ViewSample sample = sampleView(*film, at(*film, {20, 20}, 2));
        // Samples 0 and 100 stand at 0.5 and 1.5 down; the second screen row is at 0.75.
        QCOMPARE(int(sample.channels.front().at(0, 0)), 0);
        QCOMPARE(int(sample.channels.front().at(0, 1)), 25);
        QCOMPARE(int(sample.channels.front().at(0, 2)), 75);
    }

    void aReducedFilmKeepsItsMeanAndDoesNotFlicker()
    {
        // Stripes one pixel wide: any reduction without averaging shows black or white.
        Film stripes = *test::ramp(600, 600);
        std::vector<std::uint16_t> samples;
        for (int i = 0; i < 600 * 600; ++i)
            samples.push_back(i % 2 == 0 ? 0 : 4000);
        stripes.samples = std::move(samples);
        const auto film = makeDisplayFilm(std::make_shared<const Film>(stripes));
        for (const double zoom : {0.5, 0.37, 0.25, 0.13}) {
            const ViewSample sample = sampleView(*film, at(*film, {700, 700}, zoom));
            const auto &codes = sample.channels.front();
            for (int x = 2; x < codes.width() - 2; ++x)
                QVERIFY2(std::abs(codes.at(x, codes.height() / 2) - 2000) < 900,
                         qPrintable(QString::number(zoom)));
        }
    }

    void aReducedFilmIsItsAreaAverage_data()
    {
        QTest::addColumn<double>("zoom");
        QTest::addColumn<int>("turns");
        QTest::addColumn<bool>("bytes");
        for (const double zoom : {0.93, 0.71, 0.5, 0.37, 0.2})
            QTest::addRow("%g", zoom) << zoom << 0 << false;
        QTest::newRow("turned") << 0.63 << 1 << false;
        QTest::newRow("8 bits") << 0.63 << 0 << true;
    }

    // Against the plain integral over each screen pixel, on a smooth film with fine grain. The levels are
    // averages themselves, so the edges of their pixels blur what one level-0 pixel adds: a hundredth of
    // the grain is allowed on average.
    void aReducedFilmIsItsAreaAverage()
    {
        QFETCH(double, zoom);
        QFETCH(int, turns);
        QFETCH(bool, bytes);
        constexpr int side = 211;
        constexpr double grain = 200;
        std::vector<double> values;
        unsigned noise = 1;
        for (int y = 0; y < side; ++y) {
            for (int x = 0; x < side; ++x) {
                noise = noise * 1664525U + 1013904223U;
                const double smooth = 0.5 + 0.4 * std::sin(x * 0.06) * std::cos(y * 0.045);
                const double full = bytes ? 250 : 40000;
                values.push_back(std::floor(smooth * full + (bytes ? 0 : (noise >> 16) / 65536.0 * grain)));
            }
        }
        Film made = *test::ramp(side, side);
        if (bytes)
            made.samples = std::vector<std::uint8_t>(values.begin(), values.end());
        else
            made.samples = std::vector<std::uint16_t>(values.begin(), values.end());
        const auto film = makeDisplayFilm(std::make_shared<const Film>(made));
        ViewTransform transform = at(*film, {300, 300}, zoom);
        transform.turn(turns);
        transform = transform.snapped();
        const ViewSample sample = sampleView(*film, transform);
        double worst = 0;
        double sum = 0;
        const auto &codes = sample.channels.front();
        for (int y = 1; y < codes.height() - 1; ++y) {
            for (int x = 1; x < codes.width() - 1; ++x) {
                const QPointF corner = sample.place.topLeft() + QPointF(x, y);
                const QRectF area
                    = QRectF(transform.toFilm(corner), transform.toFilm(corner + QPointF(1, 1))).normalized();
                const double off = std::abs(codes.at(x, y) - average(values, side, area));
                worst = std::max(worst, off);
                sum += off;
            }
        }
        const double mean = sum / (codes.width() * codes.height());
        const double scale = bytes ? 1 : grain;
        QVERIFY2(mean <= 0.6 * scale && worst <= (bytes ? 4 : 5 * grain),
                 qPrintable(QString("mean %1, worst %2").arg(mean).arg(worst)));
    }

    void oneAxisMayReduceMoreThanTheOther()
    {
        Film made = *test::ramp(64, 512);
        made.pixelAspect = 0.25;
        std::vector<std::uint16_t> samples;
        for (int i = 0; i < 64 * 512; ++i)
            samples.push_back(static_cast<std::uint16_t>(i / 64 % 2 * 4000)); // rows of stripes
        made.samples = std::move(samples);
        const auto film = makeDisplayFilm(std::make_shared<const Film>(made));
        ViewTransform transform;
        transform.setView({200, 200});
        transform.setFilm({64, 512}, 0.25);
        transform.setZoom(1, {100, 100});
        const ViewSample sample = sampleView(*film, transform.snapped());
        QCOMPARE(sample.place.size(), QSize(64, 128));
        for (int y = 2; y < 126; ++y)
            QVERIFY(std::abs(sample.channels.front().at(30, y) - 2000) < 20);
    }

    void memoryIsUsedAgain()
    {
        const auto film = makeDisplayFilm(test::ramp(40, 30));
        ViewSample sample;
        const QRect view(0, 0, 100, 80);
        sampleLevels(film->levels, at(*film, {100, 80}, 1), view, sample);
        const auto *where = sample.channels.front().samples().data();
        sampleLevels(film->levels, at(*film, {100, 80}, 1), view, sample);
        QCOMPARE(sample.channels.front().samples().data(), where);
        sampleLevels(film->levels, at(*film, {100, 80}, 2), view, sample);
        QCOMPARE(sample.place.size(), QSize(80, 60));
        QCOMPARE(sample.channels.front().width(), 80);
    }

    void nothingInViewIsAnEmptyPlace()
    {
        const auto film = makeDisplayFilm(test::ramp(4, 4));
        ViewTransform transform;
        transform.setFilm({4, 4}, 1);
        transform.setView({0, 0});
        QVERIFY(sampleView(*film, transform).place.isEmpty());
    }
};

QTEST_GUILESS_MAIN(ViewSampleTest)
#include "ViewSampleTest.moc"
