// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/module/GuestNetwork.h"

#include "core/guest/GuestChecks.h"
#include "core/guest/Import.h"
#include "core/nn/Boundary.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <torch/csrc/autograd/custom_function.h>

namespace hilum {

namespace {

GuestTensor guestTensorOf(const at::Tensor &tensor)
{
    const at::Tensor flat = tensor.detach().to(at::kCPU, at::kFloat).contiguous();
    return {flat.sizes().vec(), {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()}};
}

at::Tensor tensorOf(const Result<GuestTensor> &answer)
{
    if (!answer)
        throw NetworkFailure(answer.error());
    return at::tensor(at::ArrayRef<float>(answer->values)).reshape(answer->shape);
}

// A part of the guest, differentiable: its gradient is asked of the process.
struct Asked : torch::autograd::Function<Asked> {
    static at::Tensor forward(torch::autograd::AutogradContext *context, const at::Tensor &input,
                              std::int64_t process, std::int64_t part)
    {
        context->save_for_backward({input});
        context->saved_data["process"] = process;
        context->saved_data["part"] = part;
        return tensorOf(reinterpret_cast<GuestProcess *>(process)->run(static_cast<GuestPart>(part),
                                                                       guestTensorOf(input)));
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext *context,
                                                   const torch::autograd::variable_list &gradients)
    {
        auto *process = reinterpret_cast<GuestProcess *>(context->saved_data["process"].toInt());
        const auto part = static_cast<GuestPart>(context->saved_data["part"].toInt());
        return {tensorOf(process->pull(part, guestTensorOf(context->get_saved_variables().front()),
                                       guestTensorOf(gradients.front()))),
                at::Tensor(), at::Tensor()};
    }
};

class GuestNetwork final : public Network {
public:
    GuestNetwork(const ModelCard &card, GuestFiles files, int threads, std::stop_token stop)
        : m_name(card.id)
        , m_input(card.input)
        , m_imported(*card.imported)
        , m_classes(static_cast<std::int64_t>(card.classes.size()))
        , m_process(std::move(files), {.threads = threads, .stop = std::move(stop)})
    {
    }

    Result<void> prepare() { return m_process.prepare(); }
    void heed(std::stop_token stop) { m_process.heed(std::move(stop)); }

    int stages() const override { return m_imported.isSplit() ? 1 : 0; }

    at::Tensor stage(int, const at::Tensor &input) override
    {
        const at::Tensor activation = ask(GuestPart::Model, fed(input)); // [N, C, h, w]
        if (activation.dim() != 4 || activation.size(0) != input.size(0) || activation.numel() == 0)
            throw NetworkFailure({ErrorCode::ModelMismatch,
                                  m_name + ": expected an activation of " + std::to_string(input.size(0))
                                      + " x channels x height x width, found "
                                      + shapeText(activation.sizes().vec())});
        return activation;
    }

    at::Tensor head(const at::Tensor &activation) override
    {
        const at::Tensor answer = m_imported.isSplit() ? ask(GuestPart::OnTop, activation)
                                                       : ask(GuestPart::Model, fed(activation));
        if (answer.dim() != 2 || answer.size(0) != activation.size(0) || answer.size(1) != m_classes)
            throw NetworkFailure({ErrorCode::ModelMismatch,
                                  m_name + ": expected an answer of " + std::to_string(activation.size(0))
                                      + " x " + std::to_string(m_classes) + ", found "
                                      + shapeText(answer.sizes().vec())});
        if (!at::isfinite(answer).all().item().toBool())
            throw NetworkFailure(
                {ErrorCode::ModelMismatch,
                 m_name + ": expected finite numbers from the network, found NaN or infinity"});
        if (m_imported.outputs == NetworkOutputs::AnyNumbers)
            return answer;
        return answer.clamp_min(leastProbability).log();
    }

private:
    static constexpr double leastProbability = 1e-30;

    // [N, 1, H, W] to [N, channels, H, W], differentiable.
    at::Tensor fed(const at::Tensor &grey) const
    {
        std::vector<at::Tensor> channels;
        const auto add = [&](std::size_t colour) {
            channels.push_back((grey - m_input.mean[colour]) / m_input.deviation[colour]);
        };
        switch (m_input.channels) {
        case ChannelOrder::Grey:
            add(0);
            break;
        case ChannelOrder::Rgb:
            for (const std::size_t colour : {0U, 1U, 2U})
                add(colour);
            break;
        case ChannelOrder::Bgr:
            for (const std::size_t colour : {2U, 1U, 0U})
                add(colour);
            break;
        }
        return at::cat(channels, 1);
    }

    at::Tensor ask(GuestPart part, const at::Tensor &input)
    {
        if (at::GradMode::is_enabled() && input.requires_grad())
            return Asked::apply(input, reinterpret_cast<std::int64_t>(&m_process),
                                static_cast<std::int64_t>(part));
        return tensorOf(m_process.run(part, guestTensorOf(input)));
    }

    std::string m_name;
    InputSpec m_input;
    ImportedNetwork m_imported;
    std::int64_t m_classes;
    GuestProcess m_process;
};

} // namespace

void heedInGuest(Network &network, std::stop_token stop)
{
    dynamic_cast<GuestNetwork &>(network).heed(std::move(stop));
}

Result<NetworkPtr> loadGuestNetwork(const ModelPackage &package, int threads, std::stop_token stop)
{
    const GuestFiles files = guestFiles(package);
    const auto hash = guestHash(files);
    if (!hash)
        return tl::unexpected(hash.error());
    if (*hash != package.card.weightsSha256)
        return fail(ErrorCode::ModelMismatch,
                    files.model.string() + ": expected the sha256 " + package.card.weightsSha256
                        + " of its card, found " + *hash);
    auto network = std::make_shared<GuestNetwork>(package.card, files, threads, std::move(stop));
    if (auto ready = network->prepare(); !ready)
        return tl::unexpected(ready.error());
    return network;
}

} // namespace hilum
