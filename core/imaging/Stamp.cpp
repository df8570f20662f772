// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imaging/Stamp.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <sstream>
#include <vector>

namespace hilum {

namespace {

constexpr int face = cv::FONT_HERSHEY_SIMPLEX;

// As many words a line as fit.
std::vector<std::string> linesOf(const std::string &text, int width, double scale, int thickness)
{
    std::vector<std::string> lines;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        if (lines.empty()) {
            lines.push_back(word);
            continue;
        }
        const std::string longer = lines.back() + ' ' + word;
        if (cv::getTextSize(longer, face, scale, thickness, nullptr).width <= width)
            lines.back() = longer;
        else
            lines.push_back(word);
    }
    return lines;
}

} // namespace

void stamp(RgbImage &picture, const std::string &text)
{
    if (picture.empty())
        return;
    cv::Mat image(picture.height(), picture.width(), CV_8UC3, picture.samples().data());
    const int height = std::max(10, picture.height() / 60);
    const double scale = cv::getFontScaleFromHeight(face, height);
    const int line = std::max(1, height / 12);
    const std::vector<std::string> lines = linesOf(text, picture.width() - height, scale, line + 2);
    cv::Point corner(height / 2, picture.height() - height / 2 - 2);
    corner.y -= static_cast<int>(lines.size() - 1) * height * 3 / 2;
    for (const std::string &words : lines) {
        // A dark edge keeps it readable over bone.
        cv::putText(image, words, corner, face, scale, cv::Scalar(0, 0, 0), line + 2, cv::LINE_AA);
        cv::putText(image, words, corner, face, scale, cv::Scalar(230, 230, 230), line, cv::LINE_AA);
        corner.y += height * 3 / 2;
    }
}

} // namespace hilum
