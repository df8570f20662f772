// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/FilmFacts.h"

#include "ui/bridge/Convert.h"
#include "ui/viewer/CornerTexts.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <array>

namespace hilum::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("FilmFacts", text); }

struct SyntaxName {
    const char *uid;
    const char *name;
};

// DICOM PS3.6 table A-1, those that hold pictures.
constexpr std::array syntaxes{
    SyntaxName{"1.2.840.10008.1.2", "uncompressed, implicit VR"},
    SyntaxName{"1.2.840.10008.1.2.1", "uncompressed"},
    SyntaxName{"1.2.840.10008.1.2.1.99", "deflated"},
    SyntaxName{"1.2.840.10008.1.2.2", "uncompressed, big endian"},
    SyntaxName{"1.2.840.10008.1.2.5", "RLE lossless"},
    SyntaxName{"1.2.840.10008.1.2.4.50", "JPEG baseline, lossy"},
    SyntaxName{"1.2.840.10008.1.2.4.51", "JPEG extended, lossy"},
    SyntaxName{"1.2.840.10008.1.2.4.57", "JPEG lossless"},
    SyntaxName{"1.2.840.10008.1.2.4.70", "JPEG lossless, first order"},
    SyntaxName{"1.2.840.10008.1.2.4.80", "JPEG-LS lossless"},
    SyntaxName{"1.2.840.10008.1.2.4.81", "JPEG-LS near-lossless"},
    SyntaxName{"1.2.840.10008.1.2.4.90", "JPEG 2000 lossless"},
    SyntaxName{"1.2.840.10008.1.2.4.91", "JPEG 2000, may be lossy"},
};

QString formatText(FilmFormat format)
{
    switch (format) {
    case FilmFormat::Png:
        return tr("PNG");
    case FilmFormat::Jpeg:
        return tr("JPEG");
    case FilmFormat::Dicom:
        break;
    }
    return tr("DICOM");
}

} // namespace

QString transferSyntaxText(const std::string &uid)
{
    for (const SyntaxName &syntax : syntaxes) {
        if (uid == syntax.uid)
            return QStringLiteral("%1 (%2)").arg(tr(syntax.name), toText(uid));
    }
    return toText(uid);
}

std::vector<FilmFact> filmFacts(const Film &film)
{
    std::vector<FilmFact> facts;
    facts.push_back({tr("File"), QFileInfo(toText(film.file)).fileName()});
    facts.push_back({tr("Format"),
                     film.modality.empty()
                         ? formatText(film.format)
                         : tr("%1, modality %2").arg(formatText(film.format), toText(film.modality))});
    QString size = tr("%1 \u00d7 %2 pixels").arg(film.columns).arg(film.rows);
    if (film.frames > 1)
        size += tr(", %1 frames (the first is shown)").arg(film.frames);
    facts.push_back({tr("Size"), size});
    facts.push_back(
        {tr("Samples"),
         film.isSigned ? tr("%1 bits, signed").arg(film.bitsStored) : tr("%1 bits").arg(film.bitsStored)});
    if (!film.photometricText.empty())
        facts.push_back({tr("Photometric"), toText(film.photometricText)});
    if (!film.transferSyntax.empty())
        facts.push_back({tr("Compression"), transferSyntaxText(film.transferSyntax)});
    if (!film.modalityTransform.isIdentity())
        facts.push_back({tr("Modality value"),
                         film.modalityTransform.table ? tr("by the film's table")
                                                      : tr("stored \u00d7 %1 + %2")
                                                            .arg(film.modalityTransform.slope)
                                                            .arg(film.modalityTransform.intercept)});
    facts.push_back({tr("Spacing"), spacingText(film)});
    if (film.spacing && film.spacing->magnification != 1)
        facts.push_back(
            {tr("Magnification"), tr("\u00d7 %1 (estimated by the file)").arg(film.spacing->magnification)});
    return facts;
}

} // namespace hilum::ui
