// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FigureBar: a published share on a line from 0 to 100 %, with the interval that its number of films allows.
//
// Errors:  none.
// Threads: UI thread only.
#pragma once

#include "ui/train/StudentProject.h"

#include <QWidget>

namespace hilum::ui {

class FigureBar : public QWidget {
    Q_OBJECT

public:
    explicit FigureBar(PublishedFigure figure, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    // Where the interval is painted, in widget coordinates.
    QRect bandRect() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QRect trackRect() const;

    PublishedFigure m_figure;
};

} // namespace hilum::ui
