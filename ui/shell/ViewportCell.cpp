// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/ViewportCell.h"

#include "ui/bridge/Convert.h"
#include "ui/session/FilmSession.h"
#include "ui/shell/FilmMessage.h"
#include "ui/shell/WaitingPage.h"
#include "ui/viewer/FilmView.h"
#include "ui/viewer/FrameBar.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace hilum::ui {

namespace {

constexpr int frameWidth = 2;

} // namespace

ViewportCell::ViewportCell(FilmSession &films, int index, QWidget *parent)
    : QWidget(parent)
    , m_films(films)
    , m_index(index)
    , m_pages(new QStackedWidget(this))
    , m_empty(new QLabel(tr("Choose a film in the strip for this view."), this))
    , m_waiting(new WaitingPage(this))
    , m_message(new FilmMessage(this))
    , m_view(new FilmView(this))
    , m_frames(new FrameBar(this))
{
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(16);
    m_empty->setStyleSheet(QStringLiteral("background: black; color: #9a9fa6;")); // as the film's surround
    for (QWidget *page : {static_cast<QWidget *>(m_empty), static_cast<QWidget *>(m_waiting),
                          static_cast<QWidget *>(m_view), static_cast<QWidget *>(m_message)})
        m_pages->addWidget(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_frames);
    m_frames->setAutoFillBackground(true);
    m_frames->hide();

    connect(&films.names(), &NameGuard::changed, this, [this] {
        if (m_index < m_films.viewportCount())
            update();
    });
    connect(m_view, &FilmView::touched, this, [this] { Q_EMIT touched(m_index); });
    connect(m_view, &FilmView::windowDragged, this,
            [this](Window window) { m_films.setVoi(m_index, window); });
    connect(m_view, &FilmView::framesTurned, m_frames, &FrameBar::step);
    connect(m_frames, &FrameBar::handled, this, [this] { Q_EMIT touched(m_index); });
    connect(m_frames, &FrameBar::frameWanted, this, [this](int frame) { m_films.showFrame(m_index, frame); });
    connect(m_message, &FilmMessage::againRequested, this, [this] { act(&FilmSession::select); });
    connect(m_message, &FilmMessage::closeRequested, this, [this] { act(&FilmSession::close); });
    connect(m_message, &FilmMessage::openRequested, this, &ViewportCell::openRequested);
}

void ViewportCell::act(void (FilmSession::*command)(int))
{
    Q_EMIT touched(m_index);
    (m_films.*command)(m_films.currentRow());
}

void ViewportCell::setLook(bool alone, bool active)
{
    m_alone = alone;
    m_active = active;
    const int frame = alone ? 0 : frameWidth;
    layout()->setContentsMargins(frame, frame, frame, frame);
    m_message->setCompact(!alone);
    m_view->setAccessibleName(alone ? tr("Film") : tr("Film in view %1").arg(m_index + 1));
    updateCaption();
    QWidget::update();
}

void ViewportCell::setNamesShown(bool shown)
{
    m_namesShown = shown;
    updateCaption();
}

void ViewportCell::updateCaption()
{
    const int row = m_index < m_films.viewportCount() ? m_films.rowOf(m_films.viewport(m_index).filmId) : -1;
    const bool wanted = !m_alone && m_namesShown && row >= 0;
    m_view->setCaption(wanted ? m_films.nameOf(row) : QString());
}

void ViewportCell::update()
{
    const Viewport &shown = m_films.viewport(m_index);
    const int row = m_films.rowOf(shown.filmId);
    const QString name = row < 0 ? QString() : m_films.nameOf(row);
    m_waiting->end();
    if (m_view->film() != shown.film) {
        m_view->setFilm(shown.film, shown.voi, shown.filmId);
        m_frames->setFilm(shown.film ? shown.film->film->frames : 1,
                          shown.film ? shown.film->film->frameTimeMs : 0);
        m_frames->setFrame(shown.film ? shown.film->frame : 0);
        m_frames->setVisible(m_frames->frames() > 1);
    }
    if (shown.film) {
        m_pages->setCurrentWidget(m_view);
    } else if (shown.error) {
        const QString detail = m_films.names().shown(toText(shown.error->detail));
        m_message->setError({shown.error->code, detail.toStdString()}, name);
        m_pages->setCurrentWidget(m_message);
    } else if (shown.isLoading() && row >= 0) {
        m_waiting->begin(name, m_films.entry(row).thumbnail);
        m_pages->setCurrentWidget(m_waiting);
    } else {
        m_pages->setCurrentWidget(m_empty);
    }
    updateCaption();
}

void ViewportCell::updateVoi()
{
    const Viewport &shown = m_films.viewport(m_index);
    m_view->setVoi(shown.voi);
    m_view->setInverted(shown.isInverted);
}

void ViewportCell::updateFrame()
{
    const Viewport &shown = m_films.viewport(m_index);
    m_view->showFrame(shown.film);
    m_frames->setFrame(shown.film->frame);
}

void ViewportCell::mousePressEvent(QMouseEvent *) { Q_EMIT touched(m_index); }

void ViewportCell::paintEvent(QPaintEvent *)
{
    if (m_alone)
        return;
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(m_active ? QPalette::Highlight : QPalette::Mid));
}

} // namespace hilum::ui
