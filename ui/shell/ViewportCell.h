// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ViewportCell: one viewport of the window: an invitation, a film on its way, the film, or why there is none.
//
// Errors:  a film's Error is shown in its place, with what to try and a way on.
#pragma once

#include <QStackedWidget>
#include <QWidget>

class QLabel;

namespace hilum::ui {

class FilmMessage;
class FilmSession;
class FilmView;
class FrameBar;
class WaitingPage;

class ViewportCell : public QWidget {
    Q_OBJECT

public:
    ViewportCell(FilmSession &films, int index, QWidget *parent = nullptr);

    FilmView *view() const { return m_view; }
    FrameBar *frameBar() const { return m_frames; }
    bool showsFilm() const { return m_pages->currentIndex() == filmPage; }
    void setIndex(int index) { m_index = index; }
    // Alone it has no frame and no caption.
    void setLook(bool alone, bool active);
    void setNamesShown(bool shown);
    void update(); // after the session's viewport
    void updateVoi();
    void updateFrame();

Q_SIGNALS:
    void touched(int index);
    void openRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    static constexpr int filmPage = 2;
    void updateCaption();
    void act(void (FilmSession::*command)(int));

    FilmSession &m_films;
    int m_index;
    QStackedWidget *m_pages;
    QLabel *m_empty;
    WaitingPage *m_waiting;
    FilmMessage *m_message;
    FilmView *m_view;
    FrameBar *m_frames;
    bool m_alone = true;
    bool m_active = true;
    bool m_namesShown = true;
};

} // namespace hilum::ui
