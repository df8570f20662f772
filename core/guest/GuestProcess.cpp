// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/guest/GuestProcess.h"

#include "core/codec/Descriptor.h"
#include "core/codec/FilmMessage.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>

extern char **environ;

namespace hilum {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t mostQuoted = 400; // of what a network says
constexpr int lookMs = 100; // whether a stop was asked for
constexpr int exitPatienceMs = 10;
constexpr int exitTries = 100;

std::filesystem::path besideThisProgram()
{
    std::error_code error;
    return std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / "hilum-model";
}

std::string nameOf(const std::filesystem::path &file)
{
    const std::u8string text = file.u8string();
    return {text.begin(), text.end()};
}

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
               "PyTorch "
               "or operators of another library: "
            + quoted(said);
    return "expected a TorchScript file (torch.jit.trace or torch.jit.script, then save), found none: "
        + quoted(said);
}

enum class Ready { Yes, Gone, TooLong, Stopped };

Ready waitFor(int socket, short what, Clock::time_point deadline, const std::stop_token &stop)
{
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (stop.stop_requested())
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
    pid_t helper = -1;
    Descriptor socket;

    ~Impl() { end(); }

    const std::filesystem::path &fileOf(GuestPart part) const
    {
        return part == GuestPart::OnTop ? files.head : files.model;
    }

    Result<void> start()
    {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
            return fail(ErrorCode::Internal,
                        std::string("no socket for the network's process: ") + std::strerror(errno));
        Descriptor ours(ends[0]);
        // Away from 3, the number the helper expects: dup2 onto itself would keep close-on-exec.
        const Descriptor theirs(::fcntl(ends[1], F_DUPFD_CLOEXEC, 10));
        ::close(ends[1]);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, theirs.get(), 3);
        std::string name = options.helper.string();
        const std::array<char *, 2> arguments{name.data(), nullptr};
        const int error = ::posix_spawn(&helper, name.c_str(), &actions, nullptr, arguments.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        if (error != 0) {
            helper = -1;
            return fail(ErrorCode::Internal,
                        nameOf(options.helper) + " cannot be started: " + std::strerror(error));
        }
        socket = std::move(ours);
        return {};
    }

    int end()
    {
        socket = Descriptor();
        if (helper <= 0)
            return 0;
        int status = 0;
        ::kill(helper, SIGKILL);
        while (::waitpid(helper, &status, 0) < 0 && errno == EINTR) { }
        helper = -1;
        return status;
    }

    // The process is gone or about to be: let it say how, before end() would kill it.
    Error crashed(GuestPart part)
    {
        int status = 0;
        for (int i = 0; i < exitTries && helper > 0; ++i) {
            if (::waitpid(helper, &status, WNOHANG) == helper)
                helper = -1;
            else
                ::poll(nullptr, 0, exitPatienceMs);
        }
        if (helper > 0)
            status = end();
        socket = Descriptor();
        const std::string where = nameOf(fileOf(part)) + ": ";
        if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
            return {ErrorCode::LimitExceeded, where + "the network took too much processor time"};
        if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
            return {ErrorCode::ModelMismatch,
                    where + "the network did what no network needs to do, and was stopped"};
        if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
            return {ErrorCode::LimitExceeded,
                    where + "the network's process was killed, perhaps for want of memory"};
        if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
            return {ErrorCode::Internal, nameOf(options.helper) + " cannot be started"};
        const std::string how = WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status))
                                                    : "exit code " + std::to_string(WEXITSTATUS(status));
        return {ErrorCode::ModelMismatch, where + "the network's process crashed (" + how + ")"};
    }

    Error tooLong(GuestPart part)
    {
        end();
        return {ErrorCode::LimitExceeded,
                nameOf(fileOf(part)) + ": the network took longer than "
                    + std::to_string(std::chrono::ceil<std::chrono::seconds>(options.timeLimit).count())
                    + " s and was stopped"};
    }

    // Sends (`isOut`) or receives all of `bytes` before the deadline.
    Result<void> pass(bool isOut, std::span<std::byte> bytes, GuestPart part, Clock::time_point deadline)
    {
        while (!bytes.empty()) {
            const Ready ready = waitFor(socket.get(), isOut ? POLLOUT : POLLIN, deadline, options.stop);
            if (ready == Ready::Stopped) {
                end();
                return fail(ErrorCode::Cancelled, "stopped");
            }
            if (ready == Ready::TooLong)
                return tl::unexpected(tooLong(part));
            const ssize_t done = ready == Ready::Gone ? 0
                : isOut ? ::send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT)
                        : ::recv(socket.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
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
        const std::string where = nameOf(fileOf(part)) + ": ";
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

    Result<GuestTensor> answer(GuestPart part, const GuestTensor *input, Clock::time_point deadline)
    {
        GuestReply reply;
        if (auto got = pass(false, std::as_writable_bytes(std::span(&reply, 1)), part, deadline); !got)
            return tl::unexpected(got.error());
        GuestTensor output;
        if (reply.magic != guestMagic || reply.textBytes > mostGuestText || !makeRoom(reply.output, output)) {
            end();
            return fail(ErrorCode::ModelMismatch,
                        nameOf(fileOf(part)) + ": the answer of the network's process makes no sense");
        }
        std::string said(reply.textBytes, '\0');
        for (const auto &bytes :
             {std::as_writable_bytes(std::span(said)), std::as_writable_bytes(std::span(output.values))}) {
            if (auto got = pass(false, bytes, part, deadline); !got)
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
        if (!sendMessage(socket.get(), std::as_bytes(std::span(&request, 1)), file->get()))
            return tl::unexpected(crashed(part));
        const auto loaded = answer(part, nullptr, Clock::now() + 2 * options.timeLimit);
        return loaded ? Result<void>() : tl::unexpected(loaded.error());
    }

    Result<void> prepare()
    {
        if (helper > 0)
            return {};
        if (auto started = start(); !started)
            return started;
        for (const GuestPart part : {GuestPart::Model, GuestPart::OnTop}) {
            if (fileOf(part).empty())
                continue;
            if (auto loaded = load(part); !loaded) {
                end();
                return loaded;
            }
        }
        return {};
    }

    // A process that died between two requests is no fault of this one: one more try.
    bool hasGone()
    {
        int status = 0;
        if (helper > 0 && ::waitpid(helper, &status, WNOHANG) == helper) {
            helper = -1;
            socket = Descriptor();
            return true;
        }
        return false;
    }

    Result<GuestTensor> ask(GuestAsk what, GuestPart part, const GuestTensor &input,
                            const GuestTensor *gradient)
    {
        hasGone();
        if (auto ready = prepare(); !ready)
            return tl::unexpected(ready.error());
        const auto deadline = Clock::now() + options.timeLimit;
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
        if (auto sent = pass(true, std::as_writable_bytes(std::span(&request, 1)), part, deadline); !sent)
            return tl::unexpected(sent.error());
        if (auto sent = pass(true, bytesOf(input), part, deadline); !sent)
            return tl::unexpected(sent.error());
        if (gradient != nullptr) {
            if (auto sent = pass(true, bytesOf(*gradient), part, deadline); !sent)
                return tl::unexpected(sent.error());
        }
        return answer(part, &input, deadline);
    }
};

GuestProcess::GuestProcess(GuestFiles files, GuestOptions options)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->files = std::move(files);
    m_impl->options = std::move(options);
    if (m_impl->options.helper.empty())
        m_impl->options.helper = besideThisProgram();
}

GuestProcess::~GuestProcess() = default;

Result<void> GuestProcess::prepare()
{
    m_impl->hasGone();
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
                    nameOf(m_impl->fileOf(part)) + ": expected a gradient of " + shapeText(input.shape)
                        + ", found " + shapeText(pulled->shape));
    return pulled;
}

int GuestProcess::processId() const { return m_impl->helper; }

} // namespace hilum
