// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DecodeClient.h"
#include "core/codec/FilmReader.h"
#include "core/codec/FilmWire.h"
#include "core/codec/PngWriter.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

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
        const auto back = unpackFilm(packFilm(film), samplesOf(film).size());
        QVERIFY(back);
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
        const auto crashed = client.read(cue.toStdString());
        QVERIFY(!crashed);
        QCOMPARE(crashed.error().code, ErrorCode::DataCorrupt);
        QVERIFY(client.read(film()));
    }

    void givesUpOnADecoderThatHangs()
    {
        DecodeClient client(HILUM_BIN_DIR "/FailingDecoder", 200ms);
        const auto hung = client.read("hang");
        QVERIFY(!hung);
        QCOMPARE(hung.error().code, ErrorCode::LimitExceeded);
        QVERIFY(client.read(film()));
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
        const auto stopped = client.read("hang", stop.get_token());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        QVERIFY(std::chrono::steady_clock::now() - begin < 5s);
        QVERIFY(client.read(film()));
    }

    void refusesAnAnswerThatMakesNoSense()
    {
        DecodeClient client(HILUM_BIN_DIR "/FailingDecoder");
        const auto lied = client.read("lie");
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
    std::filesystem::path film() const { return folder.filePath("film.png").toStdString(); }

    QTemporaryDir folder;
};

QTEST_GUILESS_MAIN(DecodeClientTest)
#include "DecodeClientTest.moc"
