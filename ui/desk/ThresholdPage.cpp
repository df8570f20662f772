// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/ThresholdPage.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/Labels.h"
#include "ui/desk/DeskViews.h"
#include "ui/desk/PrevalencePart.h"
#include "ui/plots/ClassNames.h"
#include "ui/plots/ConfusionView.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>

#include <cmath>

namespace hilum::ui {

namespace {

constexpr int steps = 1000;

std::size_t at(int index) { return static_cast<std::size_t>(index); }

QString three(double value) { return QString::number(value, 'f', 3); }

} // namespace

ThresholdPage::ThresholdPage(DeskSession &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_said(new QLabel(this))
    , m_youden(new QPushButton(tr("&Youden"), this))
    , m_cheapest(new QPushButton(tr("&Least cost"), this))
    , m_cost(new QDoubleSpinBox(this))
    , m_matrix(new ConfusionView(this))
    , m_prevalence(new PrevalencePart(this))
    , m_verdict(wrappedLabel(this, "strong"))
{
    m_matrix->setMinimumSize(220, 140);
    auto *roc = new DeskCurveView(session, DeskCurve::Roc, this);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 8, 0, 0);
    grid->setSpacing(8);
    grid->addWidget(controls(), 0, 0);
    grid->addWidget(m_matrix, 1, 0);
    grid->addWidget(roc, 2, 0);
    grid->addWidget(m_prevalence, 0, 1, 3, 1);
    grid->addWidget(m_verdict, 3, 0, 1, 2);
    grid->setRowStretch(1, 1);
    grid->setRowStretch(2, 1);
    grid->setColumnStretch(0, 5);
    grid->setColumnStretch(1, 6);
    m_matrix->setNothing(tr("This needs films of the class and films of others."));
    connect(m_matrix, &ConfusionView::cellActivated, this, &ThresholdPage::openFilms);
    for (auto signal : {&DeskSession::judgementChanged, &DeskSession::labelChanged})
        connect(&session, signal, this, [this] {
            m_isStale = true;
            if (isVisible())
                rebuild();
        });
    connect(&session, &DeskSession::thresholdChanged, this, [this] {
        if (isVisible())
            step();
    });
    connect(&session, &DeskSession::filmChanged, this, [this] {
        if (isVisible())
            step(); // the matrix marks the film, too
        else
            sayVerdict();
    });
}

QWidget *ThresholdPage::controls()
{
    auto *box = new QWidget(this);
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    m_slider->setRange(0, steps);
    m_slider->setPageStep(steps / 20);
    m_slider->setAccessibleName(tr("Threshold of the probability"));
    m_said->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("0.000  ")));
    for (QPushButton *button : {m_youden, m_cheapest})
        button->setAutoDefault(false);
    m_youden->setToolTip(tr("Where sensitivity and specificity together are highest"));
    m_cheapest->setToolTip(
        tr("Where misses and false alarms together cost least, at the prevalence that the slider says"));
    m_cost->setRange(0.01, 1000);
    m_cost->setDecimals(2);
    m_cost->setValue(10);
    m_cost->setSuffix(tr(" \u00d7"));
    m_cost->setAccessibleName(tr("What a miss costs, in false alarms"));
    grid->addWidget(new QLabel(tr("Called from"), box), 0, 0);
    grid->addWidget(m_slider, 0, 1);
    grid->addWidget(m_said, 0, 2);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_youden);
    row->addWidget(m_cheapest);
    row->addWidget(new QLabel(tr("a miss costs"), box));
    row->addWidget(m_cost);
    row->addWidget(new QLabel(tr("a false alarm"), box));
    row->addStretch(1);
    grid->addLayout(row, 1, 0, 1, 3);
    grid->setColumnStretch(1, 1);
    connect(m_slider, &QSlider::valueChanged, this,
            [this](int value) { m_session.setThreshold(static_cast<double>(value) / steps); });
    connect(m_youden, &QPushButton::clicked, this, [this] {
        if (m_model.isUsable())
            m_session.setThreshold(m_model.youden());
    });
    const auto cheapest = [this] {
        if (m_model.isUsable())
            m_session.setThreshold(m_model.cheapest(m_cost->value(), m_prevalence->question().prevalence));
    };
    connect(m_cheapest, &QPushButton::clicked, this, cheapest);
    connect(m_cost, &QDoubleSpinBox::editingFinished, this, cheapest);
    return box;
}

void ThresholdPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        rebuild();
    else
        step();
}

void ThresholdPage::rebuild()
{
    m_isStale = false;
    const DeskJudgementPtr judgement = m_session.judgement();
    m_model = judgement ? ThresholdModel(judgement->first().classes[at(m_session.label())].points)
                        : ThresholdModel();
    m_matrix->setProvenance(judgement ? provenanceOf(*judgement) : QString());
    m_prevalence->setEnabled(m_model.isUsable());
    step();
}

void ThresholdPage::step()
{
    const double threshold = m_session.threshold();
    {
        const QSignalBlocker quiet(m_slider);
        m_slider->setValue(static_cast<int>(std::lround(threshold * steps)));
    }
    m_said->setText(three(threshold));
    sayVerdict();
    if (!m_model.isUsable()) {
        m_matrix->setMatrix({}, {}, ConfusionMatrix(0));
        m_prevalence->clear();
        return;
    }
    const DeskSide &side = m_session.judgement()->first();
    const std::string &label = side.set->labels[at(m_session.label())];
    const ThresholdAnswer answer = m_model.at(threshold, {});
    ConfusionMatrix matrix(2);
    matrix.add(0, 0, answer.point.truePositives);
    matrix.add(0, 1, m_model.positives() - answer.point.truePositives);
    matrix.add(1, 0, answer.point.falsePositives);
    matrix.add(1, 1, m_model.negatives() - answer.point.falsePositives);
    m_matrix->setMatrix(
        tr("%1 from p(%2) = %3 on").arg(toText(side.set->title), classTitle(label), three(threshold)),
        {label, "other"}, matrix, provenanceOf(*m_session.judgement()));
    if (const int film = m_session.filmIn(0); film >= 0) {
        const ScoredFilm &one = side.set->films[at(film)];
        m_matrix->setFilm(one.truth == m_session.label() ? 0 : 1,
                          one.probabilities[at(m_session.label())] >= threshold ? 0 : 1);
    }
    m_prevalence->setRates({answer.rates, classTitle(label), classColour(label, m_session.label()),
                            provenanceOf(*m_session.judgement()), m_model.prevalence()});
}

QString ThresholdPage::verdict() const { return m_verdict->text(); }

void ThresholdPage::sayVerdict()
{
    const DeskJudgementPtr judgement = m_session.judgement();
    const auto probabilities = m_session.probabilitiesIn(0);
    if (!judgement || !probabilities) {
        m_verdict->setText(m_session.onScreen().path.isEmpty()
                               ? tr("Open a film in the main window, and its verdict stands here.")
                               : judgement && judgement->first().set->modelId.empty()
                               ? tr("The film on the screen is none of these.")
                               : tr("This network has not read the film on the screen yet."));
        return;
    }
    const DeskSet &set = *judgement->first().set;
    const double p = (*probabilities)[at(m_session.label())];
    const QString label = classTitle(set.labels[at(m_session.label())]);
    const int film = m_session.filmIn(0);
    const bool isCalled = p >= m_session.threshold();
    const QString truth = film < 0
        ? tr("it is none of these films")
        : tr("truly %1").arg(classTitle(set.labels[at(set.films[at(film)].truth)]));
    m_verdict->setText((isCalled
                            ? tr("The film on the screen: p(%1) = %2, at or above %3: called %1 by %4; %5.")
                            : tr("The film on the screen: p(%1) = %2, below %3: not called %1 by %4; %5."))
                           .arg(label, three(p), three(m_session.threshold()), toText(set.title), truth));
}

void ThresholdPage::openFilms(int truth, int called)
{
    const DeskSide &side = m_session.judgement()->first();
    const int label = m_session.label();
    const double threshold = m_session.threshold();
    std::vector<int> places;
    for (std::size_t i = 0; i < side.films.size(); ++i) {
        const ScoredFilm &film = side.films[i];
        const bool isOf = film.truth == label;
        const bool isCalled = film.probabilities[at(label)] >= threshold;
        if (isOf == (truth == 0) && isCalled == (called == 0))
            places.push_back(static_cast<int>(i));
    }
    const QString name = classTitle(side.set->labels[at(label)]);
    const QString words = truth == 0
        ? (called == 0 ? tr("%1 films of %2, found") : tr("%1 films of %2, missed"))
        : (called == 0 ? tr("%1 films of others, called %2: false alarms")
                       : tr("%1 films of others, not called %2"));
    m_session.select(words.arg(QString::number(places.size()), name), 0, places, m_session.label());
}

} // namespace hilum::ui
