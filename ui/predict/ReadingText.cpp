// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/predict/ReadingText.h"

#include "ui/bridge/Convert.h"
#include "ui/plots/ClassNames.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("ReadingText", text); }

} // namespace

QString twoDecimals(double value)
{
    return std::isfinite(value) ? QString::number(value, 'f', 2) : QStringLiteral("\u2013");
}

QString probabilityText(double probability)
{
    if (probability >= 0.995)
        return QStringLiteral("> 0.99");
    if (probability < 0.005)
        return QStringLiteral("< 0.01");
    return twoDecimals(probability);
}

QString bandText(const Interval &band)
{
    return tr("%1 to %2").arg(probabilityText(band.low), probabilityText(band.high));
}

QString calibrationText(const ModelCard &card)
{
    if (card.calibrated)
        return tr("Softmax probability, temperature-calibrated (T = %1)").arg(twoDecimals(card.temperature));
    return tr("Softmax probability, not calibrated");
}

QString costText(const Prediction &prediction)
{
    const QString time = prediction.elapsedMs < 1000 ? tr("%1 ms").arg(std::lround(prediction.elapsedMs))
                                                     : tr("%1 s").arg(prediction.elapsedMs / 1000, 0, 'f', 1);
    const QString device = prediction.device == "cpu" ? tr("on the CPU")
        : prediction.device.starts_with("cuda")       ? tr("on the GPU (%1)").arg(toText(prediction.device))
                                                      : tr("on %1").arg(toText(prediction.device));
    return time + QLatin1Char(' ') + device;
}

bool agree(std::span<const Call> calls)
{
    return std::ranges::all_of(calls, [&](const Call &call) { return call.label == calls.front().label; });
}

QString agreementText(std::span<const Call> calls)
{
    if (calls.size() < 2)
        return {};
    if (agree(calls)) {
        const QString title = classTitle(calls.front().label);
        return calls.size() == 2 ? tr("Both networks call this film %1.").arg(title)
                                 : tr("All %1 networks call this film %2.").arg(calls.size()).arg(title);
    }
    QStringList parts;
    for (const Call &call : calls)
        parts << tr("%1 calls it %2").arg(call.network, classTitle(call.label));
    return tr("The networks disagree: %1.").arg(parts.join(tr(", ")));
}

QString heldOutText(const HeldOutSummary &summary)
{
    return tr("%1 of %2 held-out films called right (95 % interval %3 to %4)")
        .arg(twoDecimals(summary.matrix.accuracy()), QString::number(summary.films),
             twoDecimals(summary.accuracy.low), twoDecimals(summary.accuracy.high));
}

QString methodTitle(MapMethod method) { return toText(factsOf(method).title); }

QString mapTitle(const ActivationMap &map)
{
    const QString method = map.stage.empty() ? methodTitle(map.method)
                                             : tr("%1 at %2").arg(methodTitle(map.method), toText(map.stage));
    const MethodFacts &facts = factsOf(map.method);
    if (!facts.readsClass)
        return facts.isNull ? tr("%1 (a null map)").arg(method) : method;
    const QString title = classTitle(map.label);
    switch (map.sign) {
    case MapSign::Positive:
        break;
    case MapSign::Negative:
        return tr("%1 against %2").arg(method, title);
    case MapSign::Both:
        return tr("%1 for and against %2").arg(method, title);
    }
    return tr("%1 for %2").arg(method, title);
}

} // namespace hilum::ui
