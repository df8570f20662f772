// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/MapQuality.h"

#include <QTest>
#include <algorithm>
#include <cmath>

using namespace hilum;

namespace {

constexpr int size = 40;

// The logit of class 1 is the light in the left upper quarter, -3 to 3.
Result<std::vector<Logits>> readCorner(std::span<const Plane<float>> inputs)
{
    std::vector<Logits> all;
    for (const Plane<float> &input : inputs) {
        double light = 0;
        for (int y = 0; y < size / 2; ++y) {
            for (int x = 0; x < size / 2; ++x)
                light += static_cast<double>(input.at(x, y)) / (size * size / 4);
        }
        all.push_back({0, static_cast<float>(6 * light - 3)});
    }
    return all;
}

Plane<float> litFilm() { return {size, size, 1.0F}; }

Plane<float> cornerMap(bool isRight)
{
    Plane<float> map(4, 4);
    for (int y = 0; y < 2; ++y) {
        for (int x = 0; x < 2; ++x)
            map.at(isRight ? x + 2 : x, y) = 1;
    }
    return map;
}

QualityTools tools(const std::function<Plane<float>(const Plane<float> &, MapMethod)> &map)
{
    QualityTools tools;
    tools.read = readCorner;
    tools.classIndex = 1;
    tools.map = [map](const Plane<float> &input, MapMethod method) -> Result<Plane<float>> {
        return map(input, method);
    };
    return tools;
}

ActivationMap mapOf(const Plane<float> &values)
{
    ActivationMap map = scaledMap(values, MapSign::Positive);
    map.method = MapMethod::GradCam;
    return map;
}

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

// Every method marks the wrong corner, but the one under test.
Plane<float> honest(const Plane<float> &, MapMethod method)
{
    return cornerMap(method != MapMethod::GradCam);
}

} // namespace

class MapQualityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void drawsTheCurvesThatHidingMakes()
    {
        const auto right = testByHiding(litFilm(), cornerMap(false), tools(honest), {}, {});
        QVERIFY(right);
        QCOMPARE(right->deletion.size(), std::size_t(3));
        const HidingCurve &deletion = right->deletion.front(); // behind the mean, 0
        QCOMPARE(deletion.reference, Reference::Mean);
        QCOMPARE(deletion.share.size(), std::size_t(21));
        QCOMPARE(deletion.share.back(), 1.0);
        QVERIFY(std::abs(deletion.probability.front() - sigmoid(3)) < 1e-6);
        QVERIFY(std::abs(deletion.probability.back() - sigmoid(-3)) < 1e-6);
        // A quarter holds all the light, so from there on nothing changes.
        QVERIFY(std::abs(deletion.probability[5] - sigmoid(-3)) < 0.06);
        double byHand = 0;
        for (std::size_t i = 1; i < 21; ++i)
            byHand += (deletion.probability[i] + deletion.probability[i - 1]) / 40;
        QVERIFY(std::abs(deletion.area - byHand) < 1e-12);
        const HidingCurve &insertion = right->insertion.front();
        QVERIFY(insertion.probability[5] > 0.9);

        const auto wrong = testByHiding(litFilm(), cornerMap(true), tools(honest), {}, {});
        QVERIFY(wrong->deletion.front().area > deletion.area + 0.2);
        QVERIFY(right->score() > wrong->score());
        // Black is what this film is everywhere: hiding changes nothing, and both curves are flat.
        QVERIFY(std::abs(right->deletion[1].area - sigmoid(3)) < 1e-6);
    }

    void prefersAMapThatMarksWhatTheNetworkNeeds()
    {
        const auto quality = measureQuality(litFilm(), mapOf(cornerMap(false)), tools(honest), {}, {});
        QVERIFY(quality);
        QVERIFY(quality->hiding.score() > quality->sobel.score() + 0.1);
        QVERIFY(quality->randomisation.empty());
        const std::string verdict = verdictOf(*quality);
        QVERIFY2(verdict.starts_with("Better than both null maps"), verdict.c_str());
    }

    void saysWhenANullMapIsAsGood()
    {
        const auto same = [](const Plane<float> &, MapMethod) { return cornerMap(false); };
        auto quality = measureQuality(litFilm(), mapOf(cornerMap(false)), tools(same), {}, {});
        QVERIFY(quality);
        QVERIFY(verdictOf(*quality).starts_with("No better than an edge detector on this film"));
        quality->sobel = {};
        QVERIFY(verdictOf(*quality).starts_with("No better on this film than channels added at random"));
    }

    void saysWhenTheWeightsDoNotMatter()
    {
        QualityTools withWeights = tools(honest);
        withWeights.randomised = []() -> Result<std::vector<RandomisedMap>> {
            return std::vector<RandomisedMap>{{"head", cornerMap(true)}, {"block1", cornerMap(false)}};
        };
        const auto quality = measureQuality(litFilm(), mapOf(cornerMap(false)), withWeights, {}, {});
        QCOMPARE(quality->randomisation.size(), std::size_t(2));
        QVERIFY(quality->randomisation.front().correlation < 0);
        QVERIFY(std::abs(quality->randomisation.back().correlation - 1) < 1e-9);
        QVERIFY(verdictOf(*quality).find("weights are random") != std::string::npos);
    }

    void saysWhenItDoesNotRepeat()
    {
        // Another corner as soon as the film is not exactly the same.
        const auto nervous = [](const Plane<float> &input, MapMethod method) {
            const bool isSame = std::ranges::equal(input.samples(), litFilm().samples());
            return cornerMap(method != MapMethod::GradCam || !isSame);
        };
        const auto quality = measureQuality(litFilm(), mapOf(cornerMap(false)), tools(nervous), {}, {});
        QVERIFY(quality->repeatability.noise < 0);
        QVERIFY(verdictOf(*quality).find("hardly does") != std::string::npos);
    }

    void shiftsMapsBackBeforeItComparesThem()
    {
        // A map that follows the film exactly.
        const auto film = [] {
            Plane<float> input(size, size);
            for (int y = 0; y < size; ++y) {
                for (int x = 0; x < size; ++x)
                    input.at(x, y)
                        = std::exp(-0.02F * static_cast<float>((x - 15) * (x - 15) + (y - 22) * (y - 22)));
            }
            return input;
        }();
        const auto following = [](const Plane<float> &input, MapMethod) { return input; };
        const auto quality = measureQuality(film, mapOf(film), tools(following), {}, {});
        QVERIFY2(quality->repeatability.shift > 0.98,
                 qPrintable(QString::number(quality->repeatability.shift)));
    }

    void measuresOverlapOfTheStrongestFifth()
    {
        const MapAgreement same = agreementOf(cornerMap(false), cornerMap(false));
        QCOMPARE(same.overlap, 1.0);
        QVERIFY(std::abs(same.correlation - 1) < 1e-12);
        const MapAgreement other = agreementOf(cornerMap(false), cornerMap(true));
        QVERIFY(other.overlap < 0.15);
        QVERIFY(other.correlation < 0);
        QVERIFY(std::isnan(agreementOf(cornerMap(false), Plane<float>(4, 4)).correlation));
    }

    void countsTheHeatInsideAMask()
    {
        Plane<float> lungs(size, size);
        for (int y = 0; y < size; ++y)
            std::ranges::fill(lungs.row(y).first(size / 2), 1.0F);
        QVERIFY(shareInside(cornerMap(false), lungs) > 0.85);
        QVERIFY(shareInside(cornerMap(true), lungs) < 0.15);
        QVERIFY(std::abs(shareInside(Plane<float>(3, 3, 1.0F), lungs) - 0.5) < 1e-9);
        QVERIFY(std::isnan(shareInside(Plane<float>(3, 3), lungs)));
    }

    void stopsWhenAsked()
    {
        std::stop_source source;
        source.request_stop();
        const auto stopped
            = measureQuality(litFilm(), mapOf(cornerMap(false)), tools(honest), {}, source.get_token());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(MapQualityTest)
#include "MapQualityTest.moc"
