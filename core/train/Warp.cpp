// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/Warp.h"

#include <opencv2/imgproc.hpp>

namespace hilum {

namespace {

constexpr double degrees = std::numbers::pi / 180;
constexpr int elasticGrid = 5; // nodes across the field of displacements

// Where each target pixel comes from, in source pixels.
cv::Matx23d randomAffine(int from, int to, const Augmentation &how, Dice &dice)
{
    // What is left after the borders are cut, in target order: left, right, top, bottom.
    const double left = dice.between(0, how.borderCrop);
    const double right = 1 - dice.between(0, how.borderCrop);
    const double top = dice.between(0, how.borderCrop);
    const double bottom = 1 - dice.between(0, how.borderCrop);

    const double angle = dice.around(how.rotate) * degrees;
    // Rather nearer than farther: what lies beyond the edge is made up.
    const double zoom = dice.between(1 - 1.4 * how.scale, 1 + 0.4 * how.scale) * from / to;
    const double squeeze = std::exp(dice.around(how.aspect));
    const double flip = how.mirror && dice.chance(0.5) ? -1 : 1;
    const double across = (right - left) * squeeze * zoom;
    const double down = (bottom - top) / squeeze * zoom;
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    const double middle = (to - 1) / 2.0;
    const double x = (left + right) / 2 * from - 0.5 + dice.around(how.shift) * from;
    const double y = (top + bottom) / 2 * from - 0.5 + dice.around(how.shift) * from;
    return {c * across * flip, -s * across, x - (c * flip - s) * across * middle, //
            s * down * flip,   c * down,    y - (s * flip + c) * down * middle};
}

// A smooth random field, size x size, with the given standard deviation at its nodes.
cv::Mat smoothField(int size, double deviation, Dice &dice)
{
    cv::Mat nodes(elasticGrid, elasticGrid, CV_32FC1);
    for (int i = 0; i < nodes.rows * nodes.cols; ++i)
        nodes.ptr<float>()[i] = static_cast<float>(deviation * dice.normal());
    cv::Mat field;
    cv::resize(nodes, field, {size, size}, 0, 0, cv::INTER_CUBIC);
    return field;
}

} // namespace

Plane<float> warped(const Plane<std::uint8_t> &square, int size, const Augmentation &how, Dice &dice)
{
    const cv::Mat stored(square.height(), square.width(), CV_8UC1,
                         const_cast<std::uint8_t *>(square.samples().data()));
    cv::Mat source;
    stored.convertTo(source, CV_32F, 1 / 255.0);
    Plane<float> result(size, size);
    cv::Mat target(size, size, CV_32FC1, result.samples().data());
    const cv::Matx23d affine = randomAffine(square.width(), size, how, dice);
    const bool bends = how.elastic > 0 && dice.chance(how.probability);
    if (!bends) {
        cv::warpAffine(source, target, affine, target.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                       cv::BORDER_REFLECT_101);
        return result;
    }
    const double deviation = how.elastic * size / 224;
    const cv::Mat shiftX = smoothField(size, deviation, dice);
    const cv::Mat shiftY = smoothField(size, deviation, dice);
    cv::Mat from(size, size, CV_32FC2);
    for (int y = 0; y < size; ++y) {
        const auto *dx = shiftX.ptr<float>(y);
        const auto *dy = shiftY.ptr<float>(y);
        auto *out = from.ptr<cv::Vec2f>(y);
        for (int x = 0; x < size; ++x) {
            const double u = x + static_cast<double>(dx[x]);
            const double v = y + static_cast<double>(dy[x]);
            out[x] = {static_cast<float>(affine(0, 0) * u + affine(0, 1) * v + affine(0, 2)),
                      static_cast<float>(affine(1, 0) * u + affine(1, 1) * v + affine(1, 2))};
        }
    }
    cv::remap(source, target, from, cv::noArray(), cv::INTER_LINEAR, cv::BORDER_REFLECT_101);
    return result;
}

} // namespace hilum
