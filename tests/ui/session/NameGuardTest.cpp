// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/NameGuard.h"

#include <QSignalSpy>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;

class NameGuardTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatNamesSomeoneIsHidden_data()
    {
        QTest::addColumn<QString>("tag");
        QTest::addColumn<QString>("vr");
        QTest::addColumn<bool>("hidden");
        QTest::newRow("patient's name") << "0010,0010"
                                        << "PN" << true;
        QTest::newRow("patient's number") << "0010,0020"
                                          << "LO" << true;
        QTest::newRow("birth date") << "0010,0030"
                                    << "DA" << true;
        QTest::newRow("other numbers") << "0010,1000"
                                       << "LO" << true;
        QTest::newRow("address") << "0010,1040"
                                 << "LO" << true;
        QTest::newRow("sex") << "0010,0040"
                             << "CS" << false;
        QTest::newRow("age") << "0010,1010"
                             << "AS" << false;
        QTest::newRow("referring physician") << "0008,0090"
                                             << "PN" << true;
        QTest::newRow("a person anywhere") << "0070,0084"
                                           << "PN" << true;
        QTest::newRow("accession number") << "0008,0050"
                                          << "SH" << true;
        QTest::newRow("institution") << "0008,0080"
                                     << "LO" << true;
        QTest::newRow("upper-case digits") << "0040,A123"
                                           << "PN" << true;
        QTest::newRow("private") << "0029,1008"
                                 << "LO" << true;
        QTest::newRow("modality") << "0008,0060"
                                  << "CS" << false;
        QTest::newRow("study date") << "0008,0020"
                                    << "DA" << false;
        QTest::newRow("a sequence's count") << "0010,1002"
                                            << "SQ" << false;
    }

    void whatNamesSomeoneIsHidden()
    {
        QFETCH(QString, tag);
        QFETCH(QString, vr);
        FilmTag row{tag.toStdString(), vr.toStdString(), {}, "12 x", 0};
        NameGuard names;
        QCOMPARE(names.shown(row), QString("12 x"));
        names.setHiding(true);
        QTEST(names.shown(row) == "hidden", "hidden");
    }

    void namesAreFoundInFileNames()
    {
        NameGuard names;
        names.learn(NameGuard::identifiersOf({{"0010,0010", "PN", {}, "Doe^Jane^M", 0},
                                              {"0010,0020", "LO", {}, "P-4711", 0},
                                              {"0010,0020", "LO", {}, "7", 1}}));
        const QString file = "doe_jane_p-4711_2.dcm";
        QVERIFY(names.namesSomeone(file));
        QCOMPARE(names.shown(file), file);
        names.setHiding(true);
        QVERIFY(!names.shown(file).contains("doe", Qt::CaseInsensitive));
        QVERIFY(!names.shown(file).contains("4711"));
        QVERIFY(names.shown(file).endsWith("_2.dcm")); // one letter or digit names nobody
        QCOMPARE(names.shown(QString("chest.dcm")), QString("chest.dcm"));
    }

    void aNameLearntWhileHidingIsHiddenAtOnce()
    {
        NameGuard names;
        names.setHiding(true);
        QSignalSpy changed(&names, &NameGuard::changed);
        names.learn({"Roe"});
        QCOMPARE(changed.count(), 1);
        names.learn({"roe"});
        QCOMPARE(changed.count(), 1);
        QVERIFY(!names.shown(QString("ROE.png")).contains("ROE"));
    }

    void everyFormOfANameIsTakenApart()
    {
        QCOMPARE(NameGuard::namesIn("Yamada^Tarou=山田^太郎様"), (QStringList{"Yamada", "Tarou", "太郎様"}));
    }
};

QTEST_MAIN(NameGuardTest)
#include "NameGuardTest.moc"
