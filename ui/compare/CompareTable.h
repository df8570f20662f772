// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// CompareTable: the films of a comparison as rows that a view can show and sort, without a copy of any.
//
// Shape:   a row for each film that passes the session's filter; filmOf and rowOf tell rows and films apart.
// Errors:  none.
// Threads: UI thread. Sorting 100,000 films by name takes about a tenth of a second.
#pragma once

#include <QAbstractTableModel>

#include <functional>
#include <vector>

namespace hilum::ui {

class CompareSession;

class CompareTable : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        FilmColumn,
        Disagreement,
        TruthColumn,
        FirstCall,
        SecondCall,
        FirstP,
        SecondP,
        SourceColumn,
        columns
    };

    // `shown`: a film's name as it may be shown.
    CompareTable(CompareSession &session, std::function<QString(const QString &)> shown,
                 QObject *parent = nullptr);

    void namesChanged(); // another name may be shown

    int filmOf(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    int rowOf(int film) const; // -1: filtered away

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    void refill();
    void sortRows();
    QString textAt(int film, int column) const;
    QString callText(int film, int call) const;
    void currentMoved();

    CompareSession &m_session;
    std::function<QString(const QString &)> m_shown;
    std::vector<int> m_rows; // films
    std::vector<int> m_rowOf; // by film
    int m_column = Disagreement;
    Qt::SortOrder m_order = Qt::DescendingOrder;
    int m_current = -1;
};

} // namespace hilum::ui
