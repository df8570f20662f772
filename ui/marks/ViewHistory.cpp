// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/marks/ViewHistory.h"

#include "ui/marks/History.h"

#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int viewCommandId = 2;
constexpr int oneBurstMs = 700;

enum Kind { Nothing = 0, WindowKind = 1, InvertKind = 2, ZoomKind = 4, PanKind = 8, TurnKind = 16 };

bool same(const Voi &one, const Voi &other)
{
    if (one.index() != other.index())
        return false;
    if (const auto *window = std::get_if<Window>(&one))
        return *window == std::get<Window>(other);
    const auto &first = std::get<LookupTable>(one);
    const auto &second = std::get<LookupTable>(other);
    return first.firstInput == second.firstInput && first.entries == second.entries;
}

int difference(const ViewState &one, const ViewState &other)
{
    int kinds = same(one.voi, other.voi) ? Nothing : WindowKind;
    if (one.inverted != other.inverted)
        kinds |= InvertKind;
    if (one.quarters != other.quarters || one.mirrored != other.mirrored)
        kinds |= TurnKind;
    if (one.fitted && other.fitted)
        return kinds;
    if (one.fitted != other.fitted || std::abs(one.zoom - other.zoom) > 1e-9 * one.zoom)
        kinds |= ZoomKind;
    else if ((one.centre - other.centre).manhattanLength() > 1e-6)
        kinds |= PanKind;
    return kinds;
}

QString textOf(int kinds)
{
    switch (kinds) {
    case WindowKind:
        return ViewHistory::tr("window change");
    case InvertKind:
        return ViewHistory::tr("inversion");
    case ZoomKind:
        return ViewHistory::tr("zoom");
    case PanKind:
        return ViewHistory::tr("pan");
    case TurnKind:
        return ViewHistory::tr("turn");
    default:
        return ViewHistory::tr("view change");
    }
}

class ViewCommand : public HistoryCommand {
public:
    ViewCommand(ViewHistory &views, FilmView *view, ViewState before, ViewState after, int kinds, bool merges)
        : HistoryCommand(textOf(kinds))
        , m_views(views)
        , m_view(view)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_kinds(kinds)
        , m_merges(merges)
    {
    }

    int id() const override { return viewCommandId; }

    bool mergeWith(const QUndoCommand *other) override
    {
        const auto *next = static_cast<const ViewCommand *>(other);
        if (!next->m_merges || next->m_view != m_view || next->m_kinds != m_kinds)
            return false;
        m_after = next->m_after;
        setObsolete(difference(m_before, m_after) == Nothing);
        return true;
    }

    void undo() override { m_views.apply(m_view, m_before); }
    bool undoShows() const override { return difference(m_views.state(m_view), m_before) != Nothing; }
    bool redoShows() const override { return difference(m_views.state(m_view), m_after) != Nothing; }

protected:
    void redoChange() override { m_views.apply(m_view, m_after); }

private:
    ViewHistory &m_views;
    QPointer<FilmView> m_view;
    ViewState m_before;
    ViewState m_after;
    int m_kinds;
    bool m_merges;
};

} // namespace

ViewHistory::ViewHistory(FilmSession &films, Views views, History &history, QObject *parent)
    : QObject(parent)
    , m_films(films)
    , m_views(std::move(views))
    , m_history(history)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, [this] {
        if (!m_inGesture)
            look();
    });
    // What a gesture did so far is a step: the wheel's is still open when undo follows at once.
    connect(&history, &History::aboutToStep, this, &ViewHistory::look);
    for (FilmView *view : m_views()) {
        connect(view, &FilmView::viewChanged, this, &ViewHistory::notice);
        connect(view, &FilmView::gestureBegan, this, [this, view] {
            if (m_gestureEnded)
                look();
            m_inGesture = true;
            m_moved = view;
        });
        connect(view, &FilmView::gestureEnded, this, [this] {
            m_inGesture = false;
            m_gestureEnded = true;
            notice();
        });
    }
    connect(&films, &FilmSession::viewportVoiChanged, this, &ViewHistory::notice);
    connect(&films, &FilmSession::viewportChanged, this, &ViewHistory::notice);
    connect(&films, &FilmSession::currentChanged, this, &ViewHistory::notice);
    connect(&films, &FilmSession::filmReady, this, &ViewHistory::notice);
}

ViewState ViewHistory::state(FilmView *view) const
{
    const int index = static_cast<int>(m_views().indexOf(view));
    if (!view || index < 0 || index >= m_films.viewportCount() || !view->film())
        return {};
    const Viewport &viewport = m_films.viewport(index);
    const ViewTransform &transform = view->transform();
    const QPointF middle(transform.viewSize().width() / 2, transform.viewSize().height() / 2);
    return {view->film()->film.get(), viewport.filmId,          viewport.voi,
            viewport.isInverted,      transform.isFitted(),     transform.zoom(),
            transform.toFilm(middle), transform.quarterTurns(), transform.isMirrored()};
}

void ViewHistory::apply(FilmView *view, const ViewState &wanted)
{
    // The view that it happened in, else the active one, if it shows this film.
    ViewState now = state(view);
    if (now.filmId != wanted.filmId) {
        view = m_views().value(m_films.activeViewport());
        now = state(view);
    }
    if (now.filmId != wanted.filmId || !now.film)
        return;
    m_films.activate(static_cast<int>(m_views().indexOf(view)));
    const int kinds = difference(now, wanted);
    if (kinds & WindowKind)
        m_films.setVoi(wanted.voi);
    if (kinds & InvertKind)
        m_films.setInverted(wanted.inverted);
    if (kinds & (ZoomKind | PanKind | TurnKind)) {
        ViewTransform transform = view->transform();
        const QPointF middle(transform.viewSize().width() / 2, transform.viewSize().height() / 2);
        transform.setFilm(transform.filmSize(), transform.pixelAspect());
        if (wanted.mirrored)
            transform.mirror();
        transform.turn(wanted.quarters);
        if (!wanted.fitted) {
            transform.setZoom(wanted.zoom, middle);
            transform.panBy(middle - transform.toScreen(wanted.centre));
        }
        view->setTransform(transform);
    }
    for (FilmView *seen : m_views())
        m_seen[seen] = state(seen);
    m_soon.stop();
    m_moved = nullptr;
}

void ViewHistory::notice()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void ViewHistory::look()
{
    m_soon.stop();
    m_gestureEnded = false;
    const QList<FilmView *> views = m_views();
    FilmView *active = views.value(m_films.activeViewport());
    FilmView *moved = m_inGesture ? m_moved : std::exchange(m_moved, nullptr);
    for (FilmView *view : views) {
        const ViewState now = state(view);
        const ViewState before = std::exchange(m_seen[view], now);
        const bool sameFilm = before.film && before.film == now.film && before.filmId == now.filmId;
        if (sameFilm && view == (moved ? moved : active))
            keep(view, before, now);
    }
}

void ViewHistory::keep(FilmView *view, const ViewState &before, const ViewState &after)
{
    const int kinds = difference(before, after);
    if (kinds == Nothing)
        return;
    const bool flows = kinds == WindowKind || kinds == ZoomKind || kinds == PanKind;
    const bool merges
        = flows && m_lastKind == kinds && m_lastKept.isValid() && !m_lastKept.hasExpired(oneBurstMs);
    m_lastKind = kinds;
    m_lastKept.start();
    // The wheel may move a view that is not at hand: now it is, so that undo speaks of it.
    m_films.activate(static_cast<int>(m_views().indexOf(view)));
    m_history.push(after.filmId, std::make_unique<ViewCommand>(*this, view, before, after, kinds, merges));
}

} // namespace hilum::ui
