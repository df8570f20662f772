// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/audit/AuditTables.h"

#include "ui/plots/ClassNames.h"

#include <QCoreApplication>
#include <QHeaderView>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("AuditTables", text); }

QString shortNumber(double value)
{
    if (!std::isfinite(value))
        return QStringLiteral("\u2013");
    if (value == std::round(value) && std::abs(value) >= 2)
        return QString::number(value, 'f', 0);
    const double size = std::abs(value);
    return QString::number(value, 'f', size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

QString sourceText(const std::string &source)
{
    return source.empty() ? tr("not named") : QString::fromStdString(source);
}

QTreeWidget *table(const QStringList &header, const QString &name, QWidget *parent)
{
    auto *made = new QTreeWidget(parent);
    made->setHeaderLabels(header);
    made->setAccessibleName(name);
    made->setRootIsDecorated(false);
    made->setUniformRowHeights(true);
    made->setAllColumnsShowFocus(true);
    made->setSortingEnabled(false);
    made->setSelectionMode(QAbstractItemView::SingleSelection);
    made->setEditTriggers(QAbstractItemView::NoEditTriggers);
    made->header()->setStretchLastSection(true);
    made->header()->setSectionResizeMode(QHeaderView::Interactive);
    return made;
}

void fit(QTreeWidget *made)
{
    constexpr int widest = 320;
    for (int column = 0; column < made->columnCount(); ++column) {
        made->resizeColumnToContents(column);
        made->setColumnWidth(column, std::min(widest, made->columnWidth(column) + 12));
    }
    if (made->topLevelItemCount() > 0)
        made->setCurrentItem(made->topLevelItem(0));
}

QString summaryText(const AuditCell &cell, AuditProperty property)
{
    const auto found = std::ranges::find(cell.properties, property, &AuditSummary::property);
    if (found == cell.properties.end())
        return QStringLiteral("\u2013");
    if (isCategory(property)) {
        QStringList names;
        for (const AuditCategoryCount &category : found->categories)
            names << QStringLiteral("%1 %2").arg(QString::fromStdString(category.name)).arg(category.films);
        return names.join(QStringLiteral(", "));
    }
    return QStringLiteral("%1 / %2 / %3")
        .arg(shortNumber(found->quantiles.low), shortNumber(found->quantiles.median),
             shortNumber(found->quantiles.high));
}

QString kindText(DuplicateKind kind)
{
    switch (kind) {
    case DuplicateKind::SameFile:
        return tr("same file");
    case DuplicateKind::SamePixels:
        return tr("same pixels");
    case DuplicateKind::SamePicture:
        return tr("same picture");
    case DuplicateKind::Mirrored:
        return tr("mirrored");
    }
    return {};
}

QString listed(const std::vector<std::string> &names, bool areClasses)
{
    QStringList texts;
    for (const std::string &name : names)
        texts << (areClasses ? classTitle(name) : QString::fromStdString(name));
    return texts.isEmpty() ? QStringLiteral("\u2013") : texts.join(QStringLiteral(", "));
}

QString orDash(const std::string &text)
{
    return text.empty() ? QStringLiteral("\u2013") : QString::fromStdString(text);
}

} // namespace

QString propertyTitle(AuditProperty property)
{
    return QString::fromUtf8(auditPropertyTitle(property).data());
}

QString baselineTitleText(BaselineKind kind) { return QString::fromUtf8(baselineTitle(kind).data()); }

QString confoundingText(Confounding verdict)
{
    switch (verdict) {
    case Confounding::Strong:
        return tr("confounded");
    case Confounding::Weak:
        return tr("a little confounded");
    case Confounding::None:
        return tr("not given away");
    case Confounding::TooFew:
        return tr("too few films");
    }
    return {};
}

QString comparisonText(const AuditComparison &comparison)
{
    QStringList titles;
    for (const std::string &label : comparison.classes)
        titles << classTitle(label);
    return titles.join(tr(" v "));
}

QTreeWidget *cellsTable(const AuditReport &report, QWidget *parent)
{
    QStringList header{tr("Source"), tr("Class"), tr("Films"), tr("Patients"), tr("With letters")};
    for (const AuditSummary &summary : report.cells.front().properties)
        header << propertyTitle(summary.property);
    QTreeWidget *made = table(header, tr("Classes and sources"), parent);
    made->setToolTip(tr("5 % / median / 95 % of the films"));
    for (const AuditCell &cell : report.cells) {
        const double share = cell.films > 0 ? 100.0 * cell.withLetters / cell.films : 0;
        QStringList row{cell.allSources ? tr("all") : sourceText(cell.source),
                        cell.label.empty() ? tr("all") : classTitle(cell.label), QString::number(cell.films),
                        QString::number(cell.groups), tr("%1 %").arg(std::lround(share))};
        for (const AuditSummary &summary : report.cells.front().properties)
            row << summaryText(cell, summary.property);
        auto *item = new QTreeWidgetItem(made, row);
        for (int column = 2; column < row.size(); ++column)
            item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
        QFont bold = item->font(0);
        bold.setBold(cell.allSources && cell.label.empty());
        item->setFont(0, bold);
    }
    fit(made);
    return made;
}

QTreeWidget *duplicatesTable(const AuditReport &report, QWidget *parent)
{
    QTreeWidget *made = table({tr("How"), tr("Alike"), tr("Film"), tr("Class"), tr("Split"), tr("Film"),
                               tr("Class"), tr("Split"), tr("Across")},
                              tr("Pairs of films that are one picture"), parent);
    for (const DuplicatePair &pair : report.duplicates) {
        const AuditFilm &first = report.films[static_cast<std::size_t>(pair.first)];
        const AuditFilm &second = report.films[static_cast<std::size_t>(pair.second)];
        QStringList across;
        if (pair.acrossClasses)
            across << tr("two classes");
        if (pair.acrossSplits)
            across << tr("two splits");
        if (pair.acrossGroups && report.patientsKnown)
            across << tr("two patients");
        auto *item = new QTreeWidgetItem(
            made,
            {kindText(pair.kind), QString::number(pair.correlation, 'f', 2),
             QString::fromStdString(first.sample.name), classTitle(first.sample.label), orDash(first.split),
             QString::fromStdString(second.sample.name), classTitle(second.sample.label),
             orDash(second.split),
             across.isEmpty() ? QStringLiteral("\u2013") : across.join(QStringLiteral(", "))});
        QFont bold = item->font(8);
        bold.setBold(pair.acrossClasses || pair.acrossSplits);
        item->setFont(8, bold);
        item->setData(0, filmsRole, QVariant::fromValue(QList<int>{pair.first, pair.second}));
    }
    fit(made);
    return made;
}

QTreeWidget *patientsTable(const AuditReport &report, QWidget *parent)
{
    QTreeWidget *made
        = table({tr("Patient (group)"), tr("Found in"), tr("Classes"), tr("Splits"), tr("Films")},
                tr("Patients in several classes or splits"), parent);
    const auto add = [&](const std::vector<DividedGroup> &groups, const QString &where) {
        for (const DividedGroup &group : groups) {
            QStringList files;
            QList<int> films;
            for (const int film : group.films) {
                files << QString::fromStdString(report.films[static_cast<std::size_t>(film)].sample.name);
                films << film;
            }
            auto *item
                = new QTreeWidgetItem(made,
                                      {QString::fromStdString(group.group), where, listed(group.labels, true),
                                       listed(group.splits, false), files.join(QStringLiteral(", "))});
            item->setData(0, filmsRole, QVariant::fromValue(films));
        }
    };
    add(report.groupsInSeveralSplits, tr("several splits"));
    add(report.groupsInSeveralClasses, tr("several classes"));
    fit(made);
    return made;
}

QTreeWidget *unreadableTable(const AuditReport &report, QWidget *parent)
{
    QTreeWidget *made = table({tr("Film"), tr("Why")}, tr("Films that could not be read"), parent);
    for (const UnreadableFilm &film : report.unreadable)
        new QTreeWidgetItem(made,
                            {QString::fromStdString(film.name), QString::fromStdString(film.error.detail)});
    fit(made);
    return made;
}

} // namespace hilum::ui
