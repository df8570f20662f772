// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// History: what can be undone, one stack for each film; the active one is that of the film at hand.
//
// Changes are pushed after they were made, as a whole: the marks of a film before and after, a view before
// and after. What changed nothing is not kept, and an undo that would change nothing is passed over.
//
// Units:   film ids are FilmSession's.
// Errors:  none.
// Threads: UI thread.
#pragma once

#include "ui/marks/MarkStore.h"

#include <QObject>
#include <QUndoGroup>
#include <QUndoStack>

#include <map>
#include <memory>

namespace hilum::ui {

// A command that knows whether the screen would show it.
class HistoryCommand : public QUndoCommand {
public:
    using QUndoCommand::QUndoCommand;

    virtual bool undoShows() const = 0;
    virtual bool redoShows() const = 0;

    // The change was made before it was pushed.
    void redo() final
    {
        if (m_isMade)
            redoChange();
        m_isMade = true;
    }

protected:
    virtual void redoChange() = 0;

private:
    bool m_isMade = false;
};

class History : public QObject {
    Q_OBJECT

public:
    explicit History(MarkStore &store, QObject *parent = nullptr);
    ~History() override;

    // The marks of a film became `after`. Changes with the same gesture, not 0, become one.
    void changeMarks(int film, const FilmMarks &before, const FilmMarks &after, const QString &text,
                     int gesture = 0);
    void push(int film, std::unique_ptr<HistoryCommand> command);

    void setFilm(int film);
    void forget(int film);
    void forgetAll();

    void undo();
    void redo();
    bool canUndo() const { return m_group.canUndo(); }
    bool canRedo() const { return m_group.canRedo(); }
    QString undoText() const { return m_group.undoText(); } // "window change"
    QString redoText() const { return m_group.redoText(); }
    int newGesture() { return ++m_lastGesture; }

Q_SIGNALS:
    void aboutToStep(); // pending changes are pushed now
    void changed(); // what can be undone, and its words

private:
    QUndoStack *stack(int film);

    MarkStore &m_store;
    QUndoGroup m_group;
    std::map<int, QUndoStack *> m_stacks;
    int m_film = 0;
    int m_lastGesture = 0;
};

} // namespace hilum::ui
