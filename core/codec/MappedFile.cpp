// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/MappedFile.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hilum {

Result<MappedFile> MappedFile::open(const std::filesystem::path &file)
{
    // O_NONBLOCK: opening a pipe without a writer would wait forever.
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return fail(ErrorCode::FileUnreadable, pathText(file) + ": " + std::strerror(errno));
    struct stat status = {};
    void *start = MAP_FAILED;
    std::string reason;
    if (::fstat(descriptor, &status) != 0) {
        reason = std::strerror(errno);
    } else if (!S_ISREG(status.st_mode)) {
        reason = "expected a file, found a folder or a device";
    } else if (status.st_size == 0) {
        reason = "the file is empty";
    } else {
        start = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_PRIVATE, descriptor,
                       0);
        if (start == MAP_FAILED)
            reason = std::strerror(errno);
    }
    ::close(descriptor);
    if (start == MAP_FAILED)
        return fail(ErrorCode::FileUnreadable, pathText(file) + ": " + reason);
    return MappedFile({static_cast<const std::byte *>(start), static_cast<std::size_t>(status.st_size)});
}

MappedFile::~MappedFile()
{
    if (!m_bytes.empty())
        ::munmap(const_cast<std::byte *>(m_bytes.data()), m_bytes.size());
}

} // namespace hilum
