// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// NumbersPage: every number of the networks on the desk with its 95 % interval and how that was made; with
// two networks what sets them apart, too. To be copied and saved as CSV.
//
// Errors:  a file that can't be written is said in saveFailed.
// Threads: UI thread.
#pragma once

#include "ui/desk/DeskSession.h"

#include <QWidget>

class QLabel;
class QTreeWidget;

namespace hilum::ui {

struct NumberRow {
    QString group;
    QString name;
    QString meaning;
    struct Side {
        double value = 0; // NaN: there is none
        Interval interval;
        QString method; // empty: no interval
    };
    std::vector<Side> sides;
    bool isCount = false; // whole, without an interval
};

[[nodiscard]] std::vector<NumberRow> numbersOf(const DeskJudgement &judgement);
[[nodiscard]] QString numbersCsv(const DeskJudgement &judgement);

class NumbersPage : public QWidget {
    Q_OBJECT

public:
    NumbersPage(DeskSession &session, QWidget *parent);

    QTreeWidget &table() { return *m_table; }

Q_SIGNALS:
    void saveFailed(const QString &sentence);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void refresh();
    void askAndSave();

    DeskSession &m_session;
    QLabel *m_line;
    QTreeWidget *m_table;
    bool m_isStale = true;
};

} // namespace hilum::ui
