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
// Errors:  connect: UsageWrong for an environment that makes no sense or a build without c10d; Internal when
//          the others can't be reached. The rest throws c10::Error when a peer is lost.
// Threads: the training thread; every process calls the same in the same order.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/base/Result.h"

#include <functional>
#include <memory>
#include <string>
#include <torch/types.h>
#include <vector>

namespace hilum {

class Peers {
public:
    Peers() = default; // alone

    [[nodiscard]] static Result<Peers> fromEnvironment(bool cuda);
    [[nodiscard]] static Result<Peers> connect(const std::string &host, int port, int rank, int size,
                                               bool cuda);

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
