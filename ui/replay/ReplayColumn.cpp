// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/replay/ReplayColumn.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/ErrorText.h"
#include "ui/bridge/Labels.h"
#include "ui/plots/ClassNames.h"
#include "ui/plots/ConfusionView.h"
#include "ui/predict/ProbabilityBar.h"
#include "ui/predict/ReadingText.h"
#include "ui/session/FilmSession.h"
#include "ui/viewer/FilmView.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

constexpr double heatOpacity = 0.6;

} // namespace

ReplayColumn::ReplayColumn(ReplaySession &session, FilmSession &films, int side, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_films(films)
    , m_side(side)
    , m_title(wrappedLabel(this, "strong"))
    , m_words(wrappedLabel(this, "small"))
    , m_view(new FilmView(this))
    , m_bars(new QWidget(this))
    , m_barGrid(new QGridLayout(m_bars))
    , m_note(wrappedLabel(this, "small"))
    , m_matrix(new ConfusionView(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addWidget(m_words);
    auto *halves = new QHBoxLayout;
    halves->setSpacing(8);
    auto *film = new QVBoxLayout;
    film->setSpacing(4);
    m_view->setAccessibleName(tr("The film and this epoch's map"));
    m_view->setTool(HandTool::Pan);
    m_view->setCornerTexts(false);
    m_view->setMinimumSize(160, 160);
    film->addWidget(m_view, 1);
    film->addWidget(m_bars);
    film->addWidget(m_note);
    m_note->setMinimumHeight(m_note->fontMetrics().height()); // its words come and go, the film stays
    m_barGrid->setContentsMargins(0, 0, 0, 0);
    m_barGrid->setHorizontalSpacing(8);
    m_barGrid->setVerticalSpacing(0);
    halves->addLayout(film, 1);
    halves->addWidget(m_matrix, 1);
    layout->addLayout(halves, 1);
    connect(m_matrix, &PlotSurface::saveFailed, this, &ReplayColumn::saveFailed);
    showRun();
}

void ReplayColumn::setTheme(const PlotTheme &theme) { m_matrix->setTheme(theme); }

void ReplayColumn::showRun()
{
    const ReplayRun *run = m_session.run(m_side);
    setVisible(run != nullptr);
    qDeleteAll(m_bars->findChildren<QWidget *>(Qt::FindDirectChildrenOnly));
    m_probabilities.clear();
    if (run == nullptr)
        return;
    const ModelCard &card = run->package.card;
    m_title->setText(toText(card.title));
    for (std::size_t c = 0; c < card.classes.size(); ++c) {
        const int row = static_cast<int>(c);
        m_barGrid->addWidget(new QLabel(classTitle(card.classes[c]), m_bars), row, 0);
        m_probabilities.push_back(new ProbabilityBar(toText(card.title), classTitle(card.classes[c]),
                                                     classColour(card.classes[c], row), m_bars));
        m_barGrid->addWidget(m_probabilities.back(), row, 1);
    }
    m_barGrid->setColumnStretch(1, 1);
    showEpoch();
    showFilm();
}

QString ReplayColumn::words() const { return m_words->text(); }

void ReplayColumn::showEpoch()
{
    const ReplayRun *run = m_session.run(m_side);
    if (run == nullptr)
        return;
    const ReplayEpoch &epoch = run->at(m_session.epoch());
    const EpochRecord *train = run->record(epoch.number, "train");
    const EpochRecord *validation = run->record(epoch.number, "validation");
    QStringList parts;
    if (train != nullptr && validation != nullptr)
        parts << tr("After epoch %1: loss %2 on the films it trains on, %3 on validation films.")
                     .arg(epoch.number)
                     .arg(train->loss, 0, 'f', 2)
                     .arg(validation->loss, 0, 'f', 2);
    else
        parts << tr("After epoch %1.").arg(epoch.number);
    if (epoch.matrix) {
        int right = 0;
        for (int c = 0; c < epoch.matrix->classes(); ++c)
            right += epoch.matrix->count(c, c);
        parts << tr("%1 of %2 held-out films right.").arg(right).arg(epoch.matrix->total());
    }
    m_words->setText(parts.join(QLatin1Char(' ')));
    const ModelCard &card = epoch.package.card;
    m_matrix->setProvenance(QStringLiteral("%1 %2").arg(toText(card.id), toText(card.version)));
    m_matrix->setMatrix(toText(card.title), card.classes,
                        epoch.matrix.value_or(ConfusionMatrix(static_cast<int>(card.classes.size()))));
}

void ReplayColumn::showFilm()
{
    const DisplayFilmPtr film = m_films.film();
    if (!film)
        m_view->setFilm(nullptr, {});
    else if (m_view->film() != film)
        m_view->setFilm(film, m_films.voi(), m_films.currentId());
    else
        m_view->setVoi(m_films.voi());
    m_view->setInverted(m_films.isInverted());
    showReading();
}

void ReplayColumn::showReading()
{
    const ReplayRun *run = m_session.run(m_side);
    if (run == nullptr)
        return;
    const Reading *reading = m_session.reading(m_side);
    const Prediction *prediction = m_session.prediction(m_side);
    // Networks read frame 1: over another the map would mean nothing.
    const bool isFirstFrame = m_films.frame() == 0;
    m_view->setOverlay(reading != nullptr && isFirstFrame ? reading->map : std::nullopt, heatOpacity);
    const auto &classes = run->package.card.classes;
    for (std::size_t c = 0; c < m_probabilities.size(); ++c) {
        std::optional<double> probability;
        bool isCalled = false;
        if (prediction != nullptr) {
            const auto &scores = prediction->scores;
            const auto own = std::ranges::find(scores, classes[c], &ClassScore::label);
            if (own != scores.end()) {
                probability = own->probability;
                isCalled = static_cast<std::size_t>(own - scores.begin()) == prediction->top();
            }
        }
        m_probabilities[c]->setProbability(probability, isCalled);
    }
    QString note = noReadingText();
    const int row = m_films.currentRow();
    if (note.isEmpty() && row >= 0 && run->wasHeldOut(toPath(m_films.entry(row).path)))
        note = tr("This film was held out: the network never trained on it.");
    m_note->setText(note);
}

QString ReplayColumn::noReadingText() const
{
    if (!m_films.film())
        return tr("Open a film in the main window: its probability and map at each epoch are shown here.");
    if (m_session.isWithheld())
        return tr("Refused by the gate: the main window says why, and can show it all the same.");
    if (const auto error = m_session.error(m_side))
        return toText(error->detail);
    return m_session.reading(m_side) == nullptr ? tr("Reading the film\u2026") : QString();
}

} // namespace hilum::ui
