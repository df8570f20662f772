// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/film/Identifiers.h"

#include <QTest>

using namespace hilum;

class IdentifiersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesAreHiddenInLettersOfAnyCase_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << "DOE^Jane"
                               << "doe_JANE_2.dcm"
                               << "..._..._2.dcm";
        QTest::newRow("German") << QString::fromUtf8("MÜLLER^Jörg") << QString::fromUtf8("Müller-JÖRG.dcm")
                                << "...-....dcm";
        QTest::newRow("Czech") << QString::fromUtf8("Dvořák^Žofie") << QString::fromUtf8("DVOŘÁK žofie.png")
                               << "... ....png";
        QTest::newRow("Polish") << QString::fromUtf8("WAŁĘSA") << QString::fromUtf8("wałęsa.png")
                                << "....png";
        QTest::newRow("Greek") << QString::fromUtf8("ΝΙΚΟΣ^ΜΑΡΙΑ") << QString::fromUtf8("μαρια.dcm")
                               << "....dcm";
        QTest::newRow("Russian") << QString::fromUtf8("ИВАНОВ^Ёлка") << QString::fromUtf8("Иванов ёлка")
                                 << "... ...";
        QTest::newRow("again and again") << "Roe"
                                         << "roe/ROE/roe.png"
                                         << ".../.../....png";
        QTest::newRow("another's") << QString::fromUtf8("Müller") << "Muller.png"
                                   << "Muller.png";
    }

    void namesAreHiddenInLettersOfAnyCase()
    {
        QFETCH(QString, name);
        QFETCH(QString, file);
        QFETCH(QString, shown);
        const auto identifiers = identifiersOf({{"0010,0010", "PN", {}, name.toStdString(), 0}});
        QCOMPARE(QString::fromStdString(withoutIdentifiers(file.toStdString(), identifiers)), shown);
    }

    void bytesThatAreNoTextStayAsTheyAre()
    {
        const std::string broken = "\xc3"
                                   "doe\xff\xc3";
        QCOMPARE(withoutIdentifiers(broken, {"Doe"}), std::string("\xc3...\xff\xc3"));
        QCOMPARE(withoutIdentifiers(broken, {}), broken);
    }
};

QTEST_GUILESS_MAIN(IdentifiersTest)
#include "IdentifiersTest.moc"
