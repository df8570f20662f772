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
#include "core/codec/DicomMap.h"
#include "core/film/Film.h"

class DcmDataset;

namespace hilum {

// Registers the codecs and loads the data dictionary, once; false when there is no dictionary.
[[nodiscard]] bool isDicomReady();
void loadCharacterSets();

[[nodiscard]] Result<Film> readDicom(Bytes bytes);

// The attributes of the file, up to its pixel data; `map` is that of `bytes`. Says what is wrong with
// them, which may still leave some to be read; empty when nothing is.
[[nodiscard]] std::string loadAttributes(Bytes bytes, const DicomMap &map, DcmDataset &dataSet);

} // namespace hilum
