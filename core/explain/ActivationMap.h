// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ActivationMap: where the evidence for one class lies, at the network's own resolution.
//
// Shape:   values is the grid of the last convolution's activation (for an input of 224: 7 x 7 of
//          densenet121, 14 x 14 of vgg16); it covers exactly the square of InputMap.
// Units:   0 to 1, the strongest cell is 1; all zero means "no positive evidence", and `peak`
//          keeps the strongest value before scaling.
// Errors:  none here.
// Threads: values; spread() is pure.
// Source:  Selvaraju et al. 2017 (Grad-CAM, arXiv:1610.02391).
#pragma once

#include "core/film/Plane.h"
#include "core/nn/InputSpec.h"

#include <string>

namespace hilum {

enum class MapMethod { GradCam };

struct ActivationMap {
    Plane<float> values;
    InputMap map;
    std::string label; // the class explained
    MapMethod method = MapMethod::GradCam;
    double peak = 0;

    bool hasEvidence() const { return peak > 0; }
};

// Some networks' cells don't share the input evenly: the middle of cell i is input pixel first + i * step.
// Gives cells of about the same size that do, interpolated; those outside the input are dropped.
[[nodiscard]] Plane<float> evenCells(const Plane<float> &cells, double first, double step, int inputSize);

// Film-sized, 0 to 1, interpolated between cell centres; 0 outside what the network saw.
using HeatPlane = Plane<float>;
[[nodiscard]] HeatPlane spread(const ActivationMap &map);

} // namespace hilum
