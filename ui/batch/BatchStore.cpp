// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/batch/BatchStore.h"

#include "core/batch/JournalTail.h"
#include "ui/bridge/Convert.h"
#include "ui/train/RunStore.h"

#include <QDir>
#include <QFile>

#include <algorithm>

namespace hilum::ui {

namespace {

int linesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    qsizetype lines = 0;
    constexpr qint64 piece = 1 << 20;
    while (!file.atEnd())
        lines += file.read(piece).count('\n');
    return static_cast<int>(lines);
}

} // namespace

std::vector<StoredBatch> BatchStore::batches(int most) const
{
    std::vector<StoredBatch> found;
    if (m_root.isEmpty())
        return found;
    const QDir root(m_root);
    for (const QFileInfo &folder : root.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QFileInfo journal(QDir(folder.filePath()).filePath(QStringLiteral("journal-1-of-1.jsonl")));
        if (journal.exists())
            found.push_back({folder.filePath(), {}, 0, 0, journal.lastModified()});
    }
    std::ranges::sort(found, std::ranges::greater{}, &StoredBatch::touched);
    if (found.size() > static_cast<std::size_t>(most))
        found.resize(static_cast<std::size_t>(most));
    for (StoredBatch &batch : found) {
        const QString journal = QDir(batch.folder).filePath(QStringLiteral("journal-1-of-1.jsonl"));
        JournalTail tail(toPath(journal));
        if (!tail.more(1) || !tail.plan())
            continue;
        batch.films = toText(tail.plan()->films);
        batch.all = static_cast<int>(tail.plan()->filmCount);
        batch.done = std::max(0, linesOf(journal) - 1);
    }
    std::erase_if(found, [](const StoredBatch &batch) { return batch.all == 0; });
    return found;
}

QString BatchStore::freeFolder(const QString &path) const
{
    QString name;
    for (const QChar letter : QFileInfo(QDir::cleanPath(path)).completeBaseName())
        name += letter.isLetterOrNumber() ? letter : QLatin1Char('-');
    if (name.isEmpty())
        name = QStringLiteral("batch");
    const QDir root(m_root);
    QString free = root.filePath(name);
    for (int number = 2; QFileInfo::exists(free); ++number)
        free = root.filePath(QStringLiteral("%1-%2").arg(name).arg(number));
    return free;
}

QString userBatchFolder()
{
    const QString models = userModelFolder();
    return models.isEmpty() ? QString() : QDir::cleanPath(models + QStringLiteral("/../batches"));
}

} // namespace hilum::ui
