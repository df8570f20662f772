// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/DistributionPlot.h"

#include "ui/plots/ClassNames.h"
#include "ui/plots/PlotPainting.h"
#include "ui/plots/QCustomPlotHeader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int binCount = 28;
constexpr int columns = 2;

struct Scale {
    double low = 0;
    double step = 1;

    int binOf(double value) const
    {
        return std::clamp(static_cast<int>(std::floor((value - low) / step)), 0, binCount - 1);
    }
    double centre(int bin) const { return low + (bin + 0.5) * step; }
};

Scale scaleOf(const DistributionPanel &panel)
{
    std::vector<double> all;
    for (const ClassValues &group : panel.classes)
        all.insert(all.end(), group.values.begin(), group.values.end());
    if (all.empty())
        return {};
    std::ranges::sort(all);
    const double low = all[all.size() / 100];
    const double high = all[all.size() - 1 - all.size() / 100];
    if (high <= low)
        return {low - 0.5, 1.0 / binCount};
    return {low, (high - low) / (binCount - 1)};
}

std::array<double, binCount> sharesOf(const ClassValues &group, const Scale &scale)
{
    std::array<double, binCount> shares{};
    for (const double value : group.values)
        shares[static_cast<std::size_t>(scale.binOf(value))]
            += 1.0 / static_cast<double>(group.values.size());
    return shares;
}

QString number(double value) { return QString::number(value, 'g', QLocale::FloatingPointShortest); }

} // namespace

DistributionPlot::DistributionPlot(QWidget *parent)
    : PlotSurface(parent)
    , m_plot(new QCustomPlot(this))
{
    m_plot->setInteractions({});
    m_plot->setContextMenuPolicy(Qt::NoContextMenu);
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    rebuild();
}

void DistributionPlot::setPanels(const QString &title, std::vector<DistributionPanel> panels)
{
    m_title = title;
    m_panels = std::move(panels);
    setAccessibleName(m_title);
    QStringList names;
    for (const DistributionPanel &panel : m_panels)
        names << panel.title;
    setAccessibleDescription(names.join(QStringLiteral(", ")));
    rebuild();
}

QString DistributionPlot::csv() const
{
    QString text = QStringLiteral("property,class,value,share\n");
    for (const DistributionPanel &panel : m_panels) {
        const Scale scale = scaleOf(panel);
        QString name = panel.title;
        name.replace(QLatin1Char('"'), QLatin1String("\"\""));
        for (const ClassValues &group : panel.classes) {
            const auto shares = sharesOf(group, scale);
            for (int bin = 0; bin < binCount; ++bin)
                text += QStringLiteral("\"%1\",\"%2\",%3,%4\n")
                            .arg(name, QString::fromStdString(group.label), number(scale.centre(bin)),
                                 number(shares[static_cast<std::size_t>(bin)]));
        }
    }
    return text;
}

void DistributionPlot::addPanel(const DistributionPanel &panel, int row, int column)
{
    auto *head = new QCPTextElement(m_plot, panel.title, font());
    head->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
    head->setTextColor(theme().text);
    auto *rect = new QCPAxisRect(m_plot);
    QCPLayoutGrid *grid = m_plot->plotLayout();
    grid->addElement(2 * row, column, head);
    grid->addElement(2 * row + 1, column, rect);
    grid->setRowStretchFactor(2 * row, 0.001);

    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.9);
    QCPAxis *across = rect->axis(QCPAxis::atBottom);
    QCPAxis *upwards = rect->axis(QCPAxis::atLeft);
    for (QCPAxis *axis : rect->axes()) {
        axis->setBasePen(QPen(theme().line));
        axis->setTickPen(Qt::NoPen);
        axis->setSubTicks(false);
        axis->setTickLabelColor(theme().muted);
        axis->setTickLabelFont(small);
        axis->setNumberFormat(QStringLiteral("gb"));
        axis->setNumberPrecision(4);
        axis->grid()->setPen(QPen(theme().line, 1));
    }
    upwards->setTickLabels(false);
    upwards->grid()->setVisible(false);
    across->ticker()->setTickCount(4);

    auto *legend = new QCPLegend;
    rect->insetLayout()->addElement(legend, Qt::AlignTop | Qt::AlignRight);
    rect->insetLayout()->setMargins({4, 4, 4, 4});
    legend->setLayer(QStringLiteral("legend"));
    legend->setBrush(Qt::NoBrush);
    legend->setBorderPen(Qt::NoPen);
    legend->setFont(small);
    legend->setTextColor(theme().text);
    legend->setIconSize(14, 8);
    legend->setRowSpacing(0);

    const Scale scale = scaleOf(panel);
    double highest = 0;
    for (const ClassValues &group : panel.classes) {
        const auto shares = sharesOf(group, scale);
        auto *graph = m_plot->addGraph(across, upwards);
        graph->setLineStyle(QCPGraph::lsStepCenter);
        const QColor colour = classColour(group.label, group.index);
        graph->setPen(QPen(colour, 1.6));
        QColor fill = colour;
        fill.setAlpha(56);
        graph->setBrush(fill);
        graph->setName(classTitle(group.label));
        graph->setAdaptiveSampling(false);
        for (int bin = 0; bin < binCount; ++bin) {
            graph->addData(scale.centre(bin), shares[static_cast<std::size_t>(bin)]);
            highest = std::max(highest, shares[static_cast<std::size_t>(bin)]);
        }
        graph->addToLegend(legend);
    }
    across->setRange(scale.low, scale.low + binCount * scale.step);
    upwards->setRange(0, highest > 0 ? highest * 1.08 : 1);
    rect->setMinimumMargins({4, 2, 8, 2});
}

void DistributionPlot::rebuild()
{
    m_plot->clearItems();
    m_plot->clearPlottables();
    m_plot->plotLayout()->clear();
    m_plot->setBackground(theme().background);
    m_plot->setAutoAddPlottableToLegend(false);
    if (m_panels.empty()) {
        auto *words = new QCPTextElement(m_plot, tr("No property alone tells these classes apart"), font());
        words->setTextColor(theme().muted);
        m_plot->plotLayout()->addElement(0, 0, words);
    }
    m_plot->plotLayout()->setRowSpacing(2);
    m_plot->plotLayout()->setColumnSpacing(16);
    for (int i = 0; i < static_cast<int>(m_panels.size()); ++i)
        addPanel(m_panels[static_cast<std::size_t>(i)], i / columns, i % columns);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void DistributionPlot::paintPlot(QPainter &painter, QSize size)
{
    paintThrough(*m_plot, painter, size);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void DistributionPlot::resizeEvent(QResizeEvent *)
{
    m_plot->setGeometry(rect());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

} // namespace hilum::ui
