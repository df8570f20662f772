// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/guest/Import.h"

#include "core/base/Sha256.h"
#include "core/codec/PathText.h"
#include "core/guest/NativeWeights.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

namespace hilum {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longestId = 40;

tl::unexpected<GuestFault> wrong(CardField field, Error error)
{
    return tl::unexpected(GuestFault{field, std::move(error)});
}

Result<void> checkId(const std::string &id, const std::filesystem::path &root)
{
    if (id.empty() || idFrom(id) != id)
        return fail(ErrorCode::UsageWrong,
                    "expected an id of small letters, digits and dashes, found \"" + id + "\"");
    const auto known = listPackages(modelRoots()).packages;
    const bool isTaken = std::ranges::any_of(known, [&](const ModelPackage &p) { return p.card.id == id; });
    if (isTaken || std::filesystem::exists(root / id))
        return fail(ErrorCode::UsageWrong,
                    "expected an id that no network has yet, found \"" + id + "\", which is taken");
    return {};
}

Result<void> copyInto(const std::filesystem::path &file, const std::filesystem::path &target)
{
    std::error_code problem;
    std::filesystem::copy_file(file, target, problem);
    if (problem)
        return fail(ErrorCode::FileUnreadable,
                    pathText(file) + ": can't be copied to " + pathText(target) + ": " + problem.message());
    return {};
}

// What a check says of the copy is said of the file that it is a copy of.
Error renamed(Error error, const std::filesystem::path &copy, const std::filesystem::path &original)
{
    const std::string from = pathText(copy);
    for (std::size_t at = error.detail.find(from); !copy.empty() && at != std::string::npos;
         at = error.detail.find(from, at + 1))
        error.detail.replace(at, from.size(), pathText(original));
    return error;
}

// Removes what is left of an import that did not come to its end.
struct Staging {
    std::filesystem::path folder;
    ~Staging()
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
};

} // namespace

std::string idFrom(const std::string &name)
{
    std::string id;
    for (const char c : name) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 && static_cast<unsigned char>(c) < 0x80)
            id += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        else if (!id.empty() && id.back() != '-')
            id += '-';
    }
    id.resize(std::min(id.size(), longestId));
    while (id.ends_with('-'))
        id.pop_back();
    return id;
}

Result<std::string> guestHash(const GuestFiles &files)
{
    const auto model = sha256OfFile(files.model);
    if (!model || files.head.empty())
        return model;
    const auto head = sha256OfFile(files.head);
    if (!head)
        return head;
    const std::string both = *model + *head;
    return sha256(std::as_bytes(std::span(both)));
}

Result<ModelCard> completedCard(const std::string &text, const std::string &where, const GuestFiles &files,
                                const std::string &id)
{
    Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded() || !json.is_object())
        return fail(ErrorCode::ModelMismatch, where + ": expected a JSON object");
    const auto hash = guestHash(files);
    if (!hash)
        return tl::unexpected(hash.error());
    const std::string fromFile = pathText(files.model.stem());
    if (!id.empty())
        json["id"] = id;
    else if (!json.contains("id"))
        json["id"] = idFrom(fromFile);
    if (!json.contains("title"))
        json["title"] = fromFile;
    json["schemaVersion"] = 1;
    if (holdsWeightsAlone(files.model)) {
        const auto weights = readNativeWeights(files.model);
        if (!weights)
            return tl::unexpected(weights.error());
        json["architecture"] = weights->state.architecture;
        json.erase("imported");
        json.erase("files");
    } else {
        json["architecture"] = importedArchitecture;
        json["imported"] = true;
        json["files"] = files.head.empty() ? Json{{"model", "model.pt"}}
                                           : Json{{"features", "features.pt"}, {"head", "head.pt"}};
    }
    json["weightsSha256"] = *hash;
    if (json.contains("input") && json["input"].is_object() && !json["input"].contains("standardise"))
        json["input"]["standardise"] = "unit"; // as most networks elsewhere; mean and std follow
    if (!json.contains("limits"))
        json["limits"] = "Imported, not checked by Hilum.";
    return cardOf(json.dump(), where);
}

namespace {

using Staged = tl::expected<std::string, GuestFault>; // the hash for the card

Staged stageGuest(const GuestFiles &files, const ModelPackage &package, const GuestOptions &options)
{
    const GuestFiles copies = guestFiles(package);
    if (auto copied = copyInto(files.model, copies.model); !copied)
        return wrong(CardField::File, copied.error());
    if (auto copied = files.head.empty() ? Result<void>() : copyInto(files.head, copies.head); !copied)
        return wrong(CardField::Head, copied.error());
    if (auto checked = checkGuest(copies, package.card, nullptr, options); !checked)
        return wrong(
            checked.error().field,
            renamed(renamed(checked.error().error, copies.model, files.model), copies.head, files.head));
    const auto hash = guestHash(copies);
    if (!hash)
        return wrong(CardField::File, hash.error());
    return *hash;
}

Staged stageWeights(const GuestFiles &files, const ModelPackage &package)
{
    if (!files.head.empty())
        return wrong(CardField::Head,
                     {ErrorCode::UsageWrong,
                      pathText(files.head) + ": expected no head beside " + pathText(files.model)
                          + ", which holds a whole network's weights"});
    const auto weights = readNativeWeights(files.model);
    if (!weights)
        return wrong(CardField::File, weights.error());
    if (auto checked = checkNative(*weights, package.card, files.model); !checked)
        return tl::unexpected(checked.error());
    if (auto written = writeSafetensors(weights->tensors, package.weights()); !written)
        return wrong(CardField::File, written.error());
    const auto hash = sha256OfFile(package.weights());
    if (!hash)
        return wrong(CardField::File, hash.error());
    return *hash;
}

} // namespace

tl::expected<ModelPackage, GuestFault> importNetwork(const GuestFiles &files, ModelCard card,
                                                     const std::filesystem::path &root,
                                                     const GuestOptions &options)
{
    if (root.empty())
        return wrong(CardField::File, {ErrorCode::UsageWrong, "expected a folder for networks, found none"});
    if (auto free = checkId(card.id, root); !free)
        return wrong(CardField::File, free.error());
    const Staging staging{root / ("." + card.id + ".part")};
    std::error_code problem;
    std::filesystem::remove_all(staging.folder, problem);
    std::filesystem::create_directories(staging.folder, problem);
    if (problem)
        return wrong(CardField::File,
                     {ErrorCode::FileUnreadable,
                      pathText(root) + ": expected a folder to write to: " + problem.message()});
    ModelPackage package{staging.folder, std::move(card)};
    const auto hash
        = package.card.imported ? stageGuest(files, package, options) : stageWeights(files, package);
    if (!hash)
        return tl::unexpected(hash.error());
    package.card.weightsSha256 = *hash;
    if (auto written = writeCard(package.card, staging.folder / "card.json"); !written)
        return wrong(CardField::File, written.error());
    package.folder = root / package.card.id;
    std::filesystem::rename(staging.folder, package.folder, problem);
    if (problem)
        return wrong(CardField::File,
                     {ErrorCode::FileUnreadable, pathText(package.folder) + ": " + problem.message()});
    return package;
}

} // namespace hilum
