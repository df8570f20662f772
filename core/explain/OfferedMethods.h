// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// OfferedMethods: which maps a network can be asked for. Ours offer all; an imported network in one piece has
// no stage that could be read, an imported network in two pieces has one, between them.
//
// Errors:  checkOffered: UsageWrong saying why not, and what is offered.
// Threads: pure functions.
#pragma once

#include "core/explain/MapMethod.h"
#include "core/nn/ModelPackage.h"

#include <string>
#include <vector>

namespace hilum {

// Names of what a map can be read at, from the film to the head; none for an imported network in one piece.
[[nodiscard]] std::vector<std::string> stagesOf(const ModelCard &card);

[[nodiscard]] bool isOffered(const ModelCard &card, MapMethod method);
[[nodiscard]] Result<void> checkOffered(const ModelCard &card, MapMethod method);

} // namespace hilum
