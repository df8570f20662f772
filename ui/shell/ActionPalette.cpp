// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/ActionPalette.h"

#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace hilum::ui {

namespace {

QString plain(const QAction &action) { return QString(action.text()).remove(QLatin1Char('&')); }

} // namespace

ActionPalette::ActionPalette(const QList<QAction *> &actions, QWidget *parent)
    : QDialog(parent, Qt::Popup)
    , m_actions(actions)
    , m_wanted(new QLineEdit(this))
    , m_list(new QTreeWidget(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Find an action"));
    setProperty("role", QStringLiteral("popup"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    m_wanted->setPlaceholderText(tr("What do you want to do?"));
    m_wanted->setAccessibleName(tr("Find an action"));
    m_wanted->installEventFilter(this);
    m_list->setColumnCount(2);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->setAccessibleName(tr("Actions"));
    layout->addWidget(m_wanted);
    layout->addWidget(m_list);
    connect(m_wanted, &QLineEdit::textChanged, this, &ActionPalette::filter);
    connect(m_list, &QTreeWidget::itemClicked, this, &ActionPalette::runCurrent);
    filter({});

    const int wide = std::min(560, parent->width() - 48);
    const int high = std::min(420, parent->height() - 96);
    setGeometry(QRect(parent->mapToGlobal(QPoint((parent->width() - wide) / 2, 64)), QSize(wide, high)));
    m_wanted->setFocus();
}

void ActionPalette::filter(const QString &wanted)
{
    m_list->clear();
    const QStringList words = wanted.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        const QAction &action = *m_actions[i];
        const QString text = plain(action) + QLatin1Char(' ') + action.whatsThis();
        const bool fits = std::ranges::all_of(
            words, [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
        if (!fits || !action.isEnabled() || !action.isVisible())
            continue;
        auto *item = new QTreeWidgetItem(
            m_list, {plain(action), action.shortcut().toString(QKeySequence::NativeText)});
        item->setData(0, Qt::UserRole, static_cast<int>(i));
        item->setToolTip(0, action.whatsThis());
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        item->setForeground(1, palette().color(QPalette::PlaceholderText));
    }
    if (m_list->topLevelItemCount() > 0)
        m_list->setCurrentItem(m_list->topLevelItem(0));
}

bool ActionPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_wanted || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        runCurrent();
        return true;
    }
    const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
    if (step == 0 || m_list->topLevelItemCount() == 0)
        return false;
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem()) + step;
    m_list->setCurrentItem(m_list->topLevelItem(std::clamp(row, 0, m_list->topLevelItemCount() - 1)));
    return true;
}

void ActionPalette::runCurrent()
{
    const QTreeWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    QAction *action = m_actions[item->data(0, Qt::UserRole).toInt()];
    close();
    // After this popup is gone, so that what the action opens is not below it.
    QTimer::singleShot(0, action, &QAction::trigger);
}

} // namespace hilum::ui
