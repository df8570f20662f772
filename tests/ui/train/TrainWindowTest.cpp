// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/TrainWindow.h"
#include "tests/ui/train/FakeChildren.h"
#include "ui/bridge/Lanes.h"
#include "ui/session/ReadingSession.h"
#include "ui/train/NetworkPage.h"
#include "ui/train/RunPage.h"
#include "ui/train/SettingsPart.h"
#include "ui/train/SetupPage.h"
#include "ui/train/TrainingRun.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;
using State = TrainingRun::State;

namespace {

struct FolderNetworks : NetworkService {
    explicit FolderNetworks(std::filesystem::path models)
        : root(std::move(models))
    {
    }
    PackageListing list() override { return listPackages({root}); }
    Result<Reading> read(const ModelPackage &, const Film &, int, const std::string &,
                         std::stop_token) override
    {
        return fail(ErrorCode::Cancelled, {});
    }
    void setDevice(DeviceChoice) override { }

    std::filesystem::path root;
};

} // namespace

class TrainWindowTest : public QObject {
    Q_OBJECT

private:
    struct Opened {
        explicit Opened(const QString &script)
            : store(folder.filePath("models"))
            , training(test::child(QDir(folder.path()), script))
            , readings(lanes, std::make_shared<FolderNetworks>(store.root().toStdString()))
        {
            QFile recipe(folder.filePath("tiny.json"));
            if (recipe.open(QIODevice::WriteOnly))
                recipe.write(R"({"schemaVersion":1,"name":"tiny","title":"Tiny","description":"A test.",
                    "architecture":"densenet121","stages":[{"size":64,"epochs":2,"batch":4}]})");
            recipe.close();
            QObject::connect(&training, &TrainingRun::stateChanged, &readings, [this] {
                if (training.state() == State::Finished)
                    readings.start();
            });
            open();
            readings.start();
        }

        void open()
        {
            window = std::make_unique<TrainWindow>(
                TrainWindow::Parts{
                    lanes, readings, training, store, {folder.filePath("tiny.json").toStdString()}},
                nullptr);
            QObject::connect(window.get(), &TrainWindow::networksTouched, &readings, &ReadingSession::start);
            window->show();
        }

        void chooseFilms()
        {
            test::writeFilms(folder.filePath("films/sick"), 10);
            test::writeFilms(folder.filePath("films/well"), 10, 150);
            window->setSource(folder.filePath("films"));
            QTRY_VERIFY(window->setup().startButton()->isEnabled());
        }

        QStringList rows() const
        {
            QStringList texts;
            for (int row = 0; row < window->list().count(); ++row)
                texts << window->list().item(row)->text();
            return texts;
        }

        QString words(QWidget &page) const
        {
            QStringList texts;
            for (const QLabel *label : page.findChildren<QLabel *>()) {
                if (label->isVisible())
                    texts << label->text();
            }
            return texts.join('\n');
        }

        static QPushButton *button(QWidget &page, const QString &text)
        {
            for (QPushButton *one : page.findChildren<QPushButton *>()) {
                if (one->text().remove('&') == text && one->isVisible())
                    return one;
            }
            return nullptr;
        }

        QLineEdit *nameField() const
        {
            for (QLineEdit *field : window->setup().findChildren<QLineEdit *>()) {
                if (field->accessibleName() == QLatin1String("Name of the network"))
                    return field;
            }
            return nullptr;
        }

        Lanes lanes;
        QTemporaryDir folder;
        RunStore store;
        TrainingRun training;
        ReadingSession readings;
        std::unique_ptr<TrainWindow> window;
    };

private Q_SLOTS:
    void aFolderOfFoldersBecomesANetworkAmongTheOthers()
    {
        Opened opened(QString(test::reports) + test::finishes);
        QVERIFY(!opened.window->setup().startButton()->isEnabled());
        opened.chooseFilms();
        QVERIFY(opened.words(opened.window->setup()).contains("20 films of 2 classes"));
        QCOMPARE(opened.window->setup().settings().name(), QString("films"));
        opened.window->setup().startButton()->click();
        QTRY_COMPARE(opened.training.state(), State::Finished);
        RunPage &page = opened.window->runPage();
        QVERIFY2(opened.words(page).contains("3 of 4 held-out films right: anything between 30 % and 95 %"),
                 qPrintable(opened.words(page)));
        QVERIFY(opened.words(page).contains("too few"));
        QVERIFY(Opened::button(page, "1 film could not be read and is left out"));
        QTRY_VERIFY(opened.rows().contains("Your networks"));
        QCOMPARE(opened.readings.networks().front().package.card.id, std::string("films"));
        Opened::button(page, "Show the network")->click();
        QTRY_VERIFY(opened.window->networkPage().isVisible());
        QVERIFY(opened.words(opened.window->networkPage()).contains("3 of 4 held-out films right"));
    }

    void aTrainingIsPausedAndResumedAlsoByTheNextWindow()
    {
        Opened opened(QString(test::reports) + test::keepsACheckpoint);
        opened.chooseFilms();
        opened.window->setup().startButton()->click();
        QTRY_VERIFY(opened.training.lastEpoch());
        RunPage &page = opened.window->runPage();
        QVERIFY2(opened.words(page).contains("epoch 1 of 2 · step 2 of 2 · 13 films/s · about 2 min left"),
                 qPrintable(opened.words(page)));
        Opened::button(page, "Pause")->click();
        QTRY_COMPARE(opened.training.state(), State::Paused);
        // The list and the page say the same.
        QVERIFY2(opened.words(page).contains("Paused, 1 of 2 epochs done"), qPrintable(opened.words(page)));
        QVERIFY(opened.rows().contains("films\npaused, 1 of 2 epochs done"));
        opened.open();
        QVERIFY(opened.rows().contains("films\npaused, 1 of 2 epochs done"));
        opened.window->list().setCurrentRow(
            static_cast<int>(opened.rows().indexOf("films\npaused, 1 of 2 epochs done")));
        Opened::button(opened.window->runPage(), "Resume")->click();
        QTRY_COMPARE(opened.training.state(), State::Training);
        // One at a time.
        opened.window->list().setCurrentRow(1);
        QVERIFY(!opened.window->setup().startButton()->isEnabled());
        QVERIFY(opened.words(opened.window->setup()).contains("one at a time"));
        opened.training.kill();
        QTRY_VERIFY(!opened.training.isActive());
    }

    void stopAsksFirstAndKeepsTheCheckpoint()
    {
        Opened opened(QString(test::reports) + test::keepsACheckpoint);
        opened.chooseFilms();
        opened.window->setup().startButton()->click();
        QTRY_VERIFY(opened.training.lastEpoch());
        RunPage &page = opened.window->runPage();
        Opened::button(page, QString::fromUtf8("Stop…"))->click();
        QCOMPARE(opened.training.state(), State::Training);
        Opened::button(page, "Stop it")->click();
        QTRY_COMPARE(opened.training.state(), State::Paused);
        QVERIFY(opened.training.hasCheckpoint());
        QCOMPARE(opened.store.unfinished().size(), std::size_t(1));
    }

    void anUnfinishedTrainingIsRemovedOnlyWhenAsked()
    {
        Opened opened("kill -9 $$");
        opened.chooseFilms();
        opened.window->setup().startButton()->click();
        QTRY_COMPARE(opened.training.state(), State::Failed);
        RunPage &page = opened.window->runPage();
        QVERIFY(opened.words(page).contains("killed"));
        Opened::button(page, QString::fromUtf8("Remove…"))->click();
        Opened::button(page, "Keep it")->click();
        QCOMPARE(opened.store.unfinished().size(), std::size_t(1));
        Opened::button(page, QString::fromUtf8("Remove…"))->click();
        Opened::button(page, "Delete it")->click();
        QVERIFY(opened.store.unfinished().empty());
        QVERIFY(QFile::exists(opened.folder.filePath("films/sick/film0.png")));
    }

    void anOwnNetworkIsRenamedAndRemoved()
    {
        Opened opened(QString(test::reports) + test::finishes);
        opened.chooseFilms();
        opened.window->setup().startButton()->click();
        QTRY_VERIFY(opened.rows().contains("Your networks"));
        opened.window->list().setCurrentRow(opened.window->list().count() - 1);
        NetworkPage &page = opened.window->networkPage();
        auto *name = page.findChild<QLineEdit *>();
        name->setText("a/b");
        QVERIFY(!Opened::button(page, "Rename")->isEnabled());
        QVERIFY(opened.words(page).contains("can't hold"));
        name->setText("lungs");
        Opened::button(page, "Rename")->click();
        QTRY_COMPARE(opened.readings.networks().front().package.card.title, std::string("lungs"));
        QTRY_VERIFY(page.isVisible());
        Opened::button(page, QString::fromUtf8("Remove…"))->click();
        Opened::button(page, "Delete it")->click();
        QTRY_VERIFY(opened.readings.networks().empty());
        QVERIFY(!QFile::exists(opened.folder.filePath("models/lungs")));
    }

    void aNameThatIsTakenKeepsItFromStarting()
    {
        Opened opened("exit 1");
        opened.chooseFilms();
        QLineEdit *name = opened.nameField();
        QDir().mkpath(opened.folder.filePath("models/taken"));
        name->clear();
        QTest::keyClicks(name, "taken");
        QVERIFY(!opened.window->setup().startButton()->isEnabled());
        QVERIFY(opened.words(opened.window->setup()).contains("There is a network called"));
        QTest::keyClicks(name, "2");
        QVERIFY(opened.window->setup().startButton()->isEnabled());
    }

    void saysWhatARoundIs()
    {
        Opened opened("exit 1");
        QSpinBox *films = nullptr;
        for (QSpinBox *field : opened.window->setup().findChildren<QSpinBox *>()) {
            if (field->accessibleName() == QLatin1String("Films in a round"))
                films = field;
        }
        QVERIFY(films);
        // Drawn by class, as the recipe names no other sampling.
        QVERIFY2(opened.words(opened.window->setup()).contains("as many films as there are, drawn anew"),
                 qPrintable(opened.words(opened.window->setup())));
        films->setValue(320);
        QVERIFY2(opened.words(opened.window->setup()).contains("in each it sees 320 films"),
                 qPrintable(opened.words(opened.window->setup())));
        QVERIFY(!opened.words(opened.window->setup()).contains("every film"));
    }

    void oneClassIsSaidAndCantStart()
    {
        Opened opened("exit 1");
        test::writeFilms(opened.folder.filePath("films/sick"), 10);
        opened.window->setSource(opened.folder.filePath("films"));
        QTRY_VERIFY(opened.words(opened.window->setup()).contains("only one class"));
        QVERIFY(!opened.window->setup().startButton()->isEnabled());
    }

    void whatWasFilledInOutlivesAnotherNetwork()
    {
        Opened opened("exit 1");
        opened.chooseFilms();
        QLineEdit *name = opened.nameField();
        name->clear();
        QTest::keyClicks(name, "mine");
        QSignalSpy listed(&opened.readings, &ReadingSession::networksChanged);
        opened.readings.start();
        QTRY_VERIFY(listed.count() > 0);
        QCOMPARE(name->text(), QString("mine"));
        QVERIFY(opened.window->setup().startButton()->isEnabled());
    }
};

QTEST_MAIN(TrainWindowTest)
#include "TrainWindowTest.moc"
