// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DicomReader.h"

#include "core/codec/DicomAttributes.h"
#include "core/codec/DicomMap.h"
#include "core/codec/DicomOverlays.h"
#include "core/codec/DicomPixels.h"
#include "core/codec/Limits.h"

#include <dcmtk/dcmdata/dcistrmb.h>
#include <dcmtk/dcmdata/dcspchrs.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>

#include <memory>
#include <mutex>
#include <vector>

namespace hilum {

namespace {

// The terms of Specific Character Set (PS3.3 C.12.1.1.2). The converters stay open, so that the C library
// need not load them later, when hilum-decode may open no file any more.
const std::vector<std::unique_ptr<DcmSpecificCharacterSet>> &characterSets()
{
    static const auto sets = [] {
        std::vector<std::unique_ptr<DcmSpecificCharacterSet>> all;
        for (const char *term : {"ISO_IR 100",
                                 "ISO_IR 101",
                                 "ISO_IR 109",
                                 "ISO_IR 110",
                                 "ISO_IR 144",
                                 "ISO_IR 127",
                                 "ISO_IR 126",
                                 "ISO_IR 138",
                                 "ISO_IR 148",
                                 "ISO_IR 203",
                                 "ISO_IR 166",
                                 "ISO_IR 13",
                                 "ISO_IR 192",
                                 "GB18030",
                                 "GBK",
                                 "ISO 2022 IR 6\\ISO 2022 IR 100",
                                 "ISO 2022 IR 6\\ISO 2022 IR 101",
                                 "ISO 2022 IR 6\\ISO 2022 IR 87\\ISO 2022 IR 159",
                                 "ISO 2022 IR 13\\ISO 2022 IR 87",
                                 "ISO 2022 IR 6\\ISO 2022 IR 149",
                                 "ISO 2022 IR 6\\ISO 2022 IR 58"}) {
            auto set = std::make_unique<DcmSpecificCharacterSet>();
            if (set->selectCharacterSet(term).good())
                all.push_back(std::move(set));
        }
        return all;
    }();
    return sets;
}

// DCMTK's codecs and log are global; films only read them.
void startDcmtk()
{
    static std::once_flag once;
    std::call_once(once, [] {
        OFLog::configure(OFLogger::OFF_LOG_LEVEL);
        // Colour stays as stored: what it means is the renderer's business.
        DJDecoderRegistration::registerCodecs(EDC_never);
        DJLSDecoderRegistration::registerCodecs();
    });
}

// How the data set itself is written: what compresses the pixel data changes nothing here, and a
// deflated data set is inflated already.
E_TransferSyntax syntaxOf(const DicomMap &map)
{
    if (map.isBigEndian)
        return map.isImplicit ? EXS_BigEndianImplicit : EXS_BigEndianExplicit;
    return map.isImplicit ? EXS_LittleEndianImplicit : EXS_LittleEndianExplicit;
}

} // namespace

bool isDicomReady()
{
    startDcmtk();
    return dcmDataDict.isDictionaryLoaded();
}

void loadCharacterSets() { static_cast<void>(characterSets()); }

std::string loadAttributes(Bytes bytes, const DicomMap &map, DcmDataset &dataSet)
{
    // DCMTK takes the memory that a length asks for before it looks whether the bytes are there: it gets
    // none that the walk has found to be wrong.
    const bool isSound = map.pixels.kind != PixelKind::None || map.trouble.empty();
    const Bytes whole = map.bytesOf(bytes);
    const Bytes source = (isSound ? whole : whole.first(map.soundBytes)).subspan(map.dataSetStart);
    DcmInputBufferStream stream;
    stream.setBuffer(source.data(), static_cast<offile_off_t>(source.size()));
    stream.setEos();
    dataSet.transferInit();
    const OFCondition status = dataSet.readUntilTag(stream, syntaxOf(map), EGL_noChange, DCM_MaxReadLength,
                                                    DcmTagKey(0x7fe0, 0x0000));
    dataSet.transferEnd();
    return status.good() ? std::string() : status.text();
}

Result<Film> readDicom(Bytes bytes)
{
    if (!isDicomReady())
        return fail(
            ErrorCode::Internal,
            "DCMTK finds no DICOM data dictionary: is libdcmtk's dicom.dic installed, is DCMDICTPATH right?");
    const auto map = mapDicom(bytes);
    if (!map)
        return tl::unexpected(map.error());
    if (map->mediaStorageClass == UID_MediaStorageDirectoryStorage || map->hasRecords)
        return fail(ErrorCode::Directory, "a DICOMDIR lists films, it is not one");
    if (map->pixels.kind == PixelKind::None) {
        if (!map->trouble.empty())
            return fail(ErrorCode::DataCorrupt, "no pixel data found: " + map->trouble);
        return fail(ErrorCode::NoPixelData, "a DICOM object without pixel data");
    }
    if (map->pixels.start > maxAttributeBytes)
        return fail(ErrorCode::LimitExceeded,
                    "attributes of more than " + std::to_string(maxAttributeBytes >> 20)
                        + " MiB before the pixel data");
    DcmDataset dataSet;
    if (const std::string trouble = loadAttributes(bytes, *map, dataSet); !trouble.empty())
        return fail(ErrorCode::DataCorrupt,
                    "the data set cannot be read: " + (map->trouble.empty() ? trouble : map->trouble));

    Film film;
    film.format = FilmFormat::Dicom;
    film.transferSyntax
        = map->transferSyntax.empty() ? DcmXfer(syntaxOf(*map)).getXferID() : map->transferSyntax;
    if (!map->notice.empty())
        film.notices.push_back(map->notice);
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
