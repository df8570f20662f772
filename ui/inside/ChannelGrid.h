// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ChannelGrid: small pictures of channels (or of filters) side by side; one may be chosen.
//
// Units:   each picture on its own scale, as stretched or around 0: see the makers.
// Errors:  none.
#pragma once

#include "core/film/Plane.h"

#include <QImage>
#include <QWidget>

#include <vector>

namespace hilum::ui {

class ChannelGrid : public QWidget {
    Q_OBJECT

public:
    struct Tile {
        int number = 0; // of the channel
        QImage picture;
    };

    // `side` of a tile in logical pixels; without names below, and nothing to choose, where it is for
    // filters.
    ChannelGrid(int side, bool areChosen, QWidget *parent = nullptr);

    void setTiles(std::vector<Tile> tiles);
    void setChosen(int number);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {3 * m_side, m_side + words()}; }

Q_SIGNALS:
    void chosen(int number);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    int words() const;
    int columnsIn(int width) const;
    QRect areaOf(std::size_t tile) const;

    int m_side;
    bool m_areChosen;
    std::vector<Tile> m_tiles;
    int m_chosen = -1;
};

[[nodiscard]] QImage activationTile(const Plane<float> &channel); // heat, from nothing to its own strongest
// Weights around 0: mid grey is 0, white the strongest of all filters.
[[nodiscard]] std::vector<ChannelGrid::Tile> filterTiles(const std::vector<Plane<float>> &filters);

} // namespace hilum::ui
