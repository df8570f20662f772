// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Compiled with -mavx2 -mfma: 16 registers of 8 floats.
#define HILUM_LANES 8
#define HILUM_WIDE_VECTORS 2
#define HILUM_WIDE_ROWS 6
#define HILUM_SLIM_VECTORS 2
#define HILUM_SLIM_ROWS 6
#define HILUM_KERNELS_NAME kernelsAvx2
#include "core/nn/fast/Kernels.inl"
