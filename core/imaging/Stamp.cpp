// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imaging/Stamp.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace hilum {

void stamp(RgbImage &picture, const std::string &text)
{
    if (picture.empty())
        return;
    cv::Mat image(picture.height(), picture.width(), CV_8UC3, picture.samples().data());
    constexpr int face = cv::FONT_HERSHEY_SIMPLEX;
    const int height = std::max(10, picture.height() / 60);
    const double scale = cv::getFontScaleFromHeight(face, height);
    const cv::Point corner(height / 2, picture.height() - height / 2 - 2);
    const int line = std::max(1, height / 12);
    // A dark edge keeps it readable over bone.
    cv::putText(image, text, corner, face, scale, cv::Scalar(0, 0, 0), line + 2, cv::LINE_AA);
    cv::putText(image, text, corner, face, scale, cv::Scalar(230, 230, 230), line, cv::LINE_AA);
}

} // namespace hilum
