// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/marks/MarkLayer.h"

#include "ui/marks/History.h"
#include "ui/marks/MarkText.h"
#include "ui/viewer/FilmView.h"

#include <QLineF>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

constexpr double clickReach = 4; // a press that moves less is a click
constexpr double handleReach = 9;
constexpr double bodyReach = 6;
constexpr double labelMargin = 6; // to the edge of the view

MarkKind kindOf(MarkTool tool)
{
    switch (tool) {
    case MarkTool::Angle:
        return MarkKind::Angle;
    case MarkTool::Lines:
        return MarkKind::Lines;
    case MarkTool::Ellipse:
        return MarkKind::Ellipse;
    case MarkTool::Note:
        return MarkKind::Note;
    case MarkTool::Rectangle:
    case MarkTool::RegionWindow:
        return MarkKind::Rectangle;
    case MarkTool::Length:
    case MarkTool::None:
        break;
    }
    return MarkKind::Length;
}

} // namespace

MarkLayer::MarkLayer(MarkStore &store, History &history, FilmOf filmOf, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_history(history)
    , m_filmOf(std::move(filmOf))
{
    connect(&store, &MarkStore::changed, this, &MarkLayer::updateViews);
    connect(&store, &MarkStore::shownChanged, this, &MarkLayer::updateViews);
}

MarkLayer::~MarkLayer()
{
    for (const QPointer<FilmView> &view : m_views) {
        if (view)
            view->removeLayer(this);
    }
}

void MarkLayer::attach(FilmView *view)
{
    m_views << view;
    view->addLayer(this);
}

void MarkLayer::updateViews()
{
    for (const QPointer<FilmView> &view : m_views) {
        if (view && view->isVisible())
            view->update();
    }
}

void MarkLayer::setTool(MarkTool tool)
{
    dropDraft();
    m_tool = tool;
    if (tool != MarkTool::None)
        m_store.setShown(true);
}

bool MarkLayer::dropDraft()
{
    if (!m_draft)
        return false;
    m_draft.reset();
    m_store.set(m_draftFilm, m_beforeDraft);
    updateViews();
    return true;
}

MarkScene MarkLayer::sceneOf(const FilmView &view) const
{
    const double unit = view.devicePixelRatioF();
    const double margin = labelMargin * unit;
    const QRectF area(QPointF(0, 0), view.transform().viewSize());
    return {view.transform().snapped(), area.adjusted(margin, margin, -margin, -margin), unit, view.font(),
            true};
}

std::vector<PaintedMark> MarkLayer::paintedMarks(int film, const FilmPtr &source, int frame) const
{
    std::vector<PaintedMark> painted;
    for (const Mark &mark : m_store.marks(film).marks) {
        if (mark.frame == frame)
            painted.push_back({mark, labelLines(mark, m_store.reading(film, mark, source)), false, false});
    }
    return painted;
}

std::vector<PaintedMark> MarkLayer::paintedIn(const FilmView &view) const
{
    if (!m_store.isShown() || !view.film())
        return {};
    const int film = m_filmOf(view);
    std::vector<PaintedMark> painted = paintedMarks(film, view.film()->film, view.film()->frame);
    for (PaintedMark &one : painted) {
        one.isSelected = one.mark.id == m_store.selected(film);
        one.isHovered = one.mark.id == m_hovered && m_hoveredIn == &view;
    }
    return painted;
}

void MarkLayer::paint(FilmView &view, QPainter &painter)
{
    const MarkScene scene = sceneOf(view);
    paintMarks(painter, scene, paintedIn(view));
    // The box of a region window is no mark, and is gone when it has done its work.
    if (m_draft && m_tool == MarkTool::RegionWindow && m_draftView == &view)
        paintMarks(painter, scene, {{*m_draft, {}, false, true}});
}

std::optional<MarkLayer::Hit> MarkLayer::hitAt(const FilmView &view, QPointF screen) const
{
    const MarkScene scene = sceneOf(view);
    const std::vector<PaintedMark> painted = paintedIn(view);
    const std::vector<QRectF> labels = layLabels(scene, painted);
    std::optional<Hit> body;
    for (std::size_t i = painted.size(); i-- > 0;) {
        const Mark &mark = painted[i].mark;
        std::optional<std::size_t> nearest;
        double reach = handleReach * scene.unit;
        for (std::size_t p = 0; p < mark.points.size(); ++p) {
            const double distance = QLineF(scene.toScreen(mark.points[p]), screen).length();
            if (distance <= reach) {
                reach = distance;
                nearest = p;
            }
        }
        if (nearest)
            return Hit{mark.id, Part::Handle, *nearest};
        if (labels[i].contains(screen))
            return Hit{mark.id, Part::Label, 0};
        if (!body && distanceTo(scene, mark, screen) <= bodyReach * scene.unit)
            body = Hit{mark.id, Part::Body, 0};
    }
    return body;
}

bool MarkLayer::press(FilmView &view, const ViewTouch &touch)
{
    const bool left = touch.button == Qt::LeftButton;
    const bool right = touch.button == Qt::RightButton;
    if (!left && !right)
        return false;
    m_pressedAt = touch.screen;
    if (m_draft) {
        if (right || m_draftView != &view) {
            dropDraft();
            return right;
        }
        return pressDraft(view, touch);
    }
    const int film = m_filmOf(view);
    const auto hit = hitAt(view, touch.screen);
    // With a tool a line is no hindrance: the next mark may begin on it.
    const bool takes = hit && (right || m_tool == MarkTool::None || hit->part != Part::Body);
    if (takes && m_tool != MarkTool::RegionWindow) {
        m_store.select(film, hit->id);
        m_edit = Edit{*hit, m_store.marks(film), touch.film, labelOf(view, hit->id), right};
        if (const Mark *mark = m_store.marks(film).find(hit->id);
            left && touch.isDouble && mark && mark->kind == MarkKind::Note) {
            m_edit.reset();
            Q_EMIT noteWanted(film, hit->id);
        }
        return true;
    }
    if (right)
        return false;
    m_store.select(film, 0);
    if (m_tool == MarkTool::None)
        return false;
    begin(view, touch);
    return true;
}

void MarkLayer::begin(FilmView &view, const ViewTouch &touch)
{
    m_draftView = &view;
    m_draftFilm = m_filmOf(view);
    m_beforeDraft = m_store.marks(m_draftFilm);
    m_store.setShown(true);
    Mark mark;
    mark.kind = kindOf(m_tool);
    mark.id = m_beforeDraft.nextId();
    mark.number = m_beforeDraft.nextNumber(mark.kind);
    mark.frame = view.film()->frame;
    mark.points = {touch.film, touch.film};
    m_draft = mark;
    m_placed = 1;
    m_isLast = false;
}

bool MarkLayer::pressDraft(FilmView &, const ViewTouch &touch)
{
    Mark &mark = *m_draft;
    mark.points.resize(m_placed);
    mark.points.push_back(touch.film);
    m_isLast = mark.points.size() == pointsOf(mark.kind);
    if (!m_isLast) {
        ++m_placed;
        mark.points.push_back(touch.film);
    }
    showDraft();
    return true;
}

void MarkLayer::follow(QPointF film)
{
    Mark &mark = *m_draft;
    // The second of two lines begins where it is pressed, not where the first one ended.
    if (mark.kind == MarkKind::Lines && m_placed == 2)
        return;
    mark.points.resize(m_placed);
    mark.points.push_back(film);
    showDraft();
}

void MarkLayer::showDraft()
{
    if (m_tool == MarkTool::RegionWindow)
        return updateViews();
    FilmMarks marks = m_beforeDraft;
    marks.marks.push_back(*m_draft);
    m_store.set(m_draftFilm, std::move(marks));
    m_store.select(m_draftFilm, m_draft->id);
}

void MarkLayer::drag(FilmView &view, const ViewTouch &touch)
{
    if (m_draft)
        return follow(touch.film);
    if (m_edit && !m_edit->menu)
        editTo(view, touch.film);
}

void MarkLayer::release(FilmView &view, const ViewTouch &touch)
{
    const bool moved = QLineF(touch.screen, m_pressedAt).length() > clickReach * view.devicePixelRatioF();
    const int film = m_filmOf(view);
    if (m_draft) {
        if (moved || m_isLast) {
            follow(touch.film);
            ++m_placed;
        }
        if (m_placed >= pointsOf(m_draft->kind))
            finish(view);
        return;
    }
    if (!m_edit)
        return;
    const Edit edit = *std::exchange(m_edit, std::nullopt);
    if (edit.menu) {
        Q_EMIT menuWanted(film, edit.hit.id,
                          view.mapToGlobal((touch.screen / view.devicePixelRatioF()).toPoint()));
        return;
    }
    if (const Mark *mark = edit.before.find(edit.hit.id))
        m_history.changeMarks(film, edit.before, m_store.marks(film),
                              edit.hit.part == Part::Label ? tr("moving the label of %1").arg(markName(*mark))
                                                           : tr("moving %1").arg(markName(*mark)));
}

void MarkLayer::finish(FilmView &view)
{
    const Mark mark = *std::exchange(m_draft, std::nullopt);
    const FilmMarks before = m_beforeDraft;
    if (m_tool == MarkTool::RegionWindow) {
        updateViews();
        if (!isEmpty(mark))
            Q_EMIT regionChosen(&view, regionOf(mark));
        return;
    }
    if (isEmpty(mark)) {
        m_store.set(m_draftFilm, before);
        return;
    }
    FilmMarks after = before;
    after.marks.push_back(mark);
    m_history.changeMarks(m_draftFilm, before, after, tr("adding %1").arg(markName(mark)));
    m_store.select(m_draftFilm, mark.id);
    if (mark.kind == MarkKind::Note)
        Q_EMIT noteWanted(m_draftFilm, mark.id);
}

QPointF MarkLayer::labelOf(const FilmView &view, int id) const
{
    const MarkScene scene = sceneOf(view);
    const auto painted = paintedIn(view);
    const auto labels = layLabels(scene, painted);
    for (std::size_t i = 0; i < painted.size(); ++i) {
        if (painted[i].mark.id == id)
            return scene.transform.toFilm(labels[i].center()) - middleOf(painted[i].mark);
    }
    return {};
}

void MarkLayer::editTo(FilmView &view, QPointF film)
{
    FilmMarks marks = m_edit->before;
    Mark *mark = marks.find(m_edit->hit.id);
    if (!mark)
        return;
    const QPointF step = film - m_edit->from;
    switch (m_edit->hit.part) {
    case Part::Handle:
        mark->points[m_edit->hit.point] += step;
        if (isEmpty(*mark)) // an end on the other end can't be taken apart again
            return;
        break;
    case Part::Body:
        mark->moveBy(step);
        break;
    case Part::Label:
        mark->labelOffset = m_edit->label + step;
        break;
    }
    m_store.set(m_filmOf(view), std::move(marks));
}

void MarkLayer::hover(FilmView &view, const ViewTouch &touch)
{
    if (m_draft) {
        if (m_draftView == &view)
            follow(touch.film);
        return;
    }
    const auto hit = hitAt(view, touch.screen);
    const int id = hit ? hit->id : 0;
    if (std::exchange(m_hovered, id) != id || std::exchange(m_hoveredIn, &view) != &view)
        updateViews();
}

std::optional<QCursor> MarkLayer::cursor(FilmView &view, const ViewTouch &touch)
{
    if (m_draft)
        return QCursor(Qt::CrossCursor);
    const auto hit = hitAt(view, touch.screen);
    if (hit && m_tool != MarkTool::RegionWindow && (m_tool == MarkTool::None || hit->part != Part::Body))
        return QCursor(hit->part == Part::Handle ? Qt::PointingHandCursor : Qt::SizeAllCursor);
    return m_tool == MarkTool::None ? std::nullopt : std::optional(QCursor(Qt::CrossCursor));
}

} // namespace hilum::ui
