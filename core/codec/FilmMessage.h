// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmMessage: a plain struct and an open file, over a local socket in one message.
//
// Errors:  false or nothing when the other end is gone or the message is not of that kind.
// Threads: any, one at a time for each socket.
// Source:  unix(7), SCM_RIGHTS.
#pragma once

#include "core/codec/Descriptor.h"

#include <optional>
#include <span>

namespace hilum {

[[nodiscard]] bool sendMessage(int socket, std::span<const std::byte> head, int file);
// Fills in `head` and gives the file that came with it.
[[nodiscard]] std::optional<Descriptor> receiveMessage(int socket, std::span<std::byte> head);

} // namespace hilum
