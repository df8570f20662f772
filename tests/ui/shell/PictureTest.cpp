// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/Picture.h"
#include "tests/ui/Films.h"
#include "ui/viewer/FilmView.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace hilum;
using namespace hilum::ui;

class PictureTest : public QObject {
    Q_OBJECT

private:
    static constexpr const char *stamp = "Hilum \u00b7 For education, not for diagnosis";

    // Stored value 100 * y + x, through a window of 0 to 6000.
    struct Shown {
        explicit Shown(FilmPtr film = test::ramp(90, 60),
                       Voi voi = Window{3000, 6000, VoiFunction::LinearExact})
        {
            view.resize(200, 160);
            view.setFilm(makeDisplayFilm(std::move(film)), voi);
        }
        QImage picture(PictureOptions options)
        {
            PictureJob job = pictureJob(view, options);
            job.stamp = QString::fromUtf8(stamp);
            return makePicture(job);
        }
        FilmView view;
    };

    static PictureOptions film()
    {
        PictureOptions options;
        options.wholeFilm = true;
        options.cornerTexts = false;
        return options;
    }

private Q_SLOTS:
    void theWholeFilmIsExactWhateverTheViewShows()
    {
        Shown shown;
        shown.view.oneToOne();
        shown.view.zoomBy(7);
        const QImage picture = shown.picture(film());
        QCOMPARE(picture.width(), 90);
        QVERIFY(picture.height() > 60);
        for (const QPoint pixel : {QPoint(0, 0), QPoint(89, 0), QPoint(45, 30), QPoint(89, 59)}) {
            const double value = 100 * pixel.y() + pixel.x();
            QCOMPARE(qGray(picture.pixel(pixel)), int(greyOf(value, shown.view.voi(), false)));
        }
    }

    void theFilmsOverlaysAreInItUnlessLeftOutAndPaddingIsBlack()
    {
        Film made = *test::ramp(90, 60);
        made.padding = PixelPadding{0, 2};
        OverlayPlane overlay;
        overlay.columns = 2;
        overlay.rows = 1;
        overlay.left = 40;
        overlay.top = 20;
        overlay.bits = {1, 1};
        made.overlays = {overlay};
        Shown shown(std::make_shared<const Film>(made));
        shown.view.setInverted(true);
        PictureOptions options = film();
        for (const bool sixteen : {false, true}) {
            options.sixteenBits = sixteen;
            options.fileOverlays = true;
            const QImage with = shown.picture(options);
            QVERIFY(qRed(with.pixel(40, 20)) > qBlue(with.pixel(40, 20)) + 100);
            QCOMPARE(qRed(with.pixel(42, 20)), qBlue(with.pixel(42, 20)));
            QCOMPARE(qGray(with.pixel(1, 0)), 0);
            QVERIFY(qGray(with.pixel(3, 0)) > 250);
            options.fileOverlays = false;
            const QImage without = shown.picture(options);
            QCOMPARE(qRed(without.pixel(40, 20)), qBlue(without.pixel(40, 20)));
        }
    }

    void turnsMirrorsAndInversionsAreThoseOfTheScreen()
    {
        Shown shown;
        shown.view.turn(1);
        shown.view.mirror();
        shown.view.setInverted(true);
        const QImage picture = shown.picture(film());
        QCOMPARE(picture.width(), 60);
        for (const QPoint pixel : {QPoint(3, 5), QPoint(80, 50)}) {
            ViewTransform turned;
            turned.setView({60, 90});
            turned.setFilm({90, 60}, 1);
            turned.turn(1);
            turned.mirror();
            const QPointF at = turned.toScreen(QPointF(pixel) + QPointF(0.5, 0.5));
            const double value = 100 * pixel.y() + pixel.x();
            QCOMPARE(qGray(picture.pixel(int(at.x()), int(at.y()))),
                     int(greyOf(value, shown.view.voi(), true)));
        }
    }

    void pixelsThatAreNotSquareAreDrawnAsSeen_data()
    {
        QTest::addColumn<double>("aspect");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("tall") << 2.0 << 90 << 120;
        QTest::newRow("wide") << 0.5 << 180 << 60;
    }

    void pixelsThatAreNotSquareAreDrawnAsSeen()
    {
        QFETCH(double, aspect);
        QFETCH(int, width);
        QFETCH(int, height);
        Film source = *test::ramp(90, 60);
        source.pixelAspect = aspect;
        Shown shown(std::make_shared<const Film>(std::move(source)));
        PictureJob job = pictureJob(shown.view, film());
        QCOMPARE(job.transform.viewSize(), QSizeF(width, height));
        QCOMPARE(makePicture(job).width(), width);
    }

    void sixteenBitsHoldMoreThanTheScreen()
    {
        Shown shown;
        PictureOptions options = film();
        options.sixteenBits = true;
        const QImage picture = shown.picture(options);
        QVERIFY(picture.format() == QImage::Format_Grayscale16);
        const auto bytes = encoded(picture, PictureFormat::Png, stamp);
        QVERIFY(bytes);
        QImage back;
        QVERIFY(back.loadFromData(*bytes, "PNG"));
        QVERIFY(back.format() == QImage::Format_Grayscale16);
        const auto grey
            = [&](int x, int y) { return reinterpret_cast<const std::uint16_t *>(back.scanLine(y))[x]; };
        QVERIFY(std::abs(grey(45, 30) - 3045.0 / 6000 * 65535) <= 1.5);
        QVERIFY(grey(46, 30) > grey(45, 30));
    }

    void everyPictureIsStamped()
    {
        for (const bool whole : {false, true}) {
            Shown shown;
            PictureOptions options = film();
            options.wholeFilm = whole;
            const QImage picture = shown.picture(options);
            const int filmHeight = whole ? 60 : 160;
            int light = 0;
            for (int y = filmHeight; y < picture.height(); ++y) {
                for (int x = 0; x < picture.width(); ++x)
                    light += qGray(picture.pixel(x, y)) > 150 ? 1 : 0;
            }
            QVERIFY(light > 50);
        }
    }

    void marksAndCornersAreInItWhenAskedFor()
    {
        Shown shown;
        PictureJob job = pictureJob(shown.view, {});
        job.cornerTexts = false;
        const QImage plain = makePicture(job);
        job.cornerTexts = true;
        QVERIFY(makePicture(job) != plain);
        job.cornerTexts = false;
        PaintedMark mark;
        mark.mark.points = {{10, 10}, {60, 30}};
        mark.lines = {"10.0 px"};
        job.marks = {mark};
        QVERIFY(makePicture(job) != plain);
        QCOMPARE(makePicture(job).size(), plain.size());
    }

    void textGrowsWithTheFilm()
    {
        Film source = *test::ramp(4, 4);
        source.columns = 3000;
        source.rows = 2500;
        source.samples = std::vector<std::uint16_t>(std::size_t{3000} * 2500, 100);
        Shown shown(std::make_shared<const Film>(std::move(source)));
        QCOMPARE(pictureJob(shown.view, film()).unit, 2.5);
        QCOMPARE(pictureJob(shown.view, {}).unit, 1.0);
        const PictureJob small = reduced(pictureJob(shown.view, film()), 300);
        QCOMPARE(small.transform.viewSize(), QSizeF(300, 250));
    }

    void everyFormatComesBack()
    {
        Shown shown;
        const QImage picture = shown.picture(film());
        for (const PictureFormat format : {PictureFormat::Png, PictureFormat::Jpeg}) {
            const auto bytes = encoded(picture, format, stamp);
            QVERIFY(bytes);
            const QImage back = QImage::fromData(*bytes);
            QCOMPARE(back.size(), picture.size());
            QVERIFY(std::abs(qGray(back.pixel(45, 30)) - qGray(picture.pixel(45, 30))) <= 3);
        }
        const auto tiff = encoded(picture, PictureFormat::Tiff, QString::fromUtf8(stamp));
        QVERIFY(tiff);
        QVERIFY(tiff->startsWith("II*") || tiff->startsWith("MM"));
        QVERIFY(tiff->contains("For education, not for diagnosis"));
    }

    // Printed, never asserted: the machine decides.
    void aLargeFilmTakesItsTime()
    {
        Film source = *test::ramp(4, 4);
        source.columns = 3500;
        source.rows = 4300;
        std::vector<std::uint16_t> samples(std::size_t{3500} * 4300);
        unsigned noise = 1;
        for (std::size_t i = 0; i < samples.size(); ++i) {
            noise = noise * 1664525U + 1013904223U;
            samples[i] = static_cast<std::uint16_t>(i / 5000 + (noise >> 26));
        }
        source.samples = std::move(samples);
        Shown shown(std::make_shared<const Film>(std::move(source)), Window{1600, 3200});
        for (const bool deep : {false, true}) {
            PictureOptions options = film();
            options.sixteenBits = deep;
            QElapsedTimer clock;
            clock.start();
            const QImage picture = shown.picture(options);
            qInfo("composed in %lld ms", clock.elapsed());
            for (const PictureFormat format :
                 {PictureFormat::Png, PictureFormat::Jpeg, PictureFormat::Tiff}) {
                clock.start();
                const auto bytes = encoded(picture, format, stamp);
                QVERIFY(bytes);
                qInfo("%s, %d bits: %lld ms, %.1f MB", qPrintable(formatName(format)), picture.depth(),
                      clock.elapsed(), double(bytes->size()) / 1e6);
            }
        }
    }

    void nothingIsLostWhenTheDiskIsFull()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath("film.png");
        QVERIFY(writeWhole(path, "what was there"));
        // As on a full disk: a write beyond the limit fails.
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        const rlimit tight{1000, before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &tight);
        const auto written = writeWhole(path, QByteArray(1 << 20, 'x'));
        setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(!written);
        QVERIFY(written.error().detail.starts_with("film.png: "));
        QVERIFY(written.error().detail.size() > 12);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("what was there"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
    }

    void aFolderThatIsNotThereIsSaid()
    {
        const auto written = writeWhole("/nowhere/at/all/film.png", "x");
        QVERIFY(!written);
        QCOMPARE(QString::fromStdString(written.error().detail),
                 QString("film.png: No such file or directory"));
    }

    void theNameSaysWhatItIs_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("wholeFilm");
        QTest::addColumn<bool>("hasMarks");
        QTest::addColumn<int>("format");
        QTest::addColumn<QString>("name");
        QTest::newRow("view") << "chest.dcm" << false << false << int(PictureFormat::Png) << "chest-view.png";
        QTest::newRow("film with marks")
            << "chest.01.dcm" << true << true << int(PictureFormat::Tiff) << "chest.01-film-marks.tiff";
        QTest::newRow("no suffix") << "1.2.840.5" << true << false << int(PictureFormat::Jpeg)
                                   << "1.2.840.5-film.jpg";
    }

    void theNameSaysWhatItIs()
    {
        QFETCH(QString, file);
        QFETCH(bool, wholeFilm);
        QFETCH(bool, hasMarks);
        QFETCH(int, format);
        QFETCH(QString, name);
        PictureOptions options;
        options.wholeFilm = wholeFilm;
        options.format = PictureFormat(format);
        QCOMPARE(suggestedName(file, options, hasMarks), name);
    }
};

QTEST_MAIN(PictureTest)
#include "PictureTest.moc"
