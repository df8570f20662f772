// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Import: a TorchScript file, or weights by torchvision's names, and a small card become a package that every
// command finds.
//
//     {"classes": ["covid", "normal"], "input": {"size": 224, "channels": "rgb", "standardise": "unit",
//      "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}, "outputs": "logits"}
//
// is a whole card: what it doesn't say (id, files, hash) is filled in.
//
// Errors:  FileUnreadable; ModelMismatch for a card that does not hold what it must; UsageWrong for an id
// that
//          is taken or no name; what checkGuest finds.
// Threads: pure functions over files; seconds for a large file.
#pragma once

#include "core/guest/GuestChecks.h"

namespace hilum {

// A name from a file's: "My net (2).pt" to "my-net-2".
[[nodiscard]] std::string idFrom(const std::string &name);

// `json` is what a person wrote, `where` names it in errors; an id or title that it says is kept.
[[nodiscard]] Result<ModelCard> completedCard(const std::string &json, const std::string &where,
                                              const GuestFiles &files, const std::string &id = {});

// Of the file's bytes; of a split network, of both hashes one after the other.
[[nodiscard]] Result<std::string> guestHash(const GuestFiles &files);

// Copies the files to `root`/id beside their card, unless a check of them there fails. All or nothing.
[[nodiscard]] tl::expected<ModelPackage, GuestFault> importNetwork(const GuestFiles &files, ModelCard card,
                                                                   const std::filesystem::path &root,
                                                                   const GuestOptions &options = {});

} // namespace hilum
