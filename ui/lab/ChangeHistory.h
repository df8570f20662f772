// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ChangeHistory: the laboratory's changes, as they are and as they were: undo and redo.
//
// Units:   the selected change by its place; -1: none.
// Errors:  none.
// Threads: a value.
#pragma once

#include "core/lab/FilmChange.h"

#include <cstddef>
#include <vector>

namespace hilum::ui {

class ChangeHistory {
public:
    struct State {
        std::vector<FilmChange> changes;
        int selected = -1;
    };

    const State &now() const { return m_states[m_place]; }
    void select(int change) { m_states[m_place].selected = change; }
    // States with the same gesture, not 0, become one.
    void push(State state, int gesture);
    bool canUndo() const { return m_place > 0; }
    bool canRedo() const { return m_place + 1 < m_states.size(); }
    void undo();
    void redo();

private:
    std::vector<State> m_states{State{}};
    std::size_t m_place = 0;
    int m_gesture = 0; // of the newest state
};

} // namespace hilum::ui
