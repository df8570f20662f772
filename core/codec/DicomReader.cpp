// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DicomReader.h"

#include "core/codec/DicomAttributes.h"
#include "core/codec/DicomMap.h"
#include "core/codec/DicomOverlays.h"
#include "core/codec/DicomPixels.h"

#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>

#include <mutex>

namespace hilum {

namespace {

constexpr Uint32 lazyLength = 4096; // longer values stay in the file until they are asked for

// DCMTK's codecs and log are global; films only read them.
void startDcmtk()
{
    static std::once_flag once;
    std::call_once(once, [] {
        OFLog::configure(OFLogger::OFF_LOG_LEVEL);
        // Colour stays as stored: what it means is the renderer's business.
        DJDecoderRegistration::registerCodecs(EDC_never);
        DJLSDecoderRegistration::registerCodecs();
        DcmRLEDecoderRegistration::registerCodecs();
    });
}

bool isDirectory(const DicomMap &map, DcmItem *dataSet)
{
    return map.mediaStorageClass == UID_MediaStorageDirectoryStorage
        || (dataSet != nullptr && dataSet->tagExists(DCM_DirectoryRecordSequence));
}

} // namespace

bool isDicomReady()
{
    startDcmtk();
    return dcmDataDict.isDictionaryLoaded();
}

Result<Film> readDicom(const std::filesystem::path &file, Bytes bytes)
{
    if (!isDicomReady())
        return fail(
            ErrorCode::Internal,
            "DCMTK finds no DICOM data dictionary: is libdcmtk's dicom.dic installed, is DCMDICTPATH right?");
    const auto map = mapDicom(bytes);
    if (!map)
        return tl::unexpected(map.error());
    if (isDirectory(*map, nullptr))
        return fail(ErrorCode::Directory, "a DICOMDIR lists films, it is not one");

    DcmFileFormat object;
    const OFCondition status = object.loadFileUntilTag(OFFilename(file.c_str()), EXS_Unknown, EGL_noChange,
                                                       lazyLength, ERM_autoDetect, DcmTagKey(0x7fe0, 0x0000));
    DcmDataset &dataSet = *object.getDataset();
    if (isDirectory(*map, &dataSet))
        return fail(ErrorCode::Directory, "a DICOMDIR lists films, it is not one");
    if (status.bad())
        return fail(ErrorCode::DataCorrupt,
                    "the data set cannot be read: " + (map->trouble.empty() ? status.text() : map->trouble));
    if (map->pixels.kind == PixelKind::None) {
        if (!map->trouble.empty())
            return fail(ErrorCode::DataCorrupt, "no pixel data found: " + map->trouble);
        return fail(ErrorCode::NoPixelData, "a DICOM object without pixel data");
    }

    Film film;
    film.format = FilmFormat::Dicom;
    film.transferSyntax
        = map->transferSyntax.empty() ? DcmXfer(dataSet.getOriginalXfer()).getXferID() : map->transferSyntax;
    // Names and explanations become UTF-8; what cannot be converted stays as it is.
    static_cast<void>(dataSet.convertToUTF8());
    readTags(dataSet, film);
    const auto layout = readPixels(dataSet, *map, map->bytesOf(bytes), film);
    if (!layout)
        return tl::unexpected(layout.error());
    readOverlays(dataSet, *layout, *map, map->bytesOf(bytes), film);
    readDisplay(dataSet, film);
    if (film.photometric == Photometric::PaletteColor && !film.palette)
        return fail(ErrorCode::DataCorrupt, "expected a colour palette, found none that can be read");
    return film;
}

} // namespace hilum
