// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/FilmReader.h"

#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dctk.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <array>
#include <functional>

using namespace hilum;

// Small DICOM films written here by DCMTK, each with the one thing that its test is about.
class DicomReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsSizeValuesAndWindow()
    {
        const FilmPtr film = opened(written([](DcmDataset &data) {
            data.putAndInsertString(DCM_WindowCenter, "40\\-10.5");
            data.putAndInsertString(DCM_WindowWidth, "400\\20");
            data.putAndInsertString(DCM_WindowCenterWidthExplanation, "lung\\bone");
            data.putAndInsertString(DCM_RescaleSlope, "0.5");
            data.putAndInsertString(DCM_RescaleIntercept, "-1000");
        }));
        QVERIFY(film);
        QCOMPARE(film->rows, 2);
        QCOMPARE(film->columns, 3);
        QCOMPARE(std::get<std::vector<std::uint16_t>>(film->samples),
                 (std::vector<std::uint16_t>{0, 1, 2, 1000, 2000, 4095}));
        QCOMPARE(film->windows.size(), std::size_t{2});
        QCOMPARE(film->windows[1].centre, -10.5);
        QCOMPARE(film->windows[1].explanation, std::string("bone"));
        QCOMPARE(film->modalityTransform.slope, 0.5);
        QCOMPARE(film->modalityTransform.intercept, -1000.0);
        QCOMPARE(film->transferSyntax, std::string("1.2.840.10008.1.2.1"));
    }

    void masksOverlayBits()
    {
        const std::vector<Uint16> cells{0xf001, 0x0002, 0x8fff, 0, 0, 0};
        const FilmPtr film = opened(written([&](DcmDataset &data) {
            data.putAndInsertUint16Array(DCM_PixelData, cells.data(), cells.size());
        }));
        QVERIFY(film);
        QCOMPARE(std::get<std::vector<std::uint16_t>>(film->samples),
                 (std::vector<std::uint16_t>{1, 2, 0xfff, 0, 0, 0}));
    }

    void shiftsAHighHighBitDown()
    {
        const std::vector<Uint16> cells{0x0010, 0xfff0, 0x0020, 0, 0, 0};
        const FilmPtr film = opened(written([&](DcmDataset &data) {
            data.putAndInsertUint16(DCM_HighBit, 15);
            data.putAndInsertUint16Array(DCM_PixelData, cells.data(), cells.size());
        }));
        QVERIFY(film);
        QCOMPARE(std::get<std::vector<std::uint16_t>>(film->samples),
                 (std::vector<std::uint16_t>{1, 0xfff, 2, 0, 0, 0}));
    }

    void extendsTheSign()
    {
        const std::vector<Uint16> cells{0x0fff, 0x0800, 0x07ff, 0, 0, 0};
        const FilmPtr film = opened(written([&](DcmDataset &data) {
            data.putAndInsertUint16(DCM_PixelRepresentation, 1);
            data.putAndInsertUint16Array(DCM_PixelData, cells.data(), cells.size());
        }));
        QVERIFY(film);
        QCOMPARE(std::get<std::vector<std::int16_t>>(film->samples),
                 (std::vector<std::int16_t>{-1, -2048, 2047, 0, 0, 0}));
    }

    void readsTheSameFromEverySyntax_data()
    {
        QTest::addColumn<int>("syntax");
        QTest::newRow("implicit little endian") << int(EXS_LittleEndianImplicit);
        QTest::newRow("explicit big endian") << int(EXS_BigEndianExplicit);
        QTest::newRow("deflated") << int(EXS_DeflatedLittleEndianExplicit);
    }

    void readsTheSameFromEverySyntax()
    {
        QFETCH(int, syntax);
        const FilmPtr film = opened(written([](DcmDataset &) {}, static_cast<E_TransferSyntax>(syntax)));
        QVERIFY(film);
        QCOMPARE(std::get<std::vector<std::uint16_t>>(film->samples),
                 (std::vector<std::uint16_t>{0, 1, 2, 1000, 2000, 4095}));
    }

    void choosesTheSpacingByItsMeaning()
    {
        const auto imager = [](DcmDataset &data) {
            data.putAndInsertString(DCM_ImagerPixelSpacing, "0.2\\0.4");
            data.putAndInsertString(DCM_EstimatedRadiographicMagnificationFactor, "1.25");
        };
        const FilmPtr detector = opened(written(imager));
        QVERIFY(detector && detector->spacing);
        QCOMPARE(detector->spacing->row, 0.2);
        QCOMPARE(detector->spacing->magnification, 1.25);
        QVERIFY(detector->spacing->source == SpacingSource::ImagerPixelSpacing);
        QCOMPARE(detector->pixelAspect, 0.5);
        const FilmPtr patient = opened(written([&](DcmDataset &data) {
            imager(data);
            data.putAndInsertString(DCM_PixelSpacing, "0.1\\0.1");
        }));
        QVERIFY(patient && patient->spacing);
        QVERIFY(patient->spacing->source == SpacingSource::PixelSpacing);
        QVERIFY(!patient->spacing->repeatsImager);
        QVERIFY(patient->spacing->calibration == SpacingCalibration::NotSaid);
        const FilmPtr repeated = opened(written([&](DcmDataset &data) {
            imager(data);
            data.putAndInsertString(DCM_PixelSpacing, "0.20\\0.400");
            data.putAndInsertString(DCM_PixelSpacingCalibrationType, "FIDUCIAL");
        }));
        QVERIFY(repeated && repeated->spacing);
        QVERIFY(repeated->spacing->repeatsImager);
        QVERIFY(repeated->spacing->calibration == SpacingCalibration::Fiducial);
        QVERIFY(!opened(written([](DcmDataset &) {}))->spacing);
    }

    void leavesAnImpossibleWindowOut()
    {
        const FilmPtr film = opened(written([](DcmDataset &data) {
            data.putAndInsertString(DCM_WindowCenter, "40");
            data.putAndInsertString(DCM_WindowWidth, "0");
        }));
        QVERIFY(film && film->windows.empty());
        QCOMPARE(film->notices.size(), std::size_t{1});
    }

    void readsPaddingAsARange()
    {
        const FilmPtr film = opened(written([](DcmDataset &data) {
            data.putAndInsertUint16(DCM_PixelPaddingValue, 4095);
            data.putAndInsertUint16(DCM_PixelPaddingRangeLimit, 4000);
        }));
        QVERIFY(film && film->padding);
        QCOMPARE(film->padding->low, 4000.0);
        QCOMPARE(film->padding->high, 4095.0);
    }

    void expandsSegmentedPalettes()
    {
        // Two values as they are, a line of three to 130, the first segment once more (PS3.3 C.7.9.2).
        const std::vector<Uint16> words{0, 2, 10, 100, 1, 3, 130, 2, 1, 0, 0};
        const FilmPtr film = opened(written([&](DcmDataset &data) {
            data.putAndInsertString(DCM_PhotometricInterpretation, "PALETTE COLOR");
            const std::array<Uint16, 3> descriptor{7, 0, 16};
            for (const DcmTagKey &tag :
                 {DCM_RedPaletteColorLookupTableDescriptor, DCM_GreenPaletteColorLookupTableDescriptor,
                  DCM_BluePaletteColorLookupTableDescriptor})
                data.putAndInsertUint16Array(DcmTag(tag, EVR_US), descriptor.data(), 3);
            for (const DcmTagKey &tag :
                 {DCM_SegmentedRedPaletteColorLookupTableData, DCM_SegmentedGreenPaletteColorLookupTableData,
                  DCM_SegmentedBluePaletteColorLookupTableData})
                data.putAndInsertUint16Array(DcmTag(tag, EVR_OW), words.data(), words.size());
        }));
        QVERIFY(film && film->palette);
        QCOMPARE(film->palette->green.entries, (std::vector<std::uint16_t>{10, 100, 110, 120, 130, 10, 100}));
        QVERIFY(film->notices.empty());
    }

    void readsCompressedPixelsThatHaveALength()
    {
        const std::string path = written(
            [](DcmDataset &data) {
                data.findAndDeleteElement(DCM_PixelData);
                // Two segments of six literals each: 0x0101, 0x0202 and so on.
                std::vector<Uint8> frame(64);
                frame[0] = 2;
                frame[4] = 64;
                frame[8] = 71;
                for (int segment = 0; segment < 2; ++segment)
                    frame.insert(frame.end(), {5, 1, 2, 3, 4, 5, 6});
                auto *sequence = new DcmPixelSequence(DcmTag(DCM_PixelData, EVR_OB));
                sequence->insert(new DcmPixelItem(DcmTag(DCM_Item, EVR_OB)));
                auto *item = new DcmPixelItem(DcmTag(DCM_Item, EVR_OB));
                item->putUint8Array(frame.data(), static_cast<unsigned long>(frame.size()));
                sequence->insert(item);
                auto *pixels = new DcmPixelData(DcmTag(DCM_PixelData, EVR_OB));
                pixels->putOriginalRepresentation(EXS_RLELossless, nullptr, sequence);
                data.insert(pixels, OFTrue);
            },
            EXS_RLELossless);
        QVERIFY(!path.empty());
        const std::vector<std::uint16_t> values{0x101, 0x202, 0x303, 0x404, 0x505, 0x606};
        const FilmPtr regular = opened(path);
        QVERIFY(regular && regular->notices.empty());
        QCOMPARE(std::get<std::vector<std::uint16_t>>(regular->samples), values);

        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray bytes = file.readAll();
        const qsizetype length = bytes.indexOf(QByteArray("\xe0\x7f\x10\0OB\0\0\xff\xff\xff\xff", 12)) + 8;
        qToLittleEndian(static_cast<quint32>(bytes.size() - length - 4), bytes.data() + length);
        file.seek(0);
        file.write(bytes);
        file.close();
        const FilmPtr measured = opened(path);
        QVERIFY(measured);
        QCOMPARE(std::get<std::vector<std::uint16_t>>(measured->samples), values);
        QCOMPARE(measured->notices.size(), std::size_t{1});
    }

    void readsBigEndianPixelsBehindImplicitAttributes()
    {
        const std::string path = written([](DcmDataset &) {}, EXS_LittleEndianImplicit);
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray bytes = file.readAll();
        bytes.replace(QByteArray("1.2.840.10008.1.2\0", 18), "1.2.840.113619.5.2");
        for (qsizetype at = bytes.size() - 12; at < bytes.size(); at += 2)
            std::swap(bytes[at], bytes[at + 1]);
        file.seek(0);
        file.write(bytes);
        file.close();
        const FilmPtr film = opened(path);
        QVERIFY(film);
        QCOMPARE(std::get<std::vector<std::uint16_t>>(film->samples),
                 (std::vector<std::uint16_t>{0, 1, 2, 1000, 2000, 4095}));
    }

    void listsTagsInSequences()
    {
        const FilmPtr film = opened(written([](DcmDataset &data) {
            data.putAndInsertString(DCM_PatientName, "Test^Film");
            DcmItem *item = nullptr;
            data.findOrCreateSequenceItem(DCM_ViewCodeSequence, item);
            item->putAndInsertString(DCM_CodeMeaning, "postero-anterior");
        }));
        QVERIFY(film);
        const auto named = [&](const char *name) {
            return std::ranges::find(film->tags, std::string(name), &FilmTag::name);
        };
        QCOMPARE(named("PatientName")->value, std::string("Test^Film"));
        QCOMPARE(named("PatientName")->tag, std::string("0010,0010"));
        QCOMPARE(named("CodeMeaning")->depth, 1);
    }

    void openAsEndsEarlyOrFail_data()
    {
        QTest::addColumn<int>("missing");
        QTest::addColumn<bool>("opens");
        QTest::newRow("one row of two") << 6 << true;
        QTest::newRow("nearly all") << 11 << false;
    }

    void openAsEndsEarlyOrFail()
    {
        QFETCH(int, missing);
        QFETCH(bool, opens);
        const std::string path = written([](DcmDataset &) {});
        QFile file(QString::fromStdString(path));
        QVERIFY(file.resize(file.size() - missing));
        const auto film = readFilm(path);
        QCOMPARE(film.has_value(), opens);
        if (film) {
            QCOMPARE((*film)->notices,
                     std::vector<std::string>{"truncated: last 1 row missing (of 2; shown as zero)"});
            QCOMPARE(std::get<std::vector<std::uint16_t>>((*film)->samples)[5], std::uint16_t{0});
        } else {
            QCOMPARE(film.error().code, ErrorCode::DataCorrupt);
        }
    }

    void neverCrashesWhereverTheFileIsCut()
    {
        const std::string path = written([](DcmDataset &data) {
            DcmItem *item = nullptr;
            data.findOrCreateSequenceItem(DCM_ViewCodeSequence, item);
            item->putAndInsertString(DCM_CodeMeaning, "postero-anterior");
        });
        QFile file(QString::fromStdString(path));
        for (qint64 length = file.size() - 13; length >= 0; length -= 3) {
            QVERIFY(file.resize(length));
            QVERIFY(!readFilm(path));
        }
    }

    void refusesWithTheRightCode_data()
    {
        using Change = std::function<void(DcmDataset &)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, Change change, ErrorCode code) {
            QTest::newRow(name) << change << static_cast<int>(code);
        };
        row(
            "no pixel data", [](DcmDataset &data) { data.findAndDeleteElement(DCM_PixelData); },
            ErrorCode::NoPixelData);
        row(
            "no rows", [](DcmDataset &data) { data.findAndDeleteElement(DCM_Rows); }, ErrorCode::DataCorrupt);
        row(
            "65,535 x 65,535",
            [](DcmDataset &data) {
                data.putAndInsertUint16(DCM_Rows, 65535);
                data.putAndInsertUint16(DCM_Columns, 65535);
            },
            ErrorCode::LimitExceeded);
        row(
            "20 of 16 bits", [](DcmDataset &data) { data.putAndInsertUint16(DCM_BitsStored, 20); },
            ErrorCode::DataCorrupt);
        row(
            "12 bits allocated", [](DcmDataset &data) { data.putAndInsertUint16(DCM_BitsAllocated, 12); },
            ErrorCode::FormatUnsupported);
        row(
            "a palette film without palette",
            [](DcmDataset &data) { data.putAndInsertString(DCM_PhotometricInterpretation, "PALETTE COLOR"); },
            ErrorCode::DataCorrupt);
        row(
            "nested 70 deep",
            [](DcmDataset &data) {
                DcmItem *item = &data;
                for (int i = 0; i < 70; ++i)
                    item->findOrCreateSequenceItem(DCM_ViewCodeSequence, item);
                item->putAndInsertString(DCM_CodeMeaning, "deep");
            },
            ErrorCode::LimitExceeded);
    }

    void refusesWithTheRightCode()
    {
        QFETCH(std::function<void(DcmDataset &)>, change);
        QFETCH(int, code);
        const auto film = readFilm(written(change));
        QVERIFY(!film);
        QCOMPARE(static_cast<int>(film.error().code), code);
    }

    void believesTheDataSetAboutItsVr_data()
    {
        QTest::addColumn<int>("promised");
        QTest::addColumn<int>("real");
        QTest::newRow("implicit under explicit")
            << int(EXS_LittleEndianExplicit) << int(EXS_LittleEndianImplicit);
        QTest::newRow("explicit under implicit")
            << int(EXS_LittleEndianImplicit) << int(EXS_LittleEndianExplicit);
    }

    void believesTheDataSetAboutItsVr()
    {
        QFETCH(int, promised);
        QFETCH(int, real);
        const auto nothing = [](DcmDataset &) {};
        const QByteArray head = bytesOf(written(nothing, static_cast<E_TransferSyntax>(promised)));
        const QByteArray body = bytesOf(written(nothing, static_cast<E_TransferSyntax>(real)));
        const QByteArray mixed = head.first(dataSetStart(head)) + body.sliced(dataSetStart(body));
        const FilmPtr film = opened(stored(mixed));
        QVERIFY(film);
        QCOMPARE(std::get<std::vector<std::uint16_t>>(film->samples),
                 (std::vector<std::uint16_t>{0, 1, 2, 1000, 2000, 4095}));
        QCOMPARE(film->modality, std::string("CR"));
        QCOMPARE(film->notices.size(), std::size_t{1});
        QVERIFY(film->notices.front().find("VR") != std::string::npos);
    }

    void doesNotNeedARightGroupLength()
    {
        QByteArray file = bytesOf(written([](DcmDataset &) {}));
        const qsizetype lengthAt = 132 + 8;
        file.replace(lengthAt, 4, QByteArray::fromHex("0f270000"));
        const FilmPtr film = opened(stored(file));
        QVERIFY(film);
        QCOMPARE(film->modality, std::string("CR"));
    }

    void takesNoFramesForOne()
    {
        const FilmPtr film
            = opened(written([](DcmDataset &data) { data.putAndInsertString(DCM_NumberOfFrames, "0"); }));
        QVERIFY(film);
        QCOMPARE(film->frames, 1);
        QCOMPARE(film->notices.size(), std::size_t{1});
    }

private:
    static QByteArray bytesOf(const std::string &path)
    {
        QFile file(QString::fromStdString(path));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::string stored(const QByteArray &bytes)
    {
        QFile file(folder.filePath(QStringLiteral("changed.dcm")));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return file.fileName().toStdString();
    }

    // After the preamble, the group length element and the group that it measures.
    static qsizetype dataSetStart(const QByteArray &file)
    {
        constexpr qsizetype groupLength = 132 + 8;
        qsizetype length = 0;
        for (qsizetype i = 0; i < 4; ++i)
            length |= static_cast<qsizetype>(static_cast<unsigned char>(file[groupLength + i])) << (8 * i);
        return groupLength + 4 + length;
    }

    std::string written(const std::function<void(DcmDataset &)> &change,
                        E_TransferSyntax syntax = EXS_LittleEndianExplicit)
    {
        DcmFileFormat object;
        DcmDataset &data = *object.getDataset();
        data.putAndInsertString(DCM_SOPClassUID, UID_ComputedRadiographyImageStorage);
        data.putAndInsertString(DCM_SOPInstanceUID, "1.2.826.0.1.3680043.8.498.1");
        data.putAndInsertString(DCM_Modality, "CR");
        data.putAndInsertString(DCM_PhotometricInterpretation, "MONOCHROME2");
        data.putAndInsertUint16(DCM_SamplesPerPixel, 1);
        data.putAndInsertUint16(DCM_Rows, 2);
        data.putAndInsertUint16(DCM_Columns, 3);
        data.putAndInsertUint16(DCM_BitsAllocated, 16);
        data.putAndInsertUint16(DCM_BitsStored, 12);
        data.putAndInsertUint16(DCM_HighBit, 11);
        data.putAndInsertUint16(DCM_PixelRepresentation, 0);
        const std::vector<Uint16> cells{0, 1, 2, 1000, 2000, 4095};
        data.putAndInsertUint16Array(DCM_PixelData, cells.data(), cells.size());
        change(data);
        const std::string path = folder.filePath("film.dcm").toStdString();
        if (object.saveFile(path.c_str(), syntax, EET_UndefinedLength).bad())
            return {};
        return path;
    }

    static FilmPtr opened(const std::string &path)
    {
        const auto film = readFilm(path);
        if (!film)
            qWarning("%s", film.error().detail.c_str());
        return film ? *film : nullptr;
    }

    QTemporaryDir folder;
};

QTEST_GUILESS_MAIN(DicomReaderTest)
#include "DicomReaderTest.moc"
