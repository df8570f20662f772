// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/PlotCsv.h"

#include "core/report/Csv.h"
#include "ui/plots/PlotSurface.h"

#include <cmath>

namespace hilum::ui {

QString csvField(const QString &text) { return QString::fromStdString(hilum::csvField(text.toStdString())); }

QString csvValue(double value)
{
    return std::isfinite(value) ? QString::fromStdString(csvNumber(value)) : QString();
}

QString csvTail(const QString &provenance)
{
    return QStringLiteral(",%1,Hilum " HILUM_VERSION ",%2\n")
        .arg(csvField(provenance), csvField(PlotSurface::tr("For education, not for diagnosis")));
}

} // namespace hilum::ui
