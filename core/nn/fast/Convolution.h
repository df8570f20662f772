// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Convolution: the layers of our networks over Kernels: a product per pixel, a 3 x 3 by Winograd, and
// a strided one over a single-channel input.
//
// Shape:   images are height x width x channels, `stride` floats from pixel to pixel.
// Errors:  none; sizes that don't fit are bugs.
// Threads: work is spread by the Spread that the caller hands in; a layer itself is not shared.
// Source:  see Kernels.h.
#pragma once

#include "core/nn/fast/Kernels.h"

#include <cstdlib>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace hilum::fast {

// Runs work(begin, end) over disjoint parts of 0..count, in parallel if it can, and waits for all.
struct Spread {
    int threads = 1;
    std::function<void(int count, const std::function<void(int begin, int end)> &work)> run;
};

[[nodiscard]] Spread oneThread();

// Floats at a cache line's start.
class Buffer {
public:
    Buffer() = default;
    explicit Buffer(std::size_t floats);
    float *data() { return m_data.get(); }
    const float *data() const { return m_data.get(); }
    std::size_t size() const { return m_size; }

private:
    struct Free {
        void operator()(float *memory) const { std::free(memory); }
    };
    std::unique_ptr<float, Free> m_data;
    std::size_t m_size = 0;
};

struct Image {
    float *data = nullptr;
    int height = 0;
    int width = 0;
    int channels = 0;
    std::ptrdiff_t stride = 0;

    float *pixel(int index) const { return data + index * stride; }
    int pixels() const { return height * width; }
};

// A matrix with its bias: [depth] to [width] per row.
class Product {
public:
    // weights as in a convolution file: [width, depth] row-major.
    Product(std::span<const float> weights, std::span<const float> bias, int depth, int width);

    int depth() const { return m_depth; }
    int width() const { return m_width; }
    void apply(const float *rows, std::ptrdiff_t rowStride, int count, bool relu, float *result,
               std::ptrdiff_t resultStride) const;

private:
    int m_depth;
    int m_width;
    Buffer m_packed;
    Buffer m_bias;
};

// A 3 x 3 convolution, padding 1, stride 1.
class Convolution3x3 {
public:
    // weights [width, depth, 3, 3].
    Convolution3x3(std::span<const float> weights, std::span<const float> bias, int depth, int width);

    // in and out have the same height and width.
    void apply(const Image &in, const Image &out, bool relu, const Spread &spread) const;

private:
    void applyTiles(const Image &in, const Image &out, bool relu, int begin, int end, int chunk) const;

    int m_depth;
    int m_width;
    Buffer m_packed; // sixteen matrices
    Buffer m_noBias;
    Buffer m_bias;
};

// A convolution over one input channel, by gathering each output pixel's patch.
class FirstConvolution {
public:
    // weights [width, 1, kernel, kernel].
    FirstConvolution(std::span<const float> weights, std::span<const float> bias, int kernel, int stride,
                     int padding, int width);

    void apply(const float *input, int size, const Image &out, bool relu, const Spread &spread) const;

private:
    int m_kernel;
    int m_stride;
    int m_padding;
    Product m_product;
};

// A convolution of stride 2, padded by half its kernel, by gathering each output pixel's patch.
class StridedConvolution {
public:
    // weights [width, depth, kernel, kernel], kernel odd.
    StridedConvolution(std::span<const float> weights, std::span<const float> bias, int kernel, int depth,
                       int width);

    // out is half of in, rounded up.
    void apply(const Image &in, const Image &out, bool relu, const Spread &spread) const;

private:
    int m_kernel;
    int m_depth;
    Product m_product;
};

// out = max(0, out + in).
void addAndClip(const Image &out, const Image &in, const Spread &spread);

// Pooling by the largest of kernel x kernel pixels.
void maxPool(const Image &in, const Image &out, int kernel, int stride, int padding, const Spread &spread);

} // namespace hilum::fast
