// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/RecentEpochs.h"

namespace hilum::ui {

std::vector<std::string> RecentEpochs::use(const std::string &key, std::uintmax_t bytes)
{
    std::erase_if(m_epochs, [&key](const Epoch &epoch) { return epoch.key == key; });
    m_epochs.push_back({key, bytes});
    std::uintmax_t all = 0;
    for (const Epoch &epoch : m_epochs)
        all += epoch.bytes;
    std::vector<std::string> gone;
    while (all > mostBytes && m_epochs.size() > fewest) {
        all -= m_epochs.front().bytes;
        gone.push_back(std::move(m_epochs.front().key));
        m_epochs.pop_front();
    }
    return gone;
}

} // namespace hilum::ui
