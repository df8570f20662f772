// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/ViewSample.h"
#include "tests/ui/Films.h"

#include <QTest>

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
