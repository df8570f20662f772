// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/fast/Kernels.h"
#include "core/nn/fast/Convolution.h"

#include <QTest>
#include <cmath>
#include <random>
#include <vector>

using namespace hilum::fast;

namespace {

std::vector<float> numbers(std::size_t count, unsigned seed)
{
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    std::vector<float> values(count);
    for (float &value : values)
        value = normal(random);
    return values;
}

// Every table that this processor can run.
std::vector<std::pair<const char *, const Kernels *>> tables()
{
    std::vector<std::pair<const char *, const Kernels *>> found{{"base", &kernelsBase()}};
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        found.push_back({"avx2", &kernelsAvx2()});
    if (__builtin_cpu_supports("avx512f"))
        found.push_back({"avx512", &kernelsAvx512()});
#endif
    return found;
}

} // namespace

class KernelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void multipliesOnEveryInstructionSet_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("depth");
        QTest::addColumn<int>("width");
        for (const int rows : {1, 5, 6, 7, 12, 13, 31}) {
            for (const auto &[depth, width] :
                 {std::pair{1, 32}, std::pair{9, 64}, std::pair{33, 96}, std::pair{128, 128}})
                QTest::addRow("%d x %d x %d", rows, depth, width) << rows << depth << width;
        }
    }

    void multipliesOnEveryInstructionSet()
    {
        QFETCH(int, rows);
        QFETCH(int, depth);
        QFETCH(int, width);
        const int rowStride = depth + 3;
        const int resultStride = width + 5;
        const auto a = numbers(std::size_t(rows * rowStride), 1);
        const auto b = numbers(std::size_t(depth * width), 2);
        const auto bias = numbers(std::size_t(width), 3);
        for (const auto &[name, table] : tables()) {
            for (const bool relu : {false, true}) {
                std::vector<float> packed(b.size());
                table->pack(b.data(), depth, width, packed.data());
                std::vector<float> result(std::size_t(rows * resultStride), 77.0F);
                table->multiply(a.data(), rowStride, rows, depth, packed.data(), width, bias.data(), relu,
                                result.data(), resultStride);
                for (int r = 0; r < rows; ++r) {
                    for (int c = 0; c < resultStride; ++c) {
                        double expected = 77; // beyond the width nothing is written
                        if (c < width) {
                            expected = double(bias[std::size_t(c)]);
                            for (int k = 0; k < depth; ++k)
                                expected += double(a[std::size_t(r * rowStride + k)])
                                    * double(b[std::size_t(k * width + c)]);
                            expected = relu ? std::max(0.0, expected) : expected;
                        }
                        const double found = double(result[std::size_t(r * resultStride + c)]);
                        QVERIFY2(std::abs(found - expected) < 2e-5 * (1 + std::abs(expected)),
                                 qPrintable(QString("%1 row %2 column %3: %4 v %5")
                                                .arg(name)
                                                .arg(r)
                                                .arg(c)
                                                .arg(found)
                                                .arg(expected)));
                    }
                }
            }
        }
    }

    void convolvesLikeTheDirectSum_data()
    {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        for (const auto &[h, w] :
             {std::pair{1, 1}, std::pair{2, 2}, std::pair{7, 7}, std::pair{5, 8}, std::pair{14, 3}})
            QTest::addRow("%d x %d", h, w) << h << w;
    }

    void convolvesLikeTheDirectSum()
    {
        QFETCH(int, height);
        QFETCH(int, width);
        constexpr int depth = 32;
        constexpr int channels = 64;
        constexpr int stride = 80; // wider than the channels, as in a dense block
        const auto image = numbers(std::size_t(height * width * depth), 4);
        const auto weights = numbers(std::size_t(channels * depth * 9), 5);
        const auto bias = numbers(channels, 6);
        const Convolution3x3 convolution(weights, bias, depth, channels);
        for (const bool relu : {false, true}) {
            std::vector<float> result(std::size_t(height * width * stride), 77.0F);
            const Image in{const_cast<float *>(image.data()), height, width, depth, depth};
            const Image out{result.data(), height, width, channels, stride};
            convolution.apply(in, out, relu, oneThread());
            for (int y = 0; y < height; ++y) {
                for (int x = 0; x < width; ++x) {
                    for (int c = 0; c < stride; ++c) {
                        double expected = 77;
                        if (c < channels) {
                            expected = double(bias[std::size_t(c)]);
                            for (int i = 0; i < 9; ++i) {
                                const int row = y + i / 3 - 1;
                                const int column = x + i % 3 - 1;
                                if (row < 0 || row >= height || column < 0 || column >= width)
                                    continue;
                                for (int d = 0; d < depth; ++d)
                                    expected += double(image[std::size_t((row * width + column) * depth + d)])
                                        * double(weights[std::size_t((c * depth + d) * 9 + i)]);
                            }
                            expected = relu ? std::max(0.0, expected) : expected;
                        }
                        const double found = double(result[std::size_t((y * width + x) * stride + c)]);
                        QVERIFY(std::abs(found - expected) < 2e-4 * (1 + std::abs(expected)));
                    }
                }
            }
        }
    }

    void poolsTheLargestInsideTheImage()
    {
        constexpr int channels = 32;
        std::vector<float> image(5 * 5 * channels);
        for (std::size_t i = 0; i < image.size(); ++i)
            image[i] = -float(i / channels) - 1; // all negative: padding must not win
        std::vector<float> result(3 * 3 * channels);
        maxPool({image.data(), 5, 5, channels, channels}, {result.data(), 3, 3, channels, channels}, 3, 2, 1,
                oneThread());
        QCOMPARE(result[0], -1.0F);
        QCOMPARE(result[1 * channels], -2.0F); // columns 1 to 3
        QCOMPARE(result[4 * channels], -7.0F); // rows and columns 1 to 3
    }
};

QTEST_GUILESS_MAIN(KernelsTest)
#include "KernelsTest.moc"
