// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/TorchvisionState.h"

#include <QtTest>

using namespace hilum;

namespace {

// 0 is a pooling, as the letter M in torchvision's vgg.py.
const std::map<int, std::vector<int>> published{
    {11, {64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0}},
    {13, {64, 64, 0, 128, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0}},
    {16, {64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0}},
    {19, {64, 64, 0, 128, 128, 0, 256, 256, 256, 256, 0, 512, 512, 512, 512, 0, 512, 512, 512, 512, 0}},
};

// Shapes are all that is looked at.
void put(SafetensorsFile &file, const std::string &name, std::vector<std::int64_t> shape)
{
    file.arrays[name] = {TensorType::F32, std::move(shape), {}};
}

void putNorm(SafetensorsFile &file, const std::string &name, int width)
{
    for (const char *part : {".weight", ".bias", ".running_mean", ".running_var"})
        put(file, name + part, {width});
}

SafetensorsFile vgg(int depth, bool hasNorms, int channels, int classes)
{
    SafetensorsFile file;
    int index = 0;
    for (const int width : published.at(depth)) {
        const std::string name = "features." + std::to_string(index);
        if (width == 0) {
            ++index;
            continue;
        }
        put(file, name + ".weight", {width, channels, 3, 3});
        put(file, name + ".bias", {width});
        if (hasNorms)
            putNorm(file, "features." + std::to_string(index + 1), width);
        index += hasNorms ? 3 : 2;
        channels = width;
    }
    put(file, "classifier.0.weight", {4096, 25088});
    put(file, "classifier.3.weight", {4096, 4096});
    put(file, "classifier.6.weight", {classes, 4096});
    return file;
}

SafetensorsFile denseNet(const std::vector<int> &blocks, const std::string &dot, int classes)
{
    SafetensorsFile file;
    put(file, "features.conv0.weight", {64, 3, 7, 7});
    for (std::size_t block = 0; block < blocks.size(); ++block) {
        for (int i = 1; i <= blocks[block]; ++i) {
            const std::string name
                = "features.denseblock" + std::to_string(block + 1) + ".denselayer" + std::to_string(i) + ".";
            putNorm(file, name + "norm" + dot + "1", 64);
            put(file, name + "conv" + dot + "1.weight", {128, 64, 1, 1});
            putNorm(file, name + "norm" + dot + "2", 128);
            put(file, name + "conv" + dot + "2.weight", {32, 128, 3, 3});
        }
    }
    put(file, "classifier.weight", {classes, 1024});
    return file;
}

} // namespace

class TorchvisionStateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsEveryVgg_data()
    {
        QTest::addColumn<int>("depth");
        QTest::addColumn<bool>("hasNorms");
        for (const auto &item : published) {
            QTest::addRow("vgg%d", item.first) << item.first << false;
            QTest::addRow("vgg%d_bn", item.first) << item.first << true;
        }
    }

    void knowsEveryVgg()
    {
        QFETCH(int, depth);
        QFETCH(bool, hasNorms);
        const auto state = recognise(vgg(depth, hasNorms, 3, 14), "a file");
        QVERIFY2(state, state ? "" : state.error().detail.c_str());
        QCOMPARE(QString::fromStdString(state->architecture),
                 QStringLiteral("torchvision-vgg%1%2").arg(depth).arg(hasNorms ? "_bn" : ""));
        QCOMPARE(state->classes, 14);
        QCOMPARE(state->channels, 3);
        QCOMPARE(recognise(vgg(depth, hasNorms, 1, 2), "a file")->channels, 1);
    }

    void knowsDenseNetsOldAndNew()
    {
        for (const char *dot : {"", "."}) {
            const auto nameOf = [&](const std::vector<int> &blocks) {
                return recognise(inTodaysNames(denseNet(blocks, dot, 18)), "a file")->architecture;
            };
            QCOMPARE(nameOf({6, 12, 24, 16}), std::string("densenet121"));
            QCOMPARE(nameOf({6, 12, 32, 32}), std::string("densenet169"));
            QCOMPARE(nameOf({6, 12, 48, 32}), std::string("densenet201"));
        }
    }

    void givesOldFilesTodaysNamesAndCounters()
    {
        const SafetensorsFile file = inTodaysNames(denseNet({6, 12, 24, 16}, ".", 18));
        QVERIFY(file.arrays.contains("features.denseblock4.denselayer16.norm1.running_mean"));
        QVERIFY(!file.arrays.contains("features.denseblock4.denselayer16.norm.1.running_mean"));
        const NamedArray &counter
            = file.arrays.at("features.denseblock4.denselayer16.norm2.num_batches_tracked");
        QVERIFY(counter.type == TensorType::I64 && counter.shape.empty());
        QCOMPARE(counter.bytes.size(), std::size_t(8));
    }

    void takesOffTheBeginningThatAllNamesOfParallelTrainingsShare()
    {
        SafetensorsFile file;
        for (auto &[name, array] : vgg(16, true, 3, 5).arrays)
            file.arrays["module." + name] = array;
        const auto state = recognise(inTodaysNames(file), "a file");
        QVERIFY2(state, state ? "" : state.error().detail.c_str());
        QCOMPARE(state->architecture, std::string("torchvision-vgg16_bn"));
        put(file, "other.weight", {1});
        QVERIFY(inTodaysNames(file).arrays.contains("module.features.0.weight")); // not all of them
    }

    void saysInWordsWhatItDoesNotKnow_data()
    {
        QTest::addColumn<SafetensorsFile>("file");
        QTest::addColumn<QString>("words");
        QTest::newRow("DenseNet161") << denseNet({6, 12, 36, 24}, "", 1000)
                                     << "blocks of 6, 12, 36, 24 layers";
        SafetensorsFile headless = vgg(16, true, 3, 5);
        headless.arrays.erase("classifier.6.weight");
        QTest::newRow("no head") << headless << "expected a tensor classifier.6.weight";
        SafetensorsFile colours = vgg(16, true, 4, 5);
        QTest::newRow("four channels") << colours << "[64, 4, 3, 3]";
        SafetensorsFile longer = vgg(19, false, 3, 5);
        put(longer, "features.37.weight", {512, 512, 3, 3});
        QTest::newRow("another VGG") << longer << "another order";
        SafetensorsFile other;
        put(other, "conv1.weight", {64, 3, 7, 7});
        QTest::newRow("a ResNet") << other << "found first conv1.weight";
        QTest::newRow("nothing") << SafetensorsFile{} << "found no tensor";
    }

    void saysInWordsWhatItDoesNotKnow()
    {
        QFETCH(SafetensorsFile, file);
        QFETCH(QString, words);
        const auto state = recognise(file, "weights.safetensors");
        QVERIFY(!state);
        const QString detail = QString::fromStdString(state.error().detail);
        QVERIFY2(detail.contains(words) && detail.startsWith("weights.safetensors"), qPrintable(detail));
    }
};

QTEST_GUILESS_MAIN(TorchvisionStateTest)
#include "TorchvisionStateTest.moc"
