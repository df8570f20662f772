// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/Export.h"

#include "ui/bridge/Convert.h"
#include "ui/plots/ClassNames.h"
#include "ui/predict/ReadingText.h"
#include "ui/session/ReadingSession.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

namespace {

constexpr int flags = Qt::AlignLeft | Qt::TextWrapAnywhere | Qt::TextWordWrap;
constexpr int longest = 100000;

QString tr(const char *text) { return QCoreApplication::translate("Export", text); }

int marginOf(double unit) { return std::max(1, static_cast<int>(std::lround(8 * unit))); }

} // namespace

QString stampText(const ReadingSession &readings, const std::optional<ActivationMap> &map)
{
    QStringList parts{QStringLiteral("Hilum %1").arg(QStringLiteral(HILUM_VERSION))};
    if (map) {
        const ModelCard &card
            = readings.networks()[static_cast<std::size_t>(readings.mapNetwork())].package.card;
        parts << tr("%1 by %2 %3, weights %4")
                     .arg(mapTitle(*map), toText(card.id), toText(card.version),
                          toText(card.weightsSha256.substr(0, 12)))
                     .simplified();
    }
    if (const auto look = readings.fedLook())
        parts << tr("THE NETWORKS WERE FED WHAT THE VIEW SHOWS, not the film's own values: %1")
                     .arg(toText(lookText(*look, !readings.film()->isColour())));
    if (const std::string refusal = readings.refusal(); !refusal.empty())
        parts << tr("Refused by the gate: %1").arg(toText(refusal));
    parts << tr("For education, not for diagnosis");
    return parts.join(QStringLiteral(" \u00b7 "));
}

int stampHeight(int width, const QString &stamp, const QFont &font, double unit)
{
    const int margin = marginOf(unit);
    const QRect room(0, 0, std::max(1, width - 2 * margin), longest);
    return QFontMetrics(font).boundingRect(room, flags, stamp).height() + 2 * margin;
}

void drawStamp(QPainter &painter, const QRect &area, const QString &stamp, const QFont &font, double unit)
{
    const int margin = marginOf(unit);
    painter.fillRect(area, Qt::black);
    painter.setFont(font);
    painter.setPen(QColor(230, 230, 230));
    painter.drawText(area.adjusted(margin, margin, -margin, 0), flags, stamp);
}

} // namespace hilum::ui
