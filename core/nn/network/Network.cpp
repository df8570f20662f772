// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/network/Network.h"

#include "core/nn/network/DenseNet.h"
#include "core/nn/network/Vgg.h"

namespace hilum {

Result<NetworkPtr> makeNetwork(const std::string &architecture, int classes)
{
    if (architecture == "vgg16")
        return std::make_shared<Vgg16>(classes);
    if (architecture == "densenet121")
        return std::make_shared<DenseNet121>(classes);
    return fail(ErrorCode::ModelMismatch,
                "expected the architecture vgg16 or densenet121, found " + architecture);
}

} // namespace hilum
