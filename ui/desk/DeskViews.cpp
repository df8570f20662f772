// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/DeskViews.h"

#include "ui/bridge/Convert.h"
#include "ui/plots/ClassNames.h"

#include <QVBoxLayout>

#include <utility>

namespace hilum::ui {

namespace {

constexpr QSize leastPlot{220, 140}; // two rows of them fit a small screen, strip and all

std::size_t at(int index) { return static_cast<std::size_t>(index); }

QString three(double value) { return QString::number(value, 'f', 3); }

} // namespace

DeskView::DeskView(DeskSession &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
{
    for (auto signal : {&DeskSession::judgementChanged, &DeskSession::labelChanged})
        connect(&session, signal, this, [this] { update(false); });
    for (auto signal : {&DeskSession::filmChanged, &DeskSession::thresholdChanged})
        connect(&session, signal, this, [this] { update(true); });
}

void DeskView::fill(PlotSurface *plot)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(plot);
    plot->setMinimumSize(leastPlot);
    setFocusProxy(plot);
}

void DeskView::touch() { update(false); }

void DeskView::update(bool onlyMarks)
{
    if (!isVisible()) {
        m_isStale = true;
        return;
    }
    if (!onlyMarks || m_isStale) {
        m_isStale = false;
        if (m_session.judgement())
            surface().setProvenance(provenanceOf(*m_session.judgement()));
        refresh();
    }
    if (m_session.judgement())
        mark();
}

void DeskView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        update(false);
}

DeskCurveView::DeskCurveView(DeskSession &session, DeskCurve kind, QWidget *parent)
    : DeskView(session, parent)
    , m_kind(kind)
    , m_plot(new CurvePlot(this))
{
    fill(m_plot);
    connect(m_plot, &CurvePlot::pointActivated, this, &DeskCurveView::openFilms);
}

void DeskCurveView::setEveryClass(bool every)
{
    m_isEveryClass = every;
    touch();
}

int DeskCurveView::drawnLabel() const
{
    return m_isEveryClass && !session().judgement()->second() ? -1 : session().label();
}

void DeskCurveView::refresh()
{
    if (!session().judgement()) {
        m_refs.clear();
        m_plot->setFigure({});
        return;
    }
    DeskFigure made = deskFigure(session().judgement(), m_kind, drawnLabel());
    m_refs = std::move(made.refs);
    m_plot->setFigure(std::move(made.figure));
}

void DeskCurveView::mark()
{
    std::vector<FigureMark> marks;
    const DeskJudgement &judgement = *session().judgement();
    const bool isReliability = m_kind == DeskCurve::EqualWidth || m_kind == DeskCurve::EqualMass;
    const int label = session().label();
    if (!isReliability) {
        if (auto threshold = markAt(judgement, m_kind, 0, label, session().threshold())) {
            threshold->words = tr("threshold %1").arg(three(session().threshold()));
            threshold->colour = m_plot->theme().accent;
            marks.push_back(*threshold);
        }
    }
    for (int side = 0; side < static_cast<int>(judgement.sides.size()); ++side) {
        const auto probabilities = session().probabilitiesIn(side);
        if (!probabilities)
            continue;
        const int call = callOf(*probabilities);
        auto film
            = markAt(judgement, m_kind, side, label, (*probabilities)[at(isReliability ? call : label)]);
        if (film && side == 0) {
            film->words = tr("this film");
            film->isBelow = true;
        }
        if (film)
            marks.push_back(*film);
    }
    m_plot->setMarks(m_plot->figure().curves.empty() ? std::vector<FigureMark>() : std::move(marks));
}

void DeskCurveView::openFilms(int curve, int point)
{
    const CurveRef ref = m_refs[at(curve)]; // a copy: another class draws other curves
    if (ref.side < 0)
        return;
    const DeskSide &side = session().judgement()->sides[at(ref.side)];
    const QString who = toText(side.set->title);
    const double where = ref.thresholds[at(point)];
    if (m_kind == DeskCurve::EqualWidth || m_kind == DeskCurve::EqualMass) {
        const auto &bins = m_kind == DeskCurve::EqualWidth ? side.equalWidth : side.equalMass;
        const auto bin = static_cast<std::size_t>(where);
        const auto films = filmsOfBin(side, bins, bin);
        session().select(
            tr("%1 films that %2 called with probability %3 to %4")
                .arg(QString::number(films.size()), who, three(bins[bin].low), three(bins[bin].high)),
            ref.side, films);
        return;
    }
    const double threshold = std::min(1.0, where);
    const auto films = filmsAtThreshold(side, ref.label, threshold, filmsAtPoint);
    session().chooseLabel(ref.label);
    session().setThreshold(threshold);
    session().select(tr("The %1 films nearest to the threshold %2 of p(%3) by %4")
                         .arg(QString::number(films.size()), three(threshold),
                              classTitle(side.set->labels[at(ref.label)]), who),
                     ref.side, films, ref.label);
}

DeskMatrixView::DeskMatrixView(DeskSession &session, Which which, QWidget *parent)
    : DeskView(session, parent)
    , m_which(which)
    , m_plot(new ConfusionView(this))
{
    fill(m_plot);
    m_plot->setNothing(tr("No film passes the filter."));
    connect(m_plot, &ConfusionView::cellActivated, this, &DeskMatrixView::openFilms);
}

void DeskMatrixView::refresh()
{
    const DeskJudgementPtr judgement = session().judgement();
    const DeskSide *second = judgement ? judgement->second() : nullptr;
    if (!judgement || (m_which != Which::First && !second)) {
        m_plot->setMatrix({}, {}, ConfusionMatrix(0));
        return;
    }
    const DeskSide &first = judgement->first();
    const auto &labels = first.set->labels;
    if (m_which == Which::Difference)
        m_plot->setDifference(tr("%1 less %2").arg(toText(second->set->title), toText(first.set->title)),
                              labels, first.matrix, second->matrix, toText(first.set->title),
                              toText(second->set->title), provenanceOf(*judgement));
    else
        m_plot->setMatrix(toText((m_which == Which::First ? first : *second).set->title), labels,
                          (m_which == Which::First ? first : *second).matrix, provenanceOf(*judgement));
}

void DeskMatrixView::mark()
{
    const auto filmIn = [this](int side) -> const ScoredFilm * {
        const int film = session().filmIn(side);
        return film < 0 ? nullptr : &session().judgement()->sides[at(side)].set->films[at(film)];
    };
    const ScoredFilm *film = filmIn(m_which == Which::First ? 0 : 1);
    m_plot->setFilm(film ? film->truth : -1, film ? film->call() : -1);
    if (m_which != Which::Difference)
        return;
    const ScoredFilm *before = filmIn(0);
    m_plot->setFilmBefore(before ? before->truth : -1, before ? before->call() : -1);
}

void DeskMatrixView::openFilms(int truth, int called)
{
    const DeskJudgement &judgement = *session().judgement();
    const int number = m_which == Which::First ? 0 : 1;
    const DeskSide &side = judgement.sides[at(number)];
    const auto title = [&](int label) { return classTitle(side.set->labels[at(label)]); };
    const auto films = filmsOfCell(side, truth, called);
    session().select(
        tr("%1 films, truly %2, called %3 by %4")
            .arg(QString::number(films.size()), title(truth), title(called), toText(side.set->title)),
        number, films, called);
}

DeskScoreView::DeskScoreView(DeskSession &session, int side, bool withBoxes, QWidget *parent)
    : DeskView(session, parent)
    , m_side(side)
    , m_plot(new ScorePlot(this))
{
    fill(m_plot);
    m_plot->setShowsBoxes(withBoxes);
    connect(m_plot, &ScorePlot::barActivated, this, &DeskScoreView::openBar);
    connect(m_plot, &ScorePlot::boxActivated, this, &DeskScoreView::openBox);
}

void DeskScoreView::refresh()
{
    const DeskJudgementPtr judgement = session().judgement();
    const bool has = judgement && m_side < static_cast<int>(judgement->sides.size());
    m_figure = has ? scoreFigure(*judgement, m_side, session().label()) : ScoreFigure();
    m_plot->setFigure(m_figure);
}

void DeskScoreView::mark()
{
    const auto probabilities = session().probabilitiesIn(m_side);
    m_plot->setThreshold(session().threshold());
    const int film = session().filmIn(m_side);
    if (!probabilities)
        return m_plot->setFilm(std::nullopt);
    const double p = (*probabilities)[at(session().label())];
    if (film < 0)
        return m_plot->setFilm(p);
    const ScoredFilm &one = session().judgement()->sides[at(m_side)].set->films[at(film)];
    m_plot->setFilm(p, one.truth, one.source);
}

void DeskScoreView::openBar(int truth, int bar)
{
    const DeskSide &side = session().judgement()->sides[at(m_side)];
    const auto films = filmsOfBar(side, session().label(), truth, bar, scoreBarCount);
    session().select(m_plot->barSentence(truth, bar), m_side, films, session().label());
}

void DeskScoreView::openBox(int box)
{
    const DeskSide &side = session().judgement()->sides[at(m_side)];
    const ScoreBox &one = m_figure.boxes[at(box)];
    const auto films = filmsOfSource(side, one.truth, one.source);
    const QString source = one.source.empty() ? QString() : tr(" from %1").arg(toText(one.source));
    session().select(
        tr("%1 films, truly %2%3")
            .arg(QString::number(films.size()), classTitle(side.set->labels[at(one.truth)]), source),
        m_side, films, session().label());
}

} // namespace hilum::ui
