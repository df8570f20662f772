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

private:
    static FilmSources withDirectory(const test::FakeFiles &fake,
                                     const std::shared_ptr<test::FakeFiles> &self)
    {
        FilmSources sources = fake.sources(self);
        sources.directory = [](const QString &path, std::stop_token) -> Result<DirectoryListing> {
            DirectoryListing listing;
            listing.file = path.toStdString();
            for (const char *name : {"gone", "second", "third"}) {
                DirectoryFilm film;
                film.file = std::string("/cd/IMG/") + name;
                film.exists = film.file != "/cd/IMG/gone";
                film.patientName = "Doe^Jane";
                film.studyDescription = "Chest";
                film.seriesDescription = "PA";
                listing.films.push_back(film);
            }
            listing.notices = {"one entry was left out"};
            return listing;
        };
        return sources;
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
        const auto found = findFilms({folder.path()}, {}, {}).films;
        QCOMPARE(found.size(), std::size_t{3});
        QVERIFY(found[0].path.endsWith("deep/er/noextension"));
        QVERIFY(found[1].path.endsWith("film2.png"));
        QVERIFY(found[2].path.endsWith("film10.png"));
        QCOMPARE(findFilms({"/nowhere/at.all"}, {}, {}).films.front().path, QString("/nowhere/at.all"));
    }

    void aDicomdirOpensAsItsFilmsInItsOrder()
    {
        Lanes lanes;
        const auto files = std::make_shared<test::FakeFiles>();
        FilmSession session(lanes, withDirectory(*files, files));
        QSignalSpy said(&session, &FilmSession::directoryOpened);
        session.open({"/cd/dicomdir"});
        QTRY_VERIFY(session.film());
        QCOMPARE(session.count(), 3);
        QCOMPARE(session.entry(0).path, QString("/cd/IMG/gone"));
        QCOMPARE(session.entry(1).path, QString("/cd/IMG/second"));
        QCOMPARE(session.currentRow(), 1); // the first that is there
        QCOMPARE(session.entry(1).title, QString("Chest \u00b7 PA"));
        QVERIFY(session.entry(1).from.contains("Doe^Jane"));
        QCOMPARE(session.entry(1).notices, QStringList{"one entry was left out"});
        QCOMPARE(session.entry(0).state, FilmState::Failed);
        QVERIFY(session.entry(0).error->detail.find("DICOMDIR") != std::string::npos);
        QCOMPARE(said.size(), 1);
        QCOMPARE(said.front()[1].toInt(), 3);
        QCOMPARE(said.front()[2].toInt(), 1);
        session.names().setHiding(true);
        QCOMPARE(session.names().shown(session.entry(1).from).contains("Doe"), false);
    }

    void aDicomdirByAnotherNameIsFoundWhenItIsRead()
    {
        Lanes lanes;
        const auto files = std::make_shared<test::FakeFiles>();
        FilmSources sources = withDirectory(*files, files);
        sources.film = [read = sources.film](const QString &path, std::stop_token stop) -> Result<FilmPtr> {
            if (path == "/cd/index.dcm")
                return fail(ErrorCode::Directory, "index.dcm is a DICOMDIR");
            return read(path, stop);
        };
        FilmSession session(lanes, sources);
        session.open({"/cd/index.dcm"});
        QTRY_VERIFY(session.film());
        QCOMPARE(session.count(), 3);
        QCOMPARE(session.entry(session.currentRow()).path, QString("/cd/IMG/second"));
    }

    void aDicomdirThatCantBeListedShowsWhy()
    {
        Lanes lanes;
        const auto files = std::make_shared<test::FakeFiles>();
        FilmSources sources = files->sources(files);
        sources.film = [](const QString &, std::stop_token) -> Result<FilmPtr> {
            return fail(ErrorCode::DataCorrupt, "expected records, found none");
        };
        sources.directory = [](const QString &, std::stop_token) -> Result<DirectoryListing> {
            return fail(ErrorCode::DataCorrupt, "expected records, found none");
        };
        FilmSession session(lanes, sources);
        QSignalSpy failed(&session, &FilmSession::filmFailed);
        session.open({"/cd/DICOMDIR"});
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(session.count(), 1);
    }

    void aFolderWithADicomdirGivesItsFilmsFirstAndTheOthersAfter()
    {
        QTemporaryDir folder;
        write(folder.filePath("a.png"), "\x89PNG\r\n\x1a\n");
        write(folder.filePath("b.png"), "\x89PNG\r\n\x1a\n");
        write(folder.filePath("DicomDir"), QByteArray(128, '\0') + "DICM");
        const QString listed = folder.filePath("b.png");
        const auto source = [listed](const QString &, std::stop_token) -> Result<DirectoryListing> {
            DirectoryListing listing;
            listing.films.push_back({});
            listing.films.back().file = listed.toStdString();
            return listing;
        };
        const auto found = findFilms({folder.path()}, source, {});
        QCOMPARE(found.films.size(), std::size_t{2});
        QVERIFY(found.films[0].path.endsWith("b.png"));
        QVERIFY(found.films[1].path.endsWith("a.png"));
        const auto broken = findFilms({folder.path()},
                                      [](const QString &, std::stop_token) -> Result<DirectoryListing> {
                                          return fail(ErrorCode::DataCorrupt, "no records");
                                      },
                                      {});
        QCOMPARE(broken.films.size(), std::size_t{2});
        QVERIFY(broken.directories.front().notices.front().contains("no records"));
    }
};

QTEST_MAIN(FilmSessionTest)
#include "FilmSessionTest.moc"
