// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SharedHeap: in hilum-decode, large blocks from operator new lie in the memory file of the answers, so
// that the samples of a film are where the client reads them without a copy. Pages stay warm from film to
// film up to keptAnswerBytes.
//
// Shape:   first fit among at most 64 blocks of at least a mebibyte; all else comes from malloc.
// Errors:  none; what finds no room comes from malloc, and the server copies it.
// Threads: any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace hilum {

// The first part of the file, which must be so long or longer.
constexpr std::size_t sharedHeapBytes = std::size_t{1} << 30;

// Maps the file; before that, and under sanitizers, there is no shared heap.
void startSharedHeap(int file);
// Where in the file a block lies; nothing for memory from malloc.
[[nodiscard]] std::optional<std::uint64_t> sharedOffset(const void *start);

} // namespace hilum
