// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// GuestWire: what travels between Hilum and hilum-model, which runs an imported network.
//
// Shape:   a request is a GuestRequest, with the network's open file attached when it is to be loaded, then
//          `count` floats for each tensor; a reply is a GuestReply, then its text, then its floats.
// Units:   little-endian, as both ends are the same machine.
// Errors:  false where the other end is gone or says nonsense. An imported network may have taken over its
//          process: nothing that it says is believed unchecked.
// Threads: any, one at a time for each socket.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hilum {

// Row after row, the last dimension fastest.
struct GuestTensor {
    std::vector<std::int64_t> shape;
    std::vector<float> values;

    bool operator==(const GuestTensor &) const = default;
};

enum class GuestPart : std::uint32_t { Model = 0, OnTop = 1 }; // all of it or its features; its head

enum class GuestAsk : std::uint32_t {
    Load, // the part's file
    Run, // input to output
    Pull // input and the output's gradient to the input's
};

enum class GuestOutcome : std::uint32_t {
    Done,
    NotTorchScript, // the file can't be loaded
    Refused, // the network stopped with words of its own
    NotATensor, // what came out is no tensor of floats
    OutOfMemory
};

constexpr std::size_t guestRank = 8;
constexpr std::uint32_t guestMagic = 0x314c4947; // "GIL1"
constexpr std::uint64_t mostGuestFloats = std::uint64_t{1} << 27; // 512 MB
constexpr std::uint32_t mostGuestText = 1U << 16;

struct GuestShape {
    std::uint32_t rank = 0;
    std::uint32_t unused = 0;
    std::array<std::int64_t, guestRank> sizes{};
};

struct GuestRequest {
    std::uint32_t magic = guestMagic;
    GuestAsk ask = GuestAsk::Run;
    GuestPart part = GuestPart::Model;
    std::uint32_t threads = 1;
    GuestShape input;
    GuestShape gradient; // of Pull
};

struct GuestReply {
    std::uint32_t magic = guestMagic;
    GuestOutcome outcome = GuestOutcome::Done;
    std::uint32_t textBytes = 0;
    std::uint32_t unused = 0;
    GuestShape output;
};

[[nodiscard]] GuestShape shapeOf(const GuestTensor &tensor);
// Nothing to be believed: false for a rank, a size or a number of floats that makes no sense.
[[nodiscard]] bool makeRoom(const GuestShape &shape, GuestTensor &tensor);
[[nodiscard]] std::string shapeText(std::span<const std::int64_t> shape); // "1 x 3 x 224 x 224"

// All of `bytes`, with sendmsg and recvmsg alone. receiveAll waits as long as it takes.
[[nodiscard]] bool sendAll(int socket, std::span<const std::byte> bytes);
[[nodiscard]] bool receiveAll(int socket, std::span<std::byte> bytes);

} // namespace hilum
