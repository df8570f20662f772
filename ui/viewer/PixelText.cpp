// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/PixelText.h"

#include "core/imaging/Render.h"
#include "ui/viewer/CornerTexts.h"

#include <QCoreApplication>
#include <QStringList>

namespace hilum::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("PixelText", text); }

} // namespace

QString pixelText(const DisplayFilm &display, const Voi &voi, bool inverted, QPoint pixel)
{
    const Film &film = *display.film;
    if (pixel.x() < 0 || pixel.y() < 0 || pixel.x() >= film.columns || pixel.y() >= film.rows)
        return {};
    QStringList stored;
    for (int channel = 0; channel < film.samplesPerPixel; ++channel)
        stored << valueText(storedValue(film, display.frame, pixel.x(), pixel.y(), channel));
    if (!film.isColour() && isPadding(film, storedValue(film, display.frame, pixel.x(), pixel.y())))
        stored.back() += tr(" (padding)");
    QStringList modality;
    QStringList shown;
    for (const CodePlane &codes : display.levels.front()) {
        const int code = codes.at(pixel.x(), pixel.y());
        modality << valueText(display.valueOf(code));
        shown << QString::number(shownGrey(display, voi, inverted, code));
    }
    const QString slash = QStringLiteral(" / ");
    return tr("pixel: (%1, %2)  stored %3 \u00b7 modality %4 \u00b7 shown %5")
        .arg(QString::number(pixel.x()), QString::number(pixel.y()), stored.join(slash), modality.join(slash),
             shown.join(slash));
}

} // namespace hilum::ui
