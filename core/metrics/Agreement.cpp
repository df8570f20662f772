// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/Agreement.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace hilum {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double z95 = 1.959963984540054;
constexpr int exactBelow = 25;

double logChoose(int n, int k) { return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1); }

// Cells, rows and columns as shares of all films.
struct Shares {
    explicit Shares(const ConfusionMatrix &confusion)
        : matrix(confusion)
        , total(confusion.total())
    {
    }
    double cell(int row, int column) const { return matrix.count(row, column) / total; }
    double row(int index) const { return matrix.rowTotal(index) / total; }
    double column(int index) const { return matrix.columnTotal(index) / total; }

    const ConfusionMatrix &matrix;
    double total;
};

} // namespace

McNemar mcNemar(int onlyFirst, int onlySecond)
{
    assert(onlyFirst >= 0 && onlySecond >= 0);
    McNemar result{onlyFirst, onlySecond, true, 1};
    const int discordant = onlyFirst + onlySecond;
    result.isExact = discordant < exactBelow;
    if (discordant == 0)
        return result;
    if (result.isExact) {
        double tail = 0;
        for (int k = 0; k <= std::min(onlyFirst, onlySecond); ++k)
            tail += std::exp(logChoose(discordant, k) - discordant * std::log(2.0));
        result.p = std::min(1.0, 2 * tail);
        return result;
    }
    const double apart = std::max(0, std::abs(onlyFirst - onlySecond) - 1);
    const double chiSquared = apart * apart / discordant;
    result.p = std::erfc(std::sqrt(chiSquared / 2)); // one degree of freedom
    return result;
}

Kappa cohensKappa(const ConfusionMatrix &matrix)
{
    const Shares shares(matrix);
    double observed = 0;
    double expected = 0;
    for (int i = 0; i < matrix.classes(); ++i) {
        observed += shares.cell(i, i);
        expected += shares.row(i) * shares.column(i);
    }
    const double room = 1 - expected;
    if (!(room > 1e-12))
        return {nothing, nothing, {nothing, nothing}};
    Kappa kappa;
    kappa.value = (observed - expected) / room;
    double diagonal = 0;
    double others = 0;
    for (int i = 0; i < matrix.classes(); ++i) {
        for (int j = 0; j < matrix.classes(); ++j) {
            const double margins = shares.column(i) + shares.row(j);
            if (i == j)
                diagonal += shares.cell(i, i) * std::pow(1 - margins * (1 - kappa.value), 2);
            else
                others += shares.cell(i, j) * margins * margins;
        }
    }
    const double variance = (diagonal + std::pow(1 - kappa.value, 2) * others
                             - std::pow(kappa.value - expected * (1 - kappa.value), 2))
        / (room * room * shares.total);
    kappa.standardError = std::sqrt(std::max(0.0, variance));
    kappa.interval = {std::max(-1.0, kappa.value - z95 * kappa.standardError),
                      std::min(1.0, kappa.value + z95 * kappa.standardError)};
    return kappa;
}

double matthews(const ConfusionMatrix &matrix)
{
    const double total = matrix.total();
    double right = 0;
    double products = 0;
    double truths = 0;
    double calls = 0;
    for (int i = 0; i < matrix.classes(); ++i) {
        const double row = matrix.rowTotal(i);
        const double column = matrix.columnTotal(i);
        right += matrix.count(i, i);
        products += row * column;
        truths += row * row;
        calls += column * column;
    }
    const double scale = std::sqrt(total * total - truths) * std::sqrt(total * total - calls);
    return scale > 0 ? (right * total - products) / scale : nothing;
}

} // namespace hilum
