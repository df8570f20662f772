// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DicomMap: where things are in a DICOM file, found by a walk that never recurses and never
// allocates what a length field asks for. It guards DCMTK and finds the pixel data.
//
// Shape:   offsets count from the start of the file, or of `inflated` when the data set is deflated.
// Errors:  DataCorrupt when there is no data set to walk; LimitExceeded when there are more levels,
//          items or fragments, or a deflated data set grows larger, than Limits.h allows.
// Threads: pure function.
// Source:  DICOM PS3.5 sections 7.1, 7.5 and A.4, PS3.10 section 7.1.
#pragma once

#include "core/codec/MappedFile.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hilum {

struct ByteRange {
    std::size_t offset = 0;
    std::size_t length = 0;
};

enum class PixelKind { None, Integer, Float, Double };

struct PixelElement {
    PixelKind kind = PixelKind::None;
    bool isBigEndian = false;
    bool isWordSwapped = false; // 8-bit samples in big-endian words
    bool isEncapsulated = false;
    std::uint64_t claimedLength = 0; // as the file says; native pixel data only
    ByteRange bytes; // what is there of it
    std::size_t start = 0; // of the attribute
    bool isBrokenOff = false; // the last fragment claims more than is there
    bool isMostlyThere = true; // but less than twice of it
    std::vector<ByteRange> fragments; // the offset table first, when encapsulated
};

struct DicomMap {
    std::string transferSyntax; // from the file meta information; empty when there is none
    std::string mediaStorageClass;
    std::size_t dataSetStart = 0; // in what bytesOf() gives
    bool isBigEndian = false;
    bool isImplicit = false; // as the data set is written, whatever the transfer syntax says
    bool isDeflated = false;
    std::vector<std::byte> inflated;
    PixelElement pixels;
    bool hasRecords = false; // a DICOMDIR by its content
    std::vector<std::size_t> records; // where the records of a DICOMDIR begin
    std::string notice; // where the file contradicts itself; empty when it doesn't
    std::size_t soundBytes = 0; // of what bytesOf gives: all, or up to where the walk had to stop
    std::string trouble; // where the walk had to stop; empty when it reached the end

    Bytes bytesOf(Bytes file) const { return isDeflated ? Bytes(inflated) : file; }
};

[[nodiscard]] Result<DicomMap> mapDicom(Bytes file);

} // namespace hilum
