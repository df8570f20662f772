// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ArchitectureView: the networks drawn one below the other: input, stages, head, each with its shape and how
// many parameters it has. A click on a stage, or the arrows, choose it.
//
// A box is as high as its cells are many and as wide as its channels are, both on a scale of doublings.
//
// Errors:  a network whose anatomy is not known yet says so.
#pragma once

#include "core/nn/Anatomy.h"

#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

namespace hilum::ui {

class ArchitectureView : public QWidget {
    Q_OBJECT

public:
    struct Drawn {
        QString title;
        int inputSize = 0;
        std::optional<Anatomy> anatomy;
    };

    explicit ArchitectureView(QWidget *parent = nullptr);

    void setNetworks(std::vector<Drawn> networks);
    void setChosen(int network, int stage);

    QSize sizeHint() const override { return minimumSizeHint(); }
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(int network, int stage);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    int rowHeight() const;
    int titleWidth() const;
    int stagesOf(std::size_t network) const;
    QRect areaOf(std::size_t network, int part) const; // 0: the input; stages from 1; the last: the head
    std::optional<QPoint> stageAt(QPoint point) const; // (stage, network)
    void drawPart(QPainter &painter, const QRect &area, int channels, int side, const QStringList &words,
                  bool isChosen) const;

    std::vector<Drawn> m_networks;
    int m_network = 0;
    int m_stage = 0;
};

[[nodiscard]] QString parameterText(std::int64_t count); // "37.8 k", "7.04 M"

} // namespace hilum::ui
