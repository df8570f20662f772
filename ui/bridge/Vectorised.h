// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// HILUM_VECTORISED: compiles a plain loop twice, for AVX2 and for every processor; the loader takes the one
// that fits. For loops over contiguous samples only.
#pragma once

#if defined(__x86_64__) && defined(__linux__) && defined(__has_attribute) && !defined(__SANITIZE_ADDRESS__)
#if __has_attribute(target_clones)
#define HILUM_VECTORISED __attribute__((target_clones("avx2", "default")))
#endif
#endif
#ifndef HILUM_VECTORISED
#define HILUM_VECTORISED
#endif
