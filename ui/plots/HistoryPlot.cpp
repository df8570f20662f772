// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/HistoryPlot.h"

#include "ui/plots/PlotCsv.h"
#include "ui/plots/PlotPainting.h"
#include "ui/plots/QCustomPlotHeader.h"

#include <QApplication>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int stackBelow = 520; // narrower than this, loss stands above accuracy
constexpr int valuesFrom = 420; // panels at least this wide carry the last value beside the name
constexpr int labelGap = 6; // from a line's end to its label
constexpr double cursorRoom = 0.01; // of the epochs, beside the first and the last
constexpr double headroom = 0.05; // of the range, above and below the data
constexpr char validationSplit[] = "validation";

QString number(double value) { return QString::number(value, 'g', QLocale::FloatingPointShortest); }

const EpochRecord *recordOf(const TrainingHistory &history, int epoch, bool validation)
{
    for (const EpochRecord &record : history.records) {
        if (record.epoch == epoch && (record.split == validationSplit) == validation)
            return &record;
    }
    return nullptr;
}

// The value of a graph's polyline at x; NaN outside it.
double valueAt(const QCPGraph &graph, double x)
{
    const auto data = graph.data();
    const auto next = std::find_if(data->constBegin(), data->constEnd(),
                                   [x](const QCPGraphData &d) { return d.key >= x; });
    if (next == data->constEnd())
        return std::nan("");
    if (next->key == x)
        return next->value;
    if (next == data->constBegin())
        return std::nan("");
    const auto before = next - 1;
    return before->value + (next->value - before->value) * (x - before->key) / (next->key - before->key);
}

} // namespace

struct HistoryPlot::Curve {
    QCPGraph *graph = nullptr;
    QCPItemText *label = nullptr;
    QCPItemTracer *marker = nullptr;
    QString name;
};

struct HistoryPlot::Panel {
    int model = 0;
    bool accuracy = false;
    QCPAxisRect *rect = nullptr;
    QCPTextElement *head = nullptr;
    QCPItemLine *hair = nullptr;
    QCPItemLine *cursor = nullptr;
    QCPRange full;
    std::vector<Curve> curves;
};

HistoryPlot::HistoryPlot(QWidget *parent)
    : PlotSurface(parent)
    , m_plot(new QCustomPlot(this))
    , m_leftEdge(new QCPMarginGroup(m_plot))
{
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->setMouseTracking(true);
    m_plot->setAccessibleName(tr("Training history"));
    m_plot->setContextMenuPolicy(Qt::NoContextMenu);
    m_plot->installEventFilter(this);
    connect(m_plot, &QCustomPlot::mouseDoubleClick, this, &HistoryPlot::showAll);
    connect(m_plot, &QCustomPlot::mouseMove, this, [this](QMouseEvent *event) { hover(event->pos()); });
    connect(m_plot, &QCustomPlot::mousePress, this, [this](QMouseEvent *event) { m_pressed = event->pos(); });
    connect(m_plot, &QCustomPlot::mouseRelease, this, [this](QMouseEvent *event) {
        const bool isClick = (event->pos() - m_pressed).manhattanLength() < QApplication::startDragDistance();
        const int epoch = epochAt(event->pos());
        if (isClick && event->button() == Qt::LeftButton && !readOut(epoch).isEmpty())
            Q_EMIT epochClicked(epoch);
    });
    connect(m_plot, &QCustomPlot::afterLayout, this, &HistoryPlot::placeLabels);
    rebuild();
}

HistoryPlot::~HistoryPlot() = default;

QString HistoryPlot::title() const
{
    QStringList names;
    for (const NamedHistory &named : m_histories)
        names << named.name;
    return names.isEmpty() ? tr("Training history")
                           : tr("Training history: %1").arg(names.join(QStringLiteral(", ")));
}

bool HistoryPlot::isEmpty() const
{
    return std::all_of(m_histories.begin(), m_histories.end(),
                       [](const NamedHistory &named) { return named.history.records.empty(); });
}

void HistoryPlot::setHistories(std::vector<NamedHistory> histories)
{
    m_histories = std::move(histories);
    m_marked = 0;
    setAccessibleName(title());
    rebuild();
}

QString HistoryPlot::csv() const
{
    QString text = QStringLiteral("model,epoch,split,loss,accuracy,auc,learning_rate,seconds\n");
    for (const NamedHistory &named : m_histories) {
        const QString name = csvField(named.name);
        for (const EpochRecord &record : named.history.records) {
            text += QStringList{name,
                                QString::number(record.epoch),
                                QString::fromStdString(record.split),
                                number(record.loss),
                                number(record.accuracy),
                                number(record.auc),
                                number(record.learningRate),
                                number(record.seconds)}
                        .join(QLatin1Char(','))
                + QLatin1Char('\n');
        }
    }
    return text;
}

QString HistoryPlot::readOut(int epoch) const
{
    QStringList lines;
    for (const NamedHistory &named : m_histories) {
        QStringList parts;
        for (const bool validation : {true, false}) {
            if (const EpochRecord *record = recordOf(named.history, epoch, validation))
                parts << tr("%1: loss %2, accuracy %3")
                             .arg(validation ? tr("validation") : tr("training"),
                                  QString::number(record->loss, 'f', 4),
                                  QString::number(record->accuracy, 'f', 4));
        }
        if (!parts.isEmpty())
            lines << tr("%1, epoch %2").arg(named.name).arg(epoch) << parts;
    }
    return lines.join(QLatin1Char('\n'));
}

void HistoryPlot::rebuild()
{
    m_panels.clear();
    m_plot->clearItems();
    m_plot->clearPlottables();
    m_plot->plotLayout()->clear();
    m_plot->setBackground(theme().background);
    if (isEmpty()) {
        auto *words = new QCPTextElement(m_plot, tr("No training history in this package"), font());
        words->setTextColor(theme().muted);
        m_plot->plotLayout()->addElement(0, 0, words);
        m_plot->replot(QCustomPlot::rpQueuedReplot);
        return;
    }
    for (std::size_t model = 0; model < m_histories.size(); ++model) {
        addPanel(static_cast<int>(model), false);
        addPanel(static_cast<int>(model), true);
    }
    linkRanges();
    arrange(size());
    placeCursor();
    showAll();
}

void HistoryPlot::addPanel(int model, bool accuracy)
{
    auto panel = std::make_unique<Panel>();
    panel->model = model;
    panel->accuracy = accuracy;

    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.9);
    const QString quantity = accuracy ? tr("accuracy") : tr("loss (cross-entropy, nats)");
    panel->head = new QCPTextElement(
        m_plot, tr("%1 · %2").arg(m_histories[static_cast<std::size_t>(model)].name, quantity), font());
    panel->head->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
    panel->head->setTextColor(theme().text);

    panel->rect = new QCPAxisRect(m_plot);
    panel->rect->setBackground(QBrush(theme().background));
    panel->rect->setRangeZoomFactor(0.8);
    // Items find their axes through the plot, so the panel must stand in it; arrange() moves it.
    QCPLayoutGrid *grid = m_plot->plotLayout();
    grid->addElement(grid->rowCount(), 0, panel->head);
    grid->addElement(grid->rowCount(), 0, panel->rect);
    for (QCPAxis *axis : panel->rect->axes()) {
        calmAxis(*axis, theme(), small);
        axis->grid()->setSubGridVisible(false);
    }
    QCPAxis *epochs = panel->rect->axis(QCPAxis::atBottom);
    QCPAxis *values = panel->rect->axis(QCPAxis::atLeft);
    epochs->grid()->setVisible(false);
    epochs->setLabelPadding(2);
    const QSharedPointer<QCPAxisTickerFixed> whole(new QCPAxisTickerFixed);
    whole->setTickStep(1);
    whole->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    whole->setTickCount(6);
    epochs->setTicker(whole);
    epochs->setNumberFormat(QStringLiteral("f"));
    epochs->setNumberPrecision(0);
    values->ticker()->setTickCount(4);
    values->setBasePen(Qt::NoPen);
    values->setNumberFormat(QStringLiteral("f"));
    values->setNumberPrecision(2);
    connect(values, qOverload<const QCPRange &>(&QCPAxis::rangeChanged), this,
            [values](const QCPRange &range) { values->setNumberPrecision(range.size() > 0.08 ? 2 : 4); });

    const auto upright = [&](const QPen &pen) {
        auto *line = new QCPItemLine(m_plot);
        line->setClipAxisRect(panel->rect);
        for (QCPItemPosition *end : {line->start, line->end}) {
            end->setTypeX(QCPItemPosition::ptPlotCoords);
            end->setTypeY(QCPItemPosition::ptAxisRectRatio);
            end->setAxes(epochs, values);
            end->setAxisRect(panel->rect);
        }
        line->setPen(pen);
        line->setVisible(false);
        return line;
    };
    panel->cursor = upright(QPen(theme().text, 1.5));
    panel->hair = upright(QPen(theme().muted, 1));

    addCurve(*panel, model, false);
    addCurve(*panel, model, true);
    m_panels.push_back(std::move(panel));
}

void HistoryPlot::addCurve(Panel &panel, int model, bool validation)
{
    Curve curve;
    curve.name = validation ? tr("validation") : tr("training");
    QVector<double> epochs;
    QVector<double> values;
    for (const EpochRecord &record : m_histories[static_cast<std::size_t>(model)].history.records) {
        if ((record.split == validationSplit) != validation)
            continue;
        epochs << record.epoch;
        values << (panel.accuracy ? record.accuracy : record.loss);
    }
    if (epochs.isEmpty())
        return;

    const QColor colour = validation ? theme().accent : theme().muted;
    curve.graph = m_plot->addGraph(panel.rect->axis(QCPAxis::atBottom), panel.rect->axis(QCPAxis::atLeft));
    curve.graph->setData(epochs, values);
    QPen pen(colour, validation ? 2 : 1.5);
    if (!validation)
        pen.setDashPattern({4, 3});
    pen.setCapStyle(Qt::FlatCap);
    curve.graph->setPen(pen);
    if (epochs.size() == 1) // a line of one point is invisible
        curve.graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, colour, 6));

    curve.label = new QCPItemText(m_plot);
    curve.label->setClipToAxisRect(false);
    curve.label->position->setType(QCPItemPosition::ptAbsolute);
    curve.label->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    curve.label->setPadding({});
    curve.label->setBrush(theme().background);
    curve.label->setFont(panel.rect->axis(QCPAxis::atBottom)->tickLabelFont());
    curve.label->setColor(validation ? theme().accent : theme().muted);

    curve.marker = new QCPItemTracer(m_plot);
    curve.marker->setClipAxisRect(panel.rect);
    curve.marker->setGraph(curve.graph);
    curve.marker->setStyle(QCPItemTracer::tsCircle);
    curve.marker->setSize(7);
    curve.marker->setPen(QPen(colour, 2));
    curve.marker->setBrush(theme().background);
    curve.marker->setVisible(false);
    panel.curves.push_back(curve);
}

// One epoch range for all panels, one value range for all panels of a quantity.
void HistoryPlot::linkRanges()
{
    for (const auto &from : m_panels) {
        for (const auto &to : m_panels) {
            if (from == to)
                continue;
            // Setting a range that is already there emits nothing, so this ends.
            connect(from->rect->axis(QCPAxis::atBottom), qOverload<const QCPRange &>(&QCPAxis::rangeChanged),
                    to->rect->axis(QCPAxis::atBottom), qOverload<const QCPRange &>(&QCPAxis::setRange));
            if (from->accuracy == to->accuracy)
                connect(from->rect->axis(QCPAxis::atLeft),
                        qOverload<const QCPRange &>(&QCPAxis::rangeChanged), to->rect->axis(QCPAxis::atLeft),
                        qOverload<const QCPRange &>(&QCPAxis::setRange));
        }
    }
}

// Puts the panels where they belong for this size; their contents stay.
void HistoryPlot::arrange(QSize size)
{
    if (m_panels.empty())
        return;
    m_stacked = size.width() < stackBelow;
    QCPLayoutGrid *grid = m_plot->plotLayout();
    for (const auto &panel : m_panels) {
        grid->take(panel->head);
        grid->take(panel->rect);
    }
    grid->simplify();
    grid->setRowSpacing(0);
    grid->setColumnSpacing(16);

    const int columns = m_stacked ? 1 : 2;
    const int panelWidth = size.width() / columns;
    const int count = static_cast<int>(m_panels.size());
    for (int i = 0; i < count; ++i) {
        Panel &panel = *m_panels[static_cast<std::size_t>(i)];
        const int row = i / columns;
        grid->addElement(2 * row, i % columns, panel.head);
        grid->addElement(2 * row + 1, i % columns, panel.rect);
        grid->setRowStretchFactor(2 * row, 0.001);
        grid->setRowStretchFactor(2 * row + 1, 1);

        int widest = 0;
        const QFontMetrics metrics(panel.rect->axis(QCPAxis::atBottom)->tickLabelFont());
        for (Curve &curve : panel.curves) {
            QString words = curve.name;
            if (panelWidth >= valuesFrom)
                words += QStringLiteral(" %1").arg((curve.graph->data()->constEnd() - 1)->value, 0, 'f', 2);
            curve.label->setText(words);
            widest = std::max(widest, metrics.horizontalAdvance(words));
        }
        panel.rect->setAutoMargins(QCP::msLeft | QCP::msTop | QCP::msBottom);
        panel.rect->setMinimumMargins({8, 4, 0, 4});
        panel.rect->setMarginGroup(QCP::msLeft, m_leftEdge);
        panel.head->setMargins({4, row == 0 ? 2 : 8, 0, 2});
        panel.rect->setMargins({0, 0, widest + labelGap + 8, 0});
        const bool lowest = i + columns >= count;
        QCPAxis *epochs = panel.rect->axis(QCPAxis::atBottom);
        epochs->setTickLabels(lowest);
        epochs->setLabel(lowest ? tr("Epoch") : QString());
    }
}

void HistoryPlot::showAll()
{
    if (m_panels.empty())
        return;
    QCPRange epochs(1, 1);
    QCPRange loss(0, 0);
    QCPRange accuracy(1, 1);
    for (const NamedHistory &named : m_histories) {
        for (const EpochRecord &record : named.history.records) {
            epochs.upper = std::max<double>(epochs.upper, record.epoch);
            if (std::isfinite(record.loss))
                loss.upper = std::max(loss.upper, record.loss);
            if (std::isfinite(record.accuracy))
                accuracy.lower = std::min(accuracy.lower, record.accuracy);
        }
    }
    if (epochs.upper == epochs.lower)
        epochs = {0, 2};
    if (m_cursor > 0)
        epochs = {epochs.lower - cursorRoom * epochs.size(), epochs.upper + cursorRoom * epochs.size()};
    loss.upper = loss.upper > 0 ? loss.upper * (1 + headroom) : 1;
    // Accuracy always reaches up to 1, so that no rise looks larger than it is.
    accuracy.lower = accuracy.lower - headroom < 0.5 ? 0 : 0.5;
    accuracy.upper = 1 + headroom / 5;
    for (const auto &panel : m_panels) {
        panel->rect->axis(QCPAxis::atBottom)->setRange(epochs);
        panel->rect->axis(QCPAxis::atLeft)->setRange(panel->accuracy ? accuracy : loss);
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

// Labels stand where their line ends or leaves the panel, pushed apart where they would overlap.
void HistoryPlot::placeLabels()
{
    for (const auto &panel : m_panels) {
        const QCPAxis *epochs = panel->rect->axis(QCPAxis::atBottom);
        const QCPAxis *values = panel->rect->axis(QCPAxis::atLeft);
        const int line = QFontMetrics(epochs->tickLabelFont()).height();
        values->ticker()->setTickCount(std::clamp(panel->rect->height() / (2 * line), 1, 4));
        struct Place {
            QCPItemText *label;
            double x;
            double y;
        };
        std::vector<Place> places;
        for (const Curve &curve : panel->curves) {
            const double last = (curve.graph->data()->constEnd() - 1)->key;
            const double key = std::min(last, epochs->range().upper);
            const double value = key < epochs->range().lower ? std::nan("") : valueAt(*curve.graph, key);
            const bool shown = std::isfinite(value) && values->range().contains(value);
            curve.label->setVisible(shown);
            if (shown)
                places.push_back(
                    {curve.label, epochs->coordToPixel(key) + labelGap, values->coordToPixel(value)});
        }
        std::sort(places.begin(), places.end(), [](const Place &a, const Place &b) { return a.y < b.y; });
        for (std::size_t i = 1; i < places.size(); ++i) {
            const double overlap = places[i - 1].y + line - places[i].y;
            if (overlap > 0) {
                places[i - 1].y -= overlap / 2;
                places[i].y += overlap / 2;
            }
        }
        for (const Place &place : places)
            place.label->position->setCoords(place.x, place.y);
    }
}

int HistoryPlot::epochAt(QPoint point) const
{
    for (const auto &panel : m_panels) {
        if (panel->rect->rect().contains(point))
            return static_cast<int>(
                std::lround(panel->rect->axis(QCPAxis::atBottom)->pixelToCoord(point.x())));
    }
    return 0;
}

void HistoryPlot::hover(QPoint point)
{
    const int epoch = epochAt(point);
    const QString words = readOut(epoch);
    markEpoch(words.isEmpty() ? 0 : epoch);
    if (words.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(m_plot->mapToGlobal(point), words, m_plot);
}

void HistoryPlot::setCursor(int epoch)
{
    const int before = std::exchange(m_cursor, epoch);
    if (before == epoch)
        return;
    placeCursor();
    if ((before > 0) != (epoch > 0))
        return showAll(); // with room for the cursor at the ends
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void HistoryPlot::placeCursor()
{
    for (const auto &panel : m_panels) {
        panel->cursor->setVisible(m_cursor > 0);
        panel->cursor->start->setCoords(m_cursor, 0);
        panel->cursor->end->setCoords(m_cursor, 1);
    }
}

void HistoryPlot::markEpoch(int epoch)
{
    if (epoch == m_marked)
        return;
    m_marked = epoch;
    for (const auto &panel : m_panels) {
        panel->hair->setVisible(epoch > 0);
        panel->hair->start->setCoords(epoch, 0);
        panel->hair->end->setCoords(epoch, 1);
        for (const Curve &curve : panel->curves) {
            const bool has = epoch > 0 && std::isfinite(valueAt(*curve.graph, epoch));
            curve.marker->setVisible(has);
            curve.marker->setGraphKey(epoch);
        }
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void HistoryPlot::paintPlot(QPainter &painter, QSize size)
{
    const int marked = m_marked;
    markEpoch(0);
    arrange(size);
    paintThrough(*m_plot, painter, size);
    arrange(this->size());
    markEpoch(marked);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void HistoryPlot::resizeEvent(QResizeEvent *)
{
    m_plot->setGeometry(rect());
    arrange(size());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

bool HistoryPlot::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_plot && event->type() == QEvent::Leave)
        markEpoch(0);
    return PlotSurface::eventFilter(watched, event);
}

} // namespace hilum::ui
