// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inside/ArchitectureView.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int highestBox = 44; // logical pixels
constexpr int gap = 8;
constexpr int linesOfWords = 3;
constexpr int leastPart = 92;

double doublings(int count) { return std::log2(std::max(count, 1)); }

} // namespace

QString parameterText(std::int64_t count)
{
    if (count < 1000)
        return QString::number(count);
    const double thousands = static_cast<double>(count) / 1000;
    const double shown = thousands < 1000 ? thousands : thousands / 1000;
    return QStringLiteral("%1 %2")
        .arg(shown, 0, 'f',
             shown < 10        ? 2
                 : shown < 100 ? 1
                               : 0)
        .arg(thousands < 1000 ? QLatin1Char('k') : QLatin1Char('M'));
}

ArchitectureView::ArchitectureView(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Architectures"));
}

void ArchitectureView::setNetworks(std::vector<Drawn> networks)
{
    m_networks = std::move(networks);
    updateGeometry();
    update();
}

void ArchitectureView::setChosen(int network, int stage)
{
    m_network = network;
    m_stage = stage;
    if (static_cast<std::size_t>(network) < m_networks.size()
        && stage < stagesOf(static_cast<std::size_t>(network)))
        setAccessibleDescription(
            tr("%1, %2").arg(m_networks[static_cast<std::size_t>(network)].title,
                             QString::fromStdString(m_networks[static_cast<std::size_t>(network)]
                                                        .anatomy->stages[static_cast<std::size_t>(stage)]
                                                        .name)));
    update();
}

int ArchitectureView::rowHeight() const
{
    return highestBox + linesOfWords * fontMetrics().height() + 3 * gap;
}

int ArchitectureView::titleWidth() const { return 18 * fontMetrics().averageCharWidth(); }

int ArchitectureView::stagesOf(std::size_t network) const
{
    const auto &anatomy = m_networks[network].anatomy;
    return anatomy ? static_cast<int>(anatomy->stages.size()) : 0;
}

QSize ArchitectureView::minimumSizeHint() const
{
    int parts = 6;
    for (std::size_t n = 0; n < m_networks.size(); ++n)
        parts = std::max(parts, stagesOf(n) + 2);
    return {titleWidth() + parts * leastPart,
            std::max<int>(1, static_cast<int>(m_networks.size())) * rowHeight()};
}

QRect ArchitectureView::areaOf(std::size_t network, int part) const
{
    const int parts = stagesOf(network) + 2;
    const int across = std::min((width() - titleWidth()) / parts, 2 * leastPart);
    return {titleWidth() + part * across, static_cast<int>(network) * rowHeight(), across, rowHeight()};
}

std::optional<QPoint> ArchitectureView::stageAt(QPoint point) const
{
    for (std::size_t n = 0; n < m_networks.size(); ++n) {
        for (int stage = 0; stage < stagesOf(n); ++stage) {
            if (areaOf(n, stage + 1).contains(point))
                return QPoint(stage, static_cast<int>(n));
        }
    }
    return std::nullopt;
}

void ArchitectureView::drawPart(QPainter &painter, const QRect &area, int channels, int side,
                                const QStringList &words, bool isChosen) const
{
    const QPalette &colours = palette();
    if (isChosen)
        painter.fillRect(area.adjusted(2, 2, -2, -2), colours.color(QPalette::AlternateBase));
    const int high = std::max(6, static_cast<int>(highestBox * doublings(side + 1) / 8));
    const int wide = std::max(4, static_cast<int>((area.width() - 3 * gap) * (1 + doublings(channels)) / 12));
    QRect box(0, 0, std::min(wide, area.width() - 2 * gap), std::min(high, highestBox));
    box.moveCenter({area.center().x(), area.top() + gap + highestBox / 2});
    painter.setPen(QPen(colours.color(isChosen ? QPalette::Highlight : QPalette::PlaceholderText), 1));
    painter.setBrush(isChosen ? colours.color(QPalette::Highlight) : colours.color(QPalette::Mid));
    painter.drawRect(box);
    int y = area.top() + 2 * gap + highestBox;
    for (qsizetype i = 0; i < words.size(); ++i) {
        painter.setPen(colours.color(i == 0 ? QPalette::Text : QPalette::PlaceholderText));
        const QRect line(area.left(), y, area.width(), painter.fontMetrics().height());
        painter.drawText(line, Qt::AlignCenter,
                         painter.fontMetrics().elidedText(words[i], Qt::ElideRight, line.width()));
        y += painter.fontMetrics().height();
    }
}

void ArchitectureView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const auto shape = [](int channels, int side) {
        return QStringLiteral("%1 \u00d7 %2 \u00d7 %2").arg(channels).arg(side);
    };
    for (std::size_t n = 0; n < m_networks.size(); ++n) {
        const Drawn &drawn = m_networks[n];
        const int top = static_cast<int>(n) * rowHeight();
        QFont strong = font();
        strong.setWeight(QFont::DemiBold);
        painter.setFont(strong);
        painter.setPen(palette().color(QPalette::Text));
        const QRect title(0, top + gap, titleWidth() - gap, rowHeight() - 2 * gap);
        painter.drawText(title, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, drawn.title);
        painter.setFont(font());
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(title.adjusted(0, fontMetrics().height(), 0, 0),
                         Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                         drawn.anatomy ? tr("%1 parameters").arg(parameterText(drawn.anatomy->parameters()))
                                       : tr("being taken apart\u2026"));
        if (!drawn.anatomy)
            continue;
        const Anatomy &anatomy = *drawn.anatomy;
        const int parts = stagesOf(n) + 2;
        painter.setPen(palette().color(QPalette::Mid));
        painter.drawLine(areaOf(n, 0).center().x(), top + gap + highestBox / 2,
                         areaOf(n, parts - 1).center().x(), top + gap + highestBox / 2);
        drawPart(painter, areaOf(n, 0), 1, drawn.inputSize, {tr("input"), shape(1, drawn.inputSize)}, false);
        for (int s = 0; s < stagesOf(n); ++s) {
            const StageAnatomy &stage = anatomy.stages[static_cast<std::size_t>(s)];
            drawPart(painter, areaOf(n, s + 1), stage.channels, stage.side,
                     {QString::fromStdString(stage.name), shape(stage.channels, stage.side),
                      parameterText(stage.parameters)},
                     static_cast<int>(n) == m_network && s == m_stage);
        }
        drawPart(painter, areaOf(n, parts - 1), anatomy.classes, 1,
                 {tr("head"), tr("%1 classes").arg(anatomy.classes), parameterText(anatomy.headParameters)},
                 false);
    }
    if (hasFocus() && static_cast<std::size_t>(m_network) < m_networks.size()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(palette().color(QPalette::Highlight));
        painter.drawRect(areaOf(static_cast<std::size_t>(m_network), m_stage + 1).adjusted(2, 2, -3, -3));
    }
}

void ArchitectureView::mousePressEvent(QMouseEvent *event)
{
    if (const auto at = stageAt(event->pos()))
        Q_EMIT chosen(at->y(), at->x());
}

void ArchitectureView::mouseMoveEvent(QMouseEvent *event)
{
    setCursor(stageAt(event->pos()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void ArchitectureView::keyPressEvent(QKeyEvent *event)
{
    int network = m_network;
    int stage = m_stage;
    switch (event->key()) {
    case Qt::Key_Left:
        --stage;
        break;
    case Qt::Key_Right:
        ++stage;
        break;
    case Qt::Key_Up:
        --network;
        break;
    case Qt::Key_Down:
        ++network;
        break;
    default:
        return QWidget::keyPressEvent(event);
    }
    network = std::clamp(network, 0, std::max(0, static_cast<int>(m_networks.size()) - 1));
    if (static_cast<std::size_t>(network) >= m_networks.size()
        || stagesOf(static_cast<std::size_t>(network)) == 0)
        return;
    Q_EMIT chosen(network, std::clamp(stage, 0, stagesOf(static_cast<std::size_t>(network)) - 1));
}

bool ArchitectureView::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    if (const auto at = stageAt(help->pos())) {
        const StageAnatomy &stage = m_networks[static_cast<std::size_t>(at->y())]
                                        .anatomy->stages[static_cast<std::size_t>(at->x())];
        QToolTip::showText(help->globalPos(),
                           tr("%1: %2 channels of %3 \u00d7 %3 cells, %L4 parameters. Click to see what it "
                              "makes of the film.")
                               .arg(QString::fromStdString(stage.name))
                               .arg(stage.channels)
                               .arg(stage.side)
                               .arg(stage.parameters),
                           this);
    } else {
        QToolTip::hideText();
    }
    return true;
}

} // namespace hilum::ui
