// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/FilmSession.h"
#include "tests/ui/Fakes.h"
#include "ui/bridge/Lanes.h"
#include "ui/session/FilmFinder.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;

class FilmSessionTest : public QObject {
    Q_OBJECT

private:
    static void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

private Q_SLOTS:
    void theFirstOpenedFilmIsShown()
    {
        Lanes lanes;
        const auto files = std::make_shared<test::FakeFiles>();
        FilmSession session(lanes, files->sources(files));
        QSignalSpy ready(&session, &FilmSession::filmReady);
        session.open({"one", "three"});
        QTRY_COMPARE(ready.count(), 1);
        QCOMPARE(session.count(), 2);
        QCOMPARE(session.currentRow(), 0);
        QCOMPARE(session.film()->film->columns, 30);
        QVERIFY(!session.entry(0).thumbnail.isNull());
        QVERIFY(!session.isLoading());
    }

    void theLatestSelectionWins()
    {
        Lanes lanes;
        const auto files = std::make_shared<test::FakeFiles>();
        FilmSession session(lanes, files->sources(files));
        QSignalSpy ready(&session, &FilmSession::filmReady);
        session.open({"slow film", "one"});
        QTRY_COMPARE(session.count(), 2);
        session.select(1);
        QTRY_COMPARE(ready.count(), 1);
        files->go.release();
        QTest::qWait(50);
        QCOMPARE(ready.count(), 1);
        QCOMPARE(session.film()->film->columns, 30);
        QCOMPARE(session.entry(0).state, FilmState::Waiting);
    }

    void aDamagedFilmSaysSoAndTheNextOneOpens()
    {
        Lanes lanes;
        const auto files = std::make_shared<test::FakeFiles>();
        FilmSession session(lanes, files->sources(files));
        QSignalSpy failed(&session, &FilmSession::filmFailed);
        session.open({"bad", "one"});
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.front().front().value<Error>().code, ErrorCode::DataCorrupt);
        QCOMPARE(session.entry(0).state, FilmState::Failed);
        session.select(1);
        QTRY_VERIFY(session.film());
    }

    void goingBackIsWithoutReadingAgain()
    {
        Lanes lanes;
        const auto files = std::make_shared<test::FakeFiles>();
        FilmSession session(lanes, files->sources(files));
        session.open({"one", "three"});
        QTRY_VERIFY(session.film());
        session.select(1);
        QTRY_VERIFY(session.film());
        const int reads = files->reads;
        session.select(0);
        QVERIFY(session.film());
        QCOMPARE(session.film()->film->columns, 30);
        QCOMPARE(files->reads.load(), reads);
    }

    void stoppingLeavesAWayBack()
    {
        Lanes lanes;
        const auto files = std::make_shared<test::FakeFiles>();
        FilmSession session(lanes, files->sources(files));
        QSignalSpy failed(&session, &FilmSession::filmFailed);
        session.open({"slow"});
        QTRY_VERIFY(session.isLoading());
        session.cancelLoading();
        QCOMPARE(failed.front().front().value<Error>().code, ErrorCode::Cancelled);
        files->go.release(2);
        session.select(0);
        QTRY_VERIFY(session.film());
    }

    void anOwnerDeletedMidTaskIsSafe()
    {
        Lanes lanes;
        const auto files = std::make_shared<test::FakeFiles>();
        auto session = std::make_unique<FilmSession>(lanes, files->sources(files));
        session->open({"slow"});
        QTRY_COMPARE(files->reads.load(), 1);
        session.reset();
        files->go.release();
        QTest::qWait(30);
    }

    void closingTheCurrentFilmShowsItsNeighbour()
    {
        Lanes lanes;
        const auto files = std::make_shared<test::FakeFiles>();
        FilmSession session(lanes, files->sources(files));
        session.open({"one", "three"});
        QTRY_VERIFY(session.film());
        session.close(0);
        QTRY_VERIFY(session.film());
        QCOMPARE(session.film()->film->columns, 50);
        session.close(0);
        QCOMPARE(session.count(), 0);
        QVERIFY(!session.film());
    }

    void theWindowIsTheFilmsAndResets()
    {
        Lanes lanes;
        const auto files = std::make_shared<test::FakeFiles>();
        FilmSession session(lanes, files->sources(files));
        session.open({"one"});
        QTRY_VERIFY(session.film());
        const Voi opened = session.voi();
        session.setVoi(Window{1, 2});
        session.setInverted(true);
        session.resetWindow();
        QCOMPARE(std::get<Window>(session.voi()), std::get<Window>(opened));
        QVERIFY(!session.isInverted());
        session.choosePreset(99);
        QCOMPARE(std::get<Window>(session.voi()), std::get<Window>(opened));
    }

    void aFolderGivesWhatLooksLikeFilms()
    {
        QTemporaryDir folder;
        QDir(folder.path()).mkpath("deep/er");
        write(folder.filePath("film10.png"), "\x89PNG\r\n\x1a\n");
        write(folder.filePath("film2.png"), "\x89PNG\r\n\x1a\n");
        write(folder.filePath("notes.txt"), "hello");
        write(folder.filePath("deep/er/noextension"), QByteArray(128, '\0') + "DICM");
        write(folder.filePath("DICOMDIR"), QByteArray(128, '\0') + "DICM");
        const QStringList found = findFilms({folder.path()}, {});
        QCOMPARE(found.size(), 3);
        QVERIFY(found[0].endsWith("deep/er/noextension"));
        QVERIFY(found[1].endsWith("film2.png"));
        QVERIFY(found[2].endsWith("film10.png"));
        QCOMPARE(findFilms({"/nowhere/at.all"}, {}), QStringList{"/nowhere/at.all"});
    }
};

QTEST_MAIN(FilmSessionTest)
#include "FilmSessionTest.moc"
