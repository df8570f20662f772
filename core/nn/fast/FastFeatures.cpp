// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/fast/FastFeatures.h"

#include "core/nn/Architecture.h"

#include <array>
#include <cassert>
#include <cmath>

namespace hilum::fast {

namespace {

constexpr double epsilon = 1e-5; // of every batch norm

// y = x * scale + shift.
struct Affine {
    std::vector<float> scale;
    std::vector<float> shift;
};

Affine normOf(const WeightTable &weights, const std::string &name)
{
    const auto &gain = weights.at(name + ".weight");
    const auto &offset = weights.at(name + ".bias");
    const auto &mean = weights.at(name + ".running_mean");
    const auto &variance = weights.at(name + ".running_var");
    Affine affine{gain, offset};
    for (std::size_t c = 0; c < gain.size(); ++c) {
        const double scale = gain[c] / std::sqrt(static_cast<double>(variance[c]) + epsilon);
        affine.scale[c] = static_cast<float>(scale);
        affine.shift[c] = static_cast<float>(offset[c] - mean[c] * scale);
    }
    return affine;
}

struct Folded {
    std::vector<float> weights;
    std::vector<float> bias;
};

// A convolution (with or without bias) and the norm after it as one convolution.
Folded fold(const WeightTable &weights, const std::string &convolution, const std::string &norm)
{
    const Affine affine = normOf(weights, norm);
    Folded folded{weights.at(convolution + ".weight"), affine.shift};
    const std::size_t width = affine.scale.size();
    const std::size_t each = folded.weights.size() / width;
    const auto ownBias = weights.find(convolution + ".bias");
    for (std::size_t w = 0; w < width; ++w) {
        for (std::size_t i = 0; i < each; ++i)
            folded.weights[w * each + i] *= affine.scale[w];
        if (ownBias != weights.end())
            folded.bias[w] += ownBias->second[w] * affine.scale[w];
    }
    return folded;
}

Image imageIn(Buffer &buffer, int side, int channels, std::ptrdiff_t stride = 0)
{
    const std::ptrdiff_t step = stride == 0 ? channels : stride;
    const auto needed = static_cast<std::size_t>(side * side * step);
    if (buffer.size() < needed)
        buffer = Buffer(needed);
    return {buffer.data(), side, side, channels, step};
}

class FastVgg final : public FastFeatures {
public:
    FastVgg(const WeightTable &weights, int depth, bool hasNorms)
    {
        int channels = 1;
        int index = 0;
        const auto counts = vggConvolutions(depth);
        for (std::size_t block = 0; block < counts.size(); ++block) {
            const int width = vggWidths[block];
            std::vector<Convolution3x3> convolutions;
            for (int i = 0; i < counts[block]; ++i) {
                const std::string name = "features." + std::to_string(index);
                const Folded folded = hasNorms
                    ? fold(weights, name, "features." + std::to_string(index + 1))
                    : Folded{weights.at(name + ".weight"), weights.at(name + ".bias")};
                if (channels == 1)
                    m_first = std::make_unique<FirstConvolution>(folded.weights, folded.bias, 3, 1, 1, width);
                else
                    convolutions.emplace_back(folded.weights, folded.bias, channels, width);
                channels = width;
                index += hasNorms ? 3 : 2; // convolution, perhaps norm, ReLU
            }
            m_blocks.push_back(std::move(convolutions));
            ++index; // pooling
        }
    }

    Image run(const float *input, int size, const Spread &spread) override
    {
        int side = size;
        Image now = imageIn(m_buffers[0], side, vggWidths[0]);
        m_first->apply(input, size, now, true, spread);
        int other = 1;
        for (std::size_t block = 0; block < m_blocks.size(); ++block) {
            const int width = vggWidths[block];
            for (const Convolution3x3 &convolution : m_blocks[block]) {
                const Image next = imageIn(m_buffers[static_cast<std::size_t>(other)], side, width);
                convolution.apply(now, next, true, spread);
                now = next;
                other = 1 - other;
            }
            if (block + 1 < m_blocks.size()) {
                side /= 2;
                const Image next = imageIn(m_buffers[static_cast<std::size_t>(other)], side, width);
                maxPool(now, next, 2, 2, 0, spread);
                now = next;
                other = 1 - other;
            }
        }
        return now;
    }

private:
    std::unique_ptr<FirstConvolution> m_first;
    std::vector<std::vector<Convolution3x3>> m_blocks;
    std::array<Buffer, 2> m_buffers;
};

// A product over rows that are normalised while they are read; pools 2 x 2 pixels first when asked to,
// which gives the same as pooling afterwards, at a quarter of the work.
class NormalisedProduct {
public:
    NormalisedProduct(Affine affine, std::span<const float> weights, std::span<const float> bias, int depth,
                      int width)
        : m_affine(std::move(affine))
        , m_product(weights, bias, depth, width)
    {
    }

    void apply(const Image &in, const Image &out, int pooling, bool relu, const Spread &spread) const
    {
        const int group = kernels().rowGroup;
        const int groups = (out.pixels() + group - 1) / group;
        spread.run(groups, [&](int begin, int end) {
            const int depth = m_product.depth();
            Buffer rows(static_cast<std::size_t>(group * depth));
            std::array<const float *, 4> pixels{};
            for (int first = begin * group; first < std::min(end * group, out.pixels()); first += group) {
                const int count = std::min(group, out.pixels() - first);
                for (int r = 0; r < count; ++r) {
                    const int y = (first + r) / out.width * pooling;
                    const int x = (first + r) % out.width * pooling;
                    for (int i = 0; i < pooling * pooling; ++i)
                        pixels[static_cast<std::size_t>(i)]
                            = in.pixel((y + i / pooling) * in.width + x + i % pooling);
                    kernels().normalisedMean(pixels.data(), pooling * pooling, m_affine.scale.data(),
                                             m_affine.shift.data(), depth, rows.data() + r * depth);
                }
                m_product.apply(rows.data(), depth, count, relu, out.pixel(first), out.stride);
            }
        });
    }

    int depth() const { return m_product.depth(); }
    int width() const { return m_product.width(); }

private:
    Affine m_affine;
    Product m_product;
};

class FastDenseNet final : public FastFeatures {
public:
    FastDenseNet(const WeightTable &weights, int depth)
    {
        const auto layers = denseLayers(depth);
        const Folded first = fold(weights, "features.conv0", "features.norm0");
        m_first = std::make_unique<FirstConvolution>(first.weights, first.bias, 7, 2, 3, firstWidth);
        const std::vector<float> noBias(widestTransition, 0.0F);
        int channels = firstWidth;
        for (std::size_t b = 0; b < layers.size(); ++b) {
            Block block;
            const std::string blockName = "features.denseblock" + std::to_string(b + 1);
            for (int i = 0; i < layers[b]; ++i) {
                const std::string name = blockName + ".denselayer" + std::to_string(i + 1);
                const Folded squeeze = fold(weights, name + ".conv1", name + ".norm2");
                block.squeeze.emplace_back(normOf(weights, name + ".norm1"), squeeze.weights, squeeze.bias,
                                           channels, bottleneck);
                block.grow.emplace_back(weights.at(name + ".conv2.weight"),
                                        std::span(noBias).first(static_cast<std::size_t>(growth)), bottleneck,
                                        growth);
                channels += growth;
            }
            block.out = channels;
            if (b + 1 < layers.size()) {
                const std::string name = "features.transition" + std::to_string(b + 1);
                block.transition = std::make_unique<NormalisedProduct>(
                    normOf(weights, name + ".norm"), weights.at(name + ".conv.weight"),
                    std::span(noBias).first(static_cast<std::size_t>(channels / 2)), channels, channels / 2);
                channels /= 2;
            }
            m_blocks.push_back(std::move(block));
        }
        m_last = normOf(weights, "features.norm5");
    }

    Image run(const float *input, int size, const Spread &spread) override
    {
        const Image stem = imageIn(m_stem, (size + 1) / 2, firstWidth);
        m_first->apply(input, size, stem, true, spread);
        int side = (stem.height + 1) / 2;
        Image now = imageIn(m_buffers[0], side, firstWidth, m_blocks[0].out);
        maxPool(stem, now, 3, 2, 1, spread);
        for (std::size_t b = 0; b < m_blocks.size(); ++b) {
            const Block &block = m_blocks[b];
            const Image narrow = imageIn(m_narrow, side, bottleneck);
            for (std::size_t i = 0; i < block.squeeze.size(); ++i) {
                block.squeeze[i].apply(now, narrow, 1, true, spread);
                const Image grown{now.data + block.squeeze[i].depth(), side, side, growth, now.stride};
                block.grow[i].apply(narrow, grown, false, spread);
            }
            now.channels = block.out;
            if (block.transition) {
                side /= 2;
                const Image next
                    = imageIn(m_buffers[(b + 1) % 2], side, block.transition->width(), m_blocks[b + 1].out);
                block.transition->apply(now, next, 2, false, spread);
                now = next;
            }
        }
        const Image result = imageIn(m_result, side, now.channels);
        for (int p = 0; p < now.pixels(); ++p) {
            const float *pixel = now.pixel(p);
            kernels().normalisedMean(&pixel, 1, m_last.scale.data(), m_last.shift.data(), now.channels,
                                     result.pixel(p));
        }
        return result;
    }

private:
    static constexpr int firstWidth = 64;
    static constexpr int widestTransition = 1024; // outputs; DenseNet201 has 896
    static constexpr int growth = 32;
    static constexpr int bottleneck = 128;

    struct Block {
        int out = 0;
        std::vector<NormalisedProduct> squeeze;
        std::vector<Convolution3x3> grow;
        std::unique_ptr<NormalisedProduct> transition;
    };

    std::unique_ptr<FirstConvolution> m_first;
    std::vector<Block> m_blocks;
    Affine m_last;
    Buffer m_stem;
    Buffer m_narrow;
    Buffer m_result;
    std::array<Buffer, 2> m_buffers;
};

class FastResNet18 final : public FastFeatures {
public:
    FastResNet18(const WeightTable &weights, int width, bool isLight)
        : m_width(width)
        , m_isLight(isLight)
    {
        const Folded first = fold(weights, "conv1", "bn1");
        const int kernel = isLight ? 5 : 7;
        m_first = std::make_unique<FirstConvolution>(first.weights, first.bias, kernel, 2, kernel / 2, width);
        int channels = width;
        for (int stage = 0; stage < stages; ++stage) {
            for (int i = 0; i < 2; ++i) {
                const std::string name = "layer" + std::to_string(stage + 1) + "." + std::to_string(i);
                const int out = width << stage;
                const bool halves = stage > 0 && i == 0;
                const Folded one = fold(weights, name + ".conv1", name + ".bn1");
                const Folded two = fold(weights, name + ".conv2", name + ".bn2");
                Block block;
                if (halves) {
                    const Folded way = fold(weights, name + ".downsample.0", name + ".downsample.1");
                    block.halve
                        = std::make_unique<StridedConvolution>(one.weights, one.bias, 3, channels, out);
                    block.shortcut
                        = std::make_unique<StridedConvolution>(way.weights, way.bias, 1, channels, out);
                } else {
                    block.keep = std::make_unique<Convolution3x3>(one.weights, one.bias, channels, out);
                }
                block.second = std::make_unique<Convolution3x3>(two.weights, two.bias, out, out);
                block.width = out;
                m_blocks.push_back(std::move(block));
                channels = out;
            }
        }
    }

    Image run(const float *input, int size, const Spread &spread) override
    {
        const Image stem = imageIn(m_stem, (size + 1) / 2, m_width);
        m_first->apply(input, size, stem, true, spread);
        int side = m_isLight ? stem.height / 2 : (stem.height + 1) / 2;
        std::size_t at = 0;
        Image now = imageIn(m_buffers[at], side, m_width);
        maxPool(stem, now, m_isLight ? 2 : 3, 2, m_isLight ? 0 : 1, spread);
        for (const Block &block : m_blocks) {
            if (block.halve)
                side = (side + 1) / 2;
            const Image between = imageIn(m_between, side, block.width);
            const Image out = imageIn(m_buffers[1 - at], side, block.width);
            Image added = now;
            if (block.halve) {
                block.halve->apply(now, between, true, spread);
                added = imageIn(m_shortcut, side, block.width);
                block.shortcut->apply(now, added, false, spread);
            } else {
                block.keep->apply(now, between, true, spread);
            }
            block.second->apply(between, out, false, spread);
            addAndClip(out, added, spread);
            now = out;
            at = 1 - at;
        }
        return now;
    }

private:
    static constexpr int stages = 4;

    struct Block {
        int width = 0;
        std::unique_ptr<StridedConvolution> halve; // either this one with its shortcut
        std::unique_ptr<StridedConvolution> shortcut;
        std::unique_ptr<Convolution3x3> keep; // or this one
        std::unique_ptr<Convolution3x3> second;
    };

    int m_width;
    bool m_isLight;
    std::unique_ptr<FirstConvolution> m_first;
    std::vector<Block> m_blocks;
    Buffer m_stem;
    Buffer m_between;
    Buffer m_shortcut;
    std::array<Buffer, 2> m_buffers;
};

// The fast forms read one channel; networks for red, green and blue are left to LibTorch.
bool isGrey(const WeightTable &weights, const std::string &first, std::size_t size)
{
    const auto found = weights.find(first);
    return found != weights.end() && found->second.size() == size;
}

} // namespace

Result<std::unique_ptr<FastFeatures>> FastFeatures::make(const std::string &architecture,
                                                         const WeightTable &weights)
{
    const auto known = findArchitecture(architecture);
    if (!known)
        return tl::unexpected(known.error());
    switch (known->backbone) {
    case Backbone::VggBatchNorm:
    case Backbone::VggPlain:
        if (!isGrey(weights, "features.0.weight", vggWidths[0] * 3 * 3))
            break;
        return std::make_unique<FastVgg>(weights, known->depth, known->backbone == Backbone::VggBatchNorm);
    case Backbone::DenseNet:
        if (!isGrey(weights, "features.conv0.weight", 64 * 7 * 7))
            break;
        return std::make_unique<FastDenseNet>(weights, known->depth);
    case Backbone::ResNet18: {
        const int width = known->width > 0 ? known->width : 64;
        if (width % 32 == 0) // of a packed panel
            return std::make_unique<FastResNet18>(weights, width, known->width > 0);
        break;
    }
    case Backbone::SmallCnn:
    case Backbone::DarkCovidNet:
        break;
    }
    return fail(ErrorCode::ModelMismatch, "expected an architecture with a fast form, found " + architecture);
}

} // namespace hilum::fast
