// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MappedFile: the bytes of a file, read-only, without copying them.
//
// Errors:  FileUnreadable: not there, no permission, a folder, a device, empty.
// Threads: a value that moves. A file that shrinks while mapped is a bus error: the helper process
//          takes it.
#pragma once

#include "core/base/Result.h"
#include "core/codec/PathText.h"

#include <cstddef>
#include <filesystem>
#include <span>
#include <utility>

namespace hilum {

using Bytes = std::span<const std::byte>;

class MappedFile {
public:
    [[nodiscard]] static Result<MappedFile> open(const std::filesystem::path &file);
    // The whole file behind a descriptor, which stays the caller's.
    [[nodiscard]] static Result<MappedFile> of(int descriptor);

    MappedFile(MappedFile &&other) noexcept
        : m_bytes(std::exchange(other.m_bytes, {}))
    {
    }
    MappedFile &operator=(MappedFile &&other) noexcept
    {
        std::swap(m_bytes, other.m_bytes);
        return *this;
    }
    ~MappedFile();

    Bytes bytes() const { return m_bytes; }

private:
    explicit MappedFile(Bytes bytes)
        : m_bytes(bytes)
    {
    }
    Bytes m_bytes;
};

} // namespace hilum
