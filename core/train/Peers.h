// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Peers: the processes that train one network together, by LibTorch's own c10d: Gloo on the CPU, NCCL on CUDA
// where LibTorch has it.
//
// Started as torchrun does, each process with RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT and LOCAL_RANK in
// its environment; without RANK and WORLD_SIZE there is one. Each takes its own films of every step, and all
// average their gradients before the weights change; batch statistics stay each process's own, and the
// first's are saved. Rank 0 writes and reads the folder; the others get its state.
//
// All come together within HILUM_PEER_SECONDS (five minutes when it isn't set). A call that all make, an
// average say, waits six times as long, as the others wait while the first reads validation films.
//
// Errors:  fromEnvironment, connect: UsageWrong for an environment that makes no sense or a build without
//          c10d; Cancelled when told to stop while waiting; Internal naming the ranks that did not come, or
//          why the first can't be reached. The rest throws NetworkFailure when a peer is lost.
// Threads: the training thread; every process calls the same in the same order.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/base/Result.h"

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <torch/types.h>
#include <vector>

namespace hilum {

// Where the processes of a training meet, and how long they wait for each other.
struct PeerMeeting {
    std::string host = "127.0.0.1"; // of the first
    int port = 29500;
    int rank = 0;
    int size = 1;
    std::chrono::seconds patience{300};
};

// What one does while waiting.
struct PeerWait {
    std::stop_token stop;
    std::function<void(const std::string &)> say; // whom it waits for, at most twice
};

class Peers {
public:
    Peers() = default; // alone

    [[nodiscard]] static Result<Peers> fromEnvironment(bool cuda, const PeerWait &wait = {});
    [[nodiscard]] static Result<Peers> connect(const PeerMeeting &meeting, bool cuda,
                                               const PeerWait &wait = {});

    int rank() const { return m_rank; }
    int size() const { return m_size; }
    bool isFirst() const { return m_rank == 0; }

    // Replaces each tensor by its mean over all processes; true everywhere when `flag` is true anywhere.
    bool average(const std::vector<torch::Tensor> &tensors, bool flag) const;
    void copyFromFirst(const std::vector<torch::Tensor> &tensors) const;

private:
    using Collective = std::function<void(std::vector<torch::Tensor> &)>;

    int m_rank = 0;
    int m_size = 1;
    Collective m_sum; // keep the process group alive
    Collective m_broadcast;
};

} // namespace hilum
