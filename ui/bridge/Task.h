// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// runTask: do `work` on `pool`, then hand its value to `done` on the owner's thread.
//
// If `owner` dies first, `done` is never called and the work's result is dropped.
// We do not use QFuture::then(context, ...): in Qt 6.4 it asserts, and invokes on a null
// object, when the context is deleted before the future finishes.
//
// Threads: call it from the owner's thread. `work` must not throw and must touch no QObject.
// Errors:  none of its own; the value is whatever `work` returns, usually a Result.
#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <memory>
#include <optional>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace hilum::ui {

template <class Work, class Done>
std::stop_source runTask(QThreadPool &pool, QObject *owner, Work work, Done done)
{
    using Value = std::invoke_result_t<Work, std::stop_token>;
    // Boxed: QFuture keeps a default-made value around, which a Result's type need not have.
    std::stop_source stop;
    auto *watcher = new QFutureWatcher<void>(owner);
    auto box = std::make_shared<std::optional<Value>>();
    QObject::connect(watcher, &QFutureWatcherBase::finished, owner,
                     [watcher, stop, box, done = std::move(done)]() mutable {
                         watcher->deleteLater();
                         // A pool that was cleared finishes tasks that never ran.
                         if (!stop.stop_requested() && box->has_value())
                             done(std::move(**box));
                     });
    watcher->setFuture(
        QtConcurrent::run(&pool, [token = stop.get_token(), box, work = std::move(work)]() mutable {
            box->emplace(work(token));
        }));
    return stop;
}

} // namespace hilum::ui
