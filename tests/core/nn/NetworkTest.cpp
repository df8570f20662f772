// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/network/Network.h"
#include "core/explain/Cam.h"
#include "core/nn/Architecture.h"
#include "core/nn/Weights.h"
#include "core/nn/fast/FastFeatures.h"
#include "core/report/Csv.h"

#include <QTest>
#include <algorithm>
#include <fstream>
#include <sstream>
#include <torch/csrc/autograd/autograd.h>
#include <torch/torch.h>

using namespace hilum;

namespace {

// -0.5 to 0.5, the same as in make_torchvision.py: a 32-bit multiplicative hash.
torch::Tensor noise(std::int64_t count, std::uint64_t seed)
{
    torch::Tensor values = torch::empty({count}, torch::kDouble);
    double *out = values.data_ptr<double>();
    for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(count); ++i) {
        std::uint64_t x = (i * 2654435761U + seed * 40503U + 12345U) & 0xffffffffU;
        x = ((x ^ (x >> 15U)) * 2246822519U) & 0xffffffffU;
        x ^= x >> 13U;
        out[i] = static_cast<double>(x) / 4294967296.0 - 0.5;
    }
    return values;
}

void fill(Network &network)
{
    const torch::NoGradGuard noGradients;
    std::uint64_t number = 0;
    for (auto &[name, tensor] : stateOf(network)) {
        const std::uint64_t seed = number++;
        if (QString::fromStdString(name).endsWith("num_batches_tracked"))
            continue;
        torch::Tensor v = noise(tensor.numel(), seed);
        if (QString::fromStdString(name).endsWith("running_var"))
            v = 1 + 0.4 * v;
        else if (tensor.dim() == 4)
            v = v * std::sqrt(24.0 / static_cast<double>(tensor.size(1) * tensor.size(2) * tensor.size(3)));
        else if (tensor.dim() == 1)
            v = QString::fromStdString(name).endsWith("weight") ? 1 + 0.2 * v : 0.2 * v;
        tensor.copy_(v.to(torch::kFloat).reshape(tensor.sizes()));
    }
}

struct Oracle {
    std::map<std::string, std::string> tensors;
    std::vector<double> logits;
    std::vector<std::pair<std::vector<int>, double>> features;
    double featureMean = 0;
};

Oracle oracleOf(const QString &architecture)
{
    const QString name = QString(architecture).remove("torchvision-");
    std::ifstream in(
        (QStringLiteral(HILUM_SOURCE_DIR "/tests/oracle/torchvision-") + name + ".csv").toStdString());
    Oracle oracle;
    std::string line;
    while (std::getline(in, line)) {
        std::istringstream fields(line);
        std::string kind;
        std::string name;
        std::string value;
        std::getline(fields, kind, ',');
        std::getline(fields, name, ',');
        std::getline(fields, value);
        if (kind == "tensor") {
            oracle.tensors[name] = value;
        } else if (kind == "logit") {
            oracle.logits.push_back(std::stod(value));
        } else if (kind == "feature") {
            std::istringstream where(name);
            std::vector<int> at(3);
            where >> at[0] >> at[1] >> at[2];
            oracle.features.push_back({at, std::stod(value)});
        } else if (kind == "feature_mean") {
            oracle.featureMean = std::stod(value);
        }
    }
    return oracle;
}

torch::Tensor oracleInput()
{
    return (4 * noise(224 * 224, 999)).to(torch::kFloat).reshape({1, 1, 224, 224});
}

} // namespace

class NetworkTest : public QObject {
    Q_OBJECT

private:
    static void architectures()
    {
        QTest::addColumn<QString>("architecture");
        QTest::newRow("vgg16") << "vgg16";
        QTest::newRow("densenet121") << "densenet121";
        QTest::newRow("densenet169") << "densenet169";
        QTest::newRow("torchvision-vgg13_bn") << "torchvision-vgg13_bn";
        QTest::newRow("torchvision-vgg19") << "torchvision-vgg19";
    }

    // Every network, at the smallest size that its head allows.
    static void allNetworks()
    {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<int>("size");
        for (const Architecture &a : hilum::architectures()) {
            // Torchvision's VGGs have 130 million weights each: one stands for them.
            if (!a.name.starts_with("torchvision-") || a.name == "torchvision-vgg11_bn")
                QTest::newRow(a.name.c_str()) << QString::fromStdString(a.name) << a.smallestSize;
        }
        QTest::newRow("resnet18-w48") << "resnet18-w48" << 33;
    }

private Q_SLOTS:
    void hasThePublishedNumberOfParameters_data()
    {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("classes");
        QTest::addColumn<qint64>("parameters");
        // As the projects' Keras summaries, torchvision and torchxrayvision print them.
        QTest::newRow("small-cnn-5m") << "small-cnn-5m" << 224 << 3 << 1 << qint64(5'668'097);
        QTest::newRow("vgg16-head128") << "vgg16-head128" << 224 << 3 << 2 << qint64(15'304'898);
        QTest::newRow("resnet18") << "resnet18" << 224 << 3 << 1000 << qint64(11'689'512);
        QTest::newRow("densenet121") << "densenet121" << 224 << 3 << 1000 << qint64(7'978'856);
        QTest::newRow("densenet169") << "densenet169" << 224 << 3 << 1000 << qint64(14'149'480);
        QTest::newRow("densenet201") << "densenet201" << 224 << 3 << 1000 << qint64(20'013'928);
        QTest::newRow("vgg11") << "torchvision-vgg11" << 224 << 3 << 1000 << qint64(132'863'336);
        QTest::newRow("vgg13_bn") << "torchvision-vgg13_bn" << 224 << 3 << 1000 << qint64(133'053'736);
        QTest::newRow("vgg16_bn") << "torchvision-vgg16_bn" << 224 << 3 << 1000 << qint64(138'365'992);
        QTest::newRow("vgg19_bn") << "torchvision-vgg19_bn" << 224 << 3 << 1000 << qint64(143'678'248);
        QTest::newRow("densenet-scratch") << "densenet-scratch" << 224 << 1 << 18 << qint64(6'966'034);
        // By hand: 1,155,928 in sixteen convolutions, 6,912 in the last, 3,222 in norms, 1,524 in the linear
        // layer; the paper says 1.17 million.
        QTest::newRow("darkcovidnet") << "darkcovidnet" << 256 << 3 << 3 << qint64(1'167'586);
        // Ours: grey films, three classes.
        QTest::newRow("small CNN, grey") << "small-cnn-5m" << 224 << 1 << 3 << qint64(5'667'651);
        QTest::newRow("DarkCovidNet, grey") << "darkcovidnet" << 256 << 1 << 3 << qint64(1'167'442);
    }

    void hasThePublishedNumberOfParameters()
    {
        QFETCH(QString, architecture);
        QFETCH(int, size);
        QFETCH(int, channels);
        QFETCH(int, classes);
        QFETCH(qint64, parameters);
        const auto network
            = makeNetwork(architecture.toStdString(), classes, {.inputSize = size, .channels = channels});
        QVERIFY(network);
        qint64 count = 0;
        for (const torch::Tensor &p : (*network)->parameters())
            count += p.numel();
        QCOMPARE(count, parameters);
    }

    void hasSeventeenConvolutionsInDarkCovidNet()
    {
        const auto network = makeNetwork("darkcovidnet", 3, {.inputSize = 256});
        int convolutions = 0;
        for (const auto &[name, tensor] : stateOf(**network))
            convolutions += tensor.dim() == 4 ? 1 : 0;
        QCOMPARE(convolutions, 17);
        QCOMPARE(stateOf(**network).at("15.weight").size(1), std::int64_t(507));
        QVERIFY(stateOf(**network).contains("4.1.0.weight")); // the Sequential of the original
    }

    void splitsEveryNetworkIntoFeaturesAndHead_data() { allNetworks(); }
    void splitsEveryNetworkIntoFeaturesAndHead()
    {
        QFETCH(QString, architecture);
        QFETCH(int, size);
        torch::manual_seed(3);
        const auto network = makeNetwork(architecture.toStdString(), 3, {.inputSize = size});
        QVERIFY2(network, network ? "" : network.error().detail.c_str());
        (*network)->train();
        const torch::Tensor activation = (*network)->features(torch::randn({2, 1, size, size}));
        QCOMPARE(activation.dim(), std::int64_t(4));
        const torch::Tensor logits = (*network)->head(activation);
        QVERIFY(logits.sizes() == (std::vector<std::int64_t>{2, 3}));
        logits.select(1, 0).square().sum().backward();
        std::int64_t ofHead = 0;
        for (const auto &item : (*network)->named_parameters()) {
            QVERIFY2(item.value().grad().defined(), item.key().c_str());
            ofHead += (*network)->isOfHead(item.key()) ? 1 : 0;
        }
        QVERIFY(ofHead >= 2 && ofHead < 9);
        QVERIFY(!makeNetwork(architecture.toStdString(), 3, {.inputSize = 8}));
    }

    void leavesNetworksForColourToLibTorch()
    {
        for (const char *architecture : {"densenet169", "torchvision-vgg11"}) {
            for (const int channels : {1, 3}) {
                const auto network = makeNetwork(architecture, 3, {.inputSize = 64, .channels = channels});
                fast::WeightTable weights;
                for (const auto &[name, tensor] : stateOf(**network)) {
                    if (tensor.is_floating_point() && !name.starts_with("classifier."))
                        weights[name].assign(tensor.data_ptr<float>(),
                                             tensor.data_ptr<float>() + tensor.numel());
                }
                QCOMPARE(fast::FastFeatures::make(architecture, weights).has_value(), channels == 1);
            }
        }
    }

    void dropsOnlyWhileItTrains()
    {
        for (const char *architecture : {"vgg16", "densenet121", "resnet18-w8", "densenet121-elu-head"}) {
            const auto network = makeNetwork(architecture, 3, {.inputSize = 64, .dropout = 0.9});
            fill(**network);
            const torch::NoGradGuard noGradients;
            (*network)->eval();
            const torch::Tensor activation = (*network)->features(torch::randn({1, 1, 64, 64}));
            QVERIFY((*network)->head(activation).equal((*network)->head(activation)));
            (*network)->train();
            QVERIFY(!(*network)->head(activation).equal((*network)->head(activation)));
        }
    }

    // A spot of light: the strongest change of the features must lie in the cell that cells() names.
    void knowsWhereItsCellsLie_data()
    {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<int>("size");
        QTest::newRow("small-cnn-5m") << "small-cnn-5m" << 224;
        QTest::newRow("darkcovidnet") << "darkcovidnet" << 256;
    }

    void knowsWhereItsCellsLie()
    {
        QFETCH(QString, architecture);
        QFETCH(int, size);
        const auto network = makeNetwork(architecture.toStdString(), 3, {.inputSize = size});
        {
            const torch::NoGradGuard noGradients;
            for (auto &parameter : (*network)->parameters())
                parameter.fill_(parameter.dim() == 4 ? 1.0 / static_cast<double>(parameter[0].numel()) : 0.0);
            for (auto &[name, tensor] : stateOf(**network)) {
                if (tensor.dim() == 1 && tensor.is_floating_point() && name.ends_with("weight"))
                    tensor.fill_(1);
            }
        }
        (*network)->eval();
        const auto cells = (*network)->cells((*network)->stages() - 1);
        QVERIFY(cells);
        // Where a cell looks: the middle of the gradient of the input, for a cell far from every border.
        torch::Tensor input = torch::rand({1, 1, size, size}).set_requires_grad(true);
        const torch::Tensor activation = (*network)->features(input); // [1, C, h, w]
        const std::int64_t cell = activation.size(2) / 2;
        const auto gradient
            = torch::autograd::grad({activation.select(2, cell).select(2, cell).sum()}, {input})[0][0][0];
        const torch::Tensor rows = gradient.sum(1);
        const double middle
            = (rows * torch::arange(size)).sum().item().toDouble() / rows.sum().item().toDouble();
        const double expected = cells->first + static_cast<double>(cell) * cells->step;
        QVERIFY2(std::abs(middle - expected) < 0.4 * cells->step,
                 qPrintable(QString("%1 v %2").arg(middle).arg(expected)));
    }

    void hasTorchvisionsNamesAndShapes_data() { architectures(); }
    void hasTorchvisionsNamesAndShapes()
    {
        QFETCH(QString, architecture);
        const auto network = makeNetwork(architecture.toStdString(), 3);
        QVERIFY(network);
        std::map<std::string, std::string> found;
        for (const auto &[name, tensor] : stateOf(**network)) {
            std::string shape;
            for (const auto extent : tensor.sizes())
                shape += (shape.empty() ? "" : " ") + std::to_string(extent);
            found[name] = shape;
        }
        const Oracle oracle = oracleOf(architecture);
        QVERIFY(oracle.tensors.size() > 35);
        QVERIFY(found == oracle.tensors);
    }

    void computesWhatTorchvisionComputes_data() { architectures(); }
    void computesWhatTorchvisionComputes()
    {
        QFETCH(QString, architecture);
        const auto network = makeNetwork(architecture.toStdString(), 3);
        fill(**network);
        (*network)->eval();
        const torch::NoGradGuard noGradients;
        const torch::Tensor activation = (*network)->features(oracleInput());
        const torch::Tensor logits = (*network)->head(activation);
        const Oracle oracle = oracleOf(architecture);
        QCOMPARE(logits.size(1), std::int64_t(oracle.logits.size()));
        for (std::size_t i = 0; i < oracle.logits.size(); ++i) {
            const double found = logits[0][static_cast<std::int64_t>(i)].item().toDouble();
            QVERIFY2(std::abs(found - oracle.logits[i]) < 1e-4 * (1 + std::abs(oracle.logits[i])),
                     qPrintable(QString("logit %1: %2 v %3").arg(i).arg(found).arg(oracle.logits[i])));
        }
        for (const auto &[at, value] : oracle.features) {
            const double found = activation[0][at[0]][at[1]][at[2]].item().toDouble();
            QVERIFY2(std::abs(found - value) < 1e-4 * (1 + std::abs(value)),
                     qPrintable(QString("feature %1: %2 v %3").arg(at[0]).arg(found).arg(value)));
        }
        QVERIFY(std::abs(activation.mean().item().toDouble() - oracle.featureMean) < 1e-5);
    }

    void isMatchedByTheFastFeatures_data()
    {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<int>("size");
        for (const char *architecture :
             {"vgg16", "densenet121", "resnet18-w32", "resnet18", "vgg16-head128", "densenet121-elu-head"}) {
            for (const int size : {64, 97, 224})
                QTest::addRow("%s at %d", architecture, size) << architecture << size;
        }
        for (const char *architecture : {"densenet201", "torchvision-vgg11", "torchvision-vgg13_bn"})
            QTest::addRow("%s at 97", architecture) << architecture << 97;
    }

    void isMatchedByTheFastFeatures()
    {
        QFETCH(QString, architecture);
        QFETCH(int, size);
        const auto network = makeNetwork(architecture.toStdString(), 3, {.inputSize = size});
        fill(**network);
        (*network)->eval();
        fast::WeightTable weights;
        for (const auto &[name, tensor] : stateOf(**network)) {
            if (tensor.is_floating_point())
                weights[name].assign(tensor.data_ptr<float>(), tensor.data_ptr<float>() + tensor.numel());
        }
        const auto features = fast::FastFeatures::make(architecture.toStdString(), weights);
        QVERIFY(features);
        const torch::NoGradGuard noGradients;
        const torch::Tensor input = (4 * noise(size * size, 5)).to(torch::kFloat).reshape({1, 1, size, size});
        const torch::Tensor expected = (*network)->features(input);
        const fast::Spread two{2, [](int count, const std::function<void(int, int)> &work) {
                                   work(0, count / 2);
                                   work(count / 2, count);
                               }};
        for (const fast::Spread &spread : {fast::oneThread(), two}) {
            const fast::Image image = (*features)->run(input.data_ptr<float>(), size, spread);
            const torch::Tensor found
                = torch::from_blob(image.data, {1, image.height, image.width, image.channels})
                      .permute({0, 3, 1, 2});
            QVERIFY(found.sizes() == expected.sizes());
            const double worst = (found - expected).abs().max().item().toDouble();
            QVERIFY2(worst < 1e-5 * (1 + expected.abs().max().item().toDouble()),
                     qPrintable(QString::number(worst)));
        }
    }

    void sendsAGradientToTheFirstLayer_data() { architectures(); }
    void sendsAGradientToTheFirstLayer()
    {
        QFETCH(QString, architecture);
        torch::manual_seed(1);
        const auto network = makeNetwork(architecture.toStdString(), 3);
        (*network)->train();
        (*network)->forward(torch::randn({2, 1, 64, 64})).select(1, 0).sum().backward();
        const torch::Tensor first = (*network)->named_parameters().begin()->value();
        QVERIFY(first.grad().defined());
        QVERIFY(first.grad().abs().max().item().toDouble() > 0);
    }

    // The reference: the whole network records a graph, and the activation keeps its gradient.
    void givesTheGradCamOfFullAutograd_data() { architectures(); }
    void givesTheGradCamOfFullAutograd()
    {
        QFETCH(QString, architecture);
        const auto network = makeNetwork(architecture.toStdString(), 3);
        fill(**network);
        (*network)->eval();
        const torch::Tensor input = oracleInput();
        for (const int chosen : {0, 1, 2}) {
            const torch::Tensor activation = (*network)->features(input);
            activation.retain_grad();
            (*network)->head(activation).select(1, chosen).sum().backward();
            const torch::Tensor weights = activation.grad().mean(at::IntArrayRef{2, 3}, true);
            const torch::Tensor expected = (weights * activation.detach()).sum(1).squeeze(0).relu();

            torch::Tensor quiet;
            {
                const torch::NoGradGuard noGradients;
                quiet = (*network)->features(input);
            }
            QVERIFY(!quiet.requires_grad());
            const Gradient gradient = gradientOf(
                quiet, [&](const torch::Tensor &a) { return (*network)->head(a); }, chosen);
            QCOMPARE(gradient.classIndex, chosen);
            const torch::Tensor map = gradientCam(MapMethod::GradCam, quiet, gradient.values);
            QVERIFY(map.sizes() == expected.sizes());
            const double difference = (map - expected).abs().max().item().toDouble();
            QVERIFY2(difference <= 1e-5 * (1e-3 + expected.max().item().toDouble()),
                     qPrintable(QString::number(difference)));
        }
    }

    void namesAsManyStagesAsItHas_data() { allNetworks(); }
    void namesAsManyStagesAsItHas()
    {
        QFETCH(QString, architecture);
        QFETCH(int, size);
        const auto network = makeNetwork(architecture.toStdString(), 3, {.inputSize = size});
        (*network)->eval();
        QCOMPARE(stageNames(*findArchitecture(architecture.toStdString())).size(),
                 std::size_t((*network)->stages()));
        const torch::NoGradGuard noGradients;
        const torch::Tensor input = torch::randn({1, 1, size, size});
        const torch::Tensor whole = (*network)->forward(input);
        for (int stage = 0; stage < (*network)->stages(); ++stage) {
            const torch::Tensor activation = (*network)->run(0, stage + 1, input);
            QCOMPARE(activation.dim(), std::int64_t(4));
            const torch::Tensor rest
                = (*network)->head((*network)->run(stage + 1, (*network)->stages(), activation));
            QVERIFY(torch::allclose(rest, whole, 1e-4, 1e-5));
        }
    }

    void refusesWeightsThatDoNotFit()
    {
        const auto network = makeNetwork("densenet121", 3);
        SafetensorsFile good = weightsOf(**network, TensorType::F16);
        QVERIFY(loadWeights(**network, good, "here"));

        SafetensorsFile missing = good;
        missing.arrays.erase("classifier.bias");
        const auto first = loadWeights(**network, missing, "here");
        QVERIFY(!first);
        QCOMPARE(first.error().code, ErrorCode::ModelMismatch);
        QVERIFY(first.error().detail.find("classifier.bias") != std::string::npos);

        SafetensorsFile unknown = good;
        unknown.arrays["extra"] = good.arrays["classifier.bias"];
        QVERIFY(!loadWeights(**network, unknown, "here"));

        SafetensorsFile shape = good;
        shape.arrays["classifier.bias"].shape = {1, 3};
        QVERIFY(!loadWeights(**network, shape, "here"));

        SafetensorsFile infinite = good;
        infinite.arrays["classifier.bias"] = arrayOf(torch::full({3}, INFINITY), TensorType::F16);
        const auto last = loadWeights(**network, infinite, "here");
        QVERIFY(!last);
        QVERIFY(last.error().detail.find("finite") != std::string::npos);
    }

    void startsFromColourWeightsOfAnotherTask()
    {
        const torch::NoGradGuard noGradients;
        const auto donor = makeNetwork("vgg16", 3);
        fill(**donor);
        SafetensorsFile file = weightsOf(**donor, TensorType::F32);
        const torch::Tensor colours = noise(64 * 3 * 9, 5).to(torch::kFloat).reshape({64, 3, 3, 3});
        file.arrays["features.0.weight"] = arrayOf(colours, TensorType::F32);
        file.arrays["classifier.0.weight"] = arrayOf(torch::ones({1000, 512}), TensorType::F32);
        file.arrays["classifier.6.bias"] = arrayOf(torch::ones({1000}), TensorType::F32);
        file.arrays.erase("classifier.0.bias");
        file.arrays.erase("features.1.num_batches_tracked");

        const auto network = makeNetwork("vgg16", 3);
        const auto before = stateOf(**network).at("classifier.0.weight").clone();
        const auto left = startFrom(**network, file, "here");
        QVERIFY2(left, left ? "" : left.error().detail.c_str());
        QCOMPARE(*left, (std::vector<std::string>{"classifier.0.bias", "classifier.0.weight"}));
        const auto state = stateOf(**network);
        QVERIFY(state.at("classifier.0.weight").equal(before));
        QVERIFY(state.at("features.40.weight").equal(stateOf(**donor).at("features.40.weight")));
        // What the colour layer gives for a grey film in three equal channels.
        const torch::Tensor grey = noise(1 * 1 * 20 * 20, 6).to(torch::kFloat).reshape({1, 1, 20, 20});
        const torch::Tensor expected = torch::conv2d(grey.expand({1, 3, 20, 20}), colours);
        const torch::Tensor folded = torch::conv2d(grey, state.at("features.0.weight"));
        QVERIFY(torch::allclose(folded, expected, 1e-5, 1e-5));
    }

    void startsFromTorchvisionsAncestor_data()
    {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<QString>("ancestor");
        QTest::newRow("frozen VGG16") << "vgg16-frozen-head64"
                                      << "vgg16-head128-pool4";
        QTest::newRow("ELU head") << "densenet121-elu-head"
                                  << "densenet121";
        QTest::newRow("scratch") << "densenet-scratch"
                                 << "densenet121";
        QTest::newRow("ResNet18") << "resnet18"
                                  << "resnet18";
    }

    void startsFromTorchvisionsAncestor()
    {
        QFETCH(QString, architecture);
        QFETCH(QString, ancestor);
        const torch::NoGradGuard noGradients;
        const auto donor = makeNetwork(ancestor.toStdString(), 1000, {.channels = 3});
        fill(**donor);
        const auto network = makeNetwork(architecture.toStdString(), 2);
        const auto before = weightsOf(**network, TensorType::F32);
        const auto left = startFrom(**network, weightsOf(**donor, TensorType::F32), "here");
        QVERIFY2(left, left ? "" : left.error().detail.c_str());
        QVERIFY(left->size() >= 2);
        const auto from = stateOf(**donor);
        for (const auto &[name, tensor] : stateOf(**network)) {
            if ((*network)->isOfHead(name))
                QVERIFY(tensor.equal(tensorOf(before.arrays.at(name)))
                        == (std::ranges::count(*left, name) == 1));
            else if (tensor.sizes() == from.at(name).sizes())
                QVERIFY2(tensor.equal(from.at(name)), name.c_str());
            else // the first layer, folded to grey
                QVERIFY2(torch::allclose(tensor, from.at(name).sum(1, true), 1e-5, 1e-6), name.c_str());
        }
    }

    void startsFromNothingThatDoesNotFit()
    {
        const auto network = makeNetwork("vgg16", 3);
        SafetensorsFile missing = weightsOf(**network, TensorType::F32);
        missing.arrays.erase("features.3.weight");
        const auto first = startFrom(**network, missing, "here");
        QVERIFY(!first);
        QVERIFY(first.error().detail.find("features.3.weight") != std::string::npos);
        const auto other = makeNetwork("densenet121", 3);
        const auto second = startFrom(**network, weightsOf(**other, TensorType::F32), "here");
        QVERIFY(!second);
        QVERIFY(second.error().detail.find("found others, the first classifier.bias") != std::string::npos);
    }

    void namesTheArchitecturesItKnows()
    {
        const auto network = makeNetwork("alexnet", 3);
        QVERIFY(!network);
        QVERIFY(network.error().detail.find("alexnet") != std::string::npos);
        for (const char *wrong :
             {"resnet18-w", "resnet18-w0", "resnet18-w33", "resnet18-w032", "resnet18-w32x"})
            QVERIFY(!makeNetwork(wrong, 3));
    }
};

QTEST_GUILESS_MAIN(NetworkTest)
#include "NetworkTest.moc"
