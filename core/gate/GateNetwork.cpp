// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/gate/GateNetwork.h"

#include "core/report/Csv.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstring>

namespace hilum {

namespace {

constexpr int heads = 8; // film, four turns, inverted, mirrored, lateral

float fromHalf(std::uint16_t half)
{
    const std::uint32_t sign = (half & 0x8000U) << 16U;
    const int exponent = (half >> 10U) & 31;
    const std::uint32_t fraction = half & 0x3ffU;
    if (exponent == 0) // zero and subnormals
        return std::bit_cast<float>(sign | std::bit_cast<std::uint32_t>(std::ldexp(float(fraction), -24)));
    if (exponent == 31)
        return std::bit_cast<float>(sign | 0x7f800000U | (fraction << 13U));
    return std::bit_cast<float>(sign | (static_cast<std::uint32_t>(exponent + 112) << 23U)
                                | (fraction << 13U));
}

Result<std::vector<float>> floatsOf(const SafetensorsFile &file, const std::string &name,
                                    const std::vector<std::int64_t> &shape, const std::string &where)
{
    const auto found = file.arrays.find(name);
    if (found == file.arrays.end())
        return fail(ErrorCode::ModelMismatch, where + ": expected an array " + name + ", found none");
    const NamedArray &array = found->second;
    if (array.shape != shape || array.type == TensorType::I64)
        return fail(ErrorCode::ModelMismatch, where + ": array " + name + ": expected another shape or type");
    std::vector<float> values(static_cast<std::size_t>(array.elements()));
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (array.type == TensorType::F32) {
            std::memcpy(&values[i], array.bytes.data() + i * 4, 4);
        } else {
            std::uint16_t half = 0;
            std::memcpy(&half, array.bytes.data() + i * 2, 2);
            values[i] = fromHalf(half);
        }
    }
    if (!std::ranges::all_of(values, [](float v) { return std::isfinite(v); }))
        return fail(ErrorCode::ModelMismatch, where + ": array " + name + ": expected finite numbers only");
    return values;
}

struct Map {
    std::vector<float> data; // [height][width][channels]
    int side = 0;
    int channels = 0;
};

// Four neighbours by sixteen channels: what the registers hold.
constexpr int tileWidth = 4;
constexpr int tileChannels = 16;
using Eight = float __attribute__((vector_size(32), aligned(4), may_alias));

struct Tile {
    Eight sums[tileWidth][2];
};

// What a tile reads: `steps` values in each of `rows` rows, the neighbours `step` values apart.
struct TileInput {
    const float *values;
    std::ptrdiff_t row; // from one to the next
    std::ptrdiff_t step;
    int rows;
    int steps;
};

// Wider registers where the processor has them. Without fused multiply-add every sum stays what it is
// everywhere.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
__attribute__((target_clones("default", "avx2")))
#endif
void addTo(Tile &tile, const TileInput &input, const float *weights, std::ptrdiff_t out)
{
    Eight lows[tileWidth];
    Eight highs[tileWidth];
    for (int i = 0; i < tileWidth; ++i) {
        lows[i] = tile.sums[i][0];
        highs[i] = tile.sums[i][1];
    }
    for (int row = 0; row < input.rows; ++row) {
        const float *value = input.values + row * input.row;
        for (int i = 0; i < input.steps; ++i, ++value, weights += out) {
            const Eight low = *reinterpret_cast<const Eight *>(weights);
            const Eight high = *reinterpret_cast<const Eight *>(weights + 8);
            lows[0] += low * value[0];
            highs[0] += high * value[0];
            lows[1] += low * value[input.step];
            highs[1] += high * value[input.step];
            lows[2] += low * value[2 * input.step];
            highs[2] += high * value[2 * input.step];
            lows[3] += low * value[3 * input.step];
            highs[3] += high * value[3 * input.step];
        }
    }
    for (int i = 0; i < tileWidth; ++i) {
        tile.sums[i][0] = lows[i];
        tile.sums[i][1] = highs[i];
    }
}

// With a frame of zeros.
Map framed(const Map &from, int reach)
{
    const int side = from.side + 2 * reach;
    Map to{{}, side, from.channels};
    to.data.resize(static_cast<std::size_t>(side * side * from.channels));
    for (int y = 0; y < from.side; ++y)
        std::copy_n(from.data.begin() + y * from.side * from.channels, from.side * from.channels,
                    to.data.begin() + ((y + reach) * side + reach) * from.channels);
    return to;
}

// Odd kernels, padded by zeros to keep the side (over the stride), then a ReLU. Sides are multiples of
// tileWidth, channels that come out of tileChannels.
Map convolved(const Map &from, const std::vector<float> &weights, const std::vector<float> &bias, int out,
              int kernel, int stride)
{
    Map to{{}, from.side / stride, out};
    assert(to.side % tileWidth == 0 && out % tileChannels == 0);
    to.data.resize(static_cast<std::size_t>(to.side * to.side * out));
    const Map wide = framed(from, kernel / 2);
    const std::ptrdiff_t row = std::ptrdiff_t{wide.side} * wide.channels;
    const std::ptrdiff_t step = std::ptrdiff_t{stride} * wide.channels;
    for (int y = 0; y < to.side; ++y) {
        for (int x = 0; x < to.side; x += tileWidth) {
            const TileInput input{wide.data.data() + y * stride * row + x * step, row, step, kernel,
                                  kernel * wide.channels};
            for (int o = 0; o < out; o += tileChannels) {
                Tile tile;
                for (auto &sums : tile.sums)
                    std::memcpy(&sums, bias.data() + o, sizeof(sums));
                addTo(tile, input, weights.data() + o, out);
                for (int i = 0; i < tileWidth; ++i) {
                    float *target = to.data.data() + ((y * to.side + x + i) * out + o);
                    std::memcpy(target, &tile.sums[i], sizeof(tile.sums[i]));
                    for (int c = 0; c < tileChannels; ++c)
                        target[c] = std::max(0.0F, target[c]);
                }
            }
        }
    }
    return to;
}

Map halved(const Map &from)
{
    Map to{{}, from.side / 2, from.channels};
    to.data.resize(static_cast<std::size_t>(to.side * to.side * to.channels));
    for (int y = 0; y < to.side; ++y) {
        for (int x = 0; x < to.side; ++x) {
            for (int c = 0; c < to.channels; ++c) {
                const auto at = [&](int dx, int dy) {
                    return from.data[static_cast<std::size_t>(
                        ((2 * y + dy) * from.side + 2 * x + dx) * from.channels + c)];
                };
                to.data[static_cast<std::size_t>((y * to.side + x) * to.channels + c)]
                    = std::max(std::max(at(0, 0), at(1, 0)), std::max(at(0, 1), at(1, 1)));
            }
        }
    }
    return to;
}

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

Result<double> threshold(const SafetensorsFile &file, const char *name, const std::string &where)
{
    const auto found = file.metadata.find(std::string("threshold.") + name);
    double value = 0;
    if (found == file.metadata.end()
        || std::from_chars(found->second.data(), found->second.data() + found->second.size(), value).ec
            != std::errc())
        return fail(ErrorCode::ModelMismatch, where + ": expected a number threshold." + name);
    return value;
}

} // namespace

std::vector<std::pair<std::string, std::vector<std::int64_t>>> GateNetwork::layout()
{
    return {{"conv1.weight", {16, 1, 5, 5}},
            {"conv1.bias", {16}},
            {"conv2.weight", {32, 16, 3, 3}},
            {"conv2.bias", {32}},
            {"conv3.weight", {64, 32, 3, 3}},
            {"conv3.bias", {64}},
            {"conv4.weight", {80, 64, 3, 3}},
            {"conv4.bias", {80}},
            {"hidden.weight", {gateFeatures, 80 * 16}},
            {"hidden.bias", {gateFeatures}},
            {"heads.weight", {heads, gateFeatures}},
            {"heads.bias", {heads}}};
}

Result<GateNetwork> GateNetwork::make(const SafetensorsFile &file, const std::string &where)
{
    GateNetwork network;
    const auto shapes = layout();
    for (std::size_t i = 0; i < shapes.size(); i += 2) {
        const auto &[name, shape] = shapes[i];
        auto weights = floatsOf(file, name, shape, where);
        if (!weights)
            return tl::unexpected(weights.error());
        auto bias = floatsOf(file, shapes[i + 1].first, shapes[i + 1].second, where);
        if (!bias)
            return tl::unexpected(bias.error());
        Layer layer{std::move(*weights), std::move(*bias), static_cast<int>(shape[1]),
                    static_cast<int>(shape[0]), shape.size() == 4 ? static_cast<int>(shape[2]) : 0};
        if (layer.kernel == 0) {
            (name == "hidden.weight" ? network.m_hidden : network.m_heads) = std::move(layer);
            continue;
        }
        const int area = layer.kernel * layer.kernel;
        std::vector<float> ordered(layer.weights.size());
        for (int o = 0; o < layer.out; ++o) {
            for (int c = 0; c < layer.in; ++c) {
                for (int k = 0; k < area; ++k)
                    ordered[static_cast<std::size_t>((k * layer.in + c) * layer.out + o)]
                        = layer.weights[static_cast<std::size_t>((o * layer.in + c) * area + k)];
            }
        }
        layer.weights = std::move(ordered);
        network.m_convolutions.push_back(std::move(layer));
    }
    if (file.arrays.contains("features.mean")) {
        auto mean = floatsOf(file, "features.mean", {gateFeatures}, where);
        auto whitening = floatsOf(file, "features.whitening", {gateFeatures, gateFeatures}, where);
        if (!mean || !whitening)
            return tl::unexpected(mean ? whitening.error() : mean.error());
        network.m_mean = std::move(*mean);
        network.m_whitening = std::move(*whitening);
        GateThresholds &limits = network.m_thresholds;
        for (const auto &[name, target] :
             {std::pair{"film", &limits.film}, std::pair{"upright", &limits.upright},
              std::pair{"inverted", &limits.inverted}, std::pair{"mirrored", &limits.mirrored},
              std::pair{"distance", &limits.distance}}) {
            const auto value = threshold(file, name, where);
            if (!value)
                return tl::unexpected(value.error());
            *target = *value;
        }
    }
    return network;
}

Result<GateNetwork> GateNetwork::read(const std::filesystem::path &file)
{
    const auto content = readSafetensors(file);
    if (!content)
        return tl::unexpected(content.error());
    return make(*content, file.string());
}

GateScores GateNetwork::run(const Plane<float> &input) const
{
    assert(input.width() == gateSide && input.height() == gateSide);
    Map map{{input.samples().begin(), input.samples().end()}, gateSide, 1};
    for (std::size_t i = 0; i < m_convolutions.size(); ++i) {
        const Layer &layer = m_convolutions[i];
        map = convolved(map, layer.weights, layer.bias, layer.out, layer.kernel, i == 0 ? 2 : 1);
        if (i > 0)
            map = halved(map);
    }
    GateScores scores;
    scores.features.resize(gateFeatures);
    const int places = map.side * map.side;
    for (int f = 0; f < gateFeatures; ++f) {
        float sum = m_hidden.bias[static_cast<std::size_t>(f)];
        const float *weight = m_hidden.weights.data() + static_cast<std::ptrdiff_t>(f * m_hidden.in);
        for (int c = 0; c < map.channels; ++c) { // LibTorch flattens channels first
            for (int p = 0; p < places; ++p)
                sum += *weight++ * map.data[static_cast<std::size_t>(p * map.channels + c)];
        }
        scores.features[static_cast<std::size_t>(f)] = std::max(0.0F, sum);
    }
    std::array<double, heads> logits{};
    for (std::size_t h = 0; h < heads; ++h) {
        logits[h] = m_heads.bias[h];
        for (std::size_t f = 0; f < gateFeatures; ++f)
            logits[h] += double(m_heads.weights[h * gateFeatures + f]) * double(scores.features[f]);
    }
    scores.film = sigmoid(logits[0]);
    const double most = *std::max_element(logits.begin() + 1, logits.begin() + 5);
    double sum = 0;
    for (std::size_t turn = 0; turn < 4; ++turn)
        sum += scores.turned[turn] = std::exp(logits[1 + turn] - most);
    for (double &turn : scores.turned)
        turn /= sum;
    scores.inverted = sigmoid(logits[5]);
    scores.mirrored = sigmoid(logits[6]);
    scores.lateral = sigmoid(logits[7]);
    double squares = 0;
    for (std::size_t row = 0; row < (m_mean.empty() ? 0 : std::size_t(gateFeatures)); ++row) {
        double along = 0;
        for (std::size_t f = 0; f < gateFeatures; ++f)
            along += double(m_whitening[row * gateFeatures + f]) * double(scores.features[f] - m_mean[f]);
        squares += along * along;
    }
    scores.distance = std::sqrt(squares);
    return scores;
}

void writeThresholds(const GateThresholds &limits, SafetensorsFile &file)
{
    file.metadata["threshold.film"] = csvNumber(limits.film);
    file.metadata["threshold.upright"] = csvNumber(limits.upright);
    file.metadata["threshold.inverted"] = csvNumber(limits.inverted);
    file.metadata["threshold.mirrored"] = csvNumber(limits.mirrored);
    file.metadata["threshold.distance"] = csvNumber(limits.distance);
}

} // namespace hilum
