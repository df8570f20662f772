// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Architecture: the networks that makeNetwork builds, by name, for those who see no tensor.
//
// A name says all that a package needs: "vgg16-frozen-head64-pool2" is "vgg16-frozen-head64" with the
// project's other pooling, "resnet18-w48" a residual network whose first stage is 48 wide.
//
// Units:   sizes in pixels of the input square.
// Errors:  findArchitecture: ModelMismatch naming what is known.
// Threads: pure functions.
#pragma once

#include "core/base/Result.h"

#include <string>
#include <vector>

namespace hilum {

// Whose features a network has; heads differ.
enum class Backbone { VggBatchNorm, VggPlain, DenseNet121, ResNet18, SmallCnn, DarkCovidNet };

struct Architecture {
    std::string name;
    std::string title; // "VGG16"
    Backbone backbone = Backbone::VggBatchNorm;
    int smallestSize = 32;
    bool isSizeFixed = false; // its head is as wide as the input is large: one size for all stages
    int width = 0; // of the first stage, of resnet18-wNN alone
    int pooling = 0; // side of the pooling before the head, of plain VGGs alone
    int headWidth = 0; // of their dense layer
    bool isHeadDeep = false; // DenseNet121 with the 128/64 ELU head
};

[[nodiscard]] Result<Architecture> findArchitecture(const std::string &name);

// What a map can be read at, from the film to the head: "block1" to "block5" of VGG16. The last is where
// Grad-CAM reads when nobody says otherwise.
[[nodiscard]] std::vector<std::string> stageNames(const Architecture &architecture);

// Every name once; "resnet18-w32" stands for all widths.
[[nodiscard]] const std::vector<Architecture> &architectures();

} // namespace hilum
