// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/marks/History.h"

#include <utility>

namespace hilum::ui {

namespace {

constexpr int stepsKept = 200;
constexpr int marksCommandId = 1;

class MarksCommand : public HistoryCommand {
public:
    MarksCommand(MarkStore &store, int film, FilmMarks before, FilmMarks after, int gesture,
                 const QString &text)
        : HistoryCommand(text)
        , m_store(store)
        , m_film(film)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_gesture(gesture)
    {
    }

    int id() const override { return marksCommandId; }

    bool mergeWith(const QUndoCommand *other) override
    {
        const auto *next = static_cast<const MarksCommand *>(other);
        if (m_gesture == 0 || next->m_gesture != m_gesture)
            return false;
        m_after = next->m_after;
        setObsolete(m_before == m_after);
        return true;
    }

    void undo() override { show(m_before); }
    bool undoShows() const override { return m_store.marks(m_film) != m_before; }
    bool redoShows() const override { return m_store.marks(m_film) != m_after; }

protected:
    void redoChange() override { show(m_after); }

private:
    // Hidden marks would change unseen.
    void show(const FilmMarks &marks)
    {
        m_store.setShown(true);
        m_store.set(m_film, marks);
    }

    MarkStore &m_store;
    int m_film;
    FilmMarks m_before;
    FilmMarks m_after;
    int m_gesture;
};

const HistoryCommand *commandAt(const QUndoStack &stack, int index)
{
    return static_cast<const HistoryCommand *>(stack.command(index));
}

} // namespace

History::History(MarkStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    connect(&m_group, &QUndoGroup::indexChanged, this, &History::changed);
    connect(&m_group, &QUndoGroup::undoTextChanged, this, &History::changed);
    connect(&m_group, &QUndoGroup::redoTextChanged, this, &History::changed);
    connect(&m_group, &QUndoGroup::activeStackChanged, this, &History::changed);
}

History::~History()
{
    m_group.disconnect(this); // the stacks go with the group, and nobody is told
}

QUndoStack *History::stack(int film)
{
    QUndoStack *&found = m_stacks[film];
    if (!found) {
        found = new QUndoStack(&m_group);
        found->setUndoLimit(stepsKept);
        if (film == m_film)
            m_group.setActiveStack(found);
    }
    return found;
}

void History::changeMarks(int film, const FilmMarks &before, const FilmMarks &after, const QString &text,
                          int gesture)
{
    if (before == after)
        return;
    // Two steps are not swapped: what the view did before comes before.
    Q_EMIT aboutToStep();
    m_store.set(film, after);
    push(film, std::make_unique<MarksCommand>(m_store, film, before, after, gesture, text));
}

void History::push(int film, std::unique_ptr<HistoryCommand> command)
{
    stack(film)->push(command.release());
    Q_EMIT changed();
}

void History::setFilm(int film)
{
    m_film = film;
    const auto found = m_stacks.find(film);
    m_group.setActiveStack(found == m_stacks.end() ? nullptr : found->second);
    Q_EMIT changed();
}

void History::forget(int film)
{
    const auto found = m_stacks.find(film);
    if (found == m_stacks.end())
        return;
    delete found->second;
    m_stacks.erase(found);
    Q_EMIT changed();
}

void History::forgetAll()
{
    while (!m_stacks.empty())
        forget(m_stacks.begin()->first);
}

void History::undo()
{
    Q_EMIT aboutToStep();
    QUndoStack *stack = m_group.activeStack();
    bool shown = false;
    while (stack && stack->canUndo() && !shown) {
        shown = commandAt(*stack, stack->index() - 1)->undoShows();
        stack->undo();
    }
    Q_EMIT changed();
}

void History::redo()
{
    Q_EMIT aboutToStep();
    QUndoStack *stack = m_group.activeStack();
    bool shown = false;
    while (stack && stack->canRedo() && !shown) {
        shown = commandAt(*stack, stack->index())->redoShows();
        stack->redo();
    }
    Q_EMIT changed();
}

} // namespace hilum::ui
