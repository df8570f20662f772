// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/marks/MarksPanel.h"

#include "ui/marks/MarkText.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int idRole = Qt::UserRole;
constexpr int rowsShown = 8;

} // namespace

MarksPanel::MarksPanel(MarkStore &store, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_empty(new QLabel(this))
    , m_list(new QTreeWidget(this))
    , m_byHand(new QLabel(tr("This film was calibrated by hand."), this))
    , m_calibration(new QWidget(this))
    , m_remove(new QPushButton(tr("Delete"), this))
    , m_clear(new QPushButton(tr("Delete all"), this))
    , m_copy(new QPushButton(tr("Copy as table"), this))
{
    setAccessibleName(tr("Marks"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_empty->setWordWrap(true);
    m_empty->setProperty("role", QStringLiteral("muted"));
    layout->addWidget(m_empty);

    m_list->setColumnCount(3);
    m_list->setHeaderLabels({tr("Name"), tr("Value"), tr("What it is")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAccessibleName(tr("Marks of this film"));
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->header()->setStretchLastSection(true);
    m_list->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->installEventFilter(this);
    layout->addWidget(m_list);

    auto *calibration = new QHBoxLayout(m_calibration);
    calibration->setContentsMargins(0, 0, 0, 0);
    calibration->setSpacing(8);
    auto *forget = new QPushButton(tr("Forget it"), m_calibration);
    m_byHand->setWordWrap(true);
    calibration->addWidget(m_byHand, 1);
    calibration->addWidget(forget);
    layout->addWidget(m_calibration);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_copy->setToolTip(tr("Copy all marks as a CSV table, every digit"));
    for (QPushButton *button : {m_remove, m_clear, m_copy})
        buttons->addWidget(button);
    buttons->addStretch(1);
    layout->addLayout(buttons);

    connect(m_list, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem *item) {
        if (item && !m_refreshing)
            m_store.select(m_film, item->data(0, idRole).toInt());
    });
    connect(m_list, &QTreeWidget::customContextMenuRequested, this, [this](QPoint at) {
        if (const QTreeWidgetItem *item = m_list->itemAt(at))
            Q_EMIT menuWanted(m_film, item->data(0, idRole).toInt(), m_list->viewport()->mapToGlobal(at));
    });
    connect(m_remove, &QPushButton::clicked, this,
            [this] { Q_EMIT removeRequested(m_film, m_store.selected(m_film)); });
    connect(m_clear, &QPushButton::clicked, this, [this] { Q_EMIT clearRequested(m_film); });
    connect(m_copy, &QPushButton::clicked, this, [this] { Q_EMIT copyRequested(m_film); });
    connect(forget, &QPushButton::clicked, this, [this] { Q_EMIT forgetCalibrationRequested(m_film); });
    connect(&store, &MarkStore::changed, this, [this](int film) {
        if (film == m_film)
            refresh();
    });
    refresh();
}

void MarksPanel::setFilm(int film, FilmPtr source)
{
    m_film = film;
    m_source = std::move(source);
    refresh();
}

void MarksPanel::setHint(const QString &hint) { m_empty->setText(hint); }

bool MarksPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Delete || key == Qt::Key_Backspace) {
            Q_EMIT removeRequested(m_film, m_store.selected(m_film));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void MarksPanel::refresh()
{
    m_refreshing = true;
    const FilmMarks none;
    const FilmMarks &here = m_source ? m_store.marks(m_film) : none;
    const int selected = m_store.selected(m_film);
    while (m_list->topLevelItemCount() > static_cast<int>(here.marks.size()))
        delete m_list->takeTopLevelItem(m_list->topLevelItemCount() - 1);
    int row = 0;
    for (const Mark &mark : here.marks) {
        if (row == m_list->topLevelItemCount())
            m_list->addTopLevelItem(new QTreeWidgetItem);
        QTreeWidgetItem *item = m_list->topLevelItem(row++);
        const MarkReading reading = m_store.reading(m_film, mark, m_source);
        const MarkWords words = markWords(mark, reading);
        item->setText(0, markName(mark));
        item->setText(1, words.value);
        item->setText(2, words.what);
        for (int column = 0; column < 3; ++column)
            item->setToolTip(column, markLine(mark, reading));
        item->setData(0, idRole, mark.id);
        if (mark.id == selected)
            m_list->setCurrentItem(item);
    }
    if (selected == 0) {
        m_list->clearSelection();
        m_list->setCurrentItem(nullptr);
    }
    const bool any = !here.marks.empty();
    m_empty->setVisible(!any);
    m_list->setVisible(any);
    const int shown = std::clamp(static_cast<int>(here.marks.size()), 2, rowsShown);
    m_list->setFixedHeight(m_list->header()->sizeHint().height() + 8
                           + shown * std::max(m_list->sizeHintForRow(0), fontMetrics().height() + 4));
    m_calibration->setVisible(here.byHand.has_value());
    for (QPushButton *button : {m_remove, m_clear, m_copy})
        button->setVisible(any);
    m_remove->setEnabled(selected != 0);
    m_refreshing = false;
}

} // namespace hilum::ui
