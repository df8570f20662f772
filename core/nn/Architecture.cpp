// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/Architecture.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <iterator>

namespace hilum {

namespace {

constexpr int widthStep = 8;
constexpr int largestWidth = 256;
const std::string residualPrefix = "resnet18-w";

Architecture plainVgg(const std::string &name, const std::string &title, int pooling, int headWidth)
{
    Architecture a{name, title, Backbone::VggPlain, 32 * pooling, true, 16};
    a.pooling = pooling;
    a.headWidth = headWidth;
    return a;
}

Architecture residual(int width)
{
    const std::string number = std::to_string(width);
    Architecture a{residualPrefix + number, "ResNet18, width " + number, Backbone::ResNet18};
    a.width = width;
    return a;
}

Architecture withDepth(const std::string &name, const std::string &title, Backbone backbone, int depth)
{
    return {name, title, backbone, 32, false, depth};
}

std::vector<Architecture> torchvisionVggs()
{
    std::vector<Architecture> all;
    for (const int depth : {11, 13, 16, 19}) {
        for (const bool hasNorms : {false, true}) {
            const std::string number = std::to_string(depth);
            all.push_back(withDepth("torchvision-vgg" + number + (hasNorms ? "_bn" : ""),
                                    "VGG" + number + (hasNorms ? " with batch norm" : "") + ", torchvision",
                                    hasNorms ? Backbone::VggBatchNorm : Backbone::VggPlain, depth));
            all.back().isHeadDeep = true;
        }
    }
    return all;
}

std::vector<Architecture> allArchitectures()
{
    Architecture eluHead
        = withDepth("densenet121-elu-head", "DenseNet121, ELU head", Backbone::DenseNet, 121);
    eluHead.isHeadDeep = true;
    std::vector<Architecture> all{
        withDepth("vgg16", "VGG16", Backbone::VggBatchNorm, 16),
        withDepth("densenet121", "DenseNet121", Backbone::DenseNet, 121),
        withDepth("densenet169", "DenseNet169", Backbone::DenseNet, 169),
        withDepth("densenet201", "DenseNet201", Backbone::DenseNet, 201),
        residual(32),
        {"resnet18", "ResNet18", Backbone::ResNet18},
        plainVgg("vgg16-frozen-head64", "VGG16, 64-unit head", 4, 64),
        plainVgg("vgg16-frozen-head64-pool2", "VGG16, 64-unit head, 2 x 2 pooling", 2, 64),
        plainVgg("vgg16-head128", "VGG16, 128-unit head", 2, 128),
        plainVgg("vgg16-head128-pool4", "VGG16, 128-unit head, 4 x 4 pooling", 4, 128),
        {"small-cnn-5m", "Small CNN", Backbone::SmallCnn, 32, true},
        eluHead,
        withDepth("densenet-scratch", "DenseNet from scratch", Backbone::DenseNet, 121),
        {"darkcovidnet", "DarkCovidNet", Backbone::DarkCovidNet, 32, true}};
    std::ranges::move(torchvisionVggs(), std::back_inserter(all));
    return all;
}

} // namespace

std::vector<std::string> stageNames(const Architecture &architecture)
{
    const auto numbered = [](const std::string &name, int count) {
        std::vector<std::string> names;
        for (int i = 1; i <= count; ++i)
            names.push_back(name + std::to_string(i));
        return names;
    };
    switch (architecture.backbone) {
    case Backbone::VggBatchNorm:
    case Backbone::VggPlain:
        return numbered("block", 5);
    case Backbone::DenseNet:
        return numbered("denseblock", 4);
    case Backbone::ResNet18:
        return numbered("layer", 4);
    case Backbone::SmallCnn:
        return numbered("block", 3);
    case Backbone::DarkCovidNet:
        return numbered("block", 8);
    }
    return {};
}

std::array<int, 5> vggConvolutions(int depth)
{
    switch (depth) {
    case 11:
        return {1, 1, 2, 2, 2};
    case 13:
        return {2, 2, 2, 2, 2};
    case 19:
        return {2, 2, 4, 4, 4};
    default:
        assert(depth == 16);
        return {2, 2, 3, 3, 3};
    }
}

std::array<int, 4> denseLayers(int depth)
{
    switch (depth) {
    case 169:
        return {6, 12, 32, 32};
    case 201:
        return {6, 12, 48, 32};
    default:
        assert(depth == 121);
        return {6, 12, 24, 16};
    }
}

const std::vector<Architecture> &architectures()
{
    static const std::vector<Architecture> all = allArchitectures();
    return all;
}

Result<Architecture> findArchitecture(const std::string &name)
{
    const auto found = std::ranges::find(architectures(), name, &Architecture::name);
    if (found != architectures().end())
        return *found;
    if (name.starts_with(residualPrefix)) {
        const std::string digits = name.substr(residualPrefix.size());
        int width = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), width);
        if (error == std::errc{} && end == digits.data() + digits.size() && digits[0] != '0'
            && width % widthStep == 0 && width >= widthStep && width <= largestWidth)
            return residual(width);
        return fail(ErrorCode::ModelMismatch,
                    "expected " + residualPrefix + "N with N a multiple of " + std::to_string(widthStep)
                        + " up to " + std::to_string(largestWidth) + ", found " + name);
    }
    std::string known;
    for (const Architecture &a : architectures())
        known += (known.empty() ? "" : ", ") + a.name;
    return fail(ErrorCode::ModelMismatch, "expected an architecture of " + known + "; found " + name);
}

} // namespace hilum
