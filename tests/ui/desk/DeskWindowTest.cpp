// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/DeskWindow.h"
#include "tests/ui/Fakes.h"
#include "tests/ui/compare/ManyFilms.h"
#include "tests/ui/desk/Predictions.h"
#include "ui/bridge/Lanes.h"
#include "ui/desk/DeskHead.h"
#include "ui/desk/DeskViews.h"
#include "ui/desk/NumbersPage.h"
#include "ui/desk/PrevalencePart.h"
#include "ui/desk/PublishedPage.h"
#include "ui/desk/RunsPage.h"
#include "ui/desk/ThresholdPage.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTabWidget>
#include <QTest>
#include <QTreeWidget>

using namespace hilum;
using namespace hilum::ui;
using namespace hilum::ui::test;

namespace {

struct Desk {
    QTemporaryDir folder;
    Lanes lanes;
    ManyFilms films;
    DeskWindow window;

    Desk()
        : window(lanes, std::make_shared<FakeNetworks>(),
                 {films.readers(), [] { return std::vector<ModelPackage>(); }, {}})
    {
        window.resize(1200, 760);
        window.show();
    }
    bool load()
    {
        window.open(
            {written(folder, "a.csv", predictions(90, 0.3)), written(folder, "b.csv", predictions(90, 0.5))});
        return QTest::qWaitFor([this] { return window.session().judgement() != nullptr; });
    }
    void show(const QString &tab)
    {
        for (int i = 0; i < window.tabs().count(); ++i) {
            if (window.tabs().tabText(i) == tab)
                window.tabs().setCurrentIndex(i);
        }
    }
    template <class View>
    View *seen()
    {
        for (View *view : window.findChildren<View *>()) {
            if (view->isVisible())
                return view;
        }
        return nullptr;
    }
};

} // namespace

class DeskWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatToDoWhenNothingLiesThere()
    {
        Desk desk;
        QVERIFY(!desk.window.session().judgement());
        for (int i = 0; i < desk.window.tabs().count(); ++i)
            desk.window.tabs().setCurrentIndex(i); // no page minds
        QVERIFY(desk.window.films().model().rowCount() == 0);
    }

    void aCellOpensItsFilmsAndADoubleClickAsksForOne()
    {
        Desk desk;
        QVERIFY(desk.load());
        auto *matrix = desk.seen<DeskMatrixView>();
        QVERIFY(matrix);
        const int count = desk.window.session().judgement()->first().matrix.count(1, 2);
        QVERIFY(count > 0);
        QTest::mouseClick(&matrix->plot(), Qt::LeftButton, {}, matrix->plot().cellRect(1, 2).center());
        QCOMPARE(desk.window.films().model().rowCount(), count);
        const QStringList lines
            = desk.window.films().model().index(0).data(FilmsBehindModel::LinesRole).toStringList();
        QVERIFY(lines[1].contains("Normal") && lines[2].contains("Pneumonia"));
        // Nobody knows where the films are: the window asks.
        QSignalSpy wanted(&desk.window, &DeskWindow::filmWanted);
        QSignalSpy lost(&desk.window.films(), &FilmsBehind::manifestWanted);
        desk.window.films().disconnect(&desk.window); // no dialog here
        connect(&desk.window.films(), &FilmsBehind::filmWanted, &desk.window, &DeskWindow::filmWanted);
        Q_EMIT desk.window.films().list().activated(desk.window.films().model().index(0));
        QCOMPARE(lost.count(), 1);
        desk.window.session().setManifest(written(desk.folder, "manifest.csv", manifest(90)));
        QTRY_VERIFY(desk.window.session().firstSet()->filesKnown() > 0);
        QTRY_VERIFY(desk.window.session().judgement()->first().set->filesKnown() > 0);
        QTest::mouseClick(&matrix->plot(), Qt::LeftButton, {}, matrix->plot().cellRect(1, 2).center());
        QTRY_COMPARE(desk.window.films().model().rowCount(), count);
        Q_EMIT desk.window.films().list().activated(desk.window.films().model().index(0));
        QCOMPARE(wanted.count(), 1);
        QVERIFY(wanted[0][0].toString().endsWith(".png"));
    }

    void aKeyOpensTheCellThatHasTheFocus()
    {
        Desk desk;
        QVERIFY(desk.load());
        auto *matrix = desk.seen<DeskMatrixView>();
        QTest::keyClick(&matrix->plot(), Qt::Key_Right);
        QTest::keyClick(&matrix->plot(), Qt::Key_Return);
        QCOMPARE(desk.window.films().model().rowCount(),
                 desk.window.session().judgement()->first().matrix.count(0, 1));
    }

    void aPointOfACurveMovesTheThreshold()
    {
        Desk desk;
        QVERIFY(desk.load());
        desk.show("Curves");
        auto *view = desk.seen<DeskCurveView>();
        QVERIFY(view);
        CurvePlot &plot = view->plot();
        QTest::keyClick(&plot, Qt::Key_Down); // the first curve that says something
        QTest::keyClick(&plot, Qt::Key_PageDown);
        QTest::keyClick(&plot, Qt::Key_PageDown);
        QVERIFY(plot.focused().isThere());
        QTest::keyClick(&plot, Qt::Key_Return);
        QVERIFY(desk.window.session().threshold() != 0.5);
        QCOMPARE(desk.window.films().model().rowCount(), filmsAtPoint);
    }

    // The plot is drawn anew while the click is followed.
    void aPointOfAnotherClassChoosesTheClass()
    {
        Desk desk;
        QVERIFY(desk.load());
        QTRY_VERIFY(desk.window.session().judgement()->isComplete());
        desk.show("Curves");
        auto *view = desk.seen<DeskCurveView>();
        view->setEveryClass(true);
        QCOMPARE(desk.window.session().label(), 0);
        for (const auto key : {Qt::Key_Down, Qt::Key_Down, Qt::Key_PageDown, Qt::Key_Return})
            QTest::keyClick(&view->plot(), key);
        QCOMPARE(desk.window.session().label(), 1);
        QCOMPARE(desk.window.session().selection().label, 1);
        QVERIFY(desk.window.session().selection().title.contains("p(Normal)"));
        QCOMPARE(desk.window.films().model().rowCount(), filmsAtPoint);
    }

    void aBarAndABoxOpenTheirFilms()
    {
        Desk desk;
        QVERIFY(desk.load());
        desk.show("Scores");
        ScorePlot &plot = desk.seen<DeskScoreView>()->plot();
        const ScoreFigure figure = scoreFigure(*desk.window.session().judgement(), 0, 0);
        const auto most = std::ranges::max_element(figure.bars[0]);
        const int bar = static_cast<int>(most - figure.bars[0].begin());
        QTest::mouseClick(&plot, Qt::LeftButton, {}, plot.barRect(0, bar).center());
        QCOMPARE(desk.window.films().model().rowCount(), *most);
        QTest::mouseClick(&plot, Qt::LeftButton, {}, plot.boxRect(1).center());
        QCOMPARE(desk.window.films().model().rowCount(), figure.boxes[1].box.films);
    }

    void filtersStandThereForWhatTheFilmsHave()
    {
        Desk desk;
        QVERIFY(desk.load());
        DeskHead &head = desk.window.head();
        QVERIFY(head.filterOf("source") && head.filterOf("fold"));
        QVERIFY(!head.filterOf("view"));
        QComboBox &source = *head.filterOf("source");
        source.setCurrentIndex(1);
        Q_EMIT source.activated(1);
        QTRY_COMPARE(desk.window.session().judgement()->films(), 45);
        desk.window.session().setFilter({});
        QTRY_COMPARE(desk.window.session().judgement()->films(), 90);
        QCOMPARE(head.filterOf("source")->currentIndex(), 0);
    }

    void theThresholdMovesMatrixPeopleAndVerdictTogether()
    {
        Desk desk;
        QVERIFY(desk.load());
        desk.window.session().setFilmOnScreen({"/any/films/f6.png", "f6.png", {}});
        desk.show("Threshold and prevalence");
        ThresholdPage &page = desk.window.threshold();
        page.slider().setValue(0);
        QVERIFY(page.verdict().contains("called COVID-19"));
        QCOMPARE(page.prevalence().people().people().spared, 0);
        const int before = page.prevalence().people().people().found;
        page.slider().setValue(1000);
        QCOMPARE(desk.window.session().threshold(), 1.0);
        QVERIFY(page.verdict().contains("not called"));
        QVERIFY(page.prevalence().people().people().found < before);
        page.youden().click();
        const double youden = desk.window.session().threshold();
        page.missCost().setValue(500);
        page.cheapest().click();
        QVERIFY(desk.window.session().threshold() <= youden); // fears misses
        const double wide = page.prevalence().plot().rates()[0].interval.high
            - page.prevalence().plot().rates()[0].interval.low;
        page.prevalence().setFilms(2000);
        const Interval narrow = page.prevalence().plot().rates()[0].interval;
        QVERIFY(narrow.high - narrow.low < wide);
    }

    void everyNumberIsInTheTableWithItsMethod()
    {
        Desk desk;
        QVERIFY(desk.load());
        desk.window.session().choose(0, 1);
        QTRY_VERIFY(desk.window.session().judgement()->comparison);
        const QString csv = numbersCsv(*desk.window.session().judgement());
        for (const char *word : {"Wilson", "DeLong", "BCa", "McNemar", "Calibration", "not for diagnosis"})
            QVERIFY2(csv.contains(word), word);
        desk.show("Numbers");
        QVERIFY(desk.seen<QTreeWidget>()->topLevelItemCount() >= 5);
    }

    void trainingsLieOverEachOther()
    {
        Desk desk;
        desk.show("Training");
        const QByteArray head = "epoch,split,loss,accuracy,auc,learning_rate,seconds\n";
        QByteArray text = head;
        for (int epoch = 1; epoch <= 12; ++epoch) {
            const double loss = epoch < 5 ? 1.0 / epoch : 0.25 + 0.02 * (epoch - 4);
            text += QByteArray::number(epoch) + ",train,0.5,0.8,nan,0.001,1\n" + QByteArray::number(epoch)
                + ",validation," + QByteArray::number(loss) + ",0.7,nan,0.001,1\n";
        }
        QDir(desk.folder.path()).mkpath("run/fold0");
        QDir(desk.folder.path()).mkpath("run/fold1");
        written(desk.folder, "run/fold0/history.csv", text);
        written(desk.folder, "run/fold1/history.csv", text);
        desk.window.runs().open({desk.folder.filePath("run/fold0")});
        desk.window.runs().open({desk.folder.filePath("run/fold1/history.csv")}); // while the first is read
        QTRY_COMPARE(desk.window.runs().runs().size(), std::size_t(2));
        QCOMPARE(desk.window.runs().runs()[1].name, QString("run/fold1"));
        const TrainingHistory &history = desk.window.runs().runs()[0].history;
        QCOMPARE(bestEpoch(history), 4);
        QCOMPARE(stoppingEpoch(history, 5), 9);
        QCOMPARE(stoppingEpoch(history, 0), 0);
        const auto curves = desk.window.runs().loss().figure().curves.size();
        desk.window.runs().smoothing().setValue(60);
        QCOMPARE(desk.window.runs().loss().figure().curves.size(), 2 * curves); // the raw ones stay, faint
        desk.window.runs().list().item(1)->setCheckState(Qt::Unchecked);
        QCOMPARE(desk.window.runs().loss().figure().curves.size(), curves);
        const auto labels = desk.window.runs().findChildren<QLabel *>();
        const auto notice = std::ranges::find_if(
            labels, [](const QLabel *label) { return label->property("role") == "warning"; });
        QVERIFY(notice != labels.end());
        desk.window.runs().open({written(desk.folder, "bad.csv", "no,history\n1,2\n")});
        QTRY_VERIFY((*notice)->text().contains("bad.csv"));
        QCOMPARE(desk.window.runs().runs().size(), std::size_t(2));
        // A folder with more histories than can be told apart says so.
        for (int fold = 0; fold < 65; ++fold) {
            QDir(desk.folder.path()).mkpath(QStringLiteral("many/fold%1").arg(fold));
            written(desk.folder, QStringLiteral("many/fold%1/history.csv").arg(fold).toUtf8().constData(),
                    text);
        }
        desk.window.runs().open({desk.folder.filePath("many")});
        QTRY_VERIFY((*notice)->text().contains("more than 64"));
        QCOMPARE(desk.window.runs().runs().size(), std::size_t(66));
    }

    void smoothingStartsAtTheFirstValueAndKeepsAFlatLineFlat()
    {
        for (const double value : smoothed({3, 3, 3}, 0.9))
            QCOMPARE(value, 3.0);
        const auto made = smoothed({1, 2, 4}, 0.5);
        QCOMPARE(made[0], 1.0);
        QCOMPARE(made[1], (0.25 * 1 + 0.5 * 2) / 0.75);
    }

    void everyPlotCanBeTakenAwayWithItsStamp()
    {
        Desk desk;
        QVERIFY(desk.load());
        QTRY_VERIFY(desk.window.session().judgement()->isComplete());
        for (int i = 0; i < desk.window.tabs().count(); ++i) {
            desk.window.tabs().setCurrentIndex(i);
            for (PlotSurface *plot : desk.window.tabs().currentWidget()->findChildren<PlotSurface *>()) {
                const QString path = desk.folder.filePath("plot");
                QVERIFY(plot->exportSvg(path + ".svg"));
                QVERIFY(plot->exportPng(path + ".png"));
                QVERIFY(plot->exportPdf(path + ".pdf"));
                QVERIFY(plot->exportCsv(path + ".csv"));
                QFile svg(path + ".svg");
                QVERIFY(svg.open(QIODevice::ReadOnly));
                QVERIFY2(svg.readAll().contains("For education, not for diagnosis"),
                         qPrintable(plot->title()));
            }
        }
    }

    void networksReadFilmsForTheDesk()
    {
        Desk desk;
        DeskWindow window(desk.lanes, std::make_shared<FakeNetworks>(),
                          {desk.films.readers(), [] { return FakeNetworks().list().packages; }, {}});
        window.show();
        window.read(desk.films.manifest());
        QTRY_COMPARE(window.session().sets().size(), std::size_t(1)); // one network was there to read
        QTRY_VERIFY(window.session().judgement());
        QCOMPARE(window.session().judgement()->filmsInAll, 11); // one of twelve is damaged
    }

    void filmsOfOtherClassesAreReadAndSaidNotToBeJudged()
    {
        Desk desk;
        DeskWindow window(desk.lanes, std::make_shared<FakeNetworks>(),
                          {desk.films.readers(), [] { return FakeNetworks().list().packages; }, {}});
        window.show();
        window.read(written(desk.folder, "cats.csv", "file,label\nfilm1.png,cat\nfilm2.png,dog\n"));
        const auto isSaid = [&window] {
            const auto labels = window.findChildren<QLabel *>();
            return std::ranges::any_of(labels, [](const QLabel *label) {
                return label->isVisible() && label->text().contains("nothing can be judged")
                    && label->text().contains("cats.csv");
            });
        };
        QTRY_VERIFY(isSaid());
        QTest::qWait(50);
        QVERIFY(isSaid()); // nothing wipes it away
        QVERIFY(window.session().sets().empty());
    }
};

QTEST_MAIN(DeskWindowTest)
#include "DeskWindowTest.moc"
