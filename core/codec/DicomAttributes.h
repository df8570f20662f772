// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DicomAttributes: the attributes of a data set that say how its pixels become a picture.
//
// Errors:  none; what is absent or makes no sense is left out, with a notice where it changes the
//          picture.
// Threads: any; one data set on one thread.
// Source:  DICOM PS3.3 C.7.6.3, C.11.1, C.11.2, C.7.6.16 (functional groups), 10.7 (spacing).
#pragma once

#include "core/film/Film.h"

#include <optional>
#include <string>

class DcmItem;
class DcmTagKey;

namespace hilum {

// One value of an attribute; nothing when it is absent or, for a number, not finite.
[[nodiscard]] std::optional<std::string> textOf(DcmItem &item, const DcmTagKey &tag, unsigned long index = 0);
[[nodiscard]] std::optional<double> numberOf(DcmItem &item, const DcmTagKey &tag, unsigned long index = 0);

// Fill in what stands around the pixels: modality transform, windows, tables, padding, spacing, and
// the palette, which stays absent when the file has none.
void readDisplay(DcmItem &dataSet, Film &film);
// Every attribute as text, sequences walked.
void readTags(DcmItem &dataSet, Film &film);

} // namespace hilum
