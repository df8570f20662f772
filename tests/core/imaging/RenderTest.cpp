// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imaging/Render.h"
#include "core/imaging/DisplayTable.h"
#include "core/imaging/ModalityValues.h"

#include <QTest>

using namespace hilum;

class RenderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void turnsMonochrome1AfterTheWindow()
    {
        Film film = grey({0, 100, 255});
        const Window window{128, 256, VoiFunction::Linear};
        QCOMPARE(levels(renderGrey(film, window)), (std::vector<std::uint8_t>{0, 100, 255}));
        film.photometric = Photometric::Monochrome1;
        QCOMPARE(levels(renderGrey(film, window)), (std::vector<std::uint8_t>{255, 155, 0}));
        // Presentation LUT Shape INVERSE says the same thing again; it is no second inversion.
        film.presentation = PresentationShape::Inverse;
        QCOMPARE(levels(renderGrey(film, window)), (std::vector<std::uint8_t>{255, 155, 0}));
    }

    void keepsFractionsOfTheRescaleSlope()
    {
        Film film = grey({0, 1, 2, 3, 4});
        film.modalityTransform = {0.25, 0.5, {}};
        QCOMPARE(modalityValues(film).at(3, 0), 1.25F);
        QCOMPARE(levels(renderGrey(film, Window{1, 1, VoiFunction::LinearExact})),
                 (std::vector<std::uint8_t>{0, 64, 128, 191, 255}));
    }

    void holdsTheEndsOfATable()
    {
        Film film = grey({0, 9, 10, 11, 12, 200});
        film.modalityTransform.table = LookupTable{10, 16, {100, 200, 400}, "root"};
        const Plane<float> values = modalityValues(film);
        QCOMPARE(values.at(0, 0), 100.0F);
        QCOMPARE(values.at(3, 0), 200.0F);
        QCOMPARE(values.at(5, 0), 400.0F);
    }

    void scalesAVoiTableByItsBits()
    {
        const Film film = grey({0, 1, 2, 9});
        const LookupTable table{0, 10, {0, 512, 1023}, ""};
        QCOMPARE(levels(renderGrey(film, table)), (std::vector<std::uint8_t>{0, 128, 255, 255}));
    }

    void opensWithAVoiTableWhenThereIsNoWindow()
    {
        Film film = grey({0, 1});
        film.voiTables = {{0, 8, {0, 255}, "first"}, {0, 8, {255, 0}, "second"}};
        QCOMPARE(std::get<LookupTable>(defaultVoi(film)).explanation, std::string("first"));
        film.windows = {{1, 2, VoiFunction::Linear, ""}};
        QVERIFY(std::holds_alternative<Window>(defaultVoi(film)));
    }

    void theDisplayTableEqualsTheFormula_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("8 bits") << 0;
        QTest::newRow("signed 8 bits") << 1;
        QTest::newRow("16 bits") << 2;
        QTest::newRow("signed 16 bits") << 3;
    }

    void theDisplayTableEqualsTheFormula()
    {
        QFETCH(int, kind);
        Film film;
        film.rows = 16;
        film.columns = 16;
        if (kind == 0)
            film.samples = spread<std::uint8_t>(256);
        else if (kind == 1)
            film.samples = spread<std::int8_t>(256);
        else if (kind == 2)
            film.samples = spread<std::uint16_t>(256);
        else
            film.samples = spread<std::int16_t>(256);
        film.modalityTransform = {0.37, -11, {}};
        const std::vector<Voi> choices{
            Window{40, 90, VoiFunction::Linear}, Window{40, 90, VoiFunction::Sigmoid},
            Window{0, 700.5, VoiFunction::LinearExact}, LookupTable{-20, 12, {1, 900, 4095, 80}, ""}};
        for (const Photometric photometric : {Photometric::Monochrome1, Photometric::Monochrome2}) {
            film.photometric = photometric;
            for (const Voi &voi : choices) {
                const auto table = displayTable(film, voi);
                QVERIFY(table);
                QCOMPARE(levels(renderGrey(film, *table)), levels(renderGrey(film, voi)));
            }
        }
    }

    void thereIsNoTableForFloats()
    {
        Film film = grey({0, 1});
        film.samples = std::vector<float>{0.5F, 0.25F};
        QVERIFY(!displayTable(film, Window{0, 1, VoiFunction::LinearExact}));
        QCOMPARE(levels(renderGrey(film, Window{0.5, 1, VoiFunction::LinearExact})),
                 (std::vector<std::uint8_t>{128, 64}));
    }

    void turnsYbrIntoRgb()
    {
        Film film = grey({76, 85, 255, 128, 128, 128});
        film.columns = 2;
        film.samplesPerPixel = 3;
        film.photometric = Photometric::YbrFull;
        const RgbImage image = renderColour(film);
        // JFIF's red is (76, 85, 255); R = 76 + 1.402 x 127 = 254.
        QCOMPARE(image.at(0, 0), (std::array<std::uint8_t, 3>{254, 0, 0}));
        QCOMPARE(image.at(1, 0), (std::array<std::uint8_t, 3>{128, 128, 128}));
    }

    void resolvesPalettes()
    {
        Film film = grey({0, 5, 6, 200});
        film.photometric = Photometric::PaletteColor;
        film.palette
            = PaletteTables{{5, 16, {0, 65535}, ""}, {5, 16, {65535, 0}, ""}, {5, 16, {0, 32896}, ""}};
        const RgbImage image = renderColour(film);
        QCOMPARE(image.at(0, 0), (std::array<std::uint8_t, 3>{0, 255, 0}));
        QCOMPARE(image.at(2, 0), (std::array<std::uint8_t, 3>{255, 0, 128}));
        QCOMPARE(image.at(3, 0), image.at(2, 0));
    }

    void theSecondFrameIsTheSecondFrame()
    {
        Film film = grey({1, 2, 3, 4});
        film.columns = 2;
        film.frames = 2;
        QCOMPARE(storedValue(film, 1, 0, 0), 3.0);
        QCOMPARE(modalityRange(film, 1).low, 3.0);
    }

    void paddingIsWhatLiesInTheRange()
    {
        Film film = grey({1, 2, 3, 4});
        QVERIFY(paddingMask(film).empty());
        film.padding = PixelPadding{2, 3};
        const auto mask = paddingMask(film);
        QCOMPARE(std::vector<std::uint8_t>(mask.samples().begin(), mask.samples().end()),
                 (std::vector<std::uint8_t>{0, 1, 1, 0}));
    }

private:
    static Film grey(std::vector<std::uint8_t> samples)
    {
        Film film;
        film.rows = 1;
        film.columns = static_cast<int>(samples.size());
        film.samples = std::move(samples);
        return film;
    }

    static std::vector<std::uint8_t> levels(const GreyImage &image)
    {
        return {image.samples().begin(), image.samples().end()};
    }

    template <class Sample>
    static std::vector<Sample> spread(int count)
    {
        std::vector<Sample> samples;
        const double step = (static_cast<double>(std::numeric_limits<Sample>::max())
                             - static_cast<double>(std::numeric_limits<Sample>::min()))
            / (count - 1);
        for (int i = 0; i < count; ++i)
            samples.push_back(static_cast<Sample>(std::numeric_limits<Sample>::min() + i * step));
        return samples;
    }
};

QTEST_GUILESS_MAIN(RenderTest)
#include "RenderTest.moc"
