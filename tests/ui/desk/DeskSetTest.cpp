// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/DeskSet.h"
#include "tests/ui/desk/Predictions.h"

#include <QDir>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;
using namespace hilum::ui::test;

class DeskSetTest : public QObject {
    Q_OBJECT

private:
    static Result<DeskSetPtr> read(const QString &file, const QString &manifest = {})
    {
        return readDeskSet({file.toStdString(), {}, {}, {}}, manifest.toStdString());
    }

private Q_SLOTS:
    void keepsSourceAndFoldAsColumnsToFilterBy()
    {
        const QTemporaryDir folder;
        const auto set = read(written(folder, "p.csv", predictions(30, 0.3)));
        QVERIFY2(set, set ? "" : set.error().detail.c_str());
        QCOMPARE((*set)->title, std::string("p.csv"));
        const DeskColumn *source = (*set)->column("source");
        QVERIFY(source);
        QCOMPARE(source->values, (std::vector<std::string>{"East", "West"}));
        QCOMPARE(source->of[3], 1);
        QCOMPARE((*set)->column("fold")->values.size(), std::size_t(5));
        QVERIFY(!(*set)->column("view"));
    }

    void joinsAManifestByTheFilmsNames()
    {
        const QTemporaryDir folder;
        const auto set = read(written(folder, "p.csv", predictions(30, 0.3)),
                              written(folder, "manifest.csv", manifest(20)));
        QVERIFY2(set, set ? "" : set.error().detail.c_str());
        const DeskColumn *view = (*set)->column("view");
        QVERIFY(view);
        QCOMPARE(view->values, (std::vector<std::string>{"AP", "PA"}));
        QCOMPARE(view->of[4], 0);
        QCOMPARE(view->of[25], -1); // the manifest ends before
        QCOMPARE((*set)->column("age")->values, (std::vector<std::string>{"0\u201317", "18\u201339"}));
        QCOMPARE((*set)->filesKnown(), 20);
        QCOMPARE(QString::fromStdString((*set)->files[2].string()),
                 QDir(folder.path()).absoluteFilePath("films/f2.png"));
    }

    void takesTheManifestsLabelWhereThePredictionsHaveNoTruth()
    {
        const QTemporaryDir folder;
        const QString blind = written(folder, "blind.csv", predictions(12, 0.3, false));
        const auto alone = read(blind);
        QVERIFY(!alone);
        QVERIFY(QString::fromStdString(alone.error().detail).contains("blind.csv"));
        QVERIFY(QString::fromStdString(alone.error().detail).contains("true class"));
        const auto set = read(blind, written(folder, "manifest.csv", manifest(12)));
        QVERIFY2(set, set ? "" : set.error().detail.c_str());
        QCOMPARE((*set)->films[4].truth, 1);
    }

    void refusesAManifestOfOtherFilms()
    {
        const QTemporaryDir folder;
        const auto set = read(written(folder, "p.csv", predictions(6, 0.3)),
                              written(folder, "other.csv", "file,label\na.png,covid\n"));
        QVERIFY(!set);
        const QString said = QString::fromStdString(set.error().detail);
        QVERIFY2(said.contains("other.csv") && said.contains("expected") && said.contains("found"),
                 qPrintable(said));
    }

    void saysWhichLineOfADamagedFileIsWrong()
    {
        const QTemporaryDir folder;
        const auto set
            = read(written(folder, "bad.csv", "film,truth,p_a,p_b\nx,a,0.5,0.5\ny,b,0.5,nonsense\n"));
        QVERIFY(!set);
        const QString said = QString::fromStdString(set.error().detail);
        QVERIFY2(said.contains("bad.csv") && said.contains("line 3") && said.contains("nonsense"),
                 qPrintable(said));
    }

    void knowsTheFilmOnTheScreenByItsPath()
    {
        const QTemporaryDir folder;
        const QString csv = written(folder, "p.csv", predictions(12, 0.3));
        const auto plain = read(csv);
        QCOMPARE((*plain)->filmAt("/elsewhere/films/f7.png"),
                 7); // nobody knows where it lies: its name will do
        QCOMPARE((*plain)->filmAt("/elsewhere/films/f99.png"), -1);
        const auto joined = read(csv, written(folder, "manifest.csv", manifest(12)));
        QCOMPARE((*joined)->filmAt(folder.filePath("films/f7.png").toStdString()), 7);
        QCOMPARE((*joined)->filmAt("/elsewhere/films/f7.png"), -1);
    }

    void findsFilmsBesideTheirTable()
    {
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkdir("films"));
        for (int i = 0; i < 3; ++i)
            written(folder, QString("films/f%1.png").arg(i), "x");
        const auto set = read(written(folder, "p.csv", predictions(6, 0.3)));
        QCOMPARE((*set)->filesKnown(), 3);
    }
};

QTEST_GUILESS_MAIN(DeskSetTest)
#include "DeskSetTest.moc"
