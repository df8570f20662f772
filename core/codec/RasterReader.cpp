// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/RasterReader.h"

#include "core/codec/Limits.h"

#include <algorithm>

namespace hilum {

Result<void> checkSize(std::uint64_t columns, std::uint64_t rows, std::uint64_t bytesPerPixel,
                       std::uint64_t frames)
{
    if (columns == 0 || rows == 0 || frames == 0 || bytesPerPixel == 0)
        return fail(ErrorCode::DataCorrupt,
                    "expected a picture, found " + std::to_string(columns) + " x " + std::to_string(rows)
                        + " pixels of " + std::to_string(bytesPerPixel) + " bytes, " + std::to_string(frames)
                        + " frames");
    // The sides are below 2^32 by their types; one division keeps the product inside 64 bits.
    const bool tooWide = columns > maxSide || rows > maxSide;
    if (tooWide || frames > maxSampleBytes / (columns * rows * bytesPerPixel))
        return fail(ErrorCode::LimitExceeded,
                    std::to_string(columns) + " x " + std::to_string(rows) + " pixels, "
                        + std::to_string(frames) + " frames of " + std::to_string(bytesPerPixel)
                        + " bytes a pixel need more than the limit of " + std::to_string(maxSampleBytes >> 20)
                        + " MiB");
    return {};
}

Result<void> checkRaster(std::uint64_t columns, std::uint64_t rows, std::uint64_t bytesPerPixel)
{
    return checkSize(columns, rows, 2 * bytesPerPixel);
}

void reduceEqualChannels(Film &film)
{
    if (film.samplesPerPixel != 3 || film.photometric != Photometric::Rgb)
        return;
    std::visit(
        [&](auto &samples) {
            const std::size_t pixels = samples.size() / 3;
            for (std::size_t i = 0; i < pixels; ++i) {
                if (samples[3 * i] != samples[3 * i + 1] || samples[3 * i] != samples[3 * i + 2])
                    return;
            }
            for (std::size_t i = 0; i < pixels; ++i)
                samples[i] = samples[3 * i];
            samples.resize(pixels);
            samples.shrink_to_fit();
            film.samplesPerPixel = 1;
            film.photometric = Photometric::Monochrome2;
            film.photometricText = "MONOCHROME2";
            film.notices.emplace_back("A colour file whose pixels are all grey: opened as a grey film.");
        },
        film.samples);
}

void applyOrientation(Film &film, int orientation)
{
    if (orientation <= 1 || orientation > 8)
        return;
    const int width = film.columns;
    const int height = film.rows;
    const bool isSideways = orientation >= 5;
    const int newWidth = isSideways ? height : width;
    const int newHeight = isSideways ? width : height;
    const auto channels = static_cast<std::size_t>(film.samplesPerPixel);
    std::visit(
        [&](auto &samples) {
            std::remove_cvref_t<decltype(samples)> turned(samples.size());
            auto out = turned.begin();
            for (int y = 0; y < newHeight; ++y) {
                for (int x = 0; x < newWidth; ++x) {
                    int fromX = isSideways ? y : x;
                    int fromY = isSideways ? x : y;
                    if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
                        fromX = width - 1 - fromX;
                    if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
                        fromY = height - 1 - fromY;
                    const std::size_t pixel
                        = static_cast<std::size_t>(fromY) * static_cast<std::size_t>(width)
                        + static_cast<std::size_t>(fromX);
                    out = std::copy_n(samples.begin() + static_cast<std::ptrdiff_t>(pixel * channels),
                                      channels, out);
                }
            }
            samples = std::move(turned);
        },
        film.samples);
    film.columns = newWidth;
    film.rows = newHeight;
    film.notices.push_back("Turned as the file's Exif orientation " + std::to_string(orientation) + " asks.");
}

} // namespace hilum
