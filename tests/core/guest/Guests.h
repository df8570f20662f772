// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Guests: small TorchScript networks, written by the tests that use them.
//
// Shape:   features: C channels in, 4 out, patches of 4 x 4; head: 4 to 3 classes.
#pragma once

#include <filesystem>
#include <string>
#include <torch/csrc/jit/api/module.h>
#include <torch/types.h>

namespace hilum::guests {

struct Weights {
    at::Tensor filters; // [4, channels, 4, 4]
    at::Tensor bias; // [4]
    at::Tensor rows; // [3, 4]
};

inline Weights weights(int channels)
{
    const auto wave = [](std::vector<std::int64_t> shape, double step) {
        std::int64_t count = 1;
        for (const std::int64_t size : shape)
            count *= size;
        return (at::arange(count, at::kFloat) * step).sin().reshape(shape);
    };
    return {wave({4, channels, 4, 4}, 0.37) / 4, wave({4}, 1.1), 3 * wave({3, 4}, 0.9)};
}

// The body of forward(self, x), which may use self.filters, self.bias, self.rows.
inline void save(const std::filesystem::path &file, const std::string &body, int channels = 1)
{
    torch::jit::Module module("guest");
    const Weights w = weights(channels);
    module.register_parameter("filters", w.filters, false);
    module.register_parameter("bias", w.bias, false);
    module.register_parameter("rows", w.rows, false);
    module.define("def forward(self, x):\n" + body);
    module.save(file.string());
}

inline const std::string features
    = "    a = torch.relu(torch.conv2d(x, self.filters, self.bias, [4, 4], [0, 0], [1, 1], 1))\n";
inline const std::string head = "    y = torch.matmul(torch.mean(a * a, [2, 3]), torch.t(self.rows))\n";
inline const std::string whole = features + head + "    return y\n";

} // namespace hilum::guests
