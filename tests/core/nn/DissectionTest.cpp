// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/network/Dissection.h"

#include "core/nn/ReceptiveField.h"

#include <ATen/ATen.h>
#include <QTest>
#include <torch/utils.h>

using namespace hilum;

namespace {

NetworkPtr made(const std::string &architecture, int size)
{
    torch::manual_seed(3);
    auto network = makeNetwork(architecture, 3, {.inputSize = size});
    (*network)->eval();
    return *network;
}

} // namespace

class DissectionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stagesAddUpToTheNetwork_data()
    {
        QTest::addColumn<QString>("name");
        for (const Architecture &architecture : architectures())
            QTest::newRow(architecture.name.c_str()) << QString::fromStdString(architecture.name);
    }

    void stagesAddUpToTheNetwork()
    {
        QFETCH(QString, name);
        const Architecture architecture = *findArchitecture(name.toStdString());
        constexpr int size = 128;
        const NetworkPtr network = made(architecture.name, size);
        const Anatomy anatomy = anatomyOf(*network, architecture, size, 3);
        QCOMPARE(static_cast<int>(anatomy.stages.size()), network->stages());
        std::int64_t all = 0;
        for (const torch::Tensor &parameter : network->parameters())
            all += parameter.numel();
        QCOMPARE(anatomy.parameters(), all);
        QVERIFY(anatomy.headParameters > 0 && anatomy.headParameters < all);
        const at::NoGradGuard noGradients;
        torch::Tensor x = at::randn({1, 1, size, size});
        for (int stage = 0; stage < network->stages(); ++stage) {
            x = network->stage(stage, x);
            const auto activation = channelsOf(x);
            const StageAnatomy &facts = anatomy.stages[static_cast<std::size_t>(stage)];
            QCOMPARE(static_cast<int>(activation.size()), facts.channels);
            QCOMPARE(activation.front().width(), facts.side);
            QCOMPARE(activation.front().height(), facts.side);
            QVERIFY(facts.parameters > 0);
        }
    }

    void knowsTheFirstBlockOfVgg()
    {
        const NetworkPtr network = made("vgg16", 224);
        const Anatomy anatomy = anatomyOf(*network, *findArchitecture("vgg16"), 224, 3);
        QCOMPARE(anatomy.stages[0].name, std::string("block1"));
        QCOMPARE(anatomy.stages[0].channels, 64);
        QCOMPARE(anatomy.stages[0].side, 224);
        QCOMPARE(anatomy.stages[0].parameters, std::int64_t(640 + 128 + 36928 + 128));
        QCOMPARE(anatomy.stages[4].side, 14);
        QCOMPARE(anatomy.headParameters, std::int64_t(512 * 3 + 3));
        QCOMPARE(static_cast<int>(anatomy.filters.size()), 64);
        QCOMPARE(anatomy.filters[5].width(), 3);
        const torch::Tensor weight = network->named_parameters()["features.0.weight"];
        QCOMPARE(anatomy.filters[5].at(2, 1), weight[5][0][1][2].item().toFloat());
    }

    // Everything outside a field is changed: the cell stays. Everything inside: it does not.
    void aCellDependsOnItsFieldAlone_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"vgg16", "densenet121", "resnet18", "resnet18-w32", "small-cnn-5m",
                                 "darkcovidnet", "densenet169", "torchvision-vgg11", "torchvision-vgg19"})
            QTest::newRow(name) << QString(name);
    }

    void aCellDependsOnItsFieldAlone()
    {
        QFETCH(QString, name);
        const at::NoGradGuard noGradients;
        const Architecture architecture = *findArchitecture(name.toStdString());
        constexpr int size = 64;
        const NetworkPtr network = made(architecture.name, size);
        network->to(at::kDouble); // so that "changes nothing" is no matter of rounding
        const torch::Tensor input = at::randn({1, 1, size, size}, at::kDouble);
        const torch::Tensor other = at::randn({1, 1, size, size}, at::kDouble) * 5;
        for (int stage = 0; stage < network->stages(); ++stage) {
            const auto layers = spatialLayers(architecture, stage);
            const torch::Tensor plain = network->run(0, stage + 1, input);
            const int side = cellsAcross(layers, size);
            QCOMPARE(static_cast<int>(plain.size(2)), side);
            for (const int cell : {0, side / 2, side - 1}) {
                const ReceptiveField field = receptiveField(layers, size, cell, side / 3);
                torch::Tensor inside = at::zeros({1, 1, size, size}, at::kDouble);
                inside.narrow(2, field.top, field.height).narrow(3, field.left, field.width).fill_(1);
                const auto change = [&](const torch::Tensor &where) {
                    const torch::Tensor changed = network->run(0, stage + 1, input + other * where);
                    return (changed - plain)
                        .select(2, side / 3)
                        .select(2, cell)
                        .abs()
                        .max()
                        .item()
                        .toDouble();
                };
                QVERIFY2(change(1 - inside) < 1e-9,
                         qPrintable(QStringLiteral("stage %1, cell %2").arg(stage).arg(cell)));
                if (cell != side / 2)
                    continue;
                QVERIFY(change(inside) > 1e-6);
                // The field is no larger than it must be: its first and last columns matter.
                if (stage > 0)
                    continue;
                for (const int column : {field.left, field.left + field.width - 1}) {
                    torch::Tensor edge = at::zeros({1, 1, size, size}, at::kDouble);
                    edge.narrow(2, field.top, field.height).narrow(3, column, 1).fill_(1);
                    QVERIFY(change(edge) > 1e-12);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(DissectionTest)
#include "DissectionTest.moc"
