// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DicomDirectory.h"
#include "core/codec/FilmReader.h"

#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djencode.h>
#include <dcmtk/dcmjpeg/djrplol.h>
#include <dcmtk/dcmjpeg/djrploss.h>
#include <dcmtk/dcmjpls/djencode.h>

#include <QBuffer>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <random>

using namespace hilum;

// Small films of every kind with some of their bytes changed, cut out or doubled, always the same ones.
// Whatever comes of it, a film or an error, must come without a crash; the sanitizers watch. More rounds:
// HILUM_MUTATIONS=10000.
class MutationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        DJEncoderRegistration::registerCodecs();
        DJLSEncoderRegistration::registerCodecs();
    }

    void neverCrashesOn_data()
    {
        QTest::addColumn<QByteArray>("film");
        const DJ_RPLossless lossless(1, 0);
        const DJ_RPLossy lossy(90);
        QTest::newRow("explicit") << dicom(EXS_LittleEndianExplicit);
        QTest::newRow("implicit") << dicom(EXS_LittleEndianImplicit);
        QTest::newRow("big endian") << dicom(EXS_BigEndianExplicit);
        QTest::newRow("deflated") << dicom(EXS_DeflatedLittleEndianExplicit);
        QTest::newRow("RLE") << rle();
        QTest::newRow("JPEG lossless") << dicom(EXS_JPEGProcess14SV1, &lossless);
        QTest::newRow("JPEG extended") << dicom(EXS_JPEGProcess2_4, &lossy);
        QTest::newRow("JPEG-LS") << dicom(EXS_JPEGLSLossless);
        QTest::newRow("DICOMDIR") << directory();
        QTest::newRow("PNG") << picture("PNG");
        QTest::newRow("JPEG") << picture("JPG");
    }

    void neverCrashesOn()
    {
        QFETCH(QByteArray, film);
        QVERIFY(!film.isEmpty());
        QVERIFY(readFilmBytes(bytesOf(film)) || readRecords(bytesOf(film)));
        const int rounds = qEnvironmentVariableIntValue("HILUM_MUTATIONS");
        std::mt19937 random(static_cast<std::mt19937::result_type>(film.size()));
        int opened = 0;
        for (int round = 0; round < (rounds > 0 ? rounds : 150); ++round) {
            const QByteArray changed = mutated(film, random);
            opened += readFilmBytes(bytesOf(changed)).has_value() ? 1 : 0;
            opened += readRecords(bytesOf(changed)).has_value() ? 1 : 0;
        }
        qInfo("%d opened", opened);
    }

private:
    static Bytes bytesOf(const QByteArray &bytes)
    {
        return std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    }

    static QByteArray mutated(QByteArray bytes, std::mt19937 &random)
    {
        const auto below
            = [&](qsizetype end) { return static_cast<qsizetype>(random() % static_cast<quint32>(end)); };
        const auto changes = 1 + below(6);
        for (qsizetype i = 0; i < changes && bytes.size() > 16; ++i) {
            const qsizetype at = below(bytes.size());
            const qsizetype length = std::min<qsizetype>(1 + below(8), bytes.size() - at);
            switch (below(6)) {
            case 0:
                bytes[at] = static_cast<char>(random());
                break;
            case 1:
                bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
                break;
            case 2:
                bytes.replace(at, length, QByteArray(length, '\xff'));
                break;
            case 3:
                bytes.remove(at, length);
                break;
            case 4:
                bytes.insert(at, bytes.mid(below(bytes.size()), length));
                break;
            default:
                bytes.replace(at, length, QByteArray(length, '\0'));
            }
        }
        return bytes;
    }

    static void describe(DcmDataset &data)
    {
        data.putAndInsertString(DCM_SOPClassUID, UID_ComputedRadiographyImageStorage);
        data.putAndInsertString(DCM_SOPInstanceUID, "1.2.826.0.1.3680043.8.498.1");
        data.putAndInsertString(DCM_SpecificCharacterSet, "ISO_IR 100");
        data.putAndInsertString(DCM_PatientName,
                                "B\xe9"
                                "b\xe9");
        data.putAndInsertString(DCM_PhotometricInterpretation, "MONOCHROME2");
        data.putAndInsertString(DCM_NumberOfFrames, "2");
        data.putAndInsertString(DCM_FrameTime, "40");
        data.putAndInsertString(DCM_WindowCenter, "40\\50");
        data.putAndInsertString(DCM_WindowWidth, "400\\20");
        data.putAndInsertString(DCM_PixelSpacing, "0.2\\0.2");
        for (const auto &[tag, value] :
             std::initializer_list<std::pair<DcmTagKey, Uint16>>{{DCM_SamplesPerPixel, 1},
                                                                 {DCM_Rows, 12},
                                                                 {DCM_Columns, 10},
                                                                 {DCM_BitsAllocated, 16},
                                                                 {DCM_BitsStored, 12},
                                                                 {DCM_HighBit, 11},
                                                                 {DCM_PixelRepresentation, 0}})
            data.putAndInsertUint16(tag, value);
        DcmItem *table = nullptr;
        data.findOrCreateSequenceItem(DCM_VOILUTSequence, table);
        const std::array<Uint16, 3> descriptor{4, 0, 16};
        const std::array<Uint16, 4> entries{0, 5, 10, 40};
        table->putAndInsertUint16Array(DcmTag(DCM_LUTDescriptor, EVR_US), descriptor.data(), 3);
        table->putAndInsertUint16Array(DcmTag(DCM_LUTData, EVR_OW), entries.data(), 4);
        const std::vector<Uint16> overlay(8, 0x5a5a);
        data.putAndInsertUint16(DcmTag(0x6000, 0x0010, EVR_US), 12);
        data.putAndInsertUint16(DcmTag(0x6000, 0x0011, EVR_US), 10);
        data.putAndInsertUint16(DcmTag(0x6000, 0x0100, EVR_US), 1);
        data.putAndInsertUint16Array(DcmTag(0x6000, 0x3000, EVR_OW), overlay.data(), overlay.size());
        data.putAndInsertUint16(DcmTag(0x6002, 0x0100, EVR_US), 16);
        data.putAndInsertUint16(DcmTag(0x6002, 0x0102, EVR_US), 14);
        std::vector<Uint16> cells(240);
        for (std::size_t i = 0; i < cells.size(); ++i)
            cells[i] = static_cast<Uint16>(i * 37 % 4096);
        data.putAndInsertUint16Array(DCM_PixelData, cells.data(), cells.size());
    }

    QByteArray saved(DcmFileFormat &object, E_TransferSyntax syntax)
    {
        const QString path = folder.filePath("film");
        QFile file(path);
        if (object.saveFile(path.toLocal8Bit().constData(), syntax).bad() || !file.open(QIODevice::ReadOnly))
            return {};
        return file.readAll();
    }

    QByteArray dicom(E_TransferSyntax syntax, const DcmRepresentationParameter *how = nullptr)
    {
        DcmFileFormat object;
        describe(*object.getDataset());
        if (object.getDataset()->chooseRepresentation(syntax, how).bad())
            return {};
        // Lossy encoding has given it a new one, another each time.
        object.getDataset()->putAndInsertString(DCM_SOPInstanceUID, "1.2.826.0.1.3680043.8.498.1");
        return saved(object, syntax);
    }

    // DCMTK's encoder is not needed for two frames of literals.
    QByteArray rle()
    {
        DcmFileFormat object;
        describe(*object.getDataset());
        object.getDataset()->findAndDeleteElement(DCM_PixelData);
        std::vector<Uint8> frame(64);
        frame[0] = 2;
        frame[4] = 64;
        for (int segment = 0; segment < 2; ++segment) {
            frame[8] = static_cast<Uint8>(segment == 0 ? 64 + 121 : frame[8]);
            frame.push_back(119);
            for (int i = 0; i < 120; ++i)
                frame.push_back(static_cast<Uint8>(segment == 0 ? i % 16 : i * 7));
        }
        auto *sequence = new DcmPixelSequence(DcmTag(DCM_PixelData, EVR_OB));
        sequence->insert(new DcmPixelItem(DcmTag(DCM_Item, EVR_OB)));
        for (int i = 0; i < 2; ++i) {
            auto *item = new DcmPixelItem(DcmTag(DCM_Item, EVR_OB));
            item->putUint8Array(frame.data(), static_cast<unsigned long>(frame.size()));
            sequence->insert(item);
        }
        auto *data = new DcmPixelData(DcmTag(DCM_PixelData, EVR_OB));
        data->putOriginalRepresentation(EXS_RLELossless, nullptr, sequence);
        object.getDataset()->insert(data, OFTrue);
        return saved(object, EXS_RLELossless);
    }

    QByteArray directory()
    {
        DcmFileFormat object;
        object.getMetaInfo()->putAndInsertString(DCM_MediaStorageSOPClassUID,
                                                 UID_MediaStorageDirectoryStorage);
        object.getMetaInfo()->putAndInsertString(DCM_MediaStorageSOPInstanceUID, "1.2.3");
        for (const char *type : {"PATIENT", "STUDY", "SERIES", "IMAGE", "IMAGE"}) {
            DcmItem *item = nullptr;
            object.getDataset()->findOrCreateSequenceItem(DCM_DirectoryRecordSequence, item, -2);
            item->putAndInsertUint32(DcmTag(DCM_OffsetOfTheNextDirectoryRecord, EVR_UL), 400);
            item->putAndInsertUint32(DcmTag(DCM_OffsetOfReferencedLowerLevelDirectoryEntity, EVR_UL), 500);
            item->putAndInsertString(DCM_DirectoryRecordType, type);
            item->putAndInsertString(DCM_ReferencedFileID, "FILMS\\A");
        }
        return saved(object, EXS_LittleEndianExplicit);
    }

    static QByteArray picture(const char *format)
    {
        QImage image(20, 14, QImage::Format_RGB32);
        for (int y = 0; y < 14; ++y) {
            for (int x = 0; x < 20; ++x)
                image.setPixel(x, y, qRgb(x * 12, y * 18, x * y));
        }
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, format);
        return bytes;
    }

    QTemporaryDir folder;
};

QTEST_GUILESS_MAIN(MutationTest)
#include "MutationTest.moc"
