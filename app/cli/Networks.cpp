// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Networks.h"

#include "core/nn/KeptEpochs.h"

#include <algorithm>
#include <limits>

namespace hilum::cli {

Result<DeviceChoice> deviceNamed(const std::string &name)
{
    if (name == "auto")
        return DeviceChoice::Auto;
    if (name == "cpu")
        return DeviceChoice::Cpu;
    if (name == "cuda")
        return DeviceChoice::Cuda;
    return fail(ErrorCode::UsageWrong, "--device: expected auto, cpu or cuda, found \"" + name + "\"");
}

Result<ModelPackage> packageNamed(const std::string &idOrFolder, const std::string &option)
{
    const PackageListing listing = listPackages(modelRoots());
    const auto found = std::ranges::find_if(listing.packages,
                                            [&](const ModelPackage &p) { return p.card.id == idOrFolder; });
    if (found != listing.packages.end())
        return *found;
    std::error_code code;
    if (std::filesystem::exists(std::filesystem::path(idOrFolder) / "card.json", code))
        return readPackage(idOrFolder);
    if (const auto name = epochNameIn(idOrFolder)) {
        const auto whole = packageNamed(name->id, option);
        if (!whole)
            return whole;
        auto package = packageAtEpoch(*whole, name->epoch);
        if (!package && package.error().code == ErrorCode::UsageWrong)
            return fail(ErrorCode::UsageWrong, option + ": " + package.error().detail);
        return package;
    }
    std::string known;
    for (const ModelPackage &package : listing.packages)
        known += (known.empty() ? "" : ", ") + package.card.id;
    return fail(ErrorCode::UsageWrong,
                option + ": expected one of " + (known.empty() ? "(none at hand)" : known)
                    + " or a package's folder, found \"" + idOrFolder + "\"");
}

Result<ModelPackage> packageOf(const Options &parsed)
{
    const auto model = parsed.value("--model");
    return model ? packageNamed(*model) : fail(ErrorCode::UsageWrong, "expected --model ID");
}

Result<std::vector<ModelPackage>> packagesNamed(const std::vector<std::string> &ids)
{
    if (ids.empty()) {
        PackageListing listing = listPackages(modelRoots());
        if (listing.packages.empty())
            return fail(ErrorCode::UsageWrong,
                        "expected a model package, found none (hilum-cli models lists them)");
        return std::move(listing.packages);
    }
    std::vector<ModelPackage> packages;
    for (const std::string &id : ids) {
        auto package = packageNamed(id);
        if (!package)
            return tl::unexpected(package.error());
        packages.push_back(std::move(*package));
    }
    return packages;
}

Result<void> readComputeOptions(const Options &parsed, LoadOptions &load, int &frame)
{
    const auto device = deviceNamed(parsed.value("--device").value_or("auto"));
    if (!device)
        return tl::unexpected(device.error());
    load.device = *device;
    for (const auto &[name, target] : {std::pair{"--threads", &load.threads}, std::pair{"--frame", &frame}}) {
        if (const auto text = parsed.value(name)) {
            const auto number = integerOption(name, *text, 1, std::numeric_limits<int>::max());
            if (!number)
                return tl::unexpected(number.error());
            *target = *number;
        }
    }
    return {};
}

} // namespace hilum::cli
