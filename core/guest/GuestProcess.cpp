// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/guest/GuestProcess.h"

#include "core/codec/Descriptor.h"
#include "core/codec/FilmMessage.h"
#include "core/codec/HelperProcess.h"
#include "core/codec/PathText.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <utility>

namespace hilum {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t mostQuoted = 400; // of what a network says
constexpr int lookMs = 100; // whether a stop was asked for
// A network that is about to answer is waited for: starting its process again would take longer.
constexpr std::chrono::milliseconds stopPatience{500};

// One line of printable text, whatever the process sent.
std::string quoted(const std::string &text)
{
    std::string line;
    for (const char c : text.substr(0, mostQuoted))
        line += static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7e ? ' ' : c;
    while (line.ends_with(' '))
        line.pop_back();
    return text.size() > mostQuoted ? line + "..." : line;
}

// Why LibTorch could not load a file, for people.
std::string whyNoTorchScript(const std::string &said)
{
    const auto has = [&](const char *words) { return said.find(words) != std::string::npos; };
    if (has("constants.pkl") || has("file not found"))
        return "expected a TorchScript file (torch.jit.trace or torch.jit.script, then save), found a file "
               "of "
               "weights or an object written by torch.save, which holds no network";
    if (has("maximum supported version") || has("Unknown builtin op") || has("unknown builtin op")
        || has("Unknown type name"))
        return "expected a TorchScript file that LibTorch 1.13 can read, found one that needs a newer "
               "PyTorch or operators of another library: "
            + quoted(said);
    return "expected a TorchScript file (torch.jit.trace or torch.jit.script, then save), found none: "
        + quoted(said);
}

enum class Ready { Yes, Gone, TooLong, Stopped };

struct Patience {
    Clock::time_point begin = Clock::now();
    Clock::time_point deadline;

    explicit Patience(std::chrono::milliseconds limit)
        : deadline(begin + limit)
    {
    }
};

Ready waitFor(int socket, short what, const Patience &patience, const std::stop_token &stop)
{
    while (true) {
        const auto left
            = std::chrono::ceil<std::chrono::milliseconds>(patience.deadline - Clock::now()).count();
        if (stop.stop_requested() && Clock::now() - patience.begin >= stopPatience)
            return Ready::Stopped;
        if (left <= 0)
            return Ready::TooLong;
        pollfd event{socket, what, 0};
        if (::poll(&event, 1, static_cast<int>(std::min<std::int64_t>(left, lookMs))) <= 0)
            continue;
        if ((event.revents & what) != 0)
            return Ready::Yes;
        if (event.revents != 0)
            return Ready::Gone;
    }
}

} // namespace

struct GuestProcess::Impl {
    GuestFiles files;
    GuestOptions options;
    HelperProcess helper;

    Impl(GuestFiles guest, GuestOptions chosen)
        : files(std::move(guest))
        , options(std::move(chosen))
        , helper(options.helper, "hilum-model")
    {
    }

    const std::filesystem::path &fileOf(GuestPart part) const
    {
        return part == GuestPart::OnTop ? files.head : files.model;
    }

    Error crashed(GuestPart part)
    {
        const HelperEnd end = helper.end();
        const std::string where = pathText(fileOf(part)) + ": ";
        if (end.isOutOfTime)
            return {ErrorCode::LimitExceeded, where + "the network took too much processor time"};
        if (end.isForbidden)
            return {ErrorCode::ModelMismatch,
                    where + "the network did what no network needs to do, and was stopped"};
        if (end.isKilled)
            return {ErrorCode::LimitExceeded,
                    where + "the network's process was killed, perhaps for want of memory"};
        if (end.isMissing)
            return {ErrorCode::Internal, helper.program() + " cannot be started"};
        return {ErrorCode::ModelMismatch, where + "the network's process crashed (" + end.words + ")"};
    }

    Error tooLong(GuestPart part)
    {
        helper.kill();
        return {ErrorCode::LimitExceeded,
                pathText(fileOf(part)) + ": the network took longer than "
                    + std::to_string(std::chrono::ceil<std::chrono::seconds>(options.timeLimit).count())
                    + " s and was stopped"};
    }

    // Sends (`isOut`) or receives all of `bytes` before the deadline.
    Result<void> pass(bool isOut, std::span<std::byte> bytes, GuestPart part, const Patience &patience)
    {
        while (!bytes.empty()) {
            const Ready ready = waitFor(helper.socket(), isOut ? POLLOUT : POLLIN, patience, options.stop);
            if (ready == Ready::Stopped) {
                helper.kill();
                return fail(ErrorCode::Cancelled, "stopped");
            }
            if (ready == Ready::TooLong)
                return tl::unexpected(tooLong(part));
            const ssize_t done = ready == Ready::Gone ? 0
                : isOut ? ::send(helper.socket(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT)
                        : ::recv(helper.socket(), bytes.data(), bytes.size(), MSG_DONTWAIT);
            if (done < 0 && (errno == EINTR || errno == EAGAIN))
                continue;
            if (done <= 0)
                return tl::unexpected(crashed(part));
            bytes = bytes.subspan(static_cast<std::size_t>(done));
        }
        return {};
    }

    Error refusal(const GuestReply &reply, const std::string &said, GuestPart part,
                  const GuestTensor *input) const
    {
        const std::string where = pathText(fileOf(part)) + ": ";
        switch (reply.outcome) {
        case GuestOutcome::NotTorchScript:
            return {ErrorCode::ModelMismatch, where + whyNoTorchScript(said)};
        case GuestOutcome::NotATensor:
            return {ErrorCode::ModelMismatch,
                    where + "expected one tensor of numbers from the network, found " + quoted(said)};
        case GuestOutcome::OutOfMemory:
            return {ErrorCode::LimitExceeded, where + "the network wants more memory than it is granted"};
        default:
            return {ErrorCode::ModelMismatch,
                    where + "the network " + guestRefused
                        + (input == nullptr ? std::string("nothing") : shapeText(input->shape)) + ": "
                        + quoted(said)};
        }
    }

    Result<GuestTensor> answer(GuestPart part, const GuestTensor *input, const Patience &patience)
    {
        GuestReply reply;
        if (auto got = pass(false, std::as_writable_bytes(std::span(&reply, 1)), part, patience); !got)
            return tl::unexpected(got.error());
        GuestTensor output;
        if (reply.magic != guestMagic || reply.textBytes > mostGuestText || !makeRoom(reply.output, output)) {
            helper.kill();
            return fail(ErrorCode::ModelMismatch,
                        pathText(fileOf(part)) + ": the answer of the network's process makes no sense");
        }
        std::string said(reply.textBytes, '\0');
        for (const auto &bytes :
             {std::as_writable_bytes(std::span(said)), std::as_writable_bytes(std::span(output.values))}) {
            if (auto got = pass(false, bytes, part, patience); !got)
                return tl::unexpected(got.error());
        }
        if (reply.outcome != GuestOutcome::Done)
            return tl::unexpected(refusal(reply, said, part, input));
        return output;
    }

    Result<void> load(GuestPart part)
    {
        const auto file = openFile(fileOf(part));
        if (!file)
            return tl::unexpected(file.error());
        GuestRequest request;
        request.ask = GuestAsk::Load;
        request.part = part;
        request.threads = static_cast<std::uint32_t>(
            options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency()));
        if (!sendMessage(helper.socket(), std::as_bytes(std::span(&request, 1)), file->get()))
            return tl::unexpected(crashed(part));
        const auto loaded = answer(part, nullptr, Patience(2 * options.timeLimit));
        return loaded ? Result<void>() : tl::unexpected(loaded.error());
    }

    Result<void> prepare()
    {
        if (helper.isRunning())
            return {};
        if (auto started = helper.start(); !started)
            return started;
        for (const GuestPart part : {GuestPart::Model, GuestPart::OnTop}) {
            if (fileOf(part).empty())
                continue;
            if (auto loaded = load(part); !loaded) {
                helper.kill();
                return loaded;
            }
        }
        return {};
    }

    Result<GuestTensor> ask(GuestAsk what, GuestPart part, const GuestTensor &input,
                            const GuestTensor *gradient)
    {
        helper.hasGone(); // no fault of this request: prepare() starts another
        if (auto ready = prepare(); !ready)
            return tl::unexpected(ready.error());
        const Patience patience(options.timeLimit);
        GuestRequest request;
        request.ask = what;
        request.part = part;
        request.input = shapeOf(input);
        if (gradient != nullptr)
            request.gradient = shapeOf(*gradient);
        const auto bytesOf = [](const GuestTensor &tensor) {
            return std::span(reinterpret_cast<std::byte *>(const_cast<float *>(tensor.values.data())),
                             tensor.values.size() * sizeof(float));
        };
        if (auto sent = pass(true, std::as_writable_bytes(std::span(&request, 1)), part, patience); !sent)
            return tl::unexpected(sent.error());
        if (auto sent = pass(true, bytesOf(input), part, patience); !sent)
            return tl::unexpected(sent.error());
        if (gradient != nullptr) {
            if (auto sent = pass(true, bytesOf(*gradient), part, patience); !sent)
                return tl::unexpected(sent.error());
        }
        return answer(part, &input, patience);
    }
};

GuestProcess::GuestProcess(GuestFiles files, GuestOptions options)
    : m_impl(std::make_unique<Impl>(std::move(files), std::move(options)))
{
}

GuestProcess::~GuestProcess() = default;

Result<void> GuestProcess::prepare()
{
    m_impl->helper.hasGone();
    return m_impl->prepare();
}

Result<GuestTensor> GuestProcess::run(GuestPart part, const GuestTensor &input)
{
    return m_impl->ask(GuestAsk::Run, part, input, nullptr);
}

Result<GuestTensor> GuestProcess::pull(GuestPart part, const GuestTensor &input, const GuestTensor &gradient)
{
    auto pulled = m_impl->ask(GuestAsk::Pull, part, input, &gradient);
    if (pulled && pulled->shape != input.shape)
        return fail(ErrorCode::ModelMismatch,
                    pathText(m_impl->fileOf(part)) + ": expected a gradient of " + shapeText(input.shape)
                        + ", found " + shapeText(pulled->shape));
    return pulled;
}

void GuestProcess::heed(std::stop_token stop) { m_impl->options.stop = std::move(stop); }

int GuestProcess::processId() const { return m_impl->helper.processId(); }

} // namespace hilum
