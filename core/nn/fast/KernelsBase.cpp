// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// For any processor: 16 registers of 4 floats on x86-64.
#define HILUM_LANES 4
#define HILUM_WIDE_VECTORS 2
#define HILUM_WIDE_ROWS 6
#define HILUM_SLIM_VECTORS 2
#define HILUM_SLIM_ROWS 6
#define HILUM_KERNELS_NAME kernelsBase
#include "core/nn/fast/Kernels.inl"
