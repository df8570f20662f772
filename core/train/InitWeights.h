// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The weights that a recipe's `init` names: safetensors files, packages' folders or packages' ids, " + "
// between them. Names are brought to today's (core/nn/TorchvisionState.h).
//
// Errors:  FileUnreadable naming what was looked for; ModelMismatch for files whose tensors have other names
//          or shapes than those of the first.
// Threads: pure functions over files.
#pragma once

#include "core/base/Result.h"
#include "core/nn/Safetensors.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilum {

// Of one name.
[[nodiscard]] Result<std::filesystem::path> initWeightsFile(const std::string &init);

struct InitWeights {
    SafetensorsFile weights; // of several: their mean, as F32
    std::vector<std::filesystem::path> files;
    std::string hash; // sha256 of the file; of several, all of them with " + " between
};

[[nodiscard]] Result<InitWeights> readInitWeights(const std::string &init);

// What to call them where paths mean nothing: a package's folder by its name, a file by its own.
[[nodiscard]] std::string initNames(const std::string &init);

} // namespace hilum
