// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/MainWindow.h"
#include "tests/ui/Fakes.h"
#include "ui/bridge/Lanes.h"
#include "ui/guest/OpenNetworkDialog.h"
#include "ui/predict/ProbabilityBar.h"
#include "ui/shell/ActionPalette.h"
#include "ui/shell/Actions.h"
#include "ui/shell/Export.h"
#include "ui/shell/FilmArea.h"
#include "ui/shell/NoticeBar.h"
#include "ui/shell/SidePanel.h"
#include "ui/viewer/FilmView.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QDragEnterEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QMouseEvent>
#include <QScreen>
#include <QSettings>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUrl>
#include <QWheelEvent>

#include <array>

using namespace hilum;
using namespace hilum::ui;

class MainWindowTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_settings;

    struct Opened {
        explicit Opened(const QStringList &films)
            : files(std::make_shared<test::FakeFiles>())
            , networks(std::make_shared<test::FakeNetworks>())
            , window(std::make_unique<MainWindow>(lanes, files->sources(files), networks))
        {
            window->show();
            window->openPaths(films);
        }

        QString allText() const
        {
            QStringList texts;
            for (const QLabel *label : window->findChildren<QLabel *>())
                texts << label->text();
            return texts.join('\n');
        }

        Lanes lanes;
        std::shared_ptr<test::FakeFiles> files;
        std::shared_ptr<test::FakeNetworks> networks;
        std::unique_ptr<MainWindow> window;
    };

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
        QCoreApplication::setOrganizationName("hilum-test");
        QCoreApplication::setApplicationName("hilum-test");
    }

    void withoutAFilmItSaysWhatToDo()
    {
        Opened opened({});
        QVERIFY(!opened.window->filmArea().showsFilm());
        QVERIFY(opened.allText().contains("Open a chest film"));
        QVERIFY(opened.allText().contains("For education, not for diagnosis"));
    }

    void aFilmIsShownAndRead()
    {
        Opened opened({"film"});
        MainWindow &window = *opened.window;
        QTRY_VERIFY(window.filmArea().showsFilm());
        QTRY_VERIFY(window.readings().reading(1).prediction);
        QVERIFY(opened.allText().contains("disagree"));
        QVERIFY(opened.allText().contains("Softmax probability, not calibrated"));
        const auto bars = window.findChildren<ProbabilityBar *>();
        QCOMPARE(bars.size(), 6);
        // The reading comes first, its band when it has been measured.
        QTRY_COMPARE(bars.front()->accessibleName(),
                     QString("COVID-19 by vgg16: 0.70 (0.35 to 0.85), called"));
        QCOMPARE(window.windowTitle().left(4), QString("film"));
    }

    void aDroppedFileOpens()
    {
        Opened opened({});
        QMimeData dropped;
        dropped.setUrls(
            {QUrl::fromLocalFile("/films/first.dcm"), QUrl("https://elsewhere.example/film.dcm")});
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(opened.window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({10, 10}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(opened.window.get(), &drop);
        QTRY_VERIFY(opened.window->filmArea().showsFilm());
        QCOMPARE(opened.window->windowTitle().left(9), QString("first.dcm")); // and nothing from elsewhere
    }

    void fitsOnItsScreenWithItsStatusLine()
    {
        Opened opened({});
        MainWindow &window = *opened.window;
        const QRect room = window.screen()->availableGeometry();
        window.hide();
        window.resize(room.size() + QSize(0, 100));
        window.showOnScreen();
        QVERIFY(window.isMaximized());
        QVERIFY(window.normalGeometry().height() < room.height());
    }

    void scrollingThePanelTurnsNothingInIt()
    {
        Opened opened({"film"});
        MainWindow &window = *opened.window;
        QTRY_VERIFY(window.filmArea().showsFilm());
        const auto values = [&] {
            QVariantList found;
            for (const auto *field : window.findChildren<SidePanel *>().front()->findChildren<QWidget *>()) {
                if (const auto *choice = qobject_cast<const QComboBox *>(field))
                    found << choice->currentIndex();
                else if (const auto *number = qobject_cast<const QDoubleSpinBox *>(field))
                    found << number->value();
                else if (const auto *slider = qobject_cast<const QSlider *>(field))
                    found << slider->value();
            }
            return found;
        };
        const QVariantList before = values();
        QVERIFY(before.size() > 4);
        for (auto *field : window.findChildren<SidePanel *>().front()->findChildren<QWidget *>()) {
            if (!qobject_cast<QComboBox *>(field) && !qobject_cast<QAbstractSpinBox *>(field)
                && !qobject_cast<QSlider *>(field))
                continue;
            // A wheel gives the focus to whoever has this policy before it turns it.
            QVERIFY2(field->focusPolicy() != Qt::WheelFocus, qPrintable(field->accessibleName()));
            const QPointF middle = field->rect().center();
            QWheelEvent down(middle, field->mapToGlobal(middle), {}, {0, -120}, Qt::NoButton, {},
                             Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(field, &down);
        }
        QCOMPARE(values(), before);
    }

    void theMapFollowsClassAndNetwork()
    {
        Opened opened({"film"});
        MainWindow &window = *opened.window;
        QTRY_VERIFY(window.readings().reading(1).prediction);
        FilmView &view = *window.filmArea().view();
        const QImage plain = view.picture();
        window.actions().overlay->trigger();
        QVERIFY(window.readings().isOverlayShown());
        const QImage mapped = view.picture();
        QVERIFY(plain != mapped);
        window.readings().chooseClass("normal");
        QTRY_VERIFY(window.readings().currentMap());
        QVERIFY(opened.allText().contains("no positive evidence for Normal"));
        QVERIFY(stampText(window.readings(), window.readings().currentMap()).contains("Grad-CAM"));
        QVERIFY(stampText(window.readings(), window.readings().currentMap())
                    .contains("For education, not for diagnosis"));
        window.actions().overlay->trigger();
        QTRY_COMPARE(view.picture(), plain);
    }

    void everythingFollowsTheActiveViewport()
    {
        Opened opened({"film", "second film"});
        MainWindow &window = *opened.window;
        QTRY_VERIFY(window.filmArea().showsFilm());
        window.actions().twoViews->trigger();
        const QList<FilmView *> views = window.filmArea().views();
        QTRY_VERIFY(views[1]->film());
        QCOMPARE(views[1]->filmId(), window.films().entry(1).id);
        QVERIFY(views[0]->isVisible() && views[1]->isVisible() && !views[2]->isVisible());
        QTest::mouseClick(views[1], Qt::LeftButton);
        QCOMPARE(window.filmArea().view(), views[1]);
        QCOMPARE(window.windowTitle().left(11), QString("second film"));
        QTRY_VERIFY(window.readings().reading(1).prediction);
        QCOMPARE(window.readings().reading(1).prediction->elapsedMs, 110.0);
        window.actions().nextView->trigger();
        QCOMPARE(window.windowTitle(), QString("film"));
        QCOMPARE(views[1]->accessibleName(), QString("Film in view 2"));
        // The probe is of the view under the cursor, whichever is active.
        QMouseEvent move(QEvent::MouseMove, views[1]->rect().center(), views[1]->rect().center(),
                         Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(views[1], &move);
        QVERIFY(opened.allText().contains("pixel: (5"));
        window.actions().oneView->trigger();
        QVERIFY(!views[1]->isVisible());
    }

    void theMapLiesOverEveryViewThatShowsTheFilm()
    {
        Opened opened({"film", "second film"});
        MainWindow &window = *opened.window;
        QTRY_VERIFY(window.filmArea().showsFilm());
        window.actions().fourViews->trigger();
        const QList<FilmView *> views = window.filmArea().views();
        QTRY_VERIFY(views[1]->film() && views[2]->film());
        QCOMPARE(views[2]->filmId(), views[0]->filmId());
        QTRY_VERIFY(window.readings().currentMap());
        std::array<QImage, 3> bare;
        for (int i = 0; i < 3; ++i)
            bare[static_cast<std::size_t>(i)] = views[i]->picture();
        window.readings().setOverlayShown(true);
        QVERIFY(views[0]->picture() != bare[0]);
        QCOMPARE(views[1]->picture(), bare[1]);
        QVERIFY(views[2]->picture() != bare[2]);
        window.actions().oneView->trigger();
    }

    void theFilmsOverlaysAndTheLensHaveTheirSwitches()
    {
        Opened opened({"film"});
        MainWindow &window = *opened.window;
        QTRY_VERIFY(window.filmArea().showsFilm());
        QVERIFY(!window.actions().fileOverlays->isEnabled()); // it has none
        QVERIFY(window.actions().fileOverlays->isChecked());
        window.actions().fileOverlays->trigger();
        FilmView &view = *window.filmArea().view();
        QVERIFY(view.hasFileOverlays()); // disabled actions do nothing
        const Voi opening = window.films().voi();
        window.films().setVoi(Window{1, 2});
        window.actions().automaticWindow->trigger();
        QVERIFY(std::get<Window>(window.films().voi()) == window.films().film()->automatic);
        QVERIFY(std::get<Window>(opening).width >= window.films().film()->automatic.width);
        window.actions().lens->trigger();
        const QImage before = view.picture();
        QMouseEvent move(QEvent::MouseMove, QPointF(200, 200), QPointF(200, 200), Qt::NoButton, Qt::NoButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(&view, &move);
        QVERIFY(view.picture() != before);
        window.actions().lens->trigger();
        QCOMPARE(view.picture(), before);
    }

    void framesHaveTheirKeysAndTheMapStaysWithTheFirst()
    {
        Opened opened({"cine"});
        MainWindow &window = *opened.window;
        QTRY_VERIFY(window.readings().reading(1).prediction);
        window.actions().overlay->setChecked(true);
        window.readings().setOverlayShown(true);
        FilmView &view = *window.filmArea().view();
        view.setCornerTexts(false);
        QVERIFY(window.actions().nextFrame->isEnabled());
        window.actions().nextFrame->trigger();
        QTRY_COMPARE(window.films().frame(), 1);
        QTRY_COMPARE(view.film()->frame, 1);
        const QImage second = view.picture();
        window.readings().setOverlayShown(false);
        QCOMPARE(second.copy(0, second.height() / 2, 50, 50),
                 view.picture().copy(0, second.height() / 2, 50, 50));
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_End);
        QTRY_COMPARE(window.films().frame(), 11);
        QCOMPARE(window.readings().reading(0).prediction->elapsedMs, 16.0); // still of the first frame
    }

    void aDamagedFilmIsExplainedInPlace()
    {
        Opened opened({"bad film"});
        QTRY_VERIFY(opened.allText().contains("bad film is damaged."));
        QVERIFY(opened.allText().contains("expected 200 bytes, found 3"));
        QVERIFY(!opened.window->filmArea().showsFilm());
    }

    void presetsStandOnDigitKeys()
    {
        Opened opened({"film"});
        MainWindow &window = *opened.window;
        QTRY_VERIFY(window.films().film());
        window.films().setVoi(Window{5, 5});
        window.activateWindow();
        QTest::keyClick(&window, Qt::Key_1);
        QTRY_COMPARE(std::get<Window>(window.films().voi()),
                     std::get<Window>(window.films().film()->presets.front().voi));
        QTest::keyClick(&window, Qt::Key_I);
        QTRY_VERIFY(window.films().isInverted());
        QTest::keyClick(&window, Qt::Key_0);
        QTRY_VERIFY(!window.films().isInverted());
    }

    void closingDuringWorkIsSafe()
    {
        Opened opened({"slow film"});
        QTRY_COMPARE(opened.files->reads.load(), 1);
        opened.window->close();
        opened.window.reset();
        opened.files->go.release();
    }

    void closingWhileANetworkReadsIsSafe()
    {
        Opened opened({});
        opened.networks->waits = true;
        opened.window->openPaths({"film"});
        QTRY_VERIFY(opened.window->readings().isReading());
        opened.window->close();
        opened.window.reset();
        opened.networks->go.release(10);
    }

    void everyActionAndControlHasWords()
    {
        Opened opened({"film"});
        MainWindow &window = *opened.window;
        QTRY_VERIFY(window.readings().reading(1).prediction);
        QStringList names{QString()};
        for (const QAction *action : window.actions().all()) {
            QVERIFY(!action->text().isEmpty());
            QVERIFY2(!action->whatsThis().isEmpty(), qPrintable(action->text()));
            QVERIFY2(!Actions::groupOf(action).isEmpty(), qPrintable(action->text()));
            QVERIFY2(!names.contains(action->objectName()), qPrintable(action->text()));
            names << action->objectName();
        }
        QStringList shortcuts;
        for (const QAction *action : window.actions().all()) {
            if (action->shortcut().isEmpty())
                continue;
            QVERIFY2(!shortcuts.contains(action->shortcut().toString()), qPrintable(action->text()));
            shortcuts << action->shortcut().toString();
        }
        for (const QWidget *widget : window.findChildren<QWidget *>()) {
            const bool named = !widget->accessibleName().isEmpty();
            if (qobject_cast<const QSlider *>(widget) || qobject_cast<const QComboBox *>(widget)
                || (qobject_cast<const QLineEdit *>(widget)
                    && !qobject_cast<const QComboBox *>(widget->parentWidget())
                    && !qobject_cast<const QAbstractSpinBox *>(widget->parentWidget())))
                QVERIFY2(named, widget->metaObject()->className());
        }
    }

    void hiddenNamesAreHiddenInTitleStripAndRecentFilms()
    {
        {
            Opened opened({});
            auto &window = *opened.window;
            window.films().names().learn({"Doe"});
            window.openPaths({"doe_chest.dcm"});
            QTRY_VERIFY(window.films().film());
            QVERIFY(window.windowTitle().contains("doe"));
            window.actions().hideNames->trigger();
            QVERIFY(!window.windowTitle().contains("doe"));
            QVERIFY(opened.allText().contains("Names hidden"));
            const auto *strip = window.findChild<QListView *>();
            const QModelIndex row = strip->model()->index(0, 0);
            QVERIFY(!row.data().toString().contains("doe"));
            QVERIFY(!row.data(Qt::ToolTipRole).toString().contains("doe"));
        }
        Opened again({});
        QVERIFY(again.window->actions().hideNames->isChecked()); // remembered
        again.window->actions().hideNames->trigger();
    }

    void aClickBelowTheStripsLastFilmKeepsItsMark()
    {
        Opened opened({"film"});
        QTRY_VERIFY(opened.window->films().film());
        auto *strip = opened.window->findChild<QListView *>();
        QCOMPARE(strip->selectionModel()->selectedIndexes().size(), 1);
        QTest::mouseClick(strip->viewport(), Qt::LeftButton, {}, strip->viewport()->rect().center());
        QCOMPARE(strip->selectionModel()->selectedIndexes().size(), 1);
    }

    void allOpenFilmsAreRead()
    {
        Opened opened({"one", "bad", "three", "fourth"});
        MainWindow &window = *opened.window;
        QTRY_VERIFY(window.readings().reading(1).prediction);
        window.actions().readAll->trigger();
        const auto isRead = [&](int row) {
            return window.readings().readingOf(window.films().entry(row).id, 1).prediction.has_value();
        };
        QTRY_VERIFY(isRead(0) && isRead(2) && isRead(3));
        QTRY_VERIFY(opened.allText().contains("have read all open films"));
    }

    void whatTheReaderAssumedIsSaidAboveTheFilm()
    {
        Opened opened({});
        MainWindow &window = *opened.window;
        auto *bar = window.findChild<NoticeBar *>();
        QVERIFY(bar->isHidden());
        bar->setNotices(1, {"truncated: last 312 rows missing"});
        QVERIFY(opened.allText().contains("last 312 rows missing"));
        bar->findChild<QToolButton *>()->click();
        QVERIFY(bar->isHidden());
        bar->setNotices(2, {"gamma ignored"});
        QVERIFY(!bar->isHidden());
        bar->setNotices(1, {"truncated: last 312 rows missing"});
        QVERIFY(bar->isHidden()); // closed for this film
    }

    void thePaletteFindsAndRuns()
    {
        Opened opened({"film"});
        MainWindow &window = *opened.window;
        QTRY_VERIFY(window.films().film());
        auto *palette = new ActionPalette(window.actions().all(), &window);
        palette->show();
        auto *wanted = palette->findChild<QLineEdit *>();
        QTest::keyClicks(wanted, "black white");
        QTest::keyClick(wanted, Qt::Key_Return);
        QTRY_VERIFY(window.films().isInverted());
    }

    void aNetworkFileOpensTheDialogThatTakesIt_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"theirs.pt", "theirs.torchscript", "theirs.safetensors"})
            QTest::newRow(name) << name;
    }

    void aNetworkFileOpensTheDialogThatTakesIt()
    {
        QFETCH(QString, name);
        QTemporaryDir folder;
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("x");
        file.close();
        // As a program's argument, before it is known which networks there are; a film beside it opens too.
        Opened opened({"chest.png", file.fileName()});
        QTRY_VERIFY(opened.window->findChild<OpenNetworkDialog *>());
        auto *dialog = opened.window->findChild<OpenNetworkDialog *>();
        QVERIFY(dialog->isVisible());
        QCOMPARE(QString::fromStdString(dialog->form().files().model.string()), file.fileName());
        QTRY_COMPARE(opened.window->films().count(), 1);
        // Dropped onto the window, another takes its place.
        QFile second(folder.filePath("second.pt"));
        QVERIFY(second.open(QIODevice::WriteOnly));
        opened.window->openPaths({second.fileName()});
        QCOMPARE(opened.window->findChildren<OpenNetworkDialog *>().size(), 1);
        QCOMPARE(QString::fromStdString(dialog->form().files().model.string()), second.fileName());
        QCOMPARE(opened.window->films().count(), 1);
    }

    void saysWhichNetworkIsWaitedForAndEscStopsIt()
    {
        Opened opened({});
        opened.networks->hasGuest = true;
        opened.window->openPaths({"chest.png"});
        auto &readings = opened.window->readings();
        QTRY_VERIFY(readings.networks().size() == 3 && readings.reading(1).prediction);
        QTRY_VERIFY2(opened.allText().contains("Waiting for guest. Esc stops it."),
                     qPrintable(opened.allText()));
        opened.window->actions().cancel->trigger();
        QCOMPARE(readings.reading(2).state, NetworkReading::State::Failed);
        QTRY_VERIFY(opened.allText().contains("guest was stopped before it had read this film."));
        QTRY_COMPARE(opened.networks->guestsGivenUp.load(), 1);
    }
};

QTEST_MAIN(MainWindowTest)
#include "MainWindowTest.moc"
