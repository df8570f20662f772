// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/Explanation.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace hilum {

namespace {

constexpr double blurOfSide = 0.05; // standard deviation: fine detail goes, light and dark stay

}

Plane<float> referenceOf(const Plane<float> &input, Reference reference)
{
    Plane<float> result(input.width(), input.height());
    switch (reference) {
    case Reference::Mean: // of a standardised film
        break;
    case Reference::Black:
        std::ranges::fill(result.samples(), std::ranges::min(input.samples()));
        break;
    case Reference::Blurred: {
        const cv::Mat from(input.height(), input.width(), CV_32FC1,
                           const_cast<float *>(input.samples().data()));
        cv::Mat to(result.height(), result.width(), CV_32FC1, result.samples().data());
        cv::GaussianBlur(from, to, {}, blurOfSide * input.width());
        break;
    }
    }
    return result;
}

} // namespace hilum
