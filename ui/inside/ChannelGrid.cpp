// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inside/ChannelGrid.h"

#include "ui/bridge/Convert.h"
#include "ui/viewer/HeatColours.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int gap = 4;

} // namespace

QImage activationTile(const Plane<float> &channel)
{
    float strongest = 0;
    for (const float value : channel.samples())
        strongest = std::max(strongest, std::abs(value));
    QImage picture(channel.width(), channel.height(), QImage::Format_RGB32);
    for (int y = 0; y < channel.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(picture.scanLine(y));
        for (int x = 0; x < channel.width(); ++x) {
            const float share = strongest > 0 ? channel.at(x, y) / strongest : 0.0F;
            const auto size = static_cast<double>(std::abs(share));
            line[x] = (share < 0 ? coldColour(size) : heatColour(size)).rgb();
        }
    }
    return picture;
}

std::vector<ChannelGrid::Tile> filterTiles(const std::vector<Plane<float>> &filters)
{
    float strongest = 0;
    for (const Plane<float> &filter : filters) {
        for (const float weight : filter.samples())
            strongest = std::max(strongest, std::abs(weight));
    }
    std::vector<ChannelGrid::Tile> tiles;
    for (const Plane<float> &filter : filters) {
        GreyImage grey(filter.width(), filter.height());
        std::ranges::transform(filter.samples(), grey.samples().begin(), [&](float weight) {
            const float share = strongest > 0 ? weight / strongest : 0.0F;
            return static_cast<std::uint8_t>(std::lround(127.5F * (1 + share)));
        });
        tiles.push_back({static_cast<int>(tiles.size()), toImage(grey)});
    }
    return tiles;
}

ChannelGrid::ChannelGrid(int side, bool areChosen, QWidget *parent)
    : QWidget(parent)
    , m_side(side)
    , m_areChosen(areChosen)
{
    setFocusPolicy(areChosen ? Qt::StrongFocus : Qt::NoFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int ChannelGrid::words() const { return m_areChosen ? fontMetrics().height() : 0; }

int ChannelGrid::columnsIn(int width) const { return std::max(1, (width + gap) / (m_side + gap)); }

int ChannelGrid::heightForWidth(int width) const
{
    const int rows = (static_cast<int>(m_tiles.size()) + columnsIn(width) - 1) / columnsIn(width);
    return std::max(1, rows) * (m_side + words() + gap);
}

QSize ChannelGrid::sizeHint() const
{
    const int wide = 8 * (m_side + gap);
    return {wide, heightForWidth(wide)};
}

QRect ChannelGrid::areaOf(std::size_t tile) const
{
    const int columns = columnsIn(width());
    const int place = static_cast<int>(tile);
    return {(place % columns) * (m_side + gap), (place / columns) * (m_side + words() + gap), m_side,
            m_side + words()};
}

void ChannelGrid::setTiles(std::vector<Tile> tiles)
{
    m_tiles = std::move(tiles);
    updateGeometry();
    update();
}

void ChannelGrid::setChosen(int number)
{
    m_chosen = number;
    update();
}

void ChannelGrid::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    painter.setFont(small);
    for (std::size_t i = 0; i < m_tiles.size(); ++i) {
        const QRect area = areaOf(i);
        const QRect picture(area.topLeft(), QSize(m_side, m_side));
        painter.drawImage(picture, m_tiles[i].picture);
        if (!m_areChosen)
            continue;
        const bool isChosen = m_tiles[i].number == m_chosen;
        painter.setPen(palette().color(isChosen ? QPalette::Text : QPalette::PlaceholderText));
        painter.drawText(area, Qt::AlignHCenter | Qt::AlignBottom, QString::number(m_tiles[i].number + 1));
        if (isChosen) {
            painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
            painter.drawRect(picture.adjusted(1, 1, -1, -1));
        }
    }
    if (hasFocus()) {
        painter.setPen(palette().color(QPalette::Highlight));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void ChannelGrid::mousePressEvent(QMouseEvent *event)
{
    for (std::size_t i = 0; m_areChosen && i < m_tiles.size(); ++i) {
        if (areaOf(i).contains(event->pos()))
            Q_EMIT chosen(m_tiles[i].number);
    }
}

void ChannelGrid::keyPressEvent(QKeyEvent *event)
{
    const int columns = columnsIn(width());
    const int step = event->key() == Qt::Key_Left ? -1
        : event->key() == Qt::Key_Right           ? 1
        : event->key() == Qt::Key_Up              ? -columns
        : event->key() == Qt::Key_Down            ? columns
                                                  : 0;
    const auto here = std::ranges::find(m_tiles, m_chosen, &Tile::number);
    const auto place = here == m_tiles.end() ? 0 : static_cast<int>(here - m_tiles.begin()) + step;
    if (step == 0 || place < 0 || place >= static_cast<int>(m_tiles.size()))
        return QWidget::keyPressEvent(event);
    Q_EMIT chosen(m_tiles[static_cast<std::size_t>(place)].number);
}

} // namespace hilum::ui
