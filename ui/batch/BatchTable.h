// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// BatchTable: the results of a batch as rows that a view can show, filter and sort while they come.
//
// Shape:   a row for each film that passes the filter; filmOf tells which of the batch it is. Columns: film,
//          state, truth, then call and its probability for each network, source.
// Errors:  none.
// Threads: UI thread. Some 130 bytes a film and its name; sorting and filtering move indices alone.
#pragma once

#include "core/batch/Journal.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <functional>
#include <optional>

namespace hilum::ui {

struct BatchFilter {
    enum class Kind { All, Failed, Refused, Disagree, Wrong };
    QString text; // in the film's name, in any case
    Kind kind = Kind::All;

    bool operator==(const BatchFilter &) const = default;
};

class BatchTable : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { FilmColumn, StateColumn, TruthColumn, firstOfNetworks };

    // `shown`: a film's name as it may be shown.
    explicit BatchTable(std::function<QString(const QString &)> shown, QObject *parent = nullptr);

    void setPlan(const std::optional<BatchPlan> &plan); // another batch: nothing is there yet
    void add(const std::vector<BatchRow> &rows);
    const BatchFilter &filter() const { return m_filter; }
    void setFilter(const BatchFilter &filter);
    void namesChanged(); // another name may be shown

    int films() const { return static_cast<int>(m_rows.size()); }
    bool hasTruths() const { return m_hasTruths; }
    const std::string &nameOf(int row) const { return m_rows[at(row)].name; }
    int rowOf(const std::string &name) const; // -1: filtered away, or none

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    struct Call {
        int label = -1; // of its network's classes
        float probability = 0;
    };
    struct Row {
        std::uint32_t film = 0; // place in the batch
        std::uint16_t truth = 0; // of m_words
        std::uint16_t source = 0;
        bool isFailed = false;
        bool isRefused = false;
        std::string name;
        std::string problem; // error or refusal
        std::vector<Call> calls; // empty: not read
    };

    std::size_t at(int row) const { return m_order[static_cast<std::size_t>(row)]; }
    std::uint16_t wordOf(const std::string &text);
    const std::string &callOf(const Row &row, std::size_t network) const;
    bool passes(const Row &row) const;
    void refill();
    void sortRows();
    template <class Key>
    void sortBy(const Key &key);
    static std::vector<int> ranksOf(const std::vector<std::string> &words);
    QString textAt(const Row &row, int column) const;

    std::function<QString(const QString &)> m_shown;
    std::optional<BatchPlan> m_plan;
    std::vector<Row> m_rows; // in the order in which they came
    std::vector<std::string> m_words{std::string()}; // truths and sources
    std::vector<std::uint32_t> m_order; // rows that pass
    BatchFilter m_filter;
    std::string m_sought; // the filter's text, lower case
    int m_column = -1; // none: as they came
    Qt::SortOrder m_direction = Qt::AscendingOrder;
    bool m_hasTruths = false;
    QTimer m_sorting; // of rows that came
};

} // namespace hilum::ui
