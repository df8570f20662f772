// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The training of the window against the program that really trains, on a few grey pictures.

#include "core/nn/ModelPackage.h"
#include "tests/ui/train/FakeChildren.h"
#include "ui/train/TrainingRun.h"

#include <QTemporaryDir>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;
using State = TrainingRun::State;

namespace {

constexpr int patience = 240'000; // of a busy machine

RecipeOffer smallRecipe()
{
    RecipeOffer offer;
    offer.name = QStringLiteral("small");
    offer.title = QStringLiteral("Small");
    offer.json = {{QStringLiteral("architecture"), QStringLiteral("resnet18-w32")},
                  {QStringLiteral("augmentation"), QStringLiteral("none")}};
    return offer;
}

} // namespace

class TrainForRealTest : public QObject {
    Q_OBJECT

private:
    static TrainingSettings settings(int epochs)
    {
        TrainingSettings wanted;
        wanted.epochs = epochs;
        wanted.size = 64;
        wanted.batch = 4;
        wanted.threads = 1;
        return wanted;
    }

    static QString program() { return QStringLiteral(HILUM_BIN_DIR "/hilum-cli"); }

private Q_SLOTS:
    void aKilledTrainingGoesOnFromItsCheckpointToANetwork()
    {
        QTemporaryDir folder;
        const RunStore store(folder.filePath("models"));
        const auto run
            = store.create("lungs", test::twoClasses(folder.filePath("films")), smallRecipe(), settings(200));
        QVERIFY(run);
        {
            TrainingRun training(program());
            training.start(*run);
            // A checkpoint is written after five seconds of training: there must be more to do than that.
            QTRY_VERIFY_WITH_TIMEOUT(
                (training.lastEpoch() && training.hasCheckpoint()) || !training.isActive(), patience);
            QVERIFY2(training.isActive(), qPrintable(training.words().detail));
            QVERIFY(training.lastEpoch()->confusion);
            training.kill();
            QTRY_VERIFY(!training.isActive());
        }
        QVERIFY(!store.isFinished("lungs"));
        QCOMPARE(store.unfinished().size(), std::size_t(1));

        TrainingRun training(program());
        training.start(store.unfinished().front());
        QTRY_VERIFY_WITH_TIMEOUT(!training.isActive(), patience);
        QVERIFY2(training.state() == State::Finished, qPrintable(training.words().detail));
        QVERIFY(training.started()->resumedAtStep > 0);
        QCOMPARE(training.done()->heldOutFilms, 4);
        QCOMPARE(training.history().records.size(), std::size_t(400));
        const auto listing = listPackages({std::filesystem::path(store.root().toStdString())});
        QCOMPARE(listing.packages.size(), std::size_t(1));
        QCOMPARE(listing.packages.front().card.id, std::string("lungs"));
        QCOMPARE(listing.packages.front().card.title, std::string("lungs"));
    }

    void aPausedTrainingKeepsItsCheckpoint()
    {
        QTemporaryDir folder;
        const RunStore store(folder.filePath("models"));
        const auto run
            = store.create("lungs", test::twoClasses(folder.filePath("films")), smallRecipe(), settings(400));
        QVERIFY(run);
        TrainingRun training(program());
        training.start(*run);
        QTRY_VERIFY_WITH_TIMEOUT(training.latest() || !training.isActive(), patience);
        training.pause();
        QTRY_VERIFY_WITH_TIMEOUT(!training.isActive(), patience);
        QVERIFY2(training.state() == State::Paused, qPrintable(training.words().detail));
        QVERIFY(training.hasCheckpoint());
    }

    void whatTheProgramRefusesIsToldInItsWords()
    {
        QTemporaryDir folder;
        const RunStore store(folder.filePath("models"));
        RecipeOffer recipe = smallRecipe();
        recipe.json[QStringLiteral("init")] = QStringLiteral("/nowhere/weights.safetensors");
        const auto run
            = store.create("lungs", test::twoClasses(folder.filePath("films")), recipe, settings(1));
        QVERIFY(run);
        TrainingRun training(program());
        training.start(*run);
        QTRY_VERIFY_WITH_TIMEOUT(!training.isActive(), patience);
        QCOMPARE(training.state(), State::Failed);
        QVERIFY2(training.words().detail.contains("/nowhere/weights.safetensors"),
                 qPrintable(training.words().detail));
    }
};

QTEST_MAIN(TrainForRealTest)
#include "TrainForRealTest.moc"
