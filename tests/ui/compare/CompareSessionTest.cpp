// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/compare/CompareSession.h"
#include "tests/ui/compare/ManyFilms.h"
#include "ui/bridge/Lanes.h"
#include "ui/compare/CompareTable.h"
#include "ui/compare/CompareWords.h"

#include <QSignalSpy>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;

namespace {

struct Desk {
    Lanes lanes;
    test::ManyFilms films;
    std::shared_ptr<test::FakeNetworks> networks = std::make_shared<test::FakeNetworks>();
    std::unique_ptr<CompareSession> session;

    explicit Desk(int count = 12)
        : films(count)
        , session(std::make_unique<CompareSession>(lanes, networks, films.readers()))
    {
    }
    void begin() { session->begin(films.manifest(), test::network("vgg16"), test::network("densenet121")); }
    bool finish()
    {
        return QTest::qWaitFor([this] { return !session->isRunning(); }, 60000);
    }
    bool open(int count)
    {
        session->open(test::written(films.folder, test::comparisonOf(count)));
        return finish() && session->comparison();
    }
};

QString said(const std::vector<CompareStatistic> &all, const QString &title)
{
    for (const CompareStatistic &one : all) {
        if (one.title.startsWith(title))
            return one.value + QStringLiteral(" | ") + one.meaning;
    }
    return {};
}

} // namespace

class CompareSessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAManifestWithBothNetworks()
    {
        Desk desk;
        QSignalSpy came(desk.session.get(), &CompareSession::comparisonChanged);
        desk.begin();
        QVERIFY(desk.session->isRunning());
        QVERIFY(desk.finish());
        QCOMPARE(came.count(), 1);
        const FilmComparison *all = desk.session->comparison();
        QVERIFY(all);
        QCOMPARE(all->read.size(), std::size_t(11));
        QCOMPARE(all->unread.size(), std::size_t(1));
        QCOMPARE(desk.networks->predictions.load(), 22);
        QCOMPARE(desk.session->filesKnown(), 11);
        QCOMPARE(desk.session->pathOf(0), desk.films.folder.filePath("film0.png"));
        QCOMPARE(all->models[1].weightsSha256, std::string(64, 'd'));
        QCOMPARE(desk.session->statistics()->all.films, 11);
        QCOMPARE(desk.session->statistics()->sources.size(), std::size_t(2));
        QCOMPARE(desk.session->progress().done, 12);
    }

    void asksANetworkBesideItselfOnce()
    {
        Desk desk;
        desk.session->begin(desk.films.manifest(), test::network("vgg16"), test::network("vgg16"));
        QVERIFY(desk.finish());
        QVERIFY(desk.session->comparison());
        QCOMPARE(desk.session->comparison()->read.size(), std::size_t(11));
        QCOMPARE(desk.networks->predictions.load(), 11);
        for (const TwiceReadFilm &film : desk.session->comparison()->read)
            QCOMPARE(film.first, film.second);
    }

    void keepsWhatItHasWhenItIsStopped()
    {
        Desk desk(100);
        *desk.films.held = 20;
        desk.begin();
        QTRY_VERIFY_WITH_TIMEOUT(desk.networks->predictions > 20, 20000);
        desk.session->stop();
        QVERIFY(desk.finish());
        const FilmComparison *all = desk.session->comparison();
        QVERIFY(all);
        QVERIFY(all->read.size() >= 10 && all->read.size() < 30);
        QCOMPARE(all->stoppedBefore, 100 - static_cast<int>(all->read.size() + all->unread.size()));
        QCOMPARE(desk.session->statistics()->all.films, static_cast<int>(all->read.size()));
    }

    // The hand's own question is answered before the run ends.
    void letsOtherQuestionsBetweenTwoFilms()
    {
        Desk desk(60);
        desk.networks->waits = true;
        desk.begin();
        desk.networks->go.release(3);
        QTRY_VERIFY_WITH_TIMEOUT(desk.networks->predictions >= 3, 60000);
        std::atomic_bool isAnswered = false;
        desk.lanes.inference().start([&] { isAnswered = true; });
        desk.networks->go.release(1); // the one that was asked before
        QTRY_VERIFY(isAnswered);
        QVERIFY(desk.session->isRunning());
        desk.networks->waits = false;
        desk.networks->go.release(2);
        desk.session->stop();
        QVERIFY(desk.finish());
    }

    void saysWhatWentWrongAndKeepsTheOldComparison()
    {
        Desk desk;
        QVERIFY(desk.open(9));
        desk.session->begin("/nowhere/manifest.csv", test::network("a"), test::network("b"));
        QVERIFY(desk.finish());
        QVERIFY(desk.session->error());
        QVERIFY(desk.session->error()->detail.find("manifest.csv") != std::string::npos);
        QVERIFY(desk.session->comparison());
        QCOMPARE(desk.session->comparison()->read.size(), std::size_t(9));
    }

    void aSessionThatGoesTakesItsRunWithIt()
    {
        Desk desk(100);
        *desk.films.held = 5;
        desk.begin();
        QTRY_VERIFY_WITH_TIMEOUT(desk.networks->predictions > 4, 20000);
        desk.session.reset();
        QVERIFY(desk.lanes.background().waitForDone(20000));
    }

    void filtersByCallsSourceAndText()
    {
        Desk desk;
        QVERIFY(desk.open(60));
        QCOMPARE(desk.session->shown().size(), std::size_t(60));
        CompareFilter filter;
        filter.calls = CompareFilter::Calls::Different;
        desk.session->setFilter(filter);
        QCOMPARE(desk.session->shown().size(), std::size_t(20)); // every third
        for (const int film : desk.session->shown())
            QCOMPARE(film % 3, 0);
        filter.source = "West";
        desk.session->setFilter(filter);
        QCOMPARE(desk.session->shown().size(), std::size_t(10));
        filter.text = "FILM2";
        desk.session->setFilter(filter);
        QCOMPARE(desk.session->shown(), (std::vector<int>{21, 27}));
        // One right: of those called differently, all; both wrong: called alike and not the truth.
        filter = {};
        filter.calls = CompareFilter::Calls::OneRight;
        desk.session->setFilter(filter);
        QCOMPARE(desk.session->shown().size(), std::size_t(20));
        filter.calls = CompareFilter::Calls::BothWrong;
        desk.session->setFilter(filter);
        for (const int film : desk.session->shown())
            QVERIFY(film % 3 != 0 && film % 2 == 0); // p is small: they call it "normal"
    }

    void sortsByDisagreementAndBack()
    {
        Desk desk;
        QVERIFY(desk.open(60));
        CompareTable table(*desk.session, [](const QString &name) { return name; });
        QCOMPARE(table.rowCount(), 60);
        double last = 2;
        for (int row = 0; row < 60; ++row) {
            const double now = desk.session->comparison()
                                   ->read[static_cast<std::size_t>(table.filmOf(row))]
                                   .disagreement();
            QVERIFY(now <= last);
            last = now;
            QCOMPARE(table.rowOf(table.filmOf(row)), row);
        }
        table.sort(CompareTable::FirstP, Qt::AscendingOrder);
        QCOMPARE(table.filmOf(0), 0);
        QCOMPARE(table.filmOf(59), 59);
        desk.session->chooseLabel(1);
        QCOMPARE(table.filmOf(0), 59); // p of the other class
        QVERIFY(table.headerData(CompareTable::FirstP, Qt::Horizontal, Qt::ToolTipRole)
                    .toString()
                    .contains("Normal"));
    }

    void marksTheFilmOnTheScreen()
    {
        Desk desk;
        desk.begin();
        QVERIFY(desk.finish());
        CompareTable table(*desk.session, [](const QString &name) { return name; });
        QSignalSpy moved(desk.session.get(), &CompareSession::currentChanged);
        desk.session->setFilmOnScreen(desk.films.folder.filePath("sub/../film5.png"));
        QCOMPARE(moved.count(), 1);
        const int film = desk.session->current();
        QCOMPARE(desk.session->comparison()->read[static_cast<std::size_t>(film)].film,
                 std::string("film5.png"));
        const QModelIndex at = table.index(table.rowOf(film), 0);
        QVERIFY(at.data().toString().startsWith(QChar(0x25b8)));
        desk.session->setFilmOnScreen("/elsewhere.png");
        QCOMPARE(desk.session->current(), -1);
        QVERIFY(!at.data().toString().startsWith(QChar(0x25b8)));
    }

    void findsTheFilmsOfAnOldComparison()
    {
        Desk desk;
        FilmComparison old = test::comparisonOf(12);
        desk.session->open(test::written(desk.films.folder, old));
        QVERIFY(desk.finish());
        QCOMPARE(desk.session->filesKnown(), 0);
        QVERIFY(desk.session->pathOf(0).isEmpty());
        QSignalSpy found(desk.session.get(), &CompareSession::filesChanged);
        desk.session->findFilms(desk.films.manifest());
        QVERIFY(found.wait());
        QCOMPARE(desk.session->filesKnown(), 11);
        QCOMPARE(desk.session->pathOf(5), desk.films.folder.filePath("film5.png"));
    }

    void bearsAHundredThousandFilms()
    {
        Desk desk;
        QVERIFY(desk.open(100000));
        CompareTable table(*desk.session, [](const QString &name) { return name; });
        for (int column = 0; column < CompareTable::columns; ++column)
            table.sort(column, Qt::AscendingOrder);
        QCOMPARE(table.rowCount(), 100000);
        CompareFilter filter;
        filter.text = "film99999";
        desk.session->setFilter(filter);
        QCOMPARE(table.rowCount(), 1);
    }

    void saysWhatEachStatisticMeans()
    {
        // Of ten films the first is right on nine, the second on two; both on one.
        FilmComparison comparison = test::comparisonOf(0);
        for (int i = 0; i < 10; ++i) {
            const bool first = i < 9;
            const bool second = i == 0 || i == 9;
            comparison.read.push_back({"f" + std::to_string(i),
                                       "",
                                       "",
                                       0,
                                       {first ? 0.9 : 0.2, first ? 0.1 : 0.8},
                                       {second ? 0.8 : 0.3, second ? 0.2 : 0.7}});
        }
        const auto all = compareStatistics(comparison, compareModels(comparison.read, comparison.classes));
        QVERIFY(said(all, "Same call").startsWith("10.0 % (1.8\u201340.4), 1 of 10 films"));
        QVERIFY(said(all, "one right").startsWith("90.0 % (59.6\u201398.2), 9 of 10 films"));
        QVERIFY(said(all, "McNemar").contains("b = 8, only two right: c = 1; p = 0.039 (exact)"));
        QVERIFY(said(all, "McNemar").contains("would seldom fall so unevenly"));
        QVERIFY(said(all, "Accuracy, one less two").startsWith("+70.0 points"));
        QVERIFY(said(all, "Accuracy, one less two").contains("one is right more often"));
        QVERIFY(said(all, "Area").isEmpty()); // one class only
        for (TwiceReadFilm &film : comparison.read)
            film.truth = -1;
        const auto blind = compareStatistics(comparison, compareModels(comparison.read, comparison.classes));
        QCOMPARE(blind.size(), std::size_t(3));
        QVERIFY(said(blind, "Who is right").contains("only agreement"));
    }

    void saysHowFarARunIs()
    {
        QCOMPARE(progressText({23, 1, 60, 1.26, 29.4}),
                 QString("23 of 60 films, 1.3 a second, about 29 s left, 1 could not be read"));
        QCOMPARE(progressText({1, 0, 5000, 0, -1}), QString("1 of 5000 films"));
        QVERIFY(progressText({100, 0, 5000, 12.3, 398}).contains("12 a second, about 7 min left"));
    }
};

QTEST_MAIN(CompareSessionTest)
#include "CompareSessionTest.moc"
