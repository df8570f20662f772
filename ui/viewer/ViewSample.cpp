// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/ViewSample.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace hilum::ui {

namespace {

using Codes = Plane<std::uint16_t>;

// Which source samples make one output sample, and by how much; weights sum to 1.
struct Tap {
    int first = 0;
    int count = 1;
    std::array<float, 4> weights{1, 0, 0, 0};
};

constexpr double nearestFrom = 4; // 400 %

// One axis: output pixel i covers the source from start + i * step, step negative when mirrored.
std::vector<Tap> tapsOf(int outputs, double start, double step, int sources)
{
    std::vector<Tap> taps(static_cast<std::size_t>(outputs));
    const double reach = std::abs(step);
    for (int i = 0; i < outputs; ++i) {
        Tap &tap = taps[static_cast<std::size_t>(i)];
        const double centre = start + (i + 0.5) * step;
        if (reach <= 1 / nearestFrom + 1e-9) {
            tap.first = std::clamp(static_cast<int>(std::floor(centre)), 0, sources - 1);
            continue;
        }
        // A box as wide as the output pixel when reducing, a tent between two samples when enlarging.
        const double half = reach >= 1 ? reach / 2 : 0.5;
        const double low = std::clamp(centre - half, 0.0, sources - 1e-6);
        const double high = std::clamp(centre + half, low + 1e-7, static_cast<double>(sources));
        tap.first = static_cast<int>(low);
        const int last = std::min(static_cast<int>(std::ceil(high)) - 1, sources - 1);
        tap.count = std::clamp(last - tap.first + 1, 1, static_cast<int>(tap.weights.size()));
        double sum = 0;
        for (int k = 0; k < tap.count; ++k)
            sum += std::max(0.0,
                            std::min<double>(high, tap.first + k + 1) - std::max<double>(low, tap.first + k));
        for (int k = 0; k < tap.count; ++k) {
            const double share = std::max(
                0.0, std::min<double>(high, tap.first + k + 1) - std::max<double>(low, tap.first + k));
            tap.weights[static_cast<std::size_t>(k)] = static_cast<float>(sum > 0 ? share / sum : 0);
        }
        if (sum <= 0)
            tap.weights = {1, 0, 0, 0};
    }
    return taps;
}

void resampleRow(std::span<const std::uint16_t> source, const std::vector<Tap> &taps, std::vector<float> &out)
{
    for (std::size_t i = 0; i < taps.size(); ++i) {
        const Tap &tap = taps[i];
        const std::uint16_t *from = source.data() + tap.first;
        float sum = 0;
        for (int k = 0; k < tap.count; ++k)
            sum += tap.weights[static_cast<std::size_t>(k)] * static_cast<float>(from[k]);
        out[i] = sum;
    }
}

Codes resampled(const Codes &source, const std::vector<Tap> &across, const std::vector<Tap> &down)
{
    Codes out(static_cast<int>(across.size()), static_cast<int>(down.size()));
    // A vertical tap needs at most four neighbouring rows: keep those, resampled across.
    std::array<std::vector<float>, 4> rows;
    std::array<int, 4> held{-1, -1, -1, -1};
    rows.fill(std::vector<float>(across.size()));
    std::vector<float> sums(across.size());
    for (std::size_t y = 0; y < down.size(); ++y) {
        const Tap &tap = down[y];
        std::ranges::fill(sums, 0.5F);
        for (int k = 0; k < tap.count; ++k) {
            const int wanted = tap.first + k;
            const std::size_t slot = static_cast<std::size_t>(wanted) % rows.size();
            if (held[slot] != wanted) {
                resampleRow(source.row(wanted), across, rows[slot]);
                held[slot] = wanted;
            }
            const float weight = tap.weights[static_cast<std::size_t>(k)];
            const float *row = rows[slot].data();
            for (std::size_t x = 0; x < sums.size(); ++x)
                sums[x] += weight * row[x];
        }
        std::uint16_t *line = out.row(static_cast<int>(y)).data();
        for (std::size_t x = 0; x < sums.size(); ++x)
            line[x] = static_cast<std::uint16_t>(sums[x]);
    }
    return out;
}

Codes transposed(const Codes &from)
{
    Codes to(from.height(), from.width());
    for (int y = 0; y < from.height(); ++y) {
        const auto row = from.row(y);
        for (int x = 0; x < from.width(); ++x)
            to.at(y, x) = row[static_cast<std::size_t>(x)];
    }
    return to;
}

} // namespace

ViewSample sampleView(const DisplayFilm &film, const ViewTransform &transform)
{
    ViewSample sample;
    const QRect view(QPoint(0, 0), transform.viewSize().toSize());
    sample.place = transform.filmOnScreen().toRect() & view;
    if (sample.place.isEmpty())
        return sample;

    const bool turned = transform.quarterTurns() % 2 == 1;
    const QTransform toFilm = transform.toScreen().inverted();
    const QPointF corner = toFilm.map(QPointF(sample.place.topLeft()));
    // Film distance of one screen pixel to the right or down: each moves along one film axis only.
    const double stepX = turned ? toFilm.m21() : toFilm.m11();
    const double stepY = turned ? toFilm.m12() : toFilm.m22();
    const double reduction = std::min(std::abs(stepX), std::abs(stepY));

    std::size_t level = 0;
    for (double rest = reduction; rest >= 2 && level + 1 < film.levels.size(); rest /= 2)
        ++level;
    const double scale = 1.0 / static_cast<double>(std::size_t{1} << level);
    const int outX = turned ? sample.place.height() : sample.place.width();
    const int outY = turned ? sample.place.width() : sample.place.height();
    const auto &planes = film.levels[level];
    const auto across = tapsOf(outX, corner.x() * scale, stepX * scale, planes.front().width());
    const auto down = tapsOf(outY, corner.y() * scale, stepY * scale, planes.front().height());
    for (const Codes &plane : planes) {
        Codes codes = resampled(plane, across, down);
        sample.channels.push_back(turned ? transposed(codes) : std::move(codes));
    }
    return sample;
}

void paintSample(const ViewSample &sample, const std::vector<std::uint8_t> &table, QImage &image)
{
    const bool colour = sample.channels.size() == 3;
    const auto format = colour ? QImage::Format_RGB32 : QImage::Format_Grayscale8;
    if (image.size() != sample.place.size() || image.format() != format)
        image = QImage(sample.place.size(), format);
    for (int y = 0; y < image.height(); ++y) {
        if (!colour) {
            const auto codes = sample.channels.front().row(y);
            std::ranges::transform(codes, image.scanLine(y), [&](std::uint16_t code) { return table[code]; });
            continue;
        }
        const auto red = sample.channels[0].row(y);
        const auto green = sample.channels[1].row(y);
        const auto blue = sample.channels[2].row(y);
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (std::size_t x = 0; x < red.size(); ++x)
            line[x] = qRgb(table[red[x]], table[green[x]], table[blue[x]]);
    }
}

} // namespace hilum::ui
