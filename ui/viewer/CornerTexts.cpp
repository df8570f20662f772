// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/CornerTexts.h"

#include "core/measure/Length.h"

#include <QCoreApplication>
#include <QPainter>

#include <cmath>

namespace hilum::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("CornerTexts", text); }

} // namespace

QString valueText(double value)
{
    if (value == std::round(value) && std::abs(value) < 1e7)
        return QString::number(value, 'f', 0);
    return QString::number(value, std::abs(value) >= 100 ? 'f' : 'g', std::abs(value) >= 100 ? 1 : 4);
}

namespace {

QString spacingSize(const SpacingMm &spacing)
{
    QString size = QString::number(spacing.column, 'f', 3);
    if (std::abs(spacing.row - spacing.column) > 1e-6)
        size += QStringLiteral(" \u00d7 ") + QString::number(spacing.row, 'f', 3);
    return size;
}

} // namespace

QString spacingText(const Film &film)
{
    if (!film.spacing)
        return tr("unknown, the film doesn't say");
    const QString size = spacingSize(*film.spacing);
    switch (film.spacing->source) {
    case SpacingSource::PixelSpacing:
        if (scaleOf(film).kind != LengthKind::Calibrated)
            return tr("%1 mm per pixel at the detector (Pixel Spacing repeats Imager Pixel Spacing)")
                .arg(size);
        return tr("%1 mm per pixel (Pixel Spacing, calibrated)").arg(size);
    case SpacingSource::ImagerPixelSpacing:
        return tr("%1 mm per pixel at the detector (Imager Pixel Spacing)").arg(size);
    case SpacingSource::NominalScanned:
        return tr("%1 mm per pixel on the scanned film (Nominal Scanned Pixel Spacing)").arg(size);
    case SpacingSource::ImageFile:
        break;
    }
    return tr("%1 mm per pixel (the image file's resolution, rarely right)").arg(size);
}

QString shortSpacingText(const Film &film)
{
    if (!film.spacing)
        return tr("spacing unknown");
    const QString size = spacingSize(*film.spacing);
    switch (film.spacing->source) {
    case SpacingSource::PixelSpacing:
        return scaleOf(film).kind == LengthKind::Calibrated ? tr("%1 mm (calibrated)").arg(size)
                                                            : tr("%1 mm at the detector").arg(size);
    case SpacingSource::ImagerPixelSpacing:
        return tr("%1 mm at the detector").arg(size);
    case SpacingSource::NominalScanned:
        return tr("%1 mm on the scanned film").arg(size);
    case SpacingSource::ImageFile:
        break;
    }
    return tr("%1 mm, doubtful").arg(size);
}

CornerTexts cornerTexts(const DisplayFilm &film, const Voi &voi, bool inverted, double zoom)
{
    CornerTexts texts;
    if (film.isColour())
        texts.left = tr("colour, no window");
    else if (const auto *window = std::get_if<Window>(&voi))
        texts.left = tr("C %1  W %2")
                         .arg(valueText(std::round(window->centre * 10) / 10),
                              valueText(std::round(window->width * 10) / 10));
    else
        texts.left = tr("VOI table");
    if (inverted)
        texts.left += tr("  inverted");
    texts.left += QLatin1Char('\n') + tr("zoom %1 %").arg(std::lround(zoom * 100));
    const Film &source = *film.film;
    if (source.frames > 1)
        texts.right = tr("frame %1 of %2").arg(film.frame + 1).arg(source.frames) + QLatin1Char('\n');
    texts.right += tr("%1 \u00d7 %2").arg(source.columns).arg(source.rows) + QLatin1Char('\n')
        + shortSpacingText(source);
    return texts;
}

namespace {

// What must not be overseen: black on amber, in both themes, for the film is black in both.
void drawNotice(QPainter &painter, const QRect &area, const QString &notice)
{
    const QRect text = painter.boundingRect(area.adjusted(6, 3, -6, 0),
                                            Qt::AlignRight | Qt::AlignTop | Qt::TextWordWrap, notice);
    painter.fillRect(text.adjusted(-6, -3, 6, 3), QColor(0xf0, 0xc0, 0x5a));
    painter.setPen(Qt::black);
    painter.drawText(text, Qt::AlignRight | Qt::AlignTop | Qt::TextWordWrap, notice);
}

} // namespace

void drawCornerTexts(QPainter &painter, const QRect &area, const CornerTexts &texts)
{
    const auto outlined = [&](const QString &text, int flags) {
        painter.setPen(QColor(0, 0, 0, 200));
        for (const QPoint offset : {QPoint(-1, 0), QPoint(1, 0), QPoint(0, -1), QPoint(0, 1)})
            painter.drawText(area.translated(offset), flags, text);
        painter.setPen(QColor(230, 230, 230));
        painter.drawText(area, flags, text);
    };
    outlined(texts.left, Qt::AlignLeft | Qt::AlignBottom);
    outlined(texts.right, Qt::AlignRight | Qt::AlignBottom);
    if (!texts.notice.isEmpty())
        drawNotice(painter, area, texts.notice);
    const int taken = texts.notice.isEmpty() ? 0 : painter.fontMetrics().horizontalAdvance(texts.notice) + 16;
    outlined(painter.fontMetrics().elidedText(texts.caption, Qt::ElideMiddle, area.width() - taken),
             Qt::AlignLeft | Qt::AlignTop);
}

} // namespace hilum::ui
