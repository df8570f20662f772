// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ComparisonView: the comparisons of an audit on the left, the one chosen on the right: its verdict in words,
// the baselines without anatomy against a guess, and what tells its classes apart by itself.
//
// Errors:  none.
// Threads: UI thread.
#pragma once

#include "core/audit/Audit.h"
#include "ui/plots/PlotTheme.h"

#include <QWidget>

#include <memory>

class QLabel;
class QTreeWidget;

namespace hilum::ui {

class BaselinePlot;
class DistributionPlot;

class ComparisonView : public QWidget {
    Q_OBJECT

public:
    explicit ComparisonView(std::shared_ptr<const AuditReport> report, QWidget *parent = nullptr);

    void setTheme(const PlotTheme &theme);
    void select(int comparison); // of the report
    BaselinePlot &baselines() { return *m_baselines; }
    QString sentence() const;

Q_SIGNALS:
    void saveFailed(const QString &sentence);

private:
    void fillList();
    void show(int comparison);

    std::shared_ptr<const AuditReport> m_report;
    QTreeWidget *m_list;
    QLabel *m_sentence;
    QLabel *m_counts;
    QLabel *m_recalls;
    BaselinePlot *m_baselines;
    DistributionPlot *m_properties;
};

} // namespace hilum::ui
