// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/FilmReader.h"

#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <cstdio>
#include <jpeglib.h>

using namespace hilum;

class RasterReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsSixteenBits()
    {
        QImage image(3, 2, QImage::Format_Grayscale16);
        const std::vector<std::uint16_t> values{0, 1, 256, 40000, 65534, 65535};
        for (int i = 0; i < 6; ++i)
            reinterpret_cast<quint16 *>(image.scanLine(i / 3))[i % 3] = values[static_cast<std::size_t>(i)];
        const FilmPtr film = saved(image, "sixteen.png");
        QVERIFY(film);
        QCOMPARE(std::get<std::vector<std::uint16_t>>(film->samples), values);
        QCOMPARE(film->bitsStored, 16);
        QCOMPARE(film->photometricText, std::string("MONOCHROME2"));
        QVERIFY(film->notices.empty());
    }

    void spreadsOneBit()
    {
        QImage image(9, 1, QImage::Format_Mono);
        image.setColorTable({qRgb(0, 0, 0), qRgb(255, 255, 255)});
        image.fill(0);
        image.setPixel(4, 0, 1);
        const FilmPtr film = saved(image, "bit.png");
        QVERIFY(film);
        QCOMPARE(bytes(*film), (std::vector<std::uint8_t>{0, 0, 0, 0, 255, 0, 0, 0, 0}));
    }

    void resolvesAPalette()
    {
        QImage image(2, 1, QImage::Format_Indexed8);
        image.setColorTable({qRgb(10, 20, 30), qRgb(200, 100, 50)});
        image.setPixel(0, 0, 1);
        image.setPixel(1, 0, 0);
        const FilmPtr film = saved(image, "palette.png");
        QVERIFY(film);
        QCOMPARE(bytes(*film), (std::vector<std::uint8_t>{200, 100, 50, 10, 20, 30}));
        QVERIFY(film->photometric == Photometric::Rgb);
    }

    void flattensTransparencyOverBlackAndSaysSo()
    {
        QImage image(2, 1, QImage::Format_ARGB32);
        image.setPixel(0, 0, qRgba(200, 100, 50, 128));
        image.setPixel(1, 0, qRgba(200, 100, 50, 0));
        const FilmPtr film = saved(image, "alpha.png");
        QVERIFY(film);
        QCOMPARE(bytes(*film), (std::vector<std::uint8_t>{100, 50, 25, 0, 0, 0}));
        QCOMPARE(film->notices.size(), std::size_t{1});
    }

    void makesColourWithEqualChannelsGrey()
    {
        QImage image(2, 1, QImage::Format_RGB888);
        image.setPixel(0, 0, qRgb(7, 7, 7));
        image.setPixel(1, 0, qRgb(9, 9, 9));
        const FilmPtr film = saved(image, "equal.png");
        QVERIFY(film);
        QCOMPARE(film->samplesPerPixel, 1);
        QCOMPARE(bytes(*film), (std::vector<std::uint8_t>{7, 9}));
        QCOMPARE(film->notices.size(), std::size_t{1});
    }

    void turnsJpegsAsExifAsks_data()
    {
        QTest::addColumn<int>("orientation");
        QTest::addColumn<int>("darkX"); // where the dark upper left corner of the stored picture goes
        QTest::addColumn<int>("darkY");
        QTest::newRow("1") << 1 << 0 << 0;
        QTest::newRow("2") << 2 << 1 << 0;
        QTest::newRow("3") << 3 << 1 << 1;
        QTest::newRow("4") << 4 << 0 << 1;
        QTest::newRow("5") << 5 << 0 << 0;
        QTest::newRow("6") << 6 << 1 << 0;
        QTest::newRow("7") << 7 << 1 << 1;
        QTest::newRow("8") << 8 << 0 << 1;
        QTest::newRow("99 is none") << 99 << 0 << 0;
    }

    void turnsJpegsAsExifAsks()
    {
        QFETCH(int, orientation);
        QFETCH(int, darkX);
        QFETCH(int, darkY);
        // 32 x 16, dark in the first 8 x 8 block; bright in the first row's far end for the transpose.
        QImage image(32, 16, QImage::Format_Grayscale8);
        image.fill(200);
        for (int i = 0; i < 64; ++i)
            image.scanLine(i / 8)[i % 8] = 10;
        const QString path = folder.filePath("turned.jpg");
        QVERIFY(image.save(path, "JPG", 100));
        insertExif(path, orientation);
        const auto read = readFilm(path.toStdString());
        QVERIFY(read);
        const Film &film = **read;
        const bool isSideways = orientation >= 5 && orientation <= 8;
        QCOMPARE(film.columns, isSideways ? 16 : 32);
        QCOMPARE(film.rows, isSideways ? 32 : 16);
        const int x = darkX == 0 ? 3 : film.columns - 4;
        const int y = darkY == 0 ? 3 : film.rows - 4;
        const auto samples = bytes(film);
        QVERIFY(samples[static_cast<std::size_t>(y * film.columns + x)] < 30);
        QVERIFY(std::ranges::count_if(samples, [](std::uint8_t sample) { return sample < 30; }) == 64);
        QCOMPARE(film.notices.empty(), orientation == 1 || orientation == 99);
    }

    void turnsPngsAsExifAsksAndSaysWhatItIgnores()
    {
        QImage image(3, 2, QImage::Format_Grayscale8);
        for (int i = 0; i < 6; ++i)
            image.scanLine(i / 3)[i % 3] = static_cast<uchar>(i * 40);
        const QString path = folder.filePath("chunks.png");
        QVERIFY(image.save(path));
        insertChunk(path, "gAMA", QByteArray::fromHex("0000b18f"));
        insertChunk(path, "eXIf",
                    QByteArray::fromHex("49492a0008000000" // TIFF, little-endian
                                        "0100"
                                        "120103000100000006000000"
                                        "00000000"));
        const auto read = readFilm(path.toStdString());
        QVERIFY(read);
        QCOMPARE((*read)->columns, 2);
        QCOMPARE((*read)->rows, 3);
        QCOMPARE(bytes(**read), (std::vector<std::uint8_t>{120, 0, 160, 40, 200, 80}));
        QCOMPARE((*read)->notices.size(), std::size_t{2});
        QVERIFY((*read)->notices[0].find("gAMA") != std::string::npos);
    }

    void turnsCmykIntoRgb()
    {
        const QString path = folder.filePath("cmyk.jpg");
        writeCmyk(path.toLocal8Bit().constData());
        const auto read = readFilm(path.toStdString());
        QVERIFY(read);
        const auto samples = bytes(**read);
        QCOMPARE(samples.size(), std::size_t{8 * 8 * 3});
        // Ink of cyan only: no red, all of green and blue. Without Adobe's marker, ink is not inverted.
        QVERIFY(samples[0] < 5 && samples[1] > 250 && samples[2] > 250);
        QVERIFY(!(*read)->notices.empty());
    }

    void opensACutPngWhenMostIsThere()
    {
        QImage image(64, 64, QImage::Format_Grayscale8);
        std::uint32_t noise = 1;
        for (int i = 0; i < 64 * 64; ++i)
            image.scanLine(i / 64)[i % 64]
                = static_cast<std::uint8_t>((noise = noise * 1664525 + 1013904223) >> 24);
        const QString path = folder.filePath("whole.png");
        QVERIFY(image.save(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray whole = file.readAll();
        int opened = 0;
        for (qsizetype length = 0; length < whole.size(); length += 97) {
            const auto film = readFilm(written(whole.first(length), "cut.png"));
            opened += film ? 1 : 0;
            if (film)
                QCOMPARE((*film)->notices.size(), std::size_t{1});
        }
        QVERIFY(opened > 5 && opened < whole.size() / 97 * 3 / 4);
    }

    void refusesByContent_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("code");
        const auto code = [](ErrorCode value) { return static_cast<int>(value); };
        QTest::newRow("text") << QByteArray("hello, this is no film at all")
                              << code(ErrorCode::FormatUnsupported);
        QTest::newRow("GIF") << QByteArray("GIF89a and so on") << code(ErrorCode::FormatUnsupported);
        QTest::newRow("empty") << QByteArray() << code(ErrorCode::FileUnreadable);
        QTest::newRow("PNG signature only")
            << QByteArray("\x89PNG\r\n\x1a\n") << code(ErrorCode::DataCorrupt);
        QTest::newRow("JPEG start only") << QByteArray("\xff\xd8\xff\xe0") << code(ErrorCode::DataCorrupt);
        QTest::newRow("JPEG XL") << QByteArray("\xff\x0a\0\0\0\0", 6) << code(ErrorCode::FormatUnsupported);
        QTest::newRow("lossless JPEG")
            << QByteArray::fromHex("ffd8ffc3000b080010001001011100") << code(ErrorCode::FormatUnsupported);
        QTest::newRow("12-bit JPEG") << QByteArray::fromHex("ffd8ffc1000b0c0010001001011100")
                                     << code(ErrorCode::FormatUnsupported);
        QByteArray huge
            = QByteArray::fromHex("89504e470d0a1a0a0000000d4948445200007530000075300800000000434ca76600000001"
                                  "49444154");
        QTest::newRow("PNG of 900 megapixels") << huge << code(ErrorCode::LimitExceeded);
    }

    void refusesByContent()
    {
        QFETCH(QByteArray, content);
        QFETCH(int, code);
        const auto film = readFilm(written(content, "named.dcm"));
        QVERIFY(!film);
        QCOMPARE(static_cast<int>(film.error().code), code);
    }

private:
    FilmPtr saved(const QImage &image, const char *name)
    {
        const QString path = folder.filePath(QString::fromUtf8(name));
        const auto film = image.save(path) ? readFilm(path.toStdString()) : Result<FilmPtr>(nullptr);
        return film ? *film : nullptr;
    }

    std::filesystem::path written(const QByteArray &content, const char *name)
    {
        QFile file(folder.filePath(QString::fromUtf8(name)));
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
        return file.fileName().toStdString();
    }

    static std::vector<std::uint8_t> bytes(const Film &film)
    {
        return std::get<std::vector<std::uint8_t>>(film.samples);
    }

    static void insertExif(const QString &path, int orientation)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray content = file.readAll();
        QByteArray exif = QByteArray::fromHex("ffe10022457869660000" // APP1, "Exif"
                                              "4d4d002a00000008" // TIFF, big-endian
                                              "0001" // one entry
                                              "0112000300000001"); // orientation, one short
        exif.append(static_cast<char>(orientation >> 8)).append(static_cast<char>(orientation & 0xff));
        exif.append(QByteArray::fromHex("000000000000"));
        content.insert(2, exif);
        file.seek(0);
        file.write(content);
    }

    // After the header chunk, which every PNG begins with.
    static void insertChunk(const QString &path, const QByteArray &name, const QByteArray &content)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray whole = file.readAll();
        const auto u32 = [](quint32 value) {
            QByteArray text(4, '\0');
            qToBigEndian(value, text.data());
            return text;
        };
        quint32 crc = 0xffffffff;
        for (const char byte : name + content) {
            crc ^= static_cast<quint8>(byte);
            for (int bit = 0; bit < 8; ++bit)
                crc = crc >> 1 ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
        }
        whole.insert(33, u32(static_cast<quint32>(content.size())) + name + content + u32(~crc));
        file.seek(0);
        file.write(whole);
    }

    static void writeCmyk(const char *path)
    {
        jpeg_compress_struct encoder;
        jpeg_error_mgr errors;
        encoder.err = jpeg_std_error(&errors);
        jpeg_create_compress(&encoder);
        std::FILE *file = std::fopen(path, "wb");
        jpeg_stdio_dest(&encoder, file);
        encoder.image_width = encoder.image_height = 8;
        encoder.input_components = 4;
        encoder.in_color_space = JCS_CMYK;
        jpeg_set_defaults(&encoder);
        encoder.write_Adobe_marker = FALSE;
        jpeg_start_compress(&encoder, TRUE);
        std::vector<JSAMPLE> row;
        for (int i = 0; i < 8; ++i)
            row.insert(row.end(), {255, 0, 0, 0});
        JSAMPROW start = row.data();
        while (encoder.next_scanline < encoder.image_height)
            jpeg_write_scanlines(&encoder, &start, 1);
        jpeg_finish_compress(&encoder);
        jpeg_destroy_compress(&encoder);
        std::fclose(file);
    }

    QTemporaryDir folder;
};

QTEST_GUILESS_MAIN(RasterReaderTest)
#include "RasterReaderTest.moc"
