// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ActivationMap: where the evidence for one class lies, at the method's own resolution.
//
// Shape:   values is the grid that the method read: of a convolution's activation (for an input of 224 and
// the
//          last stage: 7 x 7 of densenet121, 14 x 14 of vgg16), of an occlusion's cells, or of the input's
//          pixels; it covers exactly the part of the film of InputMap.
// Units:   0 to 1, the strongest cell is 1; of MapSign::Both -1 to 1, what speaks against the class below 0.
//          All zero means "no such evidence"; `peak` keeps the strongest value before scaling.
// Errors:  none here.
// Threads: values; spread() is pure.
#pragma once

#include "core/explain/MapMethod.h"
#include "core/film/Plane.h"
#include "core/nn/InputSpec.h"

#include <string>

namespace hilum {

// What speaks for the class, against it, or both.
enum class MapSign { Positive, Negative, Both };

struct ActivationMap {
    Plane<float> values;
    InputMap map;
    std::string label; // the class explained
    MapMethod method = MapMethod::GradCam;
    std::string stage; // "denseblock4"; empty for methods that read no stage
    MapSign sign = MapSign::Positive;
    double peak = 0;

    bool hasEvidence() const { return peak > 0; }
};

// `signedValues` as a method gives them: what the sign asks for, scaled to the strongest.
[[nodiscard]] ActivationMap scaledMap(const Plane<float> &signedValues, MapSign sign);

// Some networks' cells don't share the input evenly: the middle of cell i is input pixel first + i * step.
// Gives cells of about the same size that do, interpolated; those outside the input are dropped.
[[nodiscard]] Plane<float> evenCells(const Plane<float> &cells, double first, double step, int inputSize);

// Interpolated between cell centres, held outside the outer ones.
[[nodiscard]] Plane<float> spreadOver(const Plane<float> &cells, int width, int height);

// Film-sized; 0 outside what the network saw.
using HeatPlane = Plane<float>;
[[nodiscard]] HeatPlane spread(const ActivationMap &map);

} // namespace hilum
