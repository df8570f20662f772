// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/Augment.h"

#include "core/imaging/JpegRoundTrip.h"
#include "core/train/Warp.h"

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>
#include <string>

namespace hilum {

namespace {

cv::Mat matOf(Plane<float> &plane)
{
    return {plane.height(), plane.width(), CV_32FC1, plane.samples().data()};
}

// Brings darkest to 0 and brightest to 1.
void stretch(Plane<float> &image)
{
    const auto [low, high] = std::ranges::minmax(image.samples());
    if (high <= low)
        return;
    const float scale = 1 / (high - low);
    for (float &v : image.samples())
        v = (v - low) * scale;
}

// Window, gamma and a smooth monotone curve at once, by a table over 0 to 1.
void bendGreys(Plane<float> &image, const Augmentation &how, Dice &dice)
{
    constexpr int steps = 512;
    constexpr int waves = 3;
    const bool narrows = how.window > 0 && dice.chance(how.probability);
    const double from = narrows ? dice.between(0, how.window) : 0;
    const double to = narrows ? dice.between(1 - how.window, 1) : 1;
    const bool powers = how.gamma > 0 && dice.chance(how.probability);
    const double gamma = powers ? std::exp(dice.around(how.gamma)) : 1;
    std::array<double, waves> bends{};
    const bool curves = how.curve > 0 && dice.chance(how.probability);
    if (curves) {
        // The slope is 1 + sum of a[k] pi k cos(pi k v), and the sum of |a[k]| pi k stays below 1.
        for (int k = 0; k < waves; ++k)
            bends[static_cast<std::size_t>(k)]
                = dice.around(std::min(how.curve, 0.95 / waves / (std::numbers::pi * (k + 1))));
    }
    if (!narrows && !powers && !curves)
        return;
    std::array<float, steps + 2> table{};
    for (int i = 0; i <= steps; ++i) {
        double v = std::clamp((static_cast<double>(i) / steps - from) / (to - from), 0.0, 1.0);
        if (powers)
            v = std::pow(v, gamma);
        double bent = v;
        for (int k = 0; k < waves && curves; ++k)
            bent += bends[static_cast<std::size_t>(k)] * std::sin(std::numbers::pi * (k + 1) * v);
        table[static_cast<std::size_t>(i)] = static_cast<float>(bent);
    }
    table[steps + 1] = table[steps];
    for (float &v : image.samples()) {
        const float at = std::clamp(v, 0.0F, 1.0F) * steps;
        const auto below = static_cast<std::size_t>(at);
        v = std::lerp(table[below], table[below + 1], at - static_cast<float>(below));
    }
}

void lightUnevenly(cv::Mat &image, double strength, Dice &dice)
{
    cv::Mat nodes(3, 3, CV_32FC1);
    for (int i = 0; i < 9; ++i)
        nodes.ptr<float>()[i] = static_cast<float>(dice.around(strength));
    cv::Mat field;
    cv::resize(nodes, field, image.size(), 0, 0, cv::INTER_CUBIC);
    image += field;
}

void soften(cv::Mat &image, double strength, Dice &dice)
{
    if (dice.chance(0.5)) {
        cv::GaussianBlur(image, image, {}, dice.between(0.2, 1) * strength * image.cols / 224.0);
        return;
    }
    // As if the film had been stored smaller.
    const int smaller = std::max(16, static_cast<int>(image.cols / dice.between(1.05, 1 + 0.86 * strength)));
    if (smaller >= image.cols)
        return;
    cv::Mat small;
    cv::resize(image, small, {smaller, smaller}, 0, 0, cv::INTER_AREA);
    cv::resize(small, image, image.size(), 0, 0, cv::INTER_LINEAR);
}

// Unsharp masking, as scanners do.
void sharpen(cv::Mat &image, double gain, Dice &dice)
{
    cv::Mat soft;
    cv::GaussianBlur(image, soft, {}, dice.between(0.8, 2) * image.cols / 224.0);
    image += dice.between(0.25, 1) * gain * (image - soft);
}

// Letters as technicians put them, near an edge.
void pasteLetters(cv::Mat &image, Dice &dice)
{
    static const std::array<std::string, 14> texts{
        "L", "R", "AP", "PA", "D", "I", "SUPINE", "ER", "MB", "DCHA", "PORTABLE", "SEATED", "IZQ", "UPRIGHT"};
    const int side = image.cols;
    std::string text = texts[static_cast<std::size_t>(dice.below(static_cast<int>(texts.size())))];
    if (dice.chance(0.25)) // a date or a time
        text = std::to_string(dice.below(31)) + (dice.chance(0.5) ? "." : ":")
            + std::to_string(dice.below(60));
    const double scale = dice.between(0.035, 0.11) * side / 22.0; // the font is 22 pixels high
    const int thickness = 1 + (dice.chance(0.4) ? side / 100 : 0);
    int baseline = 0;
    const cv::Size box = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, scale, thickness, &baseline);
    const int depth = static_cast<int>(dice.between(0.01, 0.12) * side);
    const bool atLeft = dice.chance(0.5);
    const bool atTop = dice.chance(0.75);
    const int x = atLeft ? depth : std::max(0, side - depth - box.width);
    const int y = atTop ? depth + box.height : side - depth;
    const double ink = dice.chance(0.9) ? dice.between(0.85, 1) : dice.between(0, 0.1);
    cv::putText(image, text, {x, y}, cv::FONT_HERSHEY_SIMPLEX, scale, cv::Scalar(ink), thickness);
}

// Covers the brightest spot of the outer fifth: where there are letters, those.
void maskLetters(cv::Mat &image, Dice &dice)
{
    const int side = image.cols;
    const int inner = side / 5;
    cv::Mat band(image.size(), CV_8UC1, cv::Scalar(255));
    band(cv::Rect(inner, inner, side - 2 * inner, side - 2 * inner)).setTo(0);
    cv::Point brightest;
    cv::minMaxLoc(image, nullptr, nullptr, nullptr, &brightest, band);
    const int width = static_cast<int>(dice.between(0.08, 0.22) * side);
    const int height = static_cast<int>(dice.between(0.06, 0.14) * side);
    const cv::Rect patch = cv::Rect(brightest.x - width / 2, brightest.y - height / 2, width, height)
        & cv::Rect(0, 0, side, side);
    if (patch.area() > 0)
        image(patch).setTo(dice.between(0, 0.5));
}

void coverPatch(cv::Mat &image, Dice &dice)
{
    const int side = image.cols;
    const int width = static_cast<int>(dice.between(0.08, 0.3) * side);
    const int height = static_cast<int>(dice.between(0.05, 0.25) * side);
    const int x = dice.below(side - width + 1);
    int y = dice.below(side - height + 1);
    if (dice.chance(0.5)) // near an edge, where letters stand
        y = dice.chance(0.5) ? 0 : side - height;
    image(cv::Rect(x, y, width, height)).setTo(dice.between(0, 1));
}

void blankBorder(cv::Mat &image, Dice &dice)
{
    const int side = image.cols;
    const int depth = std::max(1, static_cast<int>(dice.between(0.01, 0.08) * side));
    cv::rectangle(image, {0, 0}, {side - 1, side - 1}, cv::Scalar(dice.between(0, 1)), depth * 2);
}

void addNoise(cv::Mat &image, double deviation, Dice &dice)
{
    cv::RNG random(dice.seed());
    cv::Mat noise(image.size(), CV_32FC1);
    random.fill(noise, cv::RNG::NORMAL, 0, deviation);
    image += noise;
}

} // namespace

Plane<float> augment(const Plane<std::uint8_t> &square, int size, const Augmentation &how,
                     const InputSpec &spec, std::mt19937_64 &random)
{
    Dice dice(random);
    Plane<float> result = warped(square, size, how, dice);
    cv::Mat image = matOf(result);
    if (spec.standardise == Standardise::PerFilm || spec.equalise)
        stretch(result);
    bendGreys(result, how, dice);
    if (how.bias > 0 && dice.chance(how.probability))
        lightUnevenly(image, how.bias, dice);
    if (how.markers > 0 && dice.chance(how.markers)) {
        if (dice.chance(0.5))
            maskLetters(image, dice);
        else
            pasteLetters(image, dice);
    }
    if (how.blur > 0 && dice.chance(how.probability))
        soften(image, how.blur, dice);
    if (how.sharpen > 0 && dice.chance(how.probability))
        sharpen(image, how.sharpen, dice);
    if (how.noise > 0 && dice.chance(how.probability))
        addNoise(image, dice.between(0.15, 1) * how.noise, dice);
    if (how.jpegLow > 0 && dice.chance(how.probability))
        jpegRoundTrip(result, how.jpegLow + dice.below(how.jpegHigh - how.jpegLow + 1));
    if (how.cover > 0 && dice.chance(how.cover))
        coverPatch(image, dice);
    if (how.border > 0 && dice.chance(how.border))
        blankBorder(image, dice);
    assert(image.data == reinterpret_cast<unsigned char *>(result.samples().data()));
    applySpec(result, spec, 0, 1);
    return result;
}

} // namespace hilum
