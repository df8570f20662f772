// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ColourBar: the colours of the map with their numbers.
//
// Units:   0 to 1, relative to the strongest cell of the map.
// Errors:  none.
#pragma once

#include <QWidget>

namespace hilum::ui {

class ColourBar : public QWidget {
    Q_OBJECT

public:
    explicit ColourBar(QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace hilum::ui
