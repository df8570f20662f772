// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/InputSpec.h"

#include "core/imaging/ModalityValues.h"
#include "core/nn/GreyScale.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <opencv2/imgproc.hpp>
#include <tuple>
#include <utility>
#include <vector>

namespace hilum {

namespace {

// cv::Mat over a plane's own memory; the plane must outlive it.
cv::Mat matOf(Plane<float> &plane)
{
    return {plane.height(), plane.width(), CV_32FC1, plane.samples().data()};
}

// Black and white of a square.
std::pair<float, float> greyScaleOf(const Film &film, const Plane<float> &values)
{
    if (const auto full = fullScaleOf(film))
        return *full;
    const auto [darkest, brightest] = std::ranges::minmax(values.samples());
    return {darkest, brightest};
}

} // namespace

std::optional<std::pair<float, float>> fullScaleOf(const Film &film)
{
    if (film.bitsStored != 8 || film.isSigned || !film.modalityTransform.isIdentity() || film.padding)
        return std::nullopt;
    return film.highIsBlack() ? std::pair(-255.0F, 0.0F) : std::pair(0.0F, 255.0F);
}

InputMap centreSquare(int filmWidth, int filmHeight)
{
    const int side = std::min(filmWidth, filmHeight);
    return {filmWidth, filmHeight, (filmWidth - side) / 2, (filmHeight - side) / 2, side, side};
}

InputMap partSeen(const Film &film, Crop crop)
{
    if (crop == Crop::Squeeze)
        return {film.columns, film.rows, 0, 0, film.columns, film.rows};
    return centreSquare(film.columns, film.rows);
}

Plane<float> displayedValues(const Film &film, int frame)
{
    Plane<float> whole = modalityValues(film, frame);
    if (film.highIsBlack())
        std::ranges::transform(whole.samples(), whole.samples().begin(), std::negate<>());

    const Plane<std::uint8_t> padding = paddingMask(film, frame);
    if (padding.empty())
        return whole;
    float darkest = std::numeric_limits<float>::infinity();
    for (std::size_t i = 0; i < whole.samples().size(); ++i) {
        if (padding.samples()[i] == 0)
            darkest = std::min(darkest, whole.samples()[i]);
    }
    if (!std::isfinite(darkest))
        darkest = 0;
    for (std::size_t i = 0; i < whole.samples().size(); ++i) {
        if (padding.samples()[i] != 0)
            whole.samples()[i] = darkest;
    }
    return whole;
}

Plane<float> resampled(const Plane<float> &values, const InputMap &part, int size)
{
    const cv::Mat whole(values.height(), values.width(), CV_32FC1,
                        const_cast<float *>(values.samples().data()));
    Plane<float> result(size, size);
    cv::Mat target = matOf(result);
    // Area means average when shrinking; OpenCV's area enlarges by blocks, so enlarge bilinearly.
    const bool shrinks = std::min(part.width, part.height) >= size;
    cv::resize(whole(cv::Rect(part.left, part.top, part.width, part.height)), target, target.size(), 0, 0,
               shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
    return result;
}

Result<ModelInput> squareOf(const Film &film, int frame, int size, Crop crop)
{
    if (film.rows <= 0 || film.columns <= 0 || frame < 0 || frame >= film.frames)
        return fail(ErrorCode::DataCorrupt,
                    film.file + ": expected frame " + std::to_string(frame + 1) + " of a film, found "
                        + std::to_string(film.frames) + " frames of " + std::to_string(film.columns) + " x "
                        + std::to_string(film.rows));
    ModelInput input;
    input.map = partSeen(film, crop);
    input.values = resampled(displayedValues(film, frame), input.map, size);
    std::tie(input.black, input.white) = greyScaleOf(film, input.values);
    return input;
}

void toUnit(Plane<float> &values, float black, float white)
{
    for (float &v : values.samples())
        v = white > black ? std::clamp((v - black) / (white - black), 0.0F, 1.0F) : 0.0F;
}

void standardise(Plane<float> &values)
{
    const auto samples = values.samples();
    if (samples.empty())
        return;
    double sum = 0;
    for (const float v : samples)
        sum += v;
    const double mean = sum / static_cast<double>(samples.size());
    double squares = 0;
    for (const float v : samples)
        squares += (v - mean) * (v - mean);
    const double deviation = std::sqrt(squares / static_cast<double>(samples.size()));
    // Flat up to the rounding of a float: nothing to see, so nothing is invented.
    const double flat = 1e-6 * std::max(1.0, std::abs(mean));
    for (float &v : samples)
        v = deviation > flat ? static_cast<float>((v - mean) / deviation) : 0.0F;
}

void equalise(Plane<float> &values)
{
    const auto samples = values.samples();
    const std::size_t count = samples.size();
    if (count == 0)
        return;
    // A radix sort of keys that order as the floats do: three digits of eleven bits.
    constexpr int digitBits = 11;
    constexpr std::uint32_t digits = 1U << digitBits;
    struct Ranked {
        std::uint32_t key;
        std::uint32_t index;
    };
    std::vector<Ranked> order(count);
    std::vector<Ranked> other(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto bits = std::bit_cast<std::uint32_t>(samples[i] + 0.0F); // -0 is 0
        order[i] = {bits ^ ((bits >> 31U) != 0 ? 0xffffffffU : 0x80000000U), static_cast<std::uint32_t>(i)};
    }
    for (int shift = 0; shift < 32; shift += digitBits) {
        std::array<std::uint32_t, digits> starts{};
        for (const Ranked &r : order)
            ++starts[(r.key >> shift) & (digits - 1)];
        std::uint32_t sum = 0;
        for (std::uint32_t &start : starts)
            start = std::exchange(sum, sum + start);
        for (const Ranked &r : order)
            other[starts[(r.key >> shift) & (digits - 1)]++] = r;
        order.swap(other);
    }
    const double last = count > 1 ? static_cast<double>(count - 1) : 1;
    for (std::size_t begin = 0; begin < count;) {
        std::size_t end = begin + 1;
        while (end < count && order[end].key == order[begin].key)
            ++end;
        const double rank = count > 1 ? static_cast<double>(begin + end - 1) / 2 : 0.5;
        for (std::size_t i = begin; i < end; ++i)
            samples[order[i].index] = static_cast<float>(rank / last);
        begin = end;
    }
}

void applySpec(Plane<float> &values, const InputSpec &spec, float black, float white)
{
    if (spec.equalise)
        equalise(values);
    if (spec.standardise == Standardise::PerFilm)
        standardise(values);
    else if (!spec.equalise)
        toUnit(values, black, white);
}

Result<ModelInput> prepare(const Film &film, int frame, const InputSpec &spec)
{
    auto input = squareOf(film, frame, spec.size, spec.crop);
    if (input)
        applySpec(input->values, spec, input->black, input->white);
    return input;
}

std::vector<Plane<float>> fedChannels(const Plane<float> &values, const InputSpec &spec)
{
    std::vector<std::size_t> order{0, 1, 2};
    if (spec.channels == ChannelOrder::Grey)
        order = {0};
    else if (spec.channels == ChannelOrder::Bgr)
        order = {2, 1, 0};
    std::vector<Plane<float>> channels;
    for (const std::size_t colour : order) {
        Plane<float> &channel = channels.emplace_back(values);
        for (float &value : channel.samples())
            value = (value - spec.mean[colour]) / spec.deviation[colour];
    }
    return channels;
}

} // namespace hilum
