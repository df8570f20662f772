// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/Export.h"

#include "ui/bridge/Convert.h"
#include "ui/plots/ClassNames.h"
#include "ui/predict/ReadingText.h"
#include "ui/session/ReadingSession.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QPainter>
#include <QStringList>

namespace hilum::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("Export", text); }

} // namespace

QString stampText(const ReadingSession &readings)
{
    QStringList parts{QStringLiteral("Hilum %1").arg(QStringLiteral(HILUM_VERSION))};
    if (const auto map = readings.currentMap(); map && readings.isOverlayShown()) {
        const ModelCard &card
            = readings.networks()[static_cast<std::size_t>(readings.mapNetwork())].package.card;
        parts << tr("%1 for %2 by %3 %4")
                     .arg(methodTitle(map->method), classTitle(readings.mapClass()), toText(card.id),
                          toText(card.version))
                     .trimmed();
    }
    parts << tr("For education, not for diagnosis");
    return parts.join(QStringLiteral(" \u00b7 "));
}

QImage stamped(const QImage &picture, const QString &stamp)
{
    const double ratio = picture.devicePixelRatio();
    const QSize size = picture.size() / ratio;
    const QFont font = QGuiApplication::font();
    const QFontMetrics metrics(font);
    const int margin = 8;
    const QRect text(margin, 0, size.width() - 2 * margin, 0);
    const int flags = Qt::AlignLeft | Qt::TextWordWrap;
    const int lineHeight
        = metrics.boundingRect(QRect(0, 0, text.width(), 10000), flags, stamp).height() + 2 * margin;
    QImage out(QSize(size.width(), size.height() + lineHeight) * ratio, QImage::Format_RGB32);
    out.setDevicePixelRatio(ratio);
    out.fill(Qt::black);
    QPainter painter(&out);
    painter.drawImage(QPoint(0, 0), picture);
    painter.setFont(font);
    painter.setPen(QColor(230, 230, 230));
    painter.drawText(QRect(margin, size.height() + margin, text.width(), lineHeight), flags, stamp);
    return out;
}

} // namespace hilum::ui
