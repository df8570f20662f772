// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sheet/SheetView.h"

#include "ui/bridge/Convert.h"
#include "ui/plots/ClassNames.h"
#include "ui/predict/ReadingText.h"
#include "ui/viewer/HeatColours.h"

#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int columns = 3;
constexpr int gap = 8;
constexpr int cells = 112; // on which maps of different grids meet
constexpr double mostZoom = 16;
constexpr double heatOpacity = 0.65;

bool coverTheSame(const InputMap &a, const InputMap &b)
{
    return a.left == b.left && a.top == b.top && a.width == b.width && a.height == b.height;
}

// `combine` of all maps' values in a cell.
template <class Combine>
std::optional<ActivationMap> combined(const std::vector<const ActivationMap *> &maps, Combine combine)
{
    const bool same = !maps.empty() && std::ranges::all_of(maps, [&](const ActivationMap *map) {
        return coverTheSame(map->map, maps.front()->map);
    });
    if (!same)
        return std::nullopt;
    ActivationMap result = *maps.front();
    result.values = Plane<float>(cells, cells);
    std::vector<Plane<float>> spreads;
    for (const ActivationMap *map : maps)
        spreads.push_back(spreadOver(map->values, cells, cells));
    float strongest = 0;
    for (std::size_t i = 0; i < result.values.samples().size(); ++i) {
        std::vector<float> here;
        for (const Plane<float> &one : spreads)
            here.push_back(one.samples()[i]);
        result.values.samples()[i] = combine(here);
        strongest = std::max(strongest, std::abs(result.values.samples()[i]));
    }
    result.peak = static_cast<double>(strongest);
    return result;
}

} // namespace

std::optional<ActivationMap> differenceOf(const ActivationMap &first, const ActivationMap &second)
{
    auto result
        = combined({&first, &second}, [](const std::vector<float> &here) { return here[0] - here[1]; });
    if (result)
        result->sign = MapSign::Both;
    return result;
}

std::optional<ActivationMap> commonOf(const std::vector<const ActivationMap *> &maps)
{
    return combined(maps, [](const std::vector<float> &here) { return *std::ranges::min_element(here); });
}

std::optional<ActivationMap> rangeOf(const std::vector<const ActivationMap *> &maps)
{
    return combined(maps, [](const std::vector<float> &here) {
        const auto [least, most] = std::ranges::minmax(here);
        return most - least;
    });
}

SheetView::SheetView(QWidget *parent)
    : PlotSurface(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Networks side by side"));
}

QString SheetView::title() const
{
    return m_sheet.film.isEmpty() ? tr("Networks side by side")
                                  : tr("%1: %2").arg(m_sheet.film, m_sheet.question);
}

QString SheetView::csv() const
{
    QString text = QStringLiteral("network,class,probability,low,high\n");
    for (const SheetNetwork &network : m_sheet.networks) {
        for (std::size_t i = 0; i < network.prediction.scores.size(); ++i) {
            const ClassScore &score = network.prediction.scores[i];
            const bool hasBand = i < network.bands.size();
            text += QStringLiteral("%1,%2,%3,%4,%5\n")
                        .arg(network.name, toText(score.label),
                             QString::number(score.probability, 'g', QLocale::FloatingPointShortest),
                             hasBand
                                 ? QString::number(network.bands[i].low, 'g', QLocale::FloatingPointShortest)
                                 : QString(),
                             hasBand
                                 ? QString::number(network.bands[i].high, 'g', QLocale::FloatingPointShortest)
                                 : QString());
        }
    }
    return text;
}

void SheetView::setSheet(Sheet sheet)
{
    if (sheet.film != m_sheet.film) {
        m_zoom = 1;
        m_centre = {0.5, 0.5};
        m_cursor.reset();
    }
    m_sheet = std::move(sheet);
    makePanels();
    setAccessibleDescription(m_sheet.agreement);
    update();
}

void SheetView::makePanels()
{
    m_panels.clear();
    const auto add = [this](const QString &name, std::optional<ActivationMap> map, const QString &words) {
        QImage heat = map ? heatLayer(*map) : QImage();
        m_panels.push_back({name, std::move(map), std::move(heat), words});
    };
    m_panels.push_back({tr("The film"), {}, {}, {}});
    std::vector<const ActivationMap *> maps;
    for (const SheetNetwork &network : m_sheet.networks) {
        if (network.map)
            maps.push_back(&*network.map);
        const QString nothing = network.map && !network.map->hasEvidence()
            ? tr("finds nothing that speaks for the class")
            : network.noMap;
        add(network.name, network.map, nothing);
    }
    const bool all = maps.size() == m_sheet.networks.size() && maps.size() > 1;
    const QString waits = tr("when all maps are there");
    const QString apart = tr("the networks see different parts of the film");
    const auto both = all ? commonOf(maps) : std::nullopt;
    if (m_sheet.networks.size() == 2) {
        const auto difference = all ? differenceOf(*maps[0], *maps[1]) : std::nullopt;
        add(tr("%1 (bright) less %2 (blue)").arg(m_sheet.networks[0].name, m_sheet.networks[1].name),
            difference, all ? (difference ? QString() : apart) : waits);
        add(tr("Where both looked"), both, all ? (both ? QString() : apart) : waits);
    } else if (m_sheet.networks.size() > 2) {
        const auto range = all ? rangeOf(maps) : std::nullopt;
        add(tr("Most less least"), range, all ? (range ? QString() : apart) : waits);
        add(tr("Where all looked"), both, all ? (both ? QString() : apart) : waits);
    }
}

double SheetView::tableHeight() const
{
    return (static_cast<double>(m_sheet.networks.size()) + 2.5) * fontMetrics().height() * 1.35;
}

std::vector<QRectF> SheetView::places(QSizeF size) const
{
    std::vector<QRectF> all;
    const int rows = std::max(1, (static_cast<int>(m_panels.size()) + columns - 1) / columns);
    const double width = (size.width() - (columns - 1) * gap) / columns;
    const double height = (size.height() - tableHeight() - rows * gap) / rows;
    for (int i = 0; i < static_cast<int>(m_panels.size()); ++i)
        all.emplace_back(i % columns * (width + gap), i / columns * (height + gap), width, height);
    return all;
}

QRectF SheetView::shownIn(const QRectF &place) const
{
    const double head = fontMetrics().height() + 4;
    const QRectF room = place.adjusted(0, head, 0, 0);
    const QSizeF fit = QSizeF(m_sheet.picture.size()).scaled(room.size(), Qt::KeepAspectRatio) * m_zoom;
    return {room.center().x() - m_centre.x() * fit.width(), room.center().y() - m_centre.y() * fit.height(),
            fit.width(), fit.height()};
}

std::optional<QPointF> SheetView::filmPoint(QPointF at) const
{
    if (m_sheet.picture.isNull())
        return std::nullopt;
    for (const QRectF &place : places(size())) {
        const QRectF film = shownIn(place);
        if (place.contains(at) && film.contains(at))
            return QPointF((at.x() - film.left()) / film.width(), (at.y() - film.top()) / film.height());
    }
    return std::nullopt;
}

void SheetView::paintPanel(QPainter &painter, const Panel &panel, const QRectF &place) const
{
    const double head = fontMetrics().height() + 4;
    painter.setPen(theme().text);
    painter.drawText(QRectF(place.left(), place.top(), place.width(), head), Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(panel.name, Qt::ElideRight, static_cast<int>(place.width())));
    const QRectF room = place.adjusted(0, head, 0, 0);
    painter.save();
    painter.setClipRect(room);
    painter.fillRect(room, Qt::black);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const QRectF film = shownIn(place);
    painter.drawImage(film, m_sheet.picture);
    if (panel.map && !panel.heat.isNull()) {
        const InputMap &part = panel.map->map;
        const double across = film.width() / m_sheet.filmSize.width();
        const double down = film.height() / m_sheet.filmSize.height();
        painter.setOpacity(heatOpacity);
        painter.drawImage(QRectF(film.left() + part.left * across, film.top() + part.top * down,
                                 part.width * across, part.height * down),
                          panel.heat);
        painter.setOpacity(1);
    }
    if (!panel.words.isEmpty()) {
        painter.fillRect(QRectF(room.left(), room.bottom() - head, room.width(), head), QColor(0, 0, 0, 190));
        painter.setPen(QColor(0xe6, 0xe6, 0xe6));
        painter.drawText(room.adjusted(4, 0, -4, -2), Qt::AlignLeft | Qt::AlignBottom, panel.words);
    }
    paintCursor(painter, panel, place);
    painter.restore();
}

void SheetView::paintCursor(QPainter &painter, const Panel &panel, const QRectF &place) const
{
    if (!m_cursor)
        return;
    const QRectF film = shownIn(place);
    const QPointF at(film.left() + m_cursor->x() * film.width(), film.top() + m_cursor->y() * film.height());
    constexpr double arm = 7;
    for (const auto &[colour, width] : {std::pair{QColor(0, 0, 0, 160), 3.0}, {QColor(Qt::white), 1.0}}) {
        painter.setPen(QPen(colour, width));
        painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0));
        painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm));
    }
    if (!panel.map || panel.map->values.empty())
        return;
    const InputMap &part = panel.map->map;
    const double x = (m_cursor->x() * m_sheet.filmSize.width() - part.left) / part.width;
    const double y = (m_cursor->y() * m_sheet.filmSize.height() - part.top) / part.height;
    if (!(x >= 0 && x < 1 && y >= 0 && y < 1))
        return;
    const Plane<float> values = spreadOver(panel.map->values, cells, cells);
    const QString text = twoDecimals(
        static_cast<double>(values.at(static_cast<int>(x * cells), static_cast<int>(y * cells))));
    const QRectF box(place.right() - fontMetrics().horizontalAdvance(QStringLiteral("-0.00 ")) - 8,
                     place.top() + fontMetrics().height() + 8,
                     fontMetrics().horizontalAdvance(QStringLiteral("-0.00 ")) + 4,
                     fontMetrics().height() + 4);
    painter.fillRect(box, QColor(0, 0, 0, 190));
    painter.setPen(QColor(0xe6, 0xe6, 0xe6));
    painter.drawText(box, Qt::AlignCenter, text);
}

// The one colour scale, at the right; gives the room that it takes.
double SheetView::paintScale(QPainter &painter, const QRectF &line) const
{
    constexpr int steps = 120;
    const double digit = fontMetrics().horizontalAdvance(QStringLiteral("-1 "));
    const bool isSigned = m_sheet.networks.size() == 2; // the difference has two sides
    const QRectF bar(line.right() - steps - digit, line.center().y() - 5, steps, 10);
    for (int i = 0; i < steps; ++i) {
        const double value = isSigned ? 2.0 * i / (steps - 1) - 1 : i / (steps - 1.0);
        painter.fillRect(QRectF(bar.left() + i, bar.top(), 1, bar.height()),
                         value < 0 ? coldColour(-value) : heatColour(value));
    }
    painter.setPen(theme().muted);
    painter.drawText(QRectF(bar.right() + 4, line.top(), digit, line.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("1"));
    painter.drawText(QRectF(bar.left() - digit - 4, line.top(), digit, line.height()),
                     Qt::AlignRight | Qt::AlignVCenter,
                     isSigned ? QStringLiteral("\u22121") : QStringLiteral("0"));
    return steps + 2 * digit + 24;
}

// A row of bars for each network, with whiskers where it has a band.
void SheetView::paintTable(QPainter &painter, const QRectF &place) const
{
    if (m_sheet.networks.empty())
        return;
    const double line = fontMetrics().height() * 1.35;
    const auto count
        = static_cast<double>(std::max<std::size_t>(1, m_sheet.networks.front().prediction.scores.size()));
    double names = 0;
    for (const SheetNetwork &network : m_sheet.networks)
        names = std::max(names, static_cast<double>(fontMetrics().horizontalAdvance(network.name)) + 16);
    const double width = (place.width() - names) / count;
    const double number = fontMetrics().horizontalAdvance(QStringLiteral("< 0.01 (< 0.01 to < 0.01)")) + 8;
    double y = place.top();
    for (std::size_t row = 0; row < m_sheet.networks.size(); ++row) {
        const SheetNetwork &network = m_sheet.networks[row];
        y += row == 0 ? line : 0; // the head
        painter.setPen(theme().text);
        painter.drawText(QRectF(place.left(), y, names, line), Qt::AlignLeft | Qt::AlignVCenter,
                         network.name);
        for (std::size_t i = 0; i < network.prediction.scores.size(); ++i) {
            const ClassScore &score = network.prediction.scores[i];
            const QRectF cell(place.left() + names + static_cast<double>(i) * width, y, width - 12, line);
            if (row == 0) {
                painter.setPen(theme().muted);
                painter.drawText(cell.translated(0, -line), Qt::AlignLeft | Qt::AlignVCenter,
                                 classTitle(score.label));
            }
            const double room = std::max(20.0, cell.width() - number);
            const QRectF bar(cell.left(), cell.center().y() - 5, room, 10);
            painter.fillRect(bar, theme().line);
            const bool called = i == network.prediction.top();
            QColor colour = classColour(score.label, static_cast<int>(i));
            colour.setAlpha(called ? 255 : 130);
            painter.fillRect(QRectF(bar.topLeft(), QSizeF(room * score.probability, bar.height())), colour);
            QString text = probabilityText(score.probability);
            if (i < network.bands.size()) {
                const Interval &band = network.bands[i];
                painter.setPen(QPen(theme().text, 1));
                const double middle = bar.center().y();
                painter.drawLine(QPointF(bar.left() + room * band.low, middle),
                                 QPointF(bar.left() + room * band.high, middle));
                for (const double end : {band.low, band.high})
                    painter.drawLine(QPointF(bar.left() + room * end, middle - 4),
                                     QPointF(bar.left() + room * end, middle + 4));
                text += QStringLiteral(" (%1)").arg(bandText(band));
            }
            painter.setPen(called ? theme().text : theme().muted);
            painter.drawText(QRectF(bar.right() + 8, y, number, line), Qt::AlignLeft | Qt::AlignVCenter,
                             text);
        }
        y += line;
    }
    const double scale = paintScale(painter, QRectF(place.left(), y + 2, place.width(), line));
    const QRectF words(place.left(), y + 2, place.width() - scale, line);
    painter.setPen(theme().text);
    painter.drawText(
        words, Qt::AlignLeft | Qt::AlignVCenter,
        fontMetrics().elidedText(m_sheet.agreement, Qt::ElideRight, static_cast<int>(words.width())));
}

// What is saved has no cursor in it.
void SheetView::paintPlot(QPainter &painter, QSize size)
{
    const auto cursor = std::exchange(m_cursor, std::nullopt);
    paintSheet(painter, size);
    m_cursor = cursor;
}

void SheetView::paintSheet(QPainter &painter, QSize size) const
{
    painter.setFont(font());
    if (m_sheet.picture.isNull()) {
        painter.setPen(theme().muted);
        painter.drawText(
            QRectF({0, 0}, QSizeF(size)), Qt::AlignCenter,
            tr("Open a film in the main window: the networks' maps of it stand here side by side."));
        return;
    }
    const auto all = places(size);
    for (std::size_t i = 0; i < m_panels.size(); ++i)
        paintPanel(painter, m_panels[i], all[i]);
    paintTable(painter, QRectF(0, size.height() - tableHeight(), size.width(), tableHeight()));
}

void SheetView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().background);
    paintSheet(painter, size());
}

void SheetView::zoomAt(QPointF at, double factor)
{
    const auto point = filmPoint(at);
    const double zoom = std::clamp(m_zoom * factor, 1.0, mostZoom);
    if (point) // what is under the cursor stays there
        m_centre = *point + (m_centre - *point) * (m_zoom / zoom);
    m_zoom = zoom;
    if (m_zoom <= 1)
        m_centre = {0.5, 0.5};
    update();
}

void SheetView::wheelEvent(QWheelEvent *event)
{
    zoomAt(event->position(), std::pow(1.2, event->angleDelta().y() / 120.0));
    event->accept();
}

void SheetView::mousePressEvent(QMouseEvent *event) { m_pressed = event->position(); }

void SheetView::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton && m_zoom > 1 && !m_panels.empty()) {
        const QRectF film = shownIn(places(size()).front());
        const QPointF moved = event->position() - m_pressed;
        m_centre -= QPointF(moved.x() / film.width(), moved.y() / film.height());
        m_centre = {std::clamp(m_centre.x(), 0.0, 1.0), std::clamp(m_centre.y(), 0.0, 1.0)};
        m_pressed = event->position();
    }
    m_cursor = filmPoint(event->position());
    update();
}

void SheetView::mouseDoubleClickEvent(QMouseEvent *)
{
    m_zoom = 1;
    m_centre = {0.5, 0.5};
    update();
}

void SheetView::leaveEvent(QEvent *)
{
    m_cursor.reset();
    update();
}

void SheetView::keyPressEvent(QKeyEvent *event)
{
    const QPointF middle = places(size()).empty() ? QPointF() : places(size()).front().center();
    if (event->key() == Qt::Key_Plus)
        zoomAt(middle, 1.2);
    else if (event->key() == Qt::Key_Minus)
        zoomAt(middle, 1 / 1.2);
    else if (event->key() == Qt::Key_0)
        mouseDoubleClickEvent(nullptr);
    else
        PlotSurface::keyPressEvent(event);
}

} // namespace hilum::ui
