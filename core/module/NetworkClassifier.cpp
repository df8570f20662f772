// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/module/NetworkClassifier.h"

#include "core/explain/Cam.h"
#include "core/explain/Explainer.h"
#include "core/explain/OfferedMethods.h"
#include "core/explain/Randomise.h"
#include "core/module/GuestNetwork.h"
#include "core/module/InsideReader.h"
#include "core/nn/Architecture.h"
#include "core/nn/Boundary.h"
#include "core/nn/PackagedNetwork.h"
#include "core/nn/Weights.h"
#include "core/nn/fast/FastFeatures.h"
#include "core/nn/network/Dissection.h"

#include <ATen/Parallel.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>
#include <torch/cuda.h>

namespace hilum {

namespace {

using Clock = std::chrono::steady_clock;

class NetworkClassifier final : public Classifier, public InsideReader {
public:
    // `fast` may be empty: then LibTorch computes the features.
    NetworkClassifier(ModelCard card, NetworkPtr network, std::vector<std::string> stages,
                      torch::Device device, int threads, std::unique_ptr<fast::FastFeatures> fast)
        : m_card(std::move(card))
        , m_network(std::move(network))
        , m_stages(std::move(stages))
        , m_device(device)
        , m_spread(spreadOver(threads))
        , m_fast(std::move(fast))
    {
    }

    const ModelCard &card() const override { return m_card; }

    void heed(std::stop_token stop) override
    {
        if (m_card.imported)
            heedInGuest(*m_network, std::move(stop));
    }

    Result<Prediction> predict(const ModelInput &input) override
    {
        return guardTorch([&]() -> Result<Prediction> {
            const auto start = Clock::now();
            const auto activation = activationOf(input.values);
            if (!activation)
                return tl::unexpected(activation.error());
            const at::NoGradGuard noGradients;
            return predictionOf(m_network->head(*activation), start);
        });
    }

    Result<Reading> read(const ModelInput &input, std::optional<int> classIndex) override
    {
        if (const auto known = checkClass(classIndex); !known)
            return tl::unexpected(known.error());
        return guardTorch([&]() -> Result<Reading> {
            const auto start = Clock::now();
            const auto activation = activationOf(input.values);
            if (!activation)
                return tl::unexpected(activation.error());
            if (m_stages.empty()) { // an imported network in one piece
                const at::NoGradGuard noGradients;
                return Reading{predictionOf(m_network->head(*activation), start), std::nullopt};
            }
            const Gradient gradient = gradientOf(
                *activation, [&](const torch::Tensor &a) { return m_network->head(a); }, classIndex);
            const torch::Tensor map = gradientCam(MapMethod::GradCam, *activation, gradient.values);
            const int last = m_network->stages() - 1;
            return Reading{predictionOf(gradient.logits, start),
                           placed(scaledMap(onTheInput(map, last), MapSign::Positive), MapMethod::GradCam,
                                  m_stages[static_cast<std::size_t>(last)], gradient.classIndex, input.map)};
        });
    }

    Result<Explanation> explain(const ModelInput &input, const ExplainRequest &request,
                                const ExplainObserver &observer, const std::stop_token &stop) override
    {
        if (const auto known = checkClass(request.classIndex); !known)
            return tl::unexpected(known.error());
        if (const auto offered = checkOffered(m_card, request.method); !offered)
            return tl::unexpected(offered.error());
        return guardTorch([&]() -> Result<Explanation> {
            const auto start = Clock::now();
            const Subject subject{*m_network,
                                  m_stages,
                                  m_card.temperature,
                                  m_device,
                                  [&](std::span<const Plane<float>> inputs) { return readMany(inputs); },
                                  [&](const Plane<float> &values) { return activationOf(values); }};
            Explanation explanation;
            explanation.readings = request.readings;
            const auto take = [&](const SignedMap &found) {
                explanation.map = placed(scaledMap(found.values, request.sign), request.method, found.stage,
                                         found.classIndex, input.map);
                explanation.prediction = predictionOf(tensorOf(found.logits), start);
                explanation.completenessError = found.completenessError;
            };
            std::function<void(const SignedMap &)> partial;
            if (observer.partial) {
                partial = [&](const SignedMap &found) {
                    take(found);
                    observer.partial(explanation);
                };
            }
            const auto found = signedMapOf(subject, input.values, request, explanation.readings,
                                           observer.progress, partial, stop);
            if (!found)
                return tl::unexpected(found.error());
            take(*found);
            return explanation;
        });
    }

    Result<std::vector<RandomisedMap>> randomised(const ModelInput &input, const ExplainRequest &request,
                                                  const Progress &progress,
                                                  const std::stop_token &stop) override
    {
        if (m_card.imported)
            return fail(ErrorCode::UsageWrong,
                        m_card.id + ": the weights of an imported network can't be changed");
        return guardTorch([&]() -> Result<std::vector<RandomisedMap>> {
            auto copy = networkOf(m_card);
            if (!copy)
                return tl::unexpected(copy.error());
            {
                const at::NoGradGuard noGradients;
                const auto trained = stateOf(*m_network);
                for (auto &[name, tensor] : stateOf(**copy))
                    tensor.copy_(trained.at(name));
            }
            (*copy)->eval();
            return randomisedMaps(**copy, m_stages, m_card.temperature, input.values, request, progress,
                                  stop);
        });
    }

    Result<std::vector<Logits>> readMany(std::span<const Plane<float>> inputs) override
    {
        return guardTorch([&]() -> Result<std::vector<Logits>> {
            const at::NoGradGuard noGradients;
            std::vector<Logits> all;
            for (const Plane<float> &input : inputs) {
                const auto activation = activationOf(input);
                if (!activation)
                    return tl::unexpected(activation.error());
                const torch::Tensor logits = m_network->head(*activation).to(at::kCPU).contiguous();
                all.emplace_back(logits.data_ptr<float>(), logits.data_ptr<float>() + logits.numel());
            }
            return all;
        });
    }

    Result<Anatomy> anatomy() override
    {
        if (m_card.imported)
            return fail(ErrorCode::UsageWrong,
                        m_card.id + " was imported: what it is made of can't be looked into");
        return guardTorch([&]() -> Result<Anatomy> {
            const auto architecture = findArchitecture(m_card.architecture);
            if (!architecture)
                return tl::unexpected(architecture.error());
            return anatomyOf(*m_network, *architecture, m_card.input.size,
                             static_cast<int>(m_card.classes.size()));
        });
    }

    Result<std::vector<Plane<float>>> activations(const ModelInput &input, int stage) override
    {
        const int stages = m_network->stages();
        if (stage < 0 || stage >= stages)
            return fail(ErrorCode::UsageWrong,
                        "expected a stage below " + std::to_string(stages) + ", found "
                            + std::to_string(stage));
        return guardTorch([&]() -> Result<std::vector<Plane<float>>> {
            if (stage + 1 == stages) {
                const auto last = activationOf(input.values);
                if (!last)
                    return tl::unexpected(last.error());
                return channelsOf(*last);
            }
            const int size = m_card.input.size;
            const torch::Tensor tensor
                = at::from_blob(const_cast<float *>(input.values.samples().data()), {1, 1, size, size});
            return activationsOf(*m_network, tensor.to(m_device), stage);
        });
    }

private:
    static fast::Spread spreadOver(int threads)
    {
        if (threads == 1)
            return fast::oneThread();
        return {threads, [](int count, const std::function<void(int, int)> &work) {
                    at::parallel_for(0, count, 1, [&](std::int64_t begin, std::int64_t end) {
                        work(static_cast<int>(begin), static_cast<int>(end));
                    });
                }};
    }

    Result<void> checkClass(std::optional<int> classIndex) const
    {
        if (classIndex && (*classIndex < 0 || *classIndex >= static_cast<int>(m_card.classes.size())))
            return fail(ErrorCode::UsageWrong,
                        "expected a class below " + std::to_string(m_card.classes.size()) + ", found "
                            + std::to_string(*classIndex));
        return {};
    }

    // [1, C, h, w], without a graph.
    Result<torch::Tensor> activationOf(const Plane<float> &input)
    {
        const int size = m_card.input.size;
        if (input.width() != size || input.height() != size)
            return fail(ErrorCode::Internal,
                        m_card.id + ": expected an input of " + std::to_string(size) + " x "
                            + std::to_string(size) + ", found " + std::to_string(input.width()) + " x "
                            + std::to_string(input.height()));
        const at::NoGradGuard noGradients;
        const float *values = input.samples().data();
        if (m_fast) {
            const fast::Image image = m_fast->run(values, size, m_spread);
            return at::from_blob(image.data, {1, image.height, image.width, image.channels})
                .permute({0, 3, 1, 2}); // valid until the next run
        }
        const torch::Tensor tensor = at::from_blob(const_cast<float *>(values), {1, 1, size, size});
        return m_network->features(tensor.to(m_device).contiguous(at::MemoryFormat::ChannelsLast));
    }

    Prediction predictionOf(const torch::Tensor &logits, Clock::time_point start) const
    {
        const torch::Tensor p
            = (logits / m_card.temperature).to(at::kCPU, at::kDouble).softmax(1).contiguous(); // [1, classes]
        Prediction prediction;
        for (std::size_t c = 0; c < m_card.classes.size(); ++c)
            prediction.scores.push_back({m_card.classes[c], p.data_ptr<double>()[c]});
        prediction.device = m_device.str();
        prediction.elapsedMs = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
        return prediction;
    }

    static torch::Tensor tensorOf(const Logits &logits)
    {
        return at::from_blob(const_cast<float *>(logits.data()),
                             {1, static_cast<std::int64_t>(logits.size())});
    }

    // The cells of a stage, evenly over the input.
    Plane<float> onTheInput(const torch::Tensor &map, int stage) const
    {
        Plane<float> cells = planeOf(map);
        const auto grid = m_network->cells(stage);
        return grid ? evenCells(cells, grid->first, grid->step, m_card.input.size) : cells;
    }

    ActivationMap placed(ActivationMap map, MapMethod method, const std::string &stage, int classIndex,
                         const InputMap &where) const
    {
        map.map = where;
        map.method = method;
        map.stage = stage;
        map.label = m_card.classes[static_cast<std::size_t>(classIndex)];
        return map;
    }

    ModelCard m_card;
    NetworkPtr m_network;
    std::vector<std::string> m_stages;
    torch::Device m_device;
    fast::Spread m_spread;
    std::unique_ptr<fast::FastFeatures> m_fast;
};

// The weights as the fast features want them; nothing when there is no fast form, or no CPU.
std::unique_ptr<fast::FastFeatures> fastFeaturesOf(const ModelCard &card, const Network &network)
{
    if (!takesPlainGrey(card.input))
        return nullptr;
    fast::WeightTable weights;
    for (const auto &[name, tensor] : stateOf(network)) {
        if (tensor.is_floating_point()) {
            const torch::Tensor flat = tensor.contiguous();
            weights[name].assign(flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel());
        }
    }
    auto made = fast::FastFeatures::make(card.architecture, weights);
    return made ? std::move(*made) : nullptr;
}

} // namespace

std::string deviceNameOf(DeviceChoice choice)
{
    return choice != DeviceChoice::Cpu && torch::cuda::is_available() ? "cuda:0" : "cpu";
}

Result<std::unique_ptr<Classifier>> loadClassifier(const ModelPackage &package, const LoadOptions &options)
{
    return guardTorch([&]() -> Result<std::unique_ptr<Classifier>> {
        if (options.device == DeviceChoice::Cuda && !torch::cuda::is_available())
            return fail(ErrorCode::DeviceUnavailable, "expected a CUDA device, found none");
        // LibTorch's own default is one thread on some virtual machines.
        const int threads = options.threads > 0
            ? options.threads
            : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
        at::set_num_threads(threads);
        const ModelCard &card = package.card;
        if (card.imported) {
            auto guest = loadGuestNetwork(package, threads, options.stop);
            if (!guest)
                return tl::unexpected(guest.error());
            return std::make_unique<NetworkClassifier>(card, std::move(*guest), stagesOf(card), at::kCPU,
                                                       threads, nullptr);
        }
        auto network = loadNetwork(package);
        if (!network)
            return tl::unexpected(network.error());
        std::vector<std::string> stages = stagesOf(card);
        const torch::Device device(deviceNameOf(options.device));
        if (device.is_cpu()) {
            if (auto fast = fastFeaturesOf(card, **network))
                return std::make_unique<NetworkClassifier>(card, std::move(*network), std::move(stages),
                                                           device, threads, std::move(fast));
        }
        (*network)->to(device);
        useChannelsLast(**network);
        return std::make_unique<NetworkClassifier>(card, std::move(*network), std::move(stages), device,
                                                   threads, nullptr);
    });
}

} // namespace hilum
