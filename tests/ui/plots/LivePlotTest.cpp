// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/LivePlot.h"
#include "ui/plots/QCustomPlotHeader.h"

#include <QTest>

using namespace hilum;
using namespace hilum::ui;

namespace {

QCPRange range(const LivePlot &plot, int panel, QCPAxis::AxisType type)
{
    return plot.plot()->axisRect(panel)->axis(type)->range();
}

} // namespace

class LivePlotTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itsAxesHoldTheRunAndNoMore()
    {
        LivePlot plot;
        plot.resize(560, 420);
        plot.begin(QStringLiteral("lungs"), 20);
        plot.setSteps({{0.25, 1.1, 0.31, 1e-4}, {0.5, 0.9, 0.47, 2e-4}});
        for (int panel = 0; panel < 3; ++panel) {
            QCOMPARE(range(plot, panel, QCPAxis::atBottom).lower, 0.0);
            QCOMPARE(range(plot, panel, QCPAxis::atBottom).upper, 20.0);
            QCOMPARE(range(plot, panel, QCPAxis::atLeft).lower, 0.0);
        }
        QVERIFY(range(plot, 1, QCPAxis::atLeft).upper >= 1);
        QVERIFY(range(plot, 1, QCPAxis::atLeft).upper < 1.05);
        QVERIFY(range(plot, 0, QCPAxis::atLeft).upper > 1.1);
    }

    void theLinesEndsHaveRoomForTheirNames()
    {
        LivePlot plot;
        plot.resize(560, 420);
        plot.begin(QStringLiteral("lungs"), 2);
        plot.setSteps({{1, 1, 0.5, 1e-3}, {2, 0.5, 0.9, 1e-4}});
        plot.plot()->replot();
        const QCPAxisRect *rect = plot.plot()->axisRect(0);
        const QFontMetrics metrics(plot.font());
        QVERIFY(plot.plot()->width() - rect->right()
                > metrics.horizontalAdvance(QStringLiteral("training 0.50")));
    }
};

QTEST_MAIN(LivePlotTest)
#include "LivePlotTest.moc"
