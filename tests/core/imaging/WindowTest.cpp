// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imaging/Window.h"

#include <QTest>

#include <numeric>

using namespace hilum;

Q_DECLARE_METATYPE(hilum::VoiFunction)

class WindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsTheDicomFormula_data()
    {
        QTest::addColumn<VoiFunction>("function");
        QTest::addColumn<double>("centre");
        QTest::addColumn<double>("width");
        QTest::addColumn<double>("value");
        QTest::addColumn<double>("part");

        // PS3.3 C.11.2.1.2.1, worked by hand. Below c - 0.5 - (w - 1) / 2 is 0, above the mirror is 1.
        QTest::newRow("linear: bottom of 12 bits") << VoiFunction::Linear << 2048.0 << 4096.0 << 0.0 << 0.0;
        QTest::newRow("linear: top of 12 bits") << VoiFunction::Linear << 2048.0 << 4096.0 << 4095.0 << 1.0;
        QTest::newRow("linear: one quarter") << VoiFunction::Linear << 50.0 << 101.0 << 24.5 << 0.25;
        QTest::newRow("linear: middle") << VoiFunction::Linear << 50.0 << 101.0 << 49.5 << 0.5;
        QTest::newRow("linear: width 1, at") << VoiFunction::Linear << 100.0 << 1.0 << 99.5 << 0.0;
        QTest::newRow("linear: width 1, above") << VoiFunction::Linear << 100.0 << 1.0 << 99.6 << 1.0;
        QTest::newRow("linear: width 0 is width 1") << VoiFunction::Linear << 100.0 << 0.0 << 100.0 << 1.0;
        // C.11.2.1.3.2: no half step, no minus one.
        QTest::newRow("exact: bottom") << VoiFunction::LinearExact << 50.0 << 100.0 << 0.0 << 0.0;
        QTest::newRow("exact: middle") << VoiFunction::LinearExact << 50.0 << 100.0 << 50.0 << 0.5;
        QTest::newRow("exact: three quarters") << VoiFunction::LinearExact << 50.0 << 100.0 << 75.0 << 0.75;
        QTest::newRow("exact: fractions") << VoiFunction::LinearExact << 0.5 << 1.0 << 0.3 << 0.3;
        // C.11.2.1.3.1: 1 / (1 + exp(-4 (x - c) / w)); exp(-1) = 0.36788.
        QTest::newRow("sigmoid: middle") << VoiFunction::Sigmoid << 10.0 << 4.0 << 10.0 << 0.5;
        QTest::newRow("sigmoid: a quarter width up")
            << VoiFunction::Sigmoid << 10.0 << 4.0 << 11.0 << 0.731058578630005;
    }

    void followsTheDicomFormula()
    {
        QFETCH(VoiFunction, function);
        QFETCH(double, centre);
        QFETCH(double, width);
        QFETCH(double, value);
        QFETCH(double, part);
        const double found = windowed(value, {centre, width, function});
        QVERIFY2(std::abs(found - part) < 1e-12, qPrintable(QString::number(found, 'g', 17)));
    }

    void opensWithTheFirstWindowOfTheFilm()
    {
        Film film = ramp();
        film.windows = {{40, 400, VoiFunction::Sigmoid, "soft"}, {300, 1500, VoiFunction::Linear, "bone"}};
        QCOMPARE(defaultWindow(film), (Window{40, 400, VoiFunction::Sigmoid}));
    }

    void leavesPaddingOutOfTheRange()
    {
        Film film = ramp();
        film.padding = PixelPadding{0, 99};
        film.modalityTransform.intercept = -1000;
        const Window window = defaultWindow(film);
        QCOMPARE(windowed(-900, window), 0.0); // stored 100, the lowest that is picture
        QCOMPARE(windowed(-1, window), 1.0); // stored 999
        QCOMPARE(windowed(-450, window), 450.0 / 899);
    }

    void autoWindowCutsOnePercentAtEachEnd()
    {
        const Window window = autoWindow(ramp());
        QCOMPARE(window.centre - window.width / 2, 9.0); // 10 of 1000 values are at or below 9
        QCOMPARE(window.centre + window.width / 2, 989.0); // 990 of 1000 are at or below 989
    }

    void autoWindowIsTheSameForWideSamples()
    {
        Film wide = ramp();
        const auto narrow = std::get<std::vector<std::uint16_t>>(wide.samples);
        wide.samples = std::vector<float>(narrow.begin(), narrow.end());
        QCOMPARE(autoWindow(wide), autoWindow(ramp()));
    }

    void aFilmOfOneValueIsBlack()
    {
        Film film = ramp();
        film.samples = std::vector<std::uint16_t>(1000, 7);
        QCOMPARE(windowed(7, defaultWindow(film)), 0.0);
    }

private:
    static Film ramp()
    {
        Film film;
        film.columns = 50;
        film.rows = 20;
        film.bitsStored = 10;
        std::vector<std::uint16_t> samples(1000);
        std::iota(samples.begin(), samples.end(), std::uint16_t{0});
        film.samples = samples;
        return film;
    }
};

QTEST_GUILESS_MAIN(WindowTest)
#include "WindowTest.moc"
