// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/bridge/Lanes.h"

namespace hilum::ui {

Lanes::Lanes()
{
    m_decode.setMaxThreadCount(2);
    for (QThreadPool *pool : {&m_inference, &m_guests}) {
        pool->setMaxThreadCount(1);
        pool->setExpiryTimeout(-1);
    }
    m_background.setMaxThreadCount(1);
}

Lanes::~Lanes()
{
    for (QThreadPool *pool : {&m_decode, &m_inference, &m_guests, &m_background}) {
        pool->clear();
        pool->waitForDone();
    }
}

} // namespace hilum::ui
