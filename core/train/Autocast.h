// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Autocast: bf16 autocast for its lifetime, where the recipe asks for it. LibTorch 1.13 and 2 name it
// differently.
//
// Threads: the thread that makes it.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/train/Recipe.h"

#include <ATen/autocast_mode.h>
#include <torch/version.h>

namespace hilum {

class Autocast {
public:
    Autocast(Precision precision, bool cuda)
        : m_on(precision == Precision::BFloat16)
        , m_cuda(cuda)
    {
        if (m_on)
            set(true);
    }
    ~Autocast()
    {
        if (!m_on)
            return;
        at::autocast::clear_cache();
        set(false);
    }
    Autocast(const Autocast &) = delete;
    Autocast &operator=(const Autocast &) = delete;

private:
    void set(bool on) const
    {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
        const at::DeviceType device = m_cuda ? at::kCUDA : at::kCPU;
        at::autocast::set_autocast_dtype(device, at::kBFloat16);
        at::autocast::set_autocast_enabled(device, on);
#else
        if (m_cuda) {
            at::autocast::set_autocast_gpu_dtype(at::kBFloat16);
            at::autocast::set_enabled(on);
        } else {
            at::autocast::set_autocast_cpu_dtype(at::kBFloat16);
            at::autocast::set_cpu_enabled(on);
        }
#endif
    }
    bool m_on;
    bool m_cuda;
};

} // namespace hilum
