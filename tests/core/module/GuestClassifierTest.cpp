// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/OfferedMethods.h"
#include "core/guest/Import.h"
#include "core/module/MapTrust.h"
#include "core/module/NetworkClassifier.h"
#include "core/nn/PackagedNetwork.h"
#include "core/phantom/Phantom.h"
#include "tests/core/guest/Guests.h"
#include "tests/core/guest/SavedVgg.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>
#undef slots
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;

namespace {

constexpr int side = 64;

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

// The network of guests::whole, on three channels of the same grey.
struct Reference {
    at::Tensor activation;
    at::Tensor gradient; // of the class's logit
    at::Tensor logits;
};

Reference reference(const ModelInput &input, const InputSpec &spec, int classIndex)
{
    const auto w = guests::weights(3);
    std::vector<at::Tensor> channels;
    for (const std::size_t colour : {0U, 1U, 2U}) {
        const at::Tensor grey
            = at::from_blob(const_cast<float *>(input.values.samples().data()), {1, 1, side, side});
        channels.push_back((grey - spec.mean[colour]) / spec.deviation[colour]);
    }
    const at::AutoGradMode gradients(true);
    const at::Tensor a = at::conv2d(at::cat(channels, 1), w.filters, w.bias, 4).relu().requires_grad_(true);
    const at::Tensor y = (a * a).mean({2, 3}).matmul(w.rows.t());
    const at::Tensor gradient = torch::autograd::grad({y[0][classIndex]}, {a}).front();
    return {a.detach(), gradient, y.detach()};
}

} // namespace

class GuestClassifierTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("HILUM_MODELS", m_folder.filePath("none").toUtf8());
        qputenv("XDG_DATA_HOME", m_folder.filePath("home").toUtf8());
        const GuestFiles one{file("whole.pt"), {}};
        guests::save(one.model, guests::whole, 3);
        m_whole = imported(one, "whole");
        const GuestFiles two{file("features.pt"), file("head.pt")};
        guests::save(two.model, guests::features + "    return a\n", 3);
        guests::save(two.head, "    a = x\n" + guests::head + "    return y\n", 3);
        m_split = imported(two, "split");
        QVERIFY(m_whole && m_split);
    }

    void readsAsTheNetworkDoes()
    {
        const ModelInput input = wavy();
        for (const ModelPackage &package : {*m_whole, *m_split}) {
            const auto classifier = loadClassifier(package, {.threads = 1});
            QVERIFY2(classifier.has_value(), classifier ? "" : classifier.error().detail.c_str());
            const auto prediction = (*classifier)->predict(input);
            QVERIFY2(prediction.has_value(), prediction ? "" : prediction.error().detail.c_str());
            const at::Tensor p = reference(input, package.card.input, 0).logits.softmax(1);
            for (int c = 0; c < 3; ++c)
                QVERIFY(std::abs(prediction->scores[static_cast<std::size_t>(c)].probability
                                 - p[0][c].item().toDouble())
                        < 1e-5);
            QCOMPARE(prediction->device, std::string("cpu"));
            const Plane<float> inputs[] = {input.values, input.values};
            const auto many = (*classifier)->readMany(inputs);
            QVERIFY(many && many->size() == 2 && (*many)[0] == (*many)[1]);
        }
    }

    void mapsASplitNetworkAsFullAutogradDoes()
    {
        const ModelInput input = wavy();
        const auto classifier = loadClassifier(*m_split, {.threads = 1});
        QVERIFY(classifier);
        for (const MapMethod method : {MapMethod::GradCam, MapMethod::HiResCam, MapMethod::LayerCam}) {
            ExplainRequest request;
            request.method = method;
            request.classIndex = 1;
            const auto found = (*classifier)->explain(input, request, {}, {});
            QVERIFY2(found.has_value(), found ? "" : found.error().detail.c_str());
            const auto [a, g, y] = reference(input, m_split->card.input, 1);
            at::Tensor map = g.mean({2, 3}, true) * a;
            if (method == MapMethod::HiResCam)
                map = g * a;
            if (method == MapMethod::LayerCam)
                map = g.relu() * a;
            map = map.sum(1).squeeze(0).relu();
            const at::Tensor scaled = map / map.max();
            QCOMPARE(found->map.values.width(), 16);
            QCOMPARE(found->map.stage, std::string("features"));
            for (int row = 0; row < 16; ++row) {
                for (int column = 0; column < 16; ++column)
                    QVERIFY(std::abs(found->map.values.at(column, row) - scaled[row][column].item().toFloat())
                            < 1e-4F);
            }
        }
        const auto reading = (*classifier)->read(input, 1);
        QVERIFY(reading && reading->map && reading->map->label == "b");
    }

    void offersWhatItCan()
    {
        QVERIFY(stagesOf(m_whole->card).empty());
        QCOMPARE(stagesOf(m_split->card), std::vector<std::string>{"features"});
        for (const MethodFacts &facts : mapMethods()) {
            QVERIFY(isOffered(m_split->card, facts.method));
            QCOMPARE(isOffered(m_whole->card, facts.method),
                     !facts.readsStage || facts.method == MapMethod::Random);
        }
        const ModelInput input = wavy();
        const auto classifier = loadClassifier(*m_whole, {.threads = 1});
        QVERIFY(classifier);
        const auto refused = (*classifier)->explain(input, {}, {}, {});
        QVERIFY(!refused && refused.error().code == ErrorCode::UsageWrong);
        QVERIFY2(refused.error().detail.find("Grad-CAM reads a stage of the network") != std::string::npos,
                 refused.error().detail.c_str());
        const auto reading = (*classifier)->read(input, std::nullopt);
        QVERIFY(reading && !reading->map);
        QVERIFY(!(*classifier)->randomised(input, {}, {}, {}));
    }

    void makesEveryOfferedMap()
    {
        const ModelInput input = wavy();
        for (const ModelPackage &package : {*m_whole, *m_split}) {
            const auto classifier = loadClassifier(package, {.threads = 1});
            QVERIFY(classifier);
            for (const MethodFacts &facts : mapMethods()) {
                if (!isOffered(package.card, facts.method))
                    continue;
                ExplainRequest request;
                request.method = facts.method;
                request.finestGrid = 8;
                request.masks = 40;
                request.steps = 128;
                if (facts.readsClass)
                    request.classIndex = 0;
                request.sign = facts.readsClass ? MapSign::Both : MapSign::Positive;
                const auto found = (*classifier)->explain(input, request, {}, {});
                QVERIFY2(found.has_value(), found ? "" : found.error().detail.c_str());
                // Four channels with random weights may well come to nothing.
                const bool mayBeEmpty = facts.method == MapMethod::Random && package.card.imported->isSplit();
                QVERIFY2(found->map.peak > 0 || mayBeEmpty, facts.name.c_str());
                if (facts.method == MapMethod::IntegratedGradients)
                    QVERIFY(std::abs(*found->completenessError) < 0.02);
            }
        }
    }

    void measuresTrustWithoutItsWeights()
    {
        const ModelInput input = wavy();
        const auto classifier = loadClassifier(*m_whole, {.threads = 1});
        QVERIFY(classifier);
        ExplainRequest request;
        request.method = MapMethod::Occlusion;
        request.finestGrid = 8;
        request.classIndex = 0;
        const auto found = (*classifier)->explain(input, request, {}, {});
        QVERIFY(found);
        const auto quality = measureTrust({**classifier, input, request, found->map}, {}, {});
        QVERIFY2(quality.has_value(), quality ? "" : quality.error().detail.c_str());
        QVERIFY(quality->randomisation.empty());
        QVERIFY(!verdictOf(*quality).empty());
    }

    // Handed over as TorchScript, our own VGG16 reads and looks as it does at home.
    void isTheSameNetworkAtHomeAndAsAGuest()
    {
        const auto home = readPackage(HILUM_SOURCE_DIR "/models/vgg16");
        QVERIFY2(home.has_value(), home ? "" : home.error().detail.c_str());
        const auto network = loadNetwork(*home);
        QVERIFY2(network.has_value(), network ? "" : network.error().detail.c_str());
        const GuestFiles pieces{file("vgg-features.pt"), file("vgg-head.pt")};
        guests::saveVgg(**network, pieces.model, pieces.head, file("vgg.pt"));
        PhantomSpec spec;
        spec.finding = PhantomFinding::Consolidation;
        spec.columns = 300;
        spec.rows = 358;
        spec.pixelMm = 1.2;
        const auto input = prepare(simulateFilm(spec).film, 0, home->card.input);
        QVERIFY(input);
        const auto ours = loadClassifier(*home, {.device = DeviceChoice::Cpu, .threads = 1});
        QVERIFY(ours);
        const auto expected = (*ours)->read(*input, 2);
        QVERIFY(expected);
        const std::string text = R"({"classes":["covid","normal","pneumonia"],"temperature":)"
            + std::to_string(home->card.temperature) + R"(,"input":{"size":112,"standardise":"per-film"}})";
        for (const GuestFiles &files : {pieces, GuestFiles{file("vgg.pt"), {}}}) {
            const auto card = completedCard(text, "card.json", files);
            QVERIFY2(card.has_value(), card ? "" : card.error().detail.c_str());
            const auto package = importNetwork(files, *card, file("models"), {.threads = 1});
            QVERIFY2(package.has_value(), package ? "" : package.error().error.detail.c_str());
            const auto guest = loadClassifier(*package, {.threads = 1});
            QVERIFY2(guest.has_value(), guest ? "" : guest.error().detail.c_str());
            const auto found = (*guest)->read(*input, 2);
            QVERIFY2(found.has_value(), found ? "" : found.error().detail.c_str());
            for (std::size_t c = 0; c < 3; ++c)
                QVERIFY(std::abs(found->prediction.scores[c].probability
                                 - expected->prediction.scores[c].probability)
                        < 1e-3);
            QCOMPARE(found->map.has_value(), !files.head.empty());
            for (std::size_t i = 0; found->map && i < found->map->values.samples().size(); ++i)
                QVERIFY(std::abs(found->map->values.samples()[i] - expected->map->values.samples()[i])
                        < 0.01F);
        }
    }

    void saysThatAFileWasChanged()
    {
        guests::save(m_whole->weights(), guests::whole + "\n", 3);
        const auto classifier = loadClassifier(*m_whole, {.threads = 1});
        QVERIFY(!classifier);
        QVERIFY2(classifier.error().detail.find("sha256") != std::string::npos,
                 classifier.error().detail.c_str());
    }

private:
    std::filesystem::path file(const char *name) const { return m_folder.filePath(name).toStdString(); }

    std::optional<ModelPackage> imported(const GuestFiles &files, const std::string &id)
    {
        const auto card = completedCard(
            R"({"classes":["a","b","c"],"input":{"size":64,"channels":"rgb","mean":[0.485,0.456,0.406],
                "std":[0.229,0.224,0.225]}})",
            "card.json", files, id);
        if (!card)
            return std::nullopt;
        auto package = importNetwork(files, *card, file("models"), {.threads = 1});
        if (!package) {
            qWarning("%s", package.error().error.detail.c_str());
            return std::nullopt;
        }
        return *package;
    }

    QTemporaryDir m_folder;
    std::optional<ModelPackage> m_whole;
    std::optional<ModelPackage> m_split;
};

QTEST_GUILESS_MAIN(GuestClassifierTest)
#include "GuestClassifierTest.moc"
