// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DicomDirectory.h"

#include "core/codec/DicomAttributes.h"
#include "core/codec/DicomMap.h"
#include "core/codec/DicomReader.h"
#include "core/codec/DirectoryFiles.h"
#include "core/codec/Guarded.h"
#include "core/codec/Limits.h"
#include "core/codec/Sniff.h"

#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace hilum {

namespace {

enum class RecordKind { Patient, Study, Series, Image, Other };

struct Record {
    DcmItem *item = nullptr;
    RecordKind kind = RecordKind::Other;
    std::optional<std::size_t> parent;
    bool isPlaced = false; // an offset has named its parent
};

RecordKind kindOf(DcmItem &item)
{
    const std::string type = textOf(item, DCM_DirectoryRecordType).value_or("");
    return type == "PATIENT" ? RecordKind::Patient
        : type == "STUDY"    ? RecordKind::Study
        : type == "SERIES"   ? RecordKind::Series
        : type == "IMAGE"    ? RecordKind::Image
                             : RecordKind::Other;
}

std::vector<Record> recordsOf(DcmSequenceOfItems &sequence)
{
    std::vector<Record> records;
    for (DcmObject *next = sequence.nextInContainer(nullptr); next != nullptr;
         next = sequence.nextInContainer(next)) {
        if (auto *item = dynamic_cast<DcmItem *>(next))
            records.push_back({item, kindOf(*item), {}, false});
    }
    // By their order: below the nearest record before it that is of a higher level.
    std::array<std::optional<std::size_t>, 3> open;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto level = std::min<std::size_t>(static_cast<std::size_t>(records[i].kind), 3);
        for (std::size_t above = level; above-- > 0 && !records[i].parent;)
            records[i].parent = open[above];
        for (std::size_t below = level; below < open.size(); ++below)
            open[below] = below == level ? std::optional(i) : std::nullopt;
    }
    return records;
}

// By their offsets, which are right where records were appended later. Offsets that lead nowhere change
// nothing, and no record is placed twice, so that loops end.
void placeByOffsets(std::vector<Record> &records, const std::vector<std::size_t> &offsets)
{
    if (offsets.size() != records.size())
        return;
    const auto linked = [&](DcmItem &item, const DcmTagKey &tag) -> std::optional<std::size_t> {
        const auto offset = numberOf(item, tag);
        if (!offset || *offset <= 0)
            return std::nullopt;
        const auto found = std::ranges::lower_bound(offsets, static_cast<std::size_t>(*offset));
        if (found == offsets.end() || *found != static_cast<std::size_t>(*offset))
            return std::nullopt;
        return static_cast<std::size_t>(found - offsets.begin());
    };
    for (std::size_t i = 0; i < records.size(); ++i) {
        auto child = linked(*records[i].item, DCM_OffsetOfReferencedLowerLevelDirectoryEntity);
        while (child && !records[*child].isPlaced && records[*child].kind > records[i].kind) {
            records[*child].parent = i;
            records[*child].isPlaced = true;
            child = linked(*records[*child].item, DCM_OffsetOfTheNextDirectoryRecord);
        }
    }
}

std::string fileIdOf(DcmItem &item)
{
    DcmElement *element = nullptr;
    if (item.findAndGetElement(DCM_ReferencedFileID, element).bad() || element == nullptr)
        return {};
    OFString value;
    if (element->getOFStringArray(value, OFFalse).bad())
        return {};
    std::string text(value.c_str(), value.size());
    while (!text.empty() && (text.back() == ' ' || text.back() == '\0'))
        text.pop_back();
    return text;
}

void describe(DcmItem &item, RecordKind kind, DirectoryFilm &film)
{
    const auto text = [&](const DcmTagKey &tag) { return textOf(item, tag).value_or(""); };
    const auto number = [&](const DcmTagKey &tag) {
        return static_cast<int>(std::clamp(numberOf(item, tag).value_or(0), -2e9, 2e9));
    };
    switch (kind) {
    case RecordKind::Patient:
        film.patientName = text(DCM_PatientName);
        film.patientId = text(DCM_PatientID);
        break;
    case RecordKind::Study:
        film.studyDate = text(DCM_StudyDate);
        film.studyDescription = text(DCM_StudyDescription);
        break;
    case RecordKind::Series:
        film.seriesDescription = text(DCM_SeriesDescription);
        film.seriesNumber = number(DCM_SeriesNumber);
        film.modality = text(DCM_Modality);
        break;
    case RecordKind::Image:
        film.file = fileIdOf(item);
        film.instanceNumber = number(DCM_InstanceNumber);
        film.sopClass = text(DCM_ReferencedSOPClassUIDInFile);
        break;
    case RecordKind::Other:
        break;
    }
}

void note(DirectoryListing &listing, std::size_t count, const char *one, const char *many)
{
    if (count > 0)
        listing.notices.push_back(std::to_string(count) + (count == 1 ? one : many));
}

DirectoryListing listingOf(const std::vector<Record> &records)
{
    constexpr double notInUse = 0; // Record In-use Flag, retired (PS3.3 F.3.2.2)
    DirectoryListing listing;
    std::size_t others = 0;
    std::size_t withoutFile = 0;
    for (const Record &record : records) {
        const bool hasFile = record.item->tagExistsWithValue(DCM_ReferencedFileID);
        if (numberOf(*record.item, DCM_RecordInUseFlag).value_or(0xffff) == notInUse)
            continue;
        if (record.kind != RecordKind::Image) {
            others += record.kind == RecordKind::Other && hasFile ? 1 : 0;
            continue;
        }
        if (!hasFile) {
            ++withoutFile;
            continue;
        }
        if (listing.films.size() == maxDirectoryFilms) {
            listing.notices.push_back("Only the first " + std::to_string(maxDirectoryFilms)
                                      + " films are listed.");
            break;
        }
        DirectoryFilm &film = listing.films.emplace_back();
        // Parents are of higher levels only, so this ends after four.
        for (const Record *level = &record;; level = &records[*level->parent]) {
            describe(*level->item, level->kind, film);
            if (!level->parent)
                break;
        }
    }
    note(listing, withoutFile, " image of the DICOMDIR names no file and is left out.",
         " images of the DICOMDIR name no file and are left out.");
    note(listing, others, " file of the DICOMDIR is no image and is left out.",
         " files of the DICOMDIR are no images and are left out.");
    return listing;
}

Result<DirectoryListing> readAny(Bytes bytes)
{
    if (!isDicomReady())
        return fail(ErrorCode::Internal, "DCMTK finds no DICOM data dictionary");
    if (bytes.size() > maxDirectoryBytes)
        return fail(ErrorCode::LimitExceeded,
                    "a DICOMDIR larger than " + std::to_string(maxDirectoryBytes >> 20) + " MiB");
    const auto map = mapDicom(bytes);
    if (!map)
        return tl::unexpected(map.error());
    DcmDataset dataSet;
    const std::string trouble = loadAttributes(bytes, *map, dataSet);
    DcmSequenceOfItems *sequence = nullptr;
    if (dataSet.findAndGetSequence(DCM_DirectoryRecordSequence, sequence).bad() || sequence == nullptr) {
        if (map->mediaStorageClass == UID_MediaStorageDirectoryStorage && trouble.empty())
            return DirectoryListing{{}, {}, {"The DICOMDIR lists no films."}};
        if (map->mediaStorageClass == UID_MediaStorageDirectoryStorage)
            return fail(ErrorCode::DataCorrupt, "the DICOMDIR cannot be read: " + trouble);
        return fail(ErrorCode::FormatUnsupported, "expected a DICOMDIR, found another DICOM object");
    }
    static_cast<void>(dataSet.convertToUTF8());
    std::vector<Record> records = recordsOf(*sequence);
    placeByOffsets(records, map->records);
    DirectoryListing listing = listingOf(records);
    if (!trouble.empty() || !map->trouble.empty())
        listing.notices.push_back("The DICOMDIR is damaged, films may be missing: "
                                  + (map->trouble.empty() ? trouble : map->trouble) + ".");
    return listing;
}

} // namespace

Result<DirectoryListing> readRecords(Bytes bytes)
{
    if (const Sniffed sniffed = sniff(bytes); sniffed.kind != FileKind::Dicom)
        return fail(ErrorCode::FormatUnsupported,
                    "expected a DICOMDIR, found " + std::string(sniffed.looksLike));
    return guarded([&] { return readAny(bytes); });
}

Result<DirectoryListing> readDirectory(const std::filesystem::path &path)
{
    const auto file = directoryFile(path);
    if (!file)
        return fail(file.error().code, pathText(path) + ": " + file.error().detail);
    const auto mapped = MappedFile::open(*file);
    if (!mapped)
        return tl::unexpected(mapped.error());
    auto listing = readRecords(mapped->bytes());
    if (!listing)
        return fail(listing.error().code, pathText(*file) + ": " + listing.error().detail);
    findFiles(*listing, *file);
    return listing;
}

} // namespace hilum
