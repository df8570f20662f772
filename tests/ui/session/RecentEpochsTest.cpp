// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/RecentEpochs.h"

#include <QTest>

using namespace hilum::ui;

class RecentEpochsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatThereIsRoomFor()
    {
        RecentEpochs epochs;
        for (int epoch = 0; epoch < 64; ++epoch)
            QVERIFY(epochs.use(std::to_string(epoch), 1 << 20).empty());
        QCOMPARE(epochs.use("64", 1 << 20), (std::vector<std::string>{"0"}));
        QCOMPARE(epochs.use("65", 3 << 20), (std::vector<std::string>{"1", "2", "3"}));
    }

    void whatWasUsedLastStays()
    {
        // Two of them are compared while a third is loaded: neither may go.
        RecentEpochs epochs;
        for (const char *key : {"a", "b", "c"})
            QVERIFY(epochs.use(key, RecentEpochs::mostBytes).empty());
        QVERIFY(epochs.use("a", RecentEpochs::mostBytes).empty());
        QCOMPARE(epochs.use("d", RecentEpochs::mostBytes), (std::vector<std::string>{"b"}));
        QCOMPARE(epochs.use("b", RecentEpochs::mostBytes), (std::vector<std::string>{"c"}));
    }
};

QTEST_GUILESS_MAIN(RecentEpochsTest)
#include "RecentEpochsTest.moc"
