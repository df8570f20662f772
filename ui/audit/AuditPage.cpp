// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/audit/AuditPage.h"

#include "ui/audit/AuditTables.h"
#include "ui/audit/ComparisonView.h"
#include "ui/bridge/Convert.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <utility>

namespace hilum::ui {

namespace {

QString gravityText(Gravity gravity)
{
    switch (gravity) {
    case Gravity::Grave:
        return AuditPage::tr("Grave");
    case Gravity::Warning:
        return AuditPage::tr("Mind this");
    case Gravity::Good:
        return AuditPage::tr("Good");
    case Gravity::Note:
        return AuditPage::tr("Note");
    }
    return {};
}

QWidget *findingCard(const AuditFinding &finding, QWidget *parent)
{
    auto *card = new QFrame(parent);
    card->setProperty("gravity", QString::fromUtf8(gravityName(finding.gravity).data()));
    auto *row = new QHBoxLayout(card);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(12);
    auto *kind = new QLabel(gravityText(finding.gravity), card);
    kind->setProperty("role", QStringLiteral("small"));
    kind->setMinimumWidth(kind->fontMetrics().horizontalAdvance(AuditPage::tr("Mind this")) + 8);
    kind->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto *words = new QLabel(QString::fromStdString(finding.sentence), card);
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(kind);
    row->addWidget(words, 1);
    return card;
}

} // namespace

AuditPage::AuditPage(std::shared_ptr<const AuditReport> report, QWidget *parent)
    : QWidget(parent)
    , m_report(std::move(report))
    , m_tabs(new QTabWidget(this))
    , m_comparisons(new ComparisonView(m_report, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tabs);
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setAccessibleName(tr("Parts of the report"));
    m_tabs->addTab(verdict(), tr("&Verdict"));
    m_tabs->addTab(m_comparisons, tr("&Without anatomy"));
    auto *cells = new QWidget(m_tabs);
    auto *column = new QVBoxLayout(cells);
    column->setContentsMargins(12, 12, 12, 12);
    column->addWidget(cellsTable(*m_report, cells));
    auto *what = new QLabel(tr("Numbers are 5 % / median / 95 % of the films."), cells);
    what->setProperty("role", QStringLiteral("muted"));
    column->addWidget(what);
    m_tabs->addTab(cells, tr("&Classes and sources"));
    m_tabs->addTab(withOpening(duplicatesTable(*m_report, this),
                               m_report->duplicates.empty()
                                   ? tr("No picture stands twice in this set.")
                                   : tr("One picture twice: found by file, by pixels, or by likeness.")),
                   tr("&Duplicates (%1)").arg(m_report->duplicates.size()));
    const auto divided = m_report->groupsInSeveralClasses.size() + m_report->groupsInSeveralSplits.size();
    m_tabs->addTab(withOpening(patientsTable(*m_report, this),
                               !m_report->patientsKnown ? tr("This set names no patients.")
                                   : divided == 0 ? tr("No patient stands in several classes or splits.")
                                                  : tr("A patient's films belong into one fold.")),
                   tr("&Patients (%1)").arg(divided));
    if (!m_report->unreadable.empty())
        m_tabs->addTab(unreadableTable(*m_report, this),
                       tr("&Unreadable (%1)").arg(m_report->unreadable.size()));
    connect(m_comparisons, &ComparisonView::saveFailed, this, &AuditPage::saveFailed);
}

QWidget *AuditPage::verdict()
{
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("Verdict"));
    auto *inner = new QWidget;
    auto *column = new QVBoxLayout(inner);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    for (const AuditFinding &finding : m_report->verdict)
        column->addWidget(findingCard(finding, inner));
    column->addStretch(1);
    scroll->setWidget(inner);
    return scroll;
}

QWidget *AuditPage::withOpening(QTreeWidget *table, const QString &sentence)
{
    auto *page = new QWidget(this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(12, 12, 12, 12);
    column->addWidget(table);
    auto *row = new QHBoxLayout;
    auto *open = new QPushButton(tr("&Open the films side by side"), page);
    open->setAutoDefault(false);
    open->setEnabled(table->topLevelItemCount() > 0);
    auto *words = new QLabel(sentence, page);
    words->setProperty("role", QStringLiteral("muted"));
    words->setWordWrap(true);
    row->addWidget(words, 1);
    row->addWidget(open);
    column->addLayout(row);
    connect(open, &QPushButton::clicked, this, [this, table] { openRow(*table); });
    connect(table, &QTreeWidget::itemActivated, this, [this, table] { openRow(*table); });
    return page;
}

void AuditPage::openRow(const QTreeWidget &table)
{
    const QTreeWidgetItem *item = table.currentItem();
    if (!item)
        return;
    QStringList paths;
    for (const int film : item->data(0, filmsRole).value<QList<int>>())
        paths << toText(m_report->films[static_cast<std::size_t>(film)].sample.file);
    if (!paths.isEmpty())
        Q_EMIT filmsWanted(paths);
}

void AuditPage::setTheme(const PlotTheme &theme) { m_comparisons->setTheme(theme); }

} // namespace hilum::ui
