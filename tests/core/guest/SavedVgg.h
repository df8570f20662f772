// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// savedVgg: Hilum's own VGG16 as TorchScript: what a person elsewhere might hand over.
#pragma once

#include "core/nn/Weights.h"
#include "core/nn/network/Network.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <torch/csrc/jit/api/module.h>

namespace hilum::guests {

// The statements that turn x into the activation of the last convolution.
inline std::string vggBody(const std::map<std::string, at::Tensor> &state, torch::jit::Module &module)
{
    std::string body;
    const auto add = [&](const std::string &name) {
        std::string plain = name;
        std::ranges::replace(plain, '.', '_');
        module.register_parameter(plain, state.at(name).detach().clone(), false);
        return "self." + plain;
    };
    constexpr int layers = 44; // convolutions, norms, rectifiers, poolings
    for (int layer = 0; layer < layers - 1; ++layer) {
        const std::string at = "features." + std::to_string(layer) + ".";
        if (!state.contains(at + "weight"))
            continue;
        if (state.contains(at + "running_mean")) {
            body += "    x = torch.relu(torch.batch_norm(x, " + add(at + "weight") + ", " + add(at + "bias")
                + ", " + add(at + "running_mean") + ", " + add(at + "running_var")
                + ", False, 0.1, 1e-05, False))\n";
            const bool poolsNext
                = layer + 4 < layers && !state.contains("features." + std::to_string(layer + 2) + ".weight");
            if (poolsNext)
                body += "    x = torch.max_pool2d(x, [2, 2], [2, 2], [0, 0], [1, 1], False)\n";
        } else {
            body += "    x = torch.conv2d(x, " + add(at + "weight") + ", " + add(at + "bias")
                + ", [1, 1], [1, 1], [1, 1], 1)\n";
        }
    }
    return body;
}

// Both pieces, and all of it in one.
inline void saveVgg(const Network &network, const std::filesystem::path &featuresFile,
                    const std::filesystem::path &headFile, const std::filesystem::path &wholeFile)
{
    const auto state = stateOf(network);
    const std::string last = "    x = torch.max_pool2d(x, [2, 2], [2, 2], [0, 0], [1, 1], False)\n"
                             "    return torch.linear(torch.mean(x, [2, 3]), self.rows, self.bias)\n";
    const auto save = [&](const std::filesystem::path &file, bool hasFeatures, bool hasHead) {
        torch::jit::Module module("vgg");
        std::string body;
        if (hasFeatures)
            body += vggBody(state, module);
        if (hasHead) {
            module.register_parameter("rows", state.at("classifier.0.weight").detach().clone(), false);
            module.register_parameter("bias", state.at("classifier.0.bias").detach().clone(), false);
        }
        module.define("def forward(self, x):\n" + body + (hasHead ? last : "    return x\n"));
        module.save(file.string());
    };
    save(featuresFile, true, false);
    save(headFile, false, true);
    save(wholeFile, true, true);
}

} // namespace hilum::guests
