// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/NumbersPage.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/Labels.h"
#include "ui/bridge/SaveFile.h"
#include "ui/desk/DeskFigures.h"
#include "ui/plots/ClassNames.h"
#include "ui/plots/PlotCsv.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <cmath>
#include <limits>

namespace hilum::ui {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

std::size_t at(int index) { return static_cast<std::size_t>(index); }

QString methodWords(IntervalMethod method)
{
    switch (method) {
    case IntervalMethod::Wilson:
        return NumbersPage::tr("Wilson, films");
    case IntervalMethod::DeLong:
        return NumbersPage::tr("DeLong, films");
    case IntervalMethod::LargeSample:
        return NumbersPage::tr("large sample, films");
    case IntervalMethod::PatientsBca:
        return NumbersPage::tr("patients drawn, BCa");
    case IntervalMethod::PatientsPercentile:
        return NumbersPage::tr("patients drawn, percentile");
    case IntervalMethod::PatientsNormal:
        return NumbersPage::tr("patients drawn, normal");
    case IntervalMethod::None:
        break;
    }
    return {};
}

NumberRow::Side sideOf(const Figure &figure)
{
    return {figure.value, figure.interval, methodWords(figure.method)};
}

NumberRow::Side sideOf(const Share &share)
{
    if (share.films == 0)
        return {nothing, {}, {}};
    return {share.share, share.interval, methodWords(IntervalMethod::Wilson)};
}

template <class Make>
void addRow(std::vector<NumberRow> &rows, const DeskJudgement &judgement, const QString &group,
            const QString &name, const QString &meaning, const Make &make, bool isCount = false)
{
    NumberRow row{group, name, meaning, {}, isCount};
    for (const DeskSide &side : judgement.sides)
        row.sides.push_back(make(side));
    rows.push_back(std::move(row));
}

NumberRow::Side count(int films) { return {static_cast<double>(films), {}, {}}; }

// What stands at once, before patients were drawn.
void addSketch(const DeskJudgement &judgement, std::vector<NumberRow> &rows)
{
    const QString all = NumbersPage::tr("All classes");
    addRow(
        rows, judgement, all, NumbersPage::tr("Films"), {},
        [](const DeskSide &side) { return count(static_cast<int>(side.films.size())); }, true);
    addRow(rows, judgement, all, NumbersPage::tr("Accuracy"),
           NumbersPage::tr("Share of films that were called what they are."), [](const DeskSide &side) {
               int right = 0;
               for (int c = 0; c < side.matrix.classes(); ++c)
                   right += side.matrix.count(c, c);
               return sideOf(shareOf(right, side.matrix.total()));
           });
}

void addGeneral(const DeskJudgement &judgement, std::vector<NumberRow> &rows)
{
    const QString all = NumbersPage::tr("All classes");
    struct One {
        QString name;
        QString meaning;
        Figure Assessment::*figure;
    };
    const auto tr = [](const char *text) { return NumbersPage::tr(text); };
    const std::vector<One> ones{
        {tr("Balanced accuracy"), tr("Mean of the classes' sensitivities: rare classes count as much."),
         &Assessment::balancedAccuracy},
        {tr("Cohen's kappa"), tr("Agreement with the truth beyond chance."), &Assessment::kappa},
        {tr("Matthews"), tr("Correlation of truth and call, over the whole matrix."), &Assessment::matthews},
        {tr("F1, mean of classes"), tr("Harmonic mean of sensitivity and precision."), &Assessment::macroF1},
        {tr("Area, mean of classes"), tr("Areas under the ROC curves, each class v the rest."),
         &Assessment::macroAuc},
        {tr("Area, Hand and Till"), tr("Mean over pairs of classes: does not depend on how many there are."),
         &Assessment::handTill},
        {tr("Calibration error, equal width"),
         tr("How far the probability of the call is from how often it is right, 15 bins."),
         &Assessment::calibrationError},
        {tr("Calibration error, equal mass"), tr("The same with equally many films in each bin."),
         &Assessment::calibrationErrorEqualMass},
        {tr("Brier score"), tr("Mean squared distance of probabilities and truth; less is better."),
         &Assessment::brier}};
    for (const One &one : ones)
        addRow(rows, judgement, all, one.name, one.meaning,
               [&](const DeskSide &side) { return sideOf((*side.assessment).*(one.figure)); });
}

void addClasses(const DeskJudgement &judgement, std::vector<NumberRow> &rows)
{
    const auto tr = [](const char *text) { return NumbersPage::tr(text); };
    struct One {
        QString name;
        Figure ClassFigures::*figure;
    };
    const std::vector<One> ones{
        {tr("Sensitivity"), &ClassFigures::sensitivity},
        {tr("Specificity"), &ClassFigures::specificity},
        {tr("Precision (of these films)"), &ClassFigures::precision},
        {tr("Negative predictive value (of these films)"), &ClassFigures::negativeValue},
        {tr("F1"), &ClassFigures::f1},
        {tr("Area under the ROC curve"), &ClassFigures::auc},
        {tr("Average precision"), &ClassFigures::averagePrecision},
        {tr("Brier score"), &ClassFigures::brier}};
    const auto &labels = judgement.first().set->labels;
    for (int label = 0; label < static_cast<int>(labels.size()); ++label) {
        const QString group = tr("%1 v the rest").arg(classTitle(labels[at(label)]));
        const auto classOf = [label](const DeskSide &side) -> const ClassFigures & {
            return side.assessment->classes[at(label)];
        };
        addRow(
            rows, judgement, group, tr("Films of the class"), {},
            [&](const DeskSide &side) { return count(classOf(side).films); }, true);
        for (const One &one : ones)
            addRow(rows, judgement, group, one.name, {},
                   [&](const DeskSide &side) { return sideOf(classOf(side).*(one.figure)); });
    }
}

void addSources(const DeskJudgement &judgement, std::vector<NumberRow> &rows)
{
    const auto &sources = judgement.first().assessment->tables.sources;
    if (sources.size() < 2)
        return;
    for (const SourceResult &source : sources)
        addRow(rows, judgement, NumbersPage::tr("Accuracy by source"), toText(source.source), {},
               [&](const DeskSide &side) {
                   for (const SourceResult &same : side.assessment->tables.sources) {
                       if (same.source == source.source)
                           return sideOf(same.accuracy);
                   }
                   return NumberRow::Side{nothing, {}, {}};
               });
}

void addComparison(const DeskJudgement &judgement, std::vector<NumberRow> &rows)
{
    if (!judgement.comparison)
        return;
    const auto tr = [](const char *text) { return NumbersPage::tr(text); };
    const ModelComparison &both = *judgement.comparison;
    const QString group = tr("Both networks on the same films");
    const auto add
        = [&](const QString &name, const QString &meaning, NumberRow::Side side, bool isCount = false) {
              rows.push_back({group, name, meaning, {std::move(side)}, isCount});
          };
    add(tr("Films that both read"), {}, count(both.all.films), true);
    add(tr("Calls that agree"), {}, sideOf(both.all.agree));
    add(tr("Accuracy, first less second"), tr("Zero inside the interval: these films can't tell them apart."),
        {both.difference.value, both.difference.bca, methodWords(IntervalMethod::PatientsBca)});
    add(tr("McNemar, p"),
        tr("Chance of so uneven a split of the films that only one calls right, if both "
           "were equally good."),
        {both.all.test.p, {nothing, nothing}, both.all.test.isExact ? tr("exact") : tr("Edwards")});
    for (const AreaComparison &area : both.all.areas) {
        const QString of = classTitle(area.label);
        add(tr("Area of %1, first less second").arg(of), {},
            {area.areas.difference, area.areas.interval, methodWords(IntervalMethod::DeLong)});
        add(tr("Area of %1, p").arg(of), {}, {area.areas.p, {nothing, nothing}, tr("DeLong, paired")});
    }
}

QString shown(const NumberRow &row, const NumberRow::Side &side)
{
    if (row.isCount)
        return QString::number(static_cast<int>(side.value));
    return std::isnan(side.value) ? QString(QChar(0x2013)) : QString::number(side.value, 'f', 3);
}

QString shownInterval(const NumberRow::Side &side)
{
    if (side.method.isEmpty() || std::isnan(side.interval.low) || std::isnan(side.value))
        return {};
    return QStringLiteral("%1 \u2013 %2")
        .arg(side.interval.low, 0, 'f', 3)
        .arg(side.interval.high, 0, 'f', 3);
}

} // namespace

std::vector<NumberRow> numbersOf(const DeskJudgement &judgement)
{
    std::vector<NumberRow> rows;
    addSketch(judgement, rows);
    if (!judgement.isComplete())
        return rows;
    addGeneral(judgement, rows);
    addClasses(judgement, rows);
    addSources(judgement, rows);
    addComparison(judgement, rows);
    return rows;
}

QString numbersCsv(const DeskJudgement &judgement)
{
    QString text = QStringLiteral("group,number,network,value,low95,high95,method,who,software,notice\n");
    for (const NumberRow &row : numbersOf(judgement)) {
        for (std::size_t n = 0; n < row.sides.size(); ++n) {
            const NumberRow::Side &side = row.sides[n];
            const bool isOfBoth = row.sides.size() < judgement.sides.size();
            const bool has = !side.method.isEmpty();
            text += QStringList{csvField(row.group),
                                csvField(row.name),
                                isOfBoth ? QString() : csvField(toText(judgement.sides[n].set->title)),
                                csvValue(side.value),
                                has ? csvValue(side.interval.low) : QString(),
                                has ? csvValue(side.interval.high) : QString(),
                                csvField(side.method)}
                        .join(QLatin1Char(','))
                + csvTail(provenanceOf(judgement));
        }
    }
    return text;
}

NumbersPage::NumbersPage(DeskSession &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_line(wrappedLabel(this, "small"))
    , m_table(new QTreeWidget(this))
{
    m_table->setRootIsDecorated(false);
    m_table->setIndentation(12);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setAccessibleName(tr("All numbers with their intervals"));
    auto *copy = new QPushButton(tr("&Copy"), this);
    auto *save = new QPushButton(tr("&Save as CSV\u2026"), this);
    for (QPushButton *button : {copy, save})
        button->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_line, 1);
    buttons->addWidget(copy);
    buttons->addWidget(save);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 0);
    layout->setSpacing(8);
    layout->addLayout(buttons);
    layout->addWidget(m_table, 1);
    connect(copy, &QPushButton::clicked, this, [this] {
        if (m_session.judgement())
            QGuiApplication::clipboard()->setText(numbersCsv(*m_session.judgement()));
    });
    connect(save, &QPushButton::clicked, this, &NumbersPage::askAndSave);
    connect(&session, &DeskSession::judgementChanged, this, [this] {
        m_isStale = true;
        if (isVisible())
            refresh();
    });
}

void NumbersPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        refresh();
}

void NumbersPage::refresh()
{
    m_isStale = false;
    m_table->clear();
    const DeskJudgementPtr judgement = m_session.judgement();
    if (!judgement)
        return m_line->setText(tr("Nothing is loaded."));
    m_line->setText(
        judgement->isComplete()
            ? tr("95 % intervals; patients were drawn %1 times, with all of their films. %2")
                  .arg(judgement->draws)
                  .arg(judgement->draws < 2000
                           ? tr("(Fewer than 2,000 times, so that so many films don't take long.)")
                           : QString())
            : judgement->films() == 0 ? tr("No film passes the filter.")
                                      : tr("The other numbers and intervals are being worked out\u2026"));
    QStringList head{tr("Number")};
    for (const DeskSide &side : judgement->sides)
        head << toText(side.set->title) << tr("95 % interval") << tr("by");
    m_table->setColumnCount(static_cast<int>(head.size()));
    m_table->setHeaderLabels(head);
    QTreeWidgetItem *group = nullptr;
    for (const NumberRow &row : numbersOf(*judgement)) {
        if (!group || group->text(0) != row.group) {
            group = new QTreeWidgetItem(m_table, {row.group});
            group->setFirstColumnSpanned(true);
            QFont bold = m_table->font();
            bold.setBold(true);
            group->setFont(0, bold);
            group->setExpanded(true);
        }
        QStringList texts{row.name};
        for (const NumberRow::Side &side : row.sides)
            texts << shown(row, side) << shownInterval(side) << side.method;
        auto *item = new QTreeWidgetItem(group, texts);
        item->setToolTip(0, row.meaning);
        for (int column = 1; column < item->columnCount(); ++column) {
            if (column % 3 != 0)
                item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
        }
    }
    for (int column = 0; column < m_table->columnCount(); ++column)
        m_table->resizeColumnToContents(column);
}

void NumbersPage::askAndSave()
{
    if (!m_session.judgement())
        return;
    auto *dialog = new QFileDialog(this, tr("Save numbers"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->setNameFilter(tr("CSV files (*.csv)"));
    dialog->selectFile(QStringLiteral("numbers.csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        if (!m_session.judgement())
            return; // what it was of has been closed meanwhile
        const QString why = saveFile(path, numbersCsv(*m_session.judgement()).toUtf8());
        if (!why.isEmpty())
            Q_EMIT saveFailed(tr("%1 could not be written (%2). Try another folder.").arg(path, why));
    });
    dialog->open();
}

} // namespace hilum::ui
