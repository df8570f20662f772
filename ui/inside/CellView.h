// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// CellView: one channel's cells over what the network was fed; a click on a cell chooses it, and its
// receptive field is framed.
//
// Units:   cells of the channel; fields in pixels of the network's input.
// Errors:  none.
#pragma once

#include "core/explain/ActivationMap.h"
#include "core/nn/ReceptiveField.h"

#include <QImage>
#include <QWidget>

#include <optional>

namespace hilum::ui {

class CellView : public QWidget {
    Q_OBJECT

public:
    explicit CellView(QWidget *parent = nullptr);

    void setInput(const Plane<float> *input); // none: nothing is shown
    void setCells(const Plane<float> &cells);
    void setChosen(std::optional<QPoint> cell, std::optional<ReceptiveField> field);

    QSize sizeHint() const override { return {320, 320}; }

Q_SIGNALS:
    void cellChosen(QPoint cell);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRectF place() const;
    std::optional<QPoint> cellAt(QPointF point) const;

    QImage m_input;
    QImage m_heat;
    QSize m_cells;
    std::optional<QPoint> m_cell;
    std::optional<ReceptiveField> m_field;
};

} // namespace hilum::ui
