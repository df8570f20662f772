// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SheetView: one film as several networks see it: the film, each network's map, where they differ and where
// all of them looked, by one colour scale, above their probabilities. Zoom, place and cursor are shared.
//
// The wheel zooms at the cursor, dragging pans, a double click shows the whole film. What is copied or saved
// is the sheet as it is on the screen, on one page.
//
// Shape:   pictures in rows of three; two networks give five of them, three give six.
// Units:   maps 0 to 1 of each network's strongest; differences -1 to 1.
// Errors:  a map that is not there says why in its picture.
// Threads: UI thread only.
#pragma once

#include "core/explain/ActivationMap.h"
#include "core/gate/Band.h"
#include "core/nn/Prediction.h"
#include "ui/plots/PlotSurface.h"

#include <QImage>

#include <optional>
#include <vector>

namespace hilum::ui {

struct SheetNetwork {
    QString name;
    Prediction prediction;
    Bands bands; // in the card's order; perhaps none
    std::optional<ActivationMap> map;
    QString noMap; // why there is none
};

struct Sheet {
    QString film; // its name
    QString question; // "Grad-CAM for COVID-19"
    QImage picture; // empty: no film
    QSizeF filmSize; // in film pixels, which need not be square
    std::vector<SheetNetwork> networks;
    QString agreement; // on the call, and on where they looked
};

class SheetView : public PlotSurface {
    Q_OBJECT

public:
    explicit SheetView(QWidget *parent = nullptr);

    void setSheet(Sheet sheet); // the view of the same film stays

    QString title() const override;
    QString csv() const override; // probabilities and bands by network and class

    QSize sizeHint() const override { return {1180, 700}; }
    QSize minimumSizeHint() const override { return {640, 420}; }

protected:
    void paintPlot(QPainter &painter, QSize size) override;
    void themeChanged() override { update(); }
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Panel {
        QString name;
        std::optional<ActivationMap> map; // empty: the bare film
        QImage heat; // over the map's part of the film
        QString words; // where there is no map
    };

    void makePanels();
    std::vector<QRectF> places(QSizeF size) const; // of the pictures
    QRectF shownIn(const QRectF &place) const; // the film's own rectangle, zoomed and panned
    std::optional<QPointF> filmPoint(QPointF at) const; // 0 to 1
    void paintSheet(QPainter &painter, QSize size) const;
    void paintPanel(QPainter &painter, const Panel &panel, const QRectF &place) const;
    void paintCursor(QPainter &painter, const Panel &panel, const QRectF &place) const;
    void paintTable(QPainter &painter, const QRectF &place) const;
    void zoomAt(QPointF at, double factor);
    double paintScale(QPainter &painter, const QRectF &line) const;
    double tableHeight() const;

    Sheet m_sheet;
    std::vector<Panel> m_panels;
    double m_zoom = 1; // of what fits
    QPointF m_centre{0.5, 0.5}; // of the film, 0 to 1
    std::optional<QPointF> m_cursor; // of the film, 0 to 1
    QPointF m_pressed;
};

// One network's map less another's, and the least of several, cell by cell; empty unless all cover the same
// part of the film.
[[nodiscard]] std::optional<ActivationMap> differenceOf(const ActivationMap &first,
                                                        const ActivationMap &second);
[[nodiscard]] std::optional<ActivationMap> commonOf(const std::vector<const ActivationMap *> &maps);
// The most less the least.
[[nodiscard]] std::optional<ActivationMap> rangeOf(const std::vector<const ActivationMap *> &maps);

} // namespace hilum::ui
