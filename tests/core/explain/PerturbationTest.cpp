// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/Explanation.h"
#include "core/explain/Occlusion.h"
#include "core/explain/Rise.h"
#include "core/explain/ScoreCam.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <numeric>

using namespace hilum;

namespace {

constexpr int size = 64;
constexpr int spotX = 46; // of 8 x 8 pixels
constexpr int spotY = 14;

// A film that is 0 but for a spot.
Plane<float> spotted()
{
    Plane<float> input(size, size);
    for (int y = spotY; y < spotY + 8; ++y) {
        for (int x = spotX; x < spotX + 8; ++x)
            input.at(x, y) = 1;
    }
    return input;
}

// A network that looks at the spot alone: logit 1 is how much light there is in it, -2 to 2.
Logits spotLogits(const Plane<float> &input)
{
    float light = 0;
    for (int y = spotY; y < spotY + 8; ++y) {
        for (int x = spotX; x < spotX + 8; ++x)
            light += input.at(x, y) / 64;
    }
    return {0, 4 * light - 2};
}

Result<std::vector<Logits>> readSpots(std::span<const Plane<float>> inputs)
{
    std::vector<Logits> all;
    std::ranges::transform(inputs, std::back_inserter(all), spotLogits);
    return all;
}

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

std::pair<int, int> brightest(const Plane<float> &map)
{
    const auto most = std::ranges::max_element(map.samples()) - map.samples().begin();
    return {static_cast<int>(most % map.width()), static_cast<int>(most / map.width())};
}

} // namespace

class PerturbationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesProbabilitiesOfLogits()
    {
        QVERIFY(std::abs(probabilityOf({0, 2}, 1, 1) - sigmoid(2)) < 1e-12);
        QVERIFY(std::abs(probabilityOf({0, 2}, 1, 2) - sigmoid(1)) < 1e-12);
        QVERIFY(std::abs(probabilityOf({1000, 0, 1000}, 2, 1) - 0.5) < 1e-12);
    }

    void findsTheSpotByOcclusion()
    {
        const Plane<float> input = spotted();
        const Plane<float> reference = referenceOf(input, Reference::Mean);
        const Occlusion occlusion(input, reference, spotLogits(input), 1, 16);
        QCOMPARE(occlusion.count(), 64 + 256);
        std::vector<Logits> readings;
        QVERIFY(readAll(occlusion, readSpots, readings, {}, {}));
        QCOMPARE(readings.size(), std::size_t(320));

        const Plane<float> fine = occlusion.map(readings, 1);
        QCOMPARE(fine.width(), 16);
        // A patch of 8 x 8 around the spot's middle hides all of it: from logit 2 to -2.
        const auto [x, y] = brightest(fine);
        QVERIFY(std::abs(4 * x + 2 - (spotX + 4)) <= 2 && std::abs(4 * y + 2 - (spotY + 4)) <= 2);
        const auto most = static_cast<double>(std::ranges::max(fine.samples()));
        QVERIFY(most > 0.9 * (sigmoid(2) - sigmoid(-2)) && most <= sigmoid(2) - sigmoid(-2) + 1e-6);
        // Far from the spot nothing changes, and the other class gains what this one loses.
        QCOMPARE(fine.at(1, 12), 0.0F);
        QVERIFY(std::abs(occlusion.map(readings, 0).at(x, y) + fine.at(x, y)) < 1e-6F);

        // The coarse grid alone, and a finer one that has only just begun.
        const Plane<float> coarse = occlusion.map(std::span(readings).first(64), 1);
        QCOMPARE(coarse.width(), 8);
        const Plane<float> begun = occlusion.map(std::span(readings).first(70), 1);
        QCOMPARE(begun.width(), 16);
        QCOMPARE(begun.at(9, 9), coarse.at(4, 4));
        QCOMPARE(begun.at(5, 0), fine.at(5, 0));
    }

    void goesOnWhereItWasStopped()
    {
        const Plane<float> input = spotted();
        const Plane<float> reference = referenceOf(input, Reference::Blurred);
        const Rise rise(input, reference, 1, 50, 4);
        std::vector<Logits> whole;
        QVERIFY(readAll(rise, readSpots, whole, {}, {}));

        std::stop_source source;
        std::vector<Logits> parts;
        int asked = 0;
        const ReadBatch counting = [&](std::span<const Plane<float>> inputs) {
            asked += static_cast<int>(inputs.size());
            source.request_stop();
            return readSpots(inputs);
        };
        const auto stopped = readAll(rise, counting, parts, {}, source.get_token());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        QVERIFY(!parts.empty() && parts.size() < 50);
        double last = 0;
        QVERIFY(readAll(rise, counting, parts, {[&](double done) { last = done; }, {}}, {}));
        QCOMPARE(asked, 50); // none twice
        QCOMPARE(last, 1.0);
        QVERIFY(parts == whole);
    }

    void keepsTheReadingsWhenANetworkFails()
    {
        const Plane<float> input = spotted();
        const Plane<float> reference(size, size);
        const Rise rise(input, reference, 1, 50, 4);
        int calls = 0;
        const ReadBatch failing = [&](std::span<const Plane<float>> inputs) -> Result<std::vector<Logits>> {
            if (++calls == 2)
                return fail(ErrorCode::Internal, "out of memory");
            return readSpots(inputs);
        };
        std::vector<Logits> readings;
        QVERIFY(!readAll(rise, failing, readings, {}, {}));
        QVERIFY(!readings.empty());
    }

    void findsTheSpotByRandomMasks()
    {
        const Plane<float> input = spotted();
        const Plane<float> reference(size, size);
        const Rise rise(input, reference, 1, 600, 1);
        std::vector<Logits> readings;
        QVERIFY(readAll(rise, readSpots, readings, {}, {}));
        const Plane<float> map = rise.map(readings, 1);
        QCOMPARE(map.width(), size);
        const auto [x, y] = brightest(map);
        QVERIFY(std::abs(x - (spotX + 4)) < 8 && std::abs(y - (spotY + 4)) < 8);

        // The paper's formula, on three masks.
        double byHand = 0;
        for (int i = 0; i < 3; ++i)
            byHand += probabilityOf(readings[static_cast<std::size_t>(i)], 1, 1)
                * static_cast<double>(rise.mask(i).at(20, 30)) / (0.5 * 3);
        const Plane<float> ofThree = rise.map(std::span(readings).first(3), 1);
        QVERIFY(std::abs(static_cast<double>(ofThree.at(20, 30)) - byHand) < 1e-6);

        // Half of the film is seen on average; masks differ; the same seed gives the same masks.
        double seen = 0;
        for (int i = 0; i < 200; ++i) {
            const Plane<float> mask = rise.mask(i);
            seen += std::accumulate(mask.samples().begin(), mask.samples().end(), 0.0) / (size * size) / 200;
        }
        QVERIFY2(std::abs(seen - 0.5) < 0.03, qPrintable(QString::number(seen)));
        QVERIFY(!std::ranges::equal(rise.mask(0).samples(), rise.mask(1).samples()));
        QVERIFY(
            std::ranges::equal(rise.mask(7).samples(), Rise(input, reference, 1, 10, 1).mask(7).samples()));
    }

    void weighsChannelsByTheirScores()
    {
        const Plane<float> input = spotted();
        // One channel lies on the spot, one elsewhere, one is flat.
        std::vector<Plane<float>> channels(3, Plane<float>(8, 8));
        channels[0].at(5, 1) = channels[0].at(6, 1) = channels[0].at(5, 2) = channels[0].at(6, 2) = 3;
        channels[1].at(1, 6) = 3;
        channels[2] = Plane<float>(8, 8, 2.0F);
        const ScoreCam cam(input, channels);
        QCOMPARE(cam.count(), 2); // a flat channel hides nothing
        std::vector<Logits> readings;
        QVERIFY(readAll(cam, readSpots, readings, {}, {}));

        const std::vector<double> weights = ScoreCam::weights(readings, 1);
        QVERIFY(std::abs(weights[0] + weights[1] - 1) < 1e-12);
        const auto first = static_cast<double>(readings[0][1]);
        const auto second = static_cast<double>(readings[1][1]);
        QVERIFY(std::abs(weights[0] - sigmoid(first - second)) < 1e-9);
        QVERIFY(weights[0] > 0.8);
        const Plane<float> map = cam.map(readings, 1);
        QVERIFY(std::abs(static_cast<double>(map.at(5, 1)) - 3 * weights[0]) < 1e-6);
        QVERIFY(std::abs(static_cast<double>(map.at(1, 6)) - 3 * weights[1]) < 1e-6);
        QCOMPARE(map.at(0, 0), 0.0F);

        // Behind the first mask the film is what the mask lets through, 0 elsewhere.
        const Plane<float> masked = cam.input(0);
        QVERIFY(masked.at(spotX + 4, spotY + 4) > 0.5F);
        QCOMPARE(masked.at(2, 60), 0.0F);
    }

    void hidesBehindMeanBlackOrBlur()
    {
        Plane<float> input = spotted();
        input.at(0, 63) = -1;
        QCOMPARE(std::ranges::max(referenceOf(input, Reference::Mean).samples()), 0.0F);
        QCOMPARE(std::ranges::max(referenceOf(input, Reference::Black).samples()), -1.0F);
        const Plane<float> blurred = referenceOf(input, Reference::Blurred);
        QVERIFY(blurred.at(spotX + 4, spotY + 4) > 0.3F && blurred.at(spotX + 4, spotY + 4) < 0.95F);
        QVERIFY(std::abs(blurred.at(10, 50)) < 1e-3F);
    }

    void namesEveryMethodOnce()
    {
        QCOMPARE(mapMethods().size(), std::size_t(12));
        for (const MethodFacts &facts : mapMethods()) {
            QCOMPARE(*methodNamed(facts.name), facts.method);
            QCOMPARE(factsOf(facts.method).title, facts.title);
        }
        const auto unknown = methodNamed("grad-cam");
        QVERIFY(!unknown);
        QVERIFY(unknown.error().detail.find("integrated-gradients") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(PerturbationTest)
#include "PerturbationTest.moc"
