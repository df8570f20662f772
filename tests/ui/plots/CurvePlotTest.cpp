// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/CurvePlot.h"
#include "ui/plots/PeopleGrid.h"
#include "ui/plots/QCustomPlotHeader.h"
#include "ui/plots/RatesPlot.h"
#include "ui/plots/ScorePlot.h"

#include <QImage>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace hilum;
using namespace hilum::ui;

namespace {

CurveFigure invented()
{
    CurveFigure figure;
    figure.title = "ROC";
    FigureCurve guess;
    guess.isQuiet = true;
    guess.x = guess.y = {0, 1};
    FigureCurve curve;
    curve.name = "VGG16";
    curve.colour = Qt::red;
    curve.x = {0, 0.1, 0.4, 1};
    curve.y = {0, 0.6, 0.9, 1};
    curve.bandX = {0, 1};
    curve.bandLow = {0, 0.9};
    curve.bandHigh = {0.1, 1};
    figure.curves = {guess, curve};
    figure.sentence = [](int, int point) { return QString::number(point); };
    figure.csv = "x,y\n";
    return figure;
}

int different(const QImage &a, const QImage &b)
{
    int count = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x)
            count += a.pixel(x, y) != b.pixel(x, y) ? 1 : 0;
    }
    return count;
}

ScoreFigure scores()
{
    ScoreFigure figure;
    figure.title = "p(COVID-19)";
    figure.of = "COVID-19";
    figure.classes = {"covid", "normal"};
    figure.bars = {{0, 2, 0, 18}, {9, 1, 0, 0}};
    const std::vector<double> high{0.8, 0.9, 0.95};
    const std::vector<double> low{0.1, 0.2, 0.3};
    figure.boxes = {{0, "East", boxFigures(high)}, {1, "West", boxFigures(low)}};
    return figure;
}

} // namespace

class CurvePlotTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aClickNearAPointActivatesIt()
    {
        CurvePlot plot;
        plot.resize(420, 340);
        plot.setFigure(invented());
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        QTest::qWait(50);
        QSignalSpy activated(&plot, &CurvePlot::pointActivated);
        const QPoint place = plot.positionOf({1, 2});
        QCOMPARE(plot.placeAt(place + QPoint(3, -3)), (CurvePlot::Place{1, 2}));
        QTest::mouseClick(plot.findChild<QWidget *>(), Qt::LeftButton, {}, place + QPoint(2, 2));
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated[0][0].toInt(), 1);
        QCOMPARE(activated[0][1].toInt(), 2);
    }

    void nobodyCanPointAtAQuietLine()
    {
        CurvePlot plot;
        plot.resize(420, 340);
        CurveFigure figure = invented();
        figure.curves[1].x = {0};
        figure.curves[1].y = {0};
        plot.setFigure(figure);
        plot.grab();
        QVERIFY(!plot.placeAt(plot.positionOf({0, 1})).isThere());
    }

    void walksAlongACurveByKeys()
    {
        CurvePlot plot;
        plot.resize(420, 340);
        plot.setFigure(invented());
        QSignalSpy activated(&plot, &CurvePlot::pointActivated);
        QTest::keyClick(&plot, Qt::Key_Return); // nothing is pointed at yet
        QCOMPARE(activated.count(), 0);
        for (const auto key : {Qt::Key_Right, Qt::Key_Right, Qt::Key_End, Qt::Key_Left})
            QTest::keyClick(&plot, key);
        QCOMPARE(plot.focused(), (CurvePlot::Place{1, 2}));
        QTest::keyClick(&plot, Qt::Key_Down); // the quiet one is left out
        QCOMPARE(plot.focused(), (CurvePlot::Place{1, 2}));
        QTest::keyClick(&plot, Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
        QCOMPARE(plot.accessibleDescription(), QString("2"));
    }

    void marksAreDrawnAndTakenAway()
    {
        CurvePlot plot;
        plot.resize(420, 340);
        plot.setFigure(invented());
        plot.grab();
        QTest::qWait(20);
        const QImage plain = plot.grab().toImage();
        plot.setMarks(
            {{0.5, 0.5, "this film", false, {}, false}, {0.2, 0, "threshold", true, Qt::blue, false}});
        const QImage marked = plot.grab().toImage();
        QVERIFY(different(plain, marked) > 200);
        plot.setMarks({{std::nan(""), 0.5, "nowhere", false, {}, false}});
        QCOMPARE(different(plain, plot.grab().toImage()), 0);
    }

    void wordsOfMarksThatLieCloseDoNotOverlap()
    {
        CurvePlot plot;
        plot.resize(500, 400);
        plot.setFigure(invented());
        plot.setMarks({{0.80, 0.1, "best, 78", false, Qt::red},
                       {0.81, 0.1, "best, 79", false, Qt::blue},
                       {0.82, 0.11, "best, 80", false, Qt::green},
                       {0.30, 0.1, "best, 30", false, Qt::green}});
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        plot.plot()->replot(QCustomPlot::rpImmediateRefresh);
        std::vector<QRectF> boxes; // of the letters alone
        for (int i = 0; i < plot.plot()->itemCount(); ++i) {
            if (const auto *words = qobject_cast<QCPItemText *>(plot.plot()->item(i)))
                boxes.push_back(QRectF(words->topLeft->pixelPosition(), words->bottomRight->pixelPosition())
                                    .marginsRemoved(words->padding()));
        }
        QCOMPARE(boxes.size(), 4U);
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY2(!boxes[i].intersects(boxes[j]),
                         qPrintable(QStringLiteral("%1 and %2").arg(j).arg(i)));
        }
        // Alone they stay beside their rings.
        const double lonely = boxes[3].center().y() - plot.plot()->yAxis->coordToPixel(0.1);
        QVERIFY(std::abs(lonely) < 2);
        QVERIFY(boxes[1].center().y() < boxes[0].center().y()); // low in the plot they move up
    }

    void whatWasZoomedStaysWhenNumbersChange()
    {
        CurvePlot plot;
        plot.resize(420, 340);
        plot.setFigure(invented());
        plot.grab();
        const QPoint before = plot.positionOf({1, 2});
        CurveFigure figure = invented();
        figure.curves[1].y[1] = 0.7;
        plot.setFigure(figure);
        QCOMPARE(plot.positionOf({1, 2}), before);
    }

    void aFigureWithoutCurvesSaysWhy()
    {
        CurvePlot plot;
        plot.resize(420, 340);
        CurveFigure none;
        none.nothing = "these are of one class only";
        plot.setFigure(none);
        plot.setMarks({});
        QTest::keyClick(&plot, Qt::Key_Right);
        QVERIFY(!plot.focused().isThere());
        QVERIFY(!plot.grab().isNull());
    }

    void barsAndBoxesAreHitWhereTheyArePainted()
    {
        ScorePlot plot;
        plot.resize(420, 340);
        plot.setFigure(scores());
        QSignalSpy bars(&plot, &ScorePlot::barActivated);
        QSignalSpy boxes(&plot, &ScorePlot::boxActivated);
        QTest::mouseClick(&plot, Qt::LeftButton, {}, plot.barRect(0, 3).center());
        QCOMPARE(bars.count(), 1);
        QCOMPARE(bars[0][1].toInt(), 3);
        QTest::mouseClick(&plot, Qt::LeftButton, {}, plot.barRect(0, 0).center()); // no film there
        QCOMPARE(bars.count(), 1);
        QTest::mouseClick(&plot, Qt::LeftButton, {}, plot.boxRect(1).center());
        QCOMPARE(boxes.count(), 1);
        QCOMPARE(plot.barSentence(0, 3),
                 QString("18 of 20 films that are truly COVID-19 have p(COVID-19) from 0.75 "
                         "to 1.00"));
        QVERIFY(plot.csv().contains("East"));
    }

    void theFilmAndTheThresholdMoveOverTheBars()
    {
        ScorePlot plot;
        plot.resize(420, 340);
        plot.setFigure(scores());
        const QImage plain = plot.grab().toImage();
        plot.setThreshold(0.4);
        plot.setFilm(0.9, 0, "East");
        QVERIFY(different(plain, plot.grab().toImage()) > 200);
    }

    void aWiderIntervalIsAWiderBand()
    {
        const auto inked = [](double low, double high) {
            RatesPlot plot;
            plot.resize(480, 120);
            plot.setRates("Rates", {{"Sensitivity", "9 of 10", {}, 0.9, {low, high}, Qt::red}});
            const QImage picture = plot.grab().toImage();
            int red = 0;
            for (int y = 0; y < picture.height(); ++y) {
                for (int x = 0; x < picture.width(); ++x)
                    red += qRed(picture.pixel(x, y)) > qBlue(picture.pixel(x, y)) + 60 ? 1 : 0;
            }
            return red;
        };
        QVERIFY(inked(0.2, 1) > 2 * inked(0.8, 1));
        RatesPlot plot;
        plot.setRates("Rates", {{"Precision", {}, {}, std::nan(""), {}, {}}});
        QVERIFY(plot.accessibleDescription().contains("not defined"));
    }

    void aThousandPeopleAreCountedInWords()
    {
        PeopleGrid grid;
        grid.resize(420, 260);
        grid.grab(); // nobody yet
        grid.setPeople({49, 1, 53, 897, "COVID-19", Qt::red, "VIJAY"});
        QCOMPARE(grid.sentence(), QString("50 have COVID-19; 102 are called so, 49 of them rightly"));
        QVERIFY(grid.csv().contains("false alarms,53"));
        const QImage few = grid.grab().toImage();
        grid.setPeople({400, 100, 100, 400, "COVID-19", Qt::red, "VIJAY"});
        QVERIFY(different(few, grid.grab().toImage()) > 1000);
    }
};

QTEST_MAIN(CurvePlotTest)
#include "CurvePlotTest.moc"
