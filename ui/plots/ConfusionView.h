// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ConfusionView: a confusion matrix to point at: truth on the rows, the network's call on the
// columns, each cell with its count and its share of the row. Or the calls of two networks on the same films.
//
// Shape:   as ConfusionMatrix; classes in the card's order.
// Units:   shares in per cent; intervals are 95 % Wilson intervals.
// Errors:  none; a matrix without films says so.
// Threads: UI thread only.
#pragma once

#include "core/metrics/ConfusionMatrix.h"
#include "ui/plots/PlotSurface.h"

#include <optional>
#include <string>
#include <vector>

namespace hilum::ui {

class ConfusionView : public PlotSurface {
    Q_OBJECT

public:
    explicit ConfusionView(QWidget *parent = nullptr);

    // With a provenance every row that is saved is stamped.
    void setMatrix(const QString &title, std::vector<std::string> classes, ConfusionMatrix matrix,
                   const QString &provenance = {});

    // Of two networks' calls: the first on the rows, the second on the columns. `provenance` stands in every
    // row that is saved.
    void setCalls(const QString &title, std::vector<std::string> classes, ConfusionMatrix matrix,
                  const QString &first, const QString &second, const QString &provenance);

    // Of two networks on the same films: what the second calls more often than the first, cell by cell, on a
    // scale that is the same either way.
    void setDifference(const QString &title, std::vector<std::string> classes, ConfusionMatrix first,
                       ConfusionMatrix second, const QString &firstName, const QString &secondName,
                       const QString &provenance);

    void setNothing(const QString &words) { m_nothing = words; } // said without films
    enum class Percent { Row, Column, Total };
    void setPercent(Percent percent); // what the share in a cell is of; colours follow
    Percent percent() const { return m_percent; }
    // Where the film on the screen is counted; truth -1: nowhere.
    void setFilm(int truth, int predicted);
    // Where the first network counts it, in a difference: a dotted ring, unless both agree.
    void setFilmBefore(int truth, int predicted);

    QString title() const override { return m_title; }
    QString csv() const override;
    // "24 of 28 COVID-19 films called COVID-19: 85.7 %, 95 % interval 68.5–94.3 %"
    QString sentence(int truth, int predicted) const;
    // "Accuracy 85.4 %, 95 % interval 81.6–88.5 %, n = 412 films"
    QString summary() const;
    // Where a cell is painted, in widget coordinates.
    QRect cellRect(int truth, int predicted) const;

    QSize sizeHint() const override { return {480, 420}; }
    QSize minimumSizeHint() const override { return {240, 220}; }

Q_SIGNALS:
    // A click on a cell, or Enter on the one with the focus.
    void cellActivated(int truth, int predicted);

protected:
    void paintPlot(QPainter &painter, QSize size) override;
    void themeChanged() override { update(); }
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Cell {
        int truth = 0;
        int predicted = 0;

        bool operator==(const Cell &) const = default;
    };
    struct Layout {
        QRect grid;
        QRect columnTitle;
        QRect rowTitle;
        QRect summary;
        int columnLabelHeight = 0;
        int rowLabelWidth = 0;
        bool uprightRows = true; // row labels read from left to right
        bool shortSummary = false;
    };

    Layout layOut(QRect bounds) const;
    QRect cellIn(const Layout &layout, int truth, int predicted) const;
    std::optional<Cell> cellAt(QPoint point) const;
    QString summaryInTwoLines() const;
    int correct() const; // films on the diagonal
    QRect plotBounds() const;
    int headPixels() const;
    void paintMatrix(QPainter &painter, QRect bounds) const;
    void paintLabels(QPainter &painter, const Layout &layout) const;
    void paintCell(QPainter &painter, QRect rect, int truth, int predicted) const;
    void paintFilm(QPainter &painter, QRect rect, int truth, int predicted) const;
    void moveTo(Cell cell);
    int classCount() const { return static_cast<int>(m_classes.size()); }

    bool isOfCalls() const { return !m_first.isEmpty() && !m_subtracted; }
    double shareOf(const ConfusionMatrix &matrix, int truth, int predicted) const;
    int whole(const ConfusionMatrix &matrix, int truth, int predicted) const; // that the share is of
    double difference(int truth, int predicted) const; // of shares, second less first
    double widestDifference() const;
    QString differenceSentence(int truth, int predicted) const;
    QString filmSentence(int truth, int predicted) const; // of the film on the screen
    QString differenceCsv() const;
    QColor groundOf(int truth, int predicted) const;
    QString differenceText(int truth, int predicted) const;

    QString m_title;
    QString m_first; // network; empty: the rows are the truth
    QString m_second;
    QString m_provenance;
    QString m_nothing;
    std::vector<std::string> m_classes;
    ConfusionMatrix m_matrix{0};
    std::optional<ConfusionMatrix> m_subtracted; // the first network's; m_matrix is the second's
    Percent m_percent = Percent::Row;
    Cell m_film{-1, -1};
    Cell m_filmBefore{-1, -1}; // by the network that is subtracted
    Cell m_current;
    std::optional<Cell> m_pressed;
};

} // namespace hilum::ui
