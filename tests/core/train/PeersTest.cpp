// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Starts itself as two processes that train together.

#include "core/train/Peers.h"
#include "core/nn/Boundary.h"
#include "core/nn/Weights.h"
#include "core/train/Batch.h"
#include "core/train/Optimiser.h"

#include <ATen/ATen.h>
#include <QCoreApplication>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <chrono>
#include <cstdlib>
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

// The second of two goes after the first average; the first is to find out.
int runLeftPeer()
{
    const auto peers = Peers::fromEnvironment(false);
    if (!peers)
        return 2;
    peers->average({at::zeros({1})}, false);
    if (!peers->isFirst())
        std::_Exit(0);
    try {
        peers->average({at::zeros({1})}, false);
    } catch (const NetworkFailure &failure) {
        return failure.error().detail.find("last checkpoint") == std::string::npos ? 4 : 0;
    }
    return 5;
}

QString freePort()
{
    QTcpServer port;
    return port.listen(QHostAddress::LocalHost) ? QString::number(port.serverPort()) : QString();
}

PeerMeeting meetingOf(int rank)
{
    return {.port = freePort().toInt(), .rank = rank, .size = 2, .patience = std::chrono::seconds(1)};
}

void startTwo(QProcess (&processes)[2], const QStringList &arguments)
{
    const QString port = freePort();
    for (int rank = 0; rank < 2; ++rank) {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("RANK", QString::number(rank));
        environment.insert("WORLD_SIZE", "2");
        environment.insert("LOCAL_RANK", QString::number(rank));
        environment.insert("MASTER_ADDR", "127.0.0.1");
        environment.insert("MASTER_PORT", port);
        environment.insert("OMP_NUM_THREADS", "1");
        environment.insert("GLOO_SOCKET_IFNAME", "lo");
        processes[rank].setProcessEnvironment(environment);
        processes[rank].setProcessChannelMode(QProcess::ForwardedChannels);
        processes[rank].start(QCoreApplication::applicationFilePath(), arguments);
    }
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

    void refusesAPatienceThatIsNoNumber()
    {
        qputenv("WORLD_SIZE", "2");
        qputenv("HILUM_PEER_SECONDS", "soon");
        const auto peers = Peers::fromEnvironment(false);
        qunsetenv("WORLD_SIZE");
        qunsetenv("HILUM_PEER_SECONDS");
        QVERIFY(!peers);
        QCOMPARE(peers.error().code, ErrorCode::UsageWrong);
        QVERIFY(peers.error().detail.find("HILUM_PEER_SECONDS") != std::string::npos);
    }

    void namesWhoDidNotCome_data()
    {
        QTest::addColumn<int>("rank");
        QTest::addColumn<QString>("missing");
        QTest::newRow("the first waits") << 0 << "rank 1";
        QTest::newRow("another waits") << 1 << "rank 0";
    }

    void namesWhoDidNotCome()
    {
#ifndef HILUM_DISTRIBUTED
        QSKIP("this build has no c10d");
#endif
        QFETCH(int, rank);
        QFETCH(QString, missing);
        QStringList said;
        const auto say = [&](const std::string &words) { said << QString::fromStdString(words); };
        const auto peers = Peers::connect(meetingOf(rank), false, {{}, say});
        QVERIFY(!peers);
        QCOMPARE(peers.error().code, ErrorCode::Internal);
        QVERIFY2(peers.error().detail.find("no answer from " + missing.toStdString()) != std::string::npos,
                 peers.error().detail.c_str());
        if (rank == 0) {
            QCOMPARE(said.size(), 1);
            QVERIFY2(said[0].startsWith("waiting for rank 1"), qPrintable(said[0]));
        }
    }

    void stopsWaitingWhenTold()
    {
#ifndef HILUM_DISTRIBUTED
        QSKIP("this build has no c10d");
#endif
        for (const int rank : {0, 1}) {
            PeerMeeting meeting = meetingOf(rank);
            meeting.patience = std::chrono::hours(1);
            std::stop_source stop;
            stop.request_stop();
            const auto peers = Peers::connect(meeting, false, {stop.get_token(), {}});
            QVERIFY(!peers);
            QCOMPARE(peers.error().code, ErrorCode::Cancelled);
        }
    }

    void aPeerThatGoesIsAnErrorToTheOthers()
    {
#ifndef HILUM_DISTRIBUTED
        QSKIP("this build has no c10d");
#endif
        QProcess processes[2];
        startTwo(processes, {"--left"});
        for (QProcess &process : processes) {
            QVERIFY(process.waitForFinished(240000));
            QCOMPARE(process.exitStatus(), QProcess::NormalExit);
            QCOMPARE(process.exitCode(), 0);
        }
    }

    void averagesToTheGradientsOfTheDoubledBatch()
    {
#ifndef HILUM_DISTRIBUTED
        QSKIP("this build has no c10d");
#endif
        const QTemporaryDir folder;
        const QString file = folder.filePath("gradients.safetensors");
        QProcess processes[2];
        startTwo(processes, {"--peer", file});
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
    if (argc == 2 && std::string(argv[1]) == "--left")
        return runLeftPeer();
    QCoreApplication app(argc, argv);
    PeersTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "PeersTest.moc"
