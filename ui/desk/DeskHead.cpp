// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/DeskHead.h"

#include "ui/bridge/Convert.h"
#include "ui/plots/ClassNames.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace hilum::ui {

namespace {

constexpr int widestChoice = 190;

std::size_t at(int index) { return static_cast<std::size_t>(index); }

QString columnTitle(const std::string &name)
{
    if (name == "source")
        return DeskHead::tr("Source");
    if (name == "fold")
        return DeskHead::tr("Fold");
    if (name == "view")
        return DeskHead::tr("View");
    if (name == "age")
        return DeskHead::tr("Age");
    if (name == "sex")
        return DeskHead::tr("Sex");
    return toText(name);
}

void dress(QComboBox *box, const QString &name)
{
    box->setAccessibleName(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    box->setMaximumWidth(widestChoice);
}

} // namespace

DeskHead::DeskHead(DeskSession &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_films(new QPushButton(tr("&Predictions"), this))
    , m_first(new QComboBox(this))
    , m_second(new QComboBox(this))
    , m_label(new QComboBox(this))
    , m_truth(new QComboBox(this))
    , m_calls(new QComboBox(this))
    , m_count(new QLabel(this))
    , m_clear(new QPushButton(tr("All films"), this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(networks());
    column->addWidget(filters());
    connect(&session, &DeskSession::setsChanged, this, &DeskHead::fillNetworks);
    connect(&session, &DeskSession::judgementChanged, this, &DeskHead::showCount);
    connect(&session, &DeskSession::labelChanged, this, [this] {
        const QSignalBlocker quiet(m_label);
        m_label->setCurrentIndex(m_session.label());
    });
    connect(&session, &DeskSession::filterChanged, this, [this] {
        if (m_session.filter().isEmpty()) {
            m_filled.reset();
            fillFilters();
        }
    });
    fillNetworks();
}

QWidget *DeskHead::networks()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_films->setAutoDefault(false);
    dress(m_first, tr("First network"));
    dress(m_second, tr("Second network"));
    dress(m_label, tr("Whose probability"));
    layout->addWidget(m_films);
    layout->addWidget(m_first);
    layout->addWidget(new QLabel(tr("against"), row));
    layout->addWidget(m_second);
    layout->addSpacing(8);
    layout->addWidget(new QLabel(tr("probability of"), row));
    layout->addWidget(m_label);
    layout->addStretch(1);
    m_count->setProperty("role", QStringLiteral("muted"));
    layout->addWidget(m_count);
    connect(m_first, &QComboBox::activated, this, &DeskHead::chooseNetworks);
    connect(m_second, &QComboBox::activated, this, &DeskHead::chooseNetworks);
    connect(m_label, &QComboBox::activated, &m_session, &DeskSession::chooseLabel);
    return row;
}

QWidget *DeskHead::filters()
{
    auto *row = new QWidget(this);
    m_row = new QHBoxLayout(row);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(8);
    dress(m_truth, tr("Films of which class"));
    dress(m_calls, tr("Films by how they were called"));
    m_clear->setAutoDefault(false);
    m_clear->setToolTip(tr("Take all filters away"));
    m_row->addWidget(new QLabel(tr("Films:"), row));
    m_row->addWidget(m_truth);
    m_row->addWidget(m_calls);
    m_row->addStretch(1);
    m_row->addWidget(m_clear);
    connect(m_truth, &QComboBox::activated, this, &DeskHead::readFilter);
    connect(m_calls, &QComboBox::activated, this, &DeskHead::readFilter);
    connect(m_clear, &QPushButton::clicked, this, [this] { m_session.setFilter({}); });
    return row;
}

QComboBox *DeskHead::filterOf(const std::string &column) const
{
    const auto found = m_columns.find(column);
    return found == m_columns.end() ? nullptr : found->second;
}

void DeskHead::fillNetworks()
{
    const auto &sets = m_session.sets();
    m_first->clear();
    m_second->clear();
    m_second->addItem(tr("no other"), -1);
    const DeskSetPtr first = m_session.firstSet();
    for (int i = 0; i < static_cast<int>(sets.size()); ++i) {
        const QString title = toText(sets[at(i)]->title);
        m_first->addItem(title, i);
        m_first->setItemData(i, toText(sets[at(i)]->file), Qt::ToolTipRole);
        if (i != m_session.first() && first && areComparable(*first, *sets[at(i)]))
            m_second->addItem(title, i);
    }
    m_first->setCurrentIndex(m_session.first());
    m_second->setCurrentIndex(std::max(0, m_second->findData(m_session.second())));
    m_label->clear();
    if (first) {
        for (const std::string &label : first->labels)
            m_label->addItem(classTitle(label));
        m_label->setCurrentIndex(m_session.label());
    }
    for (QWidget *choice : std::initializer_list<QWidget *>{m_first, m_second, m_label, m_truth, m_calls})
        choice->setEnabled(first != nullptr);
    if (m_filled != first || m_hasSecond != (m_session.second() >= 0))
        fillFilters();
    showCount();
}

void DeskHead::fillFilters()
{
    const DeskSetPtr set = m_session.firstSet();
    const DeskFilter &filter = m_session.filter();
    m_filled = set;
    m_hasSecond = m_session.second() >= 0;
    m_truth->clear();
    m_calls->clear();
    for (const auto &[name, box] : m_columns)
        delete box;
    m_columns.clear();
    if (!set)
        return;
    m_truth->addItem(tr("every class"), -1);
    for (int i = 0; i < static_cast<int>(set->labels.size()); ++i)
        m_truth->addItem(tr("truly %1").arg(classTitle(set->labels[at(i)])), i);
    m_truth->setCurrentIndex(std::max(0, m_truth->findData(filter.truth)));
    using Calls = DeskFilter::Calls;
    const auto add
        = [this](const QString &words, Calls calls) { m_calls->addItem(words, static_cast<int>(calls)); };
    add(tr("however called"), Calls::All);
    add(tr("called right"), Calls::Right);
    add(tr("called wrong"), Calls::Wrong);
    if (m_hasSecond) {
        add(tr("both call alike"), Calls::Same);
        add(tr("called differently"), Calls::Different);
        add(tr("only one is right"), Calls::OneRight);
    }
    m_calls->setCurrentIndex(std::max(0, m_calls->findData(static_cast<int>(filter.calls))));
    int place = 3;
    for (const DeskColumn &column : set->columns) {
        auto *box = new QComboBox(this);
        const QString title = columnTitle(column.name);
        dress(box, title);
        box->addItem(tr("%1: all").arg(title), QString());
        for (const std::string &value : column.values)
            box->addItem(column.name == "fold" ? tr("fold %1").arg(toText(value)) : toText(value),
                         toText(value));
        const auto wanted = filter.values.find(column.name);
        box->setCurrentIndex(
            wanted == filter.values.end() ? 0 : std::max(0, box->findData(toText(wanted->second))));
        box->setToolTip(title);
        connect(box, &QComboBox::activated, this, &DeskHead::readFilter);
        m_row->insertWidget(place++, box);
        m_columns[column.name] = box;
    }
}

void DeskHead::chooseNetworks()
{
    m_session.choose(m_first->currentData().toInt(), m_second->currentData().toInt());
}

void DeskHead::readFilter()
{
    DeskFilter filter;
    filter.truth = m_truth->currentData().toInt();
    filter.calls = static_cast<DeskFilter::Calls>(m_calls->currentData().toInt());
    for (const auto &[name, box] : m_columns) {
        if (box->currentIndex() > 0)
            filter.values[name] = box->currentData().toString().toStdString();
    }
    m_session.setFilter(filter);
}

void DeskHead::showCount()
{
    const DeskJudgementPtr judgement = m_session.judgement();
    m_clear->setVisible(!m_session.filter().isEmpty());
    if (!judgement)
        return m_count->setText(m_session.isLoading() ? tr("Loading\u2026") : QString());
    const QString films = judgement->films() == judgement->filmsInAll
        ? tr("%1 films").arg(judgement->filmsInAll)
        : tr("%1 of %2 films").arg(judgement->films()).arg(judgement->filmsInAll);
    m_count->setText(m_session.isComputing() ? tr("%1 \u00b7 intervals follow\u2026").arg(films) : films);
}

} // namespace hilum::ui
