// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/guest/GuestWire.h"

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>

namespace hilum {

GuestShape shapeOf(const GuestTensor &tensor)
{
    GuestShape shape;
    shape.rank = static_cast<std::uint32_t>(tensor.shape.size());
    std::ranges::copy(tensor.shape, shape.sizes.begin());
    return shape;
}

bool makeRoom(const GuestShape &shape, GuestTensor &tensor)
{
    if (shape.rank > guestRank)
        return false;
    std::uint64_t count = 1;
    tensor.shape.assign(shape.sizes.begin(), shape.sizes.begin() + shape.rank);
    for (const std::int64_t size : tensor.shape) {
        if (size < 0 || static_cast<std::uint64_t>(size) > mostGuestFloats)
            return false;
        count *= static_cast<std::uint64_t>(size);
        if (count > mostGuestFloats)
            return false;
    }
    tensor.values.resize(count);
    return true;
}

std::string shapeText(std::span<const std::int64_t> shape)
{
    std::string text;
    for (const std::int64_t size : shape)
        text += (text.empty() ? "" : " x ") + std::to_string(size);
    return text.empty() ? "a single number" : text;
}

bool sendAll(int socket, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        iovec part{const_cast<std::byte *>(bytes.data()), bytes.size()};
        msghdr message = {};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        const ssize_t sent = ::sendmsg(socket, &message, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return true;
}

bool receiveAll(int socket, std::span<std::byte> bytes)
{
    while (!bytes.empty()) {
        iovec part{bytes.data(), bytes.size()};
        msghdr message = {};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        const ssize_t got = ::recvmsg(socket, &message, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
    return true;
}

} // namespace hilum
