// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/compare/ComparePage.h"

#include "ui/bridge/Convert.h"
#include "ui/compare/CompareTable.h"
#include "ui/compare/CompareWords.h"
#include "ui/plots/ClassNames.h"
#include "ui/plots/ComparisonPlots.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QTabWidget>
#include <QTextBrowser>
#include <QTreeView>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

QString sourceTitle(const std::string &source)
{
    return source.empty() ? ComparePage::tr("source not named") : toText(source);
}

QTreeWidget *list(const QStringList &header, const QString &name, QWidget *parent)
{
    auto *made = new QTreeWidget(parent);
    made->setHeaderLabels(header);
    made->setAccessibleName(name);
    made->setRootIsDecorated(false);
    made->setUniformRowHeights(true);
    made->setAllColumnsShowFocus(true);
    made->setEditTriggers(QAbstractItemView::NoEditTriggers);
    return made;
}

void fit(QTreeWidget &made)
{
    constexpr int widest = 260;
    for (int column = 0; column < made.columnCount(); ++column) {
        made.resizeColumnToContents(column);
        made.setColumnWidth(column, std::min(widest, made.columnWidth(column) + 12));
    }
}

} // namespace

ComparePage::ComparePage(CompareSession &session, std::function<QString(const QString &)> shownName,
                         QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_shownName(shownName)
    , m_model(new CompareTable(session, std::move(shownName), this))
{
    auto *middle = new QSplitter(this);
    middle->setChildrenCollapsible(false);
    middle->setHandleWidth(1);
    middle->addWidget(left());
    middle->addWidget(right());
    middle->setStretchFactor(0, 5);
    middle->setStretchFactor(1, 4);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(middle);

    connect(&session, &CompareSession::comparisonChanged, this, &ComparePage::refill);
    connect(&session, &CompareSession::labelChanged, this, &ComparePage::showLabel);
    connect(&session, &CompareSession::filterChanged, this, &ComparePage::showFilter);
    connect(&session, &CompareSession::selectionChanged, this, &ComparePage::showSelection);
    connect(&session, &CompareSession::currentChanged, this,
            [this] { m_plot->setCurrent(m_session.current()); });
    connect(m_plot, &PairPlot::pointsChosen, &m_session,
            [this](const std::vector<int> &films) { m_session.select(films); });
    connect(m_plot, &PairPlot::pointClicked, this, [this](int film) { Q_EMIT filmWanted(film, false); });
    connect(m_plot, &PairPlot::pointActivated, this, [this](int film) { Q_EMIT filmWanted(film, true); });
    connect(m_plot, &PlotSurface::saveFailed, this, &ComparePage::saveFailed);
    connect(m_table, &QTreeView::activated, this,
            [this](const QModelIndex &at) { Q_EMIT filmWanted(m_model->filmOf(at.row()), true); });
}

QWidget *ComparePage::left()
{
    auto *part = new QWidget(this);
    m_text = new QLineEdit(part);
    m_text->setPlaceholderText(tr("Film or patient"));
    m_text->setClearButtonEnabled(true);
    m_text->setAccessibleName(tr("Show films whose name or patient holds this"));
    m_calls = new QComboBox(part);
    m_calls->setAccessibleName(tr("Show films by what they are called"));
    using Calls = CompareFilter::Calls;
    for (const auto &[title, calls] :
         {std::pair{tr("All calls"), Calls::All}, std::pair{tr("Called alike"), Calls::Same},
          std::pair{tr("Called differently"), Calls::Different},
          std::pair{tr("One of them right"), Calls::OneRight}, std::pair{tr("Both wrong"), Calls::BothWrong}})
        m_calls->addItem(title, static_cast<int>(calls));
    m_source = new QComboBox(part);
    m_source->setAccessibleName(tr("Show films of one source"));
    m_source->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_source->setMinimumContentsLength(12);
    m_count = new QLabel(part);
    m_count->setProperty("role", QStringLiteral("muted"));
    auto *filters = new QHBoxLayout;
    filters->setSpacing(8);
    filters->addWidget(m_text, 1);
    filters->addWidget(m_calls);
    filters->addWidget(m_source);
    filters->addWidget(m_count);

    m_table = new QTreeView(part);
    m_table->setAccessibleName(tr("Films"));
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setModel(m_model);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(CompareTable::Disagreement, Qt::DescendingOrder);
    m_table->header()->setStretchLastSection(false);

    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(8);
    column->addLayout(filters);
    column->addWidget(m_table, 1);
    connect(m_text, &QLineEdit::textChanged, this, &ComparePage::readFilter);
    connect(m_calls, &QComboBox::activated, this, &ComparePage::readFilter);
    connect(m_source, &QComboBox::activated, this, &ComparePage::readFilter);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ComparePage::takeSelection);
    return part;
}

QWidget *ComparePage::right()
{
    auto *part = new QSplitter(Qt::Vertical, this);
    part->setChildrenCollapsible(false);
    part->setHandleWidth(1);
    auto *upper = new QWidget(part);
    m_label = new QComboBox(upper);
    m_label->setAccessibleName(tr("Class whose probability is shown"));
    m_view = new QComboBox(upper);
    m_view->setAccessibleName(tr("What the plot shows"));
    m_view->addItem(tr("one against the other"), static_cast<int>(PairPlot::View::Both));
    m_view->addItem(tr("difference against mean"), static_cast<int>(PairPlot::View::Difference));
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(new QLabel(tr("Probability of"), upper));
    row->addWidget(m_label);
    row->addWidget(m_view);
    row->addStretch();
    m_plot = new PairPlot(upper);
    auto *column = new QVBoxLayout(upper);
    column->setContentsMargins(8, 0, 0, 4);
    column->setSpacing(8);
    column->addLayout(row);
    column->addWidget(m_plot, 1);

    m_tabs = new QTabWidget(part);
    m_tabs->setDocumentMode(true);
    m_statistics = new QTextBrowser(m_tabs);
    m_statistics->setFrameShape(QFrame::NoFrame);
    m_statistics->setAccessibleName(tr("Statistics"));
    m_sources = list({}, tr("Each source by itself"), m_tabs);
    m_sources->setToolTip(tr("Enter or a double click shows the films of a source alone"));
    m_unread = list({tr("Film"), tr("Why")}, tr("Films that could not be read"), m_tabs);
    m_tabs->addTab(m_statistics, tr("Statistics"));
    m_tabs->addTab(m_sources, tr("By source"));
    m_tabs->addTab(m_unread, tr("Not read"));
    part->addWidget(upper);
    part->addWidget(m_tabs);
    part->setStretchFactor(0, 4);
    part->setStretchFactor(1, 3);
    connect(m_label, &QComboBox::activated, &m_session, &CompareSession::chooseLabel);
    connect(m_view, &QComboBox::activated, this, [this](int index) {
        m_plot->setView(static_cast<PairPlot::View>(m_view->itemData(index).toInt()));
    });
    connect(m_sources, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem *item) {
        const int place = m_source->findText(item->text(0));
        m_source->setCurrentIndex(place < 0 ? 0 : place);
        readFilter();
    });
    return part;
}

void ComparePage::setTheme(const PlotTheme &theme)
{
    m_theme = theme;
    m_plot->setTheme(theme);
    fillStatistics();
}

void ComparePage::namesChanged()
{
    m_model->namesChanged();
    if (m_session.comparison())
        fillUnread();
}

void ComparePage::refill()
{
    const FilmComparison &all = *m_session.comparison();
    m_label->clear();
    for (const std::string &label : all.classes)
        m_label->addItem(classTitle(label));
    m_text->clear();
    m_calls->setCurrentIndex(0);
    m_source->clear();
    m_source->addItem(tr("All sources"));
    for (const ComparedFilms &part : m_session.statistics()->sources)
        m_source->addItem(sourceTitle(part.source), toText(part.source));
    m_source->setVisible(m_source->count() > 1);
    fillStatistics();
    fillSources();
    fillUnread();
    for (int column = 0; column < CompareTable::columns; ++column) {
        m_table->resizeColumnToContents(column);
        m_table->setColumnWidth(column, std::min(220, m_table->columnWidth(column) + 2));
    }
    constexpr int mark = 22; // of the film on the screen
    m_table->setColumnWidth(CompareTable::FilmColumn, m_table->columnWidth(CompareTable::FilmColumn) + mark);
    showLabel();
    showFilter();
}

void ComparePage::fillStatistics()
{
    if (m_session.comparison())
        m_statistics->setHtml(statisticsHtml(
            compareStatistics(*m_session.comparison(), *m_session.statistics()), m_theme.muted.name()));
}

void ComparePage::fillSources()
{
    const auto names = m_session.comparison()->names();
    m_sources->clear();
    m_sources->setHeaderLabels({tr("Source"), tr("Films"), tr("Same call"), tr("Kappa"),
                                tr("%1 right").arg(toText(names[0])), tr("%1 right").arg(toText(names[1])),
                                tr("Only %1").arg(toText(names[0])), tr("Only %1").arg(toText(names[1])),
                                tr("McNemar p")});
    const auto add = [this](const QString &name, const ComparedFilms &part) {
        const bool isKnown = part.labelled > 0;
        const QString dash = QStringLiteral("\u2013");
        auto *item = new QTreeWidgetItem(
            m_sources,
            {name, QString::number(part.films), shareText(part.agree),
             std::isfinite(part.kappa.value) ? QString::number(part.kappa.value, 'f', 2) : dash,
             shareText(part.firstRight), shareText(part.secondRight),
             isKnown ? QString::number(part.test.onlyFirst) : dash,
             isKnown ? QString::number(part.test.onlySecond) : dash,
             isKnown ? testText(part.test.p, part.test.isExact) : dash});
        for (int column = 1; column < m_sources->columnCount(); ++column)
            item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    };
    add(tr("All sources"), m_session.statistics()->all);
    for (const ComparedFilms &part : m_session.statistics()->sources)
        add(sourceTitle(part.source), part);
    fit(*m_sources);
}

void ComparePage::fillUnread()
{
    m_unread->clear();
    const auto &unread = m_session.comparison()->unread;
    for (const UnreadFilm &film : unread)
        new QTreeWidgetItem(m_unread, {m_shownName(toText(film.name)), toText(film.error.detail)});
    fit(*m_unread);
    m_tabs->setTabText(2, tr("Not read (%1)").arg(unread.size()));
    m_tabs->setTabVisible(2, !unread.empty());
}

void ComparePage::showLabel()
{
    const FilmComparison &all = *m_session.comparison();
    m_label->setCurrentIndex(m_session.label());
    Pairs pairs = pairsOf(all, m_session.label());
    pairs.nameOf = [this](int film) {
        return m_shownName(toText(m_session.comparison()->read[static_cast<std::size_t>(film)].film));
    };
    m_plot->setProvenance(pairs.provenance);
    m_plot->setPairs(std::move(pairs));
    m_plot->setShown(m_session.shown());
    m_plot->setSelected(m_session.selected());
    m_plot->setCurrent(m_session.current());
}

void ComparePage::showFilter()
{
    const int films = static_cast<int>(m_session.comparison()->read.size());
    const int shown = static_cast<int>(m_session.shown().size());
    m_count->setText(shown == films ? tr("%1 films").arg(films) : tr("%1 of %2 films").arg(shown).arg(films));
    m_plot->setShown(m_session.shown());
    showSelection();
}

void ComparePage::readFilter()
{
    CompareFilter filter;
    filter.text = m_text->text().trimmed();
    filter.calls = static_cast<CompareFilter::Calls>(m_calls->currentData().toInt());
    if (m_source->currentIndex() > 0)
        filter.source = m_source->currentData().toString().toStdString();
    m_session.setFilter(filter);
}

// Rows in runs: one range for each run of neighbours.
void ComparePage::showSelection()
{
    m_plot->setSelected(m_session.selected());
    if (m_isFollowing)
        return;
    const QScopedValueRollback following(m_isFollowing, true);
    std::vector<int> rows;
    for (const int film : m_session.selected()) {
        if (const int row = m_model->rowOf(film); row >= 0)
            rows.push_back(row);
    }
    std::ranges::sort(rows);
    QItemSelection selection;
    for (std::size_t from = 0; from < rows.size();) {
        std::size_t to = from;
        while (to + 1 < rows.size() && rows[to + 1] == rows[to] + 1)
            ++to;
        selection.append(
            {m_model->index(rows[from], 0), m_model->index(rows[to], CompareTable::columns - 1)});
        from = to + 1;
    }
    QItemSelectionModel &chosen = *m_table->selectionModel();
    chosen.select(selection, QItemSelectionModel::ClearAndSelect);
    if (!rows.empty()) {
        chosen.setCurrentIndex(m_model->index(rows.front(), 0), QItemSelectionModel::NoUpdate);
        m_table->scrollTo(m_model->index(rows.front(), 0));
    }
}

void ComparePage::takeSelection()
{
    if (m_isFollowing)
        return;
    const QScopedValueRollback following(m_isFollowing, true);
    std::vector<int> films;
    for (const QItemSelectionRange &range : m_table->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            films.push_back(m_model->filmOf(row));
    }
    std::ranges::sort(films);
    m_session.select(std::move(films));
}

} // namespace hilum::ui
