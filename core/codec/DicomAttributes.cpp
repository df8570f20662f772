// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DicomAttributes.h"

#include "core/codec/DicomTables.h"

#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace hilum {

namespace {

// Where an enhanced object keeps what a plain one has at its top: in the shared functional groups,
// else in those of the first frame.
DcmItem *functionalGroup(DcmItem &dataSet, const DcmTagKey &sequence)
{
    for (const DcmTagKey &groups :
         {DCM_SharedFunctionalGroupsSequence, DCM_PerFrameFunctionalGroupsSequence}) {
        DcmItem *group = nullptr;
        DcmItem *found = nullptr;
        if (dataSet.findAndGetSequenceItem(groups, group).good() && group != nullptr
            && group->findAndGetSequenceItem(sequence, found).good() && found != nullptr)
            return found;
    }
    return nullptr;
}

DcmItem &homeOf(DcmItem &dataSet, const DcmTagKey &tag, const DcmTagKey &sequence)
{
    DcmItem *group = dataSet.tagExistsWithValue(tag) ? nullptr : functionalGroup(dataSet, sequence);
    return group != nullptr ? *group : dataSet;
}

void readModality(DcmItem &dataSet, Film &film)
{
    DcmItem *item = nullptr;
    if (dataSet.findAndGetSequenceItem(DCM_ModalityLUTSequence, item).good() && item != nullptr) {
        film.modalityTransform.table = readTable(*item, DCM_LUTDescriptor, DCM_LUTData, film.isSigned, film);
        if (film.modalityTransform.table)
            return;
    }
    DcmItem &home = homeOf(dataSet, DCM_RescaleSlope, DCM_PixelValueTransformationSequence);
    const double slope = numberOf(home, DCM_RescaleSlope).value_or(1);
    film.modalityTransform.intercept = numberOf(home, DCM_RescaleIntercept).value_or(0);
    if (slope == 0)
        film.notices.emplace_back("Rescale Slope is 0; taken for 1.");
    else
        film.modalityTransform.slope = slope;
}

void readWindows(DcmItem &dataSet, Film &film)
{
    DcmItem &home = homeOf(dataSet, DCM_WindowCenter, DCM_FrameVOILUTSequence);
    const std::string function = textOf(home, DCM_VOILUTFunction).value_or("LINEAR");
    const VoiFunction kind = function == "SIGMOID" ? VoiFunction::Sigmoid
        : function == "LINEAR_EXACT"               ? VoiFunction::LinearExact
                                                   : VoiFunction::Linear;
    for (unsigned long i = 0; i < 64; ++i) {
        const auto centre = numberOf(home, DCM_WindowCenter, i);
        const auto width = numberOf(home, DCM_WindowWidth, i);
        if (!centre || !width)
            break;
        const bool isPossible = kind == VoiFunction::Linear ? *width >= 1 : *width > 0;
        if (!isPossible) {
            film.notices.push_back("Window " + std::to_string(i + 1)
                                   + " of the file has an impossible width and is left out.");
            continue;
        }
        film.windows.push_back(
            {*centre, *width, kind, textOf(home, DCM_WindowCenterWidthExplanation, i).value_or("")});
    }
    // A table's first input is a modality value: signed as the rescale makes it (PS3.3 C.11.2.1.1).
    const bool isSigned
        = !film.modalityTransform.table && (film.isSigned || film.modalityTransform.intercept < 0);
    for (long i = 0; i < 64; ++i) {
        DcmItem *item = nullptr;
        if (dataSet.findAndGetSequenceItem(DCM_VOILUTSequence, item, i).bad() || item == nullptr)
            break;
        if (auto table = readTable(*item, DCM_LUTDescriptor, DCM_LUTData, isSigned, film))
            film.voiTables.push_back(std::move(*table));
    }
}

void readPalette(DcmItem &dataSet, Film &film)
{
    if (film.photometric != Photometric::PaletteColor)
        return;
    const auto table = [&](const DcmTagKey &descriptor, const DcmTagKey &data, const DcmTagKey &segmented) {
        const bool isSegmented = !dataSet.tagExistsWithValue(data) && dataSet.tagExists(segmented);
        return readTable(dataSet, descriptor, isSegmented ? segmented : data, film.isSigned, film,
                         isSegmented);
    };
    auto red = table(DCM_RedPaletteColorLookupTableDescriptor, DCM_RedPaletteColorLookupTableData,
                     DCM_SegmentedRedPaletteColorLookupTableData);
    auto green = table(DCM_GreenPaletteColorLookupTableDescriptor, DCM_GreenPaletteColorLookupTableData,
                       DCM_SegmentedGreenPaletteColorLookupTableData);
    auto blue = table(DCM_BluePaletteColorLookupTableDescriptor, DCM_BluePaletteColorLookupTableData,
                      DCM_SegmentedBluePaletteColorLookupTableData);
    if (!red || !green || !blue) {
        return;
    }
    // Some writers say 16 bits and store 8.
    const auto largest = [](const LookupTable &entries) { return std::ranges::max(entries.entries); };
    if (std::max({largest(*red), largest(*green), largest(*blue)}) <= 255)
        red->bits = green->bits = blue->bits = 8;
    film.palette = PaletteTables{std::move(*red), std::move(*green), std::move(*blue)};
}

void readPadding(DcmItem &dataSet, Film &film)
{
    const auto value = numberOf(dataSet, DCM_PixelPaddingValue);
    if (!value || film.isColour())
        return;
    // The VR of the padding may not follow the sign of the pixels: bring it to their range.
    const auto held = [&](double padding) {
        const double span = std::exp2(film.bitsStored <= 8 ? 8 : 16);
        if (film.isSigned && padding >= span / 2 && padding < span)
            return padding - span;
        if (!film.isSigned && padding < 0)
            return padding + span;
        return padding;
    };
    const double first = held(*value);
    const double limit = held(numberOf(dataSet, DCM_PixelPaddingRangeLimit).value_or(*value));
    film.padding = PixelPadding{std::min(first, limit), std::max(first, limit)};
}

// What tells a calibrated Pixel Spacing from one at the detector plane (PS3.3 10.7.1.3).
void readCalibration(DcmItem &dataSet, DcmItem &home, SpacingMm &spacing)
{
    if (spacing.source != SpacingSource::PixelSpacing)
        return;
    const std::string type = textOf(home, DCM_PixelSpacingCalibrationType).value_or("");
    if (type == "GEOMETRY")
        spacing.calibration = SpacingCalibration::Geometry;
    else if (type == "FIDUCIAL")
        spacing.calibration = SpacingCalibration::Fiducial;
    const auto row = numberOf(dataSet, DCM_ImagerPixelSpacing, 0);
    const auto column = numberOf(dataSet, DCM_ImagerPixelSpacing, 1);
    // The same number may be written with fewer digits in one of the two places.
    const auto same = [](double one, double other) { return std::abs(one - other) <= 1e-4 * one; };
    spacing.repeatsImager = row && column && same(spacing.row, *row) && same(spacing.column, *column);
}

void readSpacing(DcmItem &dataSet, Film &film)
{
    struct Place {
        DcmItem &item;
        DcmTagKey tag;
        SpacingSource source;
    };
    const Place places[]{{homeOf(dataSet, DCM_PixelSpacing, DCM_PixelMeasuresSequence), DCM_PixelSpacing,
                          SpacingSource::PixelSpacing},
                         {dataSet, DCM_ImagerPixelSpacing, SpacingSource::ImagerPixelSpacing},
                         {dataSet, DCM_NominalScannedPixelSpacing, SpacingSource::NominalScanned}};
    for (const Place &place : places) {
        const auto row = numberOf(place.item, place.tag, 0);
        const auto column = numberOf(place.item, place.tag, 1);
        if (row && column && *row > 0 && *column > 0) {
            const double magnification
                = numberOf(dataSet, DCM_EstimatedRadiographicMagnificationFactor).value_or(1);
            film.spacing = SpacingMm{*row, *column, place.source, magnification > 0 ? magnification : 1};
            readCalibration(dataSet, place.item, *film.spacing);
            break;
        }
    }
    double aspect = 1;
    if (film.spacing)
        aspect = film.spacing->row / film.spacing->column;
    else if (const auto vertical = numberOf(dataSet, DCM_PixelAspectRatio, 0))
        aspect = *vertical / numberOf(dataSet, DCM_PixelAspectRatio, 1).value_or(0);
    // Pixels a hundred times longer than wide are a mistake, not a detector.
    if (aspect >= 0.01 && aspect <= 100)
        film.pixelAspect = aspect;
    else
        film.notices.emplace_back("The pixel aspect ratio makes no sense; taken for 1:1.");
}

// Whichever the file says first: how long a frame is shown, or how many are shown a second.
void readFrameTime(DcmItem &dataSet, Film &film)
{
    const auto each = [&](const DcmTagKey &tag, unsigned long index = 0) {
        return numberOf(dataSet, tag, index).value_or(0);
    };
    const auto whole = [](double rate) { return rate > 0 ? 1000 / rate : 0; };
    // The first entry of the vector is the first frame's, and always 0 (PS3.3 C.7.6.5).
    const double first = each(DCM_FrameTimeVector);
    for (const double time :
         {each(DCM_FrameTime), whole(each(DCM_CineRate)), whole(each(DCM_RecommendedDisplayFrameRate)),
          first > 0 ? first : each(DCM_FrameTimeVector, 1)}) {
        if (time > 0 && std::isfinite(time)) {
            film.frameTimeMs = time;
            return;
        }
    }
}

} // namespace

std::optional<std::string> textOf(DcmItem &item, const DcmTagKey &tag, unsigned long index)
{
    OFString value;
    if (item.findAndGetOFString(tag, value, index).bad())
        return std::nullopt;
    std::string text(value.c_str(), value.size());
    const auto isPadding = [](char character) { return character == ' ' || character == '\0'; };
    while (!text.empty() && isPadding(text.back()))
        text.pop_back();
    text.erase(0, text.find_first_not_of(' '));
    return text;
}

std::optional<double> numberOf(DcmItem &item, const DcmTagKey &tag, unsigned long index)
{
    const auto text = textOf(item, tag, index);
    if (!text)
        return std::nullopt;
    const char *first = text->data();
    const char *last = first + text->size();
    if (first != last && *first == '+')
        ++first;
    double value = 0;
    const auto [end, error] = std::from_chars(first, last, value);
    if (error != std::errc{} || !std::isfinite(value))
        return std::nullopt;
    return value;
}

void readDisplay(DcmItem &dataSet, Film &film)
{
    readModality(dataSet, film);
    readWindows(dataSet, film);
    readPalette(dataSet, film);
    readPadding(dataSet, film);
    readSpacing(dataSet, film);
    readFrameTime(dataSet, film);
    const std::string shape = textOf(dataSet, DCM_PresentationLUTShape).value_or("");
    if (shape == "IDENTITY")
        film.presentation = PresentationShape::Identity;
    else if (shape == "INVERSE")
        film.presentation = PresentationShape::Inverse;
    film.modality = textOf(dataSet, DCM_Modality).value_or("");
}

} // namespace hilum
