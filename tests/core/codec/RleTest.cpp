// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/Rle.h"

#include <QTest>

using namespace hilum;

class RleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unpacksRunsAndLiterals()
    {
        std::vector<std::uint8_t> plane(8);
        // PS3.5 G.3.1: 2 -> three as they are, 0xfe -> one byte three times, 0x80 -> nothing.
        QCOMPARE(unpackRle(bytes({2, 10, 20, 30, 0x80, 0xfe, 7, 0, 9, 0xff, 1}), plane), std::size_t{8});
        QCOMPARE(plane, (std::vector<std::uint8_t>{10, 20, 30, 7, 7, 7, 9, 1}));
    }

    void staysInsideWhateverTheCodesSay_data()
    {
        QTest::addColumn<QByteArray>("segment");
        QTest::addColumn<int>("filled");
        QTest::newRow("nothing") << QByteArray() << 0;
        QTest::newRow("a run longer than the plane") << QByteArray("\x81\x05", 2) << 4;
        QTest::newRow("literals longer than the plane") << QByteArray("\x06\1\2\3\4\5\6\7", 8) << 4;
        QTest::newRow("literals that end early") << QByteArray("\x03\1\2", 3) << 2;
        QTest::newRow("a run without its byte") << QByteArray("\x81", 1) << 0;
    }

    void staysInsideWhateverTheCodesSay()
    {
        QFETCH(QByteArray, segment);
        QFETCH(int, filled);
        std::vector<std::uint8_t> plane(4);
        QCOMPARE(
            static_cast<int>(unpackRle(std::as_bytes(std::span(segment.constData(), segment.size())), plane)),
            filled);
    }

    void putsTheHighestByteFirstAndChannelsSideBySide()
    {
        const std::vector<std::byte> frame
            = framed({{1, 0x01, 0x02}, {1, 0x10, 0x20}, {0xff, 0x03}, {0xff, 0x30}});
        std::vector<std::uint16_t> samples(4);
        const auto missing = decodeRle(frame, 2, std::span<std::uint16_t>(samples));
        QVERIFY(missing);
        QCOMPARE(*missing, std::size_t{0});
        QCOMPARE(samples, (std::vector<std::uint16_t>{0x0110, 0x0330, 0x0220, 0x0330}));
    }

    void countsWhatIsMissing()
    {
        std::vector<std::uint8_t> samples(4);
        const auto missing = decodeRle(framed({{2, 1, 2, 3}}), 1, std::span<std::uint8_t>(samples));
        QVERIFY(missing);
        QCOMPARE(*missing, std::size_t{1});
        QCOMPARE(samples, (std::vector<std::uint8_t>{1, 2, 3, 0}));
        // Where one of two bytes is missing, nothing is shown.
        std::vector<std::uint16_t> words(4);
        QVERIFY(decodeRle(framed({{3, 1, 2, 3, 4}, {2, 5, 6, 7}}), 1, std::span<std::uint16_t>(words)));
        QCOMPARE(words, (std::vector<std::uint16_t>{0x0105, 0x0206, 0x0307, 0}));
        samples.assign(9, 0);
        QVERIFY(!decodeRle(framed({{2, 1, 2, 3}}), 1, std::span<std::uint8_t>(samples)));
    }

    void refusesAHeaderThatLies()
    {
        std::vector<std::byte> frame = framed({{1, 1, 2}, {1, 3, 4}});
        QVERIFY(rleSegments(frame, 2));
        QVERIFY(!rleSegments(frame, 3));
        QVERIFY(!rleSegments(std::span(frame).first(40), 2));
        frame[8] = std::byte{200}; // the second segment begins behind the end
        QVERIFY(!rleSegments(frame, 2));
        frame[8] = std::byte{64}; // or where the first one does
        QVERIFY(!rleSegments(frame, 2));
    }

private:
    static std::vector<std::byte> bytes(std::initializer_list<int> values)
    {
        std::vector<std::byte> result;
        for (const int value : values)
            result.push_back(static_cast<std::byte>(value));
        return result;
    }

    static std::vector<std::byte> framed(const std::vector<std::initializer_list<int>> &segments)
    {
        std::vector<std::byte> frame(64);
        frame[0] = static_cast<std::byte>(segments.size());
        for (std::size_t i = 0; i < segments.size(); ++i) {
            frame[4 + 4 * i] = static_cast<std::byte>(frame.size());
            const auto segment = bytes(segments[i]);
            frame.insert(frame.end(), segment.begin(), segment.end());
        }
        return frame;
    }
};

QTEST_GUILESS_MAIN(RleTest)
#include "RleTest.moc"
