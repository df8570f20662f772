// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/FilmsBehind.h"
#include "tests/ui/Fakes.h"
#include "tests/ui/desk/Predictions.h"
#include "ui/bridge/Lanes.h"
#include "ui/desk/FilmMaps.h"

#include <QCheckBox>
#include <QLabel>
#include <QListView>
#include <QTest>

#include <numeric>

using namespace hilum;
using namespace hilum::ui;
using namespace hilum::ui::test;

namespace {

constexpr int covid = 0;
constexpr int normal = 1;

// Sixty films whose files are known, predicted by vgg16 of the fake networks and by nobody who is installed.
struct Strip {
    QTemporaryDir folder;
    Lanes lanes;
    std::shared_ptr<FakeNetworks> networks = std::make_shared<FakeNetworks>();
    DeskSession session{lanes};
    FilmsBehind strip{lanes,
                      session,
                      {[] {
                           return [](const std::filesystem::path &,
                                     const std::stop_token &) -> Result<FilmPtr> { return ramp(60, 40); };
                       },
                       networks, [this] { return networks->list().packages; }},
                      nullptr};

    bool load(const std::string &modelId)
    {
        session.load({{written(folder, "a.csv", predictions(60, 0.3)).toStdString(), "a.csv", modelId, {}}});
        if (!QTest::qWaitFor([this] { return session.judgement() != nullptr; }))
            return false;
        session.setManifest(written(folder, "manifest.csv", manifest(60)));
        strip.resize(900, 160);
        strip.show();
        return QTest::qWaitFor([this] {
            return session.judgement() && session.judgement()->isComplete()
                && session.judgement()->first().set->filesKnown() == 60;
        });
    }
    void select(int label)
    {
        std::vector<int> all(60);
        std::iota(all.begin(), all.end(), 0);
        session.select("all", 0, all, label);
    }
    QVariant data(int row, int role) { return strip.model().index(row).data(role); }
    bool hasHeat(int row) { return !data(row, FilmsBehindModel::HeatRole).value<QImage>().isNull(); }
    bool settles()
    {
        return QTest::qWaitFor([this] { return strip.model().maps().find(file(3), "covid") != nullptr; });
    }
    std::filesystem::path file(int row)
    {
        return session.judgement()->first().set->files[static_cast<std::size_t>(row)];
    }
};

} // namespace

class FilmsBehindTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFilmInSightGetsItsMapAndNoOther()
    {
        Strip desk;
        QVERIFY(desk.load("vgg16"));
        desk.select(covid);
        QTRY_VERIFY(desk.settles() && !desk.strip.model().maps().isBusy());
        QVERIFY(desk.hasHeat(0));
        // 900 pixels show four films at most.
        QCOMPARE(desk.networks->reads.load(), 4);
        QVERIFY(!desk.strip.model().maps().find(desk.file(59), "covid"));
        QVERIFY(desk.data(0, Qt::ToolTipRole).toString().contains("0.70"));
        desk.strip.list().scrollTo(desk.strip.model().index(59));
        QTRY_VERIFY(desk.strip.model().maps().find(desk.file(59), "covid"));
        QTRY_VERIFY(!desk.strip.model().maps().isBusy());
        QVERIFY(desk.networks->reads < 10);
    }

    void theMapLiesWhereTheNetworkLooked()
    {
        Strip desk;
        QVERIFY(desk.load("vgg16"));
        desk.select(covid);
        QTRY_VERIFY(desk.settles());
        // The middle square of a film of 60 x 40.
        const QRectF part = desk.data(0, FilmsBehindModel::HeatPartRole).toRectF();
        QCOMPARE(part, QRectF(10.0 / 60, 0, 40.0 / 60, 1));
    }

    void aClassWithoutEvidenceSaysSo()
    {
        Strip desk;
        QVERIFY(desk.load("vgg16"));
        desk.select(normal);
        QTRY_VERIFY(desk.strip.model().maps().find(desk.file(0), "normal"));
        QVERIFY(!desk.hasHeat(0));
        QCOMPARE(desk.data(0, FilmsBehindModel::MapStateRole).toString(), QString("nothing for it"));
        QVERIFY(desk.strip.mapWords().text().contains("Normal"));
    }

    void predictionsOfNoInstalledNetworkHaveNoMapsAndSaySo()
    {
        Strip desk;
        QVERIFY(desk.load({}));
        desk.select(covid);
        QVERIFY(desk.strip.mapWords().isVisible());
        QVERIFY(desk.strip.mapWords().text().contains("a.csv is of no installed network"));
        QVERIFY(!desk.strip.mapSwitch().isEnabled());
        QTRY_VERIFY(!desk.data(0, Qt::DecorationRole).value<QImage>().isNull()); // thumbnails all the same
        QTest::qWait(50);
        QCOMPARE(desk.networks->reads.load(), 0);
    }

    void theNewestStripWins()
    {
        Strip desk;
        QVERIFY(desk.load("vgg16"));
        desk.networks->waits = true;
        desk.select(covid);
        QTRY_VERIFY(desk.strip.model().maps().isBusy());
        desk.select(normal);
        desk.networks->waits = false;
        desk.networks->go.release(60);
        QTRY_VERIFY(desk.strip.model().maps().find(desk.file(3), "normal"));
        QVERIFY(!desk.strip.model().maps().find(desk.file(0), "covid"));
        QVERIFY(!desk.strip.model().maps().find(desk.file(1), "covid"));
    }

    void aHiddenStripAndASwitchThatIsOffMakeNone()
    {
        Strip desk;
        QVERIFY(desk.load("vgg16"));
        desk.networks->waits = true;
        desk.select(covid);
        QTRY_VERIFY(desk.strip.model().maps().isBusy());
        desk.strip.hide();
        QVERIFY(!desk.strip.model().maps().isBusy());
        desk.networks->waits = false;
        desk.networks->go.release(60);
        QTest::qWait(50);
        QVERIFY(!desk.strip.model().maps().find(desk.file(0), "covid"));
        desk.strip.mapSwitch().setChecked(false);
        desk.strip.show();
        QTest::qWait(50);
        QVERIFY(!desk.strip.model().maps().find(desk.file(0), "covid"));
        desk.strip.mapSwitch().setChecked(true);
        QTRY_VERIFY(desk.hasHeat(0));
    }
};

QTEST_MAIN(FilmsBehindTest)
#include "FilmsBehindTest.moc"
