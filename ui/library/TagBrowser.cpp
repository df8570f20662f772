// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/TagBrowser.h"

#include "ui/library/TagModel.h"
#include "ui/session/NameGuard.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QShortcut>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

QString lineOf(const QModelIndex &row)
{
    QStringList cells;
    for (int column = 0; column < TagModel::columns; ++column)
        cells << row.siblingAtColumn(column).data().toString();
    return cells.join(QLatin1Char('\t'));
}

void addBelow(const QModelIndex &row, int depth, QStringList &lines)
{
    lines << QString(depth * 2, QLatin1Char(' ')) + lineOf(row);
    for (int child = 0; child < row.model()->rowCount(row); ++child)
        addBelow(row.model()->index(child, 0, row), depth + 1, lines);
}

int rowsBelow(const QAbstractItemModel &model, const QModelIndex &parent)
{
    int count = 0;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const bool isTag = !index.data().toString().isEmpty(); // items have no number
        count += (isTag ? 1 : 0) + rowsBelow(model, index);
    }
    return count;
}

} // namespace

TagBrowser::TagBrowser(NameGuard &names, Shape shape, QWidget *parent)
    : QWidget(parent)
    , m_model(new TagModel(names, this))
    , m_filter(new TagFilter(this))
    , m_wanted(new QLineEdit(this))
    , m_private(new QCheckBox(tr("&Private"), this))
    , m_count(new QLabel(this))
    , m_tree(new QTreeView(this))
    , m_detail(new QPlainTextEdit(this))
{
    const bool whole = shape == Shape::Whole;
    m_wanted->setAccessibleName(tr("Find a tag by number, name, VR or value"));
    m_wanted->setPlaceholderText(whole ? m_wanted->accessibleName() : tr("Find a tag"));
    m_wanted->setClearButtonEnabled(true);
    m_wanted->installEventFilter(this);
    m_private->setChecked(true);
    m_private->setToolTip(tr("Show attributes of makers (odd group numbers), too"));
    m_count->setProperty("role", QStringLiteral("muted"));
    m_tree->installEventFilter(this);
    m_filter->setSourceModel(m_model);
    m_tree->setModel(m_filter);
    m_tree->setUniformRowHeights(true); // thousands of rows at once
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setIndentation(16);
    m_tree->setAccessibleName(tr("Tags"));
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_tree->header()->setStretchLastSection(true);
    const int letter = fontMetrics().averageCharWidth();
    m_tree->header()->resizeSection(TagModel::Number, letter * (whole ? 22 : 16));
    m_tree->header()->resizeSection(TagModel::Name, letter * (whole ? 36 : 22));
    m_tree->header()->resizeSection(TagModel::Vr, letter * 6);
    m_tree->setColumnHidden(TagModel::Number, !whole);
    m_tree->setColumnHidden(TagModel::Vr, !whole);
    if (!whole)
        m_tree->setTreePosition(TagModel::Name);
    m_tree->setMinimumHeight(200);
    m_detail->setReadOnly(true);
    m_detail->setTabChangesFocus(true);
    m_detail->setFrameShape(QFrame::NoFrame);
    m_detail->setAccessibleName(tr("The whole value"));
    m_detail->setPlaceholderText(tr("Choose a tag to see its whole value"));
    m_detail->setFixedHeight(fontMetrics().height() * (whole ? 4 : 3) + 12);

    auto *top = new QHBoxLayout;
    top->setSpacing(12);
    top->addWidget(m_wanted, 1);
    top->addWidget(m_private);
    if (whole)
        top->addWidget(m_count);
    else
        m_count->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_detail);
    makeCopying();
    connect(m_wanted, &QLineEdit::textChanged, this, &TagBrowser::filter);
    connect(m_private, &QCheckBox::toggled, this, &TagBrowser::filter);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &TagBrowser::showCurrent);
    connect(m_model, &QAbstractItemModel::modelReset, this, &TagBrowser::filter);
    filter();
}

void TagBrowser::makeCopying()
{
    const auto add = [this](const QString &text, const QKeySequence &keys, auto does) {
        auto *action = new QAction(text, m_tree);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        action->setToolTip(text);
        m_tree->addAction(action);
        m_copying << action;
        connect(action, &QAction::triggered, this, [does] { QGuiApplication::clipboard()->setText(does()); });
    };
    add(tr("Copy the &row"), QKeySequence::Copy, [this] { return copyText(false); });
    add(tr("Copy the &value"), QKeySequence(QStringLiteral("Ctrl+Shift+C")),
        [this] { return currentText(); });
    add(tr("Copy with all &below"), QKeySequence(QStringLiteral("Ctrl+Alt+C")),
        [this] { return copyText(true); });
    auto *find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, m_wanted, [this] {
        m_wanted->setFocus(Qt::ShortcutFocusReason);
        m_wanted->selectAll();
    });
}

void TagBrowser::setFilm(FilmPtr film) { m_model->setFilm(std::move(film)); }

void TagBrowser::filter()
{
    m_filter->setShowsPrivate(m_private->isChecked());
    m_filter->setWanted(m_wanted->text());
    // What was found inside a sequence is seen without unfolding it.
    if (!m_wanted->text().trimmed().isEmpty())
        m_tree->expandAll();
    updateCount();
    showCurrent();
}

void TagBrowser::updateCount()
{
    const int shown = rowsBelow(*m_filter, {});
    const int all = m_model->tagCount();
    m_count->setText(shown == all ? tr("Tags: %1").arg(all) : tr("%1 of %2 tags").arg(shown).arg(all));
}

void TagBrowser::showCurrent() { m_detail->setPlainText(currentText()); }

QString TagBrowser::currentText() const
{
    return m_tree->currentIndex().siblingAtColumn(TagModel::Value).data().toString();
}

QString TagBrowser::copyText(bool withBelow) const
{
    QModelIndexList rows = m_tree->selectionModel()->selectedRows();
    if (rows.isEmpty() && m_tree->currentIndex().isValid())
        rows << m_tree->currentIndex().siblingAtColumn(0);
    // In the order of the tree, not of the clicks.
    std::ranges::sort(rows, {}, [this](const QModelIndex &row) { return m_tree->visualRect(row).top(); });
    QStringList lines;
    for (const QModelIndex &row : std::as_const(rows)) {
        if (withBelow)
            addBelow(row, 0, lines);
        else
            lines << lineOf(row);
    }
    return lines.join(QLatin1Char('\n'));
}

bool TagBrowser::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QWidget::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    if (watched == m_wanted && event->type() == QEvent::KeyPress && key->key() == Qt::Key_Down) {
        m_tree->setFocus(Qt::TabFocusReason);
        if (!m_tree->currentIndex().isValid())
            m_tree->setCurrentIndex(m_filter->index(0, 0));
        return true;
    }
    if (watched != m_tree)
        return QWidget::eventFilter(watched, event);
    // The window has actions on the same keys; in the tree they mean the tags.
    const QKeySequence pressed(key->keyCombination());
    for (QAction *action : std::as_const(m_copying)) {
        if (action->shortcut() != pressed)
            continue;
        event->accept();
        if (event->type() == QEvent::KeyPress)
            action->trigger();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

TagDialog::TagDialog(NameGuard &names, QWidget *parent)
    : QDialog(parent)
    , m_browser(new TagBrowser(names, TagBrowser::Shape::Whole, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->addWidget(m_browser);
    resize(QSize(820, 640).boundedTo(parent->size() - QSize(48, 48)));
}

void TagDialog::setFilm(const FilmPtr &film, const QString &name)
{
    setWindowTitle(name.isEmpty() ? tr("Tags") : tr("Tags of %1").arg(name));
    m_browser->setFilm(film);
}

} // namespace hilum::ui
