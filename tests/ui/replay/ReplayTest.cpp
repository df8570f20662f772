// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/Fakes.h"
#include "ui/bridge/Lanes.h"
#include "ui/plots/ConfusionView.h"
#include "ui/plots/HistoryPlot.h"
#include "ui/replay/ReplayColumn.h"
#include "ui/replay/ReplayWindow.h"
#include "ui/session/ReadingSession.h"

#include "core/nn/KeptEpochs.h"

#include <QComboBox>
#include <QLabel>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <mutex>

using namespace hilum;
using namespace hilum::ui;

namespace {

const std::vector<std::string> classes{"covid", "normal", "pneumonia"};

ModelCard cardOf(const std::string &id, const std::string &title)
{
    ModelCard card;
    card.id = id;
    card.title = title;
    card.architecture = "resnet18-w8";
    card.classes = classes;
    card.input.size = 112;
    card.weightsSha256 = std::string(64, 'a');
    return card;
}

// A package that keeps epochs; after epoch n, n of ten held-out films are called right.
void makeRun(const std::filesystem::path &root, const std::string &id, const std::vector<int> &epochs)
{
    const auto folder = root / id;
    TrainingHistory history;
    for (int epoch = 1; epoch <= epochs.back(); ++epoch) {
        history.records.push_back({epoch, "train", 1.0 / epoch, 0.5, 0.5, 0.001, 1});
        history.records.push_back({epoch, "validation", 0.1 * epoch, 0.5, 0.5, 0.001, 1});
    }
    for (const int epoch : epochs) {
        const auto kept = epochFolder(folder, epoch);
        std::filesystem::create_directories(kept);
        std::vector<HeldOutPrediction> said;
        for (int film = 0; film < 10; ++film) {
            const bool isRight = film < epoch;
            said.push_back({"films/f" + std::to_string(film) + ".png",
                            "g",
                            0,
                            "covid",
                            "here",
                            {isRight ? 0.9 : 0.1, isRight ? 0.1 : 0.9, 0}});
        }
        QVERIFY(writePredictions(said, classes, kept / "predictions.csv"));
        QVERIFY(writeCard(cardOf(epochId(id, epoch), id + ", epoch " + std::to_string(epoch)),
                          kept / "card.json"));
    }
    QVERIFY(writeHistory(history, folder / "history.csv"));
    QVERIFY(writeCard(cardOf(id, id), folder / "card.json"));
}

// Remembers which epochs it was asked of, in order.
struct EpochNetworks : test::FakeNetworks {
    std::mutex mutex;
    QStringList asked;

    Result<Reading> read(const ModelPackage &package, const Film &film, int frame, const std::string &label,
                         std::stop_token stop) override
    {
        if (epochNameIn(package.card.id)) {
            const std::lock_guard lock(mutex);
            asked << QString::fromStdString(package.card.id);
        }
        return FakeNetworks::read(package, film, frame, label, stop);
    }
    QStringList askedSoFar()
    {
        const std::lock_guard lock(mutex);
        return asked;
    }
};

struct Room {
    QTemporaryDir folder;
    Lanes lanes;
    std::shared_ptr<EpochNetworks> networks = std::make_shared<EpochNetworks>();
    std::shared_ptr<test::FakeFiles> files = std::make_shared<test::FakeFiles>();
    FilmSession films{lanes, files->sources(files)};
    ReadingSession readings{lanes, networks};
    std::unique_ptr<ReplayWindow> window;

    explicit Room(bool hasRuns = true)
    {
        const std::filesystem::path root = folder.path().toStdString();
        if (hasRuns) {
            makeRun(root / "replay", "well", {2, 4, 6, 8});
            makeRun(root, "overfit", {2, 4, 6});
        }
        QObject::connect(&films, &FilmSession::filmReady, &readings,
                         [this] { readings.setFilm(films.currentId(), films.film()); });
        window = std::make_unique<ReplayWindow>(lanes, networks, films, readings,
                                                std::vector<std::filesystem::path>{root});
    }

    ReplaySession &session() { return window->session(); }
    bool show()
    {
        window->resize(1200, 840);
        window->show();
        return QTest::qWaitFor([&] { return session().hasLooked(); });
    }
    QSlider &slider() { return *window->findChild<QSlider *>(); }
    ConfusionView &matrix(int side) { return *window->findChildren<ConfusionView *>().at(side); }
    QString words(int side) { return window->findChildren<ReplayColumn *>().at(side)->words(); }
};

} // namespace

class ReplayTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsRunsThatKeepEpochsAndPutsTwoBesideEachOther()
    {
        Room room;
        QVERIFY(room.show());
        QCOMPARE(room.session().runs().size(), std::size_t(2));
        QCOMPARE(room.session().epochs(), (std::vector{2, 4, 6, 8}));
        QVERIFY(room.session().run(0) != nullptr && room.session().run(1) != nullptr);
        QVERIFY(room.session().run(0)->package.card.id != room.session().run(1)->package.card.id);
    }

    void scrubbingShowsCurvesAndMatrixAtOnce()
    {
        Room room;
        QVERIFY(room.show());
        const int well = room.session().run(0)->package.card.id == "well" ? 0 : 1;
        auto *curves = room.window->findChild<HistoryPlot *>();
        for (const int place : {3, 0, 2}) {
            room.slider().setValue(place);
            const int epoch = 2 * (place + 1);
            QCOMPARE(curves->cursorEpoch(), epoch);
            QVERIFY2(room.words(well).contains(QString("%1 of 10 held-out films right").arg(epoch)),
                     qPrintable(room.words(well)));
            QVERIFY(room.matrix(well).sentence(0, 0).startsWith(QString::number(epoch)));
        }
        // The one that ended before shows its last epoch.
        room.slider().setValue(3);
        QVERIFY2(room.words(1 - well).contains("After epoch 6"), qPrintable(room.words(1 - well)));
        QVERIFY(room.words(1 - well).contains("0.60 on validation films"));
    }

    void theFilmAtHandIsReadByTheEpochOnTheSliderFirst()
    {
        Room room;
        QVERIFY(room.show());
        room.slider().setValue(2); // epoch 6
        room.films.open({"/x/films/f3.png"});
        QTRY_VERIFY(room.session().reading(0) && room.session().reading(1));
        QVERIFY(room.networks->askedSoFar().at(0).endsWith("@6"));
        QVERIFY(room.networks->askedSoFar().at(1).endsWith("@6"));
        // The others are read while nobody asks, once each.
        QTRY_COMPARE(room.session().readAhead(0) + room.session().readAhead(1), 7);
        const auto asked = room.networks->askedSoFar();
        QCOMPARE(QSet<QString>(asked.begin(), asked.end()).size(), asked.size());
        room.slider().setValue(0);
        QVERIFY(room.session().reading(0)); // at once
        QVERIFY(room.session().run(0)->wasHeldOut("/x/films/f3.png"));
        QVERIFY(!room.session().run(0)->wasHeldOut("/x/films/f33.png"));
    }

    void theArrowsScrub()
    {
        Room room;
        QVERIFY(room.show());
        QCOMPARE(room.session().epoch(), 2);
        QVERIFY(room.window->focusWidget() == &room.slider());
        QTest::keyClick(&room.slider(), Qt::Key_Right);
        QCOMPARE(room.session().epoch(), 4);
        QTest::keyClick(&room.slider(), Qt::Key_End);
        QCOMPARE(room.session().epoch(), 8);
    }

    void anotherClassHasAnotherMapAndTheSameProbabilities()
    {
        Room room;
        room.readings.start();
        QVERIFY(room.show());
        room.films.open({"film.png"});
        QTRY_VERIFY(room.session().reading(0));
        room.networks->waits = true;
        room.readings.chooseClass("pneumonia");
        QVERIFY(!room.session().reading(0));
        QVERIFY(room.session().prediction(0));
        room.networks->waits = false;
        room.networks->go.release(50);
        QTRY_VERIFY(room.session().reading(0));
        QCOMPARE(room.session().reading(0)->map->label, std::string("pneumonia"));
    }

    void keepsToTheGate()
    {
        Room room;
        room.networks->refuses = true;
        room.readings.start();
        QVERIFY(room.show());
        room.films.open({"wide film.png"});
        QTRY_VERIFY(room.readings.reading(1).prediction);
        QVERIFY(room.session().isWithheld());
        QVERIFY(!room.session().reading(0));
        room.readings.showAnyway();
        QTRY_VERIFY(room.session().reading(0));
    }

    void playsToTheLastEpoch()
    {
        Room room;
        QVERIFY(room.show());
        auto *play = room.window->findChild<QToolButton *>();
        play->click();
        QVERIFY(play->isChecked());
        QTRY_VERIFY_WITH_TIMEOUT(!play->isChecked(), 20000);
        QCOMPARE(room.session().epoch(), 8);
    }

    void oneRunMayStandAlone()
    {
        Room room;
        QVERIFY(room.show());
        room.session().choose(1, -1);
        QVERIFY(room.session().run(1) == nullptr);
        QVERIFY(!room.matrix(1).isVisible());
        room.session().choose(0, -1); // there is always one
        QVERIFY(room.session().run(0) != nullptr);
    }

    void saysWhatToDoWithoutRuns()
    {
        Room room(false);
        QVERIFY(room.show());
        bool isSaid = false;
        for (const QLabel *label : room.window->findChildren<QLabel *>())
            isSaid = isSaid || (label->isVisible() && label->text().contains("--keep-epochs"));
        QVERIFY(isSaid);
        QVERIFY(!room.slider().isEnabled());
    }
};

QTEST_MAIN(ReplayTest)
#include "ReplayTest.moc"
