// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/FilmReader.h"

#include <dcmtk/dcmdata/dctk.h>

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <functional>

using namespace hilum;

// Films of 2 rows and 3 columns with overlays, written here by DCMTK.
class DicomOverlaysTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unpacksBitsFromTheLowestUp_data()
    {
        QTest::addColumn<int>("syntax");
        QTest::newRow("explicit little endian") << int(EXS_LittleEndianExplicit);
        QTest::newRow("implicit little endian") << int(EXS_LittleEndianImplicit);
        QTest::newRow("explicit big endian") << int(EXS_BigEndianExplicit);
        QTest::newRow("deflated") << int(EXS_DeflatedLittleEndianExplicit);
    }

    void unpacksBitsFromTheLowestUp()
    {
        QFETCH(int, syntax);
        const FilmPtr film = opened(
            [](DcmDataset &data) {
                describe(data, 0x6002, 3, 5);
                data.putAndInsertString(DcmTag(0x6002, 0x0040, EVR_CS), "R");
                data.putAndInsertString(DcmTag(0x6002, 0x1500, EVR_LO), "heart");
                const std::array<Sint16, 2> origin{-1, 4};
                data.putAndInsertSint16Array(DcmTag(0x6002, 0x0050, EVR_SS), origin.data(), 2);
                const Uint16 word = 0x4a11;
                data.putAndInsertUint16Array(DcmTag(0x6002, 0x3000, EVR_OW), &word, 1);
            },
            static_cast<E_TransferSyntax>(syntax));
        QVERIFY(film);
        QCOMPARE(film->overlays.size(), std::size_t{1});
        const OverlayPlane &plane = film->overlays[0];
        QCOMPARE(plane.group, 0x6002);
        QCOMPARE(plane.bits, (std::vector<std::uint8_t>{1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1}));
        QCOMPARE(plane.top, -2);
        QCOMPARE(plane.left, 3);
        QVERIFY(plane.isRegion);
        QCOMPARE(plane.label, std::string("heart"));
        QVERIFY(film->notices.empty());
    }

    void findsAnOverlayInTheUnusedBits_data()
    {
        QTest::addColumn<int>("syntax");
        QTest::newRow("little endian") << int(EXS_LittleEndianExplicit);
        QTest::newRow("big endian") << int(EXS_BigEndianExplicit);
    }

    void findsAnOverlayInTheUnusedBits()
    {
        QFETCH(int, syntax);
        const FilmPtr film = opened(
            [](DcmDataset &data) {
                describe(data, 0x6000, 2, 3);
                data.putAndInsertUint16(DcmTag(0x6000, 0x0100, EVR_US), 16);
                data.putAndInsertUint16(DcmTag(0x6000, 0x0102, EVR_US), 13);
                const std::vector<Uint16> cells{0x2001, 0x0002, 0xe003, 0x1004, 0x2005, 0};
                data.putAndInsertUint16Array(DCM_PixelData, cells.data(), cells.size());
            },
            static_cast<E_TransferSyntax>(syntax));
        QVERIFY(film);
        QCOMPARE(film->overlays.size(), std::size_t{1});
        QCOMPARE(film->overlays[0].bits, (std::vector<std::uint8_t>{1, 0, 1, 0, 1, 0}));
        QCOMPARE(std::get<std::vector<std::uint16_t>>(film->samples),
                 (std::vector<std::uint16_t>{1, 2, 3, 4, 5, 0}));
    }

    void keepsTheFramesOfAnOverlay()
    {
        const FilmPtr film = opened([](DcmDataset &data) {
            framed(data, 3);
            describe(data, 0x6000, 1, 4);
            data.putAndInsertString(DcmTag(0x6000, 0x0015, EVR_IS), "2");
            data.putAndInsertUint16(DcmTag(0x6000, 0x0051, EVR_US), 2);
            const Uint16 word = 0x0021;
            data.putAndInsertUint16Array(DcmTag(0x6000, 0x3000, EVR_OW), &word, 1);
            describe(data, 0x6002, 1, 2);
            data.putAndInsertUint16Array(DcmTag(0x6002, 0x3000, EVR_OW), &word, 1);
        });
        QVERIFY(film);
        QCOMPARE(film->overlays.size(), std::size_t{2});
        QCOMPARE(film->overlays[0].firstFrame, 1);
        QCOMPARE(film->overlays[0].frames, 2);
        QCOMPARE(film->overlays[0].bits, (std::vector<std::uint8_t>{1, 0, 0, 0, 0, 1, 0, 0}));
        // One bitmap that names no frame lies over all of them.
        QCOMPARE(film->overlays[1].frames, 3);
        QCOMPARE(film->overlays[1].bits, (std::vector<std::uint8_t>{1, 0, 1, 0, 1, 0}));
    }

    void aDamagedOverlayNeverCostsTheFilm_data()
    {
        using Change = std::function<void(DcmDataset &)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<int>("left");
        const auto row
            = [](const char *name, int left, Change change) { QTest::newRow(name) << change << left; };
        row("no size", 0, [](DcmDataset &data) { withData(data); });
        row("65,535 x 65,535", 0, [](DcmDataset &data) {
            describe(data, 0x6000, 65535, 65535);
            withData(data);
        });
        row("ends early", 1, [](DcmDataset &data) {
            describe(data, 0x6000, 100, 100);
            withData(data);
        });
        row("no data", 0, [](DcmDataset &data) {
            describe(data, 0x6000, 2, 3);
            data.insertEmptyElement(DcmTag(0x6000, 0x3000, EVR_OW));
        });
        row("a bit of the pixels", 0, [](DcmDataset &data) {
            describe(data, 0x6000, 2, 3);
            data.putAndInsertUint16(DcmTag(0x6000, 0x0100, EVR_US), 16);
            data.putAndInsertUint16(DcmTag(0x6000, 0x0102, EVR_US), 11);
        });
        row("bit 200", 0, [](DcmDataset &data) {
            describe(data, 0x6000, 2, 3);
            data.putAndInsertUint16(DcmTag(0x6000, 0x0100, EVR_US), 16);
            data.putAndInsertUint16(DcmTag(0x6000, 0x0102, EVR_US), 200);
        });
    }

    void aDamagedOverlayNeverCostsTheFilm()
    {
        QFETCH(std::function<void(DcmDataset &)>, change);
        QFETCH(int, left);
        const FilmPtr film = opened(change);
        QVERIFY(film);
        QCOMPARE(static_cast<int>(film->overlays.size()), left);
        QCOMPARE(film->notices.size(), std::size_t{1});
        QVERIFY(film->notices[0].starts_with("Overlay 6000 "));
    }

    void tellsTheTimeBetweenFrames_data()
    {
        using Change = std::function<void(DcmDataset &)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<double>("expected");
        const auto row = [](const char *name, double expected, Change change) {
            QTest::newRow(name) << change << expected;
        };
        row("none", 0, [](DcmDataset &) {});
        row("frame time", 66.67, [](DcmDataset &data) {
            data.putAndInsertString(DCM_FrameTime, "66.67");
            data.putAndInsertString(DCM_CineRate, "30");
        });
        row("cine rate", 40, [](DcmDataset &data) { data.putAndInsertString(DCM_CineRate, "25"); });
        row("display rate", 50,
            [](DcmDataset &data) { data.putAndInsertString(DCM_RecommendedDisplayFrameRate, "20"); });
        row("vector", 100,
            [](DcmDataset &data) { data.putAndInsertString(DCM_FrameTimeVector, "0\\100\\120"); });
        row("nonsense", 0, [](DcmDataset &data) { data.putAndInsertString(DCM_FrameTime, "-5"); });
    }

    void tellsTheTimeBetweenFrames()
    {
        QFETCH(std::function<void(DcmDataset &)>, change);
        QFETCH(double, expected);
        const FilmPtr film = opened([&](DcmDataset &data) {
            framed(data, 2);
            change(data);
        });
        QVERIFY(film);
        QCOMPARE(film->frameTimeMs, expected);
    }

private:
    static void describe(DcmDataset &data, Uint16 group, Uint16 rows, Uint16 columns)
    {
        data.putAndInsertUint16(DcmTag(group, 0x0010, EVR_US), rows);
        data.putAndInsertUint16(DcmTag(group, 0x0011, EVR_US), columns);
        data.putAndInsertString(DcmTag(group, 0x0040, EVR_CS), "G");
        data.putAndInsertUint16(DcmTag(group, 0x0100, EVR_US), 1);
        data.putAndInsertUint16(DcmTag(group, 0x0102, EVR_US), 0);
    }

    static void withData(DcmDataset &data)
    {
        const Uint16 word = 0x0015;
        data.putAndInsertUint16Array(DcmTag(0x6000, 0x3000, EVR_OW), &word, 1);
    }

    static void framed(DcmDataset &data, int frames)
    {
        data.putAndInsertString(DCM_NumberOfFrames, std::to_string(frames).c_str());
        const std::vector<Uint16> cells(static_cast<std::size_t>(frames) * 6);
        data.putAndInsertUint16Array(DCM_PixelData, cells.data(), cells.size());
    }

    FilmPtr opened(const std::function<void(DcmDataset &)> &change,
                   E_TransferSyntax syntax = EXS_LittleEndianExplicit)
    {
        DcmFileFormat object;
        DcmDataset &data = *object.getDataset();
        data.putAndInsertString(DCM_SOPClassUID, UID_ComputedRadiographyImageStorage);
        data.putAndInsertString(DCM_SOPInstanceUID, "1.2.826.0.1.3680043.8.498.1");
        data.putAndInsertString(DCM_PhotometricInterpretation, "MONOCHROME2");
        data.putAndInsertUint16(DCM_SamplesPerPixel, 1);
        data.putAndInsertUint16(DCM_Rows, 2);
        data.putAndInsertUint16(DCM_Columns, 3);
        data.putAndInsertUint16(DCM_BitsAllocated, 16);
        data.putAndInsertUint16(DCM_BitsStored, 12);
        data.putAndInsertUint16(DCM_HighBit, 11);
        data.putAndInsertUint16(DCM_PixelRepresentation, 0);
        const std::vector<Uint16> cells(6);
        data.putAndInsertUint16Array(DCM_PixelData, cells.data(), cells.size());
        change(data);
        const std::string path = folder.filePath("film.dcm").toStdString();
        if (object.saveFile(path.c_str(), syntax, EET_UndefinedLength).bad())
            return nullptr;
        const auto film = readFilm(path);
        if (!film)
            qWarning("%s", film.error().detail.c_str());
        return film ? *film : nullptr;
    }

    QTemporaryDir folder;
};

QTEST_GUILESS_MAIN(DicomOverlaysTest)
#include "DicomOverlaysTest.moc"
