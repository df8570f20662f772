// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/Peers.h"

#include "core/nn/Boundary.h"

#include <ATen/ATen.h>
#include <charconv>
#include <cstdlib>

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

} // namespace

Result<Peers> Peers::fromEnvironment(bool cuda)
{
    const auto size = environmentNumber("WORLD_SIZE", 1, 1, 65536);
    if (!size)
        return tl::unexpected(size.error());
    const auto rank = environmentNumber("RANK", 0, 0, *size - 1);
    if (!rank)
        return tl::unexpected(rank.error());
    if (*size == 1)
        return Peers();
    const auto port = environmentNumber("MASTER_PORT", 29500, 1, 65535);
    if (!port)
        return tl::unexpected(port.error());
    const char *host = std::getenv("MASTER_ADDR");
    return connect(host == nullptr || *host == '\0' ? "127.0.0.1" : host, *port, *rank, *size, cuda);
}

Result<Peers> Peers::connect(const std::string &host, int port, int rank, int size, bool cuda)
{
#ifdef HILUM_DISTRIBUTED
    return guardTorch([&]() -> Result<Peers> {
        c10d::TCPStoreOptions storeOptions;
        storeOptions.port = static_cast<std::uint16_t>(port);
        storeOptions.isServer = rank == 0;
        storeOptions.numWorkers = static_cast<std::size_t>(size);
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 2)
        storeOptions.useLibUV = false; // not every build has it
#endif
        const auto store = c10::make_intrusive<c10d::TCPStore>(host, storeOptions);
        Peers peers;
        peers.m_rank = rank;
        peers.m_size = size;
        const auto use = [&](auto group) {
            peers.m_sum = [group](std::vector<torch::Tensor> &tensors) { group->allreduce(tensors)->wait(); };
            peers.m_broadcast
                = [group](std::vector<torch::Tensor> &tensors) { group->broadcast(tensors)->wait(); };
        };
#ifdef USE_C10D_NCCL
        if (cuda) {
            use(c10::make_intrusive<c10d::ProcessGroupNCCL>(store, rank, size));
            return peers;
        }
#else
        (void)cuda; // Gloo sums CUDA tensors too, by way of the CPU
#endif
        auto options = c10d::ProcessGroupGloo::Options::create();
        const char *interface = std::getenv("GLOO_SOCKET_IFNAME");
        options->devices.push_back(interface != nullptr && *interface != '\0'
                                       ? c10d::ProcessGroupGloo::createDeviceForInterface(interface)
                                       : c10d::ProcessGroupGloo::createDefaultDevice());
        use(c10::make_intrusive<c10d::ProcessGroupGloo>(store, rank, size, options));
        return peers;
    });
#else
    (void)host, (void)port, (void)rank, (void)cuda;
    return fail(ErrorCode::UsageWrong,
                "WORLD_SIZE: expected 1, as this build has no c10d (Gloo's headers were not there), found "
                    + std::to_string(size));
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
