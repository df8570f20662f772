// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DicomTables: the lookup tables of a DICOM object: modality, VOI and palette, plain or segmented.
//
// Errors:  none; a table that cannot be read is absent, one that is short is told in the film's notices.
// Threads: any; one data set on one thread.
// Source:  DICOM PS3.3 C.11.1.1.1 (descriptor), C.7.6.3.1.5 and C.7.9.2 (palettes).
#pragma once

#include "core/film/Film.h"

#include <optional>

class DcmItem;
class DcmTagKey;

namespace hilum {

[[nodiscard]] std::optional<LookupTable> readTable(DcmItem &item, const DcmTagKey &descriptor,
                                                   const DcmTagKey &data, bool isSigned, Film &film,
                                                   bool isSegmented = false);

} // namespace hilum
