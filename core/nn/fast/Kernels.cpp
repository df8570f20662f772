// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/fast/Kernels.h"

namespace hilum::fast {

const Kernels &kernels()
{
#if defined(__x86_64__)
    static const Kernels &best = __builtin_cpu_supports("avx512f")        ? kernelsAvx512()
        : __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? kernelsAvx2()
                                                                          : kernelsBase();
    return best;
#else
    return kernelsBase();
#endif
}

} // namespace hilum::fast
