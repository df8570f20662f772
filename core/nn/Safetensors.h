// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Safetensors: named arrays in a file that can hold nothing else: no code, no pickles.
//
// Shape:   each tensor row-major in its own shape.
// Units:   values as stored: F16, F32 and, for counters, I64. BF16 and F64 become F32 as they are read;
//          anything else is refused.
// Errors:  readSafetensors: FileUnreadable; ModelMismatch for any offset, length, shape, type or name
//          that is not exactly right: overlaps, gaps, duplicates, a header past the file, trailing bytes.
// Threads: pure functions.
// Source:  the safetensors format: u64 header length, JSON header, raw little-endian data.
#pragma once

#include "core/base/Result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace hilum {

enum class TensorType { F16, F32, I64 };

struct NamedArray {
    TensorType type = TensorType::F32;
    std::vector<std::int64_t> shape;
    std::vector<std::byte> bytes; // little-endian

    std::int64_t elements() const;
};

struct SafetensorsFile {
    std::map<std::string, NamedArray> arrays;
    std::map<std::string, std::string> metadata;
};

[[nodiscard]] Result<SafetensorsFile> readSafetensors(const std::filesystem::path &file);
// Written beside the target and renamed over it, so that a crash leaves the old file.
[[nodiscard]] Result<void> writeSafetensors(const SafetensorsFile &content,
                                            const std::filesystem::path &file);

} // namespace hilum
