// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/ReceptiveField.h"

#include <algorithm>
#include <cassert>

namespace hilum {

namespace {

using Layers = std::vector<SpatialLayer>;

constexpr SpatialLayer three{3, 1, 1};
constexpr SpatialLayer halving{2, 2, 0};

void append(Layers &layers, int count, SpatialLayer layer)
{
    layers.insert(layers.end(), static_cast<std::size_t>(count), layer);
}

void appendVgg(Layers &layers, int stage, int depth)
{
    if (stage > 0)
        layers.push_back(halving);
    append(layers, vggConvolutions(depth)[static_cast<std::size_t>(stage)], three);
}

void appendDense(Layers &layers, int stage, int depth)
{
    if (stage == 0)
        layers.insert(layers.end(), {{7, 2, 3}, {3, 2, 1}});
    else
        layers.push_back(halving);
    append(layers, denseLayers(depth)[static_cast<std::size_t>(stage)], three);
}

void appendResidual(Layers &layers, int stage, bool isLight)
{
    if (stage == 0 && isLight)
        layers.insert(layers.end(), {{5, 2, 2}, halving});
    else if (stage == 0)
        layers.insert(layers.end(), {{7, 2, 3}, {3, 2, 1}});
    layers.push_back({3, stage == 0 ? 1 : 2, 1});
    append(layers, 3, three);
}

void appendSmall(Layers &layers, int stage)
{
    constexpr SpatialLayer unpadded{3, 1, 0};
    if (stage > 0)
        layers.push_back(halving);
    append(layers, stage == 0 ? 2 : 1, unpadded);
}

void appendDark(Layers &layers, int stage)
{
    constexpr SpatialLayer paddedPoint{1, 1, 1}; // a point that adds a border of two
    constexpr int poolings = 5;
    if (stage > 0 && stage <= poolings)
        layers.push_back(halving);
    if (stage > 1 && stage <= poolings)
        layers.insert(layers.end(), {three, paddedPoint, three});
    else
        layers.push_back(stage == poolings + 1 ? paddedPoint : three);
}

struct Span {
    int first;
    int last;
};

// Backwards, never outside of what there is: what a pooling leaves over at the end is never seen.
Span spanOf(const Layers &layers, int inputSize, int cell)
{
    std::vector<int> sizes{inputSize};
    for (const SpatialLayer &layer : layers)
        sizes.push_back((sizes.back() + 2 * layer.padding - layer.kernel) / layer.stride + 1);
    assert(cell >= 0 && cell < sizes.back());
    Span span{cell, cell};
    for (std::size_t i = layers.size(); i-- > 0;) {
        const SpatialLayer &layer = layers[i];
        span.first = std::max(span.first * layer.stride - layer.padding, 0);
        span.last = std::min(span.last * layer.stride - layer.padding + layer.kernel - 1, sizes[i] - 1);
    }
    return span;
}

} // namespace

std::vector<SpatialLayer> spatialLayers(const Architecture &architecture, int stage)
{
    assert(stage >= 0 && stage < static_cast<int>(stageNames(architecture).size()));
    Layers layers;
    for (int index = 0; index <= stage; ++index) {
        switch (architecture.backbone) {
        case Backbone::VggBatchNorm:
        case Backbone::VggPlain:
            appendVgg(layers, index, architecture.depth);
            break;
        case Backbone::DenseNet:
            appendDense(layers, index, architecture.depth);
            break;
        case Backbone::ResNet18:
            appendResidual(layers, index, architecture.width > 0);
            break;
        case Backbone::SmallCnn:
            appendSmall(layers, index);
            break;
        case Backbone::DarkCovidNet:
            appendDark(layers, index);
            break;
        }
    }
    return layers;
}

int cellsAcross(const std::vector<SpatialLayer> &layers, int inputSize)
{
    int size = inputSize;
    for (const SpatialLayer &layer : layers)
        size = (size + 2 * layer.padding - layer.kernel) / layer.stride + 1;
    return size;
}

int fieldAcross(const std::vector<SpatialLayer> &layers)
{
    int field = 1;
    int step = 1;
    for (const SpatialLayer &layer : layers) {
        field += (layer.kernel - 1) * step;
        step *= layer.stride;
    }
    return field;
}

ReceptiveField receptiveField(const std::vector<SpatialLayer> &layers, int inputSize, int x, int y)
{
    const Span across = spanOf(layers, inputSize, x);
    const Span down = spanOf(layers, inputSize, y);
    if (across.last < across.first || down.last < down.first)
        return {};
    return {across.first, down.first, across.last - across.first + 1, down.last - down.first + 1};
}

} // namespace hilum
