// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/InitWeights.h"

#include "core/nn/ModelPackage.h"

namespace hilum {

Result<std::filesystem::path> initWeightsFile(const std::string &init)
{
    std::error_code code;
    const std::filesystem::path named(init);
    if (std::filesystem::is_regular_file(named, code))
        return named;
    if (std::filesystem::is_regular_file(named / "weights.safetensors", code))
        return named / "weights.safetensors";
    std::string ids;
    for (const ModelPackage &package : listPackages(modelRoots()).packages) {
        if (package.card.id == init)
            return package.weights();
        ids += (ids.empty() ? "" : ", ") + package.card.id;
    }
    return fail(ErrorCode::FileUnreadable,
                "init: expected a file, a package's folder or one of the packages "
                    + (ids.empty() ? "(none at hand)" : ids) + ", found \"" + init + "\"");
}

} // namespace hilum
