// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The keys of MarkLayer.

#include "ui/marks/MarkLayer.h"

#include "ui/marks/History.h"
#include "ui/marks/MarkText.h"
#include "ui/viewer/FilmView.h"

#include <QKeyEvent>

#include <algorithm>

namespace hilum::ui {

namespace {

constexpr int oneNudgeMs = 800;

} // namespace

bool MarkLayer::key(FilmView &view, QKeyEvent &event)
{
    const int film = m_filmOf(view);
    const int id = m_store.selected(film);
    switch (event.key()) {
    case Qt::Key_Escape:
        return dropDraft();
    case Qt::Key_Menu:
        if (const Mark *mark = m_store.marks(film).find(id)) {
            const QPointF at = view.transform().toScreen(middleOf(*mark)) / view.devicePixelRatioF();
            Q_EMIT menuWanted(film, id, view.mapToGlobal(at.toPoint()));
            return true;
        }
        return false;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        if (id == 0 || m_draft)
            return false;
        remove(film, id);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const Mark *mark = m_store.marks(film).find(id); mark && mark->kind == MarkKind::Note) {
            Q_EMIT noteWanted(film, id);
            return true;
        }
        if (m_tool == MarkTool::None || m_draft)
            return false;
        placeInTheMiddle(view);
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        return nudge(view, event);
    default:
        return false;
    }
}

bool MarkLayer::nudge(FilmView &view, QKeyEvent &event)
{
    const int film = m_filmOf(view);
    const FilmMarks before = m_store.marks(film);
    FilmMarks after = before;
    Mark *mark = after.find(m_store.selected(film));
    if (!mark || m_draft || !m_store.isShown())
        return false;
    const QPointF screen(event.key() == Qt::Key_Left        ? -1
                             : event.key() == Qt::Key_Right ? 1
                                                            : 0,
                         event.key() == Qt::Key_Up         ? -1
                             : event.key() == Qt::Key_Down ? 1
                                                           : 0);
    // To the right on the screen, whichever way the film is turned; a whole film pixel.
    const QTransform toFilm = view.transform().toScreen().inverted();
    const QPointF turned = toFilm.map(screen) - toFilm.map(QPointF(0, 0));
    const double size = event.modifiers() & Qt::ShiftModifier ? 10 : 1;
    const auto whole = [size](double part) { return part > 1e-12 ? size : part < -1e-12 ? -size : 0.0; };
    const QPointF step = std::abs(turned.x()) > std::abs(turned.y()) ? QPointF(whole(turned.x()), 0)
                                                                     : QPointF(0, whole(turned.y()));
    if (event.modifiers() & Qt::ControlModifier)
        mark->points.back() += step;
    else
        mark->moveBy(step);
    if (isEmpty(*mark))
        return true;
    if (m_nudged != mark->id || !m_sinceNudge.isValid() || m_sinceNudge.hasExpired(oneNudgeMs))
        m_nudge = m_history.newGesture();
    m_nudged = mark->id;
    m_sinceNudge.start();
    m_history.changeMarks(film, before, after, tr("moving %1").arg(markName(*mark)), m_nudge);
    return true;
}

bool MarkLayer::step(FilmView &view, bool forward)
{
    const int film = m_filmOf(view);
    if (!m_store.isShown() || !view.film())
        return false;
    std::vector<int> ids;
    for (const Mark &mark : m_store.marks(film).marks) {
        if (mark.frame == view.film()->frame)
            ids.push_back(mark.id);
    }
    const auto here = std::ranges::find(ids, m_store.selected(film));
    const auto index
        = here == ids.end() ? (forward ? -1 : static_cast<std::ptrdiff_t>(ids.size())) : here - ids.begin();
    const auto next = index + (forward ? 1 : -1);
    const bool isThere = next >= 0 && next < static_cast<std::ptrdiff_t>(ids.size());
    // After the last one the focus goes on.
    m_store.select(film, isThere ? ids[static_cast<std::size_t>(next)] : 0);
    return isThere;
}

void MarkLayer::placeInTheMiddle(FilmView &view)
{
    const QSizeF size = view.transform().viewSize();
    const QPointF middle(size.width() / 2, size.height() / 2);
    const QPointF reach(size.width() / 8, size.height() / 8);
    const auto at = [&](double x, double y) {
        return view.transform().toFilm(middle + QPointF(x * reach.x(), y * reach.y()));
    };
    begin(view, {middle, at(0, 0), Qt::LeftButton, {}, false});
    switch (m_draft->kind) {
    case MarkKind::Angle:
        m_draft->points = {at(1, -1), at(-1, 0), at(1, 1)};
        break;
    case MarkKind::Lines:
        m_draft->points = {at(-1, -1), at(1, -1), at(-1, 1), at(1, 0.5)};
        break;
    case MarkKind::Rectangle:
    case MarkKind::Ellipse:
        m_draft->points = {at(-1, -1), at(1, 1)};
        break;
    case MarkKind::Length:
    case MarkKind::Note:
        m_draft->points = {at(-1, 0), at(1, 0)};
        break;
    }
    finish(view);
}

} // namespace hilum::ui
