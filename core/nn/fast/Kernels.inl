// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The kernels of Kernels.h for one vector width; included once by each Kernels<Isa>.cpp, which is
// compiled with that processor's flags and defines
//   HILUM_LANES         floats in a vector
//   HILUM_WIDE_VECTORS  vectors side by side in a packed panel, HILUM_WIDE_ROWS rows under it
//   HILUM_SLIM_VECTORS, HILUM_SLIM_ROWS  the same for widths that are no multiple of a wide panel
//   HILUM_KERNELS_NAME  the function that returns the table
// No inline function of the standard library may be used here: the linker keeps one copy for all, and
// it might keep the one with instructions that the processor at hand lacks.

#include "core/nn/fast/Kernels.h"

namespace hilum::fast {

namespace {

constexpr int lanes = HILUM_LANES;

typedef float Vector __attribute__((vector_size(sizeof(float) * HILUM_LANES)));
typedef float Loose __attribute__((vector_size(sizeof(float) * HILUM_LANES), aligned(sizeof(float)), may_alias));

inline Vector load(const float *from) { return *reinterpret_cast<const Loose *>(from); }
inline void store(float *to, Vector value) { *reinterpret_cast<Loose *>(to) = value; }
inline Vector larger(Vector a, Vector b) { return a > b ? a : b; }

constexpr int wideColumns = HILUM_WIDE_VECTORS * lanes;
constexpr int slimColumns = HILUM_SLIM_VECTORS * lanes;

constexpr int panelOf(int width) { return width % wideColumns == 0 ? wideColumns : slimColumns; }

void pack(const float *weights, int depth, int width, float *packed)
{
    const int panel = panelOf(width);
    for (int column = 0; column < width; column += panel) {
        for (int k = 0; k < depth; ++k) {
            for (int i = 0; i < panel; ++i)
                *packed++ = weights[static_cast<std::ptrdiff_t>(k) * width + column + i];
        }
    }
}

// Rows x one panel, all sums in registers.
template <int Rows, int Vectors>
void block(const float *rows, std::ptrdiff_t rowStride, int depth, const float *panel, const float *bias,
           bool relu, float *result, std::ptrdiff_t resultStride)
{
    Vector sums[Rows][Vectors];
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r) {
#pragma GCC unroll 4
        for (int v = 0; v < Vectors; ++v)
            sums[r][v] = load(bias + v * lanes);
    }
    for (int k = 0; k < depth; ++k) {
        Vector weights[Vectors];
#pragma GCC unroll 4
        for (int v = 0; v < Vectors; ++v)
            weights[v] = load(panel + v * lanes);
        panel += Vectors * lanes;
#pragma GCC unroll 16
        for (int r = 0; r < Rows; ++r) {
            const float value = rows[r * rowStride + k];
#pragma GCC unroll 4
            for (int v = 0; v < Vectors; ++v)
                sums[r][v] += value * weights[v];
        }
    }
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r) {
#pragma GCC unroll 4
        for (int v = 0; v < Vectors; ++v) {
            const Vector zero = {};
            store(result + r * resultStride + v * lanes, relu ? larger(sums[r][v], zero) : sums[r][v]);
        }
    }
}

// The last rows, fewer than a full block.
template <int Rows, int Vectors>
void rest(int count, const float *rows, std::ptrdiff_t rowStride, int depth, const float *panel,
          const float *bias, bool relu, float *result, std::ptrdiff_t resultStride)
{
    if (count == Rows)
        block<Rows, Vectors>(rows, rowStride, depth, panel, bias, relu, result, resultStride);
    else if constexpr (Rows > 1)
        rest<Rows - 1, Vectors>(count, rows, rowStride, depth, panel, bias, relu, result, resultStride);
}

template <int Rows, int Vectors>
void multiplyPanels(const float *rows, std::ptrdiff_t rowStride, int count, int depth, const float *packed,
                    int width, const float *bias, bool relu, float *result, std::ptrdiff_t resultStride)
{
    constexpr int panel = Vectors * lanes;
    for (int row = 0; row < count; row += Rows) {
        const int left = count - row < Rows ? count - row : Rows;
        for (int column = 0; column < width; column += panel)
            rest<Rows, Vectors>(left, rows + row * rowStride, rowStride, depth,
                                packed + static_cast<std::ptrdiff_t>(column) * depth, bias + column, relu,
                                result + row * resultStride + column, resultStride);
    }
}

void multiply(const float *rows, std::ptrdiff_t rowStride, int count, int depth, const float *packed, int width,
              const float *bias, bool relu, float *result, std::ptrdiff_t resultStride)
{
    if (panelOf(width) == wideColumns)
        multiplyPanels<HILUM_WIDE_ROWS, HILUM_WIDE_VECTORS>(rows, rowStride, count, depth, packed, width, bias,
                                                            relu, result, resultStride);
    else
        multiplyPanels<HILUM_SLIM_ROWS, HILUM_SLIM_VECTORS>(rows, rowStride, count, depth, packed, width, bias,
                                                            relu, result, resultStride);
}

void normalisedMean(const float *const *pixels, int count, const float *scale, const float *shift, int channels,
                    float *out)
{
    const Vector zero = {};
    const float share = 1.0F / static_cast<float>(count);
    for (int c = 0; c < channels; c += lanes) {
        const Vector factor = load(scale + c);
        const Vector add = load(shift + c);
        Vector sum = larger(load(pixels[0] + c) * factor + add, zero);
        for (int i = 1; i < count; ++i)
            sum += larger(load(pixels[i] + c) * factor + add, zero);
        store(out + c, sum * share);
    }
}

void largest(const float *const *pixels, int count, int channels, float *out)
{
    for (int c = 0; c < channels; c += lanes) {
        Vector best = load(pixels[0] + c);
        for (int i = 1; i < count; ++i)
            best = larger(load(pixels[i] + c), best);
        store(out + c, best);
    }
}

void winogradInput(const float *image, std::ptrdiff_t stride, int height, int width, int channels, int tile,
                   const float *zeros, float *out, std::ptrdiff_t positionStride)
{
    const int tilesAcross = (width + 1) / 2;
    const int top = tile / tilesAcross * 2 - 1;
    const int left = tile % tilesAcross * 2 - 1;
    const float *pixels[4][4];
    for (int y = 0; y < 4; ++y) {
        for (int x = 0; x < 4; ++x) {
            const bool inside = top + y >= 0 && top + y < height && left + x >= 0 && left + x < width;
            pixels[y][x]
                = inside ? image + (static_cast<std::ptrdiff_t>(top + y) * width + left + x) * stride : zeros;
        }
    }
    for (int c = 0; c < channels; c += lanes) {
        Vector rows[4][4]; // B^T d
#pragma GCC unroll 4
        for (int x = 0; x < 4; ++x) {
            const Vector d0 = load(pixels[0][x] + c);
            const Vector d1 = load(pixels[1][x] + c);
            const Vector d2 = load(pixels[2][x] + c);
            const Vector d3 = load(pixels[3][x] + c);
            rows[0][x] = d0 - d2;
            rows[1][x] = d1 + d2;
            rows[2][x] = d2 - d1;
            rows[3][x] = d1 - d3;
        }
        float *to = out + c;
#pragma GCC unroll 4
        for (int y = 0; y < 4; ++y) { // (B^T d) B
            store(to, rows[y][0] - rows[y][2]);
            store(to + positionStride, rows[y][1] + rows[y][2]);
            store(to + 2 * positionStride, rows[y][2] - rows[y][1]);
            store(to + 3 * positionStride, rows[y][1] - rows[y][3]);
            to += 4 * positionStride;
        }
    }
}

void winogradOutput(const float *products, std::ptrdiff_t positionStride, int channels, const float *bias,
                    bool relu, int height, int width, int tile, float *image, std::ptrdiff_t stride)
{
    const int tilesAcross = (width + 1) / 2;
    const int top = tile / tilesAcross * 2;
    const int left = tile % tilesAcross * 2;
    float *const corner = image + (static_cast<std::ptrdiff_t>(top) * width + left) * stride;
    const bool hasRight = left + 1 < width;
    const bool hasLower = top + 1 < height;
    const std::ptrdiff_t down = width * stride;
    for (int c = 0; c < channels; c += lanes) {
        Vector upper[4]; // A^T m
        Vector lower[4];
#pragma GCC unroll 4
        for (int x = 0; x < 4; ++x) {
            const float *const from = products + x * positionStride + c;
            const Vector m0 = load(from);
            const Vector m1 = load(from + 4 * positionStride);
            const Vector m2 = load(from + 8 * positionStride);
            const Vector m3 = load(from + 12 * positionStride);
            upper[x] = m0 + m1 + m2;
            lower[x] = m1 - m2 - m3;
        }
        const Vector add = load(bias + c);
        const auto put = [&](float *to, Vector value) {
            const Vector zero = {};
            store(to + c, relu ? larger(value, zero) : value);
        };
        put(corner, upper[0] + upper[1] + upper[2] + add);
        if (hasRight)
            put(corner + stride, upper[1] - upper[2] - upper[3] + add);
        if (hasLower)
            put(corner + down, lower[0] + lower[1] + lower[2] + add);
        if (hasRight && hasLower)
            put(corner + down + stride, lower[1] - lower[2] - lower[3] + add);
    }
}

} // namespace

const Kernels &HILUM_KERNELS_NAME()
{
    static constexpr Kernels table{12, pack, multiply, normalisedMean, largest, winogradInput, winogradOutput};
    return table;
}

} // namespace hilum::fast
