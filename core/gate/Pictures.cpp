// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/gate/Pictures.h"

#include "core/gate/Bodies.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <string>

namespace hilum {

namespace {

cv::Mat matOf(Plane<float> &plane)
{
    return {plane.height(), plane.width(), CV_32FC1, plane.samples().data()};
}

// Text and lines need pixels: drawn large, then shrunk.
constexpr int drawn = 256;

cv::Scalar grey(Dice &dice, double low, double high) { return cv::Scalar(dice.between(low, high)); }

std::string words(Dice &dice)
{
    std::string text;
    const int count = dice.whole(1, 7);
    for (int w = 0; w < count; ++w) {
        const int letters = dice.whole(2, 9);
        for (int i = 0; i < letters; ++i)
            text += static_cast<char>('a' + dice.whole(0, 25));
        text += ' ';
    }
    return text;
}

cv::Mat drawText(Dice &dice)
{
    const bool dark = dice.chance(0.3);
    cv::Mat page(drawn, drawn, CV_32FC1, grey(dice, dark ? 0 : 0.8, dark ? 0.2 : 1));
    const double size = dice.between(0.3, 1.1);
    const cv::Scalar ink = grey(dice, dark ? 0.7 : 0, dark ? 1 : 0.35);
    const int margin = dice.whole(2, 40);
    for (double y = dice.between(10, 60); y < drawn - 5; y += size * dice.between(22, 40)) {
        if (dice.chance(0.85))
            cv::putText(page, words(dice), {margin + (dice.chance(0.2) ? dice.whole(0, 60) : 0), int(y)},
                        dice.whole(0, 7), size, ink, dice.whole(1, 2), cv::LINE_AA);
    }
    return page;
}

cv::Mat drawChart(Dice &dice)
{
    cv::Mat page(drawn, drawn, CV_32FC1, grey(dice, 0.85, 1));
    const int left = dice.whole(15, 50);
    const int bottom = drawn - dice.whole(15, 50);
    if (dice.chance(0.6)) {
        for (int y = 20; y < bottom; y += 30)
            cv::line(page, {left, y}, {drawn - 10, y}, cv::Scalar(0.8), 1);
    }
    const int series = dice.whole(1, 4);
    const bool bars = dice.chance(0.4);
    for (int s = 0; s < series; ++s) {
        const cv::Scalar ink = grey(dice, 0, 0.7);
        const double phase = dice.between(0, 6);
        const double rate = dice.between(0.01, 0.1);
        const double height = dice.between(20, 90);
        cv::Point before(left, bottom - 40);
        for (int x = left; x < drawn - 10; x += bars ? 14 : 4) {
            const double wave = std::sin(phase + x * rate) + dice.between(-0.3, 0.3);
            const cv::Point here(x, std::clamp(int(bottom - 70 - height * wave), 10, bottom));
            if (bars)
                cv::rectangle(page, {x + s * 3, here.y}, {x + s * 3 + 8, bottom}, ink, cv::FILLED);
            else
                cv::line(page, before, here, ink, dice.whole(1, 2), cv::LINE_AA);
            before = here;
        }
    }
    cv::line(page, {left, 10}, {left, bottom}, cv::Scalar(0), 1);
    cv::line(page, {left, bottom}, {drawn - 10, bottom}, cv::Scalar(0), 1);
    cv::putText(page, words(dice), {left, drawn - 6}, 0, 0.4, cv::Scalar(0.1), 1, cv::LINE_AA);
    if (dice.chance(0.25))
        page = 1 - page;
    return page;
}

// Noise of a power spectrum: white noise added over octaves.
cv::Mat fractal(Dice &dice, int side, double roughness)
{
    cv::Mat sum = cv::Mat::zeros(side, side, CV_32FC1);
    double weight = 1;
    for (int cells = dice.whole(2, 4); cells <= side; cells *= 2, weight *= roughness) {
        cv::Mat noise(cells, cells, CV_32FC1);
        for (float &value : cv::Mat_<float>(noise))
            value = static_cast<float>(dice.between(-1, 1));
        cv::resize(noise, noise, sum.size(), 0, 0, cv::INTER_CUBIC);
        sum += weight * noise;
    }
    return sum;
}

cv::Mat drawTexture(Dice &dice)
{
    const int kind = dice.whole(0, 4);
    if (kind == 0)
        return fractal(dice, drawn, dice.between(0.4, 0.9));
    cv::Mat page(drawn, drawn, CV_32FC1);
    const double across = dice.between(-0.3, 0.3);
    const double down = dice.between(-0.3, 0.3);
    const double ring = dice.between(0.03, 0.25);
    const int cell = dice.whole(8, 60);
    const double cx = dice.between(0, drawn);
    const double cy = dice.between(0, drawn);
    for (int y = 0; y < drawn; ++y) {
        for (int x = 0; x < drawn; ++x) {
            double value = 0;
            if (kind == 1)
                value = std::sin(across * x + down * y);
            else if (kind == 2)
                value = std::sin(ring * std::hypot(x - cx, y - cy));
            else if (kind == 3)
                value = ((x / cell) + (y / cell)) % 2;
            else
                value = across * x + down * y;
            page.at<float>(y, x) = static_cast<float>(value);
        }
    }
    if (dice.chance(0.5))
        page += dice.between(0.1, 0.8) * fractal(dice, drawn, 0.6);
    return page;
}

// Things before a background, lit from one side, as a photograph or an icon has them.
cv::Mat drawScene(Dice &dice)
{
    cv::Mat page(drawn, drawn, CV_32FC1);
    const double sky = dice.between(0, 1);
    const double ground = dice.between(0, 1);
    for (int y = 0; y < drawn; ++y)
        page.row(y).setTo(std::lerp(sky, ground, double(y) / drawn));
    page += dice.between(0, 0.25) * fractal(dice, drawn, dice.between(0.4, 0.7));
    const int things = dice.whole(1, 14);
    for (int i = 0; i < things; ++i) {
        const cv::Scalar ink = grey(dice, 0, 1);
        const cv::Point at(dice.whole(0, drawn), dice.whole(0, drawn));
        const int kind = dice.whole(0, 3);
        const int thick = dice.chance(0.75) ? int(cv::FILLED) : dice.whole(1, 8);
        if (kind == 0) {
            cv::ellipse(page, at, {dice.whole(5, 110), dice.whole(5, 110)}, dice.between(0, 180), 0, 360, ink,
                        thick, cv::LINE_AA);
        } else if (kind == 1) {
            cv::rectangle(page, at, {dice.whole(0, drawn), dice.whole(0, drawn)}, ink, thick);
        } else if (kind == 2) {
            std::vector<cv::Point> corners;
            const int count = dice.whole(3, 8);
            for (int c = 0; c < count; ++c)
                corners.emplace_back(dice.whole(0, drawn), dice.whole(0, drawn));
            cv::fillPoly(page, std::vector<std::vector<cv::Point>>{corners}, ink, cv::LINE_AA);
        } else {
            cv::line(page, at, {dice.whole(0, drawn), dice.whole(0, drawn)}, ink, dice.whole(1, 12),
                     cv::LINE_AA);
        }
    }
    if (dice.chance(0.4))
        cv::GaussianBlur(page, page, {}, dice.between(0.5, 6));
    return page;
}

cv::Mat drawNoise(Dice &dice)
{
    cv::Mat page(drawn, drawn, CV_32FC1);
    const bool speckle = dice.chance(0.4);
    for (float &value : cv::Mat_<float>(page)) {
        const double draw = dice.between(0, 1);
        value = static_cast<float>(speckle ? -std::log(draw + 1e-6) : draw);
    }
    if (dice.chance(0.6))
        cv::GaussianBlur(page, page, {}, dice.between(0.5, 8));
    if (dice.chance(0.4)) { // a vignette
        for (int y = 0; y < drawn; ++y) {
            for (int x = 0; x < drawn; ++x)
                page.at<float>(y, x) *= static_cast<float>(
                    std::exp(-std::hypot(x - drawn / 2, y - drawn / 2) / dice.between(80, 90)));
        }
    }
    return page;
}

// A cut through a body: an outline, organs, bones; black around.
cv::Mat drawSlice(Dice &dice)
{
    cv::Mat page = cv::Mat::zeros(drawn, drawn, CV_32FC1);
    const cv::Point centre(drawn / 2 + dice.whole(-12, 12), drawn / 2 + dice.whole(-12, 12));
    const int wide = dice.whole(55, 122);
    const int high = static_cast<int>(wide * dice.between(0.6, 1.2));
    const double flesh = dice.between(0.3, 0.6);
    cv::ellipse(page, centre, {wide, high}, 0, 0, 360, cv::Scalar(flesh), cv::FILLED, cv::LINE_AA);
    if (dice.chance(0.5))
        cv::ellipse(page, centre, {wide - 4, high - 4}, 0, 0, 360, grey(dice, 0.6, 1), dice.whole(2, 9),
                    cv::LINE_AA);
    const int organs = dice.whole(3, 14);
    for (int i = 0; i < organs; ++i) {
        const cv::Point at(centre.x + static_cast<int>(dice.between(-0.65, 0.65) * wide),
                           centre.y + static_cast<int>(dice.between(-0.65, 0.65) * high));
        cv::ellipse(page, at, {dice.whole(3, std::max(4, wide / 2)), dice.whole(3, std::max(4, high / 2))},
                    dice.between(0, 180), 0, 360, grey(dice, 0, 0.9), cv::FILLED, cv::LINE_AA);
    }
    if (dice.chance(0.6)) // the spine
        cv::ellipse(page, {centre.x, centre.y + high * 6 / 10}, {wide / 6, high / 6}, 0, 0, 360,
                    cv::Scalar(0.95), cv::FILLED, cv::LINE_AA);
    page += dice.between(0, 0.06) * fractal(dice, drawn, 0.9);
    if (dice.chance(0.5))
        cv::GaussianBlur(page, page, {}, dice.between(0.5, 3));
    return page;
}

// An ultrasound's fan of speckle.
cv::Mat drawFan(Dice &dice)
{
    cv::Mat page = cv::Mat::zeros(drawn, drawn, CV_32FC1);
    const double top = dice.between(-40, 40);
    const double half = dice.between(0.35, 0.9);
    const double depth = dice.between(180, 260);
    const cv::Mat slow = fractal(dice, drawn, 0.6);
    for (int y = 0; y < drawn; ++y) {
        for (int x = 0; x < drawn; ++x) {
            const double dx = x - drawn / 2.0;
            const double dy = y - top;
            const double reach = std::hypot(dx, dy);
            if (dy <= 0 || std::abs(std::atan2(dx, dy)) > half || reach > depth || reach < 25)
                continue;
            page.at<float>(y, x) = static_cast<float>(std::max(0.0, 0.45 + 0.4 * double(slow.at<float>(y, x)))
                                                      * -std::log(dice.between(1e-3, 1)) * 0.4);
        }
    }
    cv::GaussianBlur(page, page, {}, dice.between(0.6, 2.5));
    if (dice.chance(0.6))
        cv::putText(page, words(dice), {4, 14}, 0, 0.4, cv::Scalar(0.9), 1, cv::LINE_AA);
    return page;
}

Plane<float> shrunk(const cv::Mat &page, int side)
{
    Plane<float> picture(side, side);
    cv::Mat target = matOf(picture);
    cv::resize(page, target, target.size(), 0, 0, cv::INTER_AREA);
    cv::normalize(target, target, 0, 1, cv::NORM_MINMAX);
    return picture;
}

} // namespace

std::string_view pictureName(PictureKind kind)
{
    constexpr std::array<std::string_view, pictureKinds> names{
        "text",  "chart", "texture", "scene",         "noise",  "limb",  "skull",
        "slice", "fan",   "trunk",   "lateral chest", "detail", "tiles", "collage"};
    return names[static_cast<std::size_t>(kind)];
}

Plane<float> makePicture(PictureKind kind, int side, std::mt19937_64 &random)
{
    Dice dice(random);
    switch (kind) {
    case PictureKind::Text:
        return shrunk(drawText(dice), side);
    case PictureKind::Chart:
        return shrunk(drawChart(dice), side);
    case PictureKind::Texture:
        return shrunk(drawTexture(dice), side);
    case PictureKind::Scene:
        return shrunk(drawScene(dice), side);
    case PictureKind::Noise:
        return shrunk(drawNoise(dice), side);
    case PictureKind::Slice:
        return shrunk(drawSlice(dice), side);
    case PictureKind::Fan:
        return shrunk(drawFan(dice), side);
    case PictureKind::Limb:
        return projectLimb(side, dice);
    case PictureKind::Skull:
        return projectSkull(side, dice);
    case PictureKind::Trunk:
        return projectTrunk(side, dice);
    case PictureKind::LateralChest:
        return projectChest(side, true, dice);
    case PictureKind::Detail:
    case PictureKind::Tiles:
    case PictureKind::Collage:
        break;
    }
    assert(false);
    return {};
}

Plane<float> makeFrontalChest(int side, std::mt19937_64 &random)
{
    Dice dice(random);
    return projectChest(side, false, dice);
}

Plane<float> spoiltFilm(PictureKind kind, const Plane<float> &square, int side, std::mt19937_64 &random)
{
    Dice dice(random);
    const int from = square.width();
    const cv::Mat film(from, from, CV_32FC1, const_cast<float *>(square.samples().data()));
    cv::Mat page;
    if (kind == PictureKind::Detail) {
        const int cut = std::max(8, static_cast<int>(from * dice.between(0.18, 0.38)));
        page = film(cv::Rect(dice.whole(0, from - cut), dice.whole(0, from - cut), cut, cut)).clone();
    } else if (kind == PictureKind::Tiles) {
        const int count = dice.whole(2, 4);
        const int tile = from / count;
        page = cv::Mat(tile * count, tile * count, CV_32FC1);
        std::vector<int> order(static_cast<std::size_t>(count * count));
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = static_cast<int>(i);
        do {
            std::ranges::shuffle(order, dice.state());
        } while (order[0] == 0);
        for (int i = 0; i < count * count; ++i) {
            const int j = order[static_cast<std::size_t>(i)];
            film(cv::Rect(j % count * tile, j / count * tile, tile, tile))
                .copyTo(page(cv::Rect(i % count * tile, i / count * tile, tile, tile)));
        }
    } else { // several in a row, as a screenshot or a slide has them
        const int across = dice.whole(2, 3);
        const int down = dice.whole(1, 3);
        page = cv::Mat(from, from, CV_32FC1, cv::Scalar(dice.chance(0.5) ? film.at<float>(0, 0) : 0.0F));
        for (int y = 0; y < down; ++y) {
            for (int x = 0; x < across; ++x) {
                cv::Mat cell
                    = page(cv::Rect(x * from / across, y * from / down, from / across - 1, from / down - 1));
                cv::resize(film, cell, cell.size(), 0, 0, cv::INTER_AREA);
            }
        }
    }
    return shrunk(page, side);
}

} // namespace hilum
