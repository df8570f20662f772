// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/FilmArea.h"

#include "ui/bridge/ErrorText.h"
#include "ui/session/FilmSession.h"
#include "ui/session/ReadingSession.h"
#include "ui/shell/CentredColumn.h"
#include "ui/shell/StartPage.h"
#include "ui/shell/WaitingPage.h"
#include "ui/viewer/FilmView.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace hilum::ui {

FilmArea::FilmArea(FilmSession &films, ReadingSession &readings, QWidget *parent)
    : QStackedWidget(parent)
    , m_films(films)
    , m_readings(readings)
    , m_start(new StartPage(this))
    , m_waiting(new WaitingPage(this))
    , m_view(new FilmView(this))
{
    makeMessagePage();
    for (QWidget *page : {static_cast<QWidget *>(m_start), static_cast<QWidget *>(m_waiting),
                          static_cast<QWidget *>(m_view), m_message})
        addWidget(page);

    connect(&films, &FilmSession::currentChanged, this, &FilmArea::showCurrent);
    connect(&films, &FilmSession::filmReady, this, &FilmArea::showFilm);
    connect(&films, &FilmSession::filmFailed, this, &FilmArea::showError);
    connect(&films, &FilmSession::voiChanged, this, [this] {
        m_view->setVoi(m_films.voi());
        m_view->setInverted(m_films.isInverted());
    });
    connect(m_view, &FilmView::windowDragged, &films, [&films](Window window) { films.setVoi(window); });
    connect(&readings, &ReadingSession::selectionChanged, this, &FilmArea::showMap);
    connect(&readings, &ReadingSession::mapChanged, this, &FilmArea::showMap);
}

void FilmArea::makeMessagePage()
{
    m_message = new QWidget(this);
    auto *column = new QWidget(m_message);
    column->setMaximumWidth(520);
    auto *layout = new QVBoxLayout(column);
    layout->setSpacing(12);
    const auto add = [&](const char *role) {
        auto *label = new QLabel(column);
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setProperty("role", QLatin1String(role));
        layout->addWidget(label);
        return label;
    };
    m_what = add("title");
    m_tryThis = add("body");
    m_detail = add("small");
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    auto *again = new QPushButton(tr("Try again"), column);
    auto *other = new QPushButton(tr("Open another film\u2026"), column);
    auto *close = new QPushButton(tr("Close it"), column);
    for (QPushButton *button : {again, other, close})
        buttons->addWidget(button);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    centreColumn(m_message, column);
    connect(again, &QPushButton::clicked, &m_films, [this] { m_films.select(m_films.currentRow()); });
    connect(other, &QPushButton::clicked, this, &FilmArea::openRequested);
    connect(close, &QPushButton::clicked, &m_films, [this] { m_films.close(m_films.currentRow()); });
}

bool FilmArea::showsFilm() const { return currentWidget() == m_view; }

void FilmArea::showCurrent()
{
    m_waiting->end();
    const int row = m_films.currentRow();
    m_readings.setFilm(m_films.currentId(), nullptr);
    if (row < 0) {
        m_view->setFilm(nullptr, Window{});
        setCurrentWidget(m_start);
        return;
    }
    const FilmEntry &film = m_films.entry(row);
    m_waiting->begin(QFileInfo(film.path).fileName(), film.thumbnail);
    setCurrentWidget(m_waiting);
}

void FilmArea::showFilm()
{
    m_waiting->end();
    m_view->setFilm(m_films.film(), m_films.voi());
    setCurrentWidget(m_view);
    m_readings.setFilm(m_films.currentId(), m_films.film());
    showMap();
}

void FilmArea::showError(const Error &error)
{
    m_waiting->end();
    const int row = m_films.currentRow();
    const ErrorWords words
        = errorWords(error, row < 0 ? QString() : QFileInfo(m_films.entry(row).path).fileName());
    m_what->setText(words.what);
    m_tryThis->setText(words.tryThis);
    m_detail->setText(words.detail);
    m_detail->setVisible(!words.detail.isEmpty());
    setCurrentWidget(m_message);
}

void FilmArea::showMap()
{
    auto map = m_readings.isOverlayShown() ? m_readings.currentMap() : std::nullopt;
    m_view->setOverlay(std::move(map), m_readings.opacity());
}

} // namespace hilum::ui
