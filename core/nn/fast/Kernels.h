// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Kernels: the two products that a convolutional network on the CPU consists of.
//
// All activations are height x width x channels, rows of `stride` floats per pixel, so that a dense
// block can keep every layer's channels side by side in one buffer. Weights are packed once, for the
// processor at hand (AVX-512, AVX2 or none), and belong to the Kernels that packed them.
//
// Shape:   multiply: [rows, depth] x [depth, width] to [rows, width]; width a multiple of 32.
//          convolve3x3: [h, w, channels] to [h, w, width], padding 1, stride 1.
// Units:   float32; Winograd's F(2x2, 3x3) differs from the direct sum by rounding alone (1e-6 relative).
// Errors:  none; sizes that don't fit are bugs.
// Threads: pure functions over disjoint outputs; the caller splits rows and tiles over threads.
// Source:  Lavin, Gray 2016 (arXiv:1509.09308) for Winograd; Goto, van de Geijn 2008 for the product.
#pragma once

#include <cstddef>

namespace hilum::fast {

struct Kernels {
    // Rows that multiply handles at best; more are handled in such groups.
    int rowGroup;

    // weights [depth, width] row-major to the packed order; `packed` holds depth x width floats.
    void (*pack)(const float *weights, int depth, int width, float *packed);

    // result = rows x packed + bias, then max(0, .) when relu.
    void (*multiply)(const float *rows, std::ptrdiff_t rowStride, int count, int depth, const float *packed,
                     int width, const float *bias, bool relu, float *result, std::ptrdiff_t resultStride);

    // The mean over `count` pixels of max(0, pixel * scale + shift), per channel.
    void (*normalisedMean)(const float *const *pixels, int count, const float *scale, const float *shift,
                           int channels, float *out);

    // The largest of `count` pixels, per channel.
    void (*largest)(const float *const *pixels, int count, int channels, float *out);

    // Tile `tile` of an image: 16 transformed pixels, written `positionStride` floats apart.
    void (*winogradInput)(const float *image, std::ptrdiff_t stride, int height, int width, int channels,
                          int tile, const float *zeros, float *out, std::ptrdiff_t positionStride);

    // The inverse for one tile of products, with bias, then max(0, .) when relu, into the image.
    void (*winogradOutput)(const float *products, std::ptrdiff_t positionStride, int channels,
                           const float *bias, bool relu, int height, int width, int tile, float *image,
                           std::ptrdiff_t stride);
};

// The best that this processor runs.
[[nodiscard]] const Kernels &kernels();

const Kernels &kernelsBase();
const Kernels &kernelsAvx2();
const Kernels &kernelsAvx512();

} // namespace hilum::fast
