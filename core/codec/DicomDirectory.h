// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DicomDirectory: the films that a DICOMDIR lists.
//
// Errors:  FileUnreadable; FormatUnsupported when the file is no DICOMDIR; DataCorrupt, LimitExceeded.
//          References that leave the folder and records that make no sense are left out with a notice.
// Threads: any; calls are independent. Damaged files can crash DCMTK: the window lists through
//          DecodeClient.
// Source:  DICOM PS3.3 annex F, PS3.10 section 8.
#pragma once

#include "core/base/Result.h"
#include "core/codec/MappedFile.h"
#include "core/film/DirectoryListing.h"

#include <filesystem>

namespace hilum {

// `path` is a DICOMDIR or a folder that holds one.
[[nodiscard]] Result<DirectoryListing> readDirectory(const std::filesystem::path &path);

// Only what the bytes of a DICOMDIR say: each film's `file` is still its ReferencedFileID, components
// between backslashes; the error names no file.
[[nodiscard]] Result<DirectoryListing> readRecords(Bytes bytes);

} // namespace hilum
