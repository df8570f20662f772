// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/audit/ComparisonView.h"

#include "ui/audit/AuditTables.h"
#include "ui/bridge/Labels.h"
#include "ui/plots/BaselinePlot.h"
#include "ui/plots/ClassNames.h"
#include "ui/plots/DistributionPlot.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

constexpr std::size_t mostProperties = 4;
constexpr double worthShowing = 0.02; // of the class that a property tells
constexpr int placeRole = Qt::UserRole + 1;

QLabel *words(QWidget *parent, const char *role)
{
    QLabel *label = wrappedLabel(parent, role);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

bool isOf(const AuditComparison &comparison, const AuditFilm &film)
{
    return !comparison.insideOneSource || film.sample.source == comparison.source;
}

} // namespace

ComparisonView::ComparisonView(std::shared_ptr<const AuditReport> report, QWidget *parent)
    : QWidget(parent)
    , m_report(std::move(report))
    , m_list(new QTreeWidget(this))
    , m_sentence(words(this, "strong"))
    , m_counts(words(this, "muted"))
    , m_recalls(words(this, "muted"))
    , m_baselines(new BaselinePlot(this))
    , m_properties(new DistributionPlot(this))
{
    m_list->setHeaderLabels({tr("Comparison"), tr("Verdict")});
    m_list->setAccessibleName(tr("Comparisons"));
    m_list->setRootIsDecorated(false);
    m_list->setAllColumnsShowFocus(true);
    m_list->header()->setStretchLastSection(true);
    m_list->setMinimumWidth(240);

    auto *right = new QWidget;
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(16, 0, 0, 0);
    column->setSpacing(8);
    auto *properties = words(right, "muted");
    properties->setText(tr("What tells these classes apart by itself (share of the films of each class)"));
    for (QWidget *widget : std::initializer_list<QWidget *>{m_sentence, m_counts, m_baselines, m_recalls,
                                                            properties, m_properties})
        column->addWidget(widget);
    column->setStretchFactor(m_baselines, 2);
    column->setStretchFactor(m_properties, 3);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(right);
    scroll->setAccessibleName(tr("The comparison chosen"));
    m_baselines->setMinimumHeight(190);
    m_properties->setMinimumHeight(240);

    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_list);
    splitter->addWidget(scroll);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({400, 720});
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->addWidget(splitter);

    for (PlotSurface *plot : std::initializer_list<PlotSurface *>{m_baselines, m_properties}) {
        plot->setProvenance(
            tr("Audit of %1, seed %2").arg(QString::fromStdString(m_report->dataset)).arg(m_report->seed));
        connect(plot, &PlotSurface::saveFailed, this, &ComparisonView::saveFailed);
    }
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem *item) {
        if (item && item->data(0, placeRole).isValid())
            show(item->data(0, placeRole).toInt());
    });
    fillList();
}

void ComparisonView::fillList()
{
    QTreeWidgetItem *first = nullptr;
    const auto addHeading = [this](const QString &text) {
        auto *item = new QTreeWidgetItem(m_list, {text});
        item->setFlags(Qt::ItemIsEnabled);
        item->setFirstColumnSpanned(true);
        QFont bold = item->font(0);
        bold.setBold(true);
        item->setFont(0, bold);
    };
    QString heading;
    for (int i = 0; i < static_cast<int>(m_report->comparisons.size()); ++i) {
        const AuditComparison &comparison = m_report->comparisons[static_cast<std::size_t>(i)];
        const QString place = comparison.insideOneSource
            ? tr("Inside %1").arg(QString::fromStdString(comparison.source))
            : tr("All films");
        if (place != heading)
            addHeading(heading = place);
        auto *item = new QTreeWidgetItem(
            m_list,
            {QStringLiteral("   ") + comparisonText(comparison), confoundingText(comparison.verdict)});
        item->setData(0, placeRole, i);
        item->setToolTip(0, QString::fromStdString(comparison.sentence));
        first = first ? first : item;
    }
    m_list->resizeColumnToContents(0);
    m_list->setCurrentItem(first);
}

void ComparisonView::select(int comparison)
{
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        const QVariant place = m_list->topLevelItem(row)->data(0, placeRole);
        if (place.isValid() && place.toInt() == comparison)
            m_list->setCurrentItem(m_list->topLevelItem(row));
    }
}

QString ComparisonView::sentence() const { return m_sentence->text(); }

void ComparisonView::setTheme(const PlotTheme &theme)
{
    m_baselines->setTheme(theme);
    m_properties->setTheme(theme);
}

void ComparisonView::show(int place)
{
    const AuditComparison &comparison = m_report->comparisons[static_cast<std::size_t>(place)];
    m_sentence->setText(QString::fromStdString(comparison.sentence));
    QStringList counts;
    for (std::size_t i = 0; i < comparison.classes.size(); ++i)
        counts
            << QStringLiteral("%1 %2").arg(classTitle(comparison.classes[i])).arg(comparison.filmsOfClass[i]);
    m_counts->setText(tr("%1 films (%2) of %3 patients; cross-validated by patient in %4 folds")
                          .arg(QString::number(comparison.films), counts.join(QStringLiteral(", ")),
                               QString::number(comparison.groups), QString::number(m_report->folds)));
    std::vector<BaselineBar> bars;
    for (std::size_t i = 0; i < comparison.baselines.size(); ++i) {
        const AuditBaseline &baseline = comparison.baselines[i];
        bars.push_back({baselineTitleText(baseline.kind), baseline.balancedAccuracy.value,
                        baseline.balancedAccuracy.interval, static_cast<int>(i) == comparison.toBeat});
    }
    m_recalls->clear();
    if (comparison.toBeat >= 0) {
        const AuditBaseline &best = comparison.baselines[static_cast<std::size_t>(comparison.toBeat)];
        QStringList recalls;
        for (std::size_t i = 0; i < comparison.classes.size(); ++i)
            recalls << tr("%1 %2 (%3\u2013%4)")
                           .arg(classTitle(comparison.classes[i]),
                                QString::number(best.recalls[i].value, 'f', 2),
                                QString::number(best.recalls[i].interval.low, 'f', 2),
                                QString::number(best.recalls[i].interval.high, 'f', 2));
        m_recalls->setText(tr("To beat: %1. Of each class it finds %2.")
                               .arg(baselineTitleText(best.kind), recalls.join(QStringLiteral(", "))));
    }
    m_baselines->setBars(tr("Balanced accuracy without anatomy: %1").arg(comparisonText(comparison)),
                         std::move(bars), comparison.chance);

    std::vector<DistributionPanel> panels;
    for (const PropertySeparation &separation : comparison.separations) {
        if (panels.size() == mostProperties || separation.information < worthShowing)
            break;
        if (isCategory(separation.property))
            continue;
        DistributionPanel panel;
        panel.title
            = tr("%1: tells %2 of the class")
                  .arg(propertyTitle(separation.property), QString::number(separation.information, 'f', 2));
        for (std::size_t i = 0; i < comparison.classes.size(); ++i) {
            const std::string &label = comparison.classes[i];
            const auto known = std::ranges::find(m_report->classes, label) - m_report->classes.begin();
            ClassValues values{label, static_cast<int>(known), {}};
            for (const AuditFilm &film : m_report->films)
                if (film.sample.label == label && isOf(comparison, film))
                    values.values.push_back(auditValue(film, separation.property));
            panel.classes.push_back(std::move(values));
        }
        panels.push_back(std::move(panel));
    }
    m_properties->setPanels(tr("What tells %1 apart by itself").arg(comparisonText(comparison)),
                            std::move(panels));
}

} // namespace hilum::ui
