// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Compiled with -mavx512f -mfma: 32 registers of 16 floats.
#define HILUM_LANES 16
#define HILUM_WIDE_VECTORS 4
#define HILUM_WIDE_ROWS 6
#define HILUM_SLIM_VECTORS 2
#define HILUM_SLIM_ROWS 12
#define HILUM_KERNELS_NAME kernelsAvx512
#include "core/nn/fast/Kernels.inl"
