// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imaging/Render.h"
#include "core/imaging/Window.h"
#include "core/nn/InputSpec.h"
#include "core/phantom/Phantom.h"

#include <QTest>

using namespace hilum;

// What happens to a film between file and screen or network, on a simulated film enlarged to the
// usual size of a digital chest film.
class FilmBench : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const Film small = simulateFilm({}).film;
        const auto &samples = std::get<std::vector<std::uint16_t>>(small.samples);
        constexpr int side = 3000;
        std::vector<std::uint16_t> large;
        large.reserve(std::size_t{side} * side);
        for (int y = 0; y < side; ++y) {
            for (int x = 0; x < side; ++x)
                large.push_back(samples[static_cast<std::size_t>(y * small.rows / side * small.columns
                                                                 + x * small.columns / side)]);
        }
        m_film = small;
        m_film.columns = side;
        m_film.rows = side;
        m_film.samples = std::move(large);
    }

    void simulate()
    {
        QBENCHMARK_ONCE { QVERIFY(simulateFilm({}).film.columns > 0); }
    }

    void renderNineMegapixels()
    {
        const Voi voi = defaultVoi(m_film);
        QBENCHMARK { QVERIFY(!renderGrey(m_film, voi).empty()); }
    }

    void findWindowOfNineMegapixels()
    {
        QBENCHMARK { QVERIFY(autoWindow(m_film).width > 0); }
    }

    void prepareForANetwork()
    {
        QBENCHMARK { QVERIFY(prepare(m_film, 0, {}).has_value()); }
    }

private:
    Film m_film;
};

QTEST_GUILESS_MAIN(FilmBench)
#include "FilmBench.moc"
