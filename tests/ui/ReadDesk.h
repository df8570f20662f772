// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A session with two networks that disagree, and a film that both have read.
#pragma once

#include "tests/ui/Fakes.h"
#include "ui/bridge/Lanes.h"
#include "ui/session/ReadingSession.h"

#include <QTest>

namespace hilum::ui::test {

struct ReadDesk {
    Lanes lanes;
    std::shared_ptr<FakeNetworks> networks = std::make_shared<FakeNetworks>();
    ReadingSession readings{lanes, networks};

    bool openFilm(int id)
    {
        if (!readings.isListed())
            readings.start();
        readings.setFilm(id, makeDisplayFilm(ramp()));
        return QTest::qWaitFor(
            [&] { return readings.reading(0).prediction && readings.reading(1).prediction; });
    }
};

} // namespace hilum::ui::test
