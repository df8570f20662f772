// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/Explainer.h"

#include "core/explain/Cam.h"
#include "core/explain/IntegratedGradients.h"
#include "core/explain/Occlusion.h"
#include "core/explain/Rise.h"
#include "core/explain/ScoreCam.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace hilum {

namespace {

constexpr int looks = 8; // at a map while it grows

torch::Tensor tensorOf(const Plane<float> &input, torch::Device device)
{
    return at::from_blob(const_cast<float *>(input.samples().data()), {1, 1, input.height(), input.width()})
        .to(device)
        .contiguous(at::MemoryFormat::ChannelsLast);
}

Logits logitsOf(const torch::Tensor &logits) // [1, classes]
{
    const torch::Tensor cpu = logits.to(at::kCPU, at::kFloat).contiguous();
    return {cpu.data_ptr<float>(), cpu.data_ptr<float>() + cpu.numel()};
}

int topOf(const Logits &logits)
{
    return static_cast<int>(std::ranges::max_element(logits) - logits.begin());
}

// The steepness of the greys: an edge detector that never asks the network.
Plane<float> edgesOf(const Plane<float> &input)
{
    const cv::Mat from(input.height(), input.width(), CV_32FC1, const_cast<float *>(input.samples().data()));
    cv::Mat across;
    cv::Mat down;
    cv::Sobel(from, across, CV_32F, 1, 0);
    cv::Sobel(from, down, CV_32F, 0, 1);
    Plane<float> edges(input.width(), input.height());
    cv::Mat to(edges.height(), edges.width(), CV_32FC1, edges.samples().data());
    cv::magnitude(across, down, to);
    return edges;
}

// What one run needs to know of itself.
class Run {
public:
    Run(const Subject &subject, const Plane<float> &input, const ExplainRequest &request)
        : m_subject(subject)
        , m_input(input)
        , m_request(request)
        , m_stage(request.stage.value_or(subject.network.stages() - 1))
    {
    }

    Result<SignedMap> byActivation(const Progress &progress, const std::stop_token &stop)
    {
        const auto activation = activationAtStage();
        if (!activation)
            return tl::unexpected(activation.error());
        const Head head = [&](const torch::Tensor &a) {
            if (m_stage < 0)
                return m_subject.network.forward(tensorOf(m_input, m_subject.device));
            return m_subject.network.head(m_subject.network.run(m_stage + 1, m_subject.network.stages(), a));
        };
        const bool isOfGradient = m_request.method == MapMethod::GradCam
            || m_request.method == MapMethod::GradCamPlusPlus || m_request.method == MapMethod::HiResCam
            || m_request.method == MapMethod::LayerCam;
        SignedMap result;
        torch::Tensor map; // [h, w]
        if (isOfGradient) {
            const Gradient gradient = gradientOf(*activation, head, m_request.classIndex);
            map = gradientCam(m_request.method, *activation, gradient.values);
            if (m_request.sign != MapSign::Positive)
                map = (m_request.sign == MapSign::Both ? map : torch::zeros_like(map))
                    - gradientCam(m_request.method, *activation, -gradient.values);
            result.logits = logitsOf(gradient.logits);
            result.classIndex = gradient.classIndex;
        } else {
            const at::NoGradGuard noGradients;
            result.logits = logitsOf(head(*activation));
            result.classIndex = m_request.classIndex.value_or(topOf(result.logits));
            if (m_request.method == MapMethod::EigenCam) {
                map = eigenCam(*activation);
            } else if (m_request.method == MapMethod::Random) {
                map = randomCam(*activation, m_request.seed);
            } else {
                const auto ablated = ablationCam(*activation, head, result.classIndex, progress, stop);
                if (!ablated)
                    return tl::unexpected(ablated.error());
                map = *ablated;
            }
        }
        if (m_stage >= 0)
            result.stage = m_subject.stages[static_cast<std::size_t>(m_stage)];
        result.values = onTheFilm(planeOf(map));
        return result;
    }

    Result<SignedMap> byPath(const Progress &progress, const std::stop_token &stop)
    {
        const auto plain = readPlain();
        if (!plain)
            return tl::unexpected(plain.error());
        const Plane<float> reference = referenceOf(m_input, m_request.reference);
        const Head forward = [&](const torch::Tensor &x) { return m_subject.network.forward(x); };
        SignedMap result{{}, {}, m_request.classIndex.value_or(topOf(*plain)), *plain, {}};
        const auto shares
            = integratedGradients(tensorOf(m_input, m_subject.device), tensorOf(reference, m_subject.device),
                                  forward, result.classIndex, m_request.steps, progress, stop);
        if (!shares)
            return tl::unexpected(shares.error());
        result.values = planeOf(shares->map);
        result.completenessError = shares->completenessError;
        return result;
    }

    Result<SignedMap> byReadings(std::vector<Logits> &readings, const Progress &progress,
                                 const std::function<void(const SignedMap &)> &partial,
                                 const std::stop_token &stop)
    {
        const auto plain = readPlain();
        if (!plain)
            return tl::unexpected(plain.error());
        const Plane<float> reference = referenceOf(m_input, m_request.reference);
        SignedMap result{{}, {}, m_request.classIndex.value_or(topOf(*plain)), *plain, {}};
        auto perturbation = makePerturbation(reference, *plain, result);
        if (!perturbation)
            return tl::unexpected(perturbation.error());
        const auto fill = [&](std::span<const Logits> soFar) {
            Plane<float> map = (*perturbation)->map(soFar, result.classIndex);
            if (m_request.method
                == MapMethod::Rise) { // everywhere about the mean probability: show what is above
                const float least = std::ranges::min(map.samples());
                for (float &value : map.samples())
                    value -= least;
            }
            result.values = result.stage.empty() ? std::move(map) : onTheFilm(map);
        };
        PerturbationObserver observer{progress, {}};
        if (partial) {
            // A look at the map now and then; adding up the masks again each time would cost more than
            // reading.
            const auto step = static_cast<std::size_t>(std::max(1, (*perturbation)->count() / looks));
            observer.readSoFar
                = [&, step, next = readings.size() + step](std::span<const Logits> soFar) mutable {
                      if (soFar.size() < next)
                          return;
                      next = soFar.size() + step;
                      fill(soFar);
                      partial(result);
                  };
        }
        if (const auto done = readAll(**perturbation, m_subject.read, readings, observer, stop); !done)
            return tl::unexpected(done.error());
        fill(readings);
        return result;
    }

    Result<SignedMap> byEdges()
    {
        const auto plain = readPlain();
        if (!plain)
            return tl::unexpected(plain.error());
        return SignedMap{edgesOf(m_input), {}, m_request.classIndex.value_or(topOf(*plain)), *plain, {}};
    }

private:
    Result<torch::Tensor> activationAtStage()
    {
        const at::NoGradGuard noGradients;
        if (m_stage < 0) // a network without stages
            return randomFilters(tensorOf(m_input, torch::kCPU), m_request.seed);
        if (m_stage + 1 == m_subject.network.stages())
            return m_subject.features(m_input);
        return m_subject.network.run(0, m_stage + 1, tensorOf(m_input, m_subject.device));
    }

    Result<Logits> readPlain()
    {
        auto all = m_subject.read(std::span(&m_input, 1));
        if (!all)
            return tl::unexpected(all.error());
        return std::move(all->front());
    }

    Plane<float> onTheFilm(const Plane<float> &cells)
    {
        if (m_stage < 0)
            return cells;
        const auto grid = m_subject.network.cells(m_stage);
        return grid ? evenCells(cells, grid->first, grid->step, m_input.width()) : cells;
    }

    Result<std::unique_ptr<Perturbation>> makePerturbation(const Plane<float> &reference, const Logits &plain,
                                                           SignedMap &result)
    {
        if (m_request.method == MapMethod::Occlusion)
            return std::make_unique<Occlusion>(m_input, reference, plain, m_subject.temperature,
                                               m_request.finestGrid);
        if (m_request.method == MapMethod::Rise)
            return std::make_unique<Rise>(m_input, reference, m_subject.temperature, m_request.masks,
                                          m_request.seed);
        const auto activation = activationAtStage();
        if (!activation)
            return tl::unexpected(activation.error());
        std::vector<Plane<float>> channels;
        for (std::int64_t c = 0; c < activation->size(1); ++c)
            channels.push_back(planeOf((*activation)[0][c]));
        result.stage = m_subject.stages[static_cast<std::size_t>(m_stage)];
        return std::make_unique<ScoreCam>(m_input, std::move(channels));
    }

    const Subject &m_subject;
    const Plane<float> &m_input;
    const ExplainRequest &m_request;
    int m_stage;
};

} // namespace

Result<SignedMap> signedMapOf(const Subject &subject, const Plane<float> &input,
                              const ExplainRequest &request, std::vector<Logits> &readings,
                              const Progress &progress, const std::function<void(const SignedMap &)> &partial,
                              const std::stop_token &stop)
{
    const MethodFacts &facts = factsOf(request.method);
    if (request.stage && (*request.stage < 0 || *request.stage >= subject.network.stages()))
        return fail(ErrorCode::UsageWrong,
                    "expected a stage below " + std::to_string(subject.network.stages()) + ", found "
                        + std::to_string(*request.stage));
    if (request.sign != MapSign::Positive && !facts.readsClass)
        return fail(ErrorCode::UsageWrong,
                    facts.title + " does not depend on a class: nothing speaks against one");
    Run run(subject, input, request);
    switch (request.method) {
    case MapMethod::IntegratedGradients:
        return run.byPath(progress, stop);
    case MapMethod::Occlusion:
    case MapMethod::Rise:
    case MapMethod::ScoreCam:
        return run.byReadings(readings, progress, partial, stop);
    case MapMethod::Sobel:
        return run.byEdges();
    default:
        return run.byActivation(progress, stop);
    }
}

} // namespace hilum
