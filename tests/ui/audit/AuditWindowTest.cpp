// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/audit/AuditWindow.h"

#include "tests/ui/Films.h"
#include "ui/audit/AuditPage.h"
#include "ui/audit/ComparisonView.h"
#include "ui/bridge/Lanes.h"
#include "ui/plots/BaselinePlot.h"

#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace hilum;
using namespace hilum::ui;

namespace {

// Films of class "wide" are wider than those of class "tall"; the first of each class is one file.
struct Folder {
    Folder()
    {
        for (int i = 0; i < 24; ++i) {
            const QString place = folder.filePath(i % 2 == 0 ? "wide" : "tall");
            QDir().mkpath(place);
            QFile film(place + QStringLiteral("/%1.png").arg(i));
            if (film.open(QIODevice::WriteOnly))
                film.write(i < 2 ? QByteArray("the same") : QByteArray::number(i));
        }
    }
    QTemporaryDir folder;
    QString path() const { return folder.path(); }
};

Result<FilmPtr> made(const std::filesystem::path &file)
{
    const bool wide = file.parent_path().filename() == "wide";
    const int number = std::stoi(file.stem().string());
    return number < 2 ? test::ramp(90, 60) : test::ramp(wide ? 120 + number : 60 + number, 80);
}

std::function<FilmReader()> readers()
{
    return [] { return [](const std::filesystem::path &file, std::stop_token) { return made(file); }; };
}

QTreeWidget *tableOf(AuditPage &page, const QString &name)
{
    for (QTreeWidget *table : page.findChildren<QTreeWidget *>())
        if (table->accessibleName() == name)
            return table;
    return nullptr;
}

} // namespace

class AuditWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsWhatAnAuditFound()
    {
        const Folder folder;
        Lanes lanes;
        AuditWindow window(lanes, readers(), nullptr);
        window.show();
        window.begin(folder.path());
        QVERIFY(window.isRunning());
        QTRY_VERIFY_WITH_TIMEOUT(window.page(), 60000);
        QVERIFY(!window.isRunning());
        AuditPage &page = *window.page();
        QCOMPARE(page.tabs().count(), 5);
        // The shape gives the class away, and the window says so.
        QVERIFY2(page.comparisons().sentence().contains("is confounded"),
                 qPrintable(page.comparisons().sentence()));
        const QString csv = page.comparisons().baselines().csv();
        QVERIFY(csv.startsWith("given,balanced_accuracy,low95,high95,chance\n"));
        QCOMPARE(csv.count('\n'), 6);
        QVERIFY(page.comparisons().baselines().sentence().endsWith("a guess 0.50"));
    }

    void opensBothFilmsOfADuplicate()
    {
        const Folder folder;
        Lanes lanes;
        AuditWindow window(lanes, readers(), nullptr);
        window.show();
        window.begin(folder.path());
        QTRY_VERIFY_WITH_TIMEOUT(window.page(), 60000);
        QTreeWidget *table = tableOf(*window.page(), QStringLiteral("Pairs of films that are one picture"));
        QVERIFY(table);
        // The same bytes stand under both classes: the gravest pair is the first row.
        QCOMPARE(table->topLevelItem(0)->text(0), QString("same file"));
        QVERIFY(table->topLevelItem(0)->text(8).contains("two classes"));
        QSignalSpy wanted(&window, &AuditWindow::filmsWanted);
        table->setCurrentItem(table->topLevelItem(0));
        Q_EMIT table->itemActivated(table->topLevelItem(0), 0);
        QCOMPARE(wanted.count(), 1);
        const QStringList paths = wanted.front().front().toStringList();
        QCOMPARE(paths.size(), 2);
        QVERIFY(QFile::exists(paths.front()) && QFile::exists(paths.back()));
    }

    void savesTheReport()
    {
        const Folder folder;
        const QTemporaryDir out;
        Lanes lanes;
        AuditWindow window(lanes, readers(), nullptr);
        QVERIFY(!window.saveReport(out.path()));
        window.begin(folder.path());
        QTRY_VERIFY_WITH_TIMEOUT(window.page(), 60000);
        QVERIFY(window.saveReport(out.path()));
        QFile html(out.filePath("audit.html"));
        QVERIFY(html.open(QIODevice::ReadOnly));
        QVERIFY(html.readAll().contains("never for diagnosis"));
        QVERIFY(QFile::exists(out.filePath("audit.json")));
        QVERIFY(!window.saveReport(out.filePath("nowhere/at/all")));
    }

    void stopsAndStaysUsable()
    {
        const Folder folder;
        Lanes lanes;
        QSemaphore go;
        std::atomic_bool waits = true;
        AuditWindow window(
            lanes,
            [&] {
                return [&](const std::filesystem::path &file, std::stop_token) {
                    if (waits)
                        go.acquire();
                    return made(file);
                };
            },
            nullptr);
        window.show();
        window.begin(folder.path());
        window.stop();
        QVERIFY(!window.isRunning());
        QVERIFY(!window.page());
        waits = false;
        go.release(100);
        window.begin(folder.path());
        QTRY_VERIFY_WITH_TIMEOUT(window.page(), 60000);
    }

    void saysWhatIsNoDataSet()
    {
        Lanes lanes;
        AuditWindow window(lanes, readers(), nullptr);
        window.show();
        QSignalSpy ended(&window, &AuditWindow::auditEnded);
        window.begin("/nowhere/at/all.csv");
        QTRY_COMPARE(ended.count(), 1);
        QVERIFY(!window.page());
        bool said = false;
        for (const QLabel *label : window.findChildren<QLabel *>())
            said = said || (label->isVisible() && label->text().contains("all.csv"));
        QVERIFY(said);
    }

    void mayBeClosedWhileItWorks()
    {
        const Folder folder;
        Lanes lanes;
        auto window = std::make_unique<AuditWindow>(lanes, readers(), nullptr);
        window->show();
        window->begin(folder.path());
        window.reset();
        lanes.background().waitForDone();
        QCoreApplication::processEvents();
    }
};

QTEST_MAIN(AuditWindowTest)
#include "AuditWindowTest.moc"
