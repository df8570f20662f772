// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// BatchStore: where the window's own batches lie: a folder each, beside the user's networks.
//
// Errors:  none; a folder that holds no batch is not listed.
// Threads: UI thread; reads one line of each journal and counts the others.
#pragma once

#include <QDateTime>
#include <QString>

#include <vector>

namespace hilum::ui {

struct StoredBatch {
    QString folder;
    QString films; // as they were named
    int done = 0;
    int all = 0;
    QDateTime touched;
};

class BatchStore {
public:
    explicit BatchStore(QString root)
        : m_root(std::move(root))
    {
    }
    // The latest first, at most `most`.
    std::vector<StoredBatch> batches(int most) const;
    // Named after what is read, and not there yet.
    QString freeFolder(const QString &path) const;

private:
    QString m_root;
};

// Beside the user's model folder; empty where there is no home.
[[nodiscard]] QString userBatchFolder();

} // namespace hilum::ui
