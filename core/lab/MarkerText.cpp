// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lab/MarkerText.h"

#include "core/nn/InputSpec.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace hilum {

bool isMarkerText(const std::string &text)
{
    constexpr std::size_t longest = 24;
    return !text.empty() && text.size() <= longest
        && std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

void pasteText(Plane<float> &greys, const std::string &text, const MarkerPlace &place, double grey)
{
    constexpr int face = cv::FONT_HERSHEY_SIMPLEX;
    constexpr double strokeShare = 0.13; // of a capital's height
    cv::Mat image(greys.height(), greys.width(), CV_32FC1, greys.samples().data());
    const InputMap square = centreSquare(greys.width(), greys.height());
    const int height = static_cast<int>(std::lround(place.height * square.width));
    if (height < 1 || text.empty())
        return;
    const int stroke = std::max(1, static_cast<int>(std::lround(strokeShare * height)));
    const double scale = cv::getFontScaleFromHeight(face, std::max(1, height - stroke), stroke);
    const cv::Size box = cv::getTextSize(text, face, scale, stroke, nullptr);
    const cv::Point corner(
        square.left + static_cast<int>(std::lround(place.x * square.width)) - box.width / 2,
        square.top + static_cast<int>(std::lround(place.y * square.height)) + box.height / 2);
    cv::putText(image, text, corner, face, scale, cv::Scalar(grey), stroke);
}

} // namespace hilum
