// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DecodeServer.h"

#include "core/codec/FilmMessage.h"
#include "core/codec/FilmWire.h"

#include <cerrno>
#include <unistd.h>
#include <vector>

namespace hilum {

namespace {

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

bool send(int socket, const ReplyHead &head, int file)
{
    return sendMessage(socket, std::as_bytes(std::span(&head, 1)), file);
}

bool answer(int socket, int file, const Result<Film> &film)
{
    const std::vector<std::byte> head = film ? packFilm(*film) : packError(film.error());
    const std::span<const std::byte> samples = film ? samplesOf(*film) : std::span<const std::byte>{};
    return writeAll(file, 0, head) && writeAll(file, head.size(), samples)
        && send(socket, {replyMagic, film ? 0U : 1U, head.size(), samples.size()}, file);
}

bool answer(int socket, int file, const Result<DirectoryListing> &listing)
{
    const std::vector<std::byte> head = listing ? packListing(*listing) : packError(listing.error());
    return writeAll(file, 0, head) && send(socket, {replyMagic, listing ? 0U : 1U, head.size(), 0}, file);
}

template <class Value>
Result<Value> readBy(const std::function<Result<Value>(Bytes)> &source, int file)
{
    const auto mapped = MappedFile::of(file);
    return mapped ? source(mapped->bytes()) : tl::unexpected(mapped.error());
}

} // namespace

int serveFilms(int socket, int answers, const DecodeSources &sources)
{
    while (true) {
        RequestHead head;
        const auto file = receiveMessage(socket, std::as_writable_bytes(std::span(&head, 1)));
        if (!file || head.magic != requestMagic)
            return 0;
        const bool isDone = head.kind == RequestKind::Directory
            ? answer(socket, answers, readBy(sources.records, file->get()))
            : answer(socket, answers, readBy(sources.film, file->get()));
        if (!isDone)
            return 1;
    }
}

} // namespace hilum
