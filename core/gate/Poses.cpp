// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/Dice.h"
#include "core/gate/FitGate.h"
#include "core/nn/InputSpec.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace hilum {

namespace {

cv::Mat matOf(const Plane<float> &plane)
{
    return {plane.height(), plane.width(), CV_32FC1, const_cast<float *>(plane.samples().data())};
}

cv::Mat inPose(const cv::Mat &square, const Pose &pose)
{
    cv::Mat image = square.clone();
    if (pose.mirrored)
        cv::flip(image, image, 1);
    if (pose.quarterTurns % 4 != 0)
        cv::rotate(image, image, pose.quarterTurns % 4 - 1); // OpenCV's codes: 0 is a quarter clockwise
    if (pose.inverted)
        image = -image;
    return image;
}

Plane<float> finished(const cv::Mat &image)
{
    Plane<float> result(gateSide, gateSide);
    cv::Mat target = matOf(result);
    cv::resize(image, target, target.size(), 0, 0,
               image.cols >= gateSide ? cv::INTER_AREA : cv::INTER_LINEAR);
    standardise(result);
    return result;
}

void bendGreys(cv::Mat &image, Dice &dice)
{
    double low = 0;
    double high = 0;
    cv::minMaxLoc(image, &low, &high);
    if (high <= low)
        return;
    image = (image - low) / (high - low);
    if (dice.chance(0.4)) {
        const double from = dice.between(0, 0.2);
        const double to = dice.between(0.8, 1);
        image = (image - from) / (to - from);
        cv::min(image, 1.0, image);
        cv::max(image, 0.0, image);
    }
    cv::pow(image, std::exp(dice.between(-0.6, 0.6)), image);
}

void addMarks(cv::Mat &image, Dice &dice)
{
    const int side = image.cols;
    if (dice.chance(0.15)) // a film within a frame
        cv::rectangle(image, {0, 0}, {side - 1, side - 1}, dice.chance(0.7) ? 0.0 : 1.0,
                      2 * dice.whole(1, side / 10));
    if (dice.chance(0.25))
        cv::putText(image, dice.chance(0.5) ? "R" : "L AP",
                    {dice.whole(0, side * 3 / 4), dice.whole(8, side)}, 0, dice.between(0.2, 0.6),
                    dice.chance(0.8) ? 1.0 : 0.0, 1, cv::LINE_AA);
    if (dice.chance(0.1))
        cv::rectangle(image, cv::Rect(dice.whole(0, side - 20), dice.whole(0, side - 20), 18, 12),
                      dice.between(0, 1), cv::FILLED);
}

} // namespace

Plane<float> posed(const Plane<float> &square, const Pose &pose)
{
    return finished(inPose(matOf(square), pose));
}

Plane<float> variedFilm(const Plane<float> &square, const Pose &pose, std::mt19937_64 &random)
{
    Dice dice(random);
    const cv::Mat source = matOf(square);
    const int side = source.cols;
    const double middle = (side - 1) / 2.0;
    const double angle = dice.between(-12, 12);
    cv::Mat move = cv::getRotationMatrix2D({float(middle), float(middle)}, angle, dice.between(0.85, 1.2));
    move.at<double>(0, 2) += dice.between(-0.07, 0.07) * side;
    move.at<double>(1, 2) += dice.between(-0.07, 0.07) * side;
    const double squeeze = std::exp(dice.between(-0.12, 0.12));
    move.row(0) *= squeeze;
    move.at<double>(0, 2) += middle * (1 - squeeze);
    cv::Mat image;
    cv::warpAffine(source, image, move, source.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    bendGreys(image, dice);
    addMarks(image, dice);
    if (dice.chance(0.4))
        cv::GaussianBlur(image, image, {}, dice.between(0.3, 1.2));
    if (dice.chance(0.4)) {
        std::normal_distribution<float> noise(0, static_cast<float>(dice.between(0.005, 0.06)));
        for (float &value : cv::Mat_<float>(image))
            value += noise(random);
    }
    return finished(inPose(image, pose));
}

} // namespace hilum
