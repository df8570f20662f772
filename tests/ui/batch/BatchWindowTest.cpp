// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window that reads many films, with a real child and the smallest bundled network.

#include "ui/batch/BatchWindow.h"
#include "core/codec/PngWriter.h"
#include "ui/bridge/Lanes.h"

#include <QDir>
#include <QFile>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <csignal>

using namespace hilum;
using namespace hilum::ui;

class BatchWindowTest : public QObject {
    Q_OBJECT

private:
    static constexpr int films = 60;
    static constexpr int patience = 120000;
    QTemporaryDir m_folder;
    const QString m_program = QStringLiteral(HILUM_BIN_DIR "/hilum-cli");

    QString path(const QString &name) const { return m_folder.filePath(name); }

    BatchWindow::Sources sources() const
    {
        BatchWindow::Sources sources;
        sources.networks = [] {
            const auto package = readPackage(HILUM_SOURCE_DIR "/models/resnet18-w32");
            return package ? std::vector<ModelPackage>{*package} : std::vector<ModelPackage>();
        };
        sources.openFilms = [] { return QStringList(); };
        sources.shownName = [](const QString &name) { return name; };
        sources.device = [] { return QStringLiteral("cpu"); };
        return sources;
    }

    BatchStore store() const { return BatchStore(path("batches")); }

    static QPushButton *button(QWidget &window, const QString &text)
    {
        for (QPushButton *one : window.findChildren<QPushButton *>()) {
            if (one->text().remove('&') == text)
                return one;
        }
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFile::exists(HILUM_SOURCE_DIR "/models/resnet18-w32/weights.safetensors"))
            QSKIP("SHARED models are not here");
        QVERIFY(QDir().mkpath(path("films")));
        for (int i = 0; i < films; ++i) {
            GreyImage image(90, 80, 30);
            for (int y = 10; y < 50; ++y)
                image.at(10 + i, y) = static_cast<std::uint8_t>(100 + i);
            QVERIFY(writePng(image, path(QString("films/film-%1.png").arg(i)).toStdString()));
        }
        QFile broken(path("films/broken.png"));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("no film");
    }

    void readsAFolderAndOpensTheFilmOfARow()
    {
        Lanes lanes;
        BatchRun run(lanes, m_program);
        BatchWindow window(run, store(), sources(), nullptr);
        window.show();
        QVERIFY(!button(window, "Read")->isEnabled());
        window.choose({path("films")});
        QVERIFY(button(window, "Read")->isEnabled());
        window.begin();
        QTRY_COMPARE_WITH_TIMEOUT(run.state(), BatchRun::State::Finished, patience);
        QCOMPARE(window.table().films(), films + 1);
        QCOMPARE(run.progress().failed, 1);
        QVERIFY(QFile::exists(path("batches/films/results.csv")));
        window.table().setFilter({"film-7.", BatchFilter::Kind::All});
        QSignalSpy wanted(&window, &BatchWindow::filmWanted);
        auto *view = window.findChild<QTreeView *>();
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                          view->visualRect(window.table().index(0, 0)).center());
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toString(), path("films/film-7.png"));
    }

    void goesOnAfterAKillAndRepeatsNothing()
    {
        Lanes lanes;
        {
            BatchRun run(lanes, m_program);
            QSignalSpy rows(&run, &BatchRun::rowsCame);
            run.start({{path("films")}, {HILUM_SOURCE_DIR "/models/resnet18-w32"}, path("killed"), "cpu"});
            QTRY_VERIFY_WITH_TIMEOUT(!rows.isEmpty() || !run.isActive(), patience);
            run.pause();
            QTRY_VERIFY_WITH_TIMEOUT(!run.isActive() && run.state() != BatchRun::State::Pausing, patience);
            if (run.state() == BatchRun::State::Finished)
                QSKIP("the run was over before it could be paused");
            QCOMPARE(run.state(), BatchRun::State::Paused);
        }
        // Another window, later.
        BatchRun run(lanes, m_program);
        BatchWindow window(run, store(), sources(), nullptr);
        window.openResults(path("killed"));
        QTRY_COMPARE_WITH_TIMEOUT(run.state(), BatchRun::State::Paused, patience);
        const int before = window.table().films();
        QVERIFY(before > 0 && before <= films);
        QVERIFY(button(window, "Resume")->isEnabled());
        button(window, "Resume")->click();
        QTRY_COMPARE_WITH_TIMEOUT(run.state(), BatchRun::State::Finished, patience);
        QCOMPARE(window.table().films(), films + 1);
    }

    void cancelledItKeepsWhatItReadAsResults()
    {
        Lanes lanes;
        BatchRun run(lanes, m_program);
        QSignalSpy rows(&run, &BatchRun::rowsCame);
        run.start({{path("films")}, {HILUM_SOURCE_DIR "/models/resnet18-w32"}, path("cancelled"), "cpu"});
        QTRY_VERIFY_WITH_TIMEOUT(!rows.isEmpty() || !run.isActive(), patience);
        run.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(
            run.state() == BatchRun::State::Paused || run.state() == BatchRun::State::Finished, patience);
        QVERIFY(QFile::exists(path("cancelled/results.csv")));
        QVERIFY(!run.isActive());
    }

    void resultsThatCannotBeWrittenAreSaid()
    {
        Lanes lanes;
        BatchRun run(lanes, m_program);
        QSignalSpy rows(&run, &BatchRun::rowsCame);
        run.start({{path("films")}, {HILUM_SOURCE_DIR "/models/resnet18-w32"}, path("full"), "cpu"});
        QTRY_VERIFY_WITH_TIMEOUT(!rows.isEmpty() || !run.isActive(), patience);
        run.pause();
        QTRY_VERIFY_WITH_TIMEOUT(!run.isActive() && run.state() != BatchRun::State::Pausing, patience);
        if (run.state() == BatchRun::State::Finished)
            QSKIP("the run was over before it could be paused");
        // Whatever keeps them from being written: here the journal was damaged meanwhile.
        QFile journal(path("full/journal-1-of-1.jsonl"));
        QVERIFY(journal.open(QIODevice::Append));
        journal.write("no row\n");
        journal.close();
        run.cancel();
        QTRY_COMPARE_WITH_TIMEOUT(run.state(), BatchRun::State::Failed, patience);
        QVERIFY2(run.words().detail.contains("results.csv"), qPrintable(run.words().detail));
        QVERIFY(!run.isActive());
    }

    void pausedBeforeItsFirstFilmItBeginsAgain()
    {
        Lanes lanes;
        BatchRun run(lanes, m_program);
        BatchWindow window(run, store(), sources(), nullptr);
        window.choose({path("films")});
        window.setFolder(path("at once"));
        window.begin();
        run.pause();
        QTRY_COMPARE_WITH_TIMEOUT(run.state(), BatchRun::State::Paused, patience);
        QVERIFY(button(window, "Resume")->isEnabled());
        button(window, "Resume")->click();
        QTRY_COMPARE_WITH_TIMEOUT(run.state(), BatchRun::State::Finished, patience);
        QCOMPARE(window.table().films(), films + 1);
    }

    void aDamagedJournalIsSaidAndTheWindowGoesOn()
    {
        QVERIFY(QDir().mkpath(path("damaged")));
        QFile journal(path("damaged/journal-1-of-1.jsonl"));
        QVERIFY(journal.open(QIODevice::WriteOnly));
        journal.write("no plan\n");
        journal.close();
        Lanes lanes;
        BatchRun run(lanes, m_program);
        BatchWindow window(run, store(), sources(), nullptr);
        window.choose({path("films")});
        window.setFolder(path("damaged"));
        window.begin();
        QTRY_VERIFY_WITH_TIMEOUT(run.state() == BatchRun::State::Failed && !run.isActive(), patience);
        QVERIFY2(run.words().detail.contains("line 1"), qPrintable(run.words().detail));
        QVERIFY(button(window, "Films")->isEnabled());
    }

    void saysWhyItCouldNotBegin()
    {
        Lanes lanes;
        BatchRun run(lanes, m_program);
        run.start({{path("nothing-here")}, {HILUM_SOURCE_DIR "/models/resnet18-w32"}, path("none"), "cpu"});
        QTRY_COMPARE_WITH_TIMEOUT(run.state(), BatchRun::State::Finished,
                                  patience); // a film that can't be read
        QCOMPARE(run.progress().failed, 1);
        run.start({{path("films")}, {"no-such-network"}, path("none-2"), "cpu"});
        QTRY_COMPARE_WITH_TIMEOUT(run.state(), BatchRun::State::Failed, patience);
        QVERIFY2(run.words().detail.contains("no-such-network"), qPrintable(run.words().detail));
        BatchRun none(lanes, path("no-program"));
        none.start({{path("films")}, {}, path("none-3"), "cpu"});
        QTRY_COMPARE_WITH_TIMEOUT(none.state(), BatchRun::State::Failed, patience);
        run.open(path("films"));
        QCOMPARE(run.state(), BatchRun::State::Failed);
    }

    void listsEarlierBatches()
    {
        const auto batches = store().batches(5);
        QCOMPARE(batches.size(), std::size_t{1});
        QCOMPARE(batches[0].done, films + 1);
        QCOMPARE(batches[0].all, films + 1);
        QCOMPARE(store().freeFolder(path("films")), path("batches/films-2"));
    }
};

QTEST_MAIN(BatchWindowTest)
#include "BatchWindowTest.moc"
