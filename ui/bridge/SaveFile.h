// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SaveFile: a file is written whole or not at all; what stood there before stays until then.
//
// Errors:  what the system said; empty when the file is written.
// Threads: any.
#pragma once

#include <QByteArray>
#include <QSaveFile>
#include <QString>

namespace hilum::ui {

[[nodiscard]] inline QString saveFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    const bool isWritten
        = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
    return isWritten ? QString() : file.errorString();
}

} // namespace hilum::ui
