// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/marks/MarkLayer.h"
#include "tests/ui/Films.h"
#include "ui/bridge/Lanes.h"
#include "ui/marks/History.h"
#include "ui/marks/MarkText.h"
#include "ui/marks/MarksPanel.h"
#include "ui/viewer/FilmView.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

#include <cmath>

using namespace hilum;
using namespace hilum::ui;

namespace {

constexpr int filmId = 7;

// A film of 100 x 100 pixels in a view of 200 x 200: one film pixel is two pixels of the view.
struct Desk {
    explicit Desk(FilmPtr source = test::ramp(100, 100))
    {
        view.resize(200, 200);
        view.setFilm(makeDisplayFilm(std::move(source)), Window{5000, 9990});
        layer.attach(&view);
        history.setFilm(filmId);
        view.show();
    }

    void move(QPointF to, Qt::MouseButtons buttons = Qt::NoButton)
    {
        QMouseEvent event(QEvent::MouseMove, to, view.mapToGlobal(to), Qt::NoButton, buttons, Qt::NoModifier);
        QCoreApplication::sendEvent(&view, &event);
    }
    void press(QPoint at, Qt::MouseButton button = Qt::LeftButton)
    {
        QTest::mousePress(&view, button, {}, at);
    }
    void release(QPoint at, Qt::MouseButton button = Qt::LeftButton)
    {
        QTest::mouseRelease(&view, button, {}, at);
    }
    void drag(QPoint from, QPoint to)
    {
        press(from);
        move((QPointF(from) + QPointF(to)) / 2, Qt::LeftButton);
        move(to, Qt::LeftButton);
        release(to);
    }
    void click(QPoint at)
    {
        press(at);
        release(at);
    }
    const std::vector<Mark> &marks() const { return store.marks(filmId).marks; }
    MarkReading reading(std::size_t index)
    {
        return store.reading(filmId, marks()[index], view.film()->film);
    }

    Lanes lanes;
    MarkStore store{lanes};
    History history{store};
    FilmView view;
    MarkLayer layer{store, history, [](const FilmView &) { return filmId; }};
};

FilmPtr spaced()
{
    Film film = *test::ramp(100, 100);
    film.spacing = SpacingMm{0.5, 0.5, SpacingSource::ImagerPixelSpacing};
    return std::make_shared<const Film>(std::move(film));
}

} // namespace

class MarkLayerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDragDrawsALength()
    {
        Desk desk(spaced());
        desk.layer.setTool(MarkTool::Length);
        desk.drag({20, 20}, {80, 100});
        QCOMPARE(desk.marks().size(), std::size_t{1});
        QCOMPARE(desk.marks()[0].points, (std::vector<QPointF>{{10, 10}, {40, 50}}));
        QCOMPARE(labelLines(desk.marks()[0], desk.reading(0)), QStringList{"25.0 mm at detector"});
        QVERIFY(desk.layer.tool() == MarkTool::Length); // stays for the next one
        QCOMPARE(desk.store.selected(filmId), desk.marks()[0].id);
    }

    void twoClicksDrawALength()
    {
        Desk desk;
        desk.layer.setTool(MarkTool::Length);
        desk.click({20, 20});
        desk.move({60, 60});
        QVERIFY(desk.layer.isDrawing());
        desk.click({80, 100});
        QVERIFY(!desk.layer.isDrawing());
        QCOMPARE(desk.marks().size(), std::size_t{1});
        QCOMPARE(desk.marks()[0].points, (std::vector<QPointF>{{10, 10}, {40, 50}}));
        QCOMPARE(lengthText(desk.reading(0).length), QString("50.0 px"));
    }

    void anAngleByDragAndClick()
    {
        Desk desk;
        desk.layer.setTool(MarkTool::Angle);
        desk.drag({20, 100}, {100, 100});
        QVERIFY(desk.layer.isDrawing());
        desk.move({100, 40});
        desk.click({100, 40});
        QVERIFY(!desk.layer.isDrawing());
        QVERIFY(std::abs(desk.reading(0).angle - 90) < 1e-9);
        for (const QPoint at : {QPoint(20, 150), QPoint(60, 150), QPoint(100, 190)})
            desk.click(at);
        QCOMPARE(desk.marks().size(), std::size_t{2});
        QVERIFY(std::abs(desk.reading(1).angle - 135) < 1e-9);
        QCOMPARE(markName(desk.marks()[1]), QString("Angle 2"));
    }

    void twoLinesByTwoDrags()
    {
        Desk desk;
        desk.layer.setTool(MarkTool::Lines);
        desk.drag({20, 20}, {120, 20});
        QVERIFY(desk.layer.isDrawing());
        desk.move({150, 150});
        QCOMPARE(desk.marks()[0].points.size(), std::size_t{2}); // the second line has not begun
        desk.drag({20, 60}, {120, 160});
        QVERIFY(!desk.layer.isDrawing());
        QVERIFY(std::abs(desk.reading(0).angle - 45) < 1e-9);
    }

    void aRectangleMeasuresWhatItHolds()
    {
        Desk desk;
        desk.layer.setTool(MarkTool::Rectangle);
        desk.drag({20, 20}, {22, 22});
        QVERIFY(desk.layer.isDrawing()); // as near as a click: not finished yet
        desk.layer.dropDraft();
        desk.drag({20, 20}, {40, 24});
        const MarkReading reading = desk.reading(0);
        QCOMPARE(reading.statistics.count, std::size_t{20});
        QCOMPARE(reading.statistics.low, 1010.0);
        QCOMPARE(reading.statistics.high, 1119.0);
        QCOMPARE(areaText(reading.length), QString::fromUtf8("20.0 px\u00b2"));
    }

    void escapeAndTheRightButtonDropWhatIsHalfDrawn()
    {
        Desk desk;
        desk.layer.setTool(MarkTool::Length);
        desk.click({20, 20});
        desk.move({60, 60});
        QTest::keyClick(&desk.view, Qt::Key_Escape);
        QVERIFY(!desk.layer.isDrawing());
        QCOMPARE(desk.marks().size(), std::size_t{0});
        desk.click({20, 20});
        desk.move({60, 60});
        desk.press({60, 60}, Qt::RightButton);
        desk.release({60, 60}, Qt::RightButton);
        QCOMPARE(desk.marks().size(), std::size_t{0});
        QVERIFY(!desk.history.canUndo());
    }

    void handlesAdjustAndTheLineMovesAll()
    {
        Desk desk;
        desk.layer.setTool(MarkTool::Length);
        desk.drag({20, 100}, {180, 100});
        desk.layer.setTool(MarkTool::None);
        desk.drag({180, 100}, {160, 120});
        QCOMPARE(desk.marks()[0].points, (std::vector<QPointF>{{10, 50}, {80, 60}}));
        desk.drag({90, 110}, {90, 130});
        QCOMPARE(desk.marks()[0].points, (std::vector<QPointF>{{10, 60}, {80, 70}}));
        desk.history.undo();
        desk.history.undo();
        QCOMPARE(desk.marks()[0].points, (std::vector<QPointF>{{10, 50}, {90, 50}}));
        desk.history.undo();
        QVERIFY(desk.marks().empty());
        QVERIFY(!desk.history.canUndo());
        desk.history.redo();
        QCOMPARE(desk.marks().size(), std::size_t{1});
    }

    void aLabelIsMovedAlone()
    {
        Desk desk;
        desk.layer.setTool(MarkTool::Length);
        desk.drag({20, 40}, {180, 40});
        desk.layer.setTool(MarkTool::None);
        const MarkScene scene{desk.view.transform(), QRectF(6, 6, 188, 188), 1, desk.view.font()};
        const auto labels = layLabels(scene, desk.layer.paintedMarks(filmId, desk.view.film()->film, 0));
        const QPoint at = labels[0].center().toPoint();
        desk.drag(at, at + QPoint(0, 60));
        QCOMPARE(desk.marks()[0].points, (std::vector<QPointF>{{10, 20}, {90, 20}}));
        QVERIFY(desk.marks()[0].labelOffset);
        const auto moved = layLabels(scene, desk.layer.paintedMarks(filmId, desk.view.film()->film, 0));
        QVERIFY(QLineF(moved[0].center(), labels[0].center() + QPointF(0, 60)).length() < 2);
        desk.layer.resetLabel(filmId, desk.marks()[0].id);
        QVERIFY(!desk.marks()[0].labelOffset);
        desk.history.undo();
        desk.history.undo();
        QVERIFY(!desk.marks()[0].labelOffset);
        QCOMPARE(desk.history.undoText(), QString("adding Length 1"));
    }

    void beyondAMarkTheFilmsOwnToolHasTheHand()
    {
        Desk desk;
        desk.layer.setTool(MarkTool::Length);
        desk.drag({20, 40}, {180, 40});
        desk.layer.setTool(MarkTool::None);
        QSignalSpy dragged(&desk.view, &FilmView::windowDragged);
        desk.drag({100, 150}, {140, 150});
        QVERIFY(dragged.count() > 0);
        QCOMPARE(desk.store.selected(filmId), 0);
    }

    void keysGoThroughMoveAndRemove()
    {
        Desk desk;
        desk.layer.setTool(MarkTool::Length);
        desk.drag({20, 40}, {180, 40});
        desk.drag({20, 90}, {180, 90});
        desk.layer.setTool(MarkTool::None);
        desk.store.select(filmId, 0);
        desk.view.setFocus();
        QTest::keyClick(&desk.view, Qt::Key_Tab);
        QCOMPARE(desk.store.selected(filmId), desk.marks()[0].id);
        QTest::keyClick(&desk.view, Qt::Key_Right);
        QTest::keyClick(&desk.view, Qt::Key_Right);
        QTest::keyClick(&desk.view, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(desk.marks()[0].points[0], QPointF(12, 30));
        desk.history.undo(); // three keys in a row are one step
        QCOMPARE(desk.marks()[0].points[0], QPointF(10, 20));
        QTest::keyClick(&desk.view, Qt::Key_Tab);
        QTest::keyClick(&desk.view, Qt::Key_Delete);
        QCOMPARE(desk.marks().size(), std::size_t{1});
        QCOMPARE(desk.history.undoText(), QString("removing Length 2"));
        QTest::keyClick(&desk.view, Qt::Key_Tab, Qt::ShiftModifier);
        QCOMPARE(desk.store.selected(filmId), desk.marks()[0].id);
        QVERIFY(!desk.layer.step(desk.view, true)); // after the last one the focus goes on
        QCOMPARE(desk.store.selected(filmId), 0);
    }

    void arrowsFollowTheScreenOnATurnedFilm()
    {
        Desk desk;
        desk.layer.setTool(MarkTool::Length);
        desk.drag({20, 40}, {180, 40});
        desk.view.turn(1);
        const QPointF before = desk.view.transform().toScreen(desk.marks()[0].points[0]);
        QTest::keyClick(&desk.view, Qt::Key_Right);
        const QPointF after = desk.view.transform().toScreen(desk.marks()[0].points[0]);
        QVERIFY((after - before - QPointF(2, 0)).manhattanLength() < 1e-9);
    }

    void enterPutsAMarkInTheMiddle()
    {
        Desk desk;
        desk.layer.setTool(MarkTool::Ellipse);
        QTest::keyClick(&desk.view, Qt::Key_Return);
        QCOMPARE(desk.marks().size(), std::size_t{1});
        QCOMPARE(middleOf(desk.marks()[0]), QPointF(50, 50));
    }

    void aKnownLengthCalibratesTheFilm()
    {
        Desk desk;
        desk.layer.setTool(MarkTool::Length);
        desk.drag({20, 40}, {120, 40});
        desk.drag({20, 90}, {180, 90});
        desk.layer.calibrate(filmId, desk.marks()[0].id, *desk.view.film()->film, 25);
        QCOMPARE(lengthText(desk.reading(0).length), QString("25.0 mm (calibrated)"));
        QCOMPARE(lengthText(desk.reading(1).length), QString("40.0 mm (calibrated)"));
        desk.history.undo();
        QCOMPARE(lengthText(desk.reading(1).length), QString("80.0 px"));
    }

    void theBoxOfARegionWindowLeavesNoMark()
    {
        Desk desk;
        QSignalSpy chosen(&desk.layer, &MarkLayer::regionChosen);
        desk.layer.setTool(MarkTool::RegionWindow);
        desk.drag({20, 20}, {60, 80});
        QCOMPARE(chosen.count(), 1);
        QVERIFY(desk.marks().empty());
        QVERIFY(!desk.history.canUndo());
    }

    void theRightButtonAsksForTheMenu()
    {
        Desk desk;
        desk.layer.setTool(MarkTool::Length);
        desk.drag({20, 40}, {180, 40});
        QSignalSpy menu(&desk.layer, &MarkLayer::menuWanted);
        desk.press({100, 40}, Qt::RightButton);
        desk.release({100, 40}, Qt::RightButton);
        QCOMPARE(menu.count(), 1);
    }

    void hiddenMarksAreNeitherSeenNorTouched()
    {
        Desk desk;
        const QImage plain = desk.view.picture();
        desk.layer.setTool(MarkTool::Length);
        desk.drag({20, 40}, {180, 40});
        desk.layer.setTool(MarkTool::None);
        QVERIFY(desk.view.picture() != plain);
        desk.store.setShown(false);
        QCOMPARE(desk.view.picture(), plain);
        desk.drag({20, 40}, {20, 80});
        QCOMPARE(desk.marks()[0].points[0], QPointF(10, 20));
    }

    void aLargeRegionIsMeasuredOnTheSide()
    {
        Film film = *test::ramp(4, 4);
        film.columns = film.rows = 1500;
        film.samples = std::vector<std::uint16_t>(std::size_t{1500} * 1500, 9);
        Desk desk(std::make_shared<const Film>(std::move(film)));
        desk.layer.setTool(MarkTool::Ellipse);
        desk.drag({2, 2}, {198, 198});
        QTRY_COMPARE(desk.reading(0).statistics.mean, 9.0);
        QVERIFY(!desk.reading(0).isPending);
        QVERIFY(desk.reading(0).statistics.count > 1'600'000);
    }

    void theListShowsSelectsAndRemoves()
    {
        Desk desk(spaced());
        MarksPanel panel(desk.store);
        panel.setFilm(filmId, desk.view.film()->film);
        panel.show();
        auto *list = panel.findChild<QTreeWidget *>();
        QVERIFY(!list->isVisible());
        desk.layer.setTool(MarkTool::Length);
        desk.drag({20, 40}, {180, 40});
        desk.drag({20, 90}, {100, 90});
        QCOMPARE(list->topLevelItemCount(), 2);
        QCOMPARE(list->topLevelItem(1)->text(0), QString("Length 2"));
        QCOMPARE(list->topLevelItem(1)->text(1), QString("20.0"));
        QCOMPARE(list->topLevelItem(1)->text(2), QString("mm at detector"));
        list->setCurrentItem(list->topLevelItem(0));
        QCOMPARE(desk.store.selected(filmId), desk.marks()[0].id);
        QSignalSpy removed(&panel, &MarksPanel::removeRequested);
        QTest::keyClick(list, Qt::Key_Delete);
        QCOMPARE(removed.count(), 1);
    }

    void theTableHasEveryDigitAndSaysWhatItIs()
    {
        Desk desk(spaced());
        desk.layer.setTool(MarkTool::Length);
        desk.drag({20, 40}, {50, 60});
        const QStringList lines
            = marksTable(desk.store.marks(filmId), [&](const Mark &) { return desk.reading(0); }).split('\n');
        QVERIFY(lines[0].startsWith("name,kind,frame,value,unit,"));
        QVERIFY2(lines[1].startsWith("Length 1,length,1,9.013878188659973,mm at detector,"),
                 qPrintable(lines[1]));
    }
};

QTEST_MAIN(MarkLayerTest)
#include "MarkLayerTest.moc"
