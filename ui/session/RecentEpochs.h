// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// RecentEpochs: which loaded epochs stay: whoever goes through a training's epochs would otherwise fill the
// memory with them.
//
// Units:   bytes of weights files; twice as much when loaded.
// Errors:  none.
// Threads: a value.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace hilum::ui {

class RecentEpochs {
public:
    static constexpr std::uintmax_t mostBytes = 64 << 20;
    static constexpr std::size_t fewest = 3; // side by side; those used last never go

    // It is used now. Gives those that there is no room for any longer: the ones unused for longest.
    [[nodiscard]] std::vector<std::string> use(const std::string &key, std::uintmax_t bytes);
    void clear() { m_epochs.clear(); }

private:
    struct Epoch {
        std::string key;
        std::uintmax_t bytes = 0;
    };

    std::deque<Epoch> m_epochs; // the one used last at the end
};

} // namespace hilum::ui
