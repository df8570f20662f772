// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/marks/ViewHistory.h"
#include "tests/ui/Fakes.h"
#include "ui/bridge/Lanes.h"
#include "ui/marks/History.h"
#include "ui/shell/ViewportGrid.h"

#include <QTest>
#include <QWheelEvent>

using namespace hilum;
using namespace hilum::ui;

namespace {

struct Desk {
    explicit Desk(const QStringList &paths = {"film"})
    {
        grid.resize(400, 400);
        grid.show();
        QObject::connect(&films, &FilmSession::currentChanged, &history,
                         [this] { history.setFilm(films.currentId()); });
        films.open(paths);
    }

    bool isReady() const { return films.film() != nullptr; }
    FilmView &view() { return *grid.view(); }

    // What the hand did becomes a step when the event loop turns.
    void settle() { QTest::qWait(20); }

    void drag(Qt::MouseButton button, QPoint from, QPoint to)
    {
        QTest::mousePress(&view(), button, {}, from);
        for (int i = 1; i <= 4; ++i) {
            const QPointF at = QPointF(from) + (QPointF(to) - QPointF(from)) * i / 4;
            QMouseEvent event(QEvent::MouseMove, at, view().mapToGlobal(at), Qt::NoButton, button,
                              Qt::NoModifier);
            QCoreApplication::sendEvent(&view(), &event);
            QTest::qWait(2);
        }
        QTest::mouseRelease(&view(), button, {}, to);
    }

    void wheel(int steps)
    {
        const QPointF at(100, 100);
        QWheelEvent event(at, view().mapToGlobal(at), {}, {0, 120 * steps}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&view(), &event);
        QTest::qWait(2);
    }

    Window window() const { return std::get<Window>(films.voi()); }

    Lanes lanes;
    std::shared_ptr<test::FakeFiles> files = std::make_shared<test::FakeFiles>();
    FilmSession films{lanes, files->sources(files)};
    MarkStore store{lanes};
    History history{store};
    ViewportGrid grid{films};
    ViewHistory views{films, [this] { return grid.views(); }, history};
};

} // namespace

class ViewHistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void openingAndResizingAreNoSteps()
    {
        Desk desk;
        QTRY_VERIFY(desk.isReady());
        desk.settle();
        desk.grid.resize(500, 300);
        desk.settle();
        QVERIFY(!desk.history.canUndo());
    }

    void aDragIsOneStep()
    {
        Desk desk;
        QTRY_VERIFY(desk.isReady());
        desk.settle();
        const Window before = desk.window();
        desk.drag(Qt::LeftButton, {50, 50}, {90, 70});
        desk.settle();
        const Window after = desk.window();
        QVERIFY(after != before);
        QCOMPARE(desk.history.undoText(), QString("window change"));
        desk.history.undo();
        QCOMPARE(desk.window(), before);
        QVERIFY(!desk.history.canUndo());
        desk.history.redo();
        QCOMPARE(desk.window(), after);
    }

    void aBurstOfTheWheelIsOneStepAtOnce()
    {
        Desk desk;
        QTRY_VERIFY(desk.isReady());
        desk.settle();
        for (int i = 0; i < 5; ++i)
            desk.wheel(1);
        QVERIFY(!desk.view().transform().isFitted());
        desk.history.undo(); // before the wheel's pause is over
        QVERIFY(desk.view().transform().isFitted());
        QVERIFY(!desk.history.canUndo());
        desk.history.redo();
        QVERIFY(!desk.view().transform().isFitted());
    }

    void turnsMirrorsAndPansComeBackExactly()
    {
        Desk desk;
        QTRY_VERIFY(desk.isReady());
        desk.settle();
        desk.view().turn(1);
        desk.settle();
        desk.view().mirror();
        desk.settle();
        desk.wheel(3);
        desk.settle();
        const ViewTransform zoomed = desk.view().transform();
        desk.drag(Qt::MiddleButton, {50, 50}, {90, 70});
        desk.settle();
        const ViewTransform panned = desk.view().transform();
        QCOMPARE(desk.history.undoText(), QString("pan"));
        desk.history.undo();
        QVERIFY((desk.view().transform().toScreen({5, 5}) - zoomed.toScreen({5, 5})).manhattanLength()
                < 1e-6);
        desk.history.undo();
        desk.history.undo();
        QVERIFY(!desk.view().transform().isMirrored());
        QCOMPARE(desk.view().transform().quarterTurns(), 1);
        desk.history.undo();
        QCOMPARE(desk.view().transform().quarterTurns(), 0);
        for (int i = 0; i < 4; ++i)
            desk.history.redo();
        QVERIFY((desk.view().transform().toScreen({5, 5}) - panned.toScreen({5, 5})).manhattanLength()
                < 1e-6);
        QVERIFY(!desk.history.canRedo());
    }

    void whatComesBackToWhereItWasIsNoStep()
    {
        Desk desk;
        QTRY_VERIFY(desk.isReady());
        desk.settle();
        desk.drag(Qt::LeftButton, {50, 50}, {90, 70});
        desk.settle();
        desk.films.resetWindow();
        desk.settle();
        QVERIFY(!desk.history.canUndo()); // within a moment they are one change, and it is none
        desk.films.setInverted(true);
        desk.settle();
        QCOMPARE(desk.history.undoText(), QString("inversion"));
        desk.films.setInverted(false);
        desk.settle();
        desk.history.undo();
        QVERIFY(desk.films.isInverted());
    }

    void resettingAllIsOneStep()
    {
        Desk desk;
        QTRY_VERIFY(desk.isReady());
        desk.settle();
        desk.films.setInverted(true);
        desk.view().turn(1);
        desk.settle();
        desk.films.resetWindow();
        desk.view().resetView();
        desk.settle();
        QVERIFY(!desk.films.isInverted());
        desk.history.undo();
        QVERIFY(desk.films.isInverted());
        QCOMPARE(desk.view().transform().quarterTurns(), 1);
    }

    void marksAndViewsShareOneOrder()
    {
        Desk desk;
        QTRY_VERIFY(desk.isReady());
        desk.settle();
        desk.films.setInverted(true); // its step is still on its way
        FilmMarks marks;
        marks.marks.push_back({1, MarkKind::Length, 1, 0, {{0, 0}, {5, 5}}, {}, {}});
        desk.history.changeMarks(desk.films.currentId(), {}, marks, "adding Length 1");
        QCOMPARE(desk.history.undoText(), QString("adding Length 1"));
        desk.history.undo();
        QVERIFY(desk.store.marks(desk.films.currentId()).marks.empty());
        QVERIFY(desk.films.isInverted());
        desk.history.undo();
        QVERIFY(!desk.films.isInverted());
    }

    void anotherFilmHasItsOwnSteps()
    {
        Desk desk({"film", "other"});
        QTRY_VERIFY(desk.isReady());
        desk.settle();
        desk.films.setInverted(true);
        desk.settle();
        QVERIFY(desk.history.canUndo());
        desk.films.select(1);
        QTRY_VERIFY(desk.isReady());
        desk.settle();
        QVERIFY(!desk.history.canUndo());
        // The first film comes back as it opened: an undo that shows nothing is passed over.
        desk.films.select(0);
        QTRY_VERIFY(desk.isReady());
        desk.settle();
        const bool inverted = desk.films.isInverted();
        desk.history.undo();
        QVERIFY(!desk.films.isInverted());
        QVERIFY(inverted || !desk.history.canUndo());
    }

    void theStepReturnsToTheViewportItHappenedIn()
    {
        Desk desk({"film"});
        QTRY_VERIFY(desk.isReady());
        desk.films.setLinks({false, false, false});
        desk.films.setViewportCount(2);
        QTRY_VERIFY(desk.films.viewport(1).film);
        desk.settle();
        desk.films.activate(1);
        desk.films.setInverted(true);
        desk.settle();
        desk.films.activate(0);
        desk.settle();
        QVERIFY(!desk.films.viewport(0).isInverted);
        desk.history.undo();
        QCOMPARE(desk.films.activeViewport(), 1);
        QVERIFY(!desk.films.viewport(1).isInverted);
        desk.history.redo();
        QVERIFY(desk.films.viewport(1).isInverted);
        // A viewport that is gone: the active one shows the same film.
        desk.films.activate(0);
        desk.films.setViewportCount(1);
        desk.settle();
        desk.films.setInverted(true);
        desk.settle();
        desk.history.undo();
        QVERIFY(!desk.films.isInverted());
    }

    void linkedViewsFollowTheUndo()
    {
        Desk desk({"film"});
        QTRY_VERIFY(desk.isReady());
        desk.films.setLinks({true, true, true});
        desk.films.setViewportCount(2);
        QTRY_VERIFY(desk.films.viewport(1).film);
        desk.settle();
        const Window before = desk.window();
        desk.drag(Qt::LeftButton, {50, 50}, {90, 70});
        desk.settle();
        QVERIFY(std::get<Window>(desk.films.viewport(1).voi) != before);
        desk.history.undo();
        QCOMPARE(std::get<Window>(desk.films.viewport(1).voi), before);
        QVERIFY(!desk.history.canUndo());
    }
};

QTEST_MAIN(ViewHistoryTest)
#include "ViewHistoryTest.moc"
