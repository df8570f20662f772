// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/TrainingRun.h"
#include "tests/ui/train/FakeChildren.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace hilum;
using namespace hilum::ui;
using State = TrainingRun::State;

class TrainingRunTest : public QObject {
    Q_OBJECT

private:
    struct Opened {
        explicit Opened(const QString &script)
            : store(folder.filePath("models"))
            , training(script.startsWith('/') ? script : test::child(QDir(folder.path()), script))
        {
            auto made
                = store.create("lungs", test::twoClasses(folder.filePath("films")), test::tinyRecipe(), {});
            run = *made;
        }

        QTemporaryDir folder;
        RunStore store;
        TrainingRun training;
        StoredRun run;
    };

private Q_SLOTS:
    void tellsWhatTheChildReports()
    {
        Opened opened(QString(test::reports) + test::finishes);
        opened.training.start(opened.run);
        QCOMPARE(opened.training.state(), State::Starting);
        QTRY_COMPARE(opened.training.state(), State::Finished);
        const TrainingRun &training = opened.training;
        QCOMPARE(training.started()->heldOut, 4);
        QCOMPARE(training.steps().size(), std::size_t(2));
        QCOMPARE(training.latest()->filmsPerSecond, 12.5);
        QCOMPARE(training.steps()[0].position(), 0.5);
        QCOMPARE(training.history().records.size(), std::size_t(2));
        QCOMPARE(training.history().records[1].split, std::string("validation"));
        QVERIFY(std::isnan(training.history().records[1].auc));
        QCOMPARE(training.lastEpoch()->confusion->count(1, 0), 1);
        QCOMPARE(training.unreadable().size(), 1);
        QCOMPARE(training.done()->heldOutAccuracy, 0.75);
    }

    void aPauseKeepsACheckpointAndResumeStartsAgain()
    {
        Opened opened(QString(test::reports) + test::keepsACheckpoint);
        opened.training.start(opened.run);
        QTRY_VERIFY(opened.training.lastEpoch());
        opened.training.pause();
        QCOMPARE(opened.training.state(), State::Pausing);
        QTRY_COMPARE(opened.training.state(), State::Paused);
        QVERIFY(opened.training.hasCheckpoint());
        opened.training.start(opened.run);
        QTRY_COMPARE(opened.training.state(), State::Training);
        // Steps that are done once more stand once in the curve.
        QTRY_VERIFY(opened.training.lastEpoch());
        QCOMPARE(opened.training.steps().size(), std::size_t(2));
        opened.training.kill();
        QTRY_VERIFY(!opened.training.isActive());
    }

    void aChildThatIsKilledIsToldInWordsAndCanBeResumed()
    {
        Opened opened(QString(test::reports) + "touch \"$6/checkpoint.safetensors\"; kill -9 $$");
        opened.training.start(opened.run);
        QTRY_COMPARE(opened.training.state(), State::Failed);
        QVERIFY2(opened.training.words().what.contains("killed"), qPrintable(opened.training.words().what));
        QVERIFY(opened.training.words().tryThis.contains("last checkpoint"));
        QVERIFY(!opened.training.isActive());
    }

    void aChildThatIsMissingIsNamed()
    {
        Opened opened(QStringLiteral("/nowhere/hilum-cli"));
        opened.training.start(opened.run);
        QTRY_COMPARE(opened.training.state(), State::Failed);
        QVERIFY(opened.training.words().tryThis.contains("/nowhere/hilum-cli"));
    }

    void garbageIsNoProgressAndNoCrash()
    {
        Opened opened(
            "head -c 3000000 /dev/zero; echo; echo '{\"event\":\"step\"'; echo '[1,2]'; echo 12; "
            "echo '{\"event\":\"epoch\",\"confusion\":[[1],[2,3]],\"classes\":[\"a\",\"b\"]}'; "
            "echo '{\"event\":\"epoch\",\"confusion\":[[-1e9,0],[0,1]],\"classes\":[\"a\",\"b\"]}'; "
            "echo 'Killed by a demon' >&2; exit 3");
        opened.training.start(opened.run);
        QTRY_COMPARE(opened.training.state(), State::Failed);
        QVERIFY(opened.training.steps().empty());
        QVERIFY(!opened.training.lastEpoch()->confusion);
        QVERIFY2(opened.training.words().detail.contains("demon"),
                 qPrintable(opened.training.words().detail));
    }

    void aChildThatSaysDoneWithoutANetworkHasFailed()
    {
        Opened opened(R"(echo '{"event":"done","heldOutAccuracy":1,"heldOutFilms":4}')");
        opened.training.start(opened.run);
        QTRY_COMPARE(opened.training.state(), State::Failed);
    }

    void itsOwnErrorIsTheDetail()
    {
        Opened opened(
            R"(echo '{"event":"error","code":"usage-wrong","message":"expected a batch of 1 to 6"}'; exit 2)");
        opened.training.start(opened.run);
        QTRY_COMPARE(opened.training.state(), State::Failed);
        QCOMPARE(opened.training.words().detail, QString("expected a batch of 1 to 6"));
    }

    void aChildThatHangsIsNoticedAndCanBeEnded()
    {
        Opened opened("trap '' TERM; while :; do sleep 0.05; done");
        opened.training.setPatience(50);
        QSignalSpy quiet(&opened.training, &TrainingRun::quietChanged);
        opened.training.start(opened.run);
        QTRY_VERIFY(opened.training.isQuiet());
        QCOMPARE(quiet.count(), 1);
        opened.training.pause();
        QTest::qWait(100);
        QVERIFY(opened.training.isActive()); // it does not listen
        opened.training.kill();
        QTRY_VERIFY(!opened.training.isActive());
        QCOMPARE(opened.training.state(), State::Paused);
    }

    void aWindowThatGoesLeavesACheckpoint()
    {
        QTemporaryDir folder;
        StoredRun run;
        {
            Opened opened(QString(test::reports) + test::keepsACheckpoint);
            opened.folder.setAutoRemove(false);
            run = opened.run;
            opened.training.start(opened.run);
            QTRY_VERIFY(opened.training.lastEpoch());
        }
        QTRY_VERIFY(QFile::exists(run.folder + "/checkpoint.safetensors"));
        QDir(run.folder + "/../..").removeRecursively();
    }

    void theChildGivesWayToTheWindow()
    {
        Opened opened("nice > \"$6/nice\"; exit 1");
        opened.training.start(opened.run);
        QTRY_VERIFY(!opened.training.isActive());
        QFile nice(opened.run.folder + "/nice");
        QVERIFY(nice.open(QIODevice::ReadOnly));
        QVERIFY(nice.readAll().trimmed().toInt() >= 10);
    }
};

QTEST_MAIN(TrainingRunTest)
#include "TrainingRunTest.moc"
