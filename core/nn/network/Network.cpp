// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/network/Network.h"

#include "core/nn/Architecture.h"
#include "core/nn/network/DarkCovidNet.h"
#include "core/nn/network/DenseNet.h"
#include "core/nn/network/PlainVgg.h"
#include "core/nn/network/ResNet.h"
#include "core/nn/network/SmallCnn.h"
#include "core/nn/network/TorchvisionVgg.h"
#include "core/nn/network/Vgg.h"

namespace hilum {

namespace {

NetworkPtr build(const Architecture &architecture, int classes, const NetworkOptions &options)
{
    switch (architecture.backbone) {
    case Backbone::VggBatchNorm:
        if (architecture.isHeadDeep)
            return std::make_shared<TorchvisionVgg>(classes, architecture.depth, VggNorms::Batch, options);
        return std::make_shared<Vgg16>(classes, options);
    case Backbone::VggPlain:
        if (architecture.isHeadDeep)
            return std::make_shared<TorchvisionVgg>(classes, architecture.depth, VggNorms::None, options);
        return std::make_shared<PlainVgg16>(classes, architecture.pooling, architecture.headWidth, options);
    case Backbone::DenseNet:
        return std::make_shared<DenseNet>(classes, architecture.depth,
                                          architecture.isHeadDeep ? DenseNetHead::Elu : DenseNetHead::Linear,
                                          options);
    case Backbone::ResNet18:
        return std::make_shared<ResNet18>(classes, architecture.width, options);
    case Backbone::SmallCnn:
        return std::make_shared<SmallCnn>(classes, options);
    case Backbone::DarkCovidNet:
        return std::make_shared<DarkCovidNet>(classes, options);
    }
    return nullptr;
}

} // namespace

Result<NetworkPtr> makeNetwork(const std::string &architecture, int classes, const NetworkOptions &options)
{
    const auto found = findArchitecture(architecture);
    if (!found)
        return tl::unexpected(found.error());
    if (options.inputSize < found->smallestSize)
        return fail(ErrorCode::ModelMismatch,
                    architecture + ": expected an input of " + std::to_string(found->smallestSize)
                        + " pixels or more, found " + std::to_string(options.inputSize));
    return build(*found, classes, options);
}

} // namespace hilum
