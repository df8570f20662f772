// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DecodeClient.h"

#include "core/codec/DirectoryFiles.h"
#include "core/codec/FilmMessage.h"
#include "core/codec/FilmWire.h"
#include "core/codec/HelperProcess.h"
#include "core/codec/PathText.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <mutex>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

namespace hilum {

namespace {

using Clock = std::chrono::steady_clock;

struct Reply {
    ReplyHead head;
    Descriptor file;
};

std::optional<Reply> receiveReply(int socket)
{
    Reply reply;
    auto file = receiveMessage(socket, std::as_writable_bytes(std::span(&reply.head, 1)));
    if (!file || reply.head.magic != replyMagic)
        return std::nullopt;
    reply.file = std::move(*file);
    return reply;
}

// read() and no mapping: a helper that shrinks the file afterwards could otherwise kill us.
bool readAll(int file, std::uint64_t offset, std::span<std::byte> target)
{
    while (!target.empty()) {
        const ssize_t got = ::pread(file, target.data(), target.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        target = target.subspan(static_cast<std::size_t>(got));
        offset += static_cast<std::uint64_t>(got);
    }
    return true;
}

Result<std::vector<std::byte>> headOf(const Reply &reply)
{
    if (reply.head.headBytes > maxHeadBytes)
        return fail(ErrorCode::Internal, "the decoder's answer makes no sense");
    std::vector<std::byte> head(reply.head.headBytes);
    if (!readAll(reply.file.get(), reply.head.headAt, head))
        return fail(ErrorCode::Internal, "the decoder's answer is shorter than it says");
    if (reply.head.isError != 0)
        return tl::unexpected(unpackError(head));
    return head;
}

// Through a buffer that stays in the processor's cache: into a vector that is never filled with zeros.
bool readSamples(const Reply &reply, Film &film)
{
    std::vector<std::byte> buffer(std::min<std::uint64_t>(std::size_t{128} << 10, reply.head.sampleBytes));
    for (std::uint64_t done = 0; done < reply.head.sampleBytes;) {
        const std::span<std::byte> part
            = std::span(buffer).first(std::min<std::uint64_t>(buffer.size(), reply.head.sampleBytes - done));
        if (!readAll(reply.file.get(), reply.head.samplesAt + done, part))
            return false;
        appendSamples(film, part);
        done += part.size();
    }
    return true;
}

Result<Film> filmOf(const Reply &reply)
{
    const auto head = headOf(reply);
    if (!head)
        return tl::unexpected(head.error());
    auto film = unpackFilm(*head, reply.head.sampleBytes);
    if (film && !readSamples(reply, *film))
        return fail(ErrorCode::Internal, "the decoder's answer is shorter than it says");
    return film;
}

tl::unexpected<Error> named(const std::filesystem::path &file, Error error)
{
    const std::string name = pathText(file);
    if (!error.detail.starts_with(name + ": "))
        error.detail.insert(0, name + ": ");
    return tl::unexpected(std::move(error));
}

} // namespace

struct DecodeClient::Impl {
    HelperProcess helper;
    std::chrono::milliseconds timeLimit;
    std::mutex mutex;
    Descriptor wake{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};

    Impl(std::filesystem::path program, std::chrono::milliseconds limit)
        : helper(std::move(program), "hilum-decode")
        , timeLimit(limit)
    {
    }

    bool send(RequestKind kind, const Descriptor &file) const
    {
        const RequestHead head{kind, requestMagic};
        return sendMessage(helper.socket(), std::as_bytes(std::span(&head, 1)), file.get());
    }

    enum class Outcome { Answer, Gone, Stopped, TooLong };

    Outcome wait(const std::stop_token &stop) const
    {
        const auto deadline = Clock::now() + timeLimit;
        while (true) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
            if (stop.stop_requested())
                return Outcome::Stopped;
            if (left <= 0)
                return Outcome::TooLong;
            std::array<pollfd, 2> events{{{helper.socket(), POLLIN, 0}, {wake.get(), POLLIN, 0}}};
            if (::poll(events.data(), events.size(), static_cast<int>(left)) <= 0)
                continue;
            if ((events[0].revents & POLLIN) != 0)
                return Outcome::Answer;
            if (events[0].revents != 0)
                return Outcome::Gone;
        }
    }

    void drainWake() const
    {
        std::uint64_t count = 0;
        static_cast<void>(!::read(wake.get(), &count, sizeof count));
    }

    tl::unexpected<Error> crashed()
    {
        const HelperEnd end = helper.end();
        if (end.isOutOfTime)
            return fail(ErrorCode::LimitExceeded, "reading the film took too much processor time");
        if (end.isForbidden)
            return fail(ErrorCode::DataCorrupt,
                        "the film is damaged: the decoder did what no film asks for and was stopped");
        if (end.isMissing)
            return fail(ErrorCode::Internal, helper.program() + " cannot be started");
        return fail(ErrorCode::DataCorrupt,
                    "the film is damaged: the decoder crashed on it (" + end.words + ")");
    }

    Result<Reply> ask(RequestKind kind, const std::filesystem::path &file, const std::stop_token &stop)
    {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "cancelled");
        // The helper gets the open file and no way to open another.
        const auto opened = openFile(file);
        if (!opened)
            return tl::unexpected(opened.error());
        // A helper that died between two films is no fault of this one: one more try.
        for (int attempt = 0; attempt < 2; ++attempt) {
            if (const auto started = helper.start(); !started)
                return tl::unexpected(started.error());
            if (send(kind, *opened))
                return await(stop);
            helper.kill();
        }
        return fail(ErrorCode::Internal, "the decoder does not take requests");
    }

    Result<Reply> await(const std::stop_token &stop)
    {
        const std::stop_callback onStop(stop, [this] {
            const std::uint64_t one = 1;
            static_cast<void>(!::write(wake.get(), &one, sizeof one));
        });
        const Outcome outcome = wait(stop);
        drainWake();
        switch (outcome) {
        case Outcome::Stopped:
            helper.kill();
            return fail(ErrorCode::Cancelled, "cancelled");
        case Outcome::TooLong:
            helper.kill();
            return fail(ErrorCode::LimitExceeded,
                        "reading the film took longer than "
                            + std::to_string(std::chrono::ceil<std::chrono::seconds>(timeLimit).count())
                            + " s");
        case Outcome::Gone:
            return crashed();
        case Outcome::Answer:
            break;
        }
        auto reply = receiveReply(helper.socket());
        if (!reply)
            return crashed();
        return std::move(*reply);
    }

    Result<Film> read(const std::filesystem::path &file, const std::stop_token &stop)
    {
        const auto reply = ask(RequestKind::Film, file, stop);
        if (!reply)
            return tl::unexpected(reply.error());
        auto film = filmOf(*reply);
        // The helper keeps the file for the next film: a usual film's worth, no more.
        if (reply->head.sampleBytes + reply->head.headBytes > keptAnswerBytes)
            static_cast<void>(::fallocate(reply->file.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
                                          keptAnswerBytes, off_t{1} << 40)
                              == 0);
        if (!film && film.error().code == ErrorCode::Internal)
            helper.kill(); // no longer to be trusted
        return film;
    }

    Result<DirectoryListing> list(const std::filesystem::path &file, const std::stop_token &stop)
    {
        const auto reply = ask(RequestKind::Directory, file, stop);
        if (!reply)
            return tl::unexpected(reply.error());
        const auto head = headOf(*reply);
        auto listing = head ? unpackListing(*head) : tl::unexpected(head.error());
        if (!listing && listing.error().code == ErrorCode::Internal)
            helper.kill();
        return listing;
    }
};

DecodeClient::DecodeClient(std::filesystem::path helper, std::chrono::milliseconds timeLimit)
    : m_impl(std::make_unique<Impl>(std::move(helper), timeLimit))
{
}

DecodeClient::~DecodeClient() = default;

void DecodeClient::prepare()
{
    const std::scoped_lock lock(m_impl->mutex);
    static_cast<void>(m_impl->helper.start().has_value());
}

Result<FilmPtr> DecodeClient::read(const std::filesystem::path &file, std::stop_token stop)
{
    const std::scoped_lock lock(m_impl->mutex);
    auto film = m_impl->read(file, stop);
    if (!film)
        return named(file, std::move(film.error()));
    film->file = pathText(file);
    return std::make_shared<const Film>(std::move(*film));
}

Result<DirectoryListing> DecodeClient::list(const std::filesystem::path &path, std::stop_token stop)
{
    const auto file = directoryFile(path);
    if (!file)
        return named(path, file.error());
    const std::scoped_lock lock(m_impl->mutex);
    auto listing = m_impl->list(*file, stop);
    if (!listing)
        return named(*file, std::move(listing.error()));
    findFiles(*listing, *file);
    return listing;
}

} // namespace hilum
