// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/Safetensors.h"

#include <QTemporaryDir>
#include <QTest>
#include <cstring>
#include <fstream>
#include <limits>
#include <span>

using namespace hilum;

namespace {

NamedArray floats(std::vector<std::int64_t> shape, const std::vector<float> &values)
{
    const auto bytes = std::as_bytes(std::span(values));
    return {TensorType::F32, std::move(shape), {bytes.begin(), bytes.end()}};
}

// A file from a header text and a number of zero bytes behind it.
std::string fileOf(const std::string &header, std::size_t dataBytes)
{
    const std::uint64_t length = header.size();
    std::string bytes(8, '\0');
    std::memcpy(bytes.data(), &length, 8);
    return bytes + header + std::string(dataBytes, '\0');
}

} // namespace

class SafetensorsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsBackWhatItWrote()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("w.safetensors").toStdString();
        SafetensorsFile content;
        content.arrays["b.weight"] = floats({2, 3}, {1, 2, 3, 4, 5, 6});
        content.arrays["a"] = floats({}, {7});
        content.arrays["empty"] = floats({0, 4}, {});
        content.metadata["by"] = "hilum";
        QVERIFY(writeSafetensors(content, file));
        const auto back = readSafetensors(file);
        QVERIFY2(back, back ? "" : back.error().detail.c_str());
        QCOMPARE(back->arrays.size(), std::size_t(3));
        QCOMPARE(back->metadata.at("by"), std::string("hilum"));
        QVERIFY(back->arrays.at("b.weight").bytes == content.arrays["b.weight"].bytes);
        QVERIFY(back->arrays.at("b.weight").shape == (std::vector<std::int64_t>{2, 3}));
    }

    void takesDoublesAndShortFloatsAsFloats()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("w.safetensors").toStdString();
        std::string bytes = fileOf(R"({"d":{"dtype":"F64","shape":[3],"data_offsets":[0,24]},)"
                                   R"("b":{"dtype":"BF16","shape":[1,2],"data_offsets":[24,28]}})",
                                   28);
        const double doubles[] = {1.5, -0.1, 1e300};
        const std::uint16_t shorts[] = {0x3fc0, 0xc2f7}; // the upper halves of 1.5F and -123.5F
        std::memcpy(bytes.data() + bytes.size() - 28, doubles, 24);
        std::memcpy(bytes.data() + bytes.size() - 4, shorts, 4);
        std::ofstream(file, std::ios::binary).write(bytes.data(), std::streamsize(bytes.size()));
        const auto read = readSafetensors(file);
        QVERIFY2(read, read ? "" : read.error().detail.c_str());
        const NamedArray &d = read->arrays.at("d");
        const NamedArray &b = read->arrays.at("b");
        QVERIFY(d.bytes == floats({3}, {1.5F, -0.1F, std::numeric_limits<float>::infinity()}).bytes);
        QVERIFY(b.bytes == floats({2}, {1.5F, -123.5F}).bytes);
        QVERIFY(d.type == TensorType::F32 && b.type == TensorType::F32);
        QVERIFY(b.shape == (std::vector<std::int64_t>{1, 2}));
    }

    void namesAMissingFile()
    {
        const auto file = readSafetensors("nowhere/w.safetensors");
        QVERIFY(!file);
        QCOMPARE(file.error().code, ErrorCode::FileUnreadable);
        QVERIFY(file.error().detail.find("nowhere/w.safetensors") != std::string::npos);
    }

    void refusesDamage_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char *name, const std::string &bytes) {
            QTest::newRow(name) << QByteArray(bytes.data(), qsizetype(bytes.size()));
        };
        const std::string good = R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})";
        row("empty", "");
        row("seven bytes", std::string(7, '\0'));
        row("header longer than the file", fileOf(good, 8).substr(0, 30));
        std::string huge = fileOf(good, 8);
        huge[7] = '\x7f';
        row("header length of exabytes", huge);
        row("not JSON", fileOf("{hello}", 0));
        row("a list", fileOf("[]", 0));
        row("JSON followed by code", fileOf(good + "import os", 8));
        row("data too short", fileOf(good, 7));
        row("data too long", fileOf(good, 9));
        row("unknown type", fileOf(R"({"a":{"dtype":"PKL","shape":[2],"data_offsets":[0,8]}})", 8));
        row("offsets beyond the data",
            fileOf(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}})", 8));
        row("offsets backwards", fileOf(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}})", 8));
        row("negative offset", fileOf(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}})", 8));
        row("shape larger than its bytes",
            fileOf(R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", 8));
        row("negative extent", fileOf(R"({"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})", 8));
        row("shape that overflows",
            fileOf(R"({"a":{"dtype":"F32","shape":[1099511627776,1099511627776,2],"data_offsets":[0,8]}})",
                   8));
        row("fraction as extent", fileOf(R"({"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,10]}})", 10));
        row("overlap",
            fileOf(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                   R"("b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
                   8));
        row("gap",
            fileOf(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                   R"("b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}})",
                   12));
        row("a name twice",
            fileOf(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                   R"("a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
                   8));
        row("a key too many",
            fileOf(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"code":"x"}})", 8));
        row("metadata that is no text", fileOf(R"({"__metadata__":{"a":1}})", 0));
        row("deep nesting", fileOf("{\"a\":" + std::string(5000, '[') + std::string(5000, ']') + "}", 0));
    }

    void refusesDamage()
    {
        QFETCH(QByteArray, bytes);
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("w.safetensors").toStdString();
        std::ofstream(file, std::ios::binary).write(bytes.data(), bytes.size());
        const auto read = readSafetensors(file);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::ModelMismatch);
        QVERIFY(read.error().detail.find("w.safetensors") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(SafetensorsTest)
#include "SafetensorsTest.moc"
