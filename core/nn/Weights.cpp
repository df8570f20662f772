// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/Weights.h"

#include <ATen/ATen.h>
#include <cstring>

namespace hilum {

namespace {

std::string text(at::IntArrayRef shape)
{
    std::string out = "[";
    for (const std::int64_t extent : shape)
        out += (out.size() > 1 ? ", " : "") + std::to_string(extent);
    return out + "]";
}

at::ScalarType scalarType(TensorType type)
{
    switch (type) {
    case TensorType::F16:
        return at::kHalf;
    case TensorType::F32:
        return at::kFloat;
    case TensorType::I64:
        return at::kLong;
    }
    return at::kFloat;
}

} // namespace

std::map<std::string, torch::Tensor> stateOf(const torch::nn::Module &module)
{
    std::map<std::string, torch::Tensor> state;
    for (const auto &item : module.named_parameters())
        state[item.key()] = item.value();
    for (const auto &item : module.named_buffers())
        state[item.key()] = item.value();
    return state;
}

NamedArray arrayOf(const torch::Tensor &tensor, TensorType type)
{
    const torch::Tensor flat
        = tensor.detach().to(at::kCPU, scalarType(type)).contiguous(at::MemoryFormat::Contiguous);
    NamedArray array{type, flat.sizes().vec(), {}};
    array.bytes.resize(flat.nbytes());
    std::memcpy(array.bytes.data(), flat.data_ptr(), array.bytes.size());
    return array;
}

torch::Tensor tensorOf(const NamedArray &array)
{
    const torch::Tensor view = at::from_blob(const_cast<std::byte *>(array.bytes.data()), array.shape,
                                             at::TensorOptions(scalarType(array.type)));
    return array.type == TensorType::F16 ? view.to(at::kFloat) : view;
}

Result<void> loadWeights(Network &network, const SafetensorsFile &file, const std::string &where)
{
    const at::NoGradGuard noGradients;
    auto state = stateOf(network);
    for (const auto &[name, array] : file.arrays) {
        if (!state.contains(name))
            return fail(ErrorCode::ModelMismatch,
                        where + ": tensor " + name + " is unknown to the architecture");
    }
    for (auto &[name, target] : state) {
        const auto found = file.arrays.find(name);
        if (found == file.arrays.end())
            return fail(ErrorCode::ModelMismatch, where + ": expected a tensor " + name + ", found none");
        const torch::Tensor source = tensorOf(found->second);
        if (source.sizes() != target.sizes())
            return fail(ErrorCode::ModelMismatch,
                        where + ": tensor " + name + ": expected the shape " + text(target.sizes())
                            + ", found " + text(source.sizes()));
        if (source.is_floating_point() && !at::isfinite(source).all().item().toBool())
            return fail(ErrorCode::ModelMismatch,
                        where + ": tensor " + name + ": expected finite numbers only");
        target.copy_(source);
    }
    return {};
}

Result<std::vector<std::string>> startFrom(Network &network, const SafetensorsFile &file,
                                           const std::string &where)
{
    const at::NoGradGuard noGradients;
    std::vector<std::string> left;
    for (auto &[name, target] : stateOf(network)) {
        const bool mayDiffer = network.isOfHead(name);
        const auto found = file.arrays.find(name);
        if (found == file.arrays.end()) {
            // Files of weights alone have no counters of batches.
            if (!mayDiffer && !name.ends_with("num_batches_tracked"))
                return fail(ErrorCode::ModelMismatch,
                            where + ": expected a tensor " + name + ", found "
                                + (file.arrays.empty() ? "no tensor"
                                                       : "others, the first " + file.arrays.begin()->first));
            if (mayDiffer)
                left.push_back(name);
            continue;
        }
        torch::Tensor source = tensorOf(found->second);
        if (source.dim() == 4 && source.size(1) == 3 && target.dim() == 4 && target.size(1) == 1)
            source = source.sum(1, true); // [C, 3, h, w] to [C, 1, h, w]
        if (source.sizes() != target.sizes()) {
            if (!mayDiffer)
                return fail(ErrorCode::ModelMismatch,
                            where + ": tensor " + name + ": expected the shape " + text(target.sizes())
                                + ", found " + text(source.sizes()));
            left.push_back(name);
            continue;
        }
        if (source.is_floating_point() && !at::isfinite(source).all().item().toBool())
            return fail(ErrorCode::ModelMismatch,
                        where + ": tensor " + name + ": expected finite numbers only");
        target.copy_(source);
    }
    return left;
}

SafetensorsFile weightsOf(const Network &network, TensorType type)
{
    SafetensorsFile file;
    for (const auto &[name, tensor] : stateOf(network))
        file.arrays[name] = arrayOf(tensor, tensor.is_floating_point() ? type : TensorType::I64);
    return file;
}

} // namespace hilum
