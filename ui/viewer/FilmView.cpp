// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/FilmView.h"

#include "ui/viewer/CornerTexts.h"
#include "ui/viewer/HeatColours.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
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
constexpr int wheelPauseMs = 300; // a longer pause between two steps of the wheel ends their gesture
constexpr int guestCursorReach = 12; // logical pixels

} // namespace

FilmView::FilmView(QWidget *parent)
    : QWidget(parent)
{
    setMinimumSize(200, 160);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Film"));
    m_wheelPause.setSingleShot(true);
    m_wheelPause.setInterval(wheelPauseMs);
    connect(&m_wheelPause, &QTimer::timeout, this, &FilmView::endGesture);
    updateCursorShape();
}

void FilmView::setFilm(DisplayFilmPtr film, const Voi &voi, int id)
{
    endGesture();
    m_film = std::move(film);
    m_filmId = id;
    m_guestCursor.reset();
    m_voi = voi;
    m_overlay.reset();
    m_transform.setView(QSizeF(size()) * devicePixelRatioF());
    if (m_film)
        m_transform.setFilm({m_film->film->columns, m_film->film->rows}, m_film->film->pixelAspect);
    m_table.clear();
    viewMoved();
    Q_EMIT pointed({-1, -1});
}

void FilmView::setVoi(const Voi &voi)
{
    m_voi = voi;
    m_table.clear();
    update();
}

void FilmView::setInverted(bool inverted)
{
    m_inverted = inverted;
    m_table.clear();
    update();
}

void FilmView::setOverlay(std::optional<ActivationMap> map, double opacity)
{
    m_opacity = opacity;
    m_overlay = std::move(map);
    m_heat = m_overlay ? heatLayer(*m_overlay) : QImage();
    update();
}

void FilmView::setTool(HandTool tool)
{
    m_tool = tool;
    updateCursorShape();
}

void FilmView::setCornerTexts(bool shown)
{
    m_cornerTexts = shown;
    update();
}

void FilmView::setTextScale(double scale)
{
    m_textScale = scale;
    update();
}

void FilmView::addLayer(ViewLayer *layer)
{
    m_layers.push_back(layer);
    update();
}

void FilmView::removeLayer(ViewLayer *layer)
{
    std::erase(m_layers, layer);
    if (m_grabbing == layer)
        m_grabbing = nullptr;
    update();
}

void FilmView::setCaption(const QString &caption)
{
    m_caption = caption;
    update();
}

void FilmView::setGuestCursor(std::optional<QPointF> filmPoint)
{
    update(guestCursorArea());
    m_guestCursor = filmPoint;
    update(guestCursorArea());
}

void FilmView::setTransform(const ViewTransform &transform)
{
    changeByHand([&] {
        m_transform = transform;
        m_transform.setView(QSizeF(size()) * devicePixelRatioF());
    });
}

void FilmView::follow(const ViewTransform &other)
{
    if (!m_film)
        return;
    m_transform.follow(other);
    viewMoved();
}

template <class Change>
void FilmView::changeByHand(Change change)
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

void FilmView::beginGesture()
{
    endGesture();
    m_inGesture = true;
    Q_EMIT gestureBegan();
}

void FilmView::endGesture()
{
    m_wheelPause.stop();
    if (std::exchange(m_inGesture, false))
        Q_EMIT gestureEnded();
}

void FilmView::fit()
{
    changeByHand([this] { m_transform.fit(); });
}

void FilmView::resetView()
{
    changeByHand([this] { m_transform.setFilm(m_transform.filmSize(), m_transform.pixelAspect()); });
}

void FilmView::oneToOne()
{
    changeByHand([this] { m_transform.setZoom(1, toDevice(QPointF(width() / 2.0, height() / 2.0))); });
}

void FilmView::zoomBy(double factor)
{
    const QPointF cursor = mapFromGlobal(QCursor::pos());
    const QPointF middle(width() / 2.0, height() / 2.0);
    const bool over = underMouse() && rect().contains(cursor.toPoint());
    changeByHand([&] { m_transform.zoomBy(factor, toDevice(over ? cursor : middle)); });
}

void FilmView::turn(int quarters)
{
    changeByHand([&] { m_transform.turn(quarters); });
}

void FilmView::mirror()
{
    changeByHand([this] { m_transform.mirror(); });
}

void FilmView::flip()
{
    changeByHand([this] { m_transform.flip(); });
}

void FilmView::viewMoved()
{
    m_sample.reset();
    update();
    Q_EMIT viewChanged();
}

QImage FilmView::picture()
{
    QImage image(size() * devicePixelRatioF(), QImage::Format_RGB32);
    image.setDevicePixelRatio(devicePixelRatioF());
    QPainter painter(&image);
    drawScene(painter);
    return image;
}

void FilmView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawScene(painter);
    if (hasFocus() && m_keyboardFocus) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void FilmView::drawScene(QPainter &painter)
{
    painter.fillRect(rect(), Qt::black);
    if (!m_film)
        return;
    const double ratio = devicePixelRatioF();
    // A window moved to a screen of another density has another view without a resize.
    if (m_transform.viewSize() != QSizeF(size()) * ratio) {
        m_transform.setView(QSizeF(size()) * ratio);
        m_sample.reset();
    }
    if (!m_sample) {
        m_sample = sampleView(*m_film, m_transform.snapped());
        m_shown = QImage();
    }
    if (m_table.empty() || m_shown.isNull()) {
        if (m_table.empty())
            m_table = greyTable(*m_film, m_voi, m_inverted);
        if (!m_sample->place.isEmpty())
            paintSample(*m_sample, m_table, m_shown);
    }
    painter.save();
    painter.scale(1 / ratio, 1 / ratio);
    if (!m_shown.isNull())
        painter.drawImage(m_sample->place.topLeft(), m_shown);
    if (m_overlay)
        drawOverlay(painter);
    for (ViewLayer *layer : m_layers) {
        painter.save();
        layer->paint(*this, painter);
        painter.restore();
    }
    painter.restore();
    drawGuestCursor(painter);
    if (m_cornerTexts || !m_caption.isEmpty())
        drawCorners(painter);
}

QRect FilmView::guestCursorArea() const
{
    if (!m_guestCursor)
        return {};
    const QPointF at = m_transform.snapped().toScreen(*m_guestCursor) / devicePixelRatioF();
    const int reach = guestCursorReach + 2;
    return QRect(at.toPoint() - QPoint(reach, reach), QSize(2 * reach, 2 * reach));
}

void FilmView::drawGuestCursor(QPainter &painter) const
{
    if (!m_guestCursor)
        return;
    const QPointF at = m_transform.snapped().toScreen(*m_guestCursor) / devicePixelRatioF();
    for (const auto &[colour, width] : {std::pair(QColor(0, 0, 0, 180), 3), {QColor(255, 214, 64), 1}}) {
        painter.setPen(QPen(colour, width));
        for (const QPointF arm : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)})
            painter.drawLine(at + arm * 4, at + arm * guestCursorReach);
    }
}

void FilmView::drawOverlay(QPainter &painter) const
{
    const InputMap &seen = m_overlay->map;
    const QRectF square(seen.left, seen.top, seen.side, seen.side);
    painter.save();
    painter.setTransform(m_transform.snapped().toScreen(), true);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setOpacity(m_opacity);
    painter.drawImage(square, m_heat);
    painter.setOpacity(1);
    // What lies outside this square the network never saw.
    QPen pen(QColor(255, 255, 255, 110), 1, Qt::DashLine);
    pen.setCosmetic(true);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(square);
    painter.restore();
}

void FilmView::drawCorners(QPainter &painter) const
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9 * m_textScale);
    painter.setFont(small);
    CornerTexts texts;
    if (m_cornerTexts)
        texts = cornerTexts(*m_film, m_voi, m_inverted, m_transform.zoom());
    texts.caption = m_caption;
    drawCornerTexts(painter, rect().adjusted(8, 8, -8, -8), texts);
}

void FilmView::resizeEvent(QResizeEvent *)
{
    m_transform.setView(QSizeF(size()) * devicePixelRatioF());
    viewMoved();
}

ViewTouch FilmView::touch(const QMouseEvent &event, bool isDouble) const
{
    const QPointF screen = toDevice(event.position());
    const Qt::MouseButton button = event.button() != Qt::NoButton ? event.button() : m_dragging;
    return {screen, m_transform.snapped().toFilm(screen), button, event.modifiers(), isDouble};
}

bool FilmView::pressLayers(const QMouseEvent &event, bool isDouble)
{
    if (!m_film)
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
    updateCursorShape();
}

void FilmView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_film)
        return;
    const QPointF film = m_transform.snapped().toFilm(toDevice(event->position()));
    const QPoint pixel(static_cast<int>(std::floor(film.x())), static_cast<int>(std::floor(film.y())));
    const bool over = QRect(QPoint(0, 0), m_transform.filmSize()).contains(pixel);
    Q_EMIT pointed(over ? pixel : QPoint(-1, -1));

    if (m_grabbing)
        return m_grabbing->drag(*this, touch(*event));
    if (event->buttons() == Qt::NoButton) {
        const ViewTouch where = touch(*event);
        for (ViewLayer *layer : m_layers)
            layer->hover(*this, where);
        return updateCursorShape(&where);
    }
    const QPointF delta = event->position() - std::exchange(m_dragFrom, event->position());
    const bool left = m_dragging == Qt::LeftButton;
    if (left && m_tool == HandTool::Window) {
        dragWindow(delta, event->modifiers());
    } else if (m_dragging == Qt::MiddleButton || (left && m_tool == HandTool::Pan)) {
        changeByHand([&] { m_transform.panBy(toDevice(delta)); });
    } else if (m_dragging == Qt::RightButton || (left && m_tool == HandTool::Zoom)) {
        changeByHand(
            [&] { m_transform.zoomBy(std::pow(zoomPerDragPixel, -delta.y()), toDevice(m_dragAnchor)); });
    }
}

void FilmView::dragWindow(QPointF delta, Qt::KeyboardModifiers modifiers)
{
    const double range = std::max(m_film->range.high - m_film->range.low, 1e-6);
    double perPixel = range / dragForWholeRange;
    if (modifiers & Qt::ControlModifier)
        perPixel *= 4;
    else if (modifiers & Qt::ShiftModifier)
        perPixel /= 4;
    Window window = asWindow(m_voi);
    const double narrowest = window.function == VoiFunction::Linear ? 1.0 : range / 1e4;
    window.width = std::max(narrowest, window.width + delta.x() * perPixel);
    window.centre += delta.y() * perPixel;
    setVoi(window);
    Q_EMIT windowDragged(window);
}

void FilmView::mouseReleaseEvent(QMouseEvent *event)
{
    if (ViewLayer *layer = std::exchange(m_grabbing, nullptr))
        layer->release(*this, touch(*event));
    else
        endGesture();
    m_dragging = Qt::NoButton;
    updateCursorShape();
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
    const double steps = event->angleDelta().y() / 120.0;
    if (!m_film || steps == 0)
        return;
    if (!m_wheelPause.isActive() && m_dragging == Qt::NoButton)
        beginGesture();
    changeByHand([&] { m_transform.zoomBy(std::pow(zoomPerWheelStep, steps), toDevice(event->position())); });
    if (m_dragging == Qt::NoButton)
        m_wheelPause.start();
    event->accept();
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

void FilmView::leaveEvent(QEvent *) { Q_EMIT pointed({-1, -1}); }

void FilmView::keyPressEvent(QKeyEvent *event)
{
    for (auto layer = m_layers.rbegin(); layer != m_layers.rend(); ++layer) {
        if (m_film && (*layer)->key(*this, *event))
            return;
    }
    const auto pan
        = [this](double x, double y) { changeByHand([&] { m_transform.panBy(toDevice(QPointF(x, y))); }); };
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
        if (m_film && (*layer)->step(*this, next))
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
    const bool panning
        = m_dragging == Qt::MiddleButton || (m_tool == HandTool::Pan && m_dragging == Qt::LeftButton);
    if (panning)
        setCursor(Qt::ClosedHandCursor);
    else if (m_tool == HandTool::Pan)
        setCursor(Qt::OpenHandCursor);
    else if (m_tool == HandTool::Zoom || m_dragging == Qt::RightButton)
        setCursor(Qt::SizeVerCursor);
    else
        setCursor(Qt::CrossCursor);
}

} // namespace hilum::ui
