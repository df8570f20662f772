// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmWire: a film, or the films of a DICOMDIR, or the error in their place, as they travel from
// hilum-decode to the window.
//
// Shape:   a request is a RequestHead with the file attached, open for reading. A reply is one ReplyHead
//          with a memory file attached; the file holds the head part (all but the samples) and the samples.
// Units:   little-endian, as both ends are the same machine.
// Errors:  unpackFilm: Internal when the bytes are not what packFilm writes. The helper may have been
//          taken over by a crafted film: nothing it says is believed unchecked.
// Threads: pure functions.
#pragma once

#include "core/base/Result.h"
#include "core/film/DirectoryListing.h"
#include "core/film/Film.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hilum {

enum class RequestKind : std::uint32_t { Film = 1, Directory = 2 };

struct RequestHead {
    RequestKind kind = RequestKind::Film;
    std::uint32_t magic = 0;
};

struct ReplyHead {
    std::uint32_t magic = 0;
    std::uint32_t isError = 0;
    std::uint64_t headAt = 0; // in the memory file
    std::uint64_t headBytes = 0;
    std::uint64_t samplesAt = 0;
    std::uint64_t sampleBytes = 0;
};
constexpr std::uint32_t replyMagic = 0x344c4948; // "HIL4"
constexpr std::uint32_t requestMagic = 0x334c4948; // "HIL3"
// The helper keeps so much of the memory file from film to film.
constexpr std::size_t keptAnswerBytes = std::size_t{64} << 20;
constexpr std::uint64_t maxHeadBytes = std::uint64_t{64} << 20;

[[nodiscard]] std::vector<std::byte> packFilm(const Film &film);
[[nodiscard]] std::vector<std::byte> packError(const Error &error);
// The film without its samples, but with room for them: the caller appends them until all are there.
[[nodiscard]] Result<Film> unpackFilm(std::span<const std::byte> head, std::uint64_t sampleBytes);
[[nodiscard]] Error unpackError(std::span<const std::byte> head);

// Without the DICOMDIR's own path and with ReferencedFileIDs in place of paths: the client finds those.
[[nodiscard]] std::vector<std::byte> packListing(const DirectoryListing &listing);
[[nodiscard]] Result<DirectoryListing> unpackListing(std::span<const std::byte> head);

[[nodiscard]] std::span<const std::byte> samplesOf(const Film &film);
// `bytes` hold whole samples.
void appendSamples(Film &film, std::span<const std::byte> bytes);

} // namespace hilum
