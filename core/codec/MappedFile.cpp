// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/MappedFile.h"

#include "core/codec/Descriptor.h"
#include "core/codec/PathText.h"

#include <cerrno>
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>

namespace hilum {

Result<MappedFile> MappedFile::open(const std::filesystem::path &file)
{
    const auto opened = openFile(file);
    if (!opened)
        return tl::unexpected(opened.error());
    auto mapped = of(opened->get());
    if (!mapped)
        mapped.error().detail.insert(0, pathText(file) + ": ");
    return mapped;
}

Result<MappedFile> MappedFile::of(int descriptor)
{
    // No fstat: the helper may not ask for the status of files.
    const off_t size = ::lseek(descriptor, 0, SEEK_END);
    void *start = size > 0
        ? ::mmap(nullptr, static_cast<std::size_t>(size), PROT_READ, MAP_PRIVATE, descriptor, 0)
        : MAP_FAILED;
    if (start == MAP_FAILED)
        return fail(ErrorCode::FileUnreadable, size == 0 ? "the file is empty" : std::strerror(errno));
    return MappedFile({static_cast<const std::byte *>(start), static_cast<std::size_t>(size)});
}

MappedFile::~MappedFile()
{
    if (!m_bytes.empty())
        ::munmap(const_cast<std::byte *>(m_bytes.data()), m_bytes.size());
}

} // namespace hilum
