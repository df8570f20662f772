// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audit/FilmLook.h"

#include "core/audit/CornerText.h"
#include "core/base/Sha256.h"
#include "core/imaging/Render.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace hilum {

namespace {

constexpr int sharpnessSide = 256;
constexpr int textSide = 512;
constexpr int fineSide = 64;
constexpr double edgeShare = 0.03;
constexpr int blackBelow = 15;
constexpr int whiteAbove = 240;
constexpr int tintedFrom = 12; // difference of two channels that an eye sees
constexpr int shiftedBy = 2;

std::string_view formatName(FilmFormat format)
{
    switch (format) {
    case FilmFormat::Dicom:
        return "DICOM";
    case FilmFormat::Png:
        return "PNG";
    case FilmFormat::Jpeg:
        return "JPEG";
    }
    return "other";
}

// A picture's own greys, bright or dark as they are; a DICOM film as it opens, since its values mean nothing
// without a window.
Voi voiOf(const Film &film)
{
    if (film.format == FilmFormat::Dicom)
        return defaultVoi(film);
    const double values = std::exp2(film.bitsStored);
    return Window{values / 2, values, VoiFunction::Linear};
}

// The film in grey, and the share of its pixels that have a tint.
cv::Mat greysOf(const Film &film, double &tinted)
{
    if (!film.isColour()) {
        const GreyImage grey = renderGrey(film, voiOf(film));
        return cv::Mat(grey.height(), grey.width(), CV_8U, const_cast<std::uint8_t *>(grey.samples().data()))
            .clone();
    }
    const RgbImage colours = renderColour(film);
    const auto samples = colours.samples();
    const auto coloured = std::ranges::count_if(samples, [](const auto &pixel) {
        const auto [low, high] = std::minmax({pixel[0], pixel[1], pixel[2]});
        return high - low >= tintedFrom;
    });
    tinted = static_cast<double>(coloured) / static_cast<double>(samples.size());
    const cv::Mat rgb(colours.height(), colours.width(), CV_8UC3,
                      const_cast<std::uint8_t *>(samples.front().data()));
    cv::Mat grey;
    cv::cvtColor(rgb, grey, cv::COLOR_RGB2GRAY);
    return grey;
}

Plane<std::uint8_t> planeOf(const cv::Mat &picture)
{
    Plane<std::uint8_t> plane(picture.cols, picture.rows);
    for (int y = 0; y < picture.rows; ++y)
        std::copy_n(picture.ptr<std::uint8_t>(y), picture.cols, plane.row(y).begin());
    return plane;
}

cv::Mat matOf(const Plane<std::uint8_t> &plane)
{
    return {plane.height(), plane.width(), CV_8U, const_cast<std::uint8_t *>(plane.samples().data())};
}

cv::Mat squeezed(const cv::Mat &picture, int side)
{
    cv::Mat small;
    cv::resize(picture, small, {side, side}, 0, 0, cv::INTER_AREA);
    return small;
}

// Without the rows and columns at the edges that are of one grey; the whole film when little would be left.
cv::Mat withoutFrame(const cv::Mat &picture)
{
    constexpr int flat = 12; // between the darkest and the brightest of a row that JPEG has touched
    const auto isFlat = [](const cv::Mat &line) {
        double low = 0;
        double high = 0;
        cv::minMaxLoc(line, &low, &high);
        return high - low <= flat;
    };
    int top = 0;
    int bottom = picture.rows;
    int left = 0;
    int right = picture.cols;
    while (top < bottom && isFlat(picture.row(top)))
        ++top;
    while (bottom > top && isFlat(picture.row(bottom - 1)))
        --bottom;
    const cv::Mat rows = picture.rowRange(top, std::max(top, bottom));
    if (rows.rows * 2 < picture.rows)
        return picture;
    while (left < right && isFlat(rows.col(left)))
        ++left;
    while (right > left && isFlat(rows.col(right - 1)))
        --right;
    return (right - left) * 2 < picture.cols ? picture : rows.colRange(left, right);
}

void measureBorder(const cv::Mat &picture, FilmLook &look)
{
    const int across = std::max(1, static_cast<int>(std::lround(edgeShare * picture.cols)));
    const int down = std::max(1, static_cast<int>(std::lround(edgeShare * picture.rows)));
    int pixels = 0;
    int black = 0;
    int white = 0;
    for (int y = 0; y < picture.rows; ++y) {
        const auto *row = picture.ptr<std::uint8_t>(y);
        const bool whole = y < down || y >= picture.rows - down;
        for (int x = 0; x < picture.cols; ++x) {
            if (!whole && x == across)
                x = std::max(across, picture.cols - across);
            if (x >= picture.cols)
                break;
            ++pixels;
            black += row[x] < blackBelow ? 1 : 0;
            white += row[x] > whiteAbove ? 1 : 0;
        }
    }
    look.film.borderBlack = static_cast<double>(black) / pixels;
    look.film.borderWhite = static_cast<double>(white) / pixels;

    const cv::Mat sides[]
        = {picture.rowRange(0, down), picture.colRange(picture.cols - across, picture.cols),
           picture.rowRange(picture.rows - down, picture.rows), picture.colRange(0, across)};
    for (std::size_t side = 0; side < 4; ++side) {
        const bool lies = side % 2 == 0;
        cv::Mat line;
        cv::resize(sides[side], line, lies ? cv::Size(16, 1) : cv::Size(1, 16), 0, 0, cv::INTER_AREA);
        if (side >= 2)
            cv::flip(line, line, lies ? 1 : 0); // clockwise
        std::copy_n(line.ptr<std::uint8_t>(0), 16,
                    look.edge.begin() + 16 * static_cast<std::ptrdiff_t>(side));
    }
}

void measureSharpness(const cv::Mat &picture, FilmLook &look)
{
    cv::Mat square;
    const bool shrinks = picture.cols > sharpnessSide || picture.rows > sharpnessSide;
    cv::resize(picture, square, {sharpnessSide, sharpnessSide}, 0, 0,
               shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
    cv::Mat laplacian;
    cv::Laplacian(square, laplacian, CV_32F);
    cv::Scalar mean;
    cv::Scalar deviation;
    cv::meanStdDev(laplacian, mean, deviation);
    look.film.sharpness = deviation[0];
    const cv::Mat size = cv::abs(laplacian);
    cv::Mat parts;
    cv::resize(size, parts, {8, 8}, 0, 0, cv::INTER_AREA);
    std::copy_n(parts.ptr<float>(0), look.rough.size(), look.rough.begin());
}

// One bit a coefficient of the lowest 8 x 8 (the mean left out): above their median or not.
std::uint64_t pictureHashOf(const cv::Mat &picture)
{
    cv::Mat values;
    squeezed(picture, 32).convertTo(values, CV_32F);
    cv::Mat waves;
    cv::dct(values, waves);
    std::array<float, 64> low{};
    for (int y = 0; y < 8; ++y)
        for (int x = 0; x < 8; ++x)
            low[static_cast<std::size_t>(8 * y + x)] = waves.at<float>(y + 1, x + 1);
    auto sorted = low;
    std::ranges::nth_element(sorted, sorted.begin() + 32);
    std::uint64_t hash = 0;
    for (std::size_t bit = 0; bit < low.size(); ++bit)
        hash |= static_cast<std::uint64_t>(low[bit] > sorted[32]) << bit;
    return hash;
}

std::string hashOfPixels(const Film &film)
{
    return std::visit(
        [&](const auto &samples) {
            const std::string shape = std::to_string(film.columns) + "x" + std::to_string(film.rows) + "x"
                + std::to_string(film.samplesPerPixel) + (film.highIsBlack() ? "-" : "+");
            return shape + sha256(std::as_bytes(std::span(samples)));
        },
        film.samples);
}

// What is finer than a sixteenth of the picture.
cv::Mat fineDetail(const Plane<std::uint8_t> &picture)
{
    cv::Mat values;
    matOf(picture).convertTo(values, CV_32F);
    cv::Mat blurred;
    cv::GaussianBlur(values, blurred, {}, picture.width() / 32.0, 0, cv::BORDER_REFLECT);
    return values - blurred;
}

} // namespace

Result<FilmLook> lookAt(const Film &film)
{
    if (film.columns < 1 || film.rows < 1 || film.frames < 1)
        return fail(ErrorCode::DataCorrupt, "expected a picture, found no pixel");
    FilmLook look;
    look.film.format = formatName(film.format);
    look.film.photometric = film.photometricText;
    look.film.width = film.columns;
    look.film.height = film.rows;
    look.film.bitDepth = film.bitsStored;
    look.pixelHash = hashOfPixels(film);

    const cv::Mat picture = greysOf(film, look.film.tinted);
    cv::Scalar mean;
    cv::Scalar deviation;
    cv::meanStdDev(picture, mean, deviation);
    look.film.meanGrey = mean[0];
    look.film.spread = deviation[0];
    measureBorder(picture, look);
    measureSharpness(picture, look);
    look.coarse = planeOf(squeezed(picture, 16));
    look.middle = planeOf(squeezed(picture, 32));
    const cv::Mat fine = squeezed(withoutFrame(picture), fineSide);
    look.fine = planeOf(fine);
    look.pictureHash = pictureHashOf(fine);
    cv::Mat other;
    cv::flip(fine, other, 1);
    look.mirroredHash = pictureHashOf(other);

    cv::Mat readable = picture;
    const double scale = static_cast<double>(textSide) / std::max(picture.cols, picture.rows);
    if (scale < 1)
        cv::resize(picture, readable, {}, scale, scale, cv::INTER_AREA);
    look.film.letters = static_cast<int>(lettersInCorners(planeOf(readable)).size());
    return look;
}

double likeness(const Plane<std::uint8_t> &first, const Plane<std::uint8_t> &second)
{
    const cv::Mat inner = fineDetail(first)(
        cv::Rect(shiftedBy, shiftedBy, first.width() - 2 * shiftedBy, first.height() - 2 * shiftedBy));
    cv::Mat scores;
    cv::matchTemplate(fineDetail(second), inner, scores, cv::TM_CCOEFF_NORMED);
    double highest = 0;
    cv::minMaxLoc(scores, nullptr, &highest);
    return std::isfinite(highest) ? highest : 0;
}

Plane<std::uint8_t> mirrored(const Plane<std::uint8_t> &picture)
{
    cv::Mat other;
    cv::flip(matOf(picture), other, 1);
    return planeOf(other);
}

} // namespace hilum
