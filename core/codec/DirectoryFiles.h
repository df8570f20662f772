// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DirectoryFiles: the files that a DICOMDIR means, looked up on the disk beside it.
//
// Errors:  directoryFile: FileUnreadable when the folder holds no DICOMDIR. findFiles: none; a reference
//          that leaves the folder is left out with a notice, a missing file is listed as missing.
// Threads: any; reads folders.
// Source:  DICOM PS3.10 8.2 (file IDs), PS3.12 annex F (names on ISO 9660: capitals, ";1", final dot).
#pragma once

#include "core/base/Result.h"
#include "core/film/DirectoryListing.h"

#include <filesystem>

namespace hilum {

// The DICOMDIR itself, or the one inside the folder.
[[nodiscard]] Result<std::filesystem::path> directoryFile(const std::filesystem::path &path);

// Turns each film's ReferencedFileID ("IMAGES\FILM1") into its path below the folder of `directory`.
// The listing may come from a helper that a crafted DICOMDIR has taken over: nothing of it is believed.
void findFiles(DirectoryListing &listing, const std::filesystem::path &directory);

} // namespace hilum
