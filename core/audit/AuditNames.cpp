// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audit/Audit.h"

#include <limits>

namespace hilum {

std::string_view auditPropertyName(AuditProperty property)
{
    switch (property) {
    case AuditProperty::Width:
        return "width";
    case AuditProperty::Height:
        return "height";
    case AuditProperty::Aspect:
        return "aspect";
    case AuditProperty::BitDepth:
        return "bitDepth";
    case AuditProperty::Format:
        return "format";
    case AuditProperty::Colour:
        return "colour";
    case AuditProperty::Photometric:
        return "photometric";
    case AuditProperty::FileSize:
        return "fileSize";
    case AuditProperty::BorderBlack:
        return "borderBlack";
    case AuditProperty::BorderWhite:
        return "borderWhite";
    case AuditProperty::MeanGrey:
        return "meanGrey";
    case AuditProperty::Spread:
        return "spread";
    case AuditProperty::Sharpness:
        return "sharpness";
    case AuditProperty::CornerText:
        return "cornerText";
    case AuditProperty::RecordedWidth:
        return "recordedWidth";
    case AuditProperty::RecordedHeight:
        return "recordedHeight";
    }
    return {};
}

std::string_view auditPropertyTitle(AuditProperty property)
{
    switch (property) {
    case AuditProperty::Width:
        return "Width";
    case AuditProperty::Height:
        return "Height";
    case AuditProperty::Aspect:
        return "Aspect (width over height)";
    case AuditProperty::BitDepth:
        return "Bits";
    case AuditProperty::Format:
        return "File format";
    case AuditProperty::Colour:
        return "Colour (share of tinted pixels)";
    case AuditProperty::Photometric:
        return "Photometric interpretation";
    case AuditProperty::FileSize:
        return "File size (bytes a pixel)";
    case AuditProperty::BorderBlack:
        return "Border, black share";
    case AuditProperty::BorderWhite:
        return "Border, white share";
    case AuditProperty::MeanGrey:
        return "Mean grey";
    case AuditProperty::Spread:
        return "Spread of greys";
    case AuditProperty::Sharpness:
        return "Sharpness (Laplacian at 256 px)";
    case AuditProperty::CornerText:
        return "Letters in the corners";
    case AuditProperty::RecordedWidth:
        return "Width of the original";
    case AuditProperty::RecordedHeight:
        return "Height of the original";
    }
    return {};
}

bool isCategory(AuditProperty property)
{
    return property == AuditProperty::Format || property == AuditProperty::Photometric;
}

double auditValue(const AuditFilm &film, AuditProperty property)
{
    constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
    switch (property) {
    case AuditProperty::Width:
        return film.width;
    case AuditProperty::Height:
        return film.height;
    case AuditProperty::Aspect:
        return static_cast<double>(film.width) / film.height;
    case AuditProperty::BitDepth:
        return film.bitDepth;
    case AuditProperty::Colour:
        return film.tinted;
    case AuditProperty::FileSize:
        return static_cast<double>(film.fileBytes) / (static_cast<double>(film.width) * film.height);
    case AuditProperty::BorderBlack:
        return film.borderBlack;
    case AuditProperty::BorderWhite:
        return film.borderWhite;
    case AuditProperty::MeanGrey:
        return film.meanGrey;
    case AuditProperty::Spread:
        return film.spread;
    case AuditProperty::Sharpness:
        return film.sharpness;
    case AuditProperty::CornerText:
        return film.letters;
    case AuditProperty::RecordedWidth:
        return film.recordedWidth > 0 ? film.recordedWidth : nothing;
    case AuditProperty::RecordedHeight:
        return film.recordedHeight > 0 ? film.recordedHeight : nothing;
    case AuditProperty::Format:
    case AuditProperty::Photometric:
        break;
    }
    return nothing;
}

std::string auditCategory(const AuditFilm &film, AuditProperty property)
{
    return property == AuditProperty::Format ? film.format : film.photometric;
}

std::string_view duplicateKindName(DuplicateKind kind)
{
    switch (kind) {
    case DuplicateKind::SameFile:
        return "sameFile";
    case DuplicateKind::SamePixels:
        return "samePixels";
    case DuplicateKind::SamePicture:
        return "samePicture";
    case DuplicateKind::Mirrored:
        return "mirrored";
    }
    return {};
}

std::string_view baselineName(BaselineKind kind)
{
    switch (kind) {
    case BaselineKind::Header:
        return "header";
    case BaselineKind::Recorded:
        return "recorded";
    case BaselineKind::Statistics:
        return "statistics";
    case BaselineKind::Thumbnail:
        return "thumbnail";
    case BaselineKind::LungsHidden:
        return "lungsHidden";
    case BaselineKind::Border:
        return "border";
    }
    return {};
}

std::string_view baselineTitle(BaselineKind kind)
{
    switch (kind) {
    case BaselineKind::Header:
        return "File header alone";
    case BaselineKind::Recorded:
        return "Recorded size of the original";
    case BaselineKind::Statistics:
        return "Greys, sharpness, border";
    case BaselineKind::Thumbnail:
        return "Thumbnail of 16 × 16";
    case BaselineKind::LungsHidden:
        return "Lungs blacked out";
    case BaselineKind::Border:
        return "Outer 3 % alone";
    }
    return {};
}

std::string_view gravityName(Gravity gravity)
{
    switch (gravity) {
    case Gravity::Good:
        return "good";
    case Gravity::Note:
        return "note";
    case Gravity::Warning:
        return "warning";
    case Gravity::Grave:
        return "grave";
    }
    return {};
}

std::string_view confoundingName(Confounding verdict)
{
    switch (verdict) {
    case Confounding::TooFew:
        return "tooFew";
    case Confounding::None:
        return "none";
    case Confounding::Weak:
        return "weak";
    case Confounding::Strong:
        return "strong";
    }
    return {};
}

} // namespace hilum
