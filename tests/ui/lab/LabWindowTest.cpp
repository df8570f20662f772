// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lab/LabWindow.h"
#include "tests/ui/Fakes.h"
#include "ui/bridge/Lanes.h"
#include "ui/plots/StrengthPlot.h"
#include "ui/predict/ProbabilityBar.h"
#include "ui/session/LungMasks.h"
#include "ui/session/ReadingSession.h"
#include "ui/viewer/FilmView.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;

namespace {

struct Room {
    Lanes lanes;
    std::shared_ptr<test::FakeNetworks> networks = std::make_shared<test::FakeNetworks>();
    ReadingSession readings{lanes, networks};
    FilmSession films{lanes, {}};
    LungMasks lungs{lanes, films};
    LabWindow window{lanes, networks, readings, lungs, nullptr};

    bool open()
    {
        readings.start();
        readings.setFilm(1, makeDisplayFilm(test::ramp(200, 160)));
        window.resize(1100, 760);
        window.show();
        return QTest::qWaitFor([&] { return window.view().film() && window.session().after().size() == 2; });
    }
    QPoint at(double x, double y) // a share of the square, in the view
    {
        FilmView &view = window.view();
        return (view.transform().toScreen(QPointF(20 + 160 * x, 160 * y)) / view.devicePixelRatioF())
            .toPoint();
    }
    void dragTo(QPoint point)
    {
        QMouseEvent move(QEvent::MouseMove, QPointF(point), window.view().mapToGlobal(QPointF(point)),
                         Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window.view(), &move);
    }
    void drag(QPoint from, QPoint to)
    {
        QTest::mousePress(&window.view(), Qt::LeftButton, {}, from);
        dragTo((from + to) / 2);
        dragTo(to);
        QTest::mouseRelease(&window.view(), Qt::LeftButton, {}, to);
    }
    bool isRead()
    {
        return QTest::qWaitFor([&] { return !window.session().isWorking(); });
    }
    bool says(const QString &words) const
    {
        for (const QLabel *label : window.findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(words))
                return true;
        }
        return false;
    }
};

bool near(double a, double b) { return std::abs(a - b) < 0.02; }

} // namespace

class LabWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDragCoversAndAnotherMoves()
    {
        Room room;
        QVERIFY(room.open());
        LabSession &lab = room.window.session();
        room.drag(room.at(0.2, 0.3), room.at(0.5, 0.7));
        QCOMPARE(lab.changes().size(), std::size_t(1));
        CoverRectangle area = std::get<CoverRectangle>(lab.changes().front());
        QVERIFY(near(area.left, 0.2) && near(area.top, 0.3) && near(area.width, 0.3)
                && near(area.height, 0.4));
        room.drag(room.at(0.3, 0.5), room.at(0.4, 0.5));
        QCOMPARE(lab.changes().size(), std::size_t(1));
        area = std::get<CoverRectangle>(lab.changes().front());
        QVERIFY(near(area.left, 0.3) && near(area.width, 0.3));
        lab.undo(); // each drag is one step
        QVERIFY(near(std::get<CoverRectangle>(lab.changes().front()).left, 0.2));
        lab.undo();
        QVERIFY(lab.changes().empty());
    }

    void aStrokeIsAChangeOfItsOwn()
    {
        Room room;
        QVERIFY(room.open());
        LabSession &lab = room.window.session();
        lab.add(CoverBrush{});
        room.drag(room.at(0.2, 0.2), room.at(0.8, 0.2));
        QCOMPARE(lab.changes().size(), std::size_t(1));
        QVERIFY(std::get<CoverBrush>(lab.changes()[0]).points.size() >= 3);
        room.drag(room.at(0.2, 0.8), room.at(0.8, 0.8));
        QCOMPARE(lab.changes().size(), std::size_t(2));
    }

    void lettersGoWhereTheHandIs()
    {
        Room room;
        QVERIFY(room.open());
        LabSession &lab = room.window.session();
        lab.add(PasteText{});
        QTest::mouseClick(&room.window.view(), Qt::LeftButton, {}, room.at(0.8, 0.1));
        const auto &text = std::get<PasteText>(lab.changes()[0]);
        QVERIFY(near(text.place.x, 0.8) && near(text.place.y, 0.1));
        auto *line = room.window.findChild<QLineEdit *>();
        QVERIFY(line);
        line->selectAll();
        QTest::keyClicks(line, "PA");
        QCOMPARE(std::get<PasteText>(lab.changes()[0]).text, std::string("PA"));
    }

    void aSliderTurnsTheStrength()
    {
        Room room;
        QVERIFY(room.open());
        LabSession &lab = room.window.session();
        lab.add(StoreAsJpeg{50});
        auto *slider = room.window.findChild<QSlider *>();
        QVERIFY(slider);
        QCOMPARE(slider->accessibleName(), QString("JPEG quality"));
        slider->setValue(0);
        QCOMPARE(std::get<StoreAsJpeg>(lab.changes()[0]).quality, 1);
        slider->setValue(1000);
        QCOMPARE(std::get<StoreAsJpeg>(lab.changes()[0]).quality, 100);
        QTRY_VERIFY(room.says("Films from publications"));
    }

    void saysWhyWeNeverStretch()
    {
        Room room;
        QVERIFY(room.open());
        room.window.session().add(Stretch{1.5});
        QTRY_VERIFY(room.says("Why we never stretch"));
    }

    void tellsWhatMovedAndWhetherItLeftTheBand()
    {
        Room room;
        QVERIFY(room.open());
        QTRY_VERIFY(!room.readings.reading(0).bands.empty());
        QVERIFY(room.isRead());
        room.window.session().add(Rotate{0});
        QTRY_VERIFY(room.isRead() && room.says("within the band of the film as it was"));
        room.window.session().add(CoverRectangle{0.45, 0.45, 0.1, 0.1, 0});
        QTRY_VERIFY(room.isRead() && room.says("outside the band of the film as it was"));
        QVERIFY(room.says("ms after the change"));
    }

    void savesAndOpensAnExperiment()
    {
        Room room;
        QVERIFY(room.open());
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("mine.json").toStdString();
        LabSession &lab = room.window.session();
        lab.add(ChangeGamma{2});
        lab.add(Flip{});
        QVERIFY(room.window.saveExperiment(file));
        const auto saved = lab.changes();
        lab.setChanges({});
        room.window.openExperiment(file);
        QVERIFY(lab.changes() == saved);
        QCOMPARE(room.window.findChild<QListWidget *>()->count(), 2);
        room.window.openExperiment(folder.filePath("missing.json").toStdString());
        QVERIFY(lab.changes() == saved);
        QTRY_VERIFY(room.says("missing.json"));
        lab.undo();
        QTRY_VERIFY(!room.says("missing.json"));
    }

    void thePlotTakesAStrength()
    {
        Room room;
        QVERIFY(room.open());
        LabSession &lab = room.window.session();
        lab.add(Rotate{10});
        auto *plot = room.window.findChild<StrengthPlot *>();
        QVERIFY(plot);
        QTRY_VERIFY(plot->csv().contains("vgg16"));
        Q_EMIT plot->strengthChosen(-20);
        QCOMPARE(std::get<Rotate>(lab.changes()[0]).degrees, -20.0);
        QVERIFY(plot->title().contains("Degrees"));
    }

    void nothingOpenSaysSo()
    {
        Room room;
        room.readings.start();
        room.window.show();
        QTRY_VERIFY(room.says("Open a film in the main window."));
    }

    void saysThatItFeedsTheFilmsOwnValues()
    {
        Room room;
        room.readings.setLookSource([](int) { return std::optional(ShownLook()); });
        QVERIFY(room.open());
        const auto isSaid = [&] {
            for (const QLabel *label : room.window.findChildren<QLabel *>()) {
                if (label->isVisible()
                    && label->text().contains("the laboratory changes the film's own values"))
                    return true;
            }
            return false;
        };
        QVERIFY(!isSaid());
        room.readings.setFeedsTheView(true);
        QTRY_VERIFY(isSaid());
        room.readings.setFeedsTheView(false);
        QTRY_VERIFY(!isSaid());
    }
};

QTEST_MAIN(LabWindowTest)
#include "LabWindowTest.moc"
