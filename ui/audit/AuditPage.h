// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// AuditPage: an audit's report to look at: the verdict, the comparisons, classes and sources, duplicates,
// patients. Stands in the audit's window, and wherever else a data set is judged.
//
// Errors:  none.
// Threads: UI thread; the report is shared and never changes.
#pragma once

#include "core/audit/Audit.h"
#include "ui/plots/PlotTheme.h"

#include <QWidget>

#include <memory>

class QTabWidget;
class QTreeWidget;

namespace hilum::ui {

class ComparisonView;

class AuditPage : public QWidget {
    Q_OBJECT

public:
    explicit AuditPage(std::shared_ptr<const AuditReport> report, QWidget *parent = nullptr);

    void setTheme(const PlotTheme &theme);
    QTabWidget &tabs() { return *m_tabs; }
    ComparisonView &comparisons() { return *m_comparisons; }

Q_SIGNALS:
    // Films (paths) to be seen side by side.
    void filmsWanted(const QStringList &paths);
    void saveFailed(const QString &sentence);

private:
    QWidget *verdict();
    // A table above, its button to open the films of a row below.
    QWidget *withOpening(QTreeWidget *table, const QString &sentence);
    void openRow(const QTreeWidget &table);

    std::shared_ptr<const AuditReport> m_report;
    QTabWidget *m_tabs;
    ComparisonView *m_comparisons;
};

} // namespace hilum::ui
