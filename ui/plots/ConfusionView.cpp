// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/ConfusionView.h"

#include "ui/plots/ClassNames.h"
#include "ui/plots/PlotCsv.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace hilum::ui {

namespace {

constexpr int gap = 8;
constexpr int hair = 2; // between cells
constexpr int narrow = 360; // below, row labels stand on end
constexpr int swatch = 8; // side of the square in the class's colour
constexpr double widest = 2; // a cell's width over its height

QString inPercent(double share, int decimals) { return QString::number(share * 100, 'f', decimals); }

// Whole per cent for a cell; never rounds a share to "all" or "none" that is not.
QString roundedShare(int count, int films)
{
    if (films == 0)
        return ConfusionView::tr("no film");
    const long whole = std::lround(100.0 * count / films);
    if (whole == 100 && count < films)
        return QStringLiteral("> 99 %");
    if (whole == 0 && count > 0)
        return QStringLiteral("< 1 %");
    return QStringLiteral("%1 %").arg(whole);
}

QString intervalText(int successes, int trials)
{
    const Interval interval = wilsonInterval(successes, trials);
    return ConfusionView::tr("95 % interval %1–%2 %")
        .arg(inPercent(interval.low, 1), inPercent(interval.high, 1));
}

// Relative luminance, WCAG 2.1.
double luminance(const QColor &colour)
{
    const auto linear
        = [](double part) { return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF());
}

QColor readableOn(const QColor &ground)
{
    // White and black read equally well where (L + 0.05)^2 = 1.05 * 0.05.
    return luminance(ground) > 0.179 ? QColor(0x0c, 0x0e, 0x10) : QColor(0xff, 0xff, 0xff);
}

QFont scaled(QFont font, int pixels, bool bold = false)
{
    font.setPixelSize(pixels);
    font.setBold(bold);
    return font;
}

// Draws text narrower, down to 70 %, where it would not fit its place otherwise; cut beyond that.
void drawSqueezed(QPainter &painter, const QRect &place, int side, const QString &text)
{
    const int wanted = painter.fontMetrics().horizontalAdvance(text) + 2;
    const double squeeze = std::clamp(double(place.width()) / wanted, 0.7, 1.0);
    const QRect wide(0, 0, static_cast<int>(std::ceil(place.width() / squeeze)), place.height());
    painter.save();
    painter.translate(place.topLeft());
    painter.scale(squeeze, 1);
    painter.drawText(wide, side | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, wide.width()));
    painter.restore();
}

int bodyPixels(const QRect &bounds)
{
    return std::clamp(std::min(bounds.width(), bounds.height()) / 26, 11, 16);
}

} // namespace

ConfusionView::ConfusionView(QWidget *parent)
    : PlotSurface(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
}

void ConfusionView::setMatrix(const QString &title, std::vector<std::string> classes, ConfusionMatrix matrix,
                              const QString &provenance)
{
    setCalls(title, std::move(classes), std::move(matrix), {}, {}, provenance);
}

void ConfusionView::setCalls(const QString &title, std::vector<std::string> classes, ConfusionMatrix matrix,
                             const QString &first, const QString &second, const QString &provenance)
{
    assert(static_cast<int>(classes.size()) == matrix.classes());
    m_title = title;
    m_first = first;
    m_second = second;
    m_provenance = provenance;
    m_classes = std::move(classes);
    m_matrix = std::move(matrix);
    m_subtracted.reset();
    m_film = m_filmBefore = {-1, -1};
    m_current = {};
    m_pressed.reset();
    setAccessibleName(title);
    setAccessibleDescription(summary());
    update();
}

QString ConfusionView::sentence(int truth, int predicted) const
{
    if (m_subtracted)
        return differenceSentence(truth, predicted);
    if (m_percent != Percent::Row) {
        const int films = whole(m_matrix, truth, predicted);
        const int count = m_matrix.count(truth, predicted);
        return (m_percent == Percent::Total ? tr("%1 of all %2 films are truly %3 and called %4: %5 %, %6")
                                            : tr("%1 of %2 films called %4 are truly %3: %5 %, %6"))
            .arg(QString::number(count), QString::number(films),
                 classTitle(m_classes[static_cast<std::size_t>(truth)]),
                 classTitle(m_classes[static_cast<std::size_t>(predicted)]),
                 inPercent(shareOf(m_matrix, truth, predicted), 1), intervalText(count, films));
    }
    const QString truthTitle = classTitle(m_classes[static_cast<std::size_t>(truth)]);
    const int films = m_matrix.rowTotal(truth);
    if (films == 0)
        return isOfCalls() ? tr("%1 called no film %2").arg(m_first, truthTitle)
                           : tr("No %1 film").arg(truthTitle);
    const int count = m_matrix.count(truth, predicted);
    if (isOfCalls())
        return tr("%1 of %2 films that %3 called %4 were called %5 by %6: %7 %, %8")
            .arg(QString::number(count), QString::number(films), m_first, truthTitle,
                 classTitle(m_classes[static_cast<std::size_t>(predicted)]), m_second,
                 inPercent(m_matrix.rowShare(truth, predicted), 1), intervalText(count, films));
    return tr("%1 of %2 %3 films called %4: %5 %, %6")
        .arg(QString::number(count), QString::number(films), truthTitle,
             classTitle(m_classes[static_cast<std::size_t>(predicted)]),
             inPercent(m_matrix.rowShare(truth, predicted), 1), intervalText(count, films));
}

QString ConfusionView::summary() const
{
    const int films = m_matrix.total();
    if (m_subtracted && films > 0)
        return tr("%1 less %2, n = %3 films").arg(m_second, m_first, QString::number(films));
    if (films == 0)
        return !m_nothing.isEmpty()       ? m_nothing
            : isOfCalls() || m_subtracted ? tr("No films")
                                          : tr("No held-out predictions in this package");
    return (isOfCalls() ? tr("The calls agree on %1 %, %2, n = %3 films")
                        : tr("Accuracy %1 %, %2, n = %3 films"))
        .arg(inPercent(m_matrix.accuracy(), 1), intervalText(correct(), films), QString::number(films));
}

QString ConfusionView::summaryInTwoLines() const
{
    const int films = m_matrix.total();
    if (m_subtracted)
        return tr("%1 less %2\nn = %3 films").arg(m_second, m_first, QString::number(films));
    return (isOfCalls() ? tr("The calls agree on %1 %, n = %2 films\n%3")
                        : tr("Accuracy %1 %, n = %2 films\n%3"))
        .arg(inPercent(m_matrix.accuracy(), 1), QString::number(films), intervalText(correct(), films));
}

int ConfusionView::correct() const
{
    int films = 0;
    for (int i = 0; i < classCount(); ++i)
        films += m_matrix.count(i, i);
    return films;
}

QString ConfusionView::csv() const
{
    if (m_subtracted)
        return differenceCsv();
    const bool isStamped = isOfCalls() || !m_provenance.isEmpty();
    const QString head = isOfCalls() ? QStringLiteral("first,second") : QStringLiteral("truth,predicted");
    QString text = head + QStringLiteral(",count,row_share,low95,high95")
        + (isStamped ? QStringLiteral(",networks,software,notice\n") : QStringLiteral("\n"));
    const QString tail = isStamped ? csvTail(m_provenance) : QStringLiteral("\n");
    const auto name = [this](int index) {
        return csvField(QString::fromStdString(m_classes[static_cast<std::size_t>(index)]));
    };
    for (int truth = 0; truth < classCount(); ++truth) {
        for (int predicted = 0; predicted < classCount(); ++predicted) {
            const int count = m_matrix.count(truth, predicted);
            const Interval interval = wilsonInterval(count, m_matrix.rowTotal(truth));
            text += QStringList{name(truth),
                                name(predicted),
                                QString::number(count),
                                csvValue(m_matrix.rowShare(truth, predicted)),
                                csvValue(interval.low),
                                csvValue(interval.high)}
                        .join(QLatin1Char(','))
                + tail;
        }
    }
    return text;
}

ConfusionView::Layout ConfusionView::layOut(QRect bounds) const
{
    Layout layout;
    const int count = std::max(1, classCount());
    const QFontMetrics body(scaled(font(), bodyPixels(bounds)));
    const int line = body.height();
    layout.uprightRows = bounds.width() >= narrow;
    int widestLabel = body.horizontalAdvance(tr("n = %1").arg(m_matrix.total()));
    for (const std::string &label : m_classes)
        widestLabel = std::max(widestLabel, body.horizontalAdvance(classTitle(label)));
    layout.rowLabelWidth = layout.uprightRows ? widestLabel + swatch + 2 * gap : 2 * line + gap / 2;
    layout.columnLabelHeight = line + gap / 2;

    layout.shortSummary = body.horizontalAdvance(summary()) > bounds.width();
    const int summaryHeight = (layout.shortSummary ? 2 : 1) * line;
    const int top = line + layout.columnLabelHeight;
    const int left = line + layout.rowLabelWidth;
    const QSize room(bounds.width() - left, bounds.height() - top - summaryHeight - gap);
    const int cellHeight = std::max(1, room.height() / count);
    const int cellWidth = std::max(1, std::min(room.width() / count, static_cast<int>(cellHeight * widest)));
    const QSize grid(cellWidth * count, std::min(cellHeight, cellWidth) * count);
    // The whole picture stands in the middle, labels included.
    const int spareX = (bounds.width() - left - grid.width()) / 2;
    const int spareY = (room.height() - grid.height()) / 2;
    layout.grid = QRect(bounds.topLeft() + QPoint(left + spareX, top + spareY), grid);
    layout.columnTitle = QRect(layout.grid.left(), layout.grid.top() - top, layout.grid.width(), line);
    layout.rowTitle = QRect(layout.grid.left() - left, layout.grid.top(), line, layout.grid.height());
    layout.summary = QRect(bounds.left(), layout.grid.bottom() + gap, bounds.width(), summaryHeight);
    return layout;
}

QRect ConfusionView::cellIn(const Layout &layout, int truth, int predicted) const
{
    const int count = std::max(1, classCount());
    const QSize cell(layout.grid.width() / count, layout.grid.height() / count);
    return QRect(layout.grid.left() + predicted * cell.width(), layout.grid.top() + truth * cell.height(),
                 cell.width(), cell.height())
        .adjusted(0, 0, -hair, -hair);
}

int ConfusionView::headPixels() const { return std::max(QFontInfo(font()).pixelSize(), bodyPixels(rect())); }

QRect ConfusionView::plotBounds() const
{
    const int head = m_title.isEmpty() ? 0 : QFontMetrics(scaled(font(), headPixels(), true)).height() + gap;
    return rect().adjusted(gap, gap + head, -gap, -gap);
}

QRect ConfusionView::cellRect(int truth, int predicted) const
{
    return cellIn(layOut(plotBounds()), truth, predicted);
}

std::optional<ConfusionView::Cell> ConfusionView::cellAt(QPoint point) const
{
    const Layout layout = layOut(plotBounds());
    for (int truth = 0; truth < classCount(); ++truth) {
        for (int predicted = 0; predicted < classCount(); ++predicted) {
            if (cellIn(layout, truth, predicted).contains(point))
                return Cell{truth, predicted};
        }
    }
    return std::nullopt;
}

void ConfusionView::paintCell(QPainter &painter, QRect rect, int truth, int predicted) const
{
    const int films = m_matrix.rowTotal(truth);
    const int count = m_matrix.count(truth, predicted);
    const QColor ground = groundOf(truth, predicted);
    painter.fillRect(rect, ground);

    const int countPixels = std::clamp(std::min(rect.height() * 30 / 100, rect.width() * 26 / 100), 10, 30);
    const int sharePixels = std::clamp(countPixels * 6 / 10, 10, 16);
    const QFont countFont = scaled(font(), countPixels);
    const QFont shareFont = scaled(font(), sharePixels);
    const int countHeight = QFontMetrics(countFont).height();
    const int shareHeight = QFontMetrics(shareFont).height();
    painter.setPen(films == 0 ? theme().muted : readableOn(ground));
    QRect text(rect.left(), rect.center().y() - (countHeight + shareHeight) / 2, rect.width(), countHeight);
    painter.setFont(countFont);
    const int change = m_subtracted ? count - m_subtracted->count(truth, predicted) : 0;
    painter.drawText(text, Qt::AlignCenter,
                     !m_subtracted    ? QString::number(count)
                         : change > 0 ? QStringLiteral("+%1").arg(change)
                                      : QString::number(change).replace(QLatin1Char('-'), QChar(0x2212)));
    text = QRect(rect.left(), text.bottom() + 1, rect.width(), shareHeight);
    painter.setFont(shareFont);
    painter.drawText(text, Qt::AlignCenter,
                     m_subtracted ? differenceText(truth, predicted)
                                  : roundedShare(count, whole(m_matrix, truth, predicted)));
    paintFilm(painter, rect, truth, predicted);
}

void ConfusionView::paintLabels(QPainter &painter, const Layout &layout) const
{
    const QFontMetrics body = painter.fontMetrics();
    const int line = body.height();
    painter.setPen(theme().muted);
    painter.drawText(layout.columnTitle, Qt::AlignCenter,
                     m_subtracted      ? tr("Called by the networks")
                         : isOfCalls() ? tr("Called by %1").arg(m_second)
                                       : tr("Called by the network"));
    painter.save();
    painter.translate(layout.rowTitle.left(), layout.rowTitle.bottom());
    painter.rotate(-90);
    painter.drawText(QRect(0, 0, layout.rowTitle.height(), line), Qt::AlignCenter,
                     isOfCalls() ? tr("Called by %1").arg(m_first) : tr("Truth"));
    painter.restore();

    const int columnWidth = cellIn(layout, 0, 0).width();
    bool marked = true; // all columns or none
    for (const std::string &label : m_classes)
        marked = marked && columnWidth > body.horizontalAdvance(classTitle(label)) + swatch + gap;

    for (int i = 0; i < classCount(); ++i) {
        const std::string &label = m_classes[static_cast<std::size_t>(i)];
        const QColor colour = classColour(label, i);
        const QString name = classTitle(label);

        const QRect column = cellIn(layout, 0, i);
        const QRect header(column.left(), layout.grid.top() - layout.columnLabelHeight, column.width(), line);
        painter.setPen(theme().text);
        drawSqueezed(painter, header.adjusted(marked ? swatch + 4 : 0, 0, 0, 0), Qt::AlignHCenter, name);
        if (marked) {
            const int start = header.center().x() - (body.horizontalAdvance(name) + swatch + 4) / 2;
            painter.fillRect(start, header.center().y() - swatch / 2 + 1, swatch, swatch, colour);
        }

        const QRect row = cellIn(layout, i, 0);
        const QString films = tr("n = %1").arg(m_matrix.rowTotal(i));
        painter.save();
        QRect place(row.left() - layout.rowLabelWidth, row.top(), layout.rowLabelWidth - gap, row.height());
        if (!layout.uprightRows) {
            painter.translate(row.left() - layout.rowLabelWidth, row.bottom());
            painter.rotate(-90);
            place = QRect(0, 0, row.height(), layout.rowLabelWidth);
        }
        const int side = layout.uprightRows ? Qt::AlignRight : Qt::AlignHCenter;
        const QRect upper(place.left(), place.center().y() - line + 1, place.width(), line);
        drawSqueezed(painter, upper, side, name);
        if (layout.uprightRows)
            painter.fillRect(upper.right() - body.horizontalAdvance(name) - swatch - 4,
                             upper.center().y() - swatch / 2 + 1, swatch, swatch, colour);
        painter.setPen(theme().muted);
        painter.drawText(upper.translated(0, line), side | Qt::AlignVCenter, films);
        painter.restore();
    }
}

void ConfusionView::paintMatrix(QPainter &painter, QRect bounds) const
{
    painter.setFont(scaled(font(), bodyPixels(bounds)));
    if (m_matrix.total() == 0) {
        painter.setPen(theme().muted);
        painter.drawText(bounds, Qt::AlignCenter | Qt::TextWordWrap, summary());
        return;
    }
    const Layout layout = layOut(bounds);
    paintLabels(painter, layout);
    painter.setPen(theme().text);
    painter.drawText(layout.summary, Qt::AlignHCenter | Qt::AlignTop,
                     layout.shortSummary ? summaryInTwoLines() : summary());
    for (int truth = 0; truth < classCount(); ++truth) {
        for (int predicted = 0; predicted < classCount(); ++predicted)
            paintCell(painter, cellIn(layout, truth, predicted), truth, predicted);
    }
}

void ConfusionView::paintPlot(QPainter &painter, QSize size) { paintMatrix(painter, QRect({0, 0}, size)); }

void ConfusionView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().background);
    if (!m_title.isEmpty()) {
        painter.setFont(scaled(font(), headPixels(), true));
        painter.setPen(theme().text);
        const QRect place = rect().adjusted(gap, gap, -gap, -gap);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignTop,
                         painter.fontMetrics().elidedText(m_title, Qt::ElideRight, place.width()));
    }
    paintMatrix(painter, plotBounds());
    if (hasFocus() && m_matrix.total() > 0) {
        painter.setPen(QPen(theme().text, 2));
        painter.drawRect(cellRect(m_current.truth, m_current.predicted).adjusted(1, 1, -1, -1));
    }
}

bool ConfusionView::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return PlotSurface::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const auto cell = m_matrix.total() > 0 ? cellAt(help->pos()) : std::nullopt;
    if (cell)
        QToolTip::showText(help->globalPos(), sentence(cell->truth, cell->predicted), this,
                           cellRect(cell->truth, cell->predicted));
    else
        QToolTip::hideText();
    return true;
}

void ConfusionView::mouseMoveEvent(QMouseEvent *event)
{
    const bool over = m_matrix.total() > 0 && cellAt(event->position().toPoint());
    setCursor(over ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void ConfusionView::mousePressEvent(QMouseEvent *event)
{
    m_pressed.reset();
    if (event->button() == Qt::LeftButton && m_matrix.total() > 0)
        m_pressed = cellAt(event->position().toPoint());
    if (m_pressed)
        moveTo(*m_pressed);
}

void ConfusionView::mouseReleaseEvent(QMouseEvent *event)
{
    const auto pressed = std::exchange(m_pressed, std::nullopt);
    if (event->button() == Qt::LeftButton && pressed && cellAt(event->position().toPoint()) == pressed)
        Q_EMIT cellActivated(pressed->truth, pressed->predicted);
}

void ConfusionView::moveTo(Cell cell)
{
    const int last = classCount() - 1;
    m_current = {std::clamp(cell.truth, 0, last), std::clamp(cell.predicted, 0, last)};
    setAccessibleDescription(sentence(m_current.truth, m_current.predicted));
    update();
}

void ConfusionView::keyPressEvent(QKeyEvent *event)
{
    if (m_matrix.total() == 0)
        return PlotSurface::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Left:
        return moveTo({m_current.truth, m_current.predicted - 1});
    case Qt::Key_Right:
        return moveTo({m_current.truth, m_current.predicted + 1});
    case Qt::Key_Up:
        return moveTo({m_current.truth - 1, m_current.predicted});
    case Qt::Key_Down:
        return moveTo({m_current.truth + 1, m_current.predicted});
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        Q_EMIT cellActivated(m_current.truth, m_current.predicted);
        return;
    default:
        PlotSurface::keyPressEvent(event);
    }
}

} // namespace hilum::ui
