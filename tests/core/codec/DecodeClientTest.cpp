// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DecodeClient.h"
#include "core/codec/FilmReader.h"
#include "core/codec/FilmWire.h"
#include "core/codec/PngWriter.h"
#include "tests/core/codec/SharedFilms.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <thread>

using namespace hilum;
using namespace std::chrono_literals;

class DecodeClientTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        GreyImage image(300, 200);
        for (std::size_t i = 0; i < image.samples().size(); ++i)
            image.samples()[i] = static_cast<std::uint8_t>(i * 7);
        QVERIFY(writePng(image, film()));
    }

    void givesTheSameFilmAsReadFilm()
    {
        DecodeClient client(HILUM_BIN_DIR "/hilum-decode");
        const auto direct = readFilm(film());
        const auto served = client.read(film());
        QVERIFY(direct && served);
        QCOMPARE((*served)->samples, (*direct)->samples);
        QCOMPARE((*served)->file, (*direct)->file);
        QCOMPARE((*served)->rows, 200);
    }

    void givesTheSameOfAllReferenceFilms()
    {
        const auto shared = sharedFolder("HILUM_DICOM", "dicom");
        if (shared.empty())
            QSKIP("SHARED reference films are not here");
        DecodeClient client(HILUM_BIN_DIR "/hilum-decode");
        int films = 0;
        for (const auto &entry : std::filesystem::directory_iterator(shared / "files")) {
            const auto direct = readFilm(entry.path());
            const auto served = client.read(entry.path());
            QVERIFY2(direct.has_value() == served.has_value(), entry.path().c_str());
            if (!direct) {
                QCOMPARE(QString::fromStdString(served.error().detail),
                         QString::fromStdString(direct.error().detail));
                continue;
            }
            ++films;
            QVERIFY2(packFilm(**served) == packFilm(**direct), entry.path().c_str());
            // By bytes: a film of floats may hold NaN.
            QVERIFY2(std::ranges::equal(samplesOf(**served), samplesOf(**direct)), entry.path().c_str());
        }
        qInfo("%d films", films);
    }

    void givesAVeryLargeFilmAndTheNext()
    {
        // More than the helper keeps warm: its memory is given back between films.
        GreyImage image(9001, 8000);
        for (std::size_t i = 0; i < image.samples().size(); i += 1000)
            image.samples()[i] = static_cast<std::uint8_t>(i / 1000);
        const std::filesystem::path large = folder.filePath("large.png").toStdString();
        QVERIFY(writePng(image, large));
        DecodeClient client(HILUM_BIN_DIR "/hilum-decode");
        for (int i = 0; i < 2; ++i) {
            const auto served = client.read(large);
            QVERIFY(served);
            QVERIFY(
                std::ranges::equal(std::get<std::vector<std::uint8_t>>((*served)->samples), image.samples()));
            QCOMPARE((*client.read(film()))->samples, (*readFilm(film()))->samples);
        }
    }

    void carriesEveryFieldOfAFilm()
    {
        Film film;
        film.file = "a \xc3\xa9";
        film.columns = 2;
        film.rows = 3;
        film.samples = std::vector<std::int16_t>{1, -2, 3, -4, 5, -6};
        film.bitsStored = 12;
        film.isSigned = true;
        film.photometric = Photometric::Monochrome1;
        film.modalityTransform.table = LookupTable{-5, 12, {1, 2, 3}, "root"};
        film.windows = {{40, 400, VoiFunction::Sigmoid, "soft"}};
        film.voiTables = {{0, 8, {9, 8}, "voi"}};
        film.presentation = PresentationShape::Inverse;
        film.palette = PaletteTables{{0, 8, {1}, ""}, {0, 8, {2}, ""}, {0, 8, {3}, ""}};
        film.padding = PixelPadding{-1, 7};
        film.spacing
            = SpacingMm{0.2, 0.4, SpacingSource::ImagerPixelSpacing, 1.1, SpacingCalibration::Fiducial, true};
        film.pixelAspect = 0.5;
        film.overlays = {{0x6002, 3, 1, -1, 2, 0, 1, true, "region", {1, 0, 1}},
                         {0x6000, 3, 3, 0, 0, 1, 1, false, "", {1, 0, 1, 1, 0, 0, 0, 1, 1}}};
        film.frameTimeMs = 33.3;
        film.tags = {{"0010,0010", "PN", "PatientName", "x", 2}};
        film.notices = {"one"};
        auto back = unpackFilm(packFilm(film), samplesOf(film).size());
        QVERIFY(back);
        appendSamples(*back, samplesOf(film).first(4));
        appendSamples(*back, samplesOf(film).subspan(4));
        QCOMPARE(back->samples, film.samples);
        QCOMPARE(packFilm(*back), packFilm(film));
        QCOMPARE(samplesOf(*back).size(), samplesOf(film).size());
        QCOMPARE(back->overlays[1].bits, film.overlays[1].bits);
        QCOMPARE(back->overlays[0].left, -1);
        QCOMPARE(back->palette->blue.entries.front(), std::uint16_t{3});
    }

    void believesNoBrokenAnswer()
    {
        Film film;
        film.columns = film.rows = 4;
        film.samples = std::vector<std::uint8_t>(16);
        film.tags.resize(5);
        film.overlays = {{.columns = 4, .rows = 4, .label = "", .bits = std::vector<std::uint8_t>(16)}};
        const std::vector<std::byte> whole = packFilm(film);
        QVERIFY(unpackFilm(whole, 16));
        QVERIFY(!unpackFilm(whole, 17));
        for (std::size_t length = 0; length < whole.size(); ++length)
            QVERIFY(!unpackFilm(std::span(whole).first(length), 16));
    }

    void believesNoOverlayThatCannotBe_data()
    {
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("frames");
        QTest::addColumn<int>("group");
        QTest::newRow("no columns") << 0 << 4 << 1 << 0x6000;
        QTest::newRow("rows below zero") << 4 << -4 << 1 << 0x6000;
        QTest::newRow("too many pixels") << 65535 << 65535 << (1 << 30) << 0x6000;
        QTest::newRow("another group") << 4 << 4 << 1 << 0x7fe0;
    }

    void believesNoOverlayThatCannotBe()
    {
        QFETCH(int, columns);
        QFETCH(int, rows);
        QFETCH(int, frames);
        QFETCH(int, group);
        Film film;
        film.columns = film.rows = 4;
        film.samples = std::vector<std::uint8_t>(16);
        film.overlays = {{.group = group,
                          .columns = columns,
                          .rows = rows,
                          .frames = frames,
                          .label = "",
                          .bits = std::vector<std::uint8_t>(16)}};
        QVERIFY(!unpackFilm(packFilm(film), 16));
    }

    void listsNoFileOutsideTheFolderWhateverTheHelperSays()
    {
        QFile directory(folder.filePath("DICOMDIR"));
        QVERIFY(directory.open(QIODevice::WriteOnly));
        directory.write("any");
        directory.close();
        DecodeClient client(HILUM_BIN_DIR "/FailingDecoder");
        const auto listing = client.list(folder.path().toStdString());
        QVERIFY(listing);
        QVERIFY(listing->films.empty());
        QCOMPARE(listing->notices.size(), std::size_t{1});
        QVERIFY(client.read(film()));
    }

    void saysThatAFilmIsNoDicomdir()
    {
        DecodeClient client(HILUM_BIN_DIR "/hilum-decode");
        const auto listing = client.list(film());
        QVERIFY(!listing);
        QCOMPARE(listing.error().code, ErrorCode::FormatUnsupported);
        QVERIFY(listing.error().detail.starts_with(film().string() + ": expected a DICOMDIR"));
    }

    void aMissingFilmIsAnErrorUnderItsOwnName()
    {
        DecodeClient client(HILUM_BIN_DIR "/hilum-decode");
        const auto served = client.read("not-here.dcm");
        QVERIFY(!served);
        QCOMPARE(served.error().code, ErrorCode::FileUnreadable);
        QVERIFY(served.error().detail.starts_with("not-here.dcm: "));
    }

    void survivesADecoderThatCrashes_data()
    {
        QTest::addColumn<QString>("cue");
        QTest::newRow("by a signal") << "crash";
        QTest::newRow("by leaving") << "leave";
    }

    void survivesADecoderThatCrashes()
    {
        QFETCH(QString, cue);
        DecodeClient client(HILUM_BIN_DIR "/FailingDecoder");
        QVERIFY(client.read(film()));
        const auto crashed = client.read(cued(cue.toUtf8()));
        QVERIFY(!crashed);
        QCOMPARE(crashed.error().code, ErrorCode::DataCorrupt);
        QVERIFY(client.read(film()));
    }

    void givesUpOnADecoderThatHangs()
    {
        DecodeClient client(HILUM_BIN_DIR "/FailingDecoder", 2s);
        const auto hung = client.read(cued("hang"));
        QVERIFY(!hung);
        QCOMPARE(hung.error().code, ErrorCode::LimitExceeded);
        QVERIFY(client.read(film()));
    }

    void letsADecoderDoNothingButDecode_data()
    {
        QTest::addColumn<QByteArray>("cue");
        QTest::addColumn<bool>("ends");
        const QByteArray target = folder.filePath("written").toUtf8();
        QTest::newRow("read a file") << QByteArray("read a file") << false;
        QTest::newRow("write a file") << "write " + target << false;
        QTest::newRow("remove a file") << "remove " + QByteArray::fromStdString(film().string()) << false;
        QTest::newRow("map a program") << QByteArray("map a program") << false;
        QTest::newRow("open a connection") << QByteArray("socket") << true;
        QTest::newRow("start a program") << QByteArray("exec") << true;
        QTest::newRow("start a process") << QByteArray("fork") << true;
        QTest::newRow("signal the window") << QByteArray("kill") << true;
    }

    void letsADecoderDoNothingButDecode()
    {
#if defined(__SANITIZE_ADDRESS__)
        QSKIP("Sanitizers need more than the filter allows.");
#endif
        QFETCH(QByteArray, cue);
        QFETCH(bool, ends);
        DecodeClient client(HILUM_BIN_DIR "/FailingDecoder");
        const auto refused = client.read(cued(cue));
        QVERIFY(!refused);
        const QString detail = QString::fromStdString(refused.error().detail);
        if (ends)
            QVERIFY2(detail.endsWith("was stopped"), qPrintable(detail));
        else
            QVERIFY2(detail.endsWith("Operation not permitted"), qPrintable(detail));
        QVERIFY(!QFile::exists(folder.filePath("written")));
        QVERIFY(client.read(film()));
    }

    void convertsNamesWithoutOpeningFiles()
    {
        // The converters of the C library are files, which the helper may not open.
        QByteArray bytes(128, '\0');
        bytes += "DICM";
        const auto element = [&](quint16 group, quint16 number, const char *vr, const QByteArray &value) {
            QByteArray head(8, '\0');
            qToLittleEndian(group, head.data());
            qToLittleEndian(number, head.data() + 2);
            std::copy_n(vr, 2, head.data() + 4);
            qToLittleEndian(static_cast<quint16>(value.size()), head.data() + 6);
            bytes += head + value;
        };
        const QByteArray one("\1\0", 2);
        const QByteArray eight("\10\0", 2);
        element(0x0002, 0x0010, "UI", QByteArray("1.2.840.10008.1.2.1\0", 20));
        element(0x0008, 0x0005, "CS", "ISO_IR 101");
        element(0x0008, 0x0060, "CS", "CR");
        element(0x0010, 0x0010, "PN", "Dvo\xf8\xe1k ");
        element(0x0028, 0x0002, "US", one);
        element(0x0028, 0x0004, "CS", "MONOCHROME2 ");
        element(0x0028, 0x0010, "US", one);
        element(0x0028, 0x0011, "US", one);
        element(0x0028, 0x0100, "US", eight);
        element(0x0028, 0x0101, "US", eight);
        element(0x0028, 0x0102, "US", QByteArray("\7\0", 2));
        element(0x0028, 0x0103, "US", QByteArray(2, '\0'));
        bytes += QByteArray("\xe0\x7f\x10\x00OB\0\0\2\0\0\0\5\0", 14);
        const auto path = cued(bytes);
        DecodeClient client(HILUM_BIN_DIR "/hilum-decode");
        const auto served = client.read(path);
        QVERIFY2(served, served ? "" : served.error().detail.c_str());
        const auto name = std::ranges::find((*served)->tags, std::string("PatientName"), &FilmTag::name);
        QVERIFY(name != (*served)->tags.end());
        QCOMPARE(QString::fromStdString(name->value), QStringLiteral("Dvo\u0159\u00e1k"));
    }

    void stopsWhenAsked()
    {
        DecodeClient client(HILUM_BIN_DIR "/FailingDecoder");
        std::stop_source stop;
        std::jthread asker([&] {
            std::this_thread::sleep_for(100ms);
            stop.request_stop();
        });
        const auto begin = std::chrono::steady_clock::now();
        const auto stopped = client.read(cued("hang"), stop.get_token());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        QVERIFY(std::chrono::steady_clock::now() - begin < 5s);
        QVERIFY(client.read(film()));
    }

    void refusesAnAnswerThatMakesNoSense()
    {
        DecodeClient client(HILUM_BIN_DIR "/FailingDecoder");
        const auto lied = client.read(cued("lie"));
        QVERIFY(!lied);
        QCOMPARE(lied.error().code, ErrorCode::Internal);
        QVERIFY(client.read(film()));
    }

    void saysThatTheHelperIsMissing()
    {
        DecodeClient client("/nowhere/hilum-decode");
        const auto served = client.read(film());
        QVERIFY(!served);
        QCOMPARE(served.error().code, ErrorCode::Internal);
    }

    void costsLittleMoreThanReadingDirectly()
    {
        DecodeClient client(HILUM_BIN_DIR "/hilum-decode");
        QVERIFY(client.read(film()));
        const auto best = [&](auto &&read) {
            double least = 1e9;
            for (int i = 0; i < 30; ++i) {
                const auto begin = std::chrono::steady_clock::now();
                if (!read())
                    return -1.0;
                const std::chrono::duration<double, std::milli> spent
                    = std::chrono::steady_clock::now() - begin;
                least = std::min(least, spent.count());
            }
            return least;
        };
        const double direct = best([&] { return readFilm(film()).has_value(); });
        const double served = best([&] { return client.read(film()).has_value(); });
        qInfo("direct %.2f ms, through the helper %.2f ms", direct, served);
        QVERIFY(direct > 0 && served > 0);
    }

private:
    // A film that tells FailingDecoder what to do.
    std::filesystem::path cued(const QByteArray &cue) const
    {
        QFile file(folder.filePath("cue"));
        if (file.open(QIODevice::WriteOnly))
            file.write(cue);
        return file.fileName().toStdString();
    }

    std::filesystem::path film() const { return folder.filePath("film.png").toStdString(); }

    QTemporaryDir folder;
};

QTEST_GUILESS_MAIN(DecodeClientTest)
#include "DecodeClientTest.moc"
