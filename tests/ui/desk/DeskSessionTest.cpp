// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/DeskSession.h"
#include "tests/ui/desk/Predictions.h"
#include "ui/bridge/Lanes.h"

#include <QSignalSpy>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;
using namespace hilum::ui::test;

class DeskSessionTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    DeskSource source(const QString &name, int films, double least, const std::string &id = {})
    {
        return {written(m_folder, name, predictions(films, least)).toStdString(), {}, id, {}};
    }

private Q_SLOTS:
    void loadsPredictionsAndJudgesThem()
    {
        Lanes lanes;
        DeskSession session(lanes);
        session.load({source("a.csv", 60, 0.3), source("b.csv", 60, 0.5)});
        QTRY_VERIFY(session.judgement() && session.judgement()->isComplete());
        QCOMPARE(session.sets().size(), std::size_t(2));
        QCOMPARE(session.first(), 0);
        QCOMPARE(session.second(), -1);
        session.choose(0, 1);
        QTRY_VERIFY(session.judgement()->second() && session.judgement()->isComplete());
        QVERIFY(session.judgement()->comparison);
    }

    void aDamagedFileLeavesWhatIsThere()
    {
        Lanes lanes;
        DeskSession session(lanes);
        session.load({source("a.csv", 60, 0.3)});
        QTRY_VERIFY(session.judgement());
        const DeskSetPtr before = session.firstSet();
        session.load({{written(m_folder, "bad.csv", "film,truth\nx,a\n").toStdString(), {}, {}, {}}});
        QTRY_COMPARE(session.failures().size(), std::size_t(1));
        QCOMPARE(session.failures()[0].name, QString("bad.csv"));
        QVERIFY(!session.failures()[0].error.detail.empty());
        QCOMPARE(session.firstSet(), before);
        QVERIFY(session.judgement());
        session.load({source("b.csv", 60, 0.5)});
        QTRY_VERIFY(session.failures().empty());
        QTRY_COMPARE(session.sets().size(), std::size_t(2));
    }

    void theLatestFilterWins()
    {
        Lanes lanes;
        DeskSession session(lanes);
        session.load({source("a.csv", 3000, 0.3)});
        QTRY_VERIFY(session.judgement());
        for (int i = 0; i < 30; ++i) {
            DeskFilter filter;
            filter.truth = i % 3;
            session.setFilter(filter);
        }
        QTRY_VERIFY(!session.isComputing());
        QCOMPARE(session.judgement()->request.filter.truth, 29 % 3);
        QCOMPARE(session.judgement()->films(), 1000);
    }

    void aManifestIsJoinedToWhatLiesThere()
    {
        Lanes lanes;
        DeskSession session(lanes);
        session.load({source("a.csv", 60, 0.3)});
        QTRY_VERIFY(session.judgement());
        QVERIFY(!session.firstSet()->column("view"));
        session.setManifest(written(m_folder, "manifest.csv", manifest(60)));
        QTRY_VERIFY(session.firstSet()->column("view"));
        QCOMPARE(session.sets().size(), std::size_t(1));
        QTRY_VERIFY(session.judgement()->first().set == session.firstSet());
    }

    void aManifestChosenWhileFilesAreReadIsJoinedToThem()
    {
        Lanes lanes;
        DeskSession session(lanes);
        session.load({source("a.csv", 60, 0.3)});
        const QString path = written(m_folder, "manifest.csv", manifest(60));
        session.setManifest(path);
        QTRY_VERIFY(session.firstSet() && session.firstSet()->column("view"));
        QCOMPARE(session.manifest(), path);
    }

    void aManifestOfOtherFilmsIsSaidAndChangesNothing()
    {
        Lanes lanes;
        DeskSession session(lanes);
        session.load({source("a.csv", 60, 0.3)});
        QTRY_VERIFY(session.judgement());
        const DeskSetPtr before = session.firstSet();
        session.setManifest(written(m_folder, "other.csv", "file,label\nelse.png,covid\n"));
        QTRY_COMPARE(session.failures().size(), std::size_t(1));
        QVERIFY(QString::fromStdString(session.failures()[0].error.detail).contains("other.csv"));
        QVERIFY(session.manifest().isEmpty());
        QCOMPARE(session.firstSet(), before);

        // A damaged file is what is said, not that the manifest does not know it.
        session.setManifest(written(m_folder, "manifest.csv", manifest(60)));
        QTRY_VERIFY(session.firstSet()->column("view"));
        session.load(
            {{written(m_folder, "bad.csv", "film,truth,p_a,p_b\nx,a,1,0\ny,b,0.5,nonsense\n").toStdString(),
              {},
              {},
              {}}});
        QTRY_COMPARE(session.failures().size(), std::size_t(1));
        QVERIFY(QString::fromStdString(session.failures()[0].error.detail).contains("nonsense"));
    }

    void whatStandsBehindTheSecondNetworkIsFoundInTheFirst()
    {
        Lanes lanes;
        DeskSession session(lanes);
        session.load({source("a.csv", 60, 0.3), source("b.csv", 40, 0.5)});
        QTRY_VERIFY(session.judgement());
        session.choose(0, 1);
        QTRY_VERIFY(session.judgement()->second());
        const DeskSide &second = *session.judgement()->second();
        const auto places = filmsOfCell(second, 1, 1);
        QVERIFY(!places.empty());
        session.select("cell", 1, places);
        QCOMPARE(session.selection().films.size(), places.size());
        for (const int film : session.selection().films)
            QCOMPARE(session.firstSet()->films[static_cast<std::size_t>(film)].truth, 1);
        // Other films, another selection.
        DeskFilter filter;
        filter.truth = 0;
        session.setFilter(filter);
        QTRY_VERIFY(session.selection().films.empty());
    }

    void theFilmOnTheScreenIsOfTheSetOrAsItWasRead()
    {
        Lanes lanes;
        DeskSession session(lanes);
        session.load({source("a.csv", 60, 0.3, "vgg16")});
        QTRY_VERIFY(session.judgement());
        session.setFilmOnScreen({"/any/films/f7.png", "f7.png", {}});
        QCOMPARE(session.filmIn(0), 7);
        QCOMPARE(session.probabilitiesIn(0)->at(1), session.firstSet()->films[7].probabilities[1]);
        session.setFilmOnScreen({"/any/other.png", "other.png", {}});
        QCOMPARE(session.filmIn(0), -1);
        QVERIFY(!session.probabilitiesIn(0));
        session.setFilmOnScreen({"/any/other.png",
                                 "other.png",
                                 {{"vgg16", {{"normal", 0.25}, {"covid", 0.5}, {"pneumonia", 0.25}}}}});
        QCOMPARE(session.probabilitiesIn(0)->at(0), 0.5);
    }

    void whatIsTakenOffTheDeskIsGone()
    {
        Lanes lanes;
        DeskSession session(lanes);
        session.load({source("a.csv", 60, 0.3)});
        QTRY_VERIFY(session.judgement());
        session.forget(0);
        QVERIFY(!session.judgement());
        QCOMPARE(session.first(), -1);
    }

    void whatIsTakenOffWhileItIsJudgedStaysAway()
    {
        Lanes lanes;
        DeskSession session(lanes);
        QSignalSpy sketched(&session, &DeskSession::judgementChanged);
        session.load({source("a.csv", 3000, 0.3)});
        QVERIFY(sketched.wait());
        QVERIFY(session.isComputing());
        session.forget(0);
        QVERIFY(!session.isComputing());
        lanes.decode().waitForDone();
        QTest::qWait(20);
        QVERIFY(!session.judgement());
    }

    // The filter names classes by their places and sources that only the first network's films have.
    void anotherFirstNetworkHasNoFilterYet()
    {
        Lanes lanes;
        DeskSession session(lanes);
        session.load({source("a.csv", 60, 0.3), source("b.csv", 60, 0.5)});
        QTRY_VERIFY(session.judgement());
        DeskFilter filter;
        filter.truth = 2;
        session.setFilter(filter);
        session.forget(0);
        QVERIFY(session.filter().isEmpty());
        QTRY_VERIFY(session.judgement()->first().set == session.firstSet());
        QCOMPARE(session.judgement()->films(), 60);
        session.setFilter(filter);
        session.add({session.firstSet()});
        QVERIFY(session.filter().isEmpty());
    }

    void noPlotHasClassesOfAnotherNetwork()
    {
        Lanes lanes;
        DeskSession session(lanes);
        const QByteArray two = "film,truth,p_a,p_b\nx,a,0.75,0.25\ny,b,0.25,0.75\n";
        session.load({{written(m_folder, "two.csv", two).toStdString(), {}, {}, {}}});
        QTRY_VERIFY(session.judgement());
        session.load({source("a.csv", 60, 0.3)});
        QTRY_COMPARE(session.sets().size(), std::size_t(2));
        QCOMPARE(session.first(), 0);
        session.choose(1, -1);
        session.chooseLabel(2); // at once, before anything is worked out
        QVERIFY(!session.judgement() || session.judgement()->first().set == session.firstSet());
        QTRY_VERIFY(session.judgement());
        QCOMPARE(session.judgement()->first().classes.size(), std::size_t(3));
    }
};

QTEST_GUILESS_MAIN(DeskSessionTest)
#include "DeskSessionTest.moc"
