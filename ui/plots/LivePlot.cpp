// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/LivePlot.h"

#include "ui/plots/PlotPainting.h"
#include "ui/plots/QCustomPlotHeader.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hilum::ui {

namespace {

constexpr int redrawMs = 100;
constexpr double headroom = 0.06;
constexpr int labelGap = 6;
constexpr char validationSplit[] = "validation";

QString number(double value) { return QString::number(value, 'g', QLocale::FloatingPointShortest); }

double valueOf(const LivePoint &point, bool accuracy) { return accuracy ? point.accuracy : point.loss; }

} // namespace

LivePlot::LivePlot(QWidget *parent)
    : PlotSurface(parent)
    , m_plot(new QCustomPlot(this))
    , m_leftEdge(new QCPMarginGroup(m_plot))
{
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->setContextMenuPolicy(Qt::NoContextMenu);
    m_plot->plotLayout()->clear();
    m_plot->plotLayout()->setRowSpacing(0);
    for (int quantity = 0; quantity < quantities; ++quantity)
        makePanel(static_cast<Quantity>(quantity));
    const auto follows = [this] { m_follows = false; };
    connect(m_plot, &QCustomPlot::mouseWheel, this, follows);
    connect(m_plot, &QCustomPlot::mousePress, this, [follows](QMouseEvent *event) {
        if (event->button() == Qt::LeftButton)
            follows();
    });
    connect(m_plot, &QCustomPlot::mouseDoubleClick, this, &LivePlot::showAll);
    m_soon.setSingleShot(true);
    m_soon.setInterval(redrawMs);
    connect(&m_soon, &QTimer::timeout, this, &LivePlot::refresh);
    setAccessibleName(tr("Training as it goes"));
    m_plot->setAccessibleName(accessibleName());
    m_plot->setFocusPolicy(Qt::NoFocus); // the mouse's; what it shows is said by the plot
    themeChanged();
}

QCPAxis *LivePlot::epochAxis(const Panel &panel) const { return panel.rect->axis(QCPAxis::atBottom); }

QCPAxis *LivePlot::valueAxis(const Panel &panel) const { return panel.rect->axis(QCPAxis::atLeft); }

void LivePlot::makePanel(Quantity quantity)
{
    Panel &panel = m_panels[quantity];
    QCPLayoutGrid *grid = m_plot->plotLayout();
    panel.head = new QCPTextElement(m_plot);
    panel.head->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
    panel.rect = new QCPAxisRect(m_plot);
    grid->addElement(grid->rowCount(), 0, panel.head);
    grid->setRowStretchFactor(grid->rowCount() - 1, 0.001);
    grid->addElement(grid->rowCount(), 0, panel.rect);
    grid->setRowStretchFactor(grid->rowCount() - 1, quantity == Rate ? 0.6 : 1);
    panel.rect->setRangeZoomFactor(0.8);
    panel.rect->setAutoMargins(QCP::msLeft | QCP::msBottom);
    panel.rect->setMarginGroup(QCP::msLeft, m_leftEdge);
    const auto graph = [&] { return m_plot->addGraph(epochAxis(panel), valueAxis(panel)); };
    panel.training = graph();
    const auto text = [&] {
        auto *item = new QCPItemText(m_plot);
        item->setClipToAxisRect(false);
        item->position->setType(QCPItemPosition::ptPlotCoords);
        item->position->setAxes(epochAxis(panel), valueAxis(panel));
        item->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        item->setPadding(QMargins(labelGap, 0, 0, 0));
        return item;
    };
    panel.trainingLabel = text();
    if (quantity != Rate) {
        panel.validation = graph();
        panel.validationLabel = text();
    }
    const QSharedPointer<QCPAxisTickerFixed> whole(new QCPAxisTickerFixed);
    whole->setTickStep(1);
    whole->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    whole->setTickCount(8);
    epochAxis(panel)->setTicker(whole);
    epochAxis(panel)->setNumberFormat(QStringLiteral("f"));
    epochAxis(panel)->setNumberPrecision(0);
    epochAxis(panel)->setTickLabels(quantity == Rate);
    epochAxis(panel)->grid()->setVisible(false);
    valueAxis(panel)->ticker()->setTickCount(quantity == Rate ? 2 : 4);
    valueAxis(panel)->setNumberFormat(QStringLiteral("g"));
    valueAxis(panel)->setNumberPrecision(3);
    for (int other = 0; other < quantity; ++other) {
        const auto follow = [](QCPAxis *from, QCPAxis *to) {
            connect(from, qOverload<const QCPRange &>(&QCPAxis::rangeChanged), to,
                    qOverload<const QCPRange &>(&QCPAxis::setRange));
        };
        follow(epochAxis(panel), epochAxis(m_panels[static_cast<std::size_t>(other)]));
        follow(epochAxis(m_panels[static_cast<std::size_t>(other)]), epochAxis(panel));
    }
}

void LivePlot::themeChanged()
{
    const std::array heads{tr("Loss (cross-entropy, nats)"), tr("Accuracy"), tr("Learning rate")};
    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.9);
    m_plot->setBackground(theme().background);
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
        Panel &panel = m_panels[i];
        panel.head->setText(heads[i]);
        panel.head->setFont(font());
        panel.head->setTextColor(theme().text);
        for (QCPAxis *axis : {epochAxis(panel), valueAxis(panel)}) {
            calmAxis(*axis, theme(), small);
        }
        valueAxis(panel)->setBasePen(Qt::NoPen);
        panel.training->setPen(QPen(theme().muted, 1.2));
        panel.trainingLabel->setColor(theme().muted);
        panel.trainingLabel->setFont(small);
        if (panel.validation) {
            panel.validation->setPen(QPen(theme().accent, 2));
            panel.validation->setScatterStyle(
                QCPScatterStyle(QCPScatterStyle::ssDisc, theme().accent, theme().accent, 5));
            panel.validationLabel->setColor(theme().accent);
            panel.validationLabel->setFont(small);
        }
    }
    epochAxis(m_panels[Rate])->setLabel(tr("epoch"));
    refresh();
}

void LivePlot::begin(const QString &name, int epochs)
{
    m_name = name;
    m_epochs = epochs;
    m_points.clear();
    m_history = {};
    m_follows = true;
    refresh();
}

void LivePlot::addStep(const LivePoint &point)
{
    while (!m_points.empty() && m_points.back().position >= point.position)
        m_points.pop_back(); // done once more after a checkpoint
    m_points.push_back(point);
    if (!m_soon.isActive())
        m_soon.start();
}

void LivePlot::setSteps(std::vector<LivePoint> points)
{
    m_points = std::move(points);
    refresh();
}

void LivePlot::setHistory(const TrainingHistory &history)
{
    m_history = history;
    refresh();
}

void LivePlot::refresh()
{
    for (int quantity = 0; quantity < quantities; ++quantity) {
        Panel &panel = m_panels[static_cast<std::size_t>(quantity)];
        const bool accuracy = quantity == Accuracy;
        QVector<double> at;
        QVector<double> values;
        QVector<double> validAt;
        QVector<double> validValues;
        // Epochs before this window was opened are known by their means only.
        const double first = m_points.empty() ? 1e9 : m_points.front().position;
        for (const EpochRecord &record : m_history.records) {
            const double value = accuracy ? record.accuracy : record.loss;
            if (record.split == validationSplit) {
                validAt << record.epoch;
                validValues << value;
            } else if (record.epoch <= first) {
                at << record.epoch;
                values << (quantity == Rate ? record.learningRate : value);
            }
        }
        for (const LivePoint &point : m_points) {
            at << point.position;
            values << (quantity == Rate ? point.learningRate : valueOf(point, accuracy));
        }
        panel.training->setData(at, values);
        panel.training->setScatterStyle(at.size() == 1
                                            ? QCPScatterStyle(QCPScatterStyle::ssDisc, theme().muted, 4)
                                            : QCPScatterStyle(QCPScatterStyle::ssNone));
        if (panel.validation)
            panel.validation->setData(validAt, validValues);
    }
    if (m_follows)
        fit();
    for (int quantity = 0; quantity < quantities; ++quantity) {
        Panel &panel = m_panels[static_cast<std::size_t>(quantity)];
        label(panel.trainingLabel, panel.training, quantity == Rate ? QString() : tr("training"),
              static_cast<Quantity>(quantity));
        if (!panel.validation)
            continue;
        label(panel.validationLabel, panel.validation, tr("validation"), static_cast<Quantity>(quantity));
        // Labels of lines that end close together stand above each other.
        if (panel.training->data()->isEmpty() || panel.validation->data()->isEmpty())
            continue;
        const double lower = panel.training->data()->at(panel.training->dataCount() - 1)->value;
        const double upper = panel.validation->data()->at(panel.validation->dataCount() - 1)->value;
        const bool close
            = std::abs(valueAxis(panel)->coordToPixel(lower) - valueAxis(panel)->coordToPixel(upper))
            < QFontMetrics(panel.trainingLabel->font()).height();
        const bool above = upper > lower;
        panel.trainingLabel->setPositionAlignment(
            Qt::AlignLeft | (close ? (above ? Qt::AlignTop : Qt::AlignBottom) : Qt::AlignVCenter));
        panel.validationLabel->setPositionAlignment(
            Qt::AlignLeft | (close ? (above ? Qt::AlignBottom : Qt::AlignTop) : Qt::AlignVCenter));
    }
    setAccessibleDescription(summary());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LivePlot::label(QCPItemText *item, QCPGraph *graph, const QString &name, Quantity quantity) const
{
    const bool any = !graph->data()->isEmpty();
    item->setVisible(any);
    if (!any)
        return;
    const auto last = graph->data()->at(graph->dataCount() - 1);
    item->position->setCoords(last->key, last->value);
    const QString value
        = quantity == Rate ? QString::number(last->value, 'g', 3) : QString::number(last->value, 'f', 2);
    item->setText(name.isEmpty() ? value : name + QLatin1Char(' ') + value);
}

void LivePlot::fit()
{
    double end = std::max(1, m_epochs);
    if (!m_points.empty())
        end = std::max(end, m_points.back().position);
    // Beside the panel there is room for the labels of the lines' ends.
    const QFontMetrics small(m_panels[Loss].trainingLabel->font());
    const int label = small.horizontalAdvance(tr("validation") + QStringLiteral(" 00.00")) + 2 * labelGap;
    for (int quantity = 0; quantity < quantities; ++quantity) {
        Panel &panel = m_panels[static_cast<std::size_t>(quantity)];
        panel.rect->setMargins({0, 0, label, 0});
        epochAxis(panel)->setRange(0, std::ceil(end));
        // Accuracy from 0 to 1, so that no rise looks larger than it is.
        if (quantity == Accuracy) {
            valueAxis(panel)->setRange(0, 1 + headroom / 5);
            continue;
        }
        double low = std::numeric_limits<double>::infinity();
        double high = -low;
        for (QCPGraph *graph : {panel.training, panel.validation}) {
            if (!graph)
                continue;
            for (const QCPGraphData &point : *graph->data()) {
                if (!std::isfinite(point.value))
                    continue;
                low = std::min(low, point.value);
                high = std::max(high, point.value);
            }
        }
        if (low > high) {
            low = 0;
            high = 1;
        }
        low = std::min(low, 0.0);
        valueAxis(panel)->setRange(low, high + std::max(high - low, 1e-9) * headroom);
    }
}

void LivePlot::showAll()
{
    m_follows = true;
    refresh();
}

QString LivePlot::title() const
{
    return m_name.isEmpty() ? tr("Training") : tr("Training of %1").arg(m_name);
}

QString LivePlot::csv() const
{
    QString text = QStringLiteral("position,split,loss,accuracy,learning_rate\n");
    const auto row = [&](double at, const QString &split, double loss, double accuracy, double rate) {
        text += QStringList{number(at), split, number(loss), number(accuracy), number(rate)}.join(
                    QLatin1Char(','))
            + QLatin1Char('\n');
    };
    for (const LivePoint &point : m_points)
        row(point.position, QStringLiteral("step"), point.loss, point.accuracy, point.learningRate);
    for (const EpochRecord &record : m_history.records)
        row(record.epoch, QString::fromStdString(record.split), record.loss, record.accuracy,
            record.learningRate);
    return text;
}

QString LivePlot::summary() const
{
    if (m_points.empty() && m_history.records.empty())
        return tr("Waiting for the first step");
    QStringList parts;
    if (!m_points.empty())
        parts << tr("training: loss %1, accuracy %2 at epoch %3")
                     .arg(QString::number(m_points.back().loss, 'f', 2),
                          QString::number(m_points.back().accuracy, 'f', 2),
                          QString::number(m_points.back().position, 'f', 1));
    if (!m_history.records.empty() && m_history.records.back().split == validationSplit)
        parts << tr("validation: loss %1, accuracy %2 after epoch %3")
                     .arg(QString::number(m_history.records.back().loss, 'f', 2),
                          QString::number(m_history.records.back().accuracy, 'f', 2))
                     .arg(m_history.records.back().epoch);
    return parts.join(QStringLiteral("; "));
}

void LivePlot::paintPlot(QPainter &painter, QSize size)
{
    paintThrough(*m_plot, painter, size);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LivePlot::resizeEvent(QResizeEvent *)
{
    m_plot->setGeometry(rect());
    refresh();
}

} // namespace hilum::ui
