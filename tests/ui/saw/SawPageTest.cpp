// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/saw/SawPage.h"

#include "tests/ui/Fakes.h"
#include "ui/bridge/Lanes.h"
#include "ui/saw/StepPicture.h"
#include "ui/saw/StepView.h"
#include "ui/session/ReadingSession.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace hilum;
using namespace hilum::ui;

namespace {

// As the fakes, but the second network is fed a smaller square.
struct TwoSizes : test::FakeNetworks {
    PackageListing list() override
    {
        PackageListing listing = FakeNetworks::list();
        listing.packages[0].card.input.size = 32;
        listing.packages[1].card.input.size = 16;
        return listing;
    }
};

SawRequest requestOf(const FilmPtr &film, std::optional<ShownLook> look = {})
{
    ModelCard card;
    card.id = "vgg16";
    card.version = "2026-11-20";
    card.weightsSha256 = "0123456789abcdef";
    card.input.size = 32;
    return {makeDisplayFilm(film), card, std::move(look)};
}

} // namespace

class SawPageTest : public QObject {
    Q_OBJECT

private:
    struct Opened {
        Opened()
            : networks(std::make_shared<TwoSizes>())
            , readings(lanes, networks)
            , page(lanes, readings)
        {
            readings.setLookSource([this](int) { return look; });
            readings.start();
            page.resize(900, 400);
            page.show();
        }

        QStringList texts() const
        {
            QStringList all;
            for (const QLabel *label : page.findChildren<QLabel *>()) {
                if (label->isVisible())
                    all << label->text();
            }
            return all;
        }

        QList<StepView *> views() const
        {
            QList<StepView *> all;
            for (StepView *view : page.findChildren<StepView *>()) {
                if (view->isVisible())
                    all << view;
            }
            return all;
        }

        Lanes lanes;
        std::shared_ptr<TwoSizes> networks;
        ReadingSession readings;
        std::optional<ShownLook> look = ShownLook{0, Window{3000, 6000}, true, true, 1};
        SawPage page;
    };

private Q_SLOTS:
    void withoutAFilmItSaysWhatToDo()
    {
        Opened opened;
        QTRY_VERIFY(opened.readings.isListed());
        QTRY_VERIFY(opened.texts().join('\n').contains("Open a film"));
        QCOMPARE(opened.views().size(), 0);
    }

    void showsEachStepWithItsNumbers()
    {
        Opened opened;
        opened.readings.setFilm(1, makeDisplayFilm(test::ramp(60, 40)));
        QTRY_COMPARE(opened.views().size(), 6);
        const QString all = opened.texts().join('\n');
        QVERIFY(all.contains("1  Stored values"));
        QVERIFY(all.contains(QString("60 \u00d7 40, 0 to 3959, mean 1979.5")));
        QVERIFY(all.contains("6  Network input"));
        QVERIFY(all.contains(QString("32 \u00d7 32")));
        QVERIFY(all.contains("12 bits"));
    }

    void followsTheNetworkOfTheMap()
    {
        Opened opened;
        opened.readings.setFilm(1, makeDisplayFilm(test::ramp(60, 40)));
        QTRY_COMPARE(opened.views().size(), 6);
        opened.readings.chooseMapNetwork(1);
        QTRY_VERIFY(opened.texts().join('\n').contains(QString("16 \u00d7 16, ")));
        bool found = false;
        for (QToolButton *button : opened.page.findChildren<QToolButton *>()) {
            if (button->text() == "vgg16") {
                found = true;
                QVERIFY(!button->isChecked());
                button->click();
            }
        }
        QVERIFY(found);
        QCOMPARE(opened.readings.mapNetwork(), 0);
        QTRY_VERIFY(opened.texts().join('\n').contains(QString("32 \u00d7 32, ")));
    }

    void aPointOnTheFilmIsTheSamePlaceOnEveryStep()
    {
        Opened opened;
        opened.readings.setFilm(1, makeDisplayFilm(test::ramp(60, 40)));
        QTRY_COMPARE(opened.views().size(), 6);
        // The crop is the middle 40 x 40: column 30 is its column 20, cell 16 of 32.
        opened.page.setPoint(QPointF(30.5, 20.5));
        const QStringList texts = opened.texts();
        QCOMPARE(texts.filter("(30, 20): 2030").size(), 3);
        QCOMPARE(texts.filter("(20, 20): 2030").size(), 1);
        QCOMPARE(texts.filter("(16, 16): ").size(), 2);
        opened.page.setPoint(QPointF(2.5, 20.5));
        QCOMPARE(opened.texts().filter("not seen").size(), 3);
        opened.page.setPoint(std::nullopt);
        QCOMPARE(opened.texts().filter("): ").size(), 0);
    }

    void pointingAtAStepPointsAtTheFilm()
    {
        Opened opened;
        opened.readings.setFilm(1, makeDisplayFilm(test::ramp(60, 40)));
        QTRY_COMPARE(opened.views().size(), 6);
        QSignalSpy pointed(&opened.page, &SawPage::pointed);
        QSignalSpy left(&opened.page, &SawPage::left);
        StepView *last = opened.views().back();
        const QPointF middle(last->width() / 2.0, last->height() / 2.0);
        QMouseEvent move(QEvent::MouseMove, middle, last->mapToGlobal(middle), Qt::NoButton, Qt::NoButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(last, &move);
        QCOMPARE(pointed.count(), 1);
        const QPointF film = pointed.front().front().toPointF();
        QVERIFY(std::abs(film.x() - 30) < 1 && std::abs(film.y() - 20) < 1);
        QCOMPARE(opened.texts().filter("): ").size(), 6);
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(last, &leave);
        QCOMPARE(left.count(), 1);
    }

    void fedWhatTheViewShowsTheStripShowsThatPath()
    {
        Opened opened;
        opened.readings.setFilm(1, makeDisplayFilm(test::ramp(60, 40)));
        QTRY_COMPARE(opened.views().size(), 6);
        auto *feeds = opened.page.findChild<QCheckBox *>();
        QVERIFY(!feeds->isChecked());
        feeds->click();
        QVERIFY(opened.readings.feedsTheView());
        QTRY_VERIFY(opened.texts().join('\n').contains("3  What the view shows"));
        const QString all = opened.texts().join('\n');
        QVERIFY(all.contains("inverted, mirrored, turned right by 90 degrees"));
        QVERIFY(all.contains(QString("40 \u00d7 60, ")));
        // The upper right of the film: mirrored to the left, turned right to the upper right.
        opened.page.setPoint(QPointF(59.5, 0.5));
        QCOMPARE(opened.texts().filter("(59, 0): 59").size(), 2);
        QCOMPARE(opened.texts().filter("(39, 0): ").size(), 1);
        // The look of a drag: the latest is shown.
        opened.look->isInverted = false;
        opened.readings.viewChanged();
        QTRY_VERIFY(!opened.texts().join('\n').contains("inverted"));
        opened.readings.setFeedsTheView(false);
        QVERIFY(!feeds->isChecked());
        QTRY_VERIFY(opened.texts().join('\n').contains("3  Bone bright"));
    }

    void copiesAStepWithItsStamp()
    {
        Opened opened;
        opened.readings.setFilm(1, makeDisplayFilm(test::ramp(60, 40)));
        QTRY_COMPARE(opened.views().size(), 6);
        QSignalSpy said(&opened.page, &SawPage::said);
        QVERIFY(QMetaObject::invokeMethod(opened.page.findChild<QWidget *>("steps"), "copyRequested",
                                          Q_ARG(int, 4)));
        QTRY_COMPARE(said.count(), 1);
        QCOMPARE(said.front().front().toString(), QString("Copied the step"));
        const QImage copied = QGuiApplication::clipboard()->image();
        QCOMPARE(copied.width(), 640); // 32 pixels of 20
        QVERIFY(copied.height() > 700);
    }

    void theStampSaysWhatItIs()
    {
        const auto own = makeSawn(requestOf(test::ramp(60, 40)), {});
        QVERIFY(own);
        QCOMPARE(
            stepStamp(**own, 3),
            QStringLiteral("Hilum %1 \u00b7 what vgg16 2026-11-20 saw, step 4 of 6, weights 0123456789ab "
                           "\u00b7 For education, not for diagnosis")
                .arg(HILUM_VERSION));
        const auto shown = makeSawn(requestOf(test::ramp(60, 40), ShownLook{0, Window{1, 2}}), {});
        QVERIFY(shown);
        QVERIFY(stepStamp(**shown, 0).contains("FED WHAT THE VIEW SHOWS"));
        // The crop as a picture: 40 pixels across, 16 times.
        const auto picture = stepExport(**own, 3, QGuiApplication::font());
        QVERIFY(picture);
        QCOMPARE(picture->width(), 640);
    }

    void largeStepsKeepNoPlane()
    {
        const auto sawn = makeSawn(requestOf(test::ramp(1200, 1000)), {});
        QVERIFY(sawn);
        QVERIFY((*sawn)->steps.front().step.values.empty());
        QVERIFY((*sawn)->steps.front().picture.width() <= 768);
        QCOMPARE((*sawn)->valueAt(0, {1100.5, 3.2}), 1400.0);
        QCOMPARE((*sawn)->valueAt(3, {0.5, 3.2}), 400.0); // the crop begins at column 100
        std::stop_source stopped;
        stopped.request_stop();
        QCOMPARE(makeSawn(requestOf(test::ramp()), stopped.get_token()).error().code, ErrorCode::Cancelled);
    }

    void nobodyLooksNothingIsMade()
    {
        Opened opened;
        opened.page.hide();
        opened.readings.setFilm(1, makeDisplayFilm(test::ramp(60, 40)));
        QTRY_VERIFY(opened.readings.reading(1).prediction);
        opened.page.show();
        QTRY_COMPARE(opened.views().size(), 6);
    }
};

QTEST_MAIN(SawPageTest)
#include "SawPageTest.moc"
