// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/gate/FitGate.h"
#include "core/gate/Gate.h"
#include "core/nn/InputSpec.h"
#include "core/phantom/Phantom.h"

#include <QTest>

using namespace hilum;

namespace {

std::vector<GateFilm> phantoms(int count, std::uint64_t seed)
{
    std::vector<GateFilm> films;
    for (int i = 0; i < count; ++i) {
        PhantomSpec spec;
        spec.columns = 113;
        spec.rows = 134;
        spec.pixelMm = 3.2;
        spec.seed = seed + std::uint64_t(i);
        films.push_back({squareOf(simulateFilm(spec).film, 0, gateSquare)->values, "phantom"});
    }
    return films;
}

} // namespace

class FitGateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void learnsUprightFromPhantoms()
    {
        GatePlan plan;
        plan.steps = 60;
        plan.batch = 32;
        plan.threads = 1;
        const auto fitted = fitGate(phantoms(24, 1), phantoms(20, 100), plan, {}, {});
        QVERIFY2(fitted, fitted ? "" : fitted.error().detail.c_str());
        const auto network = GateNetwork::make(*fitted, "the fitted gate");
        QVERIFY(network);
        int upright = 0;
        int inverted = 0;
        int upsideDown = 0;
        const auto accepted = [&](const GateFilm &film, const Pose &pose) {
            return judgeScores(network->run(posed(film.square, pose)), network->thresholds()).accepted ? 1
                                                                                                       : 0;
        };
        for (const GateFilm &film : phantoms(20, 300)) {
            upright += accepted(film, {});
            inverted += accepted(film, {0, false, true});
            upsideDown += accepted(film, {2, false, false});
        }
        QVERIFY2(upright >= 18, std::to_string(upright).c_str());
        QVERIFY2(inverted <= 2, std::to_string(inverted).c_str());
        QVERIFY2(upsideDown <= 2, std::to_string(upsideDown).c_str());
    }

    void tooFewFilmsAreRefused()
    {
        const auto fitted = fitGate(phantoms(3, 1), phantoms(3, 10), {}, {}, {});
        QVERIFY(!fitted);
        QCOMPARE(fitted.error().code, ErrorCode::UsageWrong);
    }
};

QTEST_GUILESS_MAIN(FitGateTest)
#include "FitGateTest.moc"
