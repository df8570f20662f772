// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ColourBar: the colours of the map with their numbers.
//
// Units:   0 to 1, relative to the strongest cell of the map; -1 to 1 for both signs.
// Errors:  none.
#pragma once

#include "core/explain/ActivationMap.h"

#include <QWidget>

namespace hilum::ui {

class ColourBar : public QWidget {
    Q_OBJECT

public:
    explicit ColourBar(QWidget *parent = nullptr);

    void setSign(MapSign sign);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    MapSign m_sign = MapSign::Positive;
};

} // namespace hilum::ui
