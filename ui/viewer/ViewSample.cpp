// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/ViewSample.h"

#include "ui/bridge/Vectorised.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace hilum::ui {

namespace {

using Codes = Plane<std::uint16_t>;

constexpr double nearestFrom = 4; // 400 %
constexpr int mostTaps = 8; // a pixel aspect of 3 or 4 makes one axis reduce more than the other

// Which source samples make each output sample of one axis, and by how much; weights sum to 1. All have
// `count` taps, some of weight 0.
struct Taps {
    int count = 1;
    std::vector<int> first;
    std::array<std::vector<float>, mostTaps> weights;
    std::vector<float> packed; // the first four weights of each output, side by side

    int size() const { return static_cast<int>(first.size()); }
    bool isCopy() const // output i is source first[0] + i
    {
        return count == 1 && (first.empty() || first.back() - first.front() == size() - 1);
    }
};

struct Tap {
    int first = 0;
    int count = 1;
    std::array<float, mostTaps> weights{1};
};

// The output pixel covers the source from centre - reach / 2 to centre + reach / 2.
Tap tapAt(double centre, double reach, int sources)
{
    Tap tap;
    if (reach <= 1 / nearestFrom + 1e-9) {
        tap.first = std::clamp(static_cast<int>(std::floor(centre)), 0, sources - 1);
        return tap;
    }
    // A box as wide as the output pixel when reducing, a tent between two samples when enlarging.
    const double half = reach >= 1 ? reach / 2 : 0.5;
    const double low = std::clamp(centre - half, 0.0, sources - 1e-6);
    const double high = std::clamp(centre + half, low + 1e-7, static_cast<double>(sources));
    tap.first = static_cast<int>(low);
    const int last = std::min(static_cast<int>(std::ceil(high)) - 1, sources - 1);
    tap.count = std::clamp(last - tap.first + 1, 1, mostTaps);
    const auto share = [&](int k) {
        return std::max(0.0,
                        std::min<double>(high, tap.first + k + 1) - std::max<double>(low, tap.first + k));
    };
    double sum = 0;
    for (int k = 0; k < tap.count; ++k)
        sum += share(k);
    for (int k = 0; k < tap.count && sum > 0; ++k)
        tap.weights[static_cast<std::size_t>(k)] = static_cast<float>(share(k) / sum);
    // Rounding leaves slivers: a film at 1:1 or at a level's own size is copied, not mixed.
    constexpr float sliver = 1e-5F;
    while (tap.count > 1 && tap.weights[static_cast<std::size_t>(tap.count - 1)] < sliver)
        tap.weights[static_cast<std::size_t>(--tap.count)] = 0;
    if (tap.count > 1 && tap.weights[0] < sliver) {
        std::shift_left(tap.weights.begin(), tap.weights.end(), 1);
        tap.weights.back() = 0;
        ++tap.first;
        --tap.count;
    }
    return tap;
}

// One axis: output pixel i covers the source from start + i * step, step negative when mirrored.
Taps tapsOf(int outputs, double start, double step, int sources)
{
    Taps taps;
    taps.first.resize(static_cast<std::size_t>(outputs));
    for (auto &weights : taps.weights)
        weights.resize(static_cast<std::size_t>(outputs));
    taps.packed.resize(4 * static_cast<std::size_t>(outputs));
    for (std::size_t i = 0; i < taps.first.size(); ++i) {
        const Tap tap = tapAt(start + (static_cast<double>(i) + 0.5) * step, std::abs(step), sources);
        taps.first[i] = tap.first;
        taps.count = std::max(taps.count, tap.count);
        for (std::size_t k = 0; k < mostTaps; ++k)
            taps.weights[k][i] = tap.weights[k];
        std::copy_n(tap.weights.begin(), 4, taps.packed.begin() + static_cast<std::ptrdiff_t>(4 * i));
    }
    return taps;
}

HILUM_VECTORISED void scaleRow(const std::uint16_t *__restrict from, float weight, int size,
                               float *__restrict sums)
{
    for (int x = 0; x < size; ++x)
        sums[x] = weight * static_cast<float>(from[x]);
}

HILUM_VECTORISED void addRow(const std::uint16_t *__restrict from, float weight, int size,
                             float *__restrict sums)
{
    for (int x = 0; x < size; ++x)
        sums[x] += weight * static_cast<float>(from[x]);
}

HILUM_VECTORISED void mixTwoRows(const std::uint16_t *__restrict a, const std::uint16_t *__restrict b,
                                 float weightA, float weightB, int size, float *__restrict sums)
{
    for (int x = 0; x < size; ++x)
        sums[x] = weightA * static_cast<float>(a[x]) + weightB * static_cast<float>(b[x]);
}

HILUM_VECTORISED void mixThreeRows(const std::uint16_t *__restrict a, const std::uint16_t *__restrict b,
                                   const std::uint16_t *__restrict c, float weightA, float weightB,
                                   float weightC, int size, float *__restrict sums)
{
    for (int x = 0; x < size; ++x)
        sums[x] = weightA * static_cast<float>(a[x]) + weightB * static_cast<float>(b[x])
            + weightC * static_cast<float>(c[x]);
}

void gatherMany(const float *sums, const Taps &taps, std::uint16_t *out)
{
    for (std::size_t i = 0; i < taps.first.size(); ++i) {
        float sum = 0.5F;
        for (int k = 0; k < taps.count; ++k)
            sum += taps.weights[static_cast<std::size_t>(k)][i] * sums[taps.first[i] + k];
        out[i] = static_cast<std::uint16_t>(static_cast<int>(sum));
    }
}

// Across, up to four neighbours of each place: four places at a time, each with its four products side by
// side, turned so that they can be added.
void gatherFew(const float *sums, const Taps &taps, std::uint16_t *out)
{
    const int *first = taps.first.data();
    const float *weights = taps.packed.data();
    const int size = taps.size();
    int i = 0;
#ifdef __SSE2__
    const __m128 half = _mm_set1_ps(0.5F);
    for (; i + 4 <= size; i += 4) {
        const auto products = [&](int k) {
            return _mm_mul_ps(_mm_loadu_ps(sums + first[i + k]), _mm_loadu_ps(weights + 4 * (i + k)));
        };
        __m128 a = products(0);
        __m128 b = products(1);
        __m128 c = products(2);
        __m128 d = products(3);
        _MM_TRANSPOSE4_PS(a, b, c, d);
        const __m128 sum = _mm_add_ps(_mm_add_ps(_mm_add_ps(a, b), _mm_add_ps(c, d)), half);
        alignas(16) std::array<int, 4> codes;
        _mm_store_si128(reinterpret_cast<__m128i *>(codes.data()), _mm_cvttps_epi32(sum));
        for (int k = 0; k < 4; ++k)
            out[i + k] = static_cast<std::uint16_t>(codes[static_cast<std::size_t>(k)]);
    }
#endif
    for (; i < size; ++i) {
        float sum = 0.5F;
        for (int k = 0; k < 4; ++k)
            sum += weights[4 * i + k] * sums[first[i] + k];
        out[i] = static_cast<std::uint16_t>(static_cast<int>(sum));
    }
}

class Resampler {
public:
    Resampler(const CodePlane &source, Taps across, const Taps &down)
        : m_source(source)
        , m_across(std::move(across))
        , m_down(down)
    {
        const auto [low, high] = std::ranges::minmax(m_across.first);
        m_left = low;
        m_width = std::min(high + m_across.count, source.width()) - low;
        m_sums.resize(static_cast<std::size_t>(m_width + mostTaps)); // taps of weight 0 may reach beyond
        for (int &first : m_across.first)
            first -= low;
    }

    void run(Codes &out)
    {
        if (out.width() != m_across.size() || out.height() != m_down.size())
            out = Codes(m_across.size(), m_down.size());
        for (int y = 0; y < m_down.size(); ++y) {
            std::uint16_t *line = out.row(y).data();
            if (y > 0 && repeats(y))
                std::ranges::copy(out.row(y - 1), line);
            else
                makeRow(y, line);
        }
    }

private:
    bool repeats(int y) const
    {
        const auto now = static_cast<std::size_t>(y);
        return m_down.count == 1 && m_down.first[now] == m_down.first[now - 1];
    }

    const std::uint16_t *rowFrom(int y, int tap)
    {
        const int wanted = std::min(m_down.first[static_cast<std::size_t>(y)] + tap, m_source.height() - 1);
        return m_source.part(wanted, m_left, m_width, m_rooms[static_cast<std::size_t>(tap)]).data();
    }

    void makeRow(int y, std::uint16_t *line)
    {
        if (m_down.count == 1 && m_across.isCopy()) {
            std::memcpy(line, rowFrom(y, 0), static_cast<std::size_t>(m_across.size()) * sizeof(*line));
            return;
        }
        if (m_down.count == 1 && m_across.count == 1) {
            const std::uint16_t *from = rowFrom(y, 0);
            std::ranges::transform(m_across.first, line, [from](int first) { return from[first]; });
            return;
        }
        mixDown(y);
        if (m_across.count <= 4)
            gatherFew(m_sums.data(), m_across, line);
        else
            gatherMany(m_sums.data(), m_across, line);
    }

    void mixDown(int y)
    {
        const auto weight = [&](std::size_t k) { return m_down.weights[k][static_cast<std::size_t>(y)]; };
        float *sums = m_sums.data();
        if (m_down.count == 2)
            return mixTwoRows(rowFrom(y, 0), rowFrom(y, 1), weight(0), weight(1), m_width, sums);
        if (m_down.count == 3)
            return mixThreeRows(rowFrom(y, 0), rowFrom(y, 1), rowFrom(y, 2), weight(0), weight(1), weight(2),
                                m_width, sums);
        scaleRow(rowFrom(y, 0), weight(0), m_width, sums);
        for (int k = 1; k < m_down.count; ++k)
            addRow(rowFrom(y, k), weight(static_cast<std::size_t>(k)), m_width, sums);
    }

    const CodePlane &m_source;
    Taps m_across; // first counted from m_left
    const Taps &m_down;
    int m_left = 0; // the columns of the source that are in view
    int m_width = 0;
    std::vector<float> m_sums;
    std::array<std::vector<std::uint16_t>, mostTaps> m_rooms;
};

void transpose(const Codes &from, Codes &to)
{
    constexpr int block = 32; // both sides stay in the nearest cache
    if (to.width() != from.height() || to.height() != from.width())
        to = Codes(from.height(), from.width());
    for (int top = 0; top < from.height(); top += block) {
        const int bottom = std::min(top + block, from.height());
        for (int left = 0; left < from.width(); left += block) {
            const int right = std::min(left + block, from.width());
            for (int x = left; x < right; ++x) {
                std::uint16_t *out = to.row(x).data();
                for (int y = top; y < bottom; ++y)
                    out[y] = from.at(x, y);
            }
        }
    }
}

} // namespace

ViewSample sampleView(const DisplayFilm &film, const ViewTransform &transform)
{
    ViewSample sample;
    sampleLevels(film.levels, transform, QRect(QPoint(0, 0), transform.viewSize().toSize()), sample);
    return sample;
}

void sampleLevels(const CodeLevels &levels, const ViewTransform &transform, QRect part, ViewSample &sample)
{
    sample.place = transform.filmOnScreen().toRect() & part;
    if (sample.place.isEmpty())
        return;

    const bool turned = transform.quarterTurns() % 2 == 1;
    const QTransform toFilm = transform.toScreen().inverted();
    const QPointF corner = toFilm.map(QPointF(sample.place.topLeft()));
    // Film distance of one screen pixel to the right or down: each moves along one film axis only.
    const double stepX = turned ? toFilm.m21() : toFilm.m11();
    const double stepY = turned ? toFilm.m12() : toFilm.m22();
    const double reduction = std::min(std::abs(stepX), std::abs(stepY));

    std::size_t level = 0;
    for (double rest = reduction; rest >= 2 - 1e-9 && level + 1 < levels.size(); rest /= 2)
        ++level;
    const double scale = 1.0 / static_cast<double>(std::size_t{1} << level);
    const int outX = turned ? sample.place.height() : sample.place.width();
    const int outY = turned ? sample.place.width() : sample.place.height();
    const auto &planes = levels[level];
    const Taps across = tapsOf(outX, corner.x() * scale, stepX * scale, planes.front().width());
    const Taps down = tapsOf(outY, corner.y() * scale, stepY * scale, planes.front().height());
    sample.channels.resize(planes.size());
    for (std::size_t c = 0; c < planes.size(); ++c) {
        Resampler resampler(planes[c], across, down);
        if (turned) {
            Codes upright;
            resampler.run(upright);
            transpose(upright, sample.channels[c]);
        } else {
            resampler.run(sample.channels[c]);
        }
    }
}

void paintSample(const ViewSample &sample, const std::vector<std::uint8_t> &table, QImage &image)
{
    if (image.size() != sample.place.size() || image.format() != QImage::Format_RGB32)
        image = QImage(sample.place.size(), QImage::Format_RGB32);
    const std::uint8_t *greys = table.data();
    const bool colour = sample.channels.size() == 3;
    for (int y = 0; y < image.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        const auto first = sample.channels.front().row(y);
        if (!colour) {
            constexpr QRgb opaque = 0xff000000U;
            for (std::size_t x = 0; x < first.size(); ++x)
                line[x] = opaque | (0x010101U * greys[first[x]]);
            continue;
        }
        const auto second = sample.channels[1].row(y);
        const auto third = sample.channels[2].row(y);
        for (std::size_t x = 0; x < first.size(); ++x)
            line[x] = qRgb(greys[first[x]], greys[second[x]], greys[third[x]]);
    }
}

} // namespace hilum::ui
