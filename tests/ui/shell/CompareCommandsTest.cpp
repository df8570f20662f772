// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window of comparisons beside the main window: what one shows, the other marks.

#include "ui/shell/CompareCommands.h"
#include "tests/ui/compare/ManyFilms.h"
#include "ui/bridge/Lanes.h"
#include "ui/compare/ComparePage.h"
#include "ui/compare/CompareTable.h"
#include "ui/compare/CompareWindow.h"
#include "ui/plots/PairPlot.h"
#include "ui/shell/Actions.h"
#include "ui/shell/MainWindow.h"

#include <QSettings>
#include <QTest>
#include <QTreeView>

using namespace hilum;
using namespace hilum::ui;

class CompareCommandsTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_settings;

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
    }

    void aPointPutsItsFilmOnTheLightBoxAndIsMarked()
    {
        const test::ManyFilms films;
        for (const int i : {1, 5}) {
            QFile file(films.folder.filePath(QString("film%1.png").arg(i)));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        Lanes lanes;
        const auto files = std::make_shared<test::FakeFiles>();
        MainWindow window(lanes, files->sources(files), std::make_shared<test::FakeNetworks>());
        window.show();
        QTRY_COMPARE(window.readings().networks().size(), std::size_t(2));
        QVERIFY(window.actions().compare->isEnabled());
        window.actions().compare->trigger();
        CompareWindow &compare = window.comparison().open();
        QVERIFY(compare.isVisible());
        compare.choose(test::written(films.folder, test::comparisonOf(12)));
        QTRY_VERIFY(compare.session().comparison());
        compare.session().findFilms(films.manifest());
        QTRY_VERIFY(compare.session().filesKnown() > 0);

        Q_EMIT compare.page().plot().pointClicked(5);
        QTRY_COMPARE(window.films().count(), 1);
        QTRY_COMPARE(compare.session().current(), 5);
        QTRY_VERIFY(window.films().film());
        auto &table = static_cast<CompareTable &>(*compare.page().table().model());
        const auto nameOf
            = [&table](int film) { return table.index(table.rowOf(film), 0).data().toString(); };
        QVERIFY(nameOf(5).startsWith(QChar(0x25b8)));

        Q_EMIT compare.page().table().activated(table.index(table.rowOf(1), 0));
        QTRY_COMPARE(compare.session().current(), 1);
        QCOMPARE(window.films().count(), 2);
        QVERIFY(!nameOf(5).startsWith(QChar(0x25b8)));
        // A film that is open already is not opened again.
        Q_EMIT compare.page().plot().pointActivated(5);
        QTRY_COMPARE(compare.session().current(), 5);
        QCOMPARE(window.films().count(), 2);
        // And the other way: what the main window shows is marked here.
        window.films().select(1);
        QTRY_COMPARE(compare.session().current(), 1);
    }
};

QTEST_MAIN(CompareCommandsTest)
#include "CompareCommandsTest.moc"
