// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/FilmView.h"

#include "ui/viewer/CornerTexts.h"
#include "ui/viewer/HeatColours.h"

#include <QPainter>
#include <QRegion>

#include <utility>

namespace hilum::ui {

namespace {

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
    m_picture.setFilm(std::move(film));
    m_picture.setVoi(voi, isInverted());
    m_filmId = id;
    m_guestCursor.reset();
    m_overlay.reset();
    m_transform.setView(QSizeF(size()) * devicePixelRatioF());
    if (const DisplayFilmPtr &shown = m_picture.film())
        m_transform.setFilm({shown->film->columns, shown->film->rows}, shown->film->pixelAspect);
    viewMoved();
    Q_EMIT pointed({-1, -1});
}

void FilmView::setVoi(const Voi &voi)
{
    m_picture.setVoi(voi, isInverted());
    update();
}

void FilmView::showFrame(DisplayFilmPtr frame)
{
    m_picture.setFilm(std::move(frame));
    update();
}

void FilmView::setFileOverlays(bool shown)
{
    m_picture.setFileOverlays(shown);
    update();
}

void FilmView::setInverted(bool inverted)
{
    m_picture.setVoi(voi(), inverted);
    update();
}

void FilmView::setOverlay(std::optional<ActivationMap> map, double opacity, const MapLook &look)
{
    m_opacity = opacity;
    m_overlay = std::move(map);
    m_heat = m_overlay ? heatLayer(*m_overlay, look) : QImage();
    update();
}

void FilmView::setTool(HandTool tool)
{
    m_tool = tool;
    updateCursorShape();
}

void FilmView::setMouse(const MouseHabits &mouse) { m_mouse = mouse; }

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

void FilmView::setNotice(const QString &notice)
{
    m_notice = notice;
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
    if (!film())
        return;
    m_transform.follow(other);
    viewMoved();
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
    if (!film())
        return painter.fillRect(rect(), Qt::black);
    const double ratio = devicePixelRatioF();
    // A window moved to a screen of another density has another view without a resize.
    const QSizeF device = QSizeF(size()) * ratio;
    if (m_transform.viewSize() != device)
        m_transform.setView(device);
    const QRect all(QPoint(0, 0), device.toSize());
    const QImage &picture = m_picture.image(m_transform.snapped(), all);
    painter.save();
    painter.scale(1 / ratio, 1 / ratio);
    for (const QRect &empty : QRegion(all) - m_picture.place())
        painter.fillRect(empty, Qt::black);
    if (!picture.isNull())
        painter.drawImage(m_picture.place().topLeft(), picture);
    if (m_overlay)
        drawOverlay(painter);
    for (ViewLayer *layer : m_layers) {
        painter.save();
        layer->paint(*this, painter);
        painter.restore();
    }
    painter.restore();
    drawGuestCursor(painter);
    if (m_cornerTexts || !m_caption.isEmpty() || !m_notice.isEmpty())
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
    const QRectF square(seen.left, seen.top, seen.width, seen.height);
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
        texts = cornerTexts(*film(), voi(), isInverted(), m_transform.zoom());
    texts.caption = m_caption;
    texts.notice = m_notice;
    drawCornerTexts(painter, rect().adjusted(8, 8, -8, -8), texts);
}

void FilmView::resizeEvent(QResizeEvent *)
{
    m_transform.setView(QSizeF(size()) * devicePixelRatioF());
    viewMoved();
}

} // namespace hilum::ui
