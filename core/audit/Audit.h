// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Audit: how a data set could fool a network, measured before any network is trained on it.
//
// Every film is decoded once and kept as a few small pictures and numbers. From these come tables of how
// the classes and sources differ in what is no anatomy, pairs of films that are the same picture, patients
// that stand in two classes or splits, and the accuracy of classifiers that never see a lung: what any
// network trained on these films must beat. audit.json repeats these values under the same names.
//
//     const auto report = auditDataset("films", {.makeReader = readers}, {}, {});
//     for (const AuditComparison &comparison : report->comparisons) puts(comparison.sentence.c_str());
//
// Shape:   one AuditFilm a readable film, in the data set's order; all indices are into `films`.
// Units:   greys 0 to 255, bone white (DICOM: as the film opens); shares, recalls and areas 0 to 1; balanced
//          accuracy is the mean of the classes' recalls; intervals are 95 %, patients drawn with replacement.
// Errors:  UsageWrong: fewer than two films, or no label. Cancelled. A film that can't be read is listed in
//          `unreadable` and is no error.
// Threads: uses several of its own; the observer is called from one of them at a time. The same films,
// options
//          and seed give the same report on any number of threads.
// Source:  why: DeGrave, Janizek, Lee 2021; Maguolo, Nanni 2021 (lungs hidden). Forests: Breiman 2001.
#pragma once

#include "core/base/Result.h"
#include "core/dataset/Dataset.h"
#include "core/film/Film.h"
#include "core/film/Plane.h"
#include "core/metrics/ConfusionMatrix.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace hilum {

// Reads one film. Each thread of an audit asks for a reader of its own.
using FilmReader = std::function<Result<FilmPtr>(const std::filesystem::path &, std::stop_token)>;

struct AuditOptions {
    std::function<FilmReader()> makeReader; // required
    std::uint64_t seed = 20200401;
    int folds = 5; // of the cross-validation, by patient
    int trees = 60; // of each forest
    int draws = 1000; // of the patient bootstrap
    int threads = 0; // 0: every core
    bool thumbnails = true; // keep pictures of the films in duplicate pairs
};

struct AuditProgress {
    double done = 0; // 0 to 1
    std::string stage; // "reading films", "looking for duplicates", "training without anatomy"
    double secondsLeft = -1; // -1: not known yet
};

using AuditObserver = std::function<void(const AuditProgress &)>;

// What is known of one film that is no anatomy.
enum class AuditProperty {
    Width,
    Height,
    Aspect, // width over height
    BitDepth,
    Format, // "PNG"
    Colour, // share of tinted pixels
    Photometric, // as the file says it
    FileSize, // bytes a pixel
    BorderBlack, // share of the outer 3 % below 15
    BorderWhite, // share of the outer 3 % above 240
    MeanGrey,
    Spread, // standard deviation of the greys
    Sharpness, // standard deviation of the Laplacian at 256 x 256
    CornerText, // letters burnt into the corners
    RecordedWidth, // what the manifest says of the original (orig_width, orig_height), where it does
    RecordedHeight,
};
[[nodiscard]] std::string_view auditPropertyName(AuditProperty property); // "borderBlack", as in JSON
[[nodiscard]] std::string_view auditPropertyTitle(AuditProperty property); // "Border, black"
[[nodiscard]] bool isCategory(AuditProperty property);

struct AuditFilm {
    Sample sample;
    std::string split; // "train", "test", "fold 2"; empty when the data set has none
    std::string format;
    std::string photometric;
    int width = 0;
    int height = 0;
    int bitDepth = 8;
    std::uint64_t fileBytes = 0;
    double tinted = 0;
    double borderBlack = 0;
    double borderWhite = 0;
    double meanGrey = 0;
    double spread = 0;
    double sharpness = 0;
    int letters = 0; // in the corners
    int recordedWidth = 0; // 0: not recorded
    int recordedHeight = 0;
};
// The number by which a property is compared; categories have none (NaN), as has what is not recorded.
[[nodiscard]] double auditValue(const AuditFilm &film, AuditProperty property);
[[nodiscard]] std::string auditCategory(const AuditFilm &film, AuditProperty property);

struct UnreadableFilm {
    std::string name;
    Error error;
};

struct AuditQuantiles {
    double low = 0; // 5 %
    double median = 0;
    double high = 0; // 95 %
};

struct AuditCategoryCount {
    std::string name;
    int films = 0;
};

struct AuditSummary {
    AuditProperty property = AuditProperty::Width;
    AuditQuantiles quantiles; // of a number
    std::vector<AuditCategoryCount> categories; // of a category, the most frequent first
};

// The films of one class, of one source, or of a class in a source.
struct AuditCell {
    std::string label; // empty: all classes
    std::string source; // see allSources
    bool allSources = true;
    int films = 0;
    int groups = 0;
    int withLetters = 0;
    std::vector<AuditSummary> properties;
};

enum class DuplicateKind {
    SameFile, // byte by byte
    SamePixels, // stored otherwise
    SamePicture, // another size, compression, frame or contrast
    Mirrored,
};
[[nodiscard]] std::string_view duplicateKindName(DuplicateKind kind); // "samePicture"

struct DuplicatePair {
    int first = 0;
    int second = 0;
    DuplicateKind kind = DuplicateKind::SameFile;
    double correlation = 1;
    bool acrossClasses = false; // one picture, two labels
    bool acrossSplits = false;
    bool acrossGroups = false; // two "patients"
    std::array<Plane<std::uint8_t>, 2> thumbnails; // empty unless asked for
};

// A patient whose films stand in several classes, splits or sources.
struct DividedGroup {
    std::string group;
    std::vector<std::string> labels;
    std::vector<std::string> splits;
    std::vector<int> films;
};

// How well one property alone tells the classes of a comparison apart.
struct PropertySeparation {
    AuditProperty property = AuditProperty::Width;
    double area = 0.5; // ROC area of two classes, turned so that it is 0.5 or more; NaN where there is none
    double information = 0; // mutual information over the entropy of the class, corrected for chance, 0 to 1
};

// What a classifier without anatomy is given.
enum class BaselineKind {
    Header, // size, aspect, format, bits, colour, photometric interpretation, bytes
    Recorded, // width, height and aspect of the original, as the manifest records them
    Statistics, // mean grey, spread, border, sharpness, letters
    Thumbnail, // 16 x 16 greys; coarse anatomy shows, no more
    LungsHidden, // 32 x 32 greys with the lungs' central field blacked out, and how rough it is around
    Border, // the outer 3 % alone
};
[[nodiscard]] std::string_view baselineName(BaselineKind kind); // "lungsHidden"
[[nodiscard]] std::string_view baselineTitle(BaselineKind kind); // "Film with the lungs blacked out"

struct Estimate {
    double value = 0;
    Interval interval;
};

struct AuditBaseline {
    BaselineKind kind = BaselineKind::Header;
    Estimate balancedAccuracy;
    std::vector<Estimate> recalls; // in the comparison's order of classes
    double area = 0; // ROC area of two classes; NaN of several
    ConfusionMatrix matrix{0};
};

enum class Confounding {
    TooFew, // films or patients to say
    None, // no baseline without anatomy is above chance
    Weak, // above chance, the lower end of its interval by less than 0.10
    Strong, // by 0.10 or more
};
[[nodiscard]] std::string_view confoundingName(Confounding verdict); // "strong"

struct AuditComparison {
    std::vector<std::string> classes;
    std::string source; // see insideOneSource
    bool insideOneSource = false;
    int films = 0;
    int groups = 0;
    std::vector<int> filmsOfClass;
    double chance = 0.5; // balanced accuracy of a guess
    std::vector<AuditBaseline> baselines; // empty when there are too few films
    int toBeat = -1; // the highest of the baselines: what a network must be better than
    int givesAway = -1; // the highest that shows no anatomy at all (not the thumbnail); makes the verdict
    Confounding verdict = Confounding::TooFew;
    std::vector<PropertySeparation> separations; // the worst first
    std::string sentence; // the verdict in plain English
};

enum class Gravity {
    Good,
    Note,
    Warning,
    Grave, // results on this set would mislead
};
[[nodiscard]] std::string_view gravityName(Gravity gravity); // "grave"

struct AuditFinding {
    Gravity gravity = Gravity::Note;
    std::string sentence; // plain English
};

struct AuditReport {
    std::string dataset; // the manifest's or folder's name, without its place
    std::string datasetHash; // sha256 of the manifest, or of the folder's sorted names and labels
    bool patientsKnown = false; // else every film counts as a patient of its own
    bool splitsKnown = false;
    std::uint64_t seed = 0;
    int folds = 0;
    int trees = 0;
    int draws = 0;
    double seconds = 0;
    std::vector<std::string> classes;
    std::vector<std::string> sources;
    std::vector<AuditFilm> films;
    std::vector<UnreadableFilm> unreadable;
    std::vector<AuditCell> cells; // all, classes, sources, classes in sources
    std::vector<DuplicatePair> duplicates; // the worst first
    std::vector<DividedGroup> groupsInSeveralClasses;
    std::vector<DividedGroup> groupsInSeveralSplits;
    std::vector<AuditComparison> comparisons; // all films first, pairs of classes, then inside one source
    std::vector<AuditFinding> verdict; // never empty
};

// `dataset` is a manifest (CSV) or a folder with a folder of films for each class.
[[nodiscard]] Result<AuditReport> auditDataset(const std::filesystem::path &dataset,
                                               const AuditOptions &options, const AuditObserver &observer,
                                               std::stop_token stop);

// The report as a document. HTML is self-contained: no script, no address, readable in light and dark.
[[nodiscard]] std::string auditJson(const AuditReport &report);
[[nodiscard]] std::string auditHtml(const AuditReport &report);

} // namespace hilum
