// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/guest/Import.h"
#include "tests/core/guest/Guests.h"

#undef slots
#include <QTemporaryDir>
#include <QTest>

using namespace hilum;

namespace {

const std::string probabilities = guests::features + guests::head + "    return torch.softmax(y, 1)\n";

} // namespace

class ImportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("HILUM_MODELS", m_folder.filePath("elsewhere").toUtf8());
        qputenv("XDG_DATA_HOME", m_folder.filePath("home").toUtf8());
    }

    void completesACardThatAPersonWrote()
    {
        const GuestFiles files = saved("My net (2).pt", guests::whole);
        const auto card = completedCard(
            R"({"classes":["a","b","c"],"input":{"size":64,"channels":"bgr","mean":[0.485,0.456,0.406],"std":0.25},
                "outputs":"logits","origin":"a colleague"})",
            "card.json", files);
        QVERIFY2(card.has_value(), card ? "" : card.error().detail.c_str());
        QCOMPARE(card->id, std::string("my-net-2"));
        QCOMPARE(card->title, std::string("My net (2)"));
        QVERIFY(card->input.channels == ChannelOrder::Bgr && card->input.standardise == Standardise::Unit);
        QCOMPARE(card->input.mean[1], 0.456F);
        QCOMPARE(card->input.deviation[2], 0.25F);
        QCOMPARE(card->imported->origin, std::string("a colleague"));
        QCOMPARE(card->weightsSha256.size(), std::size_t(64));

        const auto file = m_folder.filePath("written.json").toStdString();
        QVERIFY(writeCard(*card, file));
        const auto again = readCard(file);
        QVERIFY2(again.has_value(), again ? "" : again.error().detail.c_str());
        QVERIFY(again->input == card->input && again->imported == card->imported);
    }

    void namesTheKeyThatIsWrong_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const char *json, const char *words) {
            QTest::newRow(name) << QString(json) << QString(words);
        };
        row("no json", "{", "card.json: expected a JSON object");
        row("classes", R"({"classes":["a"],"input":{"size":64}})",
            "classes: expected a list of at least two");
        row("size", R"({"classes":["a","b"],"input":{"size":7}})",
            "input.size: expected 32 to 4096, found 7");
        row("channels", R"({"classes":["a","b"],"input":{"size":64,"channels":"cmyk"}})", "input.channels");
        row("std", R"({"classes":["a","b"],"input":{"size":64,"std":0}})",
            "input.std: expected a number above 0");
        row("mean", R"({"classes":["a","b"],"input":{"size":64,"mean":[1,2]}})", "input.mean");
        row("outputs", R"({"classes":["a","b"],"input":{"size":64},"outputs":"odds"})",
            "outputs: expected logits or probabilities");
        row("polarity", R"({"classes":["a","b"],"input":{"size":64,"polarity":"bone-low"}})",
            "input.polarity");
    }

    void namesTheKeyThatIsWrong()
    {
        QFETCH(QString, json);
        QFETCH(QString, words);
        const auto card = completedCard(json.toStdString(), "card.json", saved("good.pt", guests::whole));
        QVERIFY(!card);
        QVERIFY2(QString::fromStdString(card.error().detail).contains(words), card.error().detail.c_str());
    }

    void importsAGoodNetwork()
    {
        const GuestFiles files = saved("good.pt", guests::whole);
        const auto package = importNetwork(files, cardFor(files, "good"), root(), options());
        QVERIFY2(package.has_value(), package ? "" : package.error().error.detail.c_str());
        const auto found = readPackage(root() / "good");
        QVERIFY2(found.has_value(), found ? "" : found.error().detail.c_str());
        QVERIFY(found->card.imported && !found->card.imported->isSplit());
        QCOMPARE(found->card.weightsSha256, *guestHash(guestFiles(*found)));

        const auto again = importNetwork(files, cardFor(files, "good"), root(), options());
        QVERIFY(!again && again.error().error.code == ErrorCode::UsageWrong);
        QVERIFY(again.error().error.detail.find("taken") != std::string::npos);
    }

    void importsASplitNetwork()
    {
        const GuestFiles files = split();
        const auto package = importNetwork(files, cardFor(files, "split"), root(), options());
        QVERIFY2(package.has_value(), package ? "" : package.error().error.detail.c_str());
        QVERIFY(std::filesystem::exists(root() / "split" / "head.pt"));
        const auto report = checkGuest(guestFiles(*package), package->card, nullptr, options());
        QVERIFY(report);
        QCOMPARE(report->activation, std::string("4 x 16 x 16"));
        QVERIFY(std::abs(report->probabilities[0] + report->probabilities[1] + report->probabilities[2] - 1)
                < 1e-9);
    }

    void catchesInWords_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<int>("channels");
        QTest::addColumn<QString>("json");
        QTest::addColumn<int>("field");
        QTest::addColumn<QString>("words");
        const QString usual = R"({"classes":["a","b","c"],"input":{"size":64}})";
        const auto row = [](const char *name, const std::string &body, int channels, const QString &json,
                            CardField field, const char *words) {
            QTest::newRow(name) << QString::fromStdString(body) << channels << json << static_cast<int>(field)
                                << QString(words);
        };
        row("rank", guests::features + "    return a\n", 1, usual, CardField::File,
            "expected an answer of 1 x 3 (one number for each class), found 1 x 4 x 16 x 16");
        row("classes", guests::whole, 1, R"({"classes":["a","b"],"input":{"size":64}})", CardField::Classes,
            "expected 2 answers, one for each class of the card, found 3");
        row("one answer", guests::features + "    return torch.mean(a, [1, 2, 3]).unsqueeze(1)\n", 1,
            R"({"classes":["a","b"],"input":{"size":64}})", CardField::Classes,
            "found 1: a network with one");
        row("channels", guests::whole, 3, usual, CardField::Channels,
            "the card says one channel (grey), but the network takes three channels (rgb)");
        row("size",
            "    y = torch.matmul(torch.flatten(x, 1)[:, 0:4] + torch.mean(x.reshape([1, 9216]), "
            "1).unsqueeze(1), "
            "torch.t(self.rows))\n    return y\n",
            1, usual, CardField::Size, "the card says a size of 64, but the network takes 96");
        row("raises", "    assert x.size(0) > 5, \"no films today\"\n    return x\n", 1, usual,
            CardField::File, "no films today");
        row("nan", guests::features + guests::head + "    return torch.log(y - y - 1.0)\n", 1, usual,
            CardField::Values, "expected finite numbers, found NaN or infinity");
        row("logits called probabilities", guests::whole, 1,
            R"({"classes":["a","b","c"],"input":{"size":64},"outputs":"probabilities"})", CardField::Outputs,
            "the card should say logits");
        row("probabilities called logits", probabilities, 1, usual, CardField::Outputs,
            "the card should say probabilities");
        row("several findings", guests::features + guests::head + "    return torch.sigmoid(y)\n", 1,
            R"({"classes":["a","b","c"],"input":{"size":64},"outputs":"probabilities"})", CardField::Outputs,
            "several findings at once");
        row("saturated",
            "    m = (torch.mean(x, [1, 2, 3]) - 0.5).unsqueeze(1) * 8.0\n"
            "    return torch.cat([m, -m, m * 0.5], 1)\n",
            1, R"({"classes":["a","b","c"],"input":{"size":64,"std":0.000392}})", CardField::Values,
            "answers differ with grey from 0 to 1");
        row("learned nothing", "    return torch.ones([1, 3]) * self.rows[0, 1]\n", 1, usual,
            CardField::Values, "found the same to 4 simulated films");
        row("still training",
            guests::features + "    a = torch.dropout(a, 0.5, True)\n" + guests::head + "    return y\n", 1,
            usual, CardField::File, "exported while training");
    }

    void catchesInWords()
    {
        QFETCH(QString, body);
        QFETCH(int, channels);
        QFETCH(QString, json);
        QFETCH(int, field);
        QFETCH(QString, words);
        const GuestFiles files = saved("faulty.pt", body.toStdString(), channels);
        const auto card = completedCard(json.toStdString(), "card.json", files, "faulty");
        QVERIFY2(card.has_value(), card ? "" : card.error().detail.c_str());
        const auto package = importNetwork(files, *card, root(), options());
        QVERIFY(!package);
        const std::string &said = package.error().error.detail;
        QVERIFY2(QString::fromStdString(said).contains(words), said.c_str());
        QVERIFY2(said.starts_with(files.model.string()), said.c_str());
        QCOMPARE(static_cast<int>(package.error().field), field);
        QVERIFY(!std::filesystem::exists(root() / "faulty"));
        QVERIFY(!std::filesystem::exists(root() / ".faulty.part"));
    }

    void takesProbabilitiesAsTheyAre()
    {
        const GuestFiles files = saved("shares.pt", probabilities);
        const auto card
            = completedCard(R"({"classes":["a","b","c"],"input":{"size":64},"outputs":"probabilities"})",
                            "card.json", files, "shares");
        const auto report = checkGuest(files, *card, nullptr, options());
        QVERIFY2(report.has_value(), report ? "" : report.error().error.detail.c_str());
        const auto logits
            = checkGuest(saved("plain.pt", guests::whole), cardFor(files, "x"), nullptr, options());
        QVERIFY(logits);
        for (std::size_t c = 0; c < 3; ++c)
            QVERIFY(std::abs(report->probabilities[c] - logits->probabilities[c]) < 1e-5);
    }

private:
    std::filesystem::path root() const { return m_folder.filePath("models").toStdString(); }

    GuestFiles saved(const char *name, const std::string &body, int channels = 1) const
    {
        const std::filesystem::path file = m_folder.filePath(name).toStdString();
        guests::save(file, body, channels);
        return {file, {}};
    }

    GuestFiles split() const
    {
        GuestFiles files{m_folder.filePath("features.pt").toStdString(),
                         m_folder.filePath("head.pt").toStdString()};
        guests::save(files.model, guests::features + "    return a\n");
        guests::save(files.head, "    a = x\n" + guests::head + "    return y\n");
        return files;
    }

    static ModelCard cardFor(const GuestFiles &files, const std::string &id)
    {
        return *completedCard(R"({"classes":["a","b","c"],"input":{"size":64}})", "card.json", files, id);
    }

    static GuestOptions options() { return {.helper = HILUM_BIN_DIR "/hilum-model", .threads = 1}; }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(ImportTest)
#include "ImportTest.moc"
