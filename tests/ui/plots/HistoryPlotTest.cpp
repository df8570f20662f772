// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/HistoryPlot.h"
#include "ui/plots/QCustomPlotHeader.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace hilum;
using namespace hilum::ui;

namespace {

NamedHistory invented(const QString &name, int epochs, double start)
{
    NamedHistory named{name, {}};
    for (int epoch = 1; epoch <= epochs; ++epoch) {
        const double loss = start * std::exp(-0.25 * epoch);
        named.history.records.push_back({epoch, "train", loss + 0.05, 1 - loss / 2, 1 - loss / 4, 1e-3, 60});
        named.history.records.push_back(
            {epoch, "validation", loss + 0.25, 0.92 - loss / 2, 1 - loss / 4, 1e-3, 5});
    }
    return named;
}

QCPRange epochRange(const HistoryPlot &plot)
{
    return plot.plot()->axisRect(0)->axis(QCPAxis::atBottom)->range();
}

} // namespace

class HistoryPlotTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysThatThereIsNothing()
    {
        HistoryPlot plot;
        QVERIFY(plot.isEmpty());
        plot.setHistories({{QStringLiteral("VGG16"), {}}});
        QVERIFY(plot.isEmpty());
        auto *words = qobject_cast<QCPTextElement *>(plot.plot()->plotLayout()->element(0, 0));
        QVERIFY(words);
        QCOMPARE(words->text(), QStringLiteral("No training history in this package"));
        plot.resize(640, 360);
        plot.grab();
        plot.showAll();
    }

    void drawsTwoPanelsForEachNetwork()
    {
        HistoryPlot plot;
        plot.resize(900, 500);
        plot.setHistories(
            {invented(QStringLiteral("VGG16"), 12, 1.2), invented(QStringLiteral("DenseNet121"), 9, 1)});
        QCOMPARE(plot.plot()->axisRectCount(), 4);
        QCOMPARE(plot.plot()->graphCount(), 8);
        QCOMPARE(epochRange(plot).lower, 1.0);
        QCOMPARE(epochRange(plot).upper, 12.0);
        // Training is dashed, validation is not.
        QCOMPARE(plot.plot()->graph(0)->pen().style(), Qt::CustomDashLine);
        QCOMPARE(plot.plot()->graph(1)->pen().style(), Qt::SolidLine);
        plot.setHistories({invented(QStringLiteral("VGG16"), 1, 1.2)});
        QCOMPARE(plot.plot()->axisRectCount(), 2);
        QCOMPARE(plot.plot()->graphCount(), 4);
    }

    void inksItsPanels()
    {
        HistoryPlot plot;
        plot.resize(640, 360);
        plot.setHistories({invented(QStringLiteral("VGG16"), 12, 1.2)});
        plot.plot()->replot();
        const QImage picture = plot.plot()->toPixmap(640, 360).toImage();
        for (int i = 0; i < 2; ++i) {
            const QRect rect = plot.plot()->axisRect(i)->rect();
            int accent = 0;
            for (int y = rect.top(); y <= rect.bottom(); ++y) {
                for (int x = rect.left(); x <= rect.right(); ++x)
                    accent += picture.pixelColor(x, y) == plot.theme().accent ? 1 : 0;
            }
            QVERIFY2(accent > rect.width() / 4, qPrintable(QString::number(accent)));
        }
    }

    void zoomsTogetherAndComesBack()
    {
        HistoryPlot plot;
        plot.resize(900, 500);
        plot.setHistories({invented(QStringLiteral("VGG16"), 12, 1.2)});
        plot.plot()->axisRect(0)->axis(QCPAxis::atBottom)->setRange(3, 6);
        QCOMPARE(plot.plot()->axisRect(1)->axis(QCPAxis::atBottom)->range().lower, 3.0);
        QTest::mouseDClick(plot.plot(), Qt::LeftButton, {}, plot.plot()->axisRect(0)->rect().center());
        QCOMPARE(epochRange(plot).upper, 12.0);
    }

    void readsOutAnEpoch()
    {
        HistoryPlot plot;
        NamedHistory named{QStringLiteral("VGG16"), {}};
        named.history.records.push_back({3, "train", 0.25, 0.9, 0.95, 1e-3, 60});
        named.history.records.push_back({3, "validation", 0.5, 0.75, 0.9, 1e-3, 5});
        plot.setHistories({named});
        QCOMPARE(plot.readOut(3),
                 QStringLiteral("VGG16, epoch 3\n"
                                "validation: loss 0.5000, accuracy 0.7500\n"
                                "training: loss 0.2500, accuracy 0.9000"));
        QCOMPARE(plot.readOut(4), QString());
    }

    void exportsPictureAndNumbers()
    {
        QTemporaryDir folder;
        HistoryPlot plot;
        plot.resize(640, 360);
        NamedHistory named = invented(QStringLiteral("VGG16, \"b\""), 3, 1);
        named.history.records[0].auc = std::nan("");
        plot.setHistories({named});
        QVERIFY(plot.exportPng(folder.filePath("history.png")));
        QVERIFY(plot.exportPdf(folder.filePath("history.pdf")));
        QVERIFY(plot.exportSvg(folder.filePath("history.svg")));
        QFile svg(folder.filePath("history.svg"));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QVERIFY(svg.readAll().contains("For education, not for diagnosis"));
        QVERIFY(!plot.exportPng(folder.filePath("no/such/folder.png")));

        const QStringList lines = plot.csv().split(QLatin1Char('\n'));
        QCOMPARE(lines[0], QStringLiteral("model,epoch,split,loss,accuracy,auc,learning_rate,seconds"));
        QVERIFY(lines[1].startsWith(QStringLiteral("\"VGG16, \"\"b\"\"\",1,train,0.82880")));
        QVERIFY(lines[1].endsWith(QStringLiteral(",nan,0.001,60")));
        QCOMPARE(lines.size(), 1 + 6 + 1);
    }
};

QTEST_MAIN(HistoryPlotTest)
#include "HistoryPlotTest.moc"
