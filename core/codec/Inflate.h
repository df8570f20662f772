// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// inflate: the data set of a "Deflated Explicit VR Little Endian" file.
//
// Errors:  DataCorrupt when the stream is broken from its start; LimitExceeded when it grows beyond
//          Limits.h. A stream that breaks later gives what came before.
// Threads: pure function.
// Source:  DICOM PS3.5 section A.5, RFC 1951; some writers add the RFC 1950 header.
#pragma once

#include "core/codec/MappedFile.h"

#include <vector>

namespace hilum {

[[nodiscard]] Result<std::vector<std::byte>> inflate(Bytes deflated);

} // namespace hilum
