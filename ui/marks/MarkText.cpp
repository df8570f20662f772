// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/marks/MarkText.h"

#include "core/report/Csv.h"
#include "ui/bridge/Convert.h"
#include "ui/viewer/CornerTexts.h"

#include <QCoreApplication>

namespace hilum::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("MarkText", text); }

QString lengthNumber(const Length &length)
{
    const bool px = length.kind == LengthKind::Pixels;
    const int decimals = px ? (length.value < 100 ? 1 : 0) : (length.value < 10 ? 2 : 1);
    return QString::number(length.value, 'f', decimals);
}

QString areaNumber(const Length &area)
{
    return QString::number(area.value, 'f', area.value < 10 ? 2 : area.value < 1000 ? 1 : 0);
}

QString angleNumber(double degrees) { return QString::number(degrees, 'f', 1) + QChar(0x00b0); }

QString number(double value) { return toText(csvNumber(value)); }

} // namespace

QString kindText(MarkKind kind)
{
    switch (kind) {
    case MarkKind::Length:
        return tr("Length");
    case MarkKind::Angle:
        return tr("Angle");
    case MarkKind::Lines:
        return tr("Two lines");
    case MarkKind::Rectangle:
        return tr("Rectangle");
    case MarkKind::Ellipse:
        return tr("Ellipse");
    case MarkKind::Note:
        break;
    }
    return tr("Note");
}

QString markName(const Mark &mark)
{
    return QStringLiteral("%1 %2").arg(kindText(mark.kind), QString::number(mark.number));
}

QString lengthText(const Length &length)
{
    return QStringLiteral("%1 %2").arg(lengthNumber(length), QString::fromUtf8(unitText(length.kind)));
}

QString areaText(const Length &area)
{
    return QStringLiteral("%1 %2").arg(areaNumber(area), QString::fromUtf8(areaUnitText(area.kind)));
}

MarkWords markWords(const Mark &mark, const MarkReading &reading)
{
    switch (mark.kind) {
    case MarkKind::Length:
        return {lengthNumber(reading.length), QString::fromUtf8(unitText(reading.length.kind))};
    case MarkKind::Angle:
        return {angleNumber(reading.angle), tr("angle")};
    case MarkKind::Lines:
        return {angleNumber(reading.angle), tr("between two lines")};
    case MarkKind::Rectangle:
    case MarkKind::Ellipse:
        if (reading.statistics.count == 0)
            return {tr("no pixel"), areaText(reading.length)};
        return {tr("mean %1").arg(valueText(reading.statistics.mean)), areaText(reading.length)};
    case MarkKind::Note:
        break;
    }
    return {mark.text, mark.text.isEmpty() ? tr("arrow") : tr("note")};
}

QStringList labelLines(const Mark &mark, const MarkReading &reading)
{
    if (mark.kind == MarkKind::Note)
        return mark.text.isEmpty() ? QStringList() : mark.text.split(QLatin1Char('\n'));
    if (mark.kind == MarkKind::Length)
        return {lengthText(reading.length)};
    if (!isRegion(mark.kind))
        return {angleNumber(reading.angle)};
    const RegionStatistics &found = reading.statistics;
    if (found.count == 0)
        return {areaText(reading.length), reading.isPending ? tr("measuring\u2026") : tr("no pixel inside")};
    QString pixels = tr("%1 pixels").arg(found.count);
    if (found.leftOut > 0)
        pixels += tr(", %1 left out").arg(found.leftOut);
    const QString mean = reading.isLuminance ? tr("luminance: mean %1   SD %2") : tr("mean %1   SD %2");
    return {mean.arg(valueText(found.mean), valueText(found.deviation)),
            tr("min %1   median %2   max %3")
                .arg(valueText(found.low), valueText(found.median), valueText(found.high)),
            areaText(reading.length), pixels};
}

QString markLine(const Mark &mark, const MarkReading &reading)
{
    return QStringLiteral("%1: %2").arg(markName(mark), labelLines(mark, reading).join(QLatin1String(", ")));
}

QString marksTable(const FilmMarks &marks, const std::function<MarkReading(const Mark &)> &read)
{
    QStringList lines{QStringLiteral("name,kind,frame,value,unit,mean,standard_deviation_population,minimum,"
                                     "maximum,median,pixels,pixels_left_out,points,text")};
    for (const Mark &mark : marks.marks) {
        const MarkReading reading = read(mark);
        QStringList points;
        for (const QPointF &point : mark.points)
            points << QStringLiteral("%1 %2").arg(number(point.x()), number(point.y()));
        const bool region = isRegion(mark.kind);
        const bool length = mark.kind == MarkKind::Length;
        const bool angle = mark.kind == MarkKind::Angle || mark.kind == MarkKind::Lines;
        QString unit;
        if (length || region)
            unit = QString::fromUtf8(length ? unitText(reading.length.kind)
                                            : areaUnitText(reading.length.kind));
        else if (angle)
            unit = QStringLiteral("degrees");
        QStringList fields{markName(mark), QString::fromLatin1(keyOf(mark.kind)),
                           QString::number(mark.frame + 1),
                           length || region ? number(reading.length.value)
                               : angle      ? number(reading.angle)
                                            : QString(),
                           unit};
        const RegionStatistics &found = reading.statistics;
        for (const double value : {found.mean, found.deviation, found.low, found.high, found.median})
            fields << (region && found.count > 0 ? number(value) : QString());
        fields << (region ? QString::number(found.count) : QString())
               << (region ? QString::number(found.leftOut) : QString()) << points.join(QLatin1Char(' '))
               << mark.text;
        for (QString &field : fields)
            field = toText(csvField(field.toStdString()));
        lines << fields.join(QLatin1Char(','));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace hilum::ui
