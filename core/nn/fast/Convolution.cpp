// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/fast/Convolution.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace hilum::fast {

namespace {

constexpr std::size_t cacheLine = 64;
constexpr int positions = 16; // of a transformed 4 x 4 tile

Buffer copyOf(std::span<const float> values)
{
    Buffer buffer(values.size());
    std::ranges::copy(values, buffer.data());
    return buffer;
}

Buffer zeros(int count)
{
    Buffer buffer(static_cast<std::size_t>(count));
    std::fill_n(buffer.data(), count, 0.0F);
    return buffer;
}

// [width, depth] to [depth, width].
std::vector<float> transposed(std::span<const float> weights, int depth, int width)
{
    std::vector<float> result(weights.size());
    for (int w = 0; w < width; ++w) {
        for (int d = 0; d < depth; ++d)
            result[static_cast<std::size_t>(d) * static_cast<std::size_t>(width)
                   + static_cast<std::size_t>(w)]
                = weights[static_cast<std::size_t>(w) * static_cast<std::size_t>(depth)
                          + static_cast<std::size_t>(d)];
    }
    return result;
}

Buffer packedOf(std::span<const float> weights, int depth, int width)
{
    Buffer packed(weights.size());
    kernels().pack(weights.data(), depth, width, packed.data());
    return packed;
}

// [width, depth, taps] to [width, taps, depth]: patches are gathered pixel by pixel.
std::vector<float> tapsFirst(std::span<const float> weights, int depth, int taps)
{
    std::vector<float> result(weights.size());
    const std::size_t each = static_cast<std::size_t>(depth) * static_cast<std::size_t>(taps);
    for (std::size_t start = 0; start < weights.size(); start += each) {
        for (int d = 0; d < depth; ++d) {
            for (int t = 0; t < taps; ++t)
                result[start + static_cast<std::size_t>(t * depth + d)]
                    = weights[start + static_cast<std::size_t>(d * taps + t)];
        }
    }
    return result;
}

// G g G^T of one 3 x 3 kernel.
std::array<double, positions> transformed(const float *g)
{
    constexpr double matrix[4][3] = {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}};
    double half[4][3] = {};
    for (int i = 0; i < 4; ++i) {
        for (int j = 0; j < 3; ++j) {
            for (int k = 0; k < 3; ++k)
                half[i][j] += matrix[i][k] * static_cast<double>(g[k * 3 + j]);
        }
    }
    std::array<double, positions> result{};
    for (int i = 0; i < 4; ++i) {
        for (int j = 0; j < 4; ++j) {
            for (int k = 0; k < 3; ++k)
                result[static_cast<std::size_t>(i * 4 + j)] += half[i][k] * matrix[j][k];
        }
    }
    return result;
}

} // namespace

Spread oneThread()
{
    return {1, [](int count, const std::function<void(int, int)> &work) { work(0, count); }};
}

Buffer::Buffer(std::size_t floats)
    : m_data(static_cast<float *>(
        std::aligned_alloc(cacheLine, (floats * sizeof(float) + cacheLine - 1) / cacheLine * cacheLine)))
    , m_size(floats)
{
    if (!m_data)
        throw std::bad_alloc();
}

Product::Product(std::span<const float> weights, std::span<const float> bias, int depth, int width)
    : m_depth(depth)
    , m_width(width)
    , m_packed(packedOf(transposed(weights, depth, width), depth, width))
    , m_bias(copyOf(bias))
{
    assert(width % 32 == 0 && bias.size() == static_cast<std::size_t>(width));
}

void Product::apply(const float *rows, std::ptrdiff_t rowStride, int count, bool relu, float *result,
                    std::ptrdiff_t resultStride) const
{
    kernels().multiply(rows, rowStride, count, m_depth, m_packed.data(), m_width, m_bias.data(), relu, result,
                       resultStride);
}

Convolution3x3::Convolution3x3(std::span<const float> weights, std::span<const float> bias, int depth,
                               int width)
    : m_depth(depth)
    , m_width(width)
    , m_packed(static_cast<std::size_t>(positions) * static_cast<std::size_t>(depth)
               * static_cast<std::size_t>(width))
    , m_noBias(zeros(width))
    , m_bias(copyOf(bias))
{
    assert(depth % 32 == 0 && width % 32 == 0);
    const std::size_t matrix = static_cast<std::size_t>(depth) * static_cast<std::size_t>(width);
    std::vector<float> spread(matrix * positions);
    for (int w = 0; w < width; ++w) {
        for (int d = 0; d < depth; ++d) {
            const auto values
                = transformed(weights.data() + (static_cast<std::ptrdiff_t>(w) * depth + d) * 9);
            for (std::size_t p = 0; p < positions; ++p)
                spread[p * matrix + static_cast<std::size_t>(d) * static_cast<std::size_t>(width)
                       + static_cast<std::size_t>(w)]
                    = static_cast<float>(values[p]);
        }
    }
    for (std::size_t p = 0; p < positions; ++p)
        kernels().pack(spread.data() + p * matrix, depth, width, m_packed.data() + p * matrix);
}

void Convolution3x3::apply(const Image &in, const Image &out, bool relu, const Spread &spread) const
{
    assert(in.channels == m_depth && out.channels == m_width && in.pixels() == out.pixels());
    const int tiles = ((in.height + 1) / 2) * ((in.width + 1) / 2);
    // As many tiles at once as make their data about as large as the weights, which are read anew for
    // each chunk; but few enough for the second-level cache.
    const int perTile = positions * (m_depth + m_width);
    const int weights = positions * m_depth * m_width;
    const int fitting = std::max(weights, 256 * 1024) / perTile;
    const int share = (tiles + spread.threads - 1) / spread.threads;
    const int parts = std::max(1, (share + fitting - 1) / fitting);
    const int chunk = (share + parts - 1) / parts;
    const int chunks = (tiles + chunk - 1) / chunk;
    spread.run(chunks, [&](int begin, int end) {
        applyTiles(in, out, relu, begin * chunk, std::min(end * chunk, tiles), chunk);
    });
}

void Convolution3x3::applyTiles(const Image &in, const Image &out, bool relu, int begin, int end,
                                int chunk) const
{
    const Kernels &k = kernels();
    const Buffer nothing = zeros(m_depth);
    const std::ptrdiff_t inPositions = static_cast<std::ptrdiff_t>(chunk) * m_depth;
    const std::ptrdiff_t outPositions = static_cast<std::ptrdiff_t>(chunk) * m_width;
    Buffer transformedTiles(static_cast<std::size_t>(positions * inPositions));
    Buffer products(static_cast<std::size_t>(positions * outPositions));
    for (int first = begin; first < end; first += chunk) {
        const int count = std::min(chunk, end - first);
        for (int t = 0; t < count; ++t)
            k.winogradInput(in.data, in.stride, in.height, in.width, m_depth, first + t, nothing.data(),
                            transformedTiles.data() + static_cast<std::ptrdiff_t>(t) * m_depth, inPositions);
        for (int p = 0; p < positions; ++p)
            k.multiply(transformedTiles.data() + p * inPositions, m_depth, count, m_depth,
                       m_packed.data() + static_cast<std::ptrdiff_t>(p) * m_depth * m_width, m_width,
                       m_noBias.data(), false, products.data() + p * outPositions, m_width);
        for (int t = 0; t < count; ++t)
            k.winogradOutput(products.data() + static_cast<std::ptrdiff_t>(t) * m_width, outPositions,
                             m_width, m_bias.data(), relu, out.height, out.width, first + t, out.data,
                             out.stride);
    }
}

FirstConvolution::FirstConvolution(std::span<const float> weights, std::span<const float> bias, int kernel,
                                   int stride, int padding, int width)
    : m_kernel(kernel)
    , m_stride(stride)
    , m_padding(padding)
    , m_product(weights, bias, kernel * kernel, width)
{
}

void FirstConvolution::apply(const float *input, int size, const Image &out, bool relu,
                             const Spread &spread) const
{
    spread.run(out.height, [&](int begin, int end) {
        const int depth = m_product.depth();
        std::vector<float> patches(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(depth));
        for (int y = begin; y < end; ++y) {
            float *patch = patches.data();
            for (int x = 0; x < out.width; ++x) {
                for (int i = 0; i < m_kernel; ++i) {
                    const int row = y * m_stride - m_padding + i;
                    for (int j = 0; j < m_kernel; ++j) {
                        const int column = x * m_stride - m_padding + j;
                        const bool inside = row >= 0 && row < size && column >= 0 && column < size;
                        *patch++ = inside ? input[row * size + column] : 0.0F;
                    }
                }
            }
            m_product.apply(patches.data(), depth, out.width, relu, out.pixel(y * out.width), out.stride);
        }
    });
}

StridedConvolution::StridedConvolution(std::span<const float> weights, std::span<const float> bias,
                                       int kernel, int depth, int width)
    : m_kernel(kernel)
    , m_depth(depth)
    , m_product(tapsFirst(weights, depth, kernel * kernel), bias, kernel * kernel * depth, width)
{
}

void StridedConvolution::apply(const Image &in, const Image &out, bool relu, const Spread &spread) const
{
    assert(in.channels == m_depth && out.height == (in.height + 1) / 2 && out.width == (in.width + 1) / 2);
    const int padding = m_kernel / 2;
    spread.run(out.height, [&](int begin, int end) {
        Buffer patches(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(m_product.depth()));
        for (int y = begin; y < end; ++y) {
            float *patch = patches.data();
            for (int x = 0; x < out.width; ++x) {
                for (int tap = 0; tap < m_kernel * m_kernel; ++tap, patch += m_depth) {
                    const int row = y * 2 - padding + tap / m_kernel;
                    const int column = x * 2 - padding + tap % m_kernel;
                    if (row >= 0 && row < in.height && column >= 0 && column < in.width)
                        std::copy_n(in.pixel(row * in.width + column), m_depth, patch);
                    else
                        std::fill_n(patch, m_depth, 0.0F);
                }
            }
            m_product.apply(patches.data(), m_product.depth(), out.width, relu, out.pixel(y * out.width),
                            out.stride);
        }
    });
}

void addAndClip(const Image &out, const Image &in, const Spread &spread)
{
    assert(in.channels == out.channels && in.pixels() == out.pixels());
    spread.run(out.height, [&](int begin, int end) {
        for (int p = begin * out.width; p < end * out.width; ++p) {
            float *const to = out.pixel(p);
            const float *const from = in.pixel(p);
            for (int c = 0; c < out.channels; ++c)
                to[c] = std::max(0.0F, to[c] + from[c]);
        }
    });
}

void maxPool(const Image &in, const Image &out, int kernel, int stride, int padding, const Spread &spread)
{
    assert(kernel <= 3);
    spread.run(out.height, [&](int begin, int end) {
        std::array<const float *, 9> pixels{};
        for (int y = begin; y < end; ++y) {
            for (int x = 0; x < out.width; ++x) {
                int count = 0;
                for (int row = std::max(0, y * stride - padding);
                     row < std::min(in.height, y * stride - padding + kernel); ++row) {
                    for (int column = std::max(0, x * stride - padding);
                         column < std::min(in.width, x * stride - padding + kernel); ++column)
                        pixels[static_cast<std::size_t>(count++)] = in.pixel(row * in.width + column);
                }
                kernels().largest(pixels.data(), count, in.channels, out.pixel(y * out.width + x));
            }
        }
    });
}

} // namespace hilum::fast
