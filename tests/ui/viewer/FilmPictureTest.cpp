// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/FilmPicture.h"
#include "tests/ui/Films.h"
#include "ui/viewer/FilmView.h"
#include "ui/viewer/FrameBar.h"
#include "ui/viewer/Lens.h"

#include <QMouseEvent>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QWheelEvent>

using namespace hilum;
using namespace hilum::ui;

class FilmPictureTest : public QObject {
    Q_OBJECT

private:
    static DisplayFilmPtr marked(int frames = 1)
    {
        Film film = *test::ramp(100, 100);
        film.frames = frames;
        std::vector<std::uint16_t> samples;
        for (int i = 0; i < 10000 * frames; ++i)
            samples.push_back(static_cast<std::uint16_t>(i % 10000 / 100 * 10 + 1000 * (i / 10000)));
        film.samples = std::move(samples);
        OverlayPlane overlay;
        overlay.columns = 100;
        overlay.rows = 100;
        overlay.bits.assign(10000, 0);
        overlay.bits[static_cast<std::size_t>(50 * 100 + 20)] = 1;
        film.overlays = {overlay};
        return makeDisplayFilm(std::make_shared<const Film>(film));
    }

    static bool isGrey(QRgb pixel) { return qRed(pixel) == qGreen(pixel) && qGreen(pixel) == qBlue(pixel); }

    static void point(FilmView &view, QPointF at)
    {
        QMouseEvent move(QEvent::MouseMove, at, at, Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&view, &move);
    }

    static void turnWheel(FilmView &view, QPointF at, int delta, Qt::KeyboardModifiers modifiers = {})
    {
        QWheelEvent wheel(at, at, {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&view, &wheel);
    }

private Q_SLOTS:
    void theFilmsOverlaysAreInThePictureAndCanBeLeftOut()
    {
        FilmView view;
        view.resize(200, 200);
        view.setCornerTexts(false);
        view.setFilm(marked(), Window{500, 1000});
        QVERIFY(!isGrey(view.picture().pixel(40, 100)));
        QVERIFY(isGrey(view.picture().pixel(44, 100)));
        view.setFileOverlays(false);
        QVERIFY(isGrey(view.picture().pixel(40, 100)));
        view.setFileOverlays(true);
        view.zoomBy(0.25); // at a half one pixel is still seen
        QCOMPARE(view.transform().zoom(), 0.5);
        QVERIFY(!isGrey(view.picture().pixel(85, 100)));
    }

    void theLensIsNeverWeakerThanTheView()
    {
        FilmView view;
        view.resize(300, 300);
        view.setCornerTexts(false);
        view.setFilm(marked(), Window{500, 1000});
        Lens lens;
        view.addLayer(&lens);
        lens.setPower(0.1);
        QCOMPARE(lens.power(), Lens::leastPower);
        lens.setPower(4);
        lens.setDiameter(100);
        const QImage bare = view.picture();
        point(view, {150, 150});
        QCOMPARE(view.picture(), bare); // off
        lens.setOn(true);
        point(view, {150, 150});
        const QImage through = view.picture();
        QVERIFY(through != bare);
        QCOMPARE(through.copy(0, 0, 90, 300), bare.copy(0, 0, 90, 300));
        // Rows are 10 apart and 3 pixels high; through the lens 12: near the middle it changes slower.
        const auto grey = [](const QImage &image, int y) { return qGray(image.pixel(150, y)); };
        QVERIFY(grey(through, 180) - grey(through, 120) < (grey(bare, 180) - grey(bare, 120)) / 2);
        QVERIFY(std::abs(grey(through, 150) - grey(bare, 150)) <= 3);
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&view, &leave);
        QCOMPARE(view.picture(), bare);
        view.removeLayer(&lens);
    }

    void theWheelMakesTheLensStrongerAndCtrlLarger()
    {
        FilmView view;
        view.resize(300, 300);
        view.setFilm(marked(), Window{500, 1000});
        Lens lens;
        int changes = 0;
        lens.onChanged([&] { ++changes; });
        view.addLayer(&lens);
        lens.setOn(true);
        const double power = lens.power();
        const int diameter = lens.diameter();
        const double zoom = view.transform().zoom();
        turnWheel(view, {150, 150}, 120);
        QVERIFY(lens.power() > power);
        turnWheel(view, {150, 150}, 120, Qt::ControlModifier);
        QVERIFY(lens.diameter() > diameter);
        QCOMPARE(view.transform().zoom(), zoom);
        QCOMPARE(changes, 2);
        lens.setOn(false);
        turnWheel(view, {150, 150}, 120);
        QVERIFY(view.transform().zoom() > zoom);
        view.removeLayer(&lens);
    }

    void anotherFrameKeepsTheView()
    {
        FilmView view;
        view.resize(100, 100);
        const DisplayFilmPtr first = marked(2);
        view.setFilm(first, Window{500, 1000});
        view.zoomBy(3);
        const ViewTransform before = view.transform();
        const QImage shown = view.picture();
        view.showFrame(makeDisplayFilm(first->film, 1));
        QCOMPARE(view.transform(), before);
        QVERIFY(view.picture() != shown);
    }

    void altAndTheWheelTurnFrames()
    {
        FilmView view;
        view.resize(100, 100);
        view.setFilm(marked(2), Window{500, 1000});
        QSignalSpy turned(&view, &FilmView::framesTurned);
        turnWheel(view, {50, 50}, -120, Qt::AltModifier);
        QCOMPARE(turned.count(), 1);
        QCOMPARE(turned.front().front().toInt(), 1);
        turnWheel(view, {50, 50}, 60, Qt::AltModifier);
        QCOMPARE(turned.count(), 1); // half a step
        turnWheel(view, {50, 50}, 60, Qt::AltModifier);
        QCOMPARE(turned.last().front().toInt(), -1);
        QVERIFY(view.transform().isFitted());
    }

    void aRightClickAsksForTheMenuAndARightDragDoesNot()
    {
        FilmView view;
        view.resize(100, 100);
        view.setFilm(marked(), Window{500, 1000});
        QSignalSpy asked(&view, &FilmView::menuRequested);
        QTest::mouseClick(&view, Qt::RightButton, {}, {50, 50});
        QCOMPARE(asked.count(), 1);
        QTest::mousePress(&view, Qt::RightButton, {}, {50, 50});
        QMouseEvent move(QEvent::MouseMove, QPointF(50, 20), QPointF(50, 20), Qt::NoButton, Qt::RightButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(&view, &move);
        QTest::mouseRelease(&view, Qt::RightButton, {}, {50, 20});
        QCOMPARE(asked.count(), 1);
        QVERIFY(view.transform().zoom() > 1);
    }

    void theMouseFollowsItsOwnersHabits()
    {
        FilmView view;
        view.resize(200, 200);
        view.setFilm(marked(3), Window{500, 1000});
        view.setMouse({HandTool::Zoom, HandTool::Window, WheelUse::Frames});
        const auto drag = [&](Qt::MouseButton button) {
            QTest::mousePress(&view, button, {}, {50, 50});
            QMouseEvent move(QEvent::MouseMove, QPointF(90, 20), QPointF(90, 20), Qt::NoButton, button, {});
            QCoreApplication::sendEvent(&view, &move);
            QTest::mouseRelease(&view, button, {}, {90, 20});
        };
        const double fitted = view.transform().zoom();
        drag(Qt::RightButton);
        QVERIFY(std::get<Window>(view.voi()).width > 1000);
        QCOMPARE(view.transform().zoom(), fitted);
        drag(Qt::MiddleButton);
        QVERIFY(view.transform().zoom() > fitted);

        QSignalSpy frames(&view, &FilmView::framesTurned);
        QSignalSpy films(&view, &FilmView::filmsTurned);
        const double zoomed = view.transform().zoom();
        turnWheel(view, {50, 50}, -120);
        QCOMPARE(frames.count(), 1);
        QCOMPARE(frames.last().front().toInt(), 1);
        QCOMPARE(view.transform().zoom(), zoomed);
        turnWheel(view, {50, 50}, -120, Qt::ControlModifier);
        QVERIFY(view.transform().zoom() < zoomed);
        view.setMouse({HandTool::Zoom, HandTool::Window, WheelUse::Films});
        turnWheel(view, {50, 50}, 120);
        QCOMPARE(films.count(), 1);
        QCOMPARE(films.last().front().toInt(), -1);
        QCOMPARE(frames.count(), 1);
    }

    void shiftPansFinerAndCtrlCoarser()
    {
        FilmView view;
        view.resize(200, 200);
        view.setFilm(marked(), Window{500, 1000});
        view.zoomBy(20);
        const auto moved = [&](Qt::KeyboardModifiers modifiers) {
            const double before = view.transform().toScreen({50, 50}).x();
            QTest::keyClick(&view, Qt::Key_Left, modifiers);
            return view.transform().toScreen({50, 50}).x() - before;
        };
        const double plain = moved(Qt::NoModifier);
        QVERIFY(std::abs(moved(Qt::ShiftModifier) - plain / 4) < 1e-6);
        QVERIFY(std::abs(moved(Qt::ControlModifier) - plain * 4) < 1e-6);
    }

    void theCineAsksForTheNextFrameOnlyWhenTheLastHasCome()
    {
        FrameBar bar;
        bar.setFilm(3, 5);
        QSignalSpy wanted(&bar, &FrameBar::frameWanted);
        bar.setPlaying(true);
        QTRY_COMPARE(wanted.count(), 1);
        QTest::qWait(40);
        QCOMPARE(wanted.count(), 1);
        bar.setFrame(1);
        QTRY_COMPARE(wanted.count(), 2);
        QCOMPARE(wanted.last().front().toInt(), 2);
        bar.setFrame(2);
        QTRY_COMPARE(wanted.count(), 3);
        QCOMPARE(wanted.last().front().toInt(), 0); // round
        bar.step(1);
        QVERIFY(!bar.isPlaying());
    }

    void stepsEndAtTheEnds()
    {
        FrameBar bar;
        bar.setFilm(3, 0);
        QSignalSpy wanted(&bar, &FrameBar::frameWanted);
        bar.step(9);
        QCOMPARE(wanted.last().front().toInt(), 2);
        bar.step(-1);
        QCOMPARE(wanted.last().front().toInt(), 1); // from the one asked for, though none has come
        bar.step(-9);
        QCOMPARE(wanted.last().front().toInt(), 0);
    }
};

QTEST_MAIN(FilmPictureTest)
#include "FilmPictureTest.moc"
