// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/RunPage.h"

#include "core/nn/ModelPackage.h"
#include "ui/bridge/Convert.h"
#include "ui/plots/ConfusionView.h"
#include "ui/plots/LivePlot.h"
#include "ui/train/TrainingRun.h"
#include "ui/train/Words.h"

#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

namespace {

constexpr int barSteps = 1000;
constexpr int listHeight = 96;

QString rateText(double filmsPerSecond)
{
    return QString::number(filmsPerSecond, 'f', filmsPerSecond < 10 ? 1 : 0);
}

} // namespace

RunPage::RunPage(TrainingRun &training, QWidget *parent)
    : QWidget(parent)
    , m_training(training)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addWidget(makeHead());
    layout->addWidget(makePlots(), 1);
    m_unreadable = new QPushButton(this);
    m_unreadable->setAccessibleName(tr("Films that could not be read"));
    m_unreadable->setProperty("role", QStringLiteral("link"));
    m_unreadable->setCheckable(true);
    m_unreadable->setAutoDefault(false);
    m_unreadable->setToolTip(tr("Show which films could not be read, and why"));
    m_films = new QPlainTextEdit(this);
    m_films->setReadOnly(true);
    m_films->setMaximumHeight(listHeight);
    m_films->setAccessibleName(tr("Films that could not be read"));
    m_films->hide();
    m_slower = wordsLabel(this, "small");
    layout->addWidget(m_unreadable, 0, Qt::AlignLeft);
    layout->addWidget(m_films);
    layout->addWidget(m_slower);
    connect(m_unreadable, &QPushButton::toggled, m_films, &QWidget::setVisible);
    connectTraining();
}

QWidget *RunPage::makeHead()
{
    auto *head = new QWidget(this);
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    auto *words = new QVBoxLayout;
    words->setSpacing(4);
    m_title = wordsLabel(head, "title");
    m_state = wordsLabel(head, "muted");
    words->addWidget(m_title);
    words->addWidget(m_state);
    row->addLayout(words, 1);
    const auto button = [&](const QString &text, const QString &hint) {
        auto *made = new QPushButton(text, head);
        made->setToolTip(hint);
        made->setAutoDefault(false);
        row->addWidget(made, 0, Qt::AlignTop);
        return made;
    };
    m_pause = button(tr("&Pause"), tr("Keep a checkpoint and stop; Resume goes on from there"));
    m_resume = button(tr("&Resume"), tr("Go on from the last checkpoint"));
    m_stop = button(tr("S&top\u2026"), tr("Leave this training; its checkpoint is kept"));
    m_remove = button(tr("Re&move\u2026"), tr("Delete this training and its checkpoint"));
    m_card = button(tr("Show the &network"), tr("Its card, its curves and its confusion matrix"));
    column->addLayout(row);
    m_bar = new QProgressBar(head);
    m_bar->setRange(0, barSteps);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(4);
    m_bar->setAccessibleName(tr("How far the training is"));
    column->addWidget(m_bar);
    m_facts = wordsLabel(head, "body");
    m_question = new QuestionRow(head);
    m_result = wordsLabel(head, "strong");
    m_warning = wordsLabel(head, "warning");
    m_error = wordsLabel(head, "warning");
    m_detail = wordsLabel(head, "small");
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_facts, m_question, m_result, m_warning, m_error, m_detail})
        column->addWidget(widget);
    return head;
}

QWidget *RunPage::makePlots()
{
    auto *plots = new QWidget(this);
    auto *row = new QHBoxLayout(plots);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    m_plot = new LivePlot(plots);
    m_matrixPlace = new QStackedWidget(plots);
    auto *waiting = new QLabel(tr("After each epoch: how the network calls the validation films."), this);
    waiting->setWordWrap(true);
    waiting->setAlignment(Qt::AlignCenter);
    waiting->setProperty("role", QStringLiteral("muted"));
    m_matrix = new ConfusionView(m_matrixPlace);
    m_matrix->setAccessibleName(tr("Confusion matrix of the validation films"));
    m_matrixPlace->addWidget(waiting);
    m_matrixPlace->addWidget(m_matrix);
    row->addWidget(m_plot, 3);
    row->addWidget(m_matrixPlace, 2);
    for (PlotSurface *plot : std::initializer_list<PlotSurface *>{m_plot, m_matrix})
        connect(plot, &PlotSurface::saveFailed, this, &RunPage::saveFailed);
    return plots;
}

void RunPage::connectTraining()
{
    connect(m_pause, &QPushButton::clicked, &m_training, &TrainingRun::pause);
    connect(m_resume, &QPushButton::clicked, this, [this] { Q_EMIT resumeRequested(m_run); });
    connect(m_card, &QPushButton::clicked, this, [this] { Q_EMIT cardRequested(m_run.name); });
    connect(m_stop, &QPushButton::clicked, this, [this] {
        if (m_training.state() == TrainingRun::State::Pausing)
            return m_question->ask(tr("It does not answer yet. End it at once? The steps since its last "
                                      "checkpoint are lost."),
                                   tr("&End it"), tr("&Wait"), [this] { m_training.kill(); });
        m_question->ask(
            tr("Stop the training of %1? Its checkpoint is kept; you can resume it later.").arg(m_run.name),
            tr("&Stop it"), tr("&Go on"), [this] {
                m_training.pause();
                Q_EMIT stopped(m_run);
            });
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        m_question->ask(
            tr("Delete the training %1 with its checkpoint? The films stay where they are.").arg(m_run.name),
            tr("&Delete it"), tr("&Keep it"), [this] { Q_EMIT removeRequested(m_run); });
    });
    const auto whenLive = [this](auto does) {
        return [this, does] {
            if (isLive())
                (this->*does)();
        };
    };
    connect(&m_training, &TrainingRun::stateChanged, this, whenLive(&RunPage::update));
    connect(&m_training, &TrainingRun::quietChanged, this, whenLive(&RunPage::updateFacts));
    connect(&m_training, &TrainingRun::noted, this, whenLive(&RunPage::updateNotes));
    connect(&m_training, &TrainingRun::epochEnded, this, whenLive(&RunPage::showMatrix));
    connect(&m_training, &TrainingRun::epochEnded, this, whenLive(&RunPage::updateFacts));
    connect(&m_training, &TrainingRun::epochEnded, this, [this] {
        if (isLive())
            m_plot->setHistory(m_training.history());
    });
    connect(&m_training, &TrainingRun::stepTaken, this, [this] {
        if (!isLive())
            return;
        const RunStep &step = *m_training.latest();
        m_plot->addStep({step.position(), step.loss, step.accuracy, step.learningRate});
        updateFacts();
    });
}

bool RunPage::isLive() const
{
    return m_training.state() != TrainingRun::State::Idle && m_training.run().name == m_run.name;
}

void RunPage::setRun(const StoredRun &run)
{
    m_run = run;
    m_question->settle();
    m_unreadable->setChecked(false);
    say(m_title, run.name);
    showHistory();
    showMatrix();
    update();
}

void RunPage::setTheme(const PlotTheme &theme)
{
    m_plot->setTheme(theme);
    m_matrix->setTheme(theme);
}

void RunPage::showHistory()
{
    m_plot->begin(m_run.name, m_run.epochs);
    m_plot->setProvenance(m_run.name);
    m_matrix->setProvenance(m_run.name);
    if (!isLive()) {
        if (const auto history = readHistory(toPath(m_run.folder + QStringLiteral("/history.csv"))))
            m_plot->setHistory(*history);
        return;
    }
    m_plot->setHistory(m_training.history());
    std::vector<LivePoint> points;
    for (const RunStep &step : m_training.steps())
        points.push_back({step.position(), step.loss, step.accuracy, step.learningRate});
    m_plot->setSteps(std::move(points));
}

void RunPage::showMatrix()
{
    const bool has = isLive() && m_training.lastEpoch() && m_training.lastEpoch()->confusion;
    m_matrixPlace->setCurrentIndex(has ? 1 : 0);
    if (has) {
        const RunEpoch &epoch = *m_training.lastEpoch();
        m_matrix->setMatrix(tr("Validation films after epoch %1").arg(epoch.validation.epoch), epoch.classes,
                            *epoch.confusion);
    }
}

QString RunPage::stateSentence() const
{
    const QString what = m_run.recipeTitle.isEmpty()
        ? m_run.source
        : tr("%1, films of %2").arg(m_run.recipeTitle, m_run.source);
    if (!isLive())
        return tr("Stopped, %1. %2").arg(epochsText(m_run.epochsDone, m_run.epochs), what);
    switch (m_training.state()) {
    case TrainingRun::State::Starting:
        return tr("Reading the films\u2026 %1").arg(what);
    case TrainingRun::State::Training:
        return tr("Training. %1").arg(what);
    case TrainingRun::State::Pausing:
        return tr("Keeping a checkpoint after the step at hand\u2026 %1").arg(what);
    case TrainingRun::State::Paused:
        return tr("Paused, %1; Resume goes on. %2")
            .arg(epochsText(m_training.run().epochsDone, m_run.epochs), what);
    case TrainingRun::State::Finished:
        return tr("Finished: the network is among the others and reads films. %1").arg(what);
    case TrainingRun::State::Failed:
    case TrainingRun::State::Idle:
        break;
    }
    return tr("Ended before its time. %1").arg(what);
}

void RunPage::update()
{
    using State = TrainingRun::State;
    const State state = isLive() ? m_training.state() : State::Paused;
    const bool active = isLive() && m_training.isActive();
    if (!active || state == State::Training)
        m_question->settle();
    say(m_state, stateSentence());
    m_pause->setVisible(active);
    m_pause->setEnabled(state == State::Training || state == State::Starting);
    m_stop->setVisible(active);
    m_resume->setVisible(!active && state != State::Finished);
    m_resume->setEnabled(!m_training.isActive());
    m_remove->setVisible(!active && state != State::Finished);
    m_card->setVisible(state == State::Finished);
    const bool failed = state == State::Failed;
    say(m_error,
        failed ? m_training.words().what + QLatin1Char(' ') + m_training.words().tryThis : QString());
    say(m_detail, failed ? m_training.words().detail : QString());
    showResult();
    updateFacts();
    updateNotes();
}

void RunPage::showResult()
{
    const bool finished = isLive() && m_training.state() == TrainingRun::State::Finished;
    const auto &done = m_training.done();
    if (!finished || !done || done->heldOutFilms <= 0 || !std::isfinite(done->heldOutAccuracy)) {
        say(m_result, {});
        say(m_warning, {});
        return;
    }
    const int right = static_cast<int>(std::lround(done->heldOutAccuracy * done->heldOutFilms));
    say(m_result, heldOutSentence(right, done->heldOutFilms));
    say(m_warning, fewFilmsWarning(done->heldOutFilms));
}

void RunPage::updateFacts()
{
    using State = TrainingRun::State;
    m_bar->setVisible(isLive());
    if (!isLive())
        return say(m_facts, {});
    const State state = m_training.state();
    const auto &step = m_training.latest();
    m_bar->setRange(0, state == State::Starting ? 0 : barSteps);
    const double fraction = state == State::Finished ? 1 : step ? step->fraction : 0;
    m_bar->setValue(static_cast<int>(std::lround(barSteps * std::clamp(fraction, 0.0, 1.0))));
    QStringList said;
    if (const auto &started = m_training.started(); started && !step)
        said << tr("%1 films train, %2 validate, %3 are held out")
                    .arg(started->train)
                    .arg(started->validation)
                    .arg(started->heldOut);
    if (step && state == State::Training && step->fraction >= 1) {
        said << tr("All steps are done; the held-out films are read and uncertainty bands fitted");
    } else if (step && state != State::Finished) {
        said << tr("epoch %1 of %2").arg(step->epoch).arg(step->epochs)
             << tr("step %1 of %2").arg(step->step).arg(step->stepsInEpoch);
        if (step->filmsPerSecond > 0)
            said << tr("%1 films/s").arg(rateText(step->filmsPerSecond));
        if (m_training.isActive() && std::isfinite(step->secondsLeft))
            said << tr("%1 left").arg(durationText(step->secondsLeft));
    }
    if (m_training.isQuiet())
        said << tr("nothing heard for a minute; it may be at a long step");
    say(m_facts, said.join(QStringLiteral(" \u00b7 ")));
}

void RunPage::updateNotes()
{
    m_state->setToolTip(isLive() ? m_training.notes().join(QLatin1Char('\n')) : QString());
    const QStringList unreadable = isLive() ? m_training.unreadable() : QStringList();
    m_unreadable->setVisible(!unreadable.isEmpty());
    m_unreadable->setText(unreadable.size() == 1
                              ? tr("1 film could not be read and is left out")
                              : tr("%1 films could not be read and are left out").arg(unreadable.size()));
    m_films->setPlainText(unreadable.join(QLatin1Char('\n')));
    if (unreadable.isEmpty())
        m_films->hide();
    say(m_slower,
        isLive() && m_training.isActive()
            ? tr("Films can be opened and read meanwhile; readings take longer. Closing the window keeps a "
                 "checkpoint.")
            : QString());
}

} // namespace hilum::ui
