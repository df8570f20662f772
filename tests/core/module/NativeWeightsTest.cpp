// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/OfferedMethods.h"
#include "core/guest/Import.h"
#include "core/module/InsideReader.h"
#include "core/module/NetworkClassifier.h"
#include "core/nn/PackagedNetwork.h"
#include "core/nn/Weights.h"
#include "core/phantom/Phantom.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>
#undef slots
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;

namespace {

constexpr int side = 64;
constexpr const char *card = R"({"classes": ["a", "b", "c"], "input": {"size": 64, "channels": "rgb",
          "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}})";

// DenseNet121 for colours as somebody might have trained it elsewhere.
NetworkPtr denseNet()
{
    torch::manual_seed(5);
    const auto network = makeNetwork("densenet121", 3, {.inputSize = side, .channels = 3});
    const at::NoGradGuard noGradients;
    for (auto &[name, tensor] : stateOf(**network)) {
        if (name.ends_with("running_var"))
            tensor.uniform_(0.5, 1.5);
        else if (name.ends_with("running_mean"))
            tensor.normal_(0, 0.1);
    }
    (*network)->eval();
    return *network;
}

ModelInput wavy()
{
    ModelInput input;
    input.values = Plane<float>(side, side);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x)
            input.values.at(x, y) = 0.5F + 0.4F * std::sin(0.2F * static_cast<float>(x + 2 * y));
    }
    input.map = {side, side, 0, 0, side, side};
    return input;
}

// As torchvision's transforms make it: three equal channels, less the mean, over the deviation.
at::Tensor normalised(const ModelInput &input)
{
    const at::Tensor grey
        = at::from_blob(const_cast<float *>(input.values.samples().data()), {1, 1, side, side});
    const at::Tensor mean = at::tensor({0.485F, 0.456F, 0.406F}).reshape({1, 3, 1, 1});
    const at::Tensor deviation = at::tensor({0.229F, 0.224F, 0.225F}).reshape({1, 3, 1, 1});
    return (grey.expand({1, 3, side, side}) - mean) / deviation;
}

} // namespace

class NativeWeightsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("HILUM_MODELS", m_folder.filePath("none").toUtf8());
        qputenv("XDG_DATA_HOME", m_folder.filePath("home").toUtf8());
        m_network = denseNet();
        SafetensorsFile file = weightsOf(*m_network, TensorType::F32);
        std::erase_if(file.arrays,
                      [](const auto &item) { return item.first.ends_with("num_batches_tracked"); });
        m_file = path("densenet.safetensors");
        QVERIFY(writeSafetensors(file, m_file));
        const auto made = completedCard(card, "a card", {m_file, {}});
        QVERIFY2(made, made ? "" : made.error().detail.c_str());
        QCOMPARE(made->architecture, std::string("densenet121"));
        QVERIFY(!made->imported);
        const auto package = importNetwork({m_file, {}}, *made, path("models"));
        QVERIFY2(package, package ? "" : package.error().error.detail.c_str());
        m_package = *package;
    }

    void readsAsTheOriginalDoes()
    {
        const ModelInput input = wavy();
        const at::Tensor p = m_network->forward(normalised(input)).softmax(1);
        const auto classifier = loadClassifier(m_package, {.threads = 1});
        QVERIFY2(classifier.has_value(), classifier ? "" : classifier.error().detail.c_str());
        const auto prediction = (*classifier)->predict(input);
        QVERIFY(prediction);
        for (int c = 0; c < 3; ++c)
            QVERIFY(std::abs(prediction->scores[static_cast<std::size_t>(c)].probability
                             - p[0][c].item().toDouble())
                    < 1e-5);
    }

    void comesBackFromItsFolderAsItWas()
    {
        const auto again = readPackage(m_package.folder);
        QVERIFY2(again, again ? "" : again.error().detail.c_str());
        QVERIFY(again->card.input == m_package.card.input);
        QVERIFY(again->card.input.channels == ChannelOrder::Rgb);
        QCOMPARE(again->card.input.deviation[1], 0.224F);
    }

    void explainsByGradientsOfTheGreyFilm()
    {
        const ModelInput input = wavy();
        const auto classifier = loadClassifier(m_package, {.threads = 1});
        QVERIFY(classifier);
        QVERIFY(isOffered(m_package.card, MapMethod::GradCam));
        ExplainRequest request;
        request.method = MapMethod::IntegratedGradients;
        request.classIndex = 1;
        const auto found = (*classifier)->explain(input, request, {}, {});
        QVERIFY2(found, found ? "" : found.error().detail.c_str());
        QVERIFY(found->completenessError && std::abs(*found->completenessError) < 0.2);
        // Weights that Hilum runs itself can be drawn anew, and looked into.
        request.method = MapMethod::GradCam;
        QVERIFY((*classifier)->randomised(input, request, {}, {}));
        auto *inside = dynamic_cast<InsideReader *>(classifier->get());
        QVERIFY(inside);
        const auto anatomy = inside->anatomy();
        QVERIFY(anatomy);
        QCOMPARE(anatomy->stages.size(), std::size_t(4));
        QCOMPARE(anatomy->filters.size(), std::size_t(64));
    }

    void saysInWordsWhatDoesNotFit_data()
    {
        QTest::addColumn<QString>("card");
        QTest::addColumn<int>("field");
        QTest::addColumn<QString>("words");
        QTest::newRow("classes") << R"({"classes": ["a", "b"], "input": {"size": 64, "channels": "rgb"}})"
                                 << int(CardField::Classes)
                                 << "the 2 classes of the card, found weights for 3";
        QTest::newRow("channels") << R"({"classes": ["a", "b", "c"], "input": {"size": 64}})"
                                  << int(CardField::Channels)
                                  << "1 channel, as the card says, found weights for 3";
    }

    void saysInWordsWhatDoesNotFit()
    {
        QFETCH(QString, card);
        QFETCH(int, field);
        QFETCH(QString, words);
        const auto made = completedCard(card.toStdString(), "a card", {m_file, {}}, "other");
        QVERIFY2(made, made ? "" : made.error().detail.c_str());
        const auto package = importNetwork({m_file, {}}, *made, path("models"));
        QVERIFY(!package);
        QCOMPARE(int(package.error().field), field);
        const QString detail = QString::fromStdString(package.error().error.detail);
        QVERIFY2(detail.contains(words) && detail.contains("densenet.safetensors"), qPrintable(detail));
        QVERIFY(!std::filesystem::exists(path("models") / "other"));
    }

    void refusesWeightsOfAnotherNetwork()
    {
        const auto file = path("resnet.safetensors");
        QVERIFY(writeSafetensors(weightsOf(**makeNetwork("resnet18-w8", 3), TensorType::F32), file));
        const auto made = completedCard(card, "a card", {file, {}});
        QVERIFY(!made);
        QVERIFY(made.error().detail.find("torchvision's names") != std::string::npos);
    }

private:
    std::filesystem::path path(const char *name) const { return m_folder.filePath(name).toStdString(); }

    QTemporaryDir m_folder;
    NetworkPtr m_network;
    std::filesystem::path m_file;
    ModelPackage m_package;
};

QTEST_GUILESS_MAIN(NativeWeightsTest)
#include "NativeWeightsTest.moc"
