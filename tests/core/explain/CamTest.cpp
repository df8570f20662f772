// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/Cam.h"
#include "core/explain/IntegratedGradients.h"
#include "core/nn/network/Network.h"

#include <QTest>
#include <torch/csrc/autograd/autograd.h>
#include <torch/torch.h>

using namespace hilum;

namespace {

constexpr MapMethod gradientMethods[]
    = {MapMethod::GradCam, MapMethod::GradCamPlusPlus, MapMethod::HiResCam, MapMethod::LayerCam};

// Averages, then a linear layer: the head for which Grad-CAM and HiResCAM are the same.
Head averaging(const torch::Tensor &weight)
{
    return [weight](const torch::Tensor &a) { return a.mean(at::IntArrayRef{2, 3}).matmul(weight.t()); };
}

// Flattens, dense layer, ReLU, dense layer: places matter.
Head deep(int inputs)
{
    torch::manual_seed(7);
    const torch::Tensor first = torch::randn({16, inputs});
    const torch::Tensor second = torch::randn({3, 16});
    return [=](const torch::Tensor &a) { return a.flatten(1).matmul(first.t()).relu().matmul(second.t()); };
}

// The published formulas, place by place in double precision.
torch::Tensor byHand(MapMethod method, const torch::Tensor &activation, const torch::Tensor &gradient)
{
    const auto a = activation.to(torch::kDouble);
    const auto g = gradient.to(torch::kDouble);
    const auto channels = a.size(1);
    const auto height = a.size(2);
    const auto width = a.size(3);
    torch::Tensor map = torch::zeros({height, width}, torch::kDouble);
    const auto at = [](const torch::Tensor &t, std::int64_t k, std::int64_t y, std::int64_t x) {
        return t[0][k][y][x].item().toDouble();
    };
    for (std::int64_t k = 0; k < channels; ++k) {
        double meanGradient = 0;
        double sumActivation = 0;
        for (std::int64_t y = 0; y < height; ++y) {
            for (std::int64_t x = 0; x < width; ++x) {
                meanGradient += at(g, k, y, x) / static_cast<double>(height * width);
                sumActivation += at(a, k, y, x);
            }
        }
        double plusPlus = 0;
        for (std::int64_t y = 0; y < height; ++y) {
            for (std::int64_t x = 0; x < width; ++x) {
                const double d = at(g, k, y, x);
                if (d > 0)
                    plusPlus += d * d / (2 * d * d + sumActivation * d * d * d) * d;
            }
        }
        for (std::int64_t y = 0; y < height; ++y) {
            for (std::int64_t x = 0; x < width; ++x) {
                const double value = at(a, k, y, x);
                const double d = at(g, k, y, x);
                double part = 0;
                switch (method) {
                case MapMethod::GradCam:
                    part = meanGradient * value;
                    break;
                case MapMethod::GradCamPlusPlus:
                    part = plusPlus * value;
                    break;
                case MapMethod::HiResCam:
                    part = d * value;
                    break;
                default:
                    part = std::max(d, 0.0) * value;
                    break;
                }
                map[y][x] += part;
            }
        }
    }
    return map.clamp_min(0);
}

double worst(const torch::Tensor &a, const torch::Tensor &b)
{
    return (a.to(torch::kDouble) - b.to(torch::kDouble)).abs().max().item().toDouble();
}

} // namespace

class CamTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { torch::manual_seed(3); }

    void followsThePublishedFormulas()
    {
        const torch::Tensor activation = torch::rand({1, 6, 4, 5});
        for (const MapMethod method : gradientMethods) {
            for (int chosen = 0; chosen < 3; ++chosen) {
                const Gradient gradient = gradientOf(activation, deep(6 * 4 * 5), chosen);
                const torch::Tensor expected = byHand(method, activation, gradient.values);
                QVERIFY(expected.max().item().toDouble() > 0);
                QVERIFY2(worst(gradientCam(method, activation, gradient.values), expected)
                             < 1e-4 * expected.max().item().toDouble(),
                         factsOf(method).name.c_str());
            }
        }
    }

    void isTheSameForGradCamAndHiResCamAfterAveraging()
    {
        const torch::Tensor activation = torch::rand({1, 8, 7, 7});
        const Gradient gradient = gradientOf(activation, averaging(torch::randn({3, 8})), 1);
        const torch::Tensor grad = gradientCam(MapMethod::GradCam, activation, gradient.values);
        const torch::Tensor hires = gradientCam(MapMethod::HiResCam, activation, gradient.values);
        QVERIFY(grad.max().item().toDouble() > 0);
        QVERIFY(worst(grad, hires) < 1e-6);
        // And not behind a head that looks at places.
        const Gradient other = gradientOf(activation, deep(8 * 49), 1);
        QVERIFY(worst(gradientCam(MapMethod::GradCam, activation, other.values),
                      gradientCam(MapMethod::HiResCam, activation, other.values))
                > 1e-2);
    }

    void explainsTheTopClassWhenNoneIsNamed()
    {
        const torch::Tensor activation = torch::rand({1, 4, 3, 3});
        const torch::Tensor weight = torch::tensor({{0.0F, 0.0F, 0.0F, 0.0F}, {1.0F, 2.0F, 3.0F, 4.0F}});
        const Gradient gradient = gradientOf(activation, averaging(weight), {});
        QCOMPARE(gradient.classIndex, 1);
        // By hand: for a linear head after averaging the map is the weighted sum over h * w.
        const torch::Tensor expected = (weight[1].reshape({4, 1, 1}) * activation[0]).sum(0) / 9;
        QVERIFY(torch::allclose(gradientCam(MapMethod::GradCam, activation, gradient.values), expected, 1e-5,
                                1e-6));
    }

    void readsEveryStageAsFullAutograd_data()
    {
        QTest::addColumn<QString>("architecture");
        for (const char *name : {"vgg16", "densenet121", "resnet18-w8", "small-cnn-5m", "darkcovidnet"})
            QTest::newRow(name) << name;
    }

    // The reference: the whole network records a graph, and the stage's activation keeps its gradient.
    void readsEveryStageAsFullAutograd()
    {
        QFETCH(QString, architecture);
        const auto network = makeNetwork(architecture.toStdString(), 3, {.inputSize = 64});
        QVERIFY(network);
        (*network)->eval();
        const torch::Tensor input = torch::randn({1, 1, 64, 64});
        const int stages = (*network)->stages();
        for (int stage = 0; stage < stages; ++stage) {
            const torch::Tensor activation = (*network)->run(0, stage + 1, input);
            activation.retain_grad();
            (*network)->head((*network)->run(stage + 1, stages, activation)).select(1, 2).sum().backward();
            torch::Tensor quiet;
            {
                const torch::NoGradGuard noGradients;
                quiet = (*network)->run(0, stage + 1, input);
            }
            const Gradient gradient = gradientOf(
                quiet,
                [&](const torch::Tensor &a) {
                    return (*network)->head((*network)->run(stage + 1, stages, a));
                },
                2);
            const double most = activation.grad().abs().max().item().toDouble();
            QVERIFY(most > 0);
            QVERIFY2(worst(gradient.values, activation.grad()) < 1e-4 * most,
                     qPrintable(QString::number(stage)));
        }
    }

    void findsTheFirstPrincipalDirection_data()
    {
        QTest::addColumn<int>("channels");
        QTest::newRow("more channels than places") << 40;
        QTest::newRow("fewer") << 5;
    }

    void findsTheFirstPrincipalDirection()
    {
        QFETCH(int, channels);
        const torch::Tensor activation = torch::rand({1, channels, 4, 3});
        const torch::Tensor byPlace = activation[0].flatten(1).t().to(torch::kDouble); // [12, C]
        const auto [u, s, vt] = torch::linalg_svd(byPlace, false);
        torch::Tensor expected = byPlace.matmul(vt[0]);
        if (expected.sum().item().toDouble() < 0)
            expected = -expected;
        QVERIFY(worst(eigenCam(activation), expected.reshape({4, 3}).relu()) < 1e-4);
    }

    void weighsAChannelByWhatGoesWithIt()
    {
        // After averaging a channel's part of the logit is its weight times its mean.
        const torch::Tensor activation = torch::rand({1, 300, 5, 5});
        const torch::Tensor weight = torch::randn({2, 300});
        const auto map = ablationCam(activation, averaging(weight), 1, {}, {});
        QVERIFY(map);
        const torch::Tensor part = weight[1] * activation[0].mean(at::IntArrayRef{1, 2});
        const torch::Tensor share = part / part.sum().abs();
        const torch::Tensor expected = (share.reshape({-1, 1, 1}) * activation[0]).sum(0);
        QVERIFY(worst(*map, expected) < 1e-3 * expected.abs().max().item().toDouble());

        std::stop_source source;
        source.request_stop();
        const auto stopped = ablationCam(activation, averaging(weight), 1, {}, source.get_token());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    }

    void addsChannelsAtRandomButRepeatably()
    {
        const torch::Tensor activation = torch::rand({1, 64, 7, 7});
        QVERIFY(randomCam(activation, 5).equal(randomCam(activation, 5)));
        QVERIFY(worst(randomCam(activation, 5), randomCam(activation, 6)) > 1e-2);
    }

    void isCompleteAlongThePath()
    {
        // Exact for a linear function: the weight times the way.
        const torch::Tensor input = torch::randn({1, 1, 6, 6});
        const torch::Tensor reference = torch::zeros_like(input);
        const torch::Tensor weight = torch::randn({2, 36});
        const Head linear = [&](const torch::Tensor &x) { return x.flatten(1).matmul(weight.t()); };
        const auto exact = integratedGradients(input, reference, linear, 1, 3, {}, {});
        QVERIFY(exact);
        QVERIFY(worst(exact->map, (weight[1].reshape({6, 6}) * input[0][0])) < 1e-5);
        QVERIFY(std::abs(exact->completenessError) < 1e-5);

        // Of a network: the finer the steps, the smaller the error, measured here on our own.
        const auto network = makeNetwork("resnet18-w8", 3, {.inputSize = 64});
        (*network)->eval();
        const torch::Tensor film = torch::randn({1, 1, 64, 64});
        const Head forward = [&](const torch::Tensor &x) { return (*network)->forward(x); };
        const auto fine = integratedGradients(film, torch::zeros_like(film), forward, 0, 200, {}, {});
        QVERIFY(fine);
        const torch::NoGradGuard noGradients;
        const double change = (forward(film) - forward(torch::zeros_like(film)))[0][0].item().toDouble();
        QVERIFY(std::abs(fine->change - change) < 1e-5);
        const double missed = fine->map.sum().item().toDouble() - change;
        QVERIFY(std::abs(missed) < 0.03 * std::abs(change));
        QVERIFY(std::abs(fine->completenessError - missed / std::abs(change)) < 1e-3);
    }
};

QTEST_GUILESS_MAIN(CamTest)
#include "CamTest.moc"
