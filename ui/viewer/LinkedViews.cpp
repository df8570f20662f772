// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/LinkedViews.h"

#include "ui/viewer/FilmView.h"

#include <optional>

namespace hilum::ui {

LinkedViews::LinkedViews(const QList<FilmView *> &views, QObject *parent)
    : QObject(parent)
    , m_views(views)
{
    for (FilmView *view : m_views) {
        connect(view, &FilmView::movedByHand, this, [this, view] { align(view); });
        connect(view, &FilmView::pointed, this, [this, view](QPoint pixel) { point(view, pixel); });
    }
}

void LinkedViews::setLinks(const ViewLinks &links)
{
    m_links = links;
    if (!links.cursor) {
        for (FilmView *view : m_views)
            view->setGuestCursor(std::nullopt);
    }
}

void LinkedViews::align(FilmView *leader)
{
    if (!m_links.zoomPan || !leader->film())
        return;
    for (FilmView *view : m_views) {
        if (view != leader && view->isVisible())
            view->follow(leader->transform());
    }
}

void LinkedViews::join(FilmView *newcomer)
{
    for (const FilmView *view : m_views) {
        if (m_links.zoomPan && view != newcomer && view->isVisible() && view->film())
            return newcomer->follow(view->transform());
    }
}

void LinkedViews::point(FilmView *from, QPoint pixel)
{
    if (!m_links.cursor)
        return;
    from->setGuestCursor(std::nullopt);
    for (FilmView *view : m_views) {
        if (view == from || !view->isVisible() || !view->film())
            continue;
        std::optional<QPointF> there;
        if (from->film() && pixel.x() >= 0) {
            const QSize own = from->transform().filmSize();
            const QSize other = view->transform().filmSize();
            there = QPointF((pixel.x() + 0.5) / own.width() * other.width(),
                            (pixel.y() + 0.5) / own.height() * other.height());
        }
        view->setGuestCursor(there);
    }
}

} // namespace hilum::ui
