// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MarkLayer: the hand on the marks: draws them over every view that it is attached to, makes new ones,
// moves, selects and removes them.
//
// With a tool, left press begins a mark: drag and let go, or click each point. Without one, a press on a mark
// takes it: an end by its handle, all of it by its line, its label alone; the film's own tool has the rest.
// Keys: Tab and Shift+Tab go through the marks, arrows move the selected one by a film pixel (Shift: 10,
// Ctrl: its last point), Delete removes it, Enter edits a note or, with a tool, puts a mark in the middle.
//
// Units:   see ViewLayer.
// Errors:  none.
// Threads: UI thread.
#pragma once

#include "ui/marks/MarkPainter.h"
#include "ui/marks/MarkStore.h"
#include "ui/viewer/ViewLayer.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>

#include <functional>
#include <optional>

namespace hilum::ui {

class FilmView;
class History;

enum class MarkTool { None, Length, Angle, Lines, Rectangle, Ellipse, Note, RegionWindow };

class MarkLayer : public QObject, public ViewLayer {
    Q_OBJECT

public:
    using FilmOf = std::function<int(const FilmView &)>; // id of the film in a view

    MarkLayer(MarkStore &store, History &history, FilmOf filmOf, QObject *parent = nullptr);
    ~MarkLayer() override;

    void attach(FilmView *view);

    MarkTool tool() const { return m_tool; }
    void setTool(MarkTool tool); // what is half drawn is dropped
    bool isDrawing() const { return m_draft.has_value(); }
    bool dropDraft(); // false: there was none

    void remove(int film, int id);
    void clear(int film);
    void setText(int film, int id, const QString &text);
    void resetLabel(int film, int id); // to where it finds room itself
    void calibrate(int film, int id, const Film &source, double millimetres);
    void forgetCalibration(int film);

    // For pictures: the marks of a film as they are painted, nothing selected.
    std::vector<PaintedMark> paintedMarks(int film, const FilmPtr &source, int frame) const;

    void paint(FilmView &view, QPainter &painter) override;
    bool press(FilmView &view, const ViewTouch &touch) override;
    void drag(FilmView &view, const ViewTouch &touch) override;
    void release(FilmView &view, const ViewTouch &touch) override;
    void hover(FilmView &view, const ViewTouch &touch) override;
    bool key(FilmView &view, QKeyEvent &event) override;
    bool step(FilmView &view, bool forward) override;
    std::optional<QCursor> cursor(FilmView &view, const ViewTouch &touch) override;

Q_SIGNALS:
    void noteWanted(int film, int id); // its text is to be asked for
    void menuWanted(int film, int id, QPoint globalPosition);
    void regionChosen(hilum::ui::FilmView *view, hilum::Region region);

private:
    enum class Part { Handle, Label, Body };
    struct Hit {
        int id = 0;
        Part part = Part::Body;
        std::size_t point = 0; // of a handle
    };
    struct Edit {
        Hit hit;
        FilmMarks before;
        QPointF from; // film point
        QPointF label; // where its label stood, from the middle of the mark
        bool menu = false; // the right button asks for the menu
    };

    MarkScene sceneOf(const FilmView &view) const;
    std::vector<PaintedMark> paintedIn(const FilmView &view) const;
    std::optional<Hit> hitAt(const FilmView &view, QPointF screen) const;
    QPointF labelOf(const FilmView &view, int id) const;
    bool pressDraft(FilmView &view, const ViewTouch &touch);
    void begin(FilmView &view, const ViewTouch &touch);
    void follow(QPointF film);
    void showDraft();
    void finish(FilmView &view);
    void editTo(FilmView &view, QPointF film);
    bool nudge(FilmView &view, QKeyEvent &event);
    void placeInTheMiddle(FilmView &view);
    void updateViews();

    MarkStore &m_store;
    History &m_history;
    FilmOf m_filmOf;
    QList<QPointer<FilmView>> m_views;
    MarkTool m_tool = MarkTool::None;

    std::optional<Mark> m_draft; // being drawn
    std::size_t m_placed = 0; // points that are fixed
    bool m_isLast = false; // the press fixed the last one
    FilmView *m_draftView = nullptr; // compared only
    int m_draftFilm = 0;
    FilmMarks m_beforeDraft;
    QPointF m_pressedAt; // screen

    std::optional<Edit> m_edit;
    int m_hovered = 0;
    const FilmView *m_hoveredIn = nullptr; // compared only
    int m_nudge = 0; // gesture
    int m_nudged = 0; // mark
    QElapsedTimer m_sinceNudge;
};

} // namespace hilum::ui
