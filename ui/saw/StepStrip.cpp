// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/saw/StepStrip.h"

#include "ui/saw/StepView.h"

#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int gap = 4;
constexpr int enoughForBelow = 330; // logical pixels of height
constexpr int charactersBelow = 34; // of a line of small text below a picture
constexpr int charactersBeside = 27;
constexpr int widthBeside = 160; // of a picture, at least

// Each step takes four columns of the grid: picture, words, menu, and the arrow to the next.
enum Part { Picture, Words, Menu, Arrow, Parts };

QLabel *label(QWidget *parent, const char *role)
{
    auto *made = new QLabel(parent);
    made->setProperty("role", QLatin1String(role));
    made->setTextFormat(Qt::PlainText);
    return made;
}

} // namespace

StepStrip::StepStrip(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(12, 0, 12, 4);
    m_grid->setHorizontalSpacing(2 * gap);
    m_grid->setVerticalSpacing(gap);
}

StepStrip::Column StepStrip::makeColumn(int index)
{
    Column column{};
    column.title = label(this, "strong");
    column.more = new QToolButton(this);
    column.more->setText(QStringLiteral("\u22ef"));
    column.more->setToolTip(tr("Copy or save this step"));
    connect(column.more, &QToolButton::clicked, this, [this, index, more = column.more] {
        openMenu(index, more->mapToGlobal(QPoint(0, more->height())));
    });
    column.view = new StepView(this);
    column.numbers = label(this, "small");
    column.value = label(this, "strong");
    column.sentence = label(this, "small");
    column.arrow = label(this, "muted");
    column.arrow->setText(QStringLiteral("\u2192"));
    for (QLabel *text : {column.numbers, column.sentence}) {
        text->setWordWrap(true);
        text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    }
    place(index, column);
    connect(column.view, &StepView::pointed, this, [this, index](QPointF stepPoint) {
        const QPointF film = m_sawn->onFilm(static_cast<std::size_t>(index), stepPoint);
        setPoint(film);
        Q_EMIT pointed(film);
    });
    connect(column.view, &StepView::left, this, [this] {
        setPoint(std::nullopt);
        Q_EMIT left();
    });
    connect(column.view, &StepView::menuRequested, this,
            [this, index](QPoint where) { openMenu(index, where); });
    return column;
}

void StepStrip::place(int index, const Column &column)
{
    const int first = Parts * index;
    const auto put = [this](QWidget *part, int row, int rows, int from, int columns) {
        m_grid->removeWidget(part);
        m_grid->addWidget(part, row, from, rows, columns);
    };
    const int characters = m_isLow ? charactersBeside : charactersBelow;
    for (QLabel *text : {column.numbers, column.sentence})
        text->setFixedWidth(characters * fontMetrics().averageCharWidth());
    column.view->setMinimumWidth(m_isLow ? widthBeside : 0);
    m_grid->setRowStretch(1, m_isLow ? 0 : 1);
    m_grid->setRowStretch(4, m_isLow ? 1 : 0);
    const int text = first + (m_isLow ? Words : Picture);
    const int across = m_isLow ? 2 : 3;
    const int row = m_isLow ? 0 : 1; // where words go on after the title
    put(column.title, 0, 1, text, across - 1);
    put(column.more, 0, 1, first + Menu, 1);
    put(column.view, row, m_isLow ? 5 : 1, first, m_isLow ? 1 : 3);
    put(column.numbers, row + 1, 1, text, across);
    put(column.value, row + 2, 1, text, across);
    put(column.sentence, row + 3, 1, text, across);
    put(column.arrow, row, m_isLow ? 5 : 1, first + Arrow, 1);
}

void StepStrip::setRoom(int height)
{
    const bool isLow = height < enoughForBelow;
    if (std::exchange(m_isLow, isLow) == isLow)
        return;
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        place(static_cast<int>(i), m_columns[i]);
    levelTexts();
}

void StepStrip::openMenu(int step, QPoint where)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("&Copy the picture")), &QAction::triggered, this,
            [this, step] { Q_EMIT copyRequested(step); });
    connect(menu->addAction(tr("&Save the picture\u2026")), &QAction::triggered, this,
            [this, step] { Q_EMIT saveRequested(step); });
    menu->popup(where);
}

void StepStrip::setSawn(SawnPtr sawn)
{
    m_sawn = std::move(sawn);
    const std::size_t count = m_sawn ? m_sawn->steps.size() : 0;
    while (m_columns.size() < count)
        m_columns.push_back(makeColumn(static_cast<int>(m_columns.size())));
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const Column &column = m_columns[i];
        for (QWidget *part : std::initializer_list<QWidget *>{column.title, column.more, column.view,
                                                              column.numbers, column.value, column.sentence})
            part->setVisible(i < count);
        column.arrow->setVisible(i + 1 < count);
        if (i < count)
            fillColumn(i);
        else
            column.sentence->clear();
    }
    levelTexts();
    showPoint();
}

// As high as the longest needs, so that pictures are of one size and nothing is cut.
void StepStrip::levelTexts()
{
    for (QLabel *Column::*text : {&Column::numbers, &Column::sentence}) {
        int highest = 0;
        for (const Column &column : m_columns)
            highest = std::max(highest, (column.*text)->heightForWidth((column.*text)->minimumWidth()));
        for (const Column &column : m_columns)
            (column.*text)->setFixedHeight(highest);
    }
}

void StepStrip::fillColumn(std::size_t index)
{
    const SawnStep &step = m_sawn->steps[index];
    const Column &column = m_columns[index];
    const QString title = stepTitle(step.step.kind);
    column.title->setText(tr("%1  %2").arg(index + 1).arg(title));
    column.more->setAccessibleName(tr("Copy or save step %1, %2").arg(index + 1).arg(title));
    const Film &film = m_sawn->film();
    const bool isTurned = step.step.isOfShown && m_sawn->shown;
    const bool isOfFilm = step.step.kind <= InputStepKind::Crop;
    column.view->setStep(step.picture, {step.columns, step.rows},
                         !isOfFilm      ? 1
                             : isTurned ? m_sawn->shown->film->pixelAspect
                                        : film.pixelAspect);
    column.numbers->setText(stepNumbers(step));
    column.sentence->setText(stepSentence(step.step));
    column.view->setAccessibleName(title);
    column.view->setAccessibleDescription(column.numbers->text() + QStringLiteral(". ")
                                          + column.sentence->text());
}

void StepStrip::setPoint(std::optional<QPointF> filmPoint)
{
    m_point = filmPoint;
    showPoint();
}

void StepStrip::showPoint()
{
    for (std::size_t i = 0; m_sawn && i < m_sawn->steps.size(); ++i) {
        const Column &column = m_columns[i];
        const auto there = m_point ? m_sawn->onStep(i, *m_point) : std::nullopt;
        column.view->setMark(there);
        QString text = QStringLiteral(" ");
        if (there)
            text = tr("(%1, %2): %3")
                       .arg(static_cast<int>(there->x()))
                       .arg(static_cast<int>(there->y()))
                       .arg(stepValue(m_sawn->valueAt(i, *there)));
        else if (m_point)
            text = tr("not seen");
        column.value->setText(text);
    }
}

} // namespace hilum::ui
