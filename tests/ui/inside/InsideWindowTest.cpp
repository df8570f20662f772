// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inside/InsideWindow.h"

#include "tests/ui/Fakes.h"
#include "ui/bridge/Lanes.h"
#include "ui/inside/ArchitectureView.h"
#include "ui/inside/CellView.h"
#include "ui/inside/ChannelGrid.h"
#include "ui/inside/InsideLayer.h"
#include "ui/session/ReadingSession.h"
#include "ui/viewer/FilmView.h"

#include <QLabel>
#include <QPainter>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;

namespace {

// Vgg16 as the table of receptive fields knows it, for an input of 224: channel c of stage s has in all its
// cells the value c, but the cell (1, 0) has 10 * (s + 1).
struct FakeInside : InsideService {
    std::atomic_int reads = 0;
    std::atomic_bool fails = false;

    Result<Anatomy> anatomy(const ModelPackage &package) override
    {
        Anatomy anatomy;
        const bool isDense = package.card.id == "densenet121";
        for (int stage = 0; stage < (isDense ? 4 : 5); ++stage)
            anatomy.stages.push_back(
                {(isDense ? "denseblock" : "block") + std::to_string(stage + 1), 3, 4, 37824});
        anatomy.headParameters = 1539;
        anatomy.classes = 3;
        anatomy.filters.assign(2, Plane<float>(3, 3, -0.5F));
        anatomy.filters[1].at(1, 1) = 1;
        return anatomy;
    }

    Result<StageReading> readStage(const ModelPackage &, const Film &film, int frame, int stage,
                                   std::stop_token) override
    {
        ++reads;
        if (fails)
            return fail(ErrorCode::Internal, "expected memory, found none");
        StageReading reading;
        reading.input = *prepare(film, frame, InputSpec());
        for (int c = 0; c < 3; ++c) {
            Plane<float> channel(14, 14, static_cast<float>(c));
            channel.at(1, 0) = static_cast<float>(10 * (stage + 1));
            reading.channels.push_back(channel);
        }
        return reading;
    }
};

} // namespace

class InsideWindowTest : public QObject {
    Q_OBJECT

private:
    struct Opened {
        explicit Opened(bool withFilm = true)
            : networks(std::make_shared<test::FakeNetworks>())
            , inside(std::make_shared<FakeInside>())
            , readings(lanes, networks)
            , session(lanes, inside, readings)
            , window(session, nullptr)
        {
            readings.setLookSource([](int) { return ShownLook{0, Window{3000, 6000}, false, true, 0}; });
            readings.start();
            if (withFilm)
                readings.setFilm(1, makeDisplayFilm(test::ramp(448, 300)));
            window.show();
        }

        QString allText() const
        {
            QStringList texts;
            for (const QLabel *label : window.findChildren<QLabel *>()) {
                if (label->isVisible())
                    texts << label->text();
            }
            return texts.join('\n');
        }

        Lanes lanes;
        std::shared_ptr<test::FakeNetworks> networks;
        std::shared_ptr<FakeInside> inside;
        ReadingSession readings;
        InsideSession session;
        InsideWindow window;
    };

private Q_SLOTS:
    void writesParametersShort_data()
    {
        QTest::addColumn<qint64>("count");
        QTest::addColumn<QString>("text");
        QTest::newRow("few") << qint64(999) << "999";
        QTest::newRow("thousands") << qint64(37824) << "37.8 k";
        QTest::newRow("millions") << qint64(14723136) << "14.7 M";
    }

    void writesParametersShort()
    {
        QFETCH(qint64, count);
        QFETCH(QString, text);
        QCOMPARE(parameterText(count), text);
    }

    void withoutAFilmTheArchitecturesStand()
    {
        Opened opened(false);
        QTRY_VERIFY(opened.session.anatomies().size() == 2 && opened.session.anatomies()[1]);
        QVERIFY(opened.allText().contains("Open a film"));
        QVERIFY(opened.allText().contains("The 2 filters of its first layer"));
        QCOMPARE(opened.inside->reads.load(), 0);
    }

    void aClickOnAStageReadsItsChannels()
    {
        Opened opened;
        QTRY_VERIFY(!opened.session.channels().empty());
        QTRY_VERIFY(opened.session.anatomies()[0]);
        QVERIFY(opened.allText().contains("vgg16, block1: channel 3 of 3"));
        auto *drawn = opened.window.findChild<ArchitectureView *>();
        QSignalSpy chosen(drawn, &ArchitectureView::chosen);
        drawn->setFocus();
        QTest::keyClick(drawn, Qt::Key_Right);
        QCOMPARE(chosen.count(), 1);
        QTRY_VERIFY(opened.allText().contains("vgg16, block2: channel 3 of 3, 14 \u00d7 14 cells, 2 to 20"));
        QTest::keyClick(drawn, Qt::Key_Down);
        QTRY_VERIFY(opened.allText().contains("densenet121, denseblock2"));
        QCOMPARE(opened.session.network(), 1);
        // By the mouse, in the middle of the first network's last stage: five stages, input and head.
        const int width = std::min((drawn->width() - 18 * drawn->fontMetrics().averageCharWidth()) / 7, 184);
        QTest::mouseClick(drawn, Qt::LeftButton, {},
                          {18 * drawn->fontMetrics().averageCharWidth() + 5 * width + width / 2, 30});
        QTRY_VERIFY(opened.allText().contains("vgg16, block5"));
    }

    void theStrongestChannelIsShownUntilAnotherIsChosen()
    {
        Opened opened;
        QTRY_VERIFY(!opened.session.channels().empty());
        QCOMPARE(opened.session.strongest(), (std::vector{2, 1, 0}));
        QCOMPARE(opened.session.channel(), 2);
        opened.window.findChild<QSpinBox *>()->setValue(1);
        QCOMPARE(opened.session.channel(), 0);
        QVERIFY(opened.allText().contains("channel 1 of 3"));
        QVERIFY(opened.session.map() && opened.session.map()->peak == 10);
        // Another film keeps the channel.
        opened.readings.setFilm(2, makeDisplayFilm(test::ramp(500, 300)));
        QTRY_COMPARE(opened.session.map()->map.filmWidth, 500);
        QCOMPARE(opened.session.channel(), 0);
    }

    // The film's middle 300 x 300 became 224 x 224; block1's cell (100, 50) of 224 would see 5 x 5.
    void aCellFramesItsFieldOnTheFilm()
    {
        Opened opened;
        QTRY_VERIFY(!opened.session.channels().empty());
        QVERIFY(!opened.session.field());
        opened.session.chooseCell(QPoint(10, 5));
        QCOMPARE(*opened.session.field(), (ReceptiveField{8, 3, 5, 5}));
        const InputMap onFilm = *opened.session.fieldOnFilm();
        QCOMPARE(onFilm.left, 74 + 10); // 8 * 300 / 224 = 10.7
        QCOMPARE(onFilm.left + onFilm.width, 74 + 18); // 13 * 300 / 224 = 17.4
        QCOMPARE(onFilm.top, 4);
        QVERIFY(opened.allText().contains("Cell (10, 5): 2"));
        QVERIFY(opened.allText().contains("columns 84 to 91 and rows 4 to 10"));
        // Another stage has other cells.
        opened.session.choose(0, 1);
        QVERIFY(!opened.session.cell());
    }

    void aMirroredViewThatIsFedIsFramedWhereItLies()
    {
        Opened opened;
        opened.readings.setFeedsTheView(true);
        QTRY_VERIFY(!opened.session.isReading() && !opened.session.channels().empty());
        QVERIFY(opened.allText().contains("Fed what the view shows"));
        opened.session.chooseCell(QPoint(10, 5));
        const InputMap onFilm = *opened.session.fieldOnFilm();
        QCOMPARE(onFilm.left, 448 - (74 + 18));
        QCOMPARE(onFilm.top, 4);
        QVERIFY(opened.session.map()->values.at(12, 0)
                > opened.session.map()->values.at(1, 0)); // cell 1, mirrored
        QVERIFY(opened.window.stamp().contains("FED WHAT THE VIEW SHOWS"));
    }

    void theLayerDrawsOverItsFilmAlone()
    {
        Opened opened;
        QTRY_VERIFY(!opened.session.channels().empty());
        InsideLayer layer(opened.session);
        FilmView view;
        view.resize(448, 300);
        view.setCornerTexts(false);
        const Voi black = Window{1e6, 1, VoiFunction::LinearExact};
        view.setFilm(opened.readings.film(), black, 1);
        view.addLayer(&layer);
        const QImage plain = view.picture();
        layer.refresh();
        QVERIFY(view.picture() != plain);
        view.setFilm(opened.readings.film(), black, 7);
        QCOMPARE(view.picture(), plain);
        view.setFilm(opened.readings.film(), black, 1);
        opened.window.hide();
        layer.refresh();
        QCOMPARE(view.picture(), plain);
        view.removeLayer(&layer);
    }

    void aFailureIsSaid()
    {
        Opened opened;
        opened.inside->fails = true;
        QTRY_VERIFY(opened.readings.isListed());
        opened.session.choose(0, 3);
        QTRY_VERIFY(opened.allText().contains("expected memory, found none"));
    }

    void thePictureIsStamped()
    {
        Opened opened;
        QTRY_VERIFY(!opened.session.channels().empty());
        QVERIFY(opened.window.stamp().contains("inside vgg16"));
        QVERIFY(opened.window.stamp().contains("For education, not for diagnosis"));
        QVERIFY(opened.window.picture().height() > 300);
    }

    void filtersAreGreyAroundZero()
    {
        std::vector<Plane<float>> filters(1, Plane<float>(3, 1));
        filters[0].at(0, 0) = -2;
        filters[0].at(2, 0) = 1;
        const QImage picture = filterTiles(filters).front().picture;
        QCOMPARE(qGray(picture.pixel(0, 0)), 0);
        QVERIFY(std::abs(qGray(picture.pixel(1, 0)) - 128) <= 1);
        QVERIFY(std::abs(qGray(picture.pixel(2, 0)) - 191) <= 1);
    }
};

QTEST_MAIN(InsideWindowTest)
#include "InsideWindowTest.moc"
