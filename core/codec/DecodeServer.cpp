// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DecodeServer.h"

#include "core/codec/FilmWire.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

namespace hilum {

namespace {

bool receiveAll(int socket, void *target, std::size_t length)
{
    auto *at = static_cast<char *>(target);
    while (length > 0) {
        const ssize_t got = ::recv(socket, at, length, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        length -= static_cast<std::size_t>(got);
    }
    return true;
}

struct Request {
    RequestHead head;
    std::string path;
};

std::optional<Request> receiveRequest(int socket)
{
    Request request;
    if (!receiveAll(socket, &request.head, sizeof request.head) || request.head.pathBytes == 0
        || request.head.pathBytes > maxRequestBytes)
        return std::nullopt;
    request.path.resize(request.head.pathBytes);
    return receiveAll(socket, request.path.data(), request.path.size()) ? std::optional(std::move(request))
                                                                        : std::nullopt;
}

// write() instead of a mapping: no page fault for each 4 KiB of a large film.
bool writeAll(int file, std::size_t offset, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t done = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        bytes = bytes.subspan(static_cast<std::size_t>(done));
        offset += static_cast<std::size_t>(done);
    }
    return true;
}

bool sendReply(int socket, const ReplyHead &head, int file)
{
    iovec part{const_cast<ReplyHead *>(&head), sizeof head};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message = {};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr *attached = CMSG_FIRSTHDR(&message);
    attached->cmsg_level = SOL_SOCKET;
    attached->cmsg_type = SCM_RIGHTS;
    attached->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(attached), &file, sizeof file);
    return ::sendmsg(socket, &message, MSG_NOSIGNAL) == static_cast<ssize_t>(sizeof head);
}

bool answer(int socket, int file, const Result<FilmPtr> &film)
{
    const std::vector<std::byte> head = film ? packFilm(**film) : packError(film.error());
    const std::span<const std::byte> samples = film ? samplesOf(**film) : std::span<const std::byte>{};
    return writeAll(file, 0, head) && writeAll(file, head.size(), samples)
        && sendReply(socket, {replyMagic, film ? 0U : 1U, head.size(), samples.size()}, file);
}

bool answer(int socket, int file, const Result<DirectoryListing> &listing)
{
    const std::vector<std::byte> head = listing ? packListing(*listing) : packError(listing.error());
    return writeAll(file, 0, head)
        && sendReply(socket, {replyMagic, listing ? 0U : 1U, head.size(), 0}, file);
}

} // namespace

int serveFilms(int socket, const DecodeSources &sources)
{
    // One file for all films: its pages are there already when the second one comes. The client has
    // read it when it asks again.
    const int file = ::memfd_create("film", MFD_CLOEXEC);
    if (file < 0)
        return 1;
    while (const auto request = receiveRequest(socket)) {
        const bool isDone = request->head.kind == RequestKind::Directory
            ? answer(socket, file, sources.records(request->path))
            : answer(socket, file, sources.film(request->path));
        if (!isDone)
            return 1;
    }
    return 0;
}

} // namespace hilum
