// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Lanes: the four thread pools that all work outside the window runs on.
//
// Threads: made and destroyed on the UI thread. The inference lane is exactly one thread that never
//          expires: a network with hooks is not thread-safe, and OpenMP builds a fresh team for every
//          calling thread, so wandering between pool threads multiplies workers. Imported networks, which
//          may take as long as their time limit, have such a lane of their own: no other waits behind them.
#pragma once

#include "core/nn/ModelPackage.h"

#include <QThreadPool>

namespace hilum::ui {

class Lanes {
public:
    Lanes();
    ~Lanes(); // waits for what runs; whoever owns a task has asked it to stop before
    Lanes(const Lanes &) = delete;
    Lanes &operator=(const Lanes &) = delete;

    QThreadPool &decode() { return m_decode; }
    QThreadPool &inference() { return m_inference; }
    QThreadPool &guests() { return m_guests; }
    // Where this network is asked.
    QThreadPool &of(const ModelCard &card) { return card.imported ? m_guests : m_inference; }
    // One thing at a time that takes minutes and may use threads of its own.
    QThreadPool &background() { return m_background; }

private:
    QThreadPool m_decode;
    QThreadPool m_inference;
    QThreadPool m_guests;
    QThreadPool m_background;
};

} // namespace hilum::ui
