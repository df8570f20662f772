// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmView: shows one film and what lies over it, and reports what the user's hand did.
//
// Left drag: the current tool (window by default: right widens, down raises the centre). Middle drag, right
// drag and wheel do what the MouseHabits say, as delivered pan, zoom and zoom at the cursor; a right click
// asks for a menu; arrows pan. Shift is finer, Ctrl coarser. It paints only the part in view, at device
// pixels, and never decodes, predicts or saves. Colour films have no window.
//
// Units:   windows in modality values; film points in film pixels.
// Errors:  none.
#pragma once

#include "core/explain/ActivationMap.h"
#include "ui/bridge/DisplayFilm.h"
#include "ui/session/MapLook.h"
#include "ui/viewer/FilmPicture.h"
#include "ui/viewer/MouseHabits.h"
#include "ui/viewer/ViewLayer.h"
#include "ui/viewer/ViewTransform.h"

#include <QImage>
#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

namespace hilum::ui {

class FilmView : public QWidget {
    Q_OBJECT

public:
    explicit FilmView(QWidget *parent = nullptr);

    void setFilm(DisplayFilmPtr film, const Voi &voi, int id = 0); // fits it; `id` is the session's
    int filmId() const { return m_filmId; }
    void showFrame(DisplayFilmPtr frame); // another frame of the same film; the view stays
    void setVoi(const Voi &voi);
    void setInverted(bool inverted);
    // nothing: no overlay
    void setOverlay(std::optional<ActivationMap> map, double opacity, const MapLook &look = {});
    void setTool(HandTool tool); // of the left button
    void setMouse(const MouseHabits &mouse);
    void setFileOverlays(bool shown); // 60xx of the film; shown from the start
    bool hasFileOverlays() const { return m_picture.hasFileOverlays(); }
    void setCornerTexts(bool shown);
    void setTextScale(double scale); // of the corner texts
    void setCaption(const QString &caption); // in the top left corner; empty: none
    const QString &notice() const { return m_notice; }
    void setNotice(const QString &notice); // in the top right corner; empty: none
    void setGuestCursor(std::optional<QPointF> filmPoint); // where a linked view is pointed at

    // Layers stay the caller's and must outlive the view or be taken off it.
    void addLayer(ViewLayer *layer);
    void removeLayer(ViewLayer *layer);

    const DisplayFilmPtr &film() const { return m_picture.film(); }
    const Voi &voi() const { return m_picture.voi(); }
    bool isInverted() const { return m_picture.isInverted(); }
    const ViewTransform &transform() const { return m_transform; }
    void setTransform(const ViewTransform &transform); // of this film; the size of the view stays its own
    void follow(const ViewTransform &other); // a linked view moved

    void fit();
    void resetView(); // fitted, unturned, not mirrored
    void oneToOne();
    void zoomBy(double factor); // at the cursor when it is over the film, else at the middle
    void turn(int quarters);
    void mirror();
    void flip();

    void pointAtCursor(); // as if the cursor had moved where it is

    QImage picture(); // what the view shows, at device pixels, without focus frame

Q_SIGNALS:
    void windowDragged(hilum::Window window);
    void pointed(QPoint filmPixel); // (-1, -1) when the cursor is off the film
    void viewChanged();
    void movedByHand(); // pan or zoom by drag, wheel, key or action: linked views follow
    void touched(); // pressed or focused
    void menuRequested(QPoint globalPoint); // right click, or the menu key
    void framesTurned(int steps); // by the wheel
    void filmsTurned(int steps);
    void gestureBegan(); // around each drag, burst of the wheel, key and action that changes view or window
    void gestureEnded();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    QPointF toDevice(QPointF logical) const { return logical * devicePixelRatioF(); }
    void viewMoved(); // the transform changed: sample anew
    template <class Change>
    void changeByHand(Change change) // of the transform, in one gesture
    {
        const bool alone = !m_inGesture;
        if (alone)
            beginGesture();
        change();
        viewMoved();
        Q_EMIT movedByHand();
        if (alone)
            endGesture();
    }
    void beginGesture();
    void endGesture();
    void drawGuestCursor(QPainter &painter) const;
    QRect guestCursorArea() const; // logical pixels
    void drawScene(QPainter &painter);
    void drawOverlay(QPainter &painter) const;
    void drawCorners(QPainter &painter) const;
    void dragWindow(QPointF delta, Qt::KeyboardModifiers modifiers);
    HandTool toolOf(Qt::MouseButton button) const;
    int wholeSteps(double steps); // of the wheel; the rest is kept for the next
    void updateCursorShape(const ViewTouch *over = nullptr);
    ViewTouch touch(const QMouseEvent &event, bool isDouble = false) const;
    bool turnLayers(const QWheelEvent &event, double steps);
    void pointAt(const ViewTouch &where);
    bool pressLayers(const QMouseEvent &event, bool isDouble = false);

    FilmPicture m_picture;
    int m_filmId = 0;
    ViewTransform m_transform;

    std::optional<ActivationMap> m_overlay;
    QImage m_heat;
    double m_opacity = 0.6;

    HandTool m_tool = HandTool::Window;
    MouseHabits m_mouse;
    Qt::MouseButton m_dragging = Qt::NoButton;
    QPointF m_dragFrom; // logical pixels
    bool m_dragged = false; // further than a click trembles
    double m_wheelRest = 0; // steps of the wheel not yet turned into a frame or film
    QPointF m_dragAnchor; // where a zoom drag began
    std::vector<ViewLayer *> m_layers; // bottom to top
    ViewLayer *m_grabbing = nullptr; // has the drag
    bool m_inGesture = false;
    QTimer m_wheelPause; // ends a burst of the wheel
    std::optional<QPointF> m_guestCursor; // film point
    QString m_caption;
    QString m_notice;
    bool m_keyboardFocus = false;
    bool m_cornerTexts = true;
    double m_textScale = 1;
};

} // namespace hilum::ui
