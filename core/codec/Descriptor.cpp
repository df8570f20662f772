// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/Descriptor.h"

#include "core/codec/PathText.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hilum {

Descriptor::~Descriptor()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<Descriptor> openFile(const std::filesystem::path &file)
{
    const auto unreadable
        = [&](const char *reason) { return fail(ErrorCode::FileUnreadable, pathText(file) + ": " + reason); };
    // O_NONBLOCK: opening a pipe without a writer would wait forever.
    Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status = {};
    if (opened.get() < 0 || ::fstat(opened.get(), &status) != 0)
        return unreadable(std::strerror(errno));
    if (!S_ISREG(status.st_mode))
        return unreadable("expected a file, found a folder or a device");
    if (status.st_size == 0)
        return unreadable("the file is empty");
    return opened;
}

} // namespace hilum
