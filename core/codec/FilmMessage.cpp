// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/FilmMessage.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>

namespace hilum {

namespace {

constexpr std::size_t controlSize = CMSG_SPACE(sizeof(int));

msghdr messageOf(iovec &part, std::array<char, controlSize> &control)
{
    msghdr message = {};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    return message;
}

} // namespace

bool sendMessage(int socket, std::span<const std::byte> head, int file)
{
    iovec part{const_cast<std::byte *>(head.data()), head.size()};
    alignas(cmsghdr) std::array<char, controlSize> control{};
    const msghdr message = messageOf(part, control);
    cmsghdr *attached = CMSG_FIRSTHDR(&message);
    attached->cmsg_level = SOL_SOCKET;
    attached->cmsg_type = SCM_RIGHTS;
    attached->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(attached), &file, sizeof file);
    ssize_t sent = 0;
    do
        sent = ::sendmsg(socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == static_cast<ssize_t>(head.size());
}

std::optional<Descriptor> receiveMessage(int socket, std::span<std::byte> head)
{
    iovec part{head.data(), head.size()};
    alignas(cmsghdr) std::array<char, controlSize> control{};
    msghdr message = messageOf(part, control);
    ssize_t got = 0;
    do
        got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    const cmsghdr *attached = got > 0 ? CMSG_FIRSTHDR(&message) : nullptr;
    if (attached == nullptr || attached->cmsg_level != SOL_SOCKET || attached->cmsg_type != SCM_RIGHTS
        || attached->cmsg_len != CMSG_LEN(sizeof(int)))
        return std::nullopt;
    int file = -1;
    std::memcpy(&file, CMSG_DATA(attached), sizeof file);
    Descriptor received(file);
    return got == static_cast<ssize_t>(head.size()) ? std::optional(std::move(received)) : std::nullopt;
}

} // namespace hilum
