// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/Augment.h"

#include "core/nn/InputSpec.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace hilum {

namespace {

class Dice {
public:
    explicit Dice(std::mt19937_64 &random)
        : m_random(random)
    {
    }
    double between(double low, double high)
    {
        return std::uniform_real_distribution<double>(low, high)(m_random);
    }
    bool chance(double share) { return between(0, 1) < share; }

private:
    std::mt19937_64 &m_random;
};

constexpr double degrees = 3.14159265358979323846 / 180;

// Square to size: where each target pixel comes from.
cv::Matx23d randomAffine(int from, int to, Dice &dice)
{
    const double angle = dice.between(-8, 8) * degrees;
    const double zoom = dice.between(0.86, 1.04) * from / to; // below 1 looks at less of the film
    const double squeeze = std::exp(dice.between(-0.06, 0.06));
    const double a = std::cos(angle) * zoom;
    const double b = std::sin(angle) * zoom;
    const double middle = (to - 1) / 2.0;
    const double x = (from - 1) / 2.0 + dice.between(-0.05, 0.05) * from;
    const double y = (from - 1) / 2.0 + dice.between(-0.05, 0.05) * from;
    return {a * squeeze, -b * squeeze, x - (a - b) * squeeze * middle, //
            b / squeeze, a / squeeze,  y - (a + b) / squeeze * middle};
}

void jitterSharpness(cv::Mat &image, Dice &dice)
{
    const double draw = dice.between(0, 1);
    if (draw < 0.35) {
        const double sigma = dice.between(0.3, 1.4) * image.cols / 224.0;
        cv::GaussianBlur(image, image, {}, sigma);
    } else if (draw < 0.6) { // as if the film had been stored smaller
        const int smaller = std::max(16, static_cast<int>(image.cols / dice.between(1.1, 2.2)));
        cv::Mat small;
        cv::resize(image, small, {smaller, smaller}, 0, 0, cv::INTER_AREA);
        cv::resize(small, image, image.size(), 0, 0, cv::INTER_LINEAR);
    } else if (draw < 0.75) { // unsharp masking, as scanners do
        cv::Mat soft;
        cv::GaussianBlur(image, soft, {}, 1.5 * image.cols / 224.0);
        image += dice.between(0.2, 0.8) * (image - soft);
    }
}

void bendGreys(cv::Mat &image, Dice &dice)
{
    double low = 0;
    double high = 0;
    cv::minMaxLoc(image, &low, &high);
    if (high <= low)
        return;
    image = (image - low) / (high - low);
    if (dice.chance(0.3)) { // a narrower window cuts the ends
        const double from = dice.between(0, 0.12);
        const double to = dice.between(0.88, 1);
        image = (image - from) / (to - from);
    }
    cv::min(image, 1.0, image);
    cv::max(image, 0.0, image);
    cv::pow(image, std::exp(dice.between(-0.35, 0.35)), image);
}

void coverMarks(cv::Mat &image, Dice &dice)
{
    const int side = image.cols;
    if (dice.chance(0.35)) { // a patch near an edge, where letters stand
        const int width = static_cast<int>(dice.between(0.08, 0.3) * side);
        const int height = static_cast<int>(dice.between(0.05, 0.2) * side);
        const int x = static_cast<int>(dice.between(0, side - width));
        const int y = dice.chance(0.5) ? 0 : side - height;
        image(cv::Rect(x, y, width, height)).setTo(dice.between(0, 1));
    }
    if (dice.chance(0.25)) { // a frame
        const int depth = std::max(1, static_cast<int>(dice.between(0.01, 0.06) * side));
        cv::rectangle(image, {0, 0}, {side - 1, side - 1}, dice.between(0, 1), depth * 2);
    }
}

} // namespace

Plane<float> augment(const Plane<float> &square, int size, std::mt19937_64 &random)
{
    Dice dice(random);
    const cv::Mat source(square.height(), square.width(), CV_32FC1,
                         const_cast<float *>(square.samples().data()));
    Plane<float> result(size, size);
    cv::Mat image(size, size, CV_32FC1, result.samples().data());
    cv::warpAffine(source, image, randomAffine(square.width(), size, dice), image.size(),
                   cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REFLECT_101);
    bendGreys(image, dice);
    jitterSharpness(image, dice);
    coverMarks(image, dice);
    if (dice.chance(0.4)) {
        std::normal_distribution<float> noise(0, static_cast<float>(dice.between(0.005, 0.03)));
        for (float &value : result.samples())
            value += noise(random);
    }
    assert(image.data == reinterpret_cast<unsigned char *>(result.samples().data()));
    standardise(result);
    return result;
}

} // namespace hilum
