// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/guest/GuestProcess.h"
#include "tests/core/guest/Guests.h"

#include <ATen/ATen.h>
#include <torch/csrc/jit/serialization/pickle.h>
#undef slots
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fstream>
#include <thread>

using namespace hilum;
using namespace std::chrono_literals;

namespace {

GuestTensor square(int channels, int size)
{
    GuestTensor tensor{{1, channels, size, size}, {}};
    for (int i = 0; i < channels * size * size; ++i)
        tensor.values.push_back(std::sin(0.01F * static_cast<float>(i)));
    return tensor;
}

const std::string endless
    = "    i = 0\n    while i < 1000000000000:\n        x = x + 1.0\n        i = i + 1\n    return x\n";

bool says(const Error &error, const char *words) { return error.detail.find(words) != std::string::npos; }

} // namespace

class GuestProcessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesWhatTheNetworkGives()
    {
        guests::save(file("good.pt"), guests::whole);
        GuestProcess process({file("good.pt"), {}}, options());
        const GuestTensor input = square(1, 32);
        const auto output = process.run(GuestPart::Model, input);
        QVERIFY2(output.has_value(), output ? "" : output.error().detail.c_str());
        QCOMPARE(output->shape, (std::vector<std::int64_t>{1, 3}));

        const auto w = guests::weights(1);
        const at::Tensor x = at::from_blob(const_cast<float *>(input.values.data()), {1, 1, 32, 32});
        const at::Tensor a = at::conv2d(x, w.filters, w.bias, 4).relu();
        const at::Tensor y = (a * a).mean({2, 3}).matmul(w.rows.t());
        for (int c = 0; c < 3; ++c)
            QVERIFY(std::abs(output->values[static_cast<std::size_t>(c)] - y[0][c].item().toFloat()) < 1e-5F);
    }

    void givesTheGradientOfTheInput()
    {
        guests::save(file("square.pt"), "    return torch.sum(x * x, [2, 3])\n");
        GuestProcess process({file("square.pt"), {}}, options());
        const GuestTensor input = square(2, 8);
        const auto gradient = process.pull(GuestPart::Model, input, {{1, 2}, {1, -3}});
        QVERIFY2(gradient.has_value(), gradient ? "" : gradient.error().detail.c_str());
        QCOMPARE(gradient->shape, input.shape);
        QVERIFY(std::abs(gradient->values[5] - 2 * input.values[5]) < 1e-6F);
        QVERIFY(std::abs(gradient->values[70] + 6 * input.values[70]) < 1e-6F);
    }

    void saysWhatIsNoTorchScript()
    {
        std::ofstream(file("text.pt")) << "this is no network";
        GuestProcess text({file("text.pt"), {}}, options());
        const auto loaded = text.prepare();
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().code, ErrorCode::ModelMismatch);
        QVERIFY2(says(loaded.error(), "text.pt: expected a TorchScript file"), loaded.error().detail.c_str());

        GuestProcess missing({file("missing.pt"), {}}, options());
        QCOMPARE(missing.prepare().error().code, ErrorCode::FileUnreadable);

        // A pickled tensor, as torch.save writes it.
        const std::vector<char> pickled = torch::jit::pickle_save(at::ones({3}));
        std::ofstream(file("weights.pt"), std::ios::binary)
            .write(pickled.data(), static_cast<std::streamsize>(pickled.size()));
        GuestProcess weights({file("weights.pt"), {}}, options());
        const auto refused = weights.prepare();
        QVERIFY(!refused);
        QVERIFY2(says(refused.error(), "torch.save"), refused.error().detail.c_str());
    }

    void saysWhatTheNetworkSays()
    {
        guests::save(file("raises.pt"),
                     "    assert x.size(0) > 5, \"this network wants other films\"\n    return x\n");
        GuestProcess process({file("raises.pt"), {}}, options());
        const auto output = process.run(GuestPart::Model, square(1, 8));
        QVERIFY(!output);
        QVERIFY2(says(output.error(), "refused an input of 1 x 1 x 8 x 8")
                     && says(output.error(), "this network wants other films"),
                 output.error().detail.c_str());
        // It is alive and says it again.
        QVERIFY(!process.run(GuestPart::Model, square(1, 8)));
        QVERIFY(process.processId() > 0);
    }

    void wantsATensor()
    {
        guests::save(file("pair.pt"), "    return (x, x)\n");
        GuestProcess process({file("pair.pt"), {}}, options());
        const auto output = process.run(GuestPart::Model, square(1, 8));
        QVERIFY(!output);
        QVERIFY2(says(output.error(), "found a tuple of 2"), output.error().detail.c_str());
    }

    void givesUpWhenItIsToldTo()
    {
        guests::save(file("endless.pt"), endless);
        GuestOptions patient = options();
        patient.timeLimit = std::chrono::minutes(10);
        GuestProcess process({file("endless.pt"), {}}, patient);
        QVERIFY(process.prepare());
        const int first = process.processId();
        for (int again = 0; again < 2; ++again) {
            std::stop_source stop;
            process.heed(stop.get_token());
            std::jthread other([&stop] { stop.request_stop(); });
            const auto output = process.run(GuestPart::Model, square(1, 8));
            QVERIFY(!output);
            QCOMPARE(output.error().code, ErrorCode::Cancelled);
            QCOMPARE(process.processId(), -1); // ended, not left to burn
        }
        process.heed({});
        QVERIFY(process.prepare());
        QVERIFY(process.processId() != first);
    }

    void stopsWhatNeverEnds()
    {
        guests::save(file("loop.pt"), endless);
        GuestOptions patience = options();
        // The limit is of the start, too, and a busy machine may need longer for that.
        for (std::chrono::seconds limit = 4s; limit < 600s; limit *= 2) {
            patience.timeLimit = limit;
            GuestProcess process({file("loop.pt"), {}}, patience);
            if (!process.prepare())
                continue;
            const auto output = process.run(GuestPart::Model, square(1, 8));
            QVERIFY(!output);
            QCOMPARE(output.error().code, ErrorCode::LimitExceeded);
            const std::string words = "longer than " + std::to_string(limit.count()) + " s";
            QVERIFY2(says(output.error(), words.c_str()), output.error().detail.c_str());
            QCOMPARE(process.processId(), -1);
            return;
        }
        QFAIL("the network's process never started");
    }

    void grantsMemoryWithinLimits()
    {
        guests::save(file("bomb.pt"),
                     "    y = x\n    while True:\n        y = torch.cat([y, y], 0)\n    return y\n");
        GuestProcess process({file("bomb.pt"), {}}, options());
        const auto output = process.run(GuestPart::Model, square(1, 256));
        QVERIFY(!output);
        QCOMPARE(output.error().code, ErrorCode::LimitExceeded);
        QVERIFY2(says(output.error(), "more memory"), output.error().detail.c_str());
        // And goes on.
        QVERIFY(!process.run(GuestPart::Model, square(1, 256)));
    }

    void givesNoFileToTheNetwork()
    {
        guests::save(file("reads.pt"), "    return torch.from_file(\"/etc/passwd\", False, 10)\n");
        GuestProcess process({file("reads.pt"), {}}, options());
        const auto output = process.run(GuestPart::Model, square(1, 8));
        QVERIFY(!output);
        QVERIFY2(says(output.error(), "not permitted"), output.error().detail.c_str());
    }

    void startsAgainAfterItWasKilled()
    {
        guests::save(file("good.pt"), guests::whole);
        GuestProcess process({file("good.pt"), {}}, options());
        const auto first = process.run(GuestPart::Model, square(1, 32));
        QVERIFY(first);
        // Between two requests: nobody notices.
        ::kill(process.processId(), SIGKILL);
        std::this_thread::sleep_for(100ms);
        const auto second = process.run(GuestPart::Model, square(1, 32));
        QVERIFY2(second.has_value(), second ? "" : second.error().detail.c_str());
        QCOMPARE(second->values, first->values);
    }

    void saysThatItWasKilledInMidRequest()
    {
        guests::save(file("loop.pt"), endless);
        GuestProcess process({file("loop.pt"), {}}, options());
        QVERIFY(process.prepare());
        const int id = process.processId();
        std::jthread killer([id] {
            std::this_thread::sleep_for(300ms);
            ::kill(id, SIGKILL);
        });
        const auto output = process.run(GuestPart::Model, square(1, 8));
        QVERIFY(!output);
        QVERIFY2(says(output.error(), "was killed"), output.error().detail.c_str());
        QVERIFY(process.prepare()); // a fresh one
        QVERIFY(process.processId() != id);
    }

    void saysThatTheHelperIsMissing()
    {
        GuestOptions nowhere;
        nowhere.helper = file("no-such-program");
        guests::save(file("good.pt"), guests::whole);
        GuestProcess process({file("good.pt"), {}}, nowhere);
        const auto ready = process.prepare();
        QVERIFY(!ready);
        QCOMPARE(ready.error().code, ErrorCode::Internal);
        QVERIFY2(says(ready.error(), "cannot be started"), ready.error().detail.c_str());
    }

private:
    std::filesystem::path file(const char *name) const
    {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    static GuestOptions options()
    {
        return {.helper = HILUM_BIN_DIR "/hilum-model", .timeLimit = 60s, .threads = 1};
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(GuestProcessTest)
#include "GuestProcessTest.moc"
