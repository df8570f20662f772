// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/batch/BatchTable.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;

class BatchTableTest : public QObject {
    Q_OBJECT

private:
    static BatchPlan plan()
    {
        BatchPlan plan;
        plan.filmCount = 10;
        plan.models = {{"one", "a", {"covid", "normal"}}, {"two", "b", {"normal", "covid"}}};
        return plan;
    }

    // `first` and `second`: p(covid) by each network; below 0: not read.
    static BatchRow row(std::size_t film, const std::string &name, const std::string &truth, double first,
                        double second)
    {
        BatchRow row;
        row.film = film;
        row.name = name;
        row.truth = truth;
        row.source = "North";
        if (first < 0) {
            row.errorCode = "data-corrupt";
            row.error = "broken";
            return row;
        }
        row.probabilities = {{first, 1 - first}, {1 - second, second}};
        return row;
    }

    static void fill(BatchTable &table)
    {
        table.setPlan(plan());
        table.add({row(2, "deep/Beta.png", "covid", 0.9, 0.8), row(0, "alpha.png", "normal", 0.3, 0.6)});
        auto refused = row(3, "gamma.png", "", 0.4, 0.1);
        refused.refusal = "is too small";
        table.add({row(1, "delta.png", "covid", -1, 0), refused});
    }

    static QStringList shown(const BatchTable &table, int column = 0)
    {
        QStringList texts;
        for (int i = 0; i < table.rowCount(); ++i)
            texts << table.index(i, column).data().toString();
        return texts;
    }

private Q_SLOTS:
    void showsWhatEachNetworkCalls()
    {
        BatchTable table([](const QString &name) { return name; });
        const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        fill(table);
        QCOMPARE(table.columnCount(), 8);
        QCOMPARE(shown(table), (QStringList{"Beta.png", "alpha.png", "delta.png", "gamma.png"}));
        QCOMPARE(shown(table, BatchTable::StateColumn), (QStringList{"read", "read", "not read", "refused"}));
        QCOMPARE(table.index(0, 3).data().toString(), QString("COVID-19"));
        QCOMPARE(table.index(1, 3).data().toString(), QString("Normal"));
        QVERIFY(table.index(1, 5).data().toString().startsWith("COVID-19 ")); // wrong, by a sign
        QCOMPARE(table.index(0, 6).data().toString().trimmed(), QString("0.80"));
        QCOMPARE(table.index(2, 3).data().toString(), QString(QChar(0x2013)));
        QCOMPARE(table.index(2, 1).data(Qt::ToolTipRole).toString(), QString("broken"));
        QVERIFY(table.hasTruths());
    }

    void sortsByAnyColumn()
    {
        BatchTable table([](const QString &name) { return name; });
        const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        fill(table);
        const QPersistentModelIndex kept(table.index(0, 0));
        table.sort(4, Qt::DescendingOrder); // the first network's probability of its call
        QCOMPARE(shown(table), (QStringList{"Beta.png", "alpha.png", "gamma.png", "delta.png"}));
        table.sort(BatchTable::FilmColumn, Qt::AscendingOrder);
        QCOMPARE(shown(table), (QStringList{"alpha.png", "Beta.png", "delta.png", "gamma.png"}));
        QCOMPARE(kept.data().toString(), QString("Beta.png"));
        table.sort(-1, Qt::AscendingOrder); // as they came
        QCOMPARE(shown(table), (QStringList{"Beta.png", "alpha.png", "delta.png", "gamma.png"}));
        QCOMPARE(kept.row(), 0);
    }

    void rowsThatComeFindTheirPlaceSoon()
    {
        BatchTable table([](const QString &name) { return name; });
        fill(table);
        table.sort(BatchTable::FilmColumn, Qt::AscendingOrder);
        table.add({row(4, "a-first.png", "covid", 0.5, 0.5)});
        QCOMPARE(table.rowCount(), 5);
        QTRY_COMPARE(shown(table).front(), QString("a-first.png"));
    }

    void filters_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QStringList>("films");
        using Kind = BatchFilter::Kind;
        QTest::newRow("a name in any case") << "BETA" << int(Kind::All) << QStringList{"Beta.png"};
        QTest::newRow("a folder") << "deep/" << int(Kind::All) << QStringList{"Beta.png"};
        QTest::newRow("not read") << "" << int(Kind::Failed) << QStringList{"delta.png"};
        QTest::newRow("refused") << "" << int(Kind::Refused) << QStringList{"gamma.png"};
        QTest::newRow("disagree") << "" << int(Kind::Disagree) << QStringList{"alpha.png"};
        QTest::newRow("wrong") << "" << int(Kind::Wrong) << QStringList{"alpha.png"};
        QTest::newRow("both") << "beta" << int(Kind::Wrong) << QStringList{};
    }

    void filters()
    {
        QFETCH(QString, text);
        QFETCH(int, kind);
        QFETCH(QStringList, films);
        BatchTable table([](const QString &name) { return name; });
        fill(table);
        table.setFilter({text, BatchFilter::Kind(kind)});
        QCOMPARE(shown(table), films);
        // What comes later is filtered, too.
        table.add({row(5, "other.png", "normal", 0.2, 0.2)});
        QCOMPARE(table.rowCount(), films.size() + (kind == 0 && text.isEmpty() ? 1 : 0));
        QCOMPARE(table.films(), 5);
    }

    void anotherBatchBeginsEmpty()
    {
        BatchTable table([](const QString &name) { return name; });
        fill(table);
        table.sort(7, Qt::AscendingOrder);
        BatchPlan other = plan();
        other.models.pop_back();
        table.setPlan(other);
        QCOMPARE(table.rowCount(), 0);
        QCOMPARE(table.columnCount(), 6);
        auto one = row(0, "x.png", "", 0.5, 0.5);
        one.probabilities.pop_back();
        table.add({one});
        QCOMPARE(table.rowCount(), 1);
        QVERIFY(!table.hasTruths());
    }
};

QTEST_MAIN(BatchTableTest)
#include "BatchTableTest.moc"
