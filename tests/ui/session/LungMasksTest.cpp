// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/LungMasks.h"
#include "tests/ui/Fakes.h"
#include "ui/bridge/Lanes.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace hilum;
using namespace hilum::ui;

namespace {

// Films of 20 x 10; masks whose left half is white, those named "small..." of another size.
FilmReader maskReader()
{
    return [](const std::filesystem::path &file, std::stop_token) -> Result<FilmPtr> {
        const bool isSmall = file.filename().string().starts_with("small");
        auto film = std::make_shared<Film>();
        film->file = file.filename().string();
        film->columns = isSmall ? 4 : 20;
        film->rows = 10;
        film->bitsStored = 8;
        std::vector<std::uint8_t> samples(film->pixelsPerFrame(), 0);
        for (std::size_t i = 0; i < samples.size(); ++i)
            samples[i] = static_cast<int>(i) % film->columns < film->columns / 2 ? 255 : 0;
        film->samples = std::move(samples);
        return film;
    };
}

// None for 0.
LungMasks::Mask firstPixels(const Film &film, int count)
{
    if (count == 0)
        return nullptr;
    auto mask = std::make_shared<Plane<std::uint8_t>>(film.columns, film.rows);
    std::ranges::fill(mask->samples().first(static_cast<std::size_t>(count)), std::uint8_t{1});
    return mask;
}

struct Room {
    QTemporaryDir folder;
    Lanes lanes;
    FilmSession films{lanes,
                      {[](const QString &, std::stop_token) -> Result<FilmPtr> { return test::ramp(); },
                       [](const QString &, std::stop_token) -> Result<FilmPtr> { return test::ramp(4, 4); },
                       {},
                       [] { return maskReader(); }}};
    LungMasks lungs{lanes, films};

    QString file(const char *name)
    {
        const QString path = folder.filePath(QLatin1String(name));
        QFile made(path);
        if (made.open(QIODevice::WriteOnly))
            made.write("x");
        return path;
    }
    bool open(const char *name)
    {
        const QString path = file(name);
        films.open({path});
        return QTest::qWaitFor([&] {
            const int row = films.currentRow();
            return row >= 0 && films.entry(row).path == path && films.film() && !lungs.isReading();
        });
    }
    auto white() const { return std::ranges::count(lungs.mask()->samples(), 1); }
};

} // namespace

class LungMasksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesTheOneBesideTheFilm()
    {
        Room room;
        room.file("chest.lungs.png");
        QVERIFY(room.open("chest.png"));
        QTRY_VERIFY(room.lungs.mask());
        QCOMPARE(room.lungs.name(), QString("chest.lungs.png"));
        QCOMPARE(room.white(), 100);
        // Removed, it does not come back when the film does.
        room.lungs.remove();
        QVERIFY(!room.lungs.mask());
        QVERIFY(room.open("other.png"));
        room.films.select(0);
        QTRY_VERIFY(room.films.film());
        QTest::qWait(20);
        QVERIFY(!room.lungs.mask());
    }

    void whatIsRemovedWhileAnotherIsReadStaysAway()
    {
        Room room;
        QVERIFY(room.open("chest.png"));
        room.lungs.choose(room.file("good.png"));
        QVERIFY(room.lungs.isReading());
        room.lungs.remove();
        QVERIFY(!room.lungs.isReading());
        room.lanes.decode().waitForDone();
        QTest::qWait(20);
        QVERIFY(!room.lungs.mask());
    }

    void keepsFewMasksAndReadsTheOthersAgain()
    {
        Room room;
        for (int film = 0; film < 8; ++film) {
            const QByteArray name = "film" + QByteArray::number(film);
            room.file(name + ".lungs.png");
            QVERIFY(room.open(name + ".png"));
            QTRY_VERIFY(room.lungs.mask());
        }
        QVERIFY(!room.lungs.maskOf(room.films.entry(0).id));
        QVERIFY(room.lungs.maskOf(room.films.entry(7).id));
        room.films.select(0);
        QTRY_VERIFY(room.lungs.mask());
        QCOMPARE(room.lungs.name(), QString("film0.lungs.png"));
        QCOMPARE(room.white(), 100);
    }

    void hasNoneWithoutOne()
    {
        Room room;
        QVERIFY(room.open("chest.png"));
        QVERIFY(!room.lungs.mask() && !room.lungs.fault() && !room.lungs.hasDrawn());
    }

    void saysWhyAMaskIsNotTaken()
    {
        Room room;
        QVERIFY(room.open("chest.png"));
        room.lungs.choose(room.file("small.png"));
        QTRY_VERIFY(room.lungs.fault());
        QVERIFY2(
            room.lungs.fault()->contains("expected lungs of 20 x 10 pixels, as the film has, found 4 x 10"),
            qPrintable(*room.lungs.fault()));
        QVERIFY(!room.lungs.mask());
        room.lungs.choose(room.file("good.png"));
        QTRY_VERIFY(room.lungs.mask());
        QVERIFY(!room.lungs.fault());
    }

    void followsTheDrawnRegions()
    {
        Room room;
        int drawn = 0; // pixels
        room.lungs.setDrawnSource([&drawn](int, const Film &film) { return firstPixels(film, drawn); });
        QVERIFY(room.open("chest.png"));
        QVERIFY(!room.lungs.hasDrawn());
        drawn = 30;
        QVERIFY(room.lungs.hasDrawn());
        room.lungs.useDrawn();
        QCOMPARE(room.white(), 30);
        QVERIFY(room.lungs.isDrawn());
        drawn = 50;
        room.lungs.drawnChanged(room.films.currentId());
        QCOMPARE(room.white(), 50);
    }

    void tellsOfDrawnRegionsOnlyWhenTheyAreOthers()
    {
        Room room;
        int drawn = 0; // pixels
        room.lungs.setDrawnSource([&drawn](int, const Film &film) { return firstPixels(film, drawn); });
        QVERIFY(room.open("chest.png"));
        const int film = room.films.currentId();
        const QSignalSpy told(&room.lungs, &LungMasks::changed);
        room.lungs.drawnChanged(film); // a length, an angle
        QCOMPARE(told.count(), 0);
        drawn = 30;
        room.lungs.drawnChanged(film);
        QCOMPARE(told.count(), 1); // they could be taken now
        drawn = 40;
        room.lungs.drawnChanged(film);
        QCOMPARE(told.count(), 1);
        room.lungs.useDrawn();
        const auto mask = room.lungs.mask();
        room.lungs.drawnChanged(film);
        QCOMPARE(told.count(), 2);
        QVERIFY(room.lungs.mask() == mask);
        drawn = 0;
        room.lungs.drawnChanged(film);
        QCOMPARE(told.count(), 3);
        QVERIFY(!room.lungs.mask() && room.lungs.isDrawn());
    }
};

QTEST_MAIN(LungMasksTest)
#include "LungMasksTest.moc"
