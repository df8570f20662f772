// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/compare/CompareWindow.h"
#include "tests/ui/compare/ManyFilms.h"
#include "ui/bridge/Lanes.h"
#include "ui/compare/ComparePage.h"
#include "ui/compare/CompareTable.h"
#include "ui/plots/PairPlot.h"

#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextBrowser>
#include <QTreeView>
#include <QTreeWidget>

#include <algorithm>

using namespace hilum;
using namespace hilum::ui;

namespace {

struct Desk {
    Lanes lanes;
    test::ManyFilms films;
    std::shared_ptr<test::FakeNetworks> networks = std::make_shared<test::FakeNetworks>();
    std::vector<ModelPackage> packages{test::network("vgg16"), test::network("densenet121"),
                                       test::network("strange")};
    std::unique_ptr<CompareWindow> window;

    Desk()
    {
        packages[2].card.classes = {"cat", "dog"};
        CompareWindow::Sources sources;
        sources.makeReader = films.readers();
        sources.networks = [this] { return packages; };
        sources.openFilms = [this] {
            Sample sample;
            sample.file = films.folder.filePath("film0.png").toStdString();
            sample.name = "film0.png";
            return std::vector{sample};
        };
        sources.shownName = [](const QString &name) { return name; };
        window = std::make_unique<CompareWindow>(lanes, networks, std::move(sources), nullptr);
        window->show();
    }

    bool run()
    {
        window->choose(films.manifest());
        window->begin();
        return QTest::qWaitFor([this] { return !window->session().isRunning(); }, 60000)
            && window->session().comparison();
    }
    QPushButton *button(const QString &text) const
    {
        for (QPushButton *one : window->findChildren<QPushButton *>()) {
            if (QString(one->text()).remove(QLatin1Char('&')) == text)
                return one;
        }
        return nullptr;
    }
    CompareTable &model() const { return *static_cast<CompareTable *>(window->page().table().model()); }
    QString text() const
    {
        QStringList all;
        for (const QLabel *label : window->findChildren<QLabel *>()) {
            if (label->isVisible())
                all << label->text();
        }
        return all.join(QLatin1Char('\n'));
    }
};

} // namespace

class CompareWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhyARunCanNotBegin()
    {
        Desk desk;
        QPushButton *compare = desk.button("Compare");
        QVERIFY(compare && !compare->isEnabled());
        QVERIFY(compare->toolTip().contains("Choose films"));
        desk.window->choose(desk.films.manifest());
        QVERIFY(compare->isEnabled());
        const auto boxes = desk.window->findChildren<QComboBox *>();
        const auto found = std::ranges::find(boxes, QString("Second network"), &QComboBox::accessibleName);
        QVERIFY(found != boxes.end());
        QComboBox *second = *found;
        second->setCurrentIndex(2);
        Q_EMIT second->activated(2);
        QVERIFY(!compare->isEnabled());
        QVERIFY(compare->toolTip().contains("different classes"));
    }

    void showsFilmsPointsAndWords()
    {
        Desk desk;
        QVERIFY(desk.run());
        QCOMPARE(desk.model().rowCount(), 11);
        QCOMPARE(desk.window->page().plot().pairs().points.size(), std::size_t(11));
        const QString words = desk.window->page().findChild<QTextBrowser *>()->toPlainText();
        for (const char *title : {"Same call", "Cohen's kappa", "McNemar's test", "DeLong"})
            QVERIFY2(words.contains(title), title);
        bool isListed = false;
        for (const QTreeWidget *list : desk.window->findChildren<QTreeWidget *>()) {
            if (list->accessibleName() == "Films that could not be read")
                isListed = list->topLevelItemCount() == 1
                    && list->topLevelItem(0)->text(1).contains("found noise");
        }
        QVERIFY(isListed);
        QVERIFY(desk.text().contains("For education, not for diagnosis"));
        QVERIFY(desk.text().contains("vvvvvvvvvvvv"));
    }

    void whatIsChosenInOneIsMarkedInTheOther()
    {
        Desk desk;
        QVERIFY(desk.run());
        QTreeView &table = desk.window->page().table();
        table.selectionModel()->select(desk.model().index(4, 0),
                                       QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        QCOMPARE(desk.window->session().selected(), std::vector{desk.model().filmOf(4)});
        Q_EMIT desk.window->page().plot().pointsChosen({7, 2});
        QModelIndexList rows = table.selectionModel()->selectedRows();
        QCOMPARE(rows.size(), 2);
        for (const QModelIndex &row : rows)
            QVERIFY(desk.model().filmOf(row.row()) == 7 || desk.model().filmOf(row.row()) == 2);
        // Sorting and filtering keep what is chosen.
        table.sortByColumn(CompareTable::FilmColumn, Qt::AscendingOrder);
        rows = table.selectionModel()->selectedRows();
        QCOMPARE(rows.size(), 2);
        QVERIFY(desk.model().filmOf(rows[0].row()) == 7 || desk.model().filmOf(rows[0].row()) == 2);
        CompareFilter filter;
        filter.source = desk.window->session().comparison()->read[7].source;
        desk.window->session().setFilter(filter);
        QVERIFY(desk.model().rowCount() < 11);
        QVERIFY(desk.window->session().selected() == (std::vector{7, 2})
                || desk.window->session().selected() == (std::vector{2, 7}));
    }

    void everyRowAndPointOpensItsFilm()
    {
        Desk desk;
        QVERIFY(desk.run());
        QSignalSpy wanted(desk.window.get(), &CompareWindow::filmWanted);
        QTreeView &table = desk.window->page().table();
        table.setFocus();
        table.setCurrentIndex(desk.model().index(3, 0));
        QTest::keyClick(&table, Qt::Key_Return);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].toString(), desk.window->session().pathOf(desk.model().filmOf(3)));
        QCOMPARE(wanted[0][1].toBool(), true);
        QVERIFY(desk.window->isVisible()); // Enter is not the dialog's
        Q_EMIT desk.window->page().plot().pointClicked(6);
        QCOMPARE(wanted.count(), 2);
        QCOMPARE(wanted[1][0].toString(), desk.window->session().pathOf(6));
        QCOMPARE(wanted[1][1].toBool(), false);
    }

    void opensWhatWasWrittenBefore()
    {
        Desk desk;
        const QString path = test::written(desk.films.folder, test::comparisonOf(50));
        desk.window->choose(path);
        QTRY_VERIFY(desk.window->session().comparison());
        QCOMPARE(desk.model().rowCount(), 50);
        // Nobody says where the films are: it says so, and asks.
        QVERIFY(desk.text().contains("were not found"));
        QPushButton *where = desk.button(QString::fromUtf8("Where are the films?\u2026"));
        QVERIFY(where && where->isVisible());
        QSignalSpy wanted(desk.window.get(), &CompareWindow::filmWanted);
        Q_EMIT desk.window->page().plot().pointActivated(1);
        QCOMPARE(wanted.count(), 0);
        QVERIFY(desk.text().contains("not known"));
        desk.window->session().findFilms(desk.films.manifest());
        QTRY_VERIFY(!where->isVisible());
    }

    void comparesTheOpenFilms()
    {
        Desk desk;
        desk.window->chooseOpenFilms();
        desk.window->begin();
        QTRY_VERIFY_WITH_TIMEOUT(desk.window->session().comparison(), 60000);
        QCOMPARE(desk.model().rowCount(), 1);
        QVERIFY(desk.window->page().findChild<QTextBrowser *>()->toPlainText().contains("only agreement"));
    }

    void saysThatItWasStopped()
    {
        Desk desk;
        *desk.films.held = 3;
        desk.window->choose(desk.films.manifest());
        desk.window->begin();
        QPushButton *stop = desk.button("Stop");
        QTRY_VERIFY_WITH_TIMEOUT(stop->isVisible() && desk.window->session().progress().done > 0, 20000);
        QVERIFY(desk.text().contains("of 12 films"));
        QTest::mouseClick(stop, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(desk.window->session().comparison(), 60000);
        QVERIFY(desk.text().contains("Stopped: "));
        QVERIFY(!stop->isVisible());
    }

    void savesTableReportAndPlots()
    {
        if (!QFile::exists(HILUM_BIN_DIR "/hilum-plot"))
            QSKIP("hilum-plot is not part of this build");
        Desk desk;
        QVERIFY(desk.run());
        QTemporaryDir folder;
        QSignalSpy saved(desk.window.get(), &CompareWindow::saved);
        desk.window->save(folder.path());
        QVERIFY(saved.wait(60000));
        QCOMPARE(saved[0][0].toBool(), true);
        const auto again = readComparison(folder.path().toStdString());
        QVERIFY(again);
        QCOMPARE(again->read.size(), std::size_t(11));
        QCOMPARE(again->files[0].string(), desk.window->session().pathOf(0).toStdString());
        QVERIFY(!QImage(folder.filePath("scatter-covid.png")).isNull());
        QVERIFY(QFile::exists(folder.filePath("difference-normal.svg")));
        desk.window->save("/nowhere/at/all");
        QVERIFY(saved.wait(60000));
        QVERIFY(desk.text().contains("could not be written"));
    }

    void filtersByWhatIsTyped()
    {
        Desk desk;
        QVERIFY(desk.run());
        auto *text = desk.window->page().findChild<QLineEdit *>();
        QTest::keyClicks(text, "film1");
        QCOMPARE(desk.model().rowCount(), 3); // 1, 10, 11
        QVERIFY(desk.text().contains("3 of 11 films"));
        text->clear();
        QCOMPARE(desk.model().rowCount(), 11);
    }
};

QTEST_MAIN(CompareWindowTest)
#include "CompareWindowTest.moc"
