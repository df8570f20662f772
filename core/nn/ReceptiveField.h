// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ReceptiveField: which pixels of its input a cell of an activation can depend on.
//
// From kernels, strides and paddings, backwards along the path that sees furthest; where a network has a
// shorter way around (residual, dense), that way sees a part of the same pixels.
//
// Shape:   inputs and activations are squares.
// Units:   pixels of the network's input; a field ends at its border.
// Errors:  none; a stage or cell that there is not is a bug and is an assert.
// Threads: pure functions.
// Source:  Araujo, Norris, Sim 2019, "Computing Receptive Fields of Convolutional Neural Networks".
#pragma once

#include "core/nn/Architecture.h"

#include <vector>

namespace hilum {

// A convolution or a pooling, along one axis.
struct SpatialLayer {
    int kernel = 1;
    int stride = 1;
    int padding = 0;
};

// From the input to what a stage gives.
[[nodiscard]] std::vector<SpatialLayer> spatialLayers(const Architecture &architecture, int stage);

// Cells along one side of what the layers give.
[[nodiscard]] int cellsAcross(const std::vector<SpatialLayer> &layers, int inputSize);

// Of a cell far from any border.
[[nodiscard]] int fieldAcross(const std::vector<SpatialLayer> &layers);

struct ReceptiveField {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;

    bool operator==(const ReceptiveField &) const = default;
};

// Empty for a cell that sees padding alone.
[[nodiscard]] ReceptiveField receptiveField(const std::vector<SpatialLayer> &layers, int inputSize, int x,
                                            int y);

} // namespace hilum
