// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DicomReader: a DICOM object with pixel data as a film.
//
// Errors:  Directory, NoPixelData, DataCorrupt, FormatUnsupported, LimitExceeded; Internal when
//          DCMTK finds no data dictionary.
// Threads: any; calls are independent.
// Source:  DICOM PS3.3, PS3.5, PS3.10 through DCMTK 3.6.7, guarded by DicomMap.
#pragma once

#include "core/base/Result.h"
#include "core/codec/MappedFile.h"
#include "core/film/Film.h"

#include <filesystem>

namespace hilum {

// Registers the codecs and loads the data dictionary, once; false when there is no dictionary.
[[nodiscard]] bool isDicomReady();

// `bytes` are those of `file`.
[[nodiscard]] Result<Film> readDicom(const std::filesystem::path &file, Bytes bytes);

} // namespace hilum
