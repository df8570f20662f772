// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// StepView: the picture of one step, with a mark where another one is pointed at.
//
// Pixels that are larger than the screen's stay squares: they are what the network got.
//
// Units:   points in the step's own pixels.
// Errors:  none.
#pragma once

#include <QImage>
#include <QWidget>

#include <optional>

namespace hilum::ui {

class StepView : public QWidget {
    Q_OBJECT

public:
    explicit StepView(QWidget *parent = nullptr);

    void setStep(const QImage &picture, QSize stepSize, double pixelAspect);
    void setMark(std::optional<QPointF> point);

    QSize sizeHint() const override { return {96, 96}; }

Q_SIGNALS:
    void pointed(QPointF stepPoint);
    void left(); // or pointed beside the picture
    void menuRequested(QPoint globalPoint);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    QRectF place() const; // of the picture, logical pixels

    QImage m_picture;
    QSize m_step;
    double m_aspect = 1;
    std::optional<QPointF> m_mark;
};

} // namespace hilum::ui
