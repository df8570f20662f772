// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/gate/Gate.h"
#include "core/gate/FitGate.h"
#include "core/gate/PlainChecks.h"
#include "core/nn/InputSpec.h"
#include "core/phantom/Phantom.h"

#include <QTest>

#include <algorithm>

using namespace hilum;

namespace {

Film phantom(std::uint64_t seed)
{
    PhantomSpec spec;
    spec.columns = 225;
    spec.rows = 269;
    spec.pixelMm = 1.6;
    spec.seed = seed;
    return simulateFilm(spec).film;
}

Film greyFilm(int columns, int rows, auto &&valueAt)
{
    Film film;
    film.format = FilmFormat::Png;
    film.columns = columns;
    film.rows = rows;
    std::vector<std::uint8_t> samples;
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < columns; ++x)
            samples.push_back(static_cast<std::uint8_t>(valueAt(x, y)));
    }
    film.samples = std::move(samples);
    return film;
}

// A phantom whose three channels are `tint` times its grey; `patches` colours every other tile.
Film colourFilm(std::array<double, 3> tint, bool patches)
{
    const Film grey = phantom(3);
    Film film = greyFilm(grey.columns, grey.rows, [](int, int) { return 0; });
    film.samplesPerPixel = 3;
    film.photometric = Photometric::Rgb;
    std::vector<std::uint8_t> samples;
    const auto &stored = std::get<std::vector<std::uint16_t>>(grey.samples);
    for (int y = 0; y < grey.rows; ++y) {
        for (int x = 0; x < grey.columns; ++x) {
            const double value = stored[static_cast<std::size_t>(y * grey.columns + x)] / 16.0;
            for (std::size_t c = 0; c < 3; ++c) {
                const bool away = patches && (x / 20 + y / 20) % 3 == int(c);
                samples.push_back(
                    static_cast<std::uint8_t>(std::clamp(value * tint[c] * (away ? 0.3 : 1), 0.0, 255.0)));
            }
        }
    }
    film.samples = std::move(samples);
    return film;
}

} // namespace

class GateTest : public QObject {
    Q_OBJECT

private:
    const GateNetwork *m_network = nullptr;

    GateVerdict judged(const Film &film, const Pose &pose) const
    {
        const auto square = squareOf(film, 0, gateSquare);
        return judgeScores(m_network->run(posed(square->values, pose)), m_network->thresholds());
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_network = bundledGate({HILUM_SOURCE_DIR "/models"});
        QVERIFY(m_network);
    }

    void aSimulatedFilmPasses()
    {
        for (std::uint64_t seed = 1; seed <= 6; ++seed) {
            const GateVerdict verdict = judgeFilm(phantom(seed), 0, m_network);
            QVERIFY2(verdict.accepted, verdict.reason.c_str());
            QVERIFY(verdict.reason.empty());
        }
    }

    void theSameFilmGetsTheSameVerdict()
    {
        const Film film = phantom(2);
        const auto input = prepare(film, 0, {gateSide});
        QCOMPARE(m_network->run(input->values).film, m_network->run(input->values).film);
        QVERIFY(judgeFilm(film, 0, m_network) == judgeFilm(film, 0, m_network));
    }

    void aPoseIsRefusedWithItsReason_data()
    {
        QTest::addColumn<int>("turns");
        QTest::addColumn<bool>("inverted");
        QTest::addColumn<QString>("reason");
        QTest::newRow("quarter") << 1 << false << "turned by 90 degrees clockwise";
        QTest::newRow("half") << 2 << false << "upside down";
        QTest::newRow("three quarters") << 3 << false << "turned by 90 degrees anticlockwise";
        QTest::newRow("inverted") << 0 << true << "looks inverted";
    }

    void aPoseIsRefusedWithItsReason()
    {
        QFETCH(int, turns);
        QFETCH(bool, inverted);
        QFETCH(QString, reason);
        const GateVerdict verdict = judged(phantom(4), {turns, false, inverted});
        QVERIFY(!verdict.accepted);
        QVERIFY2(QString::fromStdString(verdict.reason).contains(reason), verdict.reason.c_str());
        QVERIFY(QString::fromStdString(verdict.reason).contains("score"));
    }

    void aMonochrome1FilmIsNotInverted()
    {
        Film film = phantom(5);
        film.photometric = Photometric::Monochrome1;
        for (auto &sample : std::get<std::vector<std::uint16_t>>(film.samples))
            sample = static_cast<std::uint16_t>(4095 - sample);
        QVERIFY(judgeFilm(film, 0, m_network).accepted);
        film.photometric = Photometric::Monochrome2;
        QCOMPARE(judgeFilm(film, 0, m_network).check, GateCheck::Inverted);
    }

    void madeUpPicturesAreRefused()
    {
        std::mt19937_64 random(99);
        for (int kind = 0; kind < int(firstOfFilm); ++kind) {
            int refused = 0;
            for (int i = 0; i < 20; ++i)
                refused += judgeScores(
                               m_network->run(posed(makePicture(PictureKind(kind), gateSquare, random), {})),
                               m_network->thresholds())
                               .accepted
                    ? 0
                    : 1;
            QVERIFY2(refused >= 18, std::string(pictureName(PictureKind(kind))).c_str());
        }
    }

    void tooSmall()
    {
        const GateVerdict verdict
            = judgeFilm(greyFilm(45, 300, [](int x, int y) { return x + y; }), 0, m_network);
        QCOMPARE(verdict.check, GateCheck::Size);
        QVERIFY(verdict.reason.find("45 x 300") != std::string::npos);
    }

    void tooLong()
    {
        const GateVerdict verdict
            = judgeFilm(greyFilm(600, 100, [](int x, int y) { return x / 3 + y; }), 0, m_network);
        QCOMPARE(verdict.check, GateCheck::Shape);
        QVERIFY(verdict.reason.find("6.0 times") != std::string::npos);
    }

    void blankAndFlat()
    {
        QCOMPARE(judgeFilm(greyFilm(200, 200, [](int, int) { return 7; }), 0, m_network).check,
                 GateCheck::Flat);
        const GateVerdict flat
            = judgeFilm(greyFilm(200, 200, [](int x, int) { return 100 + x / 40; }), 0, m_network);
        QCOMPARE(flat.check, GateCheck::Flat);
        QVERIFY(flat.reason.find("levels of grey") != std::string::npos);
    }

    void coloursAreRefusedButATintIsNot()
    {
        QVERIFY(checkPixels(colourFilm({1, 0.92, 0.75}, false), 0).accepted);
        const GateVerdict verdict = checkPixels(colourFilm({1, 1, 1}, true), 0);
        QCOMPARE(verdict.check, GateCheck::Colour);
        QVERIFY(verdict.reason.find("%") != std::string::npos);
    }

    void theHeaderIsHeard_data()
    {
        QTest::addColumn<QString>("modality");
        QTest::addColumn<QString>("tag");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("accepted");
        QTest::newRow("CT") << "CT"
                            << ""
                            << "" << false;
        QTest::newRow("nothing said") << "DX"
                                      << ""
                                      << "" << true;
        QTest::newRow("hand") << "DX"
                              << "0018,0015"
                              << "HAND" << false;
        QTest::newRow("chest") << "DX"
                               << "0018,0015"
                               << "Chest " << true;
        QTest::newRow("lateral") << "CR"
                                 << "0018,5101"
                                 << "LL" << false;
        QTest::newRow("PA") << "CR"
                            << "0018,5101"
                            << "PA" << true;
        QTest::newRow("rows run to the back") << "CR"
                                              << "0020,0020"
                                              << "P\\F" << false;
        QTest::newRow("rows run to the left") << "CR"
                                              << "0020,0020"
                                              << "L\\F" << true;
    }

    void theHeaderIsHeard()
    {
        QFETCH(QString, modality);
        QFETCH(QString, tag);
        QFETCH(QString, value);
        QFETCH(bool, accepted);
        Film film = phantom(6);
        film.modality = modality.toStdString();
        if (!tag.isEmpty())
            film.tags.push_back({tag.toStdString(), "CS", "", value.toStdString(), 0});
        const GateVerdict verdict = judgeFilm(film, 0, m_network);
        QCOMPARE(verdict.accepted, accepted);
        QVERIFY(accepted
                || verdict.reason.find(value.isEmpty() ? "CT" : value.toStdString()) != std::string::npos);
    }

    void aWrongFileIsNoGate()
    {
        SafetensorsFile file;
        const auto network = GateNetwork::make(file, "a file");
        QVERIFY(!network);
        QCOMPARE(network.error().code, ErrorCode::ModelMismatch);
        QVERIFY(bundledGate({"/nowhere"}) == nullptr);
    }
};

QTEST_GUILESS_MAIN(GateTest)
#include "GateTest.moc"
