// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Architecture: the networks that makeNetwork builds, by name, for those who see no tensor.
//
// A name says all that a package needs: "vgg16-frozen-head64-pool2" is "vgg16-frozen-head64" with the
// project's other pooling, "resnet18-w48" a residual network whose first stage is 48 wide,
// "torchvision-vgg19_bn" torchvision's network of that name with its three-layer classifier.
//
// Units:   sizes in pixels of the input square.
// Errors:  findArchitecture: ModelMismatch naming what is known.
// Threads: pure functions.
#pragma once

#include "core/base/Result.h"

#include <array>
#include <string>
#include <vector>

namespace hilum {

// Whose features a network has; heads differ.
enum class Backbone { VggBatchNorm, VggPlain, DenseNet, ResNet18, SmallCnn, DarkCovidNet };

struct Architecture {
    std::string name;
    std::string title; // "VGG16"
    Backbone backbone = Backbone::VggBatchNorm;
    int smallestSize = 32;
    bool isSizeFixed = false; // its head is as wide as the input is large: one size for all stages
    int depth = 0; // 11, 13, 16 or 19 of VGGs, 121, 169 or 201 of DenseNets
    int width = 0; // of the first stage, of resnet18-wNN alone
    int pooling = 0; // side of the pooling before the head, of the student projects' VGGs alone
    int headWidth = 0; // of their dense layer
    bool isHeadDeep = false; // DenseNet121 with the 128/64 ELU head, a VGG with torchvision's three layers
};

[[nodiscard]] Result<Architecture> findArchitecture(const std::string &name);

// What a map can be read at, from the film to the head: "block1" to "block5" of VGG16. The last is where
// Grad-CAM reads when nobody says otherwise.
[[nodiscard]] std::vector<std::string> stageNames(const Architecture &architecture);

// Convolutions in each of the five blocks: Simonyan, Zisserman 2015, configurations A, B, D and E.
[[nodiscard]] std::array<int, 5> vggConvolutions(int depth);
inline constexpr std::array vggWidths{64, 128, 256, 512, 512};
// Layers in each of the four dense blocks: Huang et al. 2017, table 1.
[[nodiscard]] std::array<int, 4> denseLayers(int depth);

// Every name once; "resnet18-w32" stands for all widths.
[[nodiscard]] const std::vector<Architecture> &architectures();

} // namespace hilum
