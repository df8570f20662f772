// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audit/Audit.h"

#include "PhantomSet.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <set>

using namespace hilum;
using namespace hilum::test;

namespace {

constexpr int each = 36; // patients of a class
AuditOptions quick()
{
    AuditOptions options;
    options.trees = 30;
    options.draws = 300;
    return options;
}

const AuditBaseline &baseline(const AuditComparison &comparison, BaselineKind kind)
{
    return *std::ranges::find(comparison.baselines, kind, &AuditBaseline::kind);
}

double informationOf(const AuditComparison &comparison, AuditProperty property)
{
    return std::ranges::find(comparison.separations, property, &PropertySeparation::property)->information;
}

QByteArray told(const AuditReport &report)
{
    QByteArray text;
    for (const AuditFinding &finding : report.verdict)
        text += QByteArray::fromStdString(finding.sentence) + "\n";
    for (const AuditBaseline &found : report.comparisons.front().baselines)
        text += QByteArray::fromStdString(std::string(baselineName(found.kind))) + ' '
            + QByteArray::number(found.balancedAccuracy.value, 'f', 3) + " ("
            + QByteArray::number(found.balancedAccuracy.interval.low, 'f', 3) + " to "
            + QByteArray::number(found.balancedAccuracy.interval.high, 'f', 3) + ")\n";
    return text;
}

void saveLetter(cv::Mat &film)
{
    cv::putText(film, "R", {10, 26}, cv::FONT_HERSHEY_SIMPLEX, 0.6, cv::Scalar(250), 2, cv::LINE_AA);
}

void letterbox(cv::Mat &film)
{
    film.rowRange(0, 24) = 0;
    film.rowRange(film.rows - 24, film.rows) = 0;
}

} // namespace

class AuditTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysThatNothingGivesAwayACleanSet()
    {
        PhantomSet set;
        set.addPatients(each);
        const auto report = set.audit(quick());
        QVERIFY2(report, report ? "" : report.error().detail.c_str());
        QCOMPARE(report->comparisons.size(), std::size_t(1));
        const AuditComparison &comparison = report->comparisons.front();
        QVERIFY(comparison.insideOneSource);
        QCOMPARE(comparison.films, 2 * each);
        QCOMPARE(comparison.groups, 2 * each);
        for (const AuditBaseline &found : comparison.baselines) {
            const Interval interval = found.balancedAccuracy.interval;
            QVERIFY2(interval.low <= 0.5 && interval.high >= 0.5, told(*report));
        }
        QVERIFY2(comparison.verdict == Confounding::None, told(*report));
        QVERIFY2(report->duplicates.empty(), QByteArray::number(int(report->duplicates.size())));
        QVERIFY(report->groupsInSeveralClasses.empty());
    }

    void findsAPlantedShortcut_data()
    {
        QTest::addColumn<int>("shortcut");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("property");
        const auto row = [](const char *name, int shortcut, BaselineKind kind, AuditProperty property) {
            QTest::newRow(name) << shortcut << static_cast<int>(kind) << static_cast<int>(property);
        };
        row("letterboxed", 0, BaselineKind::Border, AuditProperty::BorderBlack);
        row("blurred", 1, BaselineKind::Statistics, AuditProperty::Sharpness);
        row("a letter in the corner", 2, BaselineKind::Statistics, AuditProperty::CornerText);
        row("another shape", 3, BaselineKind::Header, AuditProperty::Aspect);
        row("darker", 4, BaselineKind::LungsHidden, AuditProperty::MeanGrey);
    }

    void findsAPlantedShortcut()
    {
        QFETCH(int, shortcut);
        QFETCH(int, kind);
        QFETCH(int, property);
        const std::function<void(cv::Mat &)> changes[] = {
            letterbox,
            [](cv::Mat &film) { cv::GaussianBlur(film, film, {}, 1.5); },
            saveLetter,
            [](cv::Mat &film) { film = film.rowRange(0, film.rows - 20).clone(); },
            [](cv::Mat &film) { film *= 0.6; },
        };
        PhantomSet set;
        set.addPatients(each, changes[shortcut]);
        const auto report = set.audit(quick());
        QVERIFY(report);
        const AuditComparison &comparison = report->comparisons.front();
        QCOMPARE(confoundingName(comparison.verdict), confoundingName(Confounding::Strong));
        const AuditBaseline &found = baseline(comparison, static_cast<BaselineKind>(kind));
        QVERIFY2(found.balancedAccuracy.value > 0.75, told(*report));
        QVERIFY2(found.balancedAccuracy.interval.low > 0.6, told(*report));
        QCOMPARE(static_cast<int>(found.recalls.size()), 2);
        QVERIFY(found.area > 0.8);
        QVERIFY(informationOf(comparison, static_cast<AuditProperty>(property)) > 0.2);
        QVERIFY(report->verdict.front().sentence.find("is confounded") != std::string::npos);
        QCOMPARE(gravityName(report->verdict.front().gravity), gravityName(Gravity::Grave));
    }

    void findsCopiesInEveryDisguise()
    {
        PhantomSet set;
        set.addPatients(8);
        std::filesystem::copy_file(set.path("1.png"), set.path("copy.png"));
        set.addRow({"copy.png", "well", "p1", "test"});
        cv::imwrite(set.path("saved.png"), cv::imread(set.path("3.png"), cv::IMREAD_UNCHANGED),
                    {cv::IMWRITE_PNG_COMPRESSION, 1});
        set.addRow({"saved.png", "well", "p3"});
        cv::Mat other;
        cv::flip(cv::imread(set.path("5.png"), cv::IMREAD_GRAYSCALE), other, 1);
        cv::resize(other, other, {}, 1.3, 1.3);
        cv::imwrite(set.path("mirror.jpg"), other);
        set.addRow({"mirror.jpg", "well", "elsewhere"});
        // Framed, darker, saved as JPEG, and called ill.
        cv::Mat framed;
        cv::copyMakeBorder(cv::imread(set.path("7.png"), cv::IMREAD_GRAYSCALE) * 0.8, framed, 0, 0, 30, 30,
                           cv::BORDER_CONSTANT, cv::Scalar(0));
        cv::imwrite(set.path("framed.jpg"), framed, {cv::IMWRITE_JPEG_QUALITY, 70});
        set.addRow({"framed.jpg", "ill", "p7"});

        const auto report = set.audit(quick());
        QVERIFY(report);
        std::map<std::string, std::string> found;
        for (const DuplicatePair &pair : report->duplicates) {
            const auto name = [&](int film) { return report->films[std::size_t(film)].sample.name; };
            found[name(pair.first) + " " + name(pair.second)] = duplicateKindName(pair.kind);
        }
        const std::map<std::string, std::string> expected{{"1.png copy.png", "sameFile"},
                                                          {"3.png saved.png", "samePixels"},
                                                          {"5.png mirror.jpg", "mirrored"},
                                                          {"7.png framed.jpg", "samePicture"}};
        QByteArray listed;
        for (const auto &[pair, kind] : found)
            listed += QByteArray::fromStdString(pair + " " + kind + "\n");
        QVERIFY2(found == expected, listed);
        // The loudest first: one picture under two labels.
        QVERIFY(report->duplicates.front().acrossClasses);
        QVERIFY(!report->duplicates.front().acrossGroups);
        QVERIFY(!report->duplicates.front().thumbnails[0].empty());
        QVERIFY(report->verdict.front().sentence.find("two labels") != std::string::npos);
    }

    void findsPatientsInSeveralClassesAndSplits()
    {
        PhantomSet set;
        for (int i = 0; i < 8; ++i) {
            const std::string name = std::to_string(i);
            // Films 0 and 1 are of one patient, as are 2 and 4.
            const std::string group = i < 2 ? "both" : i == 2 || i == 4 ? "leaked" : name;
            set.add({name + ".png", i % 2 == 0 ? "ill" : "well", group, i < 4 ? "train" : "test"},
                    patient(static_cast<std::uint64_t>(i + 1)));
        }
        const auto report = set.audit(quick());
        QVERIFY(report);
        QCOMPARE(report->groupsInSeveralClasses.size(), std::size_t(1));
        QCOMPARE(report->groupsInSeveralClasses.front().group, std::string("both"));
        QCOMPARE(report->groupsInSeveralClasses.front().films, (std::vector{0, 1}));
        QCOMPARE(report->groupsInSeveralSplits.size(), std::size_t(1));
        QCOMPARE(report->groupsInSeveralSplits.front().group, std::string("leaked"));
        // Too few to learn from, and said so.
        QCOMPARE(confoundingName(report->comparisons.front().verdict), confoundingName(Confounding::TooFew));
        QVERIFY(report->verdict.back().sentence.find("too few") != std::string::npos);
    }

    void tellsComparisonsInsideASourceFromThoseAcross()
    {
        PhantomSet set;
        for (int i = 0; i < 60; ++i) {
            const std::string name = std::to_string(i);
            const bool home = i < 40;
            // Home has both classes, away only the third.
            cv::Mat film = patient(static_cast<std::uint64_t>(i + 1));
            if (!home)
                cv::resize(film, film, {160, 160});
            set.add({name + ".png", home ? i % 2 == 0 ? "ill" : "well" : "other", name, "",
                     home ? "home" : "away"},
                    film);
        }
        const auto report = set.audit(quick());
        QVERIFY(report);
        std::set<std::string> inside;
        for (const AuditComparison &comparison : report->comparisons)
            if (comparison.insideOneSource)
                inside.insert(comparison.classes[0] + comparison.classes[1] + comparison.source);
        QVERIFY(inside == std::set<std::string>{"illwellhome"});
        QCOMPARE(report->comparisons.front().classes.size(), std::size_t(3));
        QVERIFY(std::ranges::any_of(report->verdict, [](const AuditFinding &finding) {
            return finding.sentence.find(
                       "No source has films of both classes for ill v other and other v well")
                != std::string::npos;
        }));
    }

    void listsFilmsThatCannotBeRead()
    {
        PhantomSet set;
        set.addPatients(3);
        std::ofstream(set.path("broken.png")) << "no film";
        set.addRow({"broken.png", "ill", "b"});
        set.addRow({"missing.png", "ill", "m"});
        const auto report = set.audit(quick());
        QVERIFY(report);
        QCOMPARE(report->films.size(), std::size_t(6));
        QCOMPARE(report->unreadable.size(), std::size_t(2));
        QCOMPARE(report->unreadable[0].name, std::string("broken.png"));
        QCOMPARE(report->unreadable[1].error.code, ErrorCode::FileUnreadable);
    }

    void isTheSameOnAnyNumberOfThreads()
    {
        PhantomSet set;
        set.addPatients(12, saveLetter);
        AuditOptions options = quick();
        options.threads = 1;
        const auto one = set.audit(options);
        options.threads = 3;
        const auto three = set.audit(options);
        QVERIFY(one && three);
        QCOMPARE(QByteArray::fromStdString(auditJson(*one)), QByteArray::fromStdString(auditJson(*three)));
        options.seed = 8;
        const auto other = set.audit(options);
        QVERIFY(other);
        QVERIFY(auditJson(*one) != auditJson(*other));
    }

    void stopsWhenAsked()
    {
        PhantomSet set;
        set.addPatients(6);
        QVERIFY(set.audit(quick()));
        std::stop_source stop;
        AuditOptions options = quick();
        options.makeReader = [&] {
            return [&](const std::filesystem::path &file, std::stop_token) {
                stop.request_stop();
                return readFilm(file);
            };
        };
        const auto report = auditDataset(set.path("manifest.csv"), options, {}, stop.get_token());
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::Cancelled);
    }

    void reportsHowFarItIs()
    {
        PhantomSet set;
        set.addPatients(12);
        QVERIFY(set.audit(quick()));
        std::vector<AuditProgress> seen;
        AuditOptions options = quick();
        options.makeReader = PhantomSet::reader;
        QVERIFY(auditDataset(set.path("manifest.csv"), options,
                             [&](const AuditProgress &progress) { seen.push_back(progress); }, {}));
        QVERIFY(!seen.empty());
        QCOMPARE(seen.back().done, 1.0);
        QVERIFY(std::ranges::is_sorted(seen, {}, &AuditProgress::done));
    }

    void readsAFolderOfFoldersWithItsSplits()
    {
        const QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        for (int i = 0; i < 8; ++i) {
            const auto place = root / (i < 4 ? "train" : "test") / (i % 2 == 0 ? "ill" : "well");
            std::filesystem::create_directories(place);
            cv::imwrite((place / (std::to_string(i) + ".png")).string(),
                        patient(static_cast<std::uint64_t>(i + 1)));
        }
        std::filesystem::copy_file(root / "train/ill/0.png", root / "test/ill/again.png");
        AuditOptions options = quick();
        options.makeReader = PhantomSet::reader;
        const auto report = auditDataset(root, options, {}, {});
        QVERIFY2(report, report ? "" : report.error().detail.c_str());
        QVERIFY(!report->patientsKnown);
        QVERIFY(report->splitsKnown);
        QCOMPARE(report->classes, (std::vector<std::string>{"ill", "well"}));
        QCOMPARE(report->duplicates.size(), std::size_t(1));
        QVERIFY(report->duplicates.front().acrossSplits);
    }

    void refusesWhatIsNoDataSet()
    {
        AuditOptions options = quick();
        options.makeReader = PhantomSet::reader;
        const auto missing = auditDataset("/nowhere/at/all.csv", options, {}, {});
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, ErrorCode::FileUnreadable);
        PhantomSet set;
        set.addRow({"missing.png", "ill", "m"});
        const auto empty = set.audit(options);
        QVERIFY(!empty);
        QCOMPARE(empty.error().code, ErrorCode::UsageWrong);
    }

    void writesDocumentsThatStandAlone()
    {
        PhantomSet set;
        set.addPatients(11, saveLetter);
        std::filesystem::copy_file(set.path("1.png"), set.path("copy.png"));
        set.addRow({"copy.png", "<script>alert('x')</script>", "\"a & b\""});
        const auto report = set.audit(quick());
        QVERIFY(report);
        const QByteArray html = QByteArray::fromStdString(auditHtml(*report));
        QVERIFY(html.contains("For education, never for diagnosis."));
        QVERIFY(!html.contains("<script"));
        QVERIFY(html.contains("&lt;script&gt;"));
        QVERIFY(!html.contains("http:") && !html.contains("https:") && !html.contains("url("));
        QVERIFY(html.contains("data:image/bmp;base64,Qk"));
        QVERIFY(html.contains("prefers-color-scheme"));
        QVERIFY(html.contains(QByteArray::fromStdString(report->datasetHash)));
        QVERIFY(!html.contains(set.folder.path().toUtf8()));

        const auto json = nlohmann::json::parse(auditJson(*report));
        QCOMPARE(json["dataset"].get<std::string>(), std::string("manifest.csv"));
        QCOMPARE(json["datasetSha256"].get<std::string>().size(), std::size_t(64));
        QCOMPARE(json["films"].get<int>(), 23);
        QCOMPARE(json["duplicates"][0]["kind"].get<std::string>(), std::string("sameFile"));
        QVERIFY(json["duplicates"][0]["acrossClasses"].get<bool>());
        const auto &comparisons = json["comparisons"];
        const auto pair = std::ranges::find_if(comparisons, [](const auto &comparison) {
            return comparison["classes"] == nlohmann::json{"ill", "well"} && !comparison["baselines"].empty();
        });
        QVERIFY(pair != comparisons.end());
        QVERIFY((*pair)["baselines"][0]["recall"]["ill"]["low"].is_number());
        QVERIFY((*pair)["baselineToBeat"].is_string());

        AuditOptions bare = quick();
        bare.thumbnails = false;
        const auto without = set.audit(bare);
        QVERIFY(without);
        QVERIFY(auditHtml(*without).find("data:image") == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(AuditTest)
#include "AuditTest.moc"
