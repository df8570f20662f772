// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/Peers.h"

#include "core/nn/Boundary.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <thread>
#include <utility>

#ifdef HILUM_DISTRIBUTED
#ifndef USE_C10D_GLOO
#define USE_C10D_GLOO
#endif
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#include <torch/version.h>
#ifdef USE_C10D_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif
#endif

namespace hilum {

namespace {

// A whole number of the environment; nothing when it isn't set.
Result<int> environmentNumber(const char *name, int fallback, int lowest, int highest)
{
    const char *text = std::getenv(name);
    if (text == nullptr || *text == '\0')
        return fallback;
    int value = 0;
    const char *end = text + std::char_traits<char>::length(text);
    const auto [stop, error] = std::from_chars(text, end, value);
    if (error != std::errc() || stop != end || value < lowest || value > highest)
        return fail(ErrorCode::UsageWrong,
                    std::string(name) + ": expected a whole number from " + std::to_string(lowest) + " to "
                        + std::to_string(highest) + ", found \"" + text + "\"");
    return value;
}

torch::Tensor flattened(const std::vector<torch::Tensor> &tensors, bool flag)
{
    std::vector<torch::Tensor> flat;
    for (const torch::Tensor &tensor : tensors)
        flat.push_back(tensor.detach().to(at::kFloat).reshape({-1}));
    flat.push_back(at::full({1}, flag ? 1.0 : 0.0, flat.front().options()));
    return at::cat(flat);
}

void unflatten(const torch::Tensor &flat, const std::vector<torch::Tensor> &tensors)
{
    const at::NoGradGuard noGradients;
    std::int64_t at = 0;
    for (torch::Tensor tensor : tensors) {
        tensor.copy_(flat.narrow(0, at, tensor.numel()).view(tensor.sizes()));
        at += tensor.numel();
    }
}

#ifdef HILUM_DISTRIBUTED

constexpr int callsPatience = 6; // of the patience to come together
constexpr std::chrono::milliseconds betweenLooks{100};
constexpr std::chrono::seconds oneTry{5}; // to reach the first process: a stop is heeded between two

std::string wordsOf(const std::exception &error)
{
    const auto *ofTorch = dynamic_cast<const c10::Error *>(&error);
    return ofTorch == nullptr ? error.what() : ofTorch->what_without_backtrace();
}

// c10d's own waits are deaf and silent, so that we wait for the others ourselves.
class Waiting {
public:
    Waiting(const PeerMeeting &meeting, const PeerWait &wait)
        : m_meeting(meeting)
        , m_wait(wait)
    {
    }

    // Throws when it is of no use to wait any longer for `whom`.
    void rest(const std::string &whom, const std::string &why = {})
    {
        heedStop(whom);
        const std::string seconds = std::to_string(m_meeting.patience.count()) + " seconds";
        if (std::chrono::steady_clock::now() > m_end)
            throw NetworkFailure({ErrorCode::Internal,
                                  "expected " + std::to_string(m_meeting.size) + " processes at " + where()
                                      + " within " + seconds + " (HILUM_PEER_SECONDS), found no answer from "
                                      + whom + (why.empty() ? why : ": " + why)});
        if (!std::exchange(m_said, true))
            say("waiting for " + whom + " at " + where() + ", " + seconds + " at most");
        std::this_thread::sleep_for(betweenLooks);
    }
    void heedStop(const std::string &whom) const
    {
        if (m_wait.stop.stop_requested())
            throw NetworkFailure({ErrorCode::Cancelled, "stopped while waiting for " + whom});
    }
    void end() const
    {
        if (m_said)
            say("all " + std::to_string(m_meeting.size) + " processes are there");
    }
    std::string where() const { return m_meeting.host + ':' + std::to_string(m_meeting.port); }

private:
    void say(const std::string &words) const
    {
        if (m_wait.say)
            m_wait.say(words);
    }

    const PeerMeeting &m_meeting;
    const PeerWait &m_wait;
    std::chrono::steady_clock::time_point m_end = std::chrono::steady_clock::now() + m_meeting.patience;
    bool m_said = false;
};

// The first process keeps the store; it may begin later than we do.
c10::intrusive_ptr<c10d::TCPStore> openStore(const PeerMeeting &meeting, Waiting &waiting)
{
    c10d::TCPStoreOptions options;
    options.port = static_cast<std::uint16_t>(meeting.port);
    options.isServer = meeting.rank == 0;
    options.waitWorkers = false;
    options.timeout = std::min(oneTry, meeting.patience);
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 2)
    options.useLibUV = false; // not every build has it
#endif
    const auto open = [&] { return c10::make_intrusive<c10d::TCPStore>(meeting.host, options); };
    if (options.isServer)
        return open();
    while (true) {
        waiting.heedStop("rank 0");
        try {
            return open();
        } catch (const std::exception &error) {
            waiting.rest("rank 0", wordsOf(error));
        }
    }
}

std::string missingOf(c10d::TCPStore &store, const std::string &mark, int size)
{
    std::string missing;
    for (int rank = 0; rank < size; ++rank) {
        if (!store.check({mark + std::to_string(rank)}))
            missing += (missing.empty() ? "rank " : ", ") + std::to_string(rank);
    }
    return missing;
}

c10::intrusive_ptr<c10d::TCPStore> meet(const PeerMeeting &meeting, const PeerWait &wait)
{
    Waiting waiting(meeting, wait);
    try {
        const auto store = openStore(meeting, waiting);
        // Twice: who came early may have gone again when the last one comes.
        for (const std::string mark : {"hilum/here/", "hilum/ready/"}) {
            store->set(mark + std::to_string(meeting.rank), {1});
            for (auto missing = missingOf(*store, mark, meeting.size); !missing.empty();
                 missing = missingOf(*store, mark, meeting.size))
                waiting.rest(missing);
        }
        waiting.end();
        store->setTimeout(meeting.patience);
        return store;
    } catch (const NetworkFailure &) {
        throw;
    } catch (const std::exception &error) {
        throw NetworkFailure(
            {ErrorCode::Internal,
             "the processes of the training can't meet at " + waiting.where() + ": " + wordsOf(error)});
    }
}

template <class Call>
void orLost(Call &&call)
{
    try {
        call();
    } catch (const std::exception &error) {
        throw NetworkFailure({ErrorCode::Internal,
                              "another process of the training is gone or does not answer (" + wordsOf(error)
                                  + "); the same commands go on from the last checkpoint"});
    }
}

#endif

} // namespace

Result<Peers> Peers::fromEnvironment(bool cuda, const PeerWait &wait)
{
    const auto size = environmentNumber("WORLD_SIZE", 1, 1, 65536);
    if (!size)
        return tl::unexpected(size.error());
    const auto rank = environmentNumber("RANK", 0, 0, *size - 1);
    if (!rank)
        return tl::unexpected(rank.error());
    if (*size == 1)
        return Peers();
    PeerMeeting meeting{.rank = *rank, .size = *size};
    const auto port = environmentNumber("MASTER_PORT", meeting.port, 1, 65535);
    if (!port)
        return tl::unexpected(port.error());
    const auto patience
        = environmentNumber("HILUM_PEER_SECONDS", static_cast<int>(meeting.patience.count()), 1, 86400);
    if (!patience)
        return tl::unexpected(patience.error());
    meeting.port = *port;
    meeting.patience = std::chrono::seconds(*patience);
    if (const char *host = std::getenv("MASTER_ADDR"); host != nullptr && *host != '\0')
        meeting.host = host;
    return connect(meeting, cuda, wait);
}

Result<Peers> Peers::connect(const PeerMeeting &meeting, bool cuda, const PeerWait &wait)
{
#ifdef HILUM_DISTRIBUTED
    return guardTorch([&]() -> Result<Peers> {
        const auto store = meet(meeting, wait);
        const std::chrono::milliseconds limit = meeting.patience * callsPatience;
        Peers peers;
        peers.m_rank = meeting.rank;
        peers.m_size = meeting.size;
        const auto use = [&](auto group) {
            peers.m_sum = [group](std::vector<torch::Tensor> &tensors) {
                orLost([&] { group->allreduce(tensors)->wait(); });
            };
            peers.m_broadcast = [group](std::vector<torch::Tensor> &tensors) {
                orLost([&] { group->broadcast(tensors)->wait(); });
            };
        };
#ifdef USE_C10D_NCCL
        if (cuda) {
            auto options = c10d::ProcessGroupNCCL::Options::create();
            options->timeout = limit;
            use(c10::make_intrusive<c10d::ProcessGroupNCCL>(store, meeting.rank, meeting.size, options));
            return peers;
        }
#else
        (void)cuda; // Gloo sums CUDA tensors too, by way of the CPU
#endif
        auto options = c10d::ProcessGroupGloo::Options::create(limit);
        const char *interface = std::getenv("GLOO_SOCKET_IFNAME");
        options->devices.push_back(interface != nullptr && *interface != '\0'
                                       ? c10d::ProcessGroupGloo::createDeviceForInterface(interface)
                                       : c10d::ProcessGroupGloo::createDefaultDevice());
        use(c10::make_intrusive<c10d::ProcessGroupGloo>(store, meeting.rank, meeting.size, options));
        return peers;
    });
#else
    (void)cuda, (void)wait;
    return fail(ErrorCode::UsageWrong,
                "WORLD_SIZE: expected 1, as this build has no c10d (Gloo's headers were not there), found "
                    + std::to_string(meeting.size));
#endif
}

bool Peers::average(const std::vector<torch::Tensor> &tensors, bool flag) const
{
    if (m_size == 1 || tensors.empty())
        return flag;
    std::vector<torch::Tensor> flat{flattened(tensors, flag)};
    m_sum(flat);
    const bool any = flat[0][-1].item().toFloat() > 0;
    unflatten(flat[0].div_(m_size), tensors);
    return any;
}

// One by one and in their own types: counters must arrive exactly.
void Peers::copyFromFirst(const std::vector<torch::Tensor> &tensors) const
{
    if (m_size == 1)
        return;
    const at::NoGradGuard noGradients;
    for (torch::Tensor tensor : tensors) {
        std::vector<torch::Tensor> plain{tensor.detach().contiguous(at::MemoryFormat::Contiguous).clone()};
        m_broadcast(plain);
        tensor.copy_(plain[0]);
    }
}

} // namespace hilum
