// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// AuditTables: the lists of an audit's page: classes and sources, duplicates, patients, unreadable films.
//
// Shape:   a row of duplicates or patients carries its films' places in the report (filmsRole).
// Errors:  none.
// Threads: UI thread.
#pragma once

#include "core/audit/Audit.h"

#include <QTreeWidget>

namespace hilum::ui {

inline constexpr int filmsRole = Qt::UserRole + 1; // QList<int>

[[nodiscard]] QTreeWidget *cellsTable(const AuditReport &report, QWidget *parent);
[[nodiscard]] QTreeWidget *duplicatesTable(const AuditReport &report, QWidget *parent);
[[nodiscard]] QTreeWidget *patientsTable(const AuditReport &report, QWidget *parent);
[[nodiscard]] QTreeWidget *unreadableTable(const AuditReport &report, QWidget *parent);

[[nodiscard]] QString propertyTitle(AuditProperty property);
[[nodiscard]] QString baselineTitleText(BaselineKind kind);
[[nodiscard]] QString confoundingText(Confounding verdict);
[[nodiscard]] QString comparisonText(const AuditComparison &comparison);

} // namespace hilum::ui
