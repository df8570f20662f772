// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// JudgementReport: report.json, which says how good networks are and how to come to the same numbers again.
//
// One network: its keys stand at the top. Several: each under models.<id>, and every two under pairs
// (comparisonJson).
//
//     {"kind":"hilum-evaluation","schemaVersion":1,"software","notice","settings":{"draws","seed","level",
//      "calibrationBins"},"films":{"file","sha256","which"}|absent,"failed":[{"film","code","message"}],
//      "filmAudit":{"file","sha256","findings":[{"gravity","sentence"}]}|absent,
//      "model":{"id","weightsSha256","version","trainingData"},
//      "predictions":{"file","sha256"},"input":{"file","sha256"}, "filmCount","patientCount","classes":[...],
//      "accuracy","balancedAccuracy","kappa","matthews","macroF1","aucMacro","aucHandTill","ece","eceEqualMass",
//      "brier": {"value","low","high","method","others":[{"method","low","high"}]},
//      "confusion":[[...]] (rows: truth, in class order),"confusionShares":{"row","column","total"},
//      "perClass":{name:{"films","called","sensitivity","specificity","precision","npv","f1","auc",
//        "averagePrecision","brier","youden":{...},"atPrevalence":[...],"curves":{"roc","precisionRecall",
//        "decision"},"scores":{"bars","boxes"}}},
//      "brierParts","reliability":{"equalWidth","equalMass"},"ifTestFilms":[{"films","low","high"}],
//      "audit":[{"gravity","sentence"}] (of the table: core/report/Pitfalls.h),
//      "sources":[...],"comparisons":[...] (of two classes; inside each source, too), as evaluationJson}
//
// Shape:   one object, pretty-printed, lists of numbers on one line.
// Units:   0 to 1; what is not a number is null, its method "none".
// Errors:  none.
// Threads: pure functions, the same for the same films, draws and seed.
#pragma once

#include "core/metrics/Assessment.h"
#include "core/metrics/Curves.h"
#include "core/metrics/ModelComparison.h"
#include "core/report/Pitfalls.h"

#include <string>
#include <vector>

namespace hilum {

struct NamedFile {
    std::string file; // as the report names it
    std::string sha256;
};

// One class v the rest, as the plots show it.
struct ClassCurves {
    std::vector<BandPoint> roc;
    std::vector<BandPoint> precisionRecall;
    std::vector<DecisionPoint> decision;
};

struct JudgedModel {
    std::string id;
    std::string weightsSha256; // empty: not known, as what follows
    std::string version;
    std::string trainingData;
    NamedFile predictions; // beside the report
    NamedFile input; // what they were copied from; empty: they were read for this report
    std::vector<std::string> labels;
    std::vector<ScoredFilm> films;
    Assessment assessment;
    std::vector<ClassCurves> curves;
};

struct FailedFilm {
    std::string film;
    std::string code;
    std::string message;
};

struct ModelPair {
    std::string first;
    std::string second;
    std::string problem; // why they can't be compared; empty: they are
    ModelComparison comparison;
};

// What core/audit found in the films themselves.
struct FilmAudit {
    NamedFile file; // audit.json
    std::vector<Pitfall> findings;
};

struct Judgement {
    std::string software;
    std::string notice;
    NamedFile films; // manifest; empty: predictions were given
    std::string which; // "held out", "all", ...: which of its films were read
    std::vector<FailedFilm> failed;
    FilmAudit audit; // no file: none was made
    std::vector<JudgedModel> models;
    std::vector<ModelPair> pairs;
};

// All numbers of one network's films.
[[nodiscard]] JudgedModel judge(std::string id, std::vector<std::string> labels,
                                std::vector<ScoredFilm> films, const Resampling &resampling = {});
// Films by name, those in both.
[[nodiscard]] ModelPair comparePair(const JudgedModel &first, const JudgedModel &second);

// The keys of one network, and those of every two, each as one object.
[[nodiscard]] std::string judgedModelJson(const JudgedModel &model);
[[nodiscard]] std::string modelPairJson(const ModelPair &pair, const std::vector<std::string> &labels);
[[nodiscard]] std::string judgementJson(const Judgement &judgement);

} // namespace hilum
