// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// sniff: what kind of file this is, by its first bytes and never by its name.
//
// Errors:  none; Unknown carries what it looks like, if that can be told.
// Threads: pure function.
// Source:  PNG 5.2, JPEG B.1.1.3 (ITU-T T.81), DICOM PS3.10 section 7.1.
#pragma once

#include "core/codec/MappedFile.h"

#include <string_view>

namespace hilum {

enum class FileKind { Dicom, Png, Jpeg, Unknown };

struct Sniffed {
    FileKind kind = FileKind::Unknown;
    std::string_view looksLike; // "a TIFF file"
};

[[nodiscard]] Sniffed sniff(Bytes file);

} // namespace hilum
