// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/ViewportGrid.h"

#include "ui/session/FilmSession.h"
#include "ui/shell/ViewportCell.h"
#include "ui/viewer/FilmView.h"
#include "ui/viewer/LinkedViews.h"

#include <QApplication>
#include <QGridLayout>

#include <utility>

namespace hilum::ui {

ViewportGrid::ViewportGrid(FilmSession &films, QWidget *parent)
    : QWidget(parent)
    , m_films(films)
    , m_layout(new QGridLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        auto *made = new ViewportCell(films, static_cast<int>(i), this);
        m_cells[i] = made;
        connect(made, &ViewportCell::touched, &films, &FilmSession::activate);
        connect(made, &ViewportCell::openRequested, this, &ViewportGrid::openRequested);
    }
    m_linked = new LinkedViews(views(), this);
    m_linked->setLinks(films.links());

    connect(&films, &FilmSession::viewportsSwapped, this, [this](int first, int second) {
        std::swap(m_cells[static_cast<std::size_t>(first)], m_cells[static_cast<std::size_t>(second)]);
        cell(first)->setIndex(first);
        cell(second)->setIndex(second);
    });
    connect(&films, &FilmSession::viewportsChanged, this, &ViewportGrid::arrange);
    connect(&films, &FilmSession::viewportChanged, this, [this](int index) {
        const auto before = cell(index)->view()->film();
        cell(index)->update();
        if (cell(index)->view()->film() != before)
            m_linked->join(cell(index)->view());
    });
    connect(&films, &FilmSession::viewportVoiChanged, this, [this](int index) { cell(index)->updateVoi(); });
    connect(&films, &FilmSession::frameChanged, this, [this](int index) { cell(index)->updateFrame(); });
    connect(&films, &FilmSession::activeChanged, this, &ViewportGrid::activeMoved);
    connect(&films, &FilmSession::linksChanged, this, [this] {
        m_linked->setLinks(m_films.links());
        m_linked->align(view());
    });
    arrange();
}

FilmView *ViewportGrid::view() const { return cell(m_films.activeViewport())->view(); }

QList<FilmView *> ViewportGrid::views() const
{
    QList<FilmView *> views;
    for (const ViewportCell *one : m_cells)
        views << one->view();
    return views;
}

FrameBar *ViewportGrid::frameBar() const { return cell(m_films.activeViewport())->frameBar(); }

bool ViewportGrid::showsFilm() const { return cell(m_films.activeViewport())->showsFilm(); }

void ViewportGrid::setNamesShown(bool shown)
{
    for (ViewportCell *one : m_cells)
        one->setNamesShown(shown);
}

void ViewportGrid::arrange()
{
    const int count = m_films.viewportCount();
    for (int i = 0; i < static_cast<int>(m_cells.size()); ++i) {
        m_layout->removeWidget(cell(i));
        const bool used = i < count;
        if (used) {
            m_layout->addWidget(cell(i), i / 2, i % 2);
            cell(i)->update();
            cell(i)->updateVoi();
        } else {
            cell(i)->view()->setFilm(nullptr, Window{});
        }
        cell(i)->setVisible(used);
    }
    for (int i = 0; i < 2; ++i) {
        m_layout->setColumnStretch(i, count > i ? 1 : 0);
        m_layout->setRowStretch(i, count > 2 * i ? 1 : 0);
    }
    updateLooks();
}

void ViewportGrid::updateLooks()
{
    for (int i = 0; i < m_films.viewportCount(); ++i)
        cell(i)->setLook(m_films.viewportCount() == 1, i == m_films.activeViewport());
}

void ViewportGrid::activeMoved()
{
    updateLooks();
    // The keyboard goes with the active view, but is not taken from a panel.
    if (const QWidget *focus = QApplication::focusWidget(); focus && isAncestorOf(focus) && focus != view())
        view()->setFocus(Qt::OtherFocusReason);
    Q_EMIT activeViewChanged(view());
}

} // namespace hilum::ui
