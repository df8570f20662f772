// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/gate/Band.h"
#include "core/gate/Pictures.h"

#include <QTest>

#include <cmath>

using namespace hilum;

namespace {

constexpr int side = 64;

ModelInput picture(std::mt19937_64 &random)
{
    return {makePicture(PictureKind::Scene, side, random), centreSquare(side, side), 0, 1};
}

// A reader of two classes: left against right and up against down, so that every perturbation moves it.
Result<Prediction> readPicture(const ModelInput &input)
{
    double logit = 0;
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x)
            logit += input.values.at(x, y) * ((x < side / 2 ? 1 : -1) + (y < side / 2 ? 0.5 : -0.5));
    }
    const double p = 1 / (1 + std::exp(-logit / 400));
    Prediction prediction;
    prediction.scores = {{"one", p}, {"other", 1 - p}};
    return prediction;
}

std::vector<BandFilm> films(int count, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::vector<BandFilm> made;
    for (int i = 0; i < count; ++i) {
        const ModelInput square = picture(random);
        const auto plain = readPicture(unperturbed(square, {side}));
        made.push_back(
            {*plain, *perturbedLogits(square, {side}, readPicture, 0, 6, {}),
             *perturbedLogits(square, {side}, readPicture, 1000 + std::uint64_t(i) * 16, 2, {}),
             std::uniform_real_distribution<double>(0, 1)(random) < plain->scores[0].probability ? 0 : 1});
    }
    return made;
}

} // namespace

class BandTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSameFilmGetsTheSameBand()
    {
        std::mt19937_64 random(4);
        const ModelInput square = picture(random);
        const ModelInput first = perturbed(square, {side}, 3);
        const ModelInput again = perturbed(square, {side}, 3);
        const ModelInput other = perturbed(square, {side}, 4);
        QVERIFY(std::ranges::equal(first.values.samples(), again.values.samples()));
        QVERIFY(!std::ranges::equal(first.values.samples(), other.values.samples()));
    }

    void holdsFreshReadingsAtThePromisedRate()
    {
        const BandSpec spec = calibrateBand(films(150, 1), 6, 0.9);
        QVERIFY(spec.spread > 0);
        const BandCoverage coverage = coverageOf(spec, films(150, 2));
        QCOMPARE(coverage.fresh, 600);
        const Interval interval = wilsonInterval(coverage.freshInside, coverage.fresh);
        QVERIFY2(interval.high >= 0.9, std::to_string(coverage.freshInside).c_str());
        QVERIFY(coverage.groupsInside >= 8); // of ten; the truth was drawn by the probabilities
    }

    void takesFilmsFromAllOverASideUpToTheRule()
    {
        const BandRule rule;
        QCOMPARE(strideOf(rule, 0), std::size_t(1));
        QCOMPARE(strideOf(rule, 240), std::size_t(1));
        QCOMPARE(strideOf(rule, 241), std::size_t(2));
        QCOMPARE(strideOf(rule, 1000), std::size_t(5)); // 200 films
    }

    void readsAFilmOfTheCalibrationAsTheRuleSays()
    {
        std::mt19937_64 random(4);
        const ModelInput square = picture(random);
        const BandRule rule{.repeats = 3, .fresh = 2};
        const auto film = readBandFilm(square, 1, {side}, rule, 5, readPicture);
        QVERIFY(film);
        QCOMPARE(film->truth, 1);
        QCOMPARE(film->plain.scores[0].probability,
                 readPicture(unperturbed(square, {side}))->scores[0].probability);
        QCOMPARE(film->repeats, *perturbedLogits(square, {side}, readPicture, 0, 3, {}));
        QCOMPARE(film->fresh, *perturbedLogits(square, {side}, readPicture, 1080, 2, {}));
        const auto failing = [](const ModelInput &) -> Result<Prediction> {
            return fail(ErrorCode::Internal, "no reading");
        };
        QCOMPARE(readBandFilm(square, 1, {side}, rule, 5, failing).error().detail, std::string("no reading"));
    }

    void holdsTheReadingItself()
    {
        BandSpec spec;
        spec.spread = 0;
        for (const BandFilm &film : films(20, 3)) {
            const Bands bands = bandsOf(spec, film.plain, film.repeats);
            for (std::size_t c = 0; c < bands.size(); ++c) {
                QVERIFY(bands[c].low <= film.plain.scores[c].probability);
                QVERIFY(bands[c].high >= film.plain.scores[c].probability);
                QVERIFY(bands[c].low >= 0 && bands[c].high <= 1);
            }
        }
    }

    void aCancelledBandIsNone()
    {
        std::mt19937_64 random(4);
        std::stop_source stop;
        stop.request_stop();
        const auto logits = perturbedLogits(picture(random), {side}, readPicture, 0, 6, stop.get_token());
        QVERIFY(!logits);
        QCOMPARE(logits.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(BandTest)
#include "BandTest.moc"
