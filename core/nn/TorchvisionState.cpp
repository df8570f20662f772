// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/TorchvisionState.h"

#include "core/nn/Architecture.h"

#include <algorithm>
#include <regex>
#include <string_view>
#include <utility>

namespace hilum {

namespace {

using Arrays = std::map<std::string, NamedArray>;

std::string shapeText(const std::vector<std::int64_t> &shape)
{
    std::string text = "[";
    for (const std::int64_t extent : shape)
        text += (text.size() > 1 ? ", " : "") + std::to_string(extent);
    return text + "]";
}

// The tensor of that name, of `rank` sides.
Result<const NamedArray *> tensorNamed(const Arrays &arrays, const std::string &name, std::size_t rank,
                                       const std::string &where)
{
    const auto found = arrays.find(name);
    if (found == arrays.end())
        return fail(ErrorCode::ModelMismatch, where + ": expected a tensor " + name + ", found none");
    if (found->second.shape.size() != rank)
        return fail(ErrorCode::ModelMismatch,
                    where + ": tensor " + name + ": expected " + std::to_string(rank) + " sides, found "
                        + shapeText(found->second.shape));
    return &found->second;
}

Result<TorchvisionState> stateOf(const Arrays &arrays, const std::string &architecture,
                                 const std::string &first, const std::string &last, const std::string &where)
{
    const auto input = tensorNamed(arrays, first, 4, where);
    if (!input)
        return tl::unexpected(input.error());
    const auto output = tensorNamed(arrays, last, 2, where);
    if (!output)
        return tl::unexpected(output.error());
    const std::int64_t channels = (*input)->shape[1];
    if (channels != 1 && channels != 3)
        return fail(ErrorCode::ModelMismatch,
                    where + ": tensor " + first + ": expected 1 or 3 input channels, found "
                        + shapeText((*input)->shape));
    constexpr std::int64_t mostClasses = 100'000;
    const std::int64_t classes = (*output)->shape[0];
    if (classes < 1 || classes > mostClasses)
        return fail(ErrorCode::ModelMismatch,
                    where + ": tensor " + last + ": expected a row for each class, found "
                        + shapeText((*output)->shape));
    return TorchvisionState{architecture, static_cast<int>(classes), static_cast<int>(channels)};
}

bool hasConvolution(const Arrays &arrays, int index)
{
    const auto found = arrays.find("features." + std::to_string(index) + ".weight");
    return found != arrays.end() && found->second.shape.size() == 4;
}

Result<TorchvisionState> recogniseVgg(const Arrays &arrays, const std::string &where)
{
    const bool hasNorms = arrays.contains("features.1.weight");
    for (const int depth : {11, 13, 16, 19}) {
        int index = 0;
        int expected = 0;
        bool fits = true;
        for (const int count : vggConvolutions(depth)) {
            for (int i = 0; i < count; ++i, index += hasNorms ? 3 : 2, ++expected)
                fits = fits && hasConvolution(arrays, index);
            ++index; // pooling
        }
        const auto found = std::ranges::count_if(arrays, [](const auto &item) {
            return item.first.starts_with("features.") && item.second.shape.size() == 4;
        });
        if (fits && found == expected)
            return stateOf(arrays, "torchvision-vgg" + std::to_string(depth) + (hasNorms ? "_bn" : ""),
                           "features.0.weight", "classifier.6.weight", where);
    }
    return fail(ErrorCode::ModelMismatch,
                where + ": expected the convolutions of VGG11, 13, 16 or 19, found another order of them");
}

Result<TorchvisionState> recogniseDenseNet(const Arrays &arrays, const std::string &where)
{
    std::array<int, 4> layers{};
    const std::regex pattern("features\\.denseblock([1-4])\\.denselayer[0-9]+\\.conv1\\.weight");
    std::smatch match;
    for (const auto &item : arrays) {
        if (std::regex_match(item.first, match, pattern))
            ++layers[static_cast<std::size_t>(match[1].str().front() - '1')];
    }
    for (const int depth : {121, 169, 201}) {
        if (layers == denseLayers(depth))
            return stateOf(arrays, "densenet" + std::to_string(depth), "features.conv0.weight",
                           "classifier.weight", where);
    }
    std::string found;
    for (const int count : layers)
        found += (found.empty() ? "" : ", ") + std::to_string(count);
    return fail(ErrorCode::ModelMismatch,
                where + ": expected the dense blocks of DenseNet121, 169 or 201, found blocks of " + found
                    + " layers");
}

} // namespace

SafetensorsFile inTodaysNames(SafetensorsFile file)
{
    constexpr std::string_view parallel = "module.";
    const bool isParallel = std::ranges::all_of(
        file.arrays, [&](const auto &item) { return item.first.starts_with(parallel); });
    const std::regex old("^(.*denselayer[0-9]+\\.(?:norm|conv))\\.([12]\\..*)$");
    Arrays renamed;
    for (auto &[name, array] : file.arrays)
        renamed.emplace(std::regex_replace(isParallel ? name.substr(parallel.size()) : name, old, "$1$2"),
                        std::move(array));
    std::vector<std::string> norms;
    for (const auto &item : renamed) {
        const std::string ending = ".running_mean";
        if (item.first.ends_with(ending))
            norms.push_back(item.first.substr(0, item.first.size() - ending.size()));
    }
    for (const std::string &norm : norms)
        renamed.try_emplace(norm + ".num_batches_tracked",
                            NamedArray{TensorType::I64, {}, std::vector<std::byte>(sizeof(std::int64_t))});
    file.arrays = std::move(renamed);
    return file;
}

Result<TorchvisionState> recognise(const SafetensorsFile &file, const std::string &where)
{
    const Arrays &arrays = file.arrays;
    if (arrays.contains("features.0.weight"))
        return recogniseVgg(arrays, where);
    if (arrays.contains("features.conv0.weight"))
        return recogniseDenseNet(arrays, where);
    return fail(ErrorCode::ModelMismatch,
                where
                    + ": expected weights by torchvision's names of a VGG (features.0.weight) or a DenseNet "
                      "(features.conv0.weight), found "
                    + (arrays.empty() ? "no tensor" : "first " + arrays.begin()->first));
}

} // namespace hilum
