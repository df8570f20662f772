// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audit/CornerText.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace hilum {

namespace {

// Chosen by eye on films with markers; the rates that they give are measured in CornerTextTest.
constexpr double cornerShare = 0.3;
constexpr double highestLetter = 0.09; // of the film's shorter side
constexpr int lowestLetter = 5; // pixels: less can't be told from noise
constexpr std::size_t lettersOfAWord = 3;

// How clear a shape must be: one that stands alone more so than one in a row of its like.
struct Clarity {
    int contrast = 0; // of every pixel against the background under it
    double outline = 0; // of its mean against the ring around it
    double unevenRing = 0; // standard deviation: letters stand on plain ground
    double bright = 0;
};
constexpr Clarity alone{45, 65, 28, 140};
constexpr Clarity inAWord{24, 34, 30, 60};

// One connected shape of a corner: `shape` is 255 on it, within `box` and two pixels around.
struct Candidate {
    cv::Rect box;
    cv::Mat shape;
    cv::Mat greys; // of the same rectangle as `shape`
};

bool hasLetterProportions(const cv::Rect &box, int area, int side)
{
    const double fill = static_cast<double>(area) / box.area();
    const bool isBar = box.width * 3 < box.height; // I, 1, l
    return box.height >= lowestLetter && box.height <= highestLetter * side && box.width >= 2
        && box.width <= 1.35 * box.height && box.width * 6 >= box.height && fill >= 0.18
        && (isBar || fill <= 0.82);
}

bool hasThinStrokes(const Candidate &candidate)
{
    cv::Mat depth;
    cv::distanceTransform(candidate.shape, depth, cv::DIST_L2, 3);
    double deepest = 0;
    cv::minMaxLoc(depth, nullptr, &deepest);
    return 2 * deepest - 1 <= std::max(2.5, 0.42 * candidate.box.height);
}

bool standsOut(const Candidate &candidate, const Clarity &wanted)
{
    cv::Mat near;
    cv::Mat far;
    const cv::Mat kernel = cv::getStructuringElement(cv::MORPH_RECT, {3, 3});
    cv::dilate(candidate.shape, near, kernel);
    cv::dilate(near, far, kernel);
    cv::Scalar ringMean;
    cv::Scalar ringSpread;
    cv::meanStdDev(candidate.greys, ringMean, ringSpread, far - near);
    const double letter = cv::mean(candidate.greys, candidate.shape)[0];
    return letter >= wanted.bright && letter - ringMean[0] >= wanted.outline
        && ringSpread[0] <= wanted.unevenRing;
}

// `risen` is the corner without its background.
std::vector<LetterBox> brightShapes(const cv::Mat &picture, const cv::Rect &corner, const cv::Mat &risen,
                                    const Clarity &wanted)
{
    const int side = std::min(picture.cols, picture.rows);
    const cv::Mat greys = picture(corner);
    const cv::Mat bright = risen > wanted.contrast;
    cv::Mat labels;
    cv::Mat statistics;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(bright, labels, statistics, centres, 8, CV_32S);
    std::vector<LetterBox> found;
    for (int i = 1; i < count; ++i) {
        const int *row = statistics.ptr<int>(i);
        const cv::Rect box(row[cv::CC_STAT_LEFT], row[cv::CC_STAT_TOP], row[cv::CC_STAT_WIDTH],
                           row[cv::CC_STAT_HEIGHT]);
        const cv::Rect around(box.x - 2, box.y - 2, box.width + 4, box.height + 4);
        // What reaches out of the corner is no letter of it.
        if ((around & cv::Rect({0, 0}, greys.size())) != around
            || !hasLetterProportions(box, row[cv::CC_STAT_AREA], side))
            continue;
        const Candidate candidate{box, labels(around) == i, greys(around)};
        if (hasThinStrokes(candidate) && standsOut(candidate, wanted))
            found.push_back({corner.x + box.x, corner.y + box.y, box.width, box.height});
    }
    return found;
}

// Of one height, on one line, close together.
bool areNeighbours(const LetterBox &a, const LetterBox &b)
{
    const int low = std::min(a.height, b.height);
    const int high = std::max(a.height, b.height);
    const int gap = std::max(a.left, b.left) - std::min(a.left + a.width, b.left + b.width);
    return low * 4 >= high * 3 && std::abs(a.top + a.height - b.top - b.height) * 4 <= high && gap <= high;
}

// Those that stand in a row of at least lettersOfAWord.
std::vector<LetterBox> wordsAmong(std::vector<LetterBox> shapes)
{
    std::ranges::sort(shapes, {}, &LetterBox::left);
    std::vector<LetterBox> words;
    std::vector<bool> used(shapes.size(), false);
    for (std::size_t start = 0; start < shapes.size(); ++start) {
        if (used[start])
            continue;
        std::vector<LetterBox> word{shapes[start]};
        for (std::size_t next = start + 1; next < shapes.size(); ++next) {
            if (!used[next] && areNeighbours(word.back(), shapes[next])) {
                word.push_back(shapes[next]);
                used[next] = true;
            }
        }
        if (word.size() >= lettersOfAWord)
            words.insert(words.end(), word.begin(), word.end());
    }
    return words;
}

void findLetters(const cv::Mat &picture, const cv::Rect &corner, std::vector<LetterBox> &found)
{
    const int reach = std::max(7, std::min(picture.cols, picture.rows) / 12) | 1; // wider than any stroke
    cv::Mat risen;
    cv::morphologyEx(picture(corner), risen, cv::MORPH_TOPHAT,
                     cv::getStructuringElement(cv::MORPH_RECT, {reach, reach}));
    const std::vector<LetterBox> words = wordsAmong(brightShapes(picture, corner, risen, inAWord));
    found.insert(found.end(), words.begin(), words.end());
    for (const LetterBox &letter : brightShapes(picture, corner, risen, alone)) {
        const bool known = std::ranges::any_of(words, [&](const LetterBox &other) {
            return std::abs(other.left - letter.left) <= 2 && std::abs(other.top - letter.top) <= 2;
        });
        if (!known)
            found.push_back(letter);
    }
}

} // namespace

std::vector<LetterBox> lettersInCorners(const Plane<std::uint8_t> &greys)
{
    std::vector<LetterBox> found;
    const int across = static_cast<int>(cornerShare * greys.width());
    const int down = static_cast<int>(cornerShare * greys.height());
    if (across < 16 || down < 16)
        return found;
    const cv::Mat picture(greys.height(), greys.width(), CV_8U,
                          const_cast<std::uint8_t *>(greys.samples().data()));
    const cv::Mat inverse = 255 - picture;
    for (const int left : {0, greys.width() - across}) {
        for (const int top : {0, greys.height() - down}) {
            findLetters(picture, {left, top, across, down}, found);
            findLetters(inverse, {left, top, across, down}, found);
        }
    }
    return found;
}

} // namespace hilum
