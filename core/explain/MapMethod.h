// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MapMethod: the ways to ask a network where it saw something, and what each of them needs.
//
// Random and Sobel are null maps: the one ignores what the network learned, the other never asks it. A map
// that is no better than they are says nothing.
//
// Errors:  methodNamed: UsageWrong naming what is known.
// Threads: pure functions.
#pragma once

#include "core/base/Result.h"

#include <span>
#include <string>

namespace hilum {

enum class MapMethod {
    GradCam,
    GradCamPlusPlus,
    HiResCam,
    LayerCam,
    EigenCam,
    ScoreCam,
    AblationCam,
    IntegratedGradients,
    Occlusion,
    Rise,
    Random,
    Sobel
};

struct MethodFacts {
    MapMethod method = MapMethod::GradCam;
    std::string name; // of the command line and of settings: "gradcam++"
    std::string title; // "Grad-CAM++"
    std::string source; // paper
    bool readsStage = true; // it reads the activation of a stage; else the input itself
    bool readsClass = true; // its map depends on the class
    bool readsManyTimes = false; // hundreds of readings: seconds, with progress
    bool isNull = false;
};

[[nodiscard]] std::span<const MethodFacts> mapMethods();
[[nodiscard]] const MethodFacts &factsOf(MapMethod method);
[[nodiscard]] Result<MapMethod> methodNamed(const std::string &name);

} // namespace hilum
