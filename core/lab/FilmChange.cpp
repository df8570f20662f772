// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lab/FilmChange.h"

#include "core/imaging/JpegRoundTrip.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

namespace hilum {

namespace {

cv::Mat matOf(Plane<float> &plane)
{
    return {plane.height(), plane.width(), CV_32FC1, plane.samples().data()};
}

cv::Mat matOf(Plane<std::uint8_t> &plane)
{
    return {plane.height(), plane.width(), CV_8UC1, plane.samples().data()};
}

// The gamma that brings the mean of greys from 0 to 1 to `wanted`: the mean falls as gamma grows.
double gammaFor(const cv::Mat &greys, double wanted)
{
    constexpr int halvings = 30;
    constexpr std::pair furthest{0.05, 20.0};
    constexpr int bins = 1024;
    cv::Mat counts;
    const float range[] = {0, 1 + 1e-6F};
    const float *ranges[] = {range};
    cv::calcHist(&greys, 1, nullptr, cv::noArray(), counts, 1, &bins, ranges);
    auto [low, high] = furthest;
    for (int i = 0; i < halvings; ++i) {
        const double gamma = std::sqrt(low * high);
        double sum = 0;
        for (int bin = 0; bin < bins; ++bin)
            sum += counts.at<float>(bin) * std::pow((bin + 0.5) / bins, gamma);
        (sum / static_cast<double>(greys.total()) > wanted ? low : high) = gamma;
    }
    return std::sqrt(low * high);
}

// Each change in turn; `lacksLungs` says that one could not be made.
class Changer {
public:
    explicit Changer(LabFilm film)
        : m_film(std::move(film))
    {
    }

    void operator()(const CoverRectangle &c)
    {
        const auto [left, top] = pixelOf({c.left, c.top});
        const auto [right, bottom] = pixelOf({c.left + c.width, c.top + c.height});
        const cv::Rect area = cv::Rect(left, top, right - left, bottom - top) & all();
        if (area.area() > 0)
            cover(image()(area), cv::noArray(), c.grey, c.opacity);
    }

    void operator()(const CoverBrush &c)
    {
        cv::Mat stroke = cv::Mat::zeros(all().size(), CV_8UC1);
        const int thickness = std::max(1, static_cast<int>(std::lround(c.diameter * side())));
        std::vector<cv::Point> points;
        for (const LabPoint &point : c.points) {
            const auto [x, y] = pixelOf(point);
            points.emplace_back(x, y);
        }
        if (points.size() == 1)
            cv::circle(stroke, points.front(), thickness / 2, cv::Scalar(1), cv::FILLED);
        else if (!points.empty())
            cv::polylines(stroke, points, false, cv::Scalar(1), thickness);
        cover(image(), stroke, c.grey, c.opacity);
    }

    void operator()(const CoverLungs &c)
    {
        if (m_film.lungs.empty()) {
            m_lacksLungs = true;
            return;
        }
        cv::Mat mask = matOf(m_film.lungs);
        if (c.part == LungPart::AllButLungs)
            cover(image(), mask == 0, c.grey, c.opacity);
        else
            cover(image(), mask, c.grey, c.opacity);
    }

    void operator()(const CoverBorder &c)
    {
        const auto [left, top] = pixelOf({c.depth, c.depth});
        const auto [right, bottom] = pixelOf({1 - c.depth, 1 - c.depth});
        if (c.depth <= 0)
            return;
        cv::Mat frame(all().size(), CV_8UC1, cv::Scalar(1));
        const cv::Rect inside = cv::Rect(left, top, std::max(0, right - left), std::max(0, bottom - top));
        frame(inside & all()).setTo(0);
        cover(image(), frame, c.grey, 1);
    }

    void operator()(const CoverCorners &c)
    {
        for (const LabPoint corner :
             {LabPoint{0, 0}, {1 - c.size, 0}, {0, 1 - c.size}, {1 - c.size, 1 - c.size}})
            (*this)(CoverRectangle{corner.x, corner.y, c.size, c.size, c.grey, 1});
    }

    void operator()(const PasteText &c) { pasteText(m_film.greys, c.text, c.place, c.grey); }

    void operator()(const ChangeWindow &c)
    {
        const auto from = static_cast<float>(c.centre - c.width / 2);
        const auto width = static_cast<float>(c.width);
        for (float &grey : m_film.greys.samples())
            grey = std::clamp((grey - from) / width, 0.0F, 1.0F);
    }

    void operator()(const ChangeGamma &c)
    {
        if (c.gamma == 1)
            return;
        cv::Mat greys = image();
        clampGreys(greys);
        cv::pow(greys, c.gamma, greys);
    }

    void operator()(const EvenBrightness &c)
    {
        if (c.strength == 0)
            return;
        cv::Mat greys = image();
        clampGreys(greys);
        if (const double mean = cv::mean(greys)[0]; mean > 0 && mean < 1)
            cv::pow(greys, std::pow(gammaFor(greys, c.mean), c.strength), greys);
    }

    void operator()(const Invert &)
    {
        for (float &grey : m_film.greys.samples())
            grey = 1 - grey;
    }

    void operator()(const Rotate &c)
    {
        const cv::Point2f middle(static_cast<float>(m_film.greys.width() - 1) / 2,
                                 static_cast<float>(m_film.greys.height() - 1) / 2);
        if (c.degrees != 0) // OpenCV turns the other way
            warp(cv::getRotationMatrix2D(middle, -c.degrees, 1));
    }

    void operator()(const Flip &c)
    {
        const int code = c.axis == FlipAxis::LeftRight ? 1 : 0;
        cv::flip(image(), image(), code);
        if (!m_film.lungs.empty())
            cv::flip(matOf(m_film.lungs), matOf(m_film.lungs), code);
    }

    void operator()(const Blur &c)
    {
        cv::Mat greys = image();
        if (c.radius > 0)
            cv::GaussianBlur(greys, greys, {}, c.radius * side(), 0, cv::BORDER_REFLECT_101);
    }

    void operator()(const AddNoise &c)
    {
        constexpr double grains = 512; // across the square
        if (c.deviation <= 0)
            return;
        const auto grainsOf = [&](int pixels) {
            return std::max(1, static_cast<int>(std::lround(grains * pixels / side())));
        };
        cv::RNG random(c.seed);
        cv::Mat noise(grainsOf(m_film.greys.height()), grainsOf(m_film.greys.width()), CV_32FC1);
        random.fill(noise, cv::RNG::NORMAL, 0, c.deviation);
        cv::resize(noise, noise, all().size(), 0, 0, cv::INTER_NEAREST);
        // A film holds no grey beyond its ends; pixels that lie there stay where they are.
        for (int y = 0; y < noise.rows; ++y) {
            const auto *added = noise.ptr<float>(y);
            for (float &grey : m_film.greys.row(y))
                grey = std::clamp(grey + *added++, std::min(0.0F, grey), std::max(1.0F, grey));
        }
    }

    void operator()(const StoreAsJpeg &c) { jpegRoundTrip(m_film.greys, c.quality); }

    void operator()(const StoreSmaller &c)
    {
        const double scale = c.side / side();
        if (scale >= 1)
            return;
        const auto scaled
            = [&](int pixels) { return std::max(1, static_cast<int>(std::lround(pixels * scale))); };
        cv::Mat greys = image();
        cv::Mat small;
        cv::resize(greys, small, {scaled(greys.cols), scaled(greys.rows)}, 0, 0, cv::INTER_AREA);
        cv::resize(small, greys, greys.size(), 0, 0, cv::INTER_LINEAR);
    }

    void operator()(const Stretch &c)
    {
        const double root = std::sqrt(c.factor);
        const double x = (m_film.greys.width() - 1) / 2.0;
        const double y = (m_film.greys.height() - 1) / 2.0;
        if (c.factor != 1)
            warp(cv::Mat(cv::Matx23d(root, 0, x - root * x, 0, 1 / root, y - y / root)));
    }

    void operator()(const SqueezeToSquare &)
    {
        const int length = static_cast<int>(side());
        if (m_film.greys.width() == m_film.greys.height())
            return;
        const InputMap whole{m_film.greys.width(), m_film.greys.height(), 0, 0,
                             m_film.greys.width(), m_film.greys.height()};
        if (!m_film.lungs.empty()) {
            Plane<std::uint8_t> lungs(length, length);
            cv::Mat target = matOf(lungs);
            cv::resize(matOf(m_film.lungs), target, target.size(), 0, 0, cv::INTER_NEAREST);
            m_film.lungs = std::move(lungs);
        }
        m_film.greys = resampled(m_film.greys, whole, length);
    }

    bool lacksLungs() const { return m_lacksLungs; }
    LabFilm take() { return std::move(m_film); }

private:
    cv::Mat image() { return matOf(m_film.greys); }
    cv::Rect all() const { return {0, 0, m_film.greys.width(), m_film.greys.height()}; }
    double side() const { return std::min(m_film.greys.width(), m_film.greys.height()); }

    std::pair<int, int> pixelOf(const LabPoint &point) const
    {
        const InputMap square = centreSquare(m_film.greys.width(), m_film.greys.height());
        return {square.left + static_cast<int>(std::lround(point.x * square.width)),
                square.top + static_cast<int>(std::lround(point.y * square.height))};
    }

    static void clampGreys(cv::Mat &greys) { cv::Mat(cv::max(cv::min(greys, 1), 0)).copyTo(greys); }

    static void cover(cv::Mat part, cv::InputArray mask, double grey, double opacity)
    {
        if (opacity >= 1) {
            part.setTo(cv::Scalar(grey), mask);
            return;
        }
        const cv::Mat blended = part * (1 - opacity) + grey * opacity;
        blended.copyTo(part, mask);
    }

    void warp(const cv::Mat &affine)
    {
        Plane<float> result(m_film.greys.width(), m_film.greys.height());
        cv::Mat target = matOf(result);
        cv::warpAffine(image(), target, affine, target.size(), cv::INTER_LINEAR, cv::BORDER_REFLECT_101);
        m_film.greys = std::move(result);
        if (m_film.lungs.empty())
            return;
        cv::Mat lungs;
        cv::warpAffine(matOf(m_film.lungs), lungs, affine, target.size(), cv::INTER_NEAREST,
                       cv::BORDER_REFLECT_101);
        lungs.copyTo(matOf(m_film.lungs));
    }

    LabFilm m_film;
    bool m_lacksLungs = false;
};

} // namespace

bool needsLungs(const FilmChange &change) { return std::holds_alternative<CoverLungs>(change); }

Result<LabFilm> changed(LabFilm film, std::span<const FilmChange> changes)
{
    if (film.greys.empty())
        return fail(ErrorCode::DataCorrupt, "expected a film to change, found one without pixels");
    Changer changer(std::move(film));
    for (const FilmChange &change : changes)
        std::visit(changer, change);
    if (changer.lacksLungs())
        return fail(ErrorCode::UsageWrong,
                    "a change covers the lungs: expected a mask of the lungs for this film, found none");
    return changer.take();
}

} // namespace hilum
