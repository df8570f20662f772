// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Descriptor: an open file that closes itself.
//
// Errors:  openFile: FileUnreadable: not there, no permission, a folder, a device, empty; the detail
//          names the file.
// Threads: a value that moves.
#pragma once

#include "core/base/Result.h"

#include <filesystem>
#include <utility>

namespace hilum {

class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    Descriptor(Descriptor &&other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1))
    {
    }
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }
    ~Descriptor();

    int get() const { return m_descriptor; }

private:
    int m_descriptor = -1;
};

// A regular file, not empty, for reading.
[[nodiscard]] Result<Descriptor> openFile(const std::filesystem::path &file);

} // namespace hilum
