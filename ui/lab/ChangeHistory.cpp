// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lab/ChangeHistory.h"

#include <utility>

namespace hilum::ui {

namespace {

constexpr std::size_t mostStates = 500;

} // namespace

void ChangeHistory::push(State state, int gesture)
{
    const bool continues = gesture != 0 && gesture == m_gesture && m_place > 0;
    m_states.resize(m_place + 1);
    if (continues) {
        m_states.back() = std::move(state);
    } else {
        m_states.push_back(std::move(state));
        if (m_states.size() > mostStates)
            m_states.erase(m_states.begin());
        m_place = m_states.size() - 1;
    }
    m_gesture = gesture;
}

void ChangeHistory::undo()
{
    --m_place;
    m_gesture = 0;
}

void ChangeHistory::redo()
{
    ++m_place;
    m_gesture = 0;
}

} // namespace hilum::ui
