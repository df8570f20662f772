// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Starts itself as two processes that train together.

#include "core/train/Peers.h"
#include "core/nn/Weights.h"
#include "core/train/Batch.h"
#include "core/train/Optimiser.h"

#include <ATen/ATen.h>
#include <QCoreApplication>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <torch/utils.h>

using namespace hilum;

namespace {

// The gradients of films [from, to) of a made-up set, batch statistics frozen.
std::map<std::string, torch::Tensor> gradientsOf(int from, int to, const Peers &peers)
{
    torch::manual_seed(7);
    const auto network = makeNetwork("resnet18-w16", 3, {.inputSize = 32});
    (*network)->eval();
    const torch::Tensor films = at::randn({16, 1, 32, 32});
    std::vector<TrainingFilm> labels(16);
    for (int i = 0; i < 16; ++i)
        labels[std::size_t(i)].label = i % 3;
    Recipe recipe;
    recipe.classes = {"a", "b", "c"};
    std::vector<const TrainingFilm *> mine;
    for (int i = from; i < to; ++i)
        mine.push_back(&labels[std::size_t(i)]);
    Batch batch = labelled(mine, recipe, {""});
    batch.input = films.narrow(0, from, to - from);
    Optimiser optimiser(recipe.optimiser);
    optimiser.watch(**network, "");
    lossOf((*network)->forward(batch.input), batch).backward();
    peers.average(optimiser.gradients(), false);
    std::map<std::string, torch::Tensor> gradients;
    for (const auto &item : (*network)->named_parameters())
        gradients[item.key()] = item.value().grad();
    return gradients;
}

// One of the two processes; the first writes what it got.
int runPeer(const std::filesystem::path &file)
{
    const auto peers = Peers::fromEnvironment(false);
    if (!peers) {
        qWarning("%s", peers.error().detail.c_str());
        return 2;
    }
    const torch::Tensor state = at::full({3}, peers->rank() + 1);
    peers->copyFromFirst({state});
    if (state[0].item().toInt() != 1)
        return 3;
    const bool told = peers->average({at::zeros({1})}, peers->rank() == 1);
    if (!told)
        return 4;
    SafetensorsFile content;
    for (const auto &[name, gradient] : gradientsOf(peers->rank() * 8, peers->rank() * 8 + 8, *peers))
        content.arrays[name] = arrayOf(gradient, TensorType::F32);
    return !peers->isFirst() || writeSafetensors(content, file) ? 0 : 5;
}

} // namespace

class PeersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isAloneWithoutAnEnvironment()
    {
        const auto peers = Peers::fromEnvironment(false);
        QVERIFY(peers);
        QCOMPARE(peers->size(), 1);
        QVERIFY(peers->isFirst());
    }

    void saysWhatIsWrongWithTheEnvironment()
    {
        qputenv("WORLD_SIZE", "2");
        qputenv("RANK", "2");
        const auto peers = Peers::fromEnvironment(false);
        qunsetenv("WORLD_SIZE");
        qunsetenv("RANK");
        QVERIFY(!peers);
        QCOMPARE(peers.error().code, ErrorCode::UsageWrong);
        QVERIFY(peers.error().detail.find("RANK") != std::string::npos);
    }

    void averagesToTheGradientsOfTheDoubledBatch()
    {
#ifndef HILUM_DISTRIBUTED
        QSKIP("this build has no c10d");
#endif
        const QTemporaryDir folder;
        const QString file = folder.filePath("gradients.safetensors");
        QTcpServer port; // a free one
        QVERIFY(port.listen(QHostAddress::LocalHost));
        const QString number = QString::number(port.serverPort());
        port.close();
        QProcess processes[2];
        for (int rank = 0; rank < 2; ++rank) {
            auto environment = QProcessEnvironment::systemEnvironment();
            environment.insert("RANK", QString::number(rank));
            environment.insert("WORLD_SIZE", "2");
            environment.insert("LOCAL_RANK", QString::number(rank));
            environment.insert("MASTER_ADDR", "127.0.0.1");
            environment.insert("MASTER_PORT", number);
            environment.insert("OMP_NUM_THREADS", "1");
            environment.insert("GLOO_SOCKET_IFNAME", "lo");
            processes[rank].setProcessEnvironment(environment);
            processes[rank].setProcessChannelMode(QProcess::ForwardedChannels);
            processes[rank].start(QCoreApplication::applicationFilePath(), {"--peer", file});
        }
        for (QProcess &process : processes) {
            QVERIFY(process.waitForFinished(240000));
            QCOMPARE(process.exitCode(), 0);
        }
        const auto averaged = readSafetensors(file.toStdString());
        QVERIFY2(averaged, averaged ? "" : averaged.error().detail.c_str());
        const auto whole = gradientsOf(0, 16, Peers());
        QCOMPARE(averaged->arrays.size(), whole.size());
        for (const auto &[name, gradient] : whole) {
            const torch::Tensor other = tensorOf(averaged->arrays.at(name));
            const double scale = gradient.abs().max().item().toDouble() + 1e-6;
            const double difference = (gradient - other).abs().max().item().toDouble();
            QVERIFY2(difference < 1e-4 * scale, name.c_str());
        }
    }
};

int main(int argc, char **argv)
{
    if (argc == 3 && std::string(argv[1]) == "--peer")
        return runPeer(argv[2]);
    QCoreApplication app(argc, argv);
    PeersTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "PeersTest.moc"
