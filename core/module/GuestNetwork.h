// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// GuestNetwork: an imported network as a Network whose parts run in a process of their own; gradients cross
// over too, so that maps need to know nothing of it.
//
// Shape:   one grey channel in, as for every Network; what it is fed is made of it (InputSpec). A split
//          network has one stage, its features; one in one piece has none, and is all head.
// Errors:  throws NetworkFailure, which guardTorch turns into its Error.
// Threads: as Network.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/guest/GuestProcess.h"
#include "core/nn/ModelPackage.h"
#include "core/nn/network/Network.h"

namespace hilum {

// The files' hash is compared with the card's; the process is started and has loaded them.
[[nodiscard]] Result<NetworkPtr> loadGuestNetwork(const ModelPackage &package, int threads,
                                                  std::stop_token stop = {});
// As GuestProcess::heed; `network` is one that loadGuestNetwork made.
void heedInGuest(Network &network, std::stop_token stop);

} // namespace hilum
