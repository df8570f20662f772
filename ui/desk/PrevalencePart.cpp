// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/PrevalencePart.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

namespace {

constexpr int steps = 1000;
constexpr double leastPrevalence = 0.001;
constexpr double mostPrevalence = 0.9;
constexpr double leastFilms = 10;
constexpr double mostFilms = 10000;

double atStep(int step, double low, double high)
{
    return low * std::pow(high / low, static_cast<double>(step) / steps);
}

int stepOf(double value, double low, double high)
{
    const double share = std::log(std::clamp(value, low, high) / low) / std::log(high / low);
    return static_cast<int>(std::lround(share * steps));
}

// Two leading digits: 72, 150, 1300.
int rounded(double films)
{
    const double unit = std::pow(10.0, std::floor(std::log10(films)) - 1);
    return static_cast<int>(std::lround(std::round(films / unit) * unit));
}

} // namespace

QString prevalenceWords(double prevalence)
{
    const QString percent = QString::number(prevalence * 100, 'g', 2);
    if (prevalence > 0.34)
        return PrevalencePart::tr("%1 % have it").arg(percent);
    return PrevalencePart::tr("1 in %1 has it (%2 %)").arg(std::lround(1 / prevalence)).arg(percent);
}

PrevalencePart::PrevalencePart(QWidget *parent)
    : QWidget(parent)
    , m_prevalence(new QSlider(Qt::Horizontal, this))
    , m_prevalenceSaid(new QLabel(this))
    , m_asInFilms(new QPushButton(tr("As in these films"), this))
    , m_isOther(new QCheckBox(tr("What if we had only"), this))
    , m_films(new QSlider(Qt::Horizontal, this))
    , m_filmsSaid(new QLabel(this))
    , m_rates(new RatesPlot(this))
    , m_people(new PeopleGrid(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    addSliders();
    column->addWidget(m_rates, 4);
    column->addWidget(m_people, 5);
    setPrevalence(0.05);
    m_films->setValue(stepOf(72, leastFilms, mostFilms));
    m_films->setEnabled(false);
    sayWhere();
}

void PrevalencePart::addSliders()
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    for (QSlider *slider : {m_prevalence, m_films}) {
        slider->setRange(0, steps);
        slider->setPageStep(steps / 20);
        slider->setMinimumWidth(120);
    }
    m_prevalence->setAccessibleName(tr("How common it is"));
    m_films->setAccessibleName(tr("Number of test films"));
    m_asInFilms->setAutoDefault(false);
    const int widest = fontMetrics().horizontalAdvance(QStringLiteral("1 in 1000 has it (0.099 %)"));
    m_prevalenceSaid->setMinimumWidth(widest);
    grid->addWidget(new QLabel(tr("How common it is"), this), 0, 0);
    grid->addWidget(m_prevalence, 0, 1);
    grid->addWidget(m_prevalenceSaid, 0, 2);
    grid->addWidget(m_asInFilms, 0, 3);
    grid->addWidget(m_isOther, 1, 0);
    grid->addWidget(m_films, 1, 1);
    grid->addWidget(m_filmsSaid, 1, 2, 1, 2);
    grid->setColumnStretch(1, 1);
    static_cast<QVBoxLayout *>(layout())->addLayout(grid);
    const auto changed = [this] {
        sayWhere();
        show();
        Q_EMIT questionChanged();
    };
    connect(m_prevalence, &QSlider::valueChanged, this, changed);
    connect(m_films, &QSlider::valueChanged, this, changed);
    connect(m_isOther, &QCheckBox::toggled, this, [this, changed](bool on) {
        m_films->setEnabled(on);
        changed();
    });
    connect(m_asInFilms, &QPushButton::clicked, this, [this] {
        if (m_measured)
            setPrevalence(m_measured->prevalence);
    });
}

ThresholdQuestion PrevalencePart::question() const
{
    return {atStep(m_prevalence->value(), leastPrevalence, mostPrevalence),
            m_isOther->isChecked() ? rounded(atStep(m_films->value(), leastFilms, mostFilms)) : 0};
}

void PrevalencePart::setPrevalence(double prevalence)
{
    m_prevalence->setValue(stepOf(prevalence, leastPrevalence, mostPrevalence));
}

void PrevalencePart::setFilms(int films)
{
    m_isOther->setChecked(films > 0);
    if (films > 0)
        m_films->setValue(stepOf(films, leastFilms, mostFilms));
}

void PrevalencePart::sayWhere()
{
    m_prevalenceSaid->setText(prevalenceWords(question().prevalence));
    m_filmsSaid->setText(tr("%1 test films").arg(rounded(atStep(m_films->value(), leastFilms, mostFilms))));
}

void PrevalencePart::setRates(const MeasuredRates &rates)
{
    m_measured = rates;
    show();
}

void PrevalencePart::clear()
{
    m_measured.reset();
    m_rates->setRates({}, {});
    m_people->setPeople({});
}

void PrevalencePart::show()
{
    if (!m_measured)
        return;
    const MeasuredRates &m = *m_measured;
    const ThresholdQuestion asked = question();
    const ThresholdAnswer answer = answerOf(m.rates, asked);
    const auto of
        = [](const Share &share) { return tr("measured: %1 of %2").arg(share.hits).arg(share.films); };
    const QString many = tr("95 % Wilson interval of %1 films");
    const QString assumed
        = tr("by Bayes where %1; 95 % interval on the logit scale").arg(prevalenceWords(asked.prevalence));
    m_rates->setRates(asked.films > 0 ? tr("If the same had come of %1 films").arg(asked.films)
                                      : tr("Of %1 films").arg(answer.sickFilms + answer.wellFilms),
                      {{tr("Sensitivity"), of(m.rates.sensitivity), many.arg(answer.sickFilms),
                        answer.sensitivity.value, answer.sensitivity.interval, m.colour},
                       {tr("Specificity"), of(m.rates.specificity), many.arg(answer.wellFilms),
                        answer.specificity.value, answer.specificity.interval, m.colour},
                       {tr("Called: has it"),
                        tr("positive predictive value"),
                        assumed,
                        answer.at.positiveValue.value,
                        answer.at.positiveValue.interval,
                        {}},
                       {tr("Not called: has it not"),
                        tr("negative predictive value"),
                        assumed,
                        answer.at.negativeValue.value,
                        answer.at.negativeValue.interval,
                        {}},
                       {tr("Right, all in all"),
                        tr("accuracy at this prevalence"),
                        assumed,
                        answer.at.accuracy.value,
                        answer.at.accuracy.interval,
                        {}}},
                      m.provenance);
    m_people->setPeople({answer.at.found, answer.at.missed, answer.at.falseAlarms, answer.at.spared, m.of,
                         m.colour, m.provenance});
}

} // namespace hilum::ui
