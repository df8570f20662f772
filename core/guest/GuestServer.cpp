// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/guest/GuestServer.h"

#include "core/codec/Descriptor.h"
#include "core/guest/GuestWire.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <algorithm>
#include <array>
#include <c10/util/Exception.h>
#include <caffe2/serialize/read_adapter_interface.h>
#include <cerrno>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <sys/socket.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/csrc/jit/runtime/print_handler.h>
#include <torch/csrc/jit/serialization/import.h>
#include <unistd.h>

namespace hilum {

namespace {

// LibTorch reads the network through the open file that was handed over.
class OpenFile final : public caffe2::serialize::ReadAdapterInterface {
public:
    explicit OpenFile(Descriptor file)
        : m_file(std::move(file))
    {
        // lseek, as the confined process may not ask for more of a file.
        const off_t end = ::lseek(m_file.get(), 0, SEEK_END);
        m_size = end > 0 ? static_cast<std::size_t>(end) : 0;
    }

    std::size_t size() const override { return m_size; }

    std::size_t read(std::uint64_t position, void *buffer, std::size_t count, const char *what) const override
    {
        std::size_t done = 0;
        while (done < count) {
            const ssize_t got = ::pread(m_file.get(), static_cast<char *>(buffer) + done, count - done,
                                        static_cast<off_t>(position + done));
            if (got < 0 && errno == EINTR)
                continue;
            TORCH_CHECK(got >= 0, "reading failed: ", what);
            if (got == 0)
                break;
            done += static_cast<std::size_t>(got);
        }
        return done;
    }

private:
    Descriptor m_file;
    std::size_t m_size = 0;
};

struct Answer {
    GuestOutcome outcome = GuestOutcome::Done;
    std::string text;
    at::Tensor output; // on the CPU, floats, contiguous
};

struct Asked {
    GuestRequest head;
    Descriptor file;
    GuestTensor input;
    GuestTensor gradient;
};

// A request, and the file that may come with it.
std::optional<Asked> receiveRequest(int socket)
{
    Asked asked;
    const std::span<std::byte> head = std::as_writable_bytes(std::span(&asked.head, 1));
    iovec part{head.data(), head.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message = {};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    ssize_t got = 0;
    do
        got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got <= 0)
        return std::nullopt;
    if (const cmsghdr *attached = CMSG_FIRSTHDR(&message);
        attached != nullptr && attached->cmsg_type == SCM_RIGHTS) {
        int file = -1;
        std::memcpy(&file, CMSG_DATA(attached), sizeof file);
        asked.file = Descriptor(file);
    }
    if (!receiveAll(socket, head.subspan(static_cast<std::size_t>(got))) || asked.head.magic != guestMagic)
        return std::nullopt;
    if (asked.head.ask == GuestAsk::Load)
        return asked;
    if (!makeRoom(asked.head.input, asked.input)
        || !receiveAll(socket, std::as_writable_bytes(std::span(asked.input.values))))
        return std::nullopt;
    if (asked.head.ask == GuestAsk::Pull
        && (!makeRoom(asked.head.gradient, asked.gradient)
            || !receiveAll(socket, std::as_writable_bytes(std::span(asked.gradient.values)))))
        return std::nullopt;
    return asked;
}

// The sentence of a traceback that says what went wrong.
std::string lastWords(const std::string &text)
{
    std::string line;
    std::string last;
    const bool isTraceback = text.find("Traceback of TorchScript") != std::string::npos;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        line = text.substr(begin, end - begin);
        if (line.find_first_not_of(" \t") != std::string::npos)
            last = line;
        if (!isTraceback && !last.empty())
            break;
        begin = end + 1;
    }
    return last.substr(0, mostGuestText);
}

bool wantsMemory(const std::string &text)
{
    return text.find("can't allocate memory") != std::string::npos
        || text.find("not enough memory") != std::string::npos || text.find("bad_alloc") != std::string::npos;
}

Answer guarded(GuestOutcome outcome, const std::function<Answer()> &work)
{
    std::string said;
    try {
        return work();
    } catch (const std::bad_alloc &) {
        return {GuestOutcome::OutOfMemory, "no memory", {}};
    } catch (const c10::Error &error) {
        said = error.what_without_backtrace();
    } catch (const std::exception &error) {
        said = error.what();
    } catch (...) {
        said = "an exception without words";
    }
    if (wantsMemory(said))
        return {GuestOutcome::OutOfMemory, "no memory", {}};
    return {outcome, lastWords(said), {}};
}

std::string kindOf(const c10::IValue &value)
{
    if (value.isTuple())
        return "a tuple of " + std::to_string(value.toTupleRef().elements().size());
    return "a value of type " + value.tagKind();
}

Answer outputOf(const c10::IValue &value)
{
    if (!value.isTensor() || !value.toTensor().defined())
        return {GuestOutcome::NotATensor, value.isTensor() ? "nothing" : kindOf(value), {}};
    const at::Tensor tensor = value.toTensor().detach().to(at::kCPU, at::kFloat).contiguous();
    if (tensor.dim() > static_cast<std::int64_t>(guestRank)
        || tensor.numel() > static_cast<std::int64_t>(mostGuestFloats))
        return {GuestOutcome::NotATensor, "a tensor too large to be an answer", {}};
    return {GuestOutcome::Done, {}, tensor};
}

at::Tensor tensorOf(GuestTensor &values)
{
    return at::from_blob(values.values.data(), values.shape, at::kFloat);
}

class Guest {
public:
    Answer work(Asked &asked)
    {
        switch (asked.head.ask) {
        case GuestAsk::Load:
            return guarded(GuestOutcome::NotTorchScript, [&] { return load(asked); });
        case GuestAsk::Run:
            return guarded(GuestOutcome::Refused, [&] { return run(asked); });
        case GuestAsk::Pull:
            return guarded(GuestOutcome::Refused, [&] { return pull(asked); });
        }
        return {GuestOutcome::Refused, "an unknown request", {}};
    }

private:
    Answer load(Asked &asked)
    {
        at::set_num_threads(static_cast<int>(std::clamp(asked.head.threads, 1U, 256U)));
        auto module = torch::jit::load(std::make_shared<OpenFile>(std::move(asked.file)), at::kCPU);
        module.eval();
        for (const at::Tensor &parameter : module.parameters())
            parameter.set_requires_grad(false); // nobody trains here
        m_parts[indexOf(asked)] = std::move(module);
        return {GuestOutcome::Done, {}, at::empty({0})};
    }

    Answer run(Asked &asked)
    {
        const at::NoGradGuard noGradients;
        return outputOf(part(asked).forward({tensorOf(asked.input)}));
    }

    Answer pull(Asked &asked)
    {
        const at::AutoGradMode gradients(true);
        const at::Tensor leaf = tensorOf(asked.input).clone().requires_grad_(true);
        const c10::IValue output = part(asked).forward({leaf});
        if (!output.isTensor())
            return outputOf(output);
        TORCH_CHECK(output.toTensor().requires_grad(), "no gradient reaches the network's input");
        return outputOf(
            torch::autograd::grad({output.toTensor()}, {leaf}, {tensorOf(asked.gradient)}).front());
    }

    static std::size_t indexOf(const Asked &asked) { return asked.head.part == GuestPart::OnTop ? 1 : 0; }

    torch::jit::Module &part(const Asked &asked)
    {
        auto &module = m_parts[indexOf(asked)];
        TORCH_CHECK(module.has_value(), "nothing was loaded");
        return *module;
    }

    std::array<std::optional<torch::jit::Module>, 2> m_parts;
};

bool reply(int socket, const Answer &answer)
{
    GuestReply head;
    head.outcome = answer.outcome;
    head.textBytes = static_cast<std::uint32_t>(answer.text.size());
    std::span<const float> values;
    if (answer.outcome == GuestOutcome::Done) {
        head.output.rank = static_cast<std::uint32_t>(answer.output.dim());
        std::ranges::copy(answer.output.sizes(), head.output.sizes.begin());
        values = {answer.output.data_ptr<float>(), static_cast<std::size_t>(answer.output.numel())};
    } else {
        head.output.rank = 1; // no number
    }
    return sendAll(socket, std::as_bytes(std::span(&head, 1)))
        && sendAll(socket, std::as_bytes(std::span(answer.text))) && sendAll(socket, std::as_bytes(values));
}

} // namespace

void warmUpGuest()
{
    // Operation by operation: what compiles at run time gains nothing on networks of this size.
    torch::jit::getProfilingMode() = false;
    torch::jit::getExecutorMode() = false;
    torch::jit::setGraphExecutorOptimize(false);
    torch::jit::setPrintHandler([](const std::string &) {});
    at::set_num_threads(1);
    const at::Tensor x = at::rand({1, 3, 64, 64}).requires_grad_(true);
    const at::Tensor y = at::conv2d(x, at::rand({8, 3, 3, 3}), {}, 1, 1).relu();
    const at::Tensor z = at::linear(y.mean({2, 3}), at::rand({2, 8})).softmax(1);
    static_cast<void>(torch::autograd::grad({z.sum()}, {x}));
}

int serveGuest(int socket, const std::function<void(unsigned)> &beforeEach)
{
    Guest guest;
    while (auto asked = receiveRequest(socket)) {
        beforeEach(static_cast<unsigned>(at::get_num_threads()));
        if (!reply(socket, guest.work(*asked)))
            return 1;
    }
    return 0;
}

} // namespace hilum
