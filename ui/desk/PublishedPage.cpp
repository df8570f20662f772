// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/PublishedPage.h"

#include "ui/bridge/Labels.h"
#include "ui/desk/PrevalencePart.h"
#include "ui/plots/ClassNames.h"
#include "ui/plots/ConfusionView.h"

#include <QGridLayout>
#include <QLabel>
#include <QListWidget>

namespace hilum::ui {

namespace {

QString tr(const char *text) { return PublishedPage::tr(text); }

std::vector<PublishedResult> makeResults()
{
    const QString normal = QStringLiteral("normal");
    const QString pneumonia = QStringLiteral("pneumonia");
    const QString implied = tr("Implied by the published accuracy, sensitivity and specificity.");
    const QString published = tr("As published.");
    return {
        {tr("ANKIT"),
         tr("VGG16, frozen"),
         {{{{5, 0}, {0, 5}}}},
         normal,
         tr("From a published picture of the screen."),
         tr("The test films were the validation films, too, and 18 of 25 \u201cnormal\u201d films are "
            "pneumonia films of "
            "children: without a mistake on ten films the accuracy may still be 72 %."),
         {}},
        {tr("HARDIK"),
         tr("VGG16, frozen"),
         {{{{7, 0}, {1, 7}}}},
         normal,
         implied,
         tr("The same films as ANKIT's. One false alarm of eight leaves a specificity from one in two to "
            "nearly "
            "all."),
         {}},
        {tr("VIJAY"),
         tr("own network of 5.7 million numbers"),
         {{{{35, 1}, {2, 34}}}},
         normal,
         tr("From a published picture of the matrix."),
         tr("The most test films of the five. The published recall of 94 % is that of the class Normal, "
            "because "
            "truth and call were handed over in the wrong order."),
         {}},
        {tr("TEJA"),
         tr("MobileNet, frozen"),
         std::nullopt,
         {},
         tr("Implied by the published validation accuracy of 0.966 on 60 films; no matrix was published."),
         tr("Chosen as the best epoch on the films that it is judged by. The areas that its description "
            "names "
            "belong to another network."),
         {{tr("Accuracy, best epoch"), 58, 60}}},
        {tr("MJ, model 1, first"),
         tr("VGG16, frozen"),
         {{{{27, 0}, {4, 23}}}},
         normal,
         implied,
         tr("COVID-19 against normal films, before its settings were tuned on the same test films."),
         {}},
        {tr("MJ, model 1, tuned"),
         tr("VGG16, frozen"),
         {{{{27, 0}, {2, 25}}}},
         normal,
         published,
         tr("Tuned on the films that it is judged by."),
         {}},
        {tr("MJ, model 2, split 0.2"),
         tr("VGG16, frozen"),
         {{{{27, 0}, {1, 26}}}},
         pneumonia,
         published,
         tr("COVID-19 against pneumonia."),
         {}},
        {tr("MJ, model 2, split 0.1"),
         tr("VGG16, frozen"),
         {{{{13, 0}, {0, 14}}}},
         pneumonia,
         published,
         tr("Half the test films, and the mistakes are gone: compare the intervals."),
         {}},
        {tr("MJ, model 1, other films"),
         tr("VGG16, frozen"),
         std::nullopt,
         {},
         published,
         tr("624 films of another collection, none of COVID-19. Films that it never learnt to tell apart are "
            "called "
            "COVID-19 nearly every second time."),
         {{tr("Normal, called COVID-19"), 24, 234}, {tr("Pneumonia, called COVID-19"), 185, 390}}},
        {tr("MJ, model 2, other films"),
         tr("VGG16, frozen"),
         std::nullopt,
         {},
         published,
         tr("The same films: each model is good at what it was shown, and at nothing else."),
         {{tr("Pneumonia, called COVID-19"), 3, 390}, {tr("Normal, called COVID-19"), 45, 234}}},
    };
}

} // namespace

int PublishedResult::films() const
{
    int films = 0;
    if (matrix) {
        for (const auto &row : *matrix)
            films += row[0] + row[1];
    }
    for (const PublishedCount &count : counts)
        films += count.films;
    return films;
}

Rates PublishedResult::rates() const
{
    const auto &m = *matrix;
    return {shareOf(m[0][0], m[0][0] + m[0][1]), shareOf(m[1][1], m[1][0] + m[1][1]),
            shareOf(m[0][0], m[0][0] + m[1][0]), shareOf(m[1][1], m[0][1] + m[1][1])};
}

const std::vector<PublishedResult> &publishedResults()
{
    static const std::vector<PublishedResult> results = makeResults();
    return results;
}

PublishedPage::PublishedPage(QWidget *parent)
    : QWidget(parent)
    , m_list(new QListWidget(this))
    , m_words(wrappedLabel(this, "body"))
    , m_matrix(new ConfusionView(this))
    , m_rates(new RatesPlot(this))
    , m_prevalence(new PrevalencePart(this))
{
    m_list->setAccessibleName(tr("Published results"));
    m_list->setFixedWidth(232);
    for (const PublishedResult &result : publishedResults())
        m_list->addItem(tr("%1 \u00b7 n = %2").arg(result.project).arg(result.films()));
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 8, 0, 0);
    grid->setSpacing(8);
    grid->addWidget(m_list, 0, 0, 3, 1);
    grid->addWidget(m_words, 0, 1, 1, 2);
    grid->addWidget(m_matrix, 1, 1);
    grid->addWidget(m_prevalence, 1, 2);
    grid->addWidget(m_rates, 2, 1, 1, 2);
    grid->setRowStretch(1, 1);
    grid->setColumnStretch(1, 5);
    grid->setColumnStretch(2, 6);
    connect(m_list, &QListWidget::currentRowChanged, this, &PublishedPage::showResult);
    m_list->setCurrentRow(2);
}

void PublishedPage::showResult(int row)
{
    if (row < 0)
        return;
    const PublishedResult &result = publishedResults()[static_cast<std::size_t>(row)];
    m_words->setText(tr("%1: %2, %3 test films. %4 %5")
                         .arg(result.project, result.network)
                         .arg(result.films())
                         .arg(result.note, result.source));
    const QString provenance = tr("%1, published 2020").arg(result.project);
    const bool has = result.matrix.has_value();
    m_matrix->setVisible(has);
    m_prevalence->setVisible(has);
    m_rates->setVisible(!has);
    static_cast<QGridLayout *>(layout())->setRowStretch(2, has ? 0 : 1);
    if (!has) {
        std::vector<NamedRate> rates;
        for (const PublishedCount &count : result.counts) {
            const Share share = shareOf(count.hits, count.films);
            rates.push_back({count.what,
                             tr("%1 of %2").arg(count.hits).arg(count.films),
                             tr("95 % Wilson interval"),
                             share.share,
                             share.interval,
                             {}});
        }
        m_rates->setRates(result.project, std::move(rates), provenance);
        m_rates->setProvenance(provenance);
        return;
    }
    const auto &m = *result.matrix;
    ConfusionMatrix matrix(2);
    for (int truth = 0; truth < 2; ++truth) {
        for (int called = 0; called < 2; ++called)
            matrix.add(truth, called, m[static_cast<std::size_t>(truth)][static_cast<std::size_t>(called)]);
    }
    m_matrix->setProvenance(provenance);
    m_matrix->setMatrix(result.project, {"covid", result.other.toStdString()}, matrix, provenance);
    const Rates rates = result.rates();
    m_prevalence->setRates({rates, classTitle("covid"), classColour("covid", 0), provenance,
                            static_cast<double>(rates.sensitivity.films) / result.films()});
}

} // namespace hilum::ui
