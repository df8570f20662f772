// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/InitWeights.h"

#include "core/base/Sha256.h"
#include "core/nn/ModelPackage.h"
#include "core/nn/TorchvisionState.h"
#include "core/nn/Weights.h"

#include <ATen/ATen.h>

namespace hilum {

namespace {

std::vector<std::string> partsOf(const std::string &init)
{
    static const std::string between = " + ";
    std::vector<std::string> parts;
    std::size_t from = 0;
    for (std::size_t at = init.find(between); at != std::string::npos; at = init.find(between, from)) {
        parts.push_back(init.substr(from, at - from));
        from = at + between.size();
    }
    parts.push_back(init.substr(from));
    return parts;
}

// sum += part; counters stay those of the first.
Result<void> addTo(SafetensorsFile &sum, const SafetensorsFile &part, const std::filesystem::path &where)
{
    for (auto &[name, array] : sum.arrays) {
        const auto found = part.arrays.find(name);
        if (found == part.arrays.end() || found->second.shape != array.shape)
            return fail(ErrorCode::ModelMismatch,
                        where.string() + ": expected a tensor " + name
                            + " of the shape that the first of init has, found "
                            + (found == part.arrays.end() ? "none" : "another shape"));
        if (array.type != TensorType::I64)
            array = arrayOf(tensorOf(array) + tensorOf(found->second), TensorType::F32);
    }
    return {};
}

void divide(SafetensorsFile &sum, std::size_t parts)
{
    for (auto &item : sum.arrays) {
        if (item.second.type != TensorType::I64)
            item.second = arrayOf(tensorOf(item.second) / static_cast<double>(parts), TensorType::F32);
    }
}

} // namespace

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

std::string initNames(const std::string &init)
{
    std::string names;
    for (const std::string &part : partsOf(init)) {
        std::filesystem::path path(part);
        if (path.filename().empty() || path.filename() == "weights.safetensors")
            path = path.parent_path();
        names += (names.empty() ? "" : " + ") + path.filename().string();
    }
    return names;
}

Result<InitWeights> readInitWeights(const std::string &init)
{
    InitWeights result;
    const std::vector<std::string> parts = partsOf(init);
    for (const std::string &part : parts) {
        const auto file = initWeightsFile(part);
        if (!file)
            return tl::unexpected(file.error());
        const auto hash = sha256OfFile(*file);
        if (!hash)
            return tl::unexpected(hash.error());
        auto stored = readSafetensors(*file);
        if (!stored)
            return tl::unexpected(stored.error());
        SafetensorsFile weights = inTodaysNames(std::move(*stored));
        result.hash += (result.files.empty() ? "" : " + ") + *hash;
        if (result.files.empty())
            result.weights = std::move(weights);
        else if (auto added = addTo(result.weights, weights, *file); !added)
            return tl::unexpected(added.error());
        result.files.push_back(*file);
    }
    if (parts.size() > 1)
        divide(result.weights, parts.size());
    return result;
}

} // namespace hilum
