// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/bridge/ErrorText.h"

#include <QTest>

using namespace hilum;
using namespace hilum::ui;

class ErrorTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCodeHasItsOwnWords()
    {
        QStringList sentences;
        for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code) {
            const ErrorWords words
                = errorWords({static_cast<ErrorCode>(code), "expected 4, found 3"}, "chest.dcm");
            QVERIFY2(words.what.contains("chest.dcm"), qPrintable(words.what));
            QVERIFY(words.what.endsWith('.'));
            QVERIFY(words.tryThis.endsWith('.'));
            QVERIFY(!words.what.contains('!') && !words.tryThis.contains('!'));
            QVERIFY(!words.what.contains("%1") && !words.tryThis.contains("%1"));
            QCOMPARE(words.detail, QString("expected 4, found 3"));
            QVERIFY(!errorBadge(static_cast<ErrorCode>(code)).isEmpty());
            QVERIFY2(!sentences.contains(words.what), qPrintable(words.what));
            sentences << words.what;
        }
    }

    void withoutASubjectTheSentenceIsStillWhole()
    {
        for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code) {
            const ErrorWords words = errorWords({static_cast<ErrorCode>(code), {}});
            QVERIFY(words.what.size() > 12);
            QVERIFY(!words.what.contains("  "));
            QVERIFY(words.what.front().isUpper());
        }
    }
};

QTEST_GUILESS_MAIN(ErrorTextTest)
#include "ErrorTextTest.moc"
