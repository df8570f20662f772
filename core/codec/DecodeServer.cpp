// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DecodeServer.h"

#include "core/codec/FilmMessage.h"
#include "core/codec/FilmWire.h"
#include "core/codec/SharedHeap.h"

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

bool answer(int socket, int file, const std::vector<std::byte> &head, bool isError,
            std::span<const std::byte> samples = {})
{
    constexpr std::uint64_t headAt = sharedHeapBytes;
    const auto shared = sharedOffset(samples.data());
    const std::uint64_t samplesAt = shared.value_or(headAt + head.size());
    return writeAll(file, headAt, head) && (shared || writeAll(file, samplesAt, samples))
        && send(socket, {replyMagic, isError ? 1U : 0U, headAt, head.size(), samplesAt, samples.size()},
                file);
}

bool answer(int socket, int file, const Result<Film> &film)
{
    return film ? answer(socket, file, packFilm(*film), false, samplesOf(*film))
                : answer(socket, file, packError(film.error()), true);
}

bool answer(int socket, int file, const Result<DirectoryListing> &listing)
{
    return listing ? answer(socket, file, packListing(*listing), false)
                   : answer(socket, file, packError(listing.error()), true);
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
    Result<Film> film = fail(ErrorCode::Internal, "none yet");
    while (true) {
        RequestHead head;
        const auto file = receiveMessage(socket, std::as_writable_bytes(std::span(&head, 1)));
        if (!file || head.magic != requestMagic)
            return 0;
        // Now the client has read the last film, whose samples may lie in the shared heap.
        film = fail(ErrorCode::Internal, "none yet");
        bool isDone = false;
        if (head.kind == RequestKind::Directory) {
            isDone = answer(socket, answers, readBy(sources.records, file->get()));
        } else {
            film = readBy(sources.film, file->get());
            isDone = answer(socket, answers, film);
        }
        if (!isDone)
            return 1;
    }
}

} // namespace hilum
