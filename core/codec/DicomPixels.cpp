// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DicomPixels.h"

#include "core/codec/DicomAttributes.h"
#include "core/codec/RasterReader.h"

#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <cctype>
#include <optional>

namespace hilum {

namespace {

std::optional<Photometric> photometricOf(std::string text)
{
    // Some writers use small letters.
    std::ranges::transform(text, text.begin(),
                           [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
    if (text == "MONOCHROME1")
        return Photometric::Monochrome1;
    if (text == "MONOCHROME2")
        return Photometric::Monochrome2;
    if (text == "PALETTE COLOR")
        return Photometric::PaletteColor;
    if (text == "RGB" || text == "YBR_RCT" || text == "YBR_ICT")
        return Photometric::Rgb;
    if (text == "YBR_FULL" || text == "YBR_FULL_422")
        return Photometric::YbrFull;
    return std::nullopt;
}

tl::unexpected<Error> wrong(const std::string &what, double found)
{
    return fail(ErrorCode::DataCorrupt, "expected a possible " + what + ", found " + std::to_string(found));
}

} // namespace

Result<PixelLayout> readLayout(DcmItem &dataSet, PixelKind kind, Film &film)
{
    const auto rows = numberOf(dataSet, DCM_Rows);
    const auto columns = numberOf(dataSet, DCM_Columns);
    if (!rows || !columns)
        return fail(ErrorCode::DataCorrupt, "expected Rows and Columns, found none");
    double frames = numberOf(dataSet, DCM_NumberOfFrames).value_or(1);
    if (frames == 0) {
        frames = 1;
        film.notices.push_back("Number of Frames is 0; taken for 1.");
    }
    const double channels = numberOf(dataSet, DCM_SamplesPerPixel).value_or(1);
    const double usualBits = kind == PixelKind::Double ? 64 : kind == PixelKind::Float ? 32 : 0;
    const auto allocated = usualBits > 0 ? usualBits : numberOf(dataSet, DCM_BitsAllocated);
    if (channels != 1 && channels != 3)
        return wrong("Samples per Pixel", channels);
    if (frames < 1 || frames > 1e6)
        return wrong("Number of Frames", frames);
    if (!allocated)
        return fail(ErrorCode::DataCorrupt, "expected Bits Allocated, found none");
    if (*allocated != 1 && *allocated != 8 && *allocated != 16 && *allocated != 32
        && !(kind == PixelKind::Double && *allocated == 64))
        return fail(ErrorCode::FormatUnsupported,
                    "Bits Allocated is " + std::to_string(static_cast<int>(*allocated))
                        + ", not 1, 8, 16 or 32");
    const auto bytesPerPixel = static_cast<std::uint64_t>(channels * std::max(*allocated, 8.0) / 8);
    if (const auto fits = checkSize(static_cast<std::uint64_t>(*columns), static_cast<std::uint64_t>(*rows),
                                    bytesPerPixel, static_cast<std::uint64_t>(frames));
        !fits)
        return tl::unexpected(fits.error());

    PixelLayout layout;
    layout.rows = static_cast<int>(*rows);
    layout.columns = static_cast<int>(*columns);
    layout.frames = static_cast<int>(frames);
    layout.samplesPerPixel = static_cast<int>(channels);
    layout.bitsAllocated = static_cast<int>(*allocated);
    layout.photometric = textOf(dataSet, DCM_PhotometricInterpretation).value_or("");
    layout.isPlanar = channels == 3 && numberOf(dataSet, DCM_PlanarConfiguration).value_or(0) == 1;
    layout.bitsStored = layout.bitsAllocated;
    layout.highBit = layout.bitsAllocated - 1;
    if (kind != PixelKind::Integer)
        return layout;
    layout.isSigned = numberOf(dataSet, DCM_PixelRepresentation).value_or(0) == 1;
    const double stored = numberOf(dataSet, DCM_BitsStored).value_or(*allocated);
    if (stored < 1 || stored > *allocated)
        return fail(ErrorCode::DataCorrupt,
                    "expected Bits Stored from 1 to " + std::to_string(layout.bitsAllocated) + ", found "
                        + std::to_string(static_cast<int>(stored)));
    layout.bitsStored = static_cast<int>(stored);
    const double highBit = numberOf(dataSet, DCM_HighBit).value_or(stored - 1);
    if (highBit < stored - 1 || highBit >= *allocated) {
        layout.highBit = layout.bitsStored - 1;
        film.notices.push_back("High Bit " + std::to_string(static_cast<int>(highBit))
                               + " makes no sense; taken for " + std::to_string(layout.highBit) + ".");
    } else {
        layout.highBit = static_cast<int>(highBit);
    }
    return layout;
}

Result<PixelLayout> readPixels(DcmDataset &dataSet, const DicomMap &map, Bytes bytes, Film &film)
{
    auto layout = readLayout(dataSet, map.pixels.kind, film);
    if (!layout)
        return tl::unexpected(layout.error());
    if (layout->photometric.empty()) {
        layout->photometric = layout->samplesPerPixel == 3 ? "RGB" : "MONOCHROME2";
        film.notices.push_back("The file names no Photometric Interpretation; taken for "
                               + layout->photometric + ".");
    }
    const auto photometric = photometricOf(layout->photometric);
    const bool isColour = photometric == Photometric::Rgb || photometric == Photometric::YbrFull;
    if (!photometric)
        return fail(ErrorCode::FormatUnsupported,
                    "Photometric Interpretation " + layout->photometric.substr(0, 32));
    if (isColour != (layout->samplesPerPixel == 3))
        return fail(ErrorCode::DataCorrupt,
                    "Photometric Interpretation " + layout->photometric + " with "
                        + std::to_string(layout->samplesPerPixel) + " samples per pixel");
    film.rows = layout->rows;
    film.columns = layout->columns;
    film.frames = layout->frames;
    film.samplesPerPixel = layout->samplesPerPixel;
    film.bitsStored = layout->bitsStored;
    film.isSigned = layout->isSigned;
    film.photometric = *photometric;
    film.photometricText = layout->photometric;
    const bool isUncompressed = map.transferSyntax.empty()
        || map.transferSyntax == UID_LittleEndianImplicitTransferSyntax
        || map.transferSyntax == UID_LittleEndianExplicitTransferSyntax
        || map.transferSyntax == UID_BigEndianExplicitTransferSyntax;
    if (map.pixels.isEncapsulated && isUncompressed)
        return fail(ErrorCode::DataCorrupt,
                    "an uncompressed transfer syntax, yet the pixel data are in fragments");
    if (!map.pixels.isEncapsulated && DcmXfer(map.transferSyntax.c_str()).isEncapsulated())
        return fail(ErrorCode::DataCorrupt,
                    "transfer syntax " + map.transferSyntax
                        + " promises compressed frames, the pixel data hold none");
    const auto read = map.pixels.isEncapsulated ? readEncapsulated(dataSet, *layout, map, bytes, film)
                                                : readNative(*layout, map, bytes, film);
    if (!read)
        return tl::unexpected(read.error());
    return *layout;
}

} // namespace hilum
