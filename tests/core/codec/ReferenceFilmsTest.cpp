// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "SharedFilms.h"
#include "core/base/Sha256.h"
#include "core/codec/FilmReader.h"
#include "core/imaging/Render.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace hilum;

// Every film of the reference set against what other decoders and exact arithmetic say of it.
class ReferenceFilmsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decodeAndShowAsTheReferenceDoes()
    {
        const std::filesystem::path folder = sharedFolder("HILUM_DICOM", "dicom");
        if (folder.empty())
            QSKIP("SHARED films are not here (HILUM_DICOM)");
        const auto manifest = readCsv(folder / "manifest.csv");
        QVERIFY(manifest);
        int films = 0;
        int stored = 0;
        int shown = 0;
        int exact = 0;
        int errors = 0;
        int errorsWanted = 0;
        for (std::size_t i = 0; i < manifest->rows.size(); ++i) {
            const ManifestRow row(*manifest, i);
            const auto film = readFilm(folder / row["file"]);
            if (row["expected"] == "clear-error") {
                ++errorsWanted;
                errors += film ? 0 : 1;
                if (film)
                    qWarning("%s: opened", row["file"].c_str());
            }
            if (row["expected"] != "decode")
                continue;
            ++films;
            if (!film) {
                qWarning("%s: %s", row["file"].c_str(), film.error().detail.c_str());
                continue;
            }
            stored += isStoredRight(**film, row) ? 1 : 0;
            exact += storedHash(**film) == row["sha256_pixels"] ? 1 : 0;
            shown += isShownRight(**film, row, folder) ? 1 : 0;
        }
        qInfo("stored values right: %d of %d (%d bit for bit)", stored, films, exact);
        qInfo("display right: %d of %d", shown, films);
        qInfo("clear errors: %d of %d", errors, errorsWanted);
        QVERIFY(stored == films);
        QVERIFY(shown == films);
        QCOMPARE(errors, errorsWanted);
    }

private:
    static std::string storedHash(const Film &film)
    {
        return std::visit([](const auto &samples) { return sha256(std::as_bytes(std::span(samples))); },
                          film.samples);
    }

    // Lossy films differ from decoder to decoder: there the extremes and the mean must agree.
    static bool isStoredRight(const Film &film, const ManifestRow &row)
    {
        if (storedHash(film) == row["sha256_pixels"])
            return true;
        const double tolerance = row.number("tol_stored");
        double low = HUGE_VAL;
        double high = -HUGE_VAL;
        double sum = 0;
        std::size_t count = 0;
        std::visit(
            [&](const auto &samples) {
                count = samples.size();
                for (const auto sample : samples) {
                    low = std::min(low, static_cast<double>(sample));
                    high = std::max(high, static_cast<double>(sample));
                    sum += static_cast<double>(sample);
                }
            },
            film.samples);
        const double mean = sum / static_cast<double>(count);
        const bool isClose = tolerance > 0 && std::abs(low - row.number("min")) <= tolerance
            && std::abs(high - row.number("max")) <= tolerance
            && std::abs(mean - row.number("mean")) <= tolerance / 2;
        if (!isClose)
            qWarning("%s: stored %g..%g mean %g, expected %s..%s mean %s", row["file"].c_str(), low, high,
                     mean, row["min"].c_str(), row["max"].c_str(), row["mean"].c_str());
        return isClose;
    }

    static std::vector<int> display(const Film &film)
    {
        std::vector<int> levels;
        if (film.isColour()) {
            const RgbImage image = renderColour(film);
            for (const auto &pixel : image.samples())
                levels.insert(levels.end(), pixel.begin(), pixel.end());
        } else {
            const GreyImage image = renderGrey(film, defaultVoi(film));
            for (const std::uint8_t level : image.samples())
                levels.push_back(level);
        }
        return levels;
    }

    static bool isShownRight(const Film &film, const ManifestRow &row, const std::filesystem::path &folder)
    {
        if (row["note"].find("do not score the display") != std::string::npos)
            return true;
        const auto reference = readFilm(folder / row["display_png"]);
        if (!reference)
            return false;
        const std::vector<int> levels = display(film);
        const auto &expected = std::get<std::vector<std::uint8_t>>((*reference)->samples);
        const int step = static_cast<int>(row.number("display_png_step"));
        const auto channels = static_cast<std::size_t>(film.isColour() ? 3 : 1);
        const auto expectedChannels = static_cast<std::size_t>((*reference)->samplesPerPixel);
        int worst = 0;
        double sum = 0;
        for (int y = 0; y < (*reference)->rows; ++y) {
            for (int x = 0; x < (*reference)->columns; ++x) {
                const auto from = static_cast<std::size_t>(y * step * film.columns + x * step);
                const auto to = static_cast<std::size_t>(y * (*reference)->columns + x);
                for (std::size_t channel = 0; channel < channels; ++channel) {
                    const int wanted
                        = expected[to * expectedChannels + std::min(channel, expectedChannels - 1)];
                    const int difference = std::abs(levels[from * channels + channel] - wanted);
                    worst = std::max(worst, difference);
                    sum += difference;
                }
            }
        }
        const double mean = sum / static_cast<double>(expected.size());
        // Chroma upsampling differs between decoders: colour is compared by its mean difference.
        const bool isRight = worst <= row.number("tol_display") || (film.isColour() && mean <= 3);
        if (!isRight)
            qWarning("%s: display differs by %d, mean %g (%s)", row["file"].c_str(), worst, mean,
                     row["display_rule"].c_str());
        return isRight;
    }
};

QTEST_GUILESS_MAIN(ReferenceFilmsTest)
#include "ReferenceFilmsTest.moc"
