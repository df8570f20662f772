// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The evaluation desk beside the main window: the film on the light box is marked on it, and what it opens
// comes onto the light box with its map.

#include "ui/shell/DeskCommands.h"
#include "tests/ui/Fakes.h"
#include "tests/ui/desk/Predictions.h"
#include "ui/bridge/Lanes.h"
#include "ui/desk/DeskWindow.h"
#include "ui/shell/Actions.h"
#include "ui/shell/MainWindow.h"

#include <QListView>
#include <QSettings>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;
using namespace hilum::ui::test;

class DeskCommandsTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_settings;

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
    }

    void filmsGoFromTheDeskToTheLightBoxAndAreMarkedThere()
    {
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkdir("films"));
        for (int i = 0; i < 12; ++i)
            written(folder, QString("films/f%1.png").arg(i), "x");
        Lanes lanes;
        const auto files = std::make_shared<FakeFiles>();
        MainWindow window(lanes, files->sources(files), std::make_shared<FakeNetworks>());
        window.show();
        QTRY_COMPARE(window.readings().networks().size(), std::size_t(2));
        window.actions().desk->trigger();
        DeskWindow &desk = window.desk().open();
        QVERIFY(desk.isVisible());
        desk.open({written(folder, "p.csv", predictions(12, 0.3))});
        DeskSession &session = desk.session();
        QTRY_VERIFY(session.judgement());
        QCOMPARE(session.firstSet()->filesKnown(), 12);

        session.select("one", 0, {7});
        Q_EMIT desk.films().list().activated(desk.films().model().index(0));
        QTRY_COMPARE(window.films().count(), 1);
        QTRY_COMPARE(session.filmIn(0), 7);
        QVERIFY(window.readings().isOverlayShown());
        // What the networks say of it comes along.
        QTRY_VERIFY(session.onScreen().probabilities.contains("vgg16"));
    }
};

QTEST_MAIN(DeskCommandsTest)
#include "DeskCommandsTest.moc"
