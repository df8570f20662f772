// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/bridge/Task.h"
#include "ui/bridge/Lanes.h"

#include <QSemaphore>
#include <QTest>

#include <atomic>
#include <memory>

using namespace hilum::ui;

class TaskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDeadOwnerIsNeverCalled()
    {
        QThreadPool pool;
        QSemaphore go;
        bool called = false;
        auto owner = std::make_unique<QObject>();
        runTask(
            pool, owner.get(),
            [&go](std::stop_token) {
                go.acquire();
                return 1;
            },
            [&called](int) { called = true; });
        owner.reset();
        go.release();
        pool.waitForDone();
        QTest::qWait(20);
        QVERIFY(!called);
    }

    void aLivingOwnerGetsTheValueOnItsOwnThread()
    {
        QThreadPool pool;
        QObject owner;
        int got = 0;
        QThread *where = nullptr;
        runTask(
            pool, &owner, [](std::stop_token) { return 7; },
            [&](int value) {
                got = value;
                where = QThread::currentThread();
            });
        QTRY_COMPARE(got, 7);
        QCOMPARE(where, owner.thread());
    }

    void aStoppedTaskIsNotDelivered()
    {
        QThreadPool pool;
        QObject owner;
        QSemaphore go;
        bool sawStop = false;
        bool called = false;
        std::stop_source stop = runTask(
            pool, &owner,
            [&](std::stop_token token) {
                go.acquire();
                sawStop = token.stop_requested();
                return 1;
            },
            [&called](int) { called = true; });
        stop.request_stop();
        go.release();
        pool.waitForDone();
        QTest::qWait(20);
        QVERIFY(sawStop);
        QVERIFY(!called);
    }

    void aValueWithoutADefaultIsCarried()
    {
        struct NoDefault {
            explicit NoDefault(int number)
                : n(number)
            {
            }
            int n;
        };
        QThreadPool pool;
        QObject owner;
        int got = 0;
        runTask(
            pool, &owner, [](std::stop_token) { return NoDefault(5); },
            [&got](NoDefault value) { got = value.n; });
        QTRY_COMPARE(got, 5);
    }

    void lanesWaitForWhatRuns()
    {
        std::atomic_bool finished = false;
        {
            Lanes lanes;
            QSemaphore started;
            QObject owner;
            runTask(
                lanes.inference(), &owner,
                [&](std::stop_token) {
                    started.release();
                    QThread::msleep(30);
                    finished = true;
                    return 0;
                },
                [](int) {});
            started.acquire();
            QCOMPARE(lanes.inference().maxThreadCount(), 1);
            QCOMPARE(lanes.inference().expiryTimeout(), -1);
        }
        QVERIFY(finished);
    }
};

QTEST_GUILESS_MAIN(TaskTest)
#include "TaskTest.moc"
