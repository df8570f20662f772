// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ConfusionMatrix: how often truth t was called p.
//
// Shape:   classes x classes counts, truth on the rows, prediction on the columns.
// Errors:  none; an index outside is a bug.
// Threads: values.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace hilum {

class ConfusionMatrix {
public:
    explicit ConfusionMatrix(int classes);

    int classes() const { return m_classes; }
    void add(int truth, int predicted, int count = 1);
    int count(int truth, int predicted) const;
    int rowTotal(int truth) const;
    int columnTotal(int predicted) const;
    int total() const;
    // Share of a row, 0 to 1; 0 for an empty row.
    double rowShare(int truth, int predicted) const;
    double columnShare(int truth, int predicted) const; // of a column; 0 for an empty one
    double totalShare(int truth, int predicted) const; // of all films; 0 for none
    // 0 to 1; NaN when empty.
    double accuracy() const;
    // Mean of the per-class sensitivities over the classes that have films; NaN when empty.
    double balancedAccuracy() const;

private:
    std::size_t index(int truth, int predicted) const;

    int m_classes;
    std::vector<int> m_counts;
};

struct Interval {
    double low = 0;
    double high = 1;
};

// 95 % interval of a proportion; 0 to 1 for no trial.
// Source: Wilson 1927; Brown, Cai, DasGupta 2001.
[[nodiscard]] Interval wilsonInterval(int successes, int trials);
// The same for a share, 0 to 1, of films that need not be whole: "what if we had N".
[[nodiscard]] Interval wilsonOfShare(double share, double trials);

// Area under the ROC curve of scores for positives v the rest, ties count half; NaN when either side is
// empty. O(n log n).
[[nodiscard]] double auc(std::span<const double> scores, std::span<const std::uint8_t> positive);

} // namespace hilum
