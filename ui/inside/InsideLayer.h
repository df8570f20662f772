// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// InsideLayer: the chosen channel over the film itself, and the receptive field of the chosen cell.
//
// Errors:  none; nothing is drawn while nobody looks inside, or over another film.
#pragma once

#include "ui/viewer/ViewLayer.h"

#include <QImage>
#include <QRectF>
#include <QString>

namespace hilum::ui {

class InsideSession;

class InsideLayer : public ViewLayer {
public:
    explicit InsideLayer(InsideSession &session);

    void refresh(); // what the session has may be another
    void paint(FilmView &view, QPainter &painter) override;

private:
    InsideSession &m_session;
    QImage m_heat;
    QRectF m_square;
    QString m_label; // or the colours could pass for a map of evidence
};

} // namespace hilum::ui
