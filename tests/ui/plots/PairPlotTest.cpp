// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/PairPlot.h"
#include "ui/plots/ComparisonPlots.h"
#include "ui/plots/QCustomPlotHeader.h"
#include "ui/plots/SharesPlot.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;

namespace {

Pairs fourFilms()
{
    Pairs pairs;
    pairs.of = QStringLiteral("COVID-19");
    pairs.names = {QStringLiteral("vgg16"), QStringLiteral("densenet121")};
    pairs.classes = {"covid", "normal"};
    pairs.points = {{0.9, 0.2, 0, false}, {0.8, 0.8, 0, true}, {0.1, 0.2, 1, true}, {0.3, 0.6, -1, false}};
    pairs.thresholds = {0.4, std::nullopt};
    pairs.nameOf = [](int point) { return QStringLiteral("film,%1.png").arg(point); };
    pairs.provenance = QStringLiteral("vgg16 0123, densenet121 4567");
    return pairs;
}

struct Shown {
    PairPlot plot;

    Shown()
    {
        plot.setPairs(fourFilms());
        plot.resize(500, 420);
        plot.show();
        ready = QTest::qWaitForWindowExposed(&plot);
        plot.plot()->replot();
    }
    bool ready = false;
};

} // namespace

class PairPlotTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysOfAFilmWhatBothSay()
    {
        PairPlot plot;
        plot.setPairs(fourFilms());
        QCOMPARE(plot.title(), QString("p(COVID-19): vgg16 against densenet121"));
        QVERIFY(plot.sentence(0).contains("film,0.png"));
        QVERIFY(plot.sentence(0).contains("truly COVID-19; called differently"));
        QVERIFY(plot.sentence(0).contains("vgg16 0.90, densenet121 0.20, difference +0.70"));
        QVERIFY(plot.sentence(3).contains("truly unknown"));
        QVERIFY(plot.summary().contains("4 films; on 2"));
    }

    void savesItsNumbersWithWhereTheyComeFrom()
    {
        PairPlot plot;
        plot.setPairs(fourFilms());
        const QStringList rows = plot.csv().trimmed().split(QLatin1Char('\n'));
        QCOMPARE(rows.size(), 5);
        QVERIFY(
            rows[1].startsWith("\"film,0.png\",covid,0,0.9,0.2,0.55,0.7,\"vgg16 0123, densenet121 4567\""));
        QVERIFY(rows[1].endsWith("Hilum " HILUM_VERSION ",\"For education, not for diagnosis\""));
        plot.setShown(std::vector{2});
        QCOMPARE(plot.csv().trimmed().split(QLatin1Char('\n')).size(), 2);
    }

    // The true class and "called alike?" each change what a point looks like, not its colour alone.
    void tellsClassesByShapeAndDisagreementByFilling()
    {
        PairPlot plot;
        plot.setPairs(fourFilms());
        std::vector<QCPScatterStyle> styles;
        for (int i = 0; i < plot.plot()->graphCount(); ++i) {
            if (plot.plot()->graph(i)->dataCount() > 0)
                styles.push_back(plot.plot()->graph(i)->scatterStyle());
        }
        QCOMPARE(styles.size(), std::size_t(4)); // unknown; covid alike, covid differently; normal alike
        QVERIFY(styles[1].shape() == styles[2].shape());
        QVERIFY(styles[1].brush().style() == Qt::NoBrush && styles[2].brush().style() != Qt::NoBrush);
        QVERIFY(styles[3].shape() != styles[1].shape());
        QVERIFY(styles[0].shape() != styles[1].shape() && styles[0].shape() != styles[3].shape());
    }

    void aClickChoosesTheFilmUnderIt()
    {
        Shown shown;
        QVERIFY(shown.ready);
        std::vector<int> chosen{-1};
        connect(&shown.plot, &PairPlot::pointsChosen, &shown.plot,
                [&](const std::vector<int> &points) { chosen = points; });
        QSignalSpy clicked(&shown.plot, &PairPlot::pointClicked);
        QSignalSpy activated(&shown.plot, &PairPlot::pointActivated);
        const QPoint place = shown.plot.placeOf(1);
        QTest::mouseClick(shown.plot.plot(), Qt::LeftButton, {}, place + QPoint(2, 1));
        QVERIFY(chosen == std::vector{1});
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked[0][0].toInt(), 1);
        QTest::mouseDClick(shown.plot.plot(), Qt::LeftButton, {}, place);
        QCOMPARE(activated.count(), 1);
        QTest::mouseClick(shown.plot.plot(), Qt::LeftButton, {}, place + QPoint(40, 40));
        QVERIFY(chosen.empty()); // beside all points: none
    }

    void aDragChoosesAllInside()
    {
        Shown shown;
        QVERIFY(shown.ready);
        std::vector<int> chosen;
        connect(&shown.plot, &PairPlot::pointsChosen, &shown.plot,
                [&](const std::vector<int> &points) { chosen = points; });
        const QPoint from = shown.plot.placeOf(2) + QPoint(-20, 20);
        const QPoint to = shown.plot.placeOf(3) + QPoint(20, -20);
        QTest::mousePress(shown.plot.plot(), Qt::LeftButton, {}, from);
        QTest::mouseMove(shown.plot.plot(), (from + to) / 2);
        QTest::mouseMove(shown.plot.plot(), to);
        QTest::mouseRelease(shown.plot.plot(), Qt::LeftButton, {}, to);
        QCOMPARE(chosen.size(), std::size_t(2));
        QCOMPARE(chosen[0], 2);
        QCOMPARE(chosen[1], 3);
    }

    void hidesWhatIsFilteredAway()
    {
        Shown shown;
        QVERIFY(shown.ready);
        const QPoint place = shown.plot.placeOf(1);
        QCOMPARE(shown.plot.pointAt(place), 1);
        shown.plot.setShown(std::vector{0, 2});
        QCOMPARE(shown.plot.pointAt(place), -1);
    }

    void showsTheDifferenceAgainstTheMean()
    {
        Shown shown;
        QVERIFY(shown.ready);
        shown.plot.setView(PairPlot::View::Difference);
        QCOMPARE(shown.plot.title(), QString("p(COVID-19): vgg16 less densenet121"));
        // Film 0 is far above the line, film 3 below, film 1 on it.
        QVERIFY(shown.plot.placeOf(0).y() < shown.plot.placeOf(1).y());
        QVERIFY(shown.plot.placeOf(3).y() > shown.plot.placeOf(1).y());
    }

    void leavesTheMarksOfTheHandOutOfAPicture()
    {
        QTemporaryDir folder;
        Shown shown;
        QVERIFY(shown.ready);
        QVERIFY(shown.plot.exportSvg(folder.filePath("plain.svg")));
        shown.plot.setSelected({0, 1});
        shown.plot.setCurrent(2);
        QVERIFY(shown.plot.exportSvg(folder.filePath("marked.svg")));
        QFile plain(folder.filePath("plain.svg"));
        QFile marked(folder.filePath("marked.svg"));
        QVERIFY(plain.open(QIODevice::ReadOnly) && marked.open(QIODevice::ReadOnly));
        QCOMPARE(marked.readAll(), plain.readAll());
    }

    void bearsAHundredThousandFilms()
    {
        Pairs pairs = fourFilms();
        for (int i = 0; i < 100000; ++i)
            pairs.points.push_back({(i % 331) / 331.0, (i % 173) / 173.0, i % 2, i % 7 != 0});
        PairPlot plot;
        plot.resize(500, 420);
        plot.setPairs(std::move(pairs));
        QVERIFY(!plot.grab().isNull());
        QVERIFY(plot.pointAt(plot.placeOf(50000)) >= 0);
    }

    void saysOfEachRowItsShares()
    {
        SharesPlot plot;
        plot.setRows(QStringLiteral("By source"), {QStringLiteral("same call"), QStringLiteral("a right")},
                     {{QStringLiteral("East, old"), {shareOf(3, 4), shareOf(0, 0)}}},
                     QStringLiteral("a 0123"));
        QCOMPARE(plot.sentence(), QString("East, old: same call 75.0 % (30.1\u201395.4), n = 4"));
        QVERIFY(plot.csv().contains("\"East, old\",same call,3,4,0.75,"));
        QVERIFY(plot.csv().contains("\"For education, not for diagnosis\""));
    }
};

QTEST_MAIN(PairPlotTest)
#include "PairPlotTest.moc"
