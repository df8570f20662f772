// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The hand of a FilmView: mouse, wheel and keys.

#include "ui/viewer/FilmView.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

constexpr double dragForWholeRange = 600; // logical pixels of drag that change the window by the film's range
constexpr double zoomPerDragPixel = 1.006;
constexpr double zoomPerWheelStep = 1.2;
constexpr double arrowStep = 40;
constexpr int clickTremble = 4; // logical pixels that a click may move

double pace(Qt::KeyboardModifiers modifiers)
{
    if (modifiers & Qt::ControlModifier)
        return 4;
    return modifiers & Qt::ShiftModifier ? 0.25 : 1;
}

} // namespace

ViewTouch FilmView::touch(const QMouseEvent &event, bool isDouble) const
{
    const QPointF screen = toDevice(event.position());
    const Qt::MouseButton button = event.button() != Qt::NoButton ? event.button() : m_dragging;
    return {screen, m_transform.snapped().toFilm(screen), button, event.modifiers(), isDouble};
}

bool FilmView::pressLayers(const QMouseEvent &event, bool isDouble)
{
    if (!film())
        return false;
    const ViewTouch where = touch(event, isDouble);
    for (auto layer = m_layers.rbegin(); layer != m_layers.rend(); ++layer) {
        if ((*layer)->press(*this, where)) {
            m_grabbing = *layer;
            m_dragging = event.button();
            update();
            return true;
        }
    }
    return false;
}

void FilmView::mousePressEvent(QMouseEvent *event)
{
    setFocus(Qt::MouseFocusReason);
    Q_EMIT touched();
    if (pressLayers(*event))
        return;
    beginGesture();
    m_dragging = event->button();
    m_dragFrom = event->position();
    m_dragAnchor = event->position();
    m_dragged = false;
    updateCursorShape();
}

void FilmView::mouseMoveEvent(QMouseEvent *event)
{
    if (!film())
        return;
    pointAt(touch(*event));
    if (m_grabbing)
        return m_grabbing->drag(*this, touch(*event));
    if (event->buttons() == Qt::NoButton) {
        const ViewTouch where = touch(*event);
        for (ViewLayer *layer : m_layers)
            layer->hover(*this, where);
        return updateCursorShape(&where);
    }
    if (!m_dragged && (event->position() - m_dragAnchor).manhattanLength() < clickTremble
        && m_dragging == Qt::RightButton)
        return;
    m_dragged = true;
    const QPointF delta = event->position() - std::exchange(m_dragFrom, event->position());
    switch (toolOf(m_dragging)) {
    case HandTool::Window:
        return dragWindow(delta, event->modifiers());
    case HandTool::Pan:
        return changeByHand([&] { m_transform.panBy(toDevice(delta)); });
    case HandTool::Zoom:
        return changeByHand(
            [&] { m_transform.zoomBy(std::pow(zoomPerDragPixel, -delta.y()), toDevice(m_dragAnchor)); });
    }
}

HandTool FilmView::toolOf(Qt::MouseButton button) const
{
    if (button == Qt::MiddleButton)
        return m_mouse.middle;
    return button == Qt::RightButton ? m_mouse.right : m_tool;
}

void FilmView::pointAt(const ViewTouch &where)
{
    const QPoint pixel(static_cast<int>(std::floor(where.film.x())),
                       static_cast<int>(std::floor(where.film.y())));
    const bool over = QRect(QPoint(0, 0), m_transform.filmSize()).contains(pixel);
    Q_EMIT pointed(over ? pixel : QPoint(-1, -1));
    for (ViewLayer *layer : m_layers)
        layer->pointed(*this, where);
}

void FilmView::pointAtCursor()
{
    const QPointF screen = toDevice(mapFromGlobal(QPointF(QCursor::pos())));
    if (film())
        pointAt({screen, m_transform.snapped().toFilm(screen), Qt::NoButton, Qt::NoModifier, false});
}

void FilmView::dragWindow(QPointF delta, Qt::KeyboardModifiers modifiers)
{
    if (film()->isColour())
        return;
    const double range = std::max(film()->range.high - film()->range.low, 1e-6);
    const double perPixel = range / dragForWholeRange * pace(modifiers);
    Window window = asWindow(voi());
    const double narrowest = window.function == VoiFunction::Linear ? 1.0 : range / 1e4;
    window.width = std::max(narrowest, window.width + delta.x() * perPixel);
    window.centre += delta.y() * perPixel;
    setVoi(window);
    Q_EMIT windowDragged(window);
}

void FilmView::mouseReleaseEvent(QMouseEvent *event)
{
    const bool clicked = m_dragging == Qt::RightButton && !m_dragged && !m_grabbing;
    if (ViewLayer *layer = std::exchange(m_grabbing, nullptr))
        layer->release(*this, touch(*event));
    else
        endGesture();
    m_dragging = Qt::NoButton;
    updateCursorShape();
    if (clicked && film())
        Q_EMIT menuRequested(event->globalPosition().toPoint());
}

// The mouse's own request comes with the press; a right drag zooms, so the release decides.
void FilmView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Keyboard && film())
        Q_EMIT menuRequested(mapToGlobal(rect().center()));
    event->accept();
}

void FilmView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (pressLayers(*event, true) || event->button() != Qt::LeftButton)
        return;
    changeByHand([&] {
        if (m_transform.isFitted())
            m_transform.setZoom(1, toDevice(event->position()));
        else
            m_transform.fit();
    });
}

void FilmView::wheelEvent(QWheelEvent *event)
{
    // With Alt the wheel turns sideways.
    const QPoint delta = event->angleDelta();
    const double steps = (delta.y() != 0 ? delta.y() : delta.x()) / 120.0;
    if (!film() || steps == 0)
        return;
    event->accept();
    const bool isAlt = event->modifiers().testFlag(Qt::AltModifier);
    if (!isAlt && turnLayers(*event, steps))
        return;
    const WheelUse wheel = event->modifiers().testFlag(Qt::ControlModifier) ? WheelUse::Zoom : m_mouse.wheel;
    const bool turnsFrames = isAlt || (wheel == WheelUse::Frames && film()->film->frames > 1);
    if (turnsFrames || wheel == WheelUse::Films) {
        const int whole = wholeSteps(steps);
        if (whole != 0 && turnsFrames)
            Q_EMIT framesTurned(whole);
        else if (whole != 0)
            Q_EMIT filmsTurned(whole);
        return;
    }
    if (!m_wheelPause.isActive() && m_dragging == Qt::NoButton)
        beginGesture();
    changeByHand([&] { m_transform.zoomBy(std::pow(zoomPerWheelStep, steps), toDevice(event->position())); });
    if (m_dragging == Qt::NoButton)
        m_wheelPause.start();
}

int FilmView::wholeSteps(double steps)
{
    m_wheelRest -= steps;
    const int whole = static_cast<int>(m_wheelRest);
    m_wheelRest -= whole;
    return whole;
}

bool FilmView::turnLayers(const QWheelEvent &event, double steps)
{
    const QPointF screen = toDevice(event.position());
    const ViewTouch where{screen, m_transform.snapped().toFilm(screen), Qt::NoButton, event.modifiers(),
                          false};
    return std::any_of(m_layers.rbegin(), m_layers.rend(),
                       [&](ViewLayer *layer) { return layer->wheel(*this, where, steps); });
}

// Who clicks knows where the focus is; who tabs has to see it.
void FilmView::focusInEvent(QFocusEvent *event)
{
    m_keyboardFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason
        || event->reason() == Qt::ShortcutFocusReason;
    if (m_keyboardFocus)
        Q_EMIT touched();
    QWidget::focusInEvent(event);
}

void FilmView::leaveEvent(QEvent *)
{
    Q_EMIT pointed({-1, -1});
    for (ViewLayer *layer : m_layers)
        layer->leave(*this);
}

void FilmView::keyPressEvent(QKeyEvent *event)
{
    for (auto layer = m_layers.rbegin(); layer != m_layers.rend(); ++layer) {
        if (film() && (*layer)->key(*this, *event))
            return;
    }
    const double arrowPace = pace(event->modifiers());
    const auto pan = [this, arrowPace](double x, double y) {
        changeByHand([&] { m_transform.panBy(toDevice(QPointF(x, y) * arrowPace)); });
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return pan(arrowStep, 0);
    case Qt::Key_Right:
        return pan(-arrowStep, 0);
    case Qt::Key_Up:
        return pan(0, arrowStep);
    case Qt::Key_Down:
        return pan(0, -arrowStep);
    default:
        QWidget::keyPressEvent(event);
    }
}

bool FilmView::focusNextPrevChild(bool next)
{
    for (auto layer = m_layers.rbegin(); layer != m_layers.rend(); ++layer) {
        if (film() && (*layer)->step(*this, next))
            return true;
    }
    return QWidget::focusNextPrevChild(next);
}

void FilmView::updateCursorShape(const ViewTouch *over)
{
    for (auto layer = m_layers.rbegin(); over != nullptr && layer != m_layers.rend(); ++layer) {
        if (const auto shape = (*layer)->cursor(*this, *over))
            return setCursor(*shape);
    }
    const bool isDragging = m_dragging != Qt::NoButton;
    switch (toolOf(m_dragging)) {
    case HandTool::Pan:
        return setCursor(isDragging ? Qt::ClosedHandCursor : Qt::OpenHandCursor);
    case HandTool::Zoom:
        return setCursor(Qt::SizeVerCursor);
    case HandTool::Window:
        return setCursor(Qt::CrossCursor);
    }
}

} // namespace hilum::ui
