// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SharedFilms: where the films lie that tests may read and the repository may not hold.
#pragma once

#include "core/report/Csv.h"

#include <QDir>
#include <QString>

#include <filesystem>

namespace hilum {

// The folder named by the environment, else ../shared/<name> beside the repository; empty when absent.
inline std::filesystem::path sharedFolder(const char *variable, const char *name)
{
    const QString fallback
        = QStringLiteral(HILUM_SOURCE_DIR) + QStringLiteral("/../shared/") + QString::fromUtf8(name);
    const QString folder = qEnvironmentVariable(variable, fallback);
    return QDir(folder).exists(QStringLiteral("manifest.csv")) ? std::filesystem::path(folder.toStdString())
                                                               : std::filesystem::path();
}

// A row of a manifest by column name.
class ManifestRow {
public:
    ManifestRow(const CsvTable &table, std::size_t row)
        : m_table(table)
        , m_row(table.rows[row])
    {
    }
    const std::string &operator[](std::string_view column) const
    {
        return m_row[static_cast<std::size_t>(m_table.column(column))];
    }
    double number(std::string_view column) const { return std::strtod((*this)[column].c_str(), nullptr); }

private:
    const CsvTable &m_table;
    const std::vector<std::string> &m_row;
};

} // namespace hilum
