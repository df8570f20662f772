// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/TiffWriter.h"

#include <opencv2/imgcodecs.hpp>

#include <QTest>

#include <cstdint>

using namespace hilum;

// Read back by OpenCV, which knows nothing of how they were written.
class TiffWriterTest : public QObject {
    Q_OBJECT

private:
    static cv::Mat readBack(const std::vector<std::byte> &bytes)
    {
        const auto *first = reinterpret_cast<const std::uint8_t *>(bytes.data());
        return cv::imdecode(std::vector<std::uint8_t>(first, first + bytes.size()), cv::IMREAD_UNCHANGED);
    }

private Q_SLOTS:
    void greyComesBackExactly()
    {
        std::vector<std::uint8_t> pixels(301 * 200);
        for (std::size_t i = 0; i < pixels.size(); ++i)
            pixels[i] = static_cast<std::uint8_t>(i * 7);
        // Rows of 301 samples of which 300 are the picture's, as a padded picture has them.
        const auto bytes
            = tiffBytes({pixels.data(), 300, 200, 301, 1, 8, "For education, not for diagnosis"});
        QVERIFY(bytes);
        const cv::Mat back = readBack(*bytes);
        QCOMPARE(back.type(), CV_8UC1);
        QCOMPARE(back.cols, 300);
        QCOMPARE(back.rows, 200);
        for (int y = 0; y < 200; ++y) {
            for (int x = 0; x < 300; ++x)
                QCOMPARE(back.at<std::uint8_t>(y, x), pixels[static_cast<std::size_t>(y * 301 + x)]);
        }
        const std::string text(reinterpret_cast<const char *>(bytes->data()), bytes->size());
        QVERIFY(text.find("For education, not for diagnosis") != std::string::npos);
    }

    void sixteenBitsAreKept()
    {
        std::vector<std::uint16_t> pixels(64 * 50);
        for (std::size_t i = 0; i < pixels.size(); ++i)
            pixels[i] = static_cast<std::uint16_t>(i * 997);
        const auto bytes = tiffBytes({pixels.data(), 64, 50, 128, 1, 16, {}});
        QVERIFY(bytes);
        const cv::Mat back = readBack(*bytes);
        QCOMPARE(back.type(), CV_16UC1);
        for (int i = 0; i < 64 * 50; ++i)
            QCOMPARE(back.at<std::uint16_t>(i / 64, i % 64), pixels[static_cast<std::size_t>(i)]);
    }

    void coloursStayInOrder()
    {
        const std::vector<std::uint8_t> pixels{255, 10, 20, 30, 255, 40};
        const auto bytes = tiffBytes({pixels.data(), 2, 1, 6, 3, 8, {}});
        QVERIFY(bytes);
        const cv::Mat back = readBack(*bytes); // blue, green, red
        QCOMPARE(back.type(), CV_8UC3);
        QCOMPARE(back.at<cv::Vec3b>(0, 0), cv::Vec3b(20, 10, 255));
        QCOMPARE(back.at<cv::Vec3b>(0, 1), cv::Vec3b(40, 255, 30));
    }
};

QTEST_GUILESS_MAIN(TiffWriterTest)
#include "TiffWriterTest.moc"
