// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/KeptEpochs.h"

#include <algorithm>
#include <charconv>

namespace hilum {

namespace {

constexpr std::size_t fewestDigits = 3; // so that a listing by name is one by number

std::optional<int> numberIn(const std::string &text)
{
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = error == std::errc() && end == text.data() + text.size();
    return isWhole && number > 0 ? std::optional(number) : std::nullopt;
}

} // namespace

std::filesystem::path epochFolder(const std::filesystem::path &package, int epoch)
{
    std::string name = std::to_string(epoch);
    if (name.size() < fewestDigits)
        name.insert(0, fewestDigits - name.size(), '0');
    return package / "epochs" / name;
}

std::string epochId(const std::string &id, int epoch) { return id + "@" + std::to_string(epoch); }

std::vector<int> keptEpochs(const std::filesystem::path &package)
{
    std::vector<int> epochs;
    std::error_code code;
    for (const auto &entry : std::filesystem::directory_iterator(package / "epochs", code)) {
        const auto epoch = numberIn(entry.path().filename().string());
        if (epoch && entry.path() == epochFolder(package, *epoch)
            && std::filesystem::exists(entry.path() / "card.json", code))
            epochs.push_back(*epoch);
    }
    std::ranges::sort(epochs);
    return epochs;
}

Result<ModelPackage> packageAtEpoch(const ModelPackage &package, int epoch)
{
    const std::vector<int> kept = keptEpochs(package.folder);
    if (std::ranges::find(kept, epoch) != kept.end())
        return readPackage(epochFolder(package.folder, epoch));
    std::string known;
    for (const int one : kept)
        known += (known.empty() ? "" : ", ") + std::to_string(one);
    return fail(ErrorCode::UsageWrong,
                package.card.id + ": expected an epoch that it keeps (" + (known.empty() ? "none" : known)
                    + "), found " + std::to_string(epoch));
}

std::optional<EpochName> epochNameIn(const std::string &text)
{
    const auto at = text.rfind('@');
    if (at == std::string::npos || at == 0)
        return std::nullopt;
    const auto epoch = numberIn(text.substr(at + 1));
    return epoch ? std::optional(EpochName{text.substr(0, at), *epoch}) : std::nullopt;
}

} // namespace hilum
