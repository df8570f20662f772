// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/Cam.h"

#include "core/base/Dice.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <torch/csrc/autograd/autograd.h>

namespace hilum {

namespace {

constexpr double least = 1e-12; // against division by nothing
constexpr std::int64_t floatsAtOnce = std::int64_t(1) << 23; // of ablated activations

constexpr std::int64_t randomChannels = 32;
constexpr std::int64_t randomGrid = 14; // cells a side, as VGG16's last stage

constexpr std::int64_t placeAxes[] = {2, 3};
const at::IntArrayRef places(placeAxes);

} // namespace

Plane<float> planeOf(const torch::Tensor &map)
{
    const torch::Tensor cpu = map.to(at::kCPU, at::kFloat).contiguous();
    Plane<float> plane(static_cast<int>(cpu.size(1)), static_cast<int>(cpu.size(0)));
    std::copy_n(cpu.data_ptr<float>(), cpu.numel(), plane.samples().begin());
    return plane;
}

Gradient gradientOf(const torch::Tensor &activation, const Head &head, std::optional<int> classIndex)
{
    const at::AutoGradMode gradients(true);
    const torch::Tensor leaf = activation.detach().requires_grad_(true); // [1, C, h, w]
    const torch::Tensor logits = head(leaf); // [1, classes]
    const int chosen = classIndex ? *classIndex : static_cast<int>(logits.argmax(1).item().toLong());
    const torch::Tensor score = logits.select(1, chosen).sum();
    return {logits.detach(), torch::autograd::grad({score}, {leaf}).front(), chosen};
}

torch::Tensor gradientCam(MapMethod method, const torch::Tensor &activation, const torch::Tensor &gradient)
{
    const at::NoGradGuard noGradients;
    torch::Tensor weighted; // [1, C, h, w]
    switch (method) {
    case MapMethod::HiResCam:
        weighted = gradient * activation;
        break;
    case MapMethod::LayerCam:
        weighted = gradient.relu() * activation;
        break;
    case MapMethod::GradCamPlusPlus: {
        // Of exp(score): its second and third derivatives are powers of the first (equation 19).
        const torch::Tensor square = gradient * gradient;
        const torch::Tensor below
            = 2 * square + activation.sum(places, true) * square * gradient; // [1, C, h, w]
        const torch::Tensor alpha = torch::where(below.abs() > least, square / below,
                                                 torch::zeros_like(below)); // [1, C, h, w]
        weighted = (alpha * gradient.relu()).sum(places, true) * activation;
        break;
    }
    default:
        weighted = gradient.mean(places, true) * activation;
        break;
    }
    return weighted.sum(1).squeeze(0).relu(); // [h, w]
}

torch::Tensor eigenCam(const torch::Tensor &activation)
{
    const at::NoGradGuard noGradients;
    const auto height = activation.size(2);
    const auto width = activation.size(3);
    const torch::Tensor byPlace = activation[0].flatten(1).t(); // [h w, C]
    // The first right singular vector is the first eigenvector of the smaller of the two products.
    const bool hasFewPlaces = byPlace.size(0) < byPlace.size(1);
    const torch::Tensor product
        = (hasFewPlaces ? byPlace.matmul(byPlace.t()) : byPlace.t().matmul(byPlace)).to(at::kDouble);
    const torch::Tensor first = std::get<1>(at::linalg_eigh(product, "L")).select(1, -1);
    torch::Tensor projection; // [h w]
    if (hasFewPlaces)
        projection = first * (first * product.matmul(first)).sum().clamp_min(0).sqrt();
    else
        projection = byPlace.to(at::kDouble).matmul(first);
    if (projection.sum().item().toDouble() < 0)
        projection = -projection;
    return projection.to(activation.dtype()).reshape({height, width}).relu();
}

torch::Tensor randomCam(const torch::Tensor &activation, std::uint64_t seed)
{
    const at::NoGradGuard noGradients;
    std::mt19937_64 random(seed);
    Dice dice(random);
    std::vector<float> weights(static_cast<std::size_t>(activation.size(1)));
    std::ranges::generate(weights, [&] { return static_cast<float>(dice.around(1)); });
    const torch::Tensor column = torch::tensor(weights).to(activation.device()).reshape({-1, 1, 1});
    return (column * activation[0]).sum(0).relu(); // [h, w]
}

torch::Tensor randomFilters(const torch::Tensor &input, std::uint64_t seed)
{
    const at::NoGradGuard noGradients;
    const std::int64_t patch = std::max<std::int64_t>(1, input.size(2) / randomGrid);
    std::mt19937_64 random(seed);
    Dice dice(random);
    std::vector<float> values(static_cast<std::size_t>(randomChannels * patch * patch));
    std::ranges::generate(values, [&] { return static_cast<float>(dice.normal()); });
    torch::Tensor filters = torch::tensor(values).reshape({randomChannels, 1, patch, patch});
    filters = filters - filters.mean({1, 2, 3}, true); // blind to grey itself, as most first layers are
    return at::conv2d(input, filters, {}, patch).relu(); // [1, channels, h, w]
}

Result<torch::Tensor> ablationCam(const torch::Tensor &activation, const Head &head, int classIndex,
                                  const Progress &progress, const std::stop_token &stop)
{
    const at::NoGradGuard noGradients;
    const std::int64_t channels = activation.size(1);
    const std::int64_t atOnce = std::clamp<std::int64_t>(floatsAtOnce / activation.numel(), 1, channels);
    const torch::Tensor whole = head(activation)[0][classIndex];
    std::vector<torch::Tensor> parts;
    for (std::int64_t first = 0; first < channels; first += atOnce) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "stopped");
        const std::int64_t count = std::min(atOnce, channels - first);
        torch::Tensor ablated = activation.repeat({count, 1, 1, 1}); // [count, C, h, w]
        for (std::int64_t i = 0; i < count; ++i)
            ablated[i][first + i].zero_();
        parts.push_back(whole - head(ablated).select(1, classIndex)); // [count]
        if (progress)
            progress(static_cast<double>(first + count) / static_cast<double>(channels));
    }
    const torch::Tensor weights = torch::cat(parts) / whole.abs().clamp_min(least); // [C]
    return (weights.reshape({-1, 1, 1}) * activation[0]).sum(0); // [h, w]
}

} // namespace hilum
