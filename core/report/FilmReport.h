// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmReport: what networks read from one film, as report.json keeps it: the numbers, where each network
// looked, what it saw, and which networks they are.
//
//     {"kind":"hilum-film-report","schemaVersion":1,"software","notice",
//      "film":{"name","file"|null,"sha256","format","columns","rows","bits","frame","frames","modality",
//              "notices":[...],"picture"},
//      "gate":{"accepted","reason","shownAnyway"},"explained":{"class","method"},
//      "networks":[{"id","title","version","weightsSha256","trainingData","limits","heldOut":{"films","right"}
//        |null,"calibration","band","call","classes":[{"class","probability","low","high"}],"error"|null,
//        "map":{"picture"|null,"title","none"},"saw":{"picture"|null,"what"}}]}
//
// Shape:   pictures are files beside the report.
// Units:   probabilities 0 to 1; without a band "low" and "high" are null.
// Errors:  readFilmReport: FileUnreadable; DataCorrupt naming the file, what was expected and found.
// Threads: values; pure functions over files. No text names the patient unless names were to be shown.
#pragma once

#include "core/base/Result.h"
#include "core/metrics/ConfusionMatrix.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hilum {

struct ReportedClass {
    std::string label;
    double probability = 0;
    std::optional<Interval> band;
};

struct ReportedHeldOut {
    int films = 0;
    int right = 0;
};

struct ReportedNetwork {
    std::string id;
    std::string title;
    std::string version;
    std::string weightsSha256;
    std::string trainingData;
    std::string limits;
    std::optional<ReportedHeldOut> heldOut;
    std::string calibration; // what its probabilities are
    std::string band; // what its intervals hold
    std::vector<ReportedClass> classes; // empty: not read, or withheld
    std::string error; // why it could not read; empty: it could
    std::string mapPicture; // empty: none
    std::string mapTitle; // "Grad-CAM at denseblock4"
    std::string noMap; // why there is none
    std::string sawPicture;
    std::string saw; // what was done to the film

    const ReportedClass *call() const; // the highest, the first of equals; none where nothing is read
};

struct FilmReport {
    std::string software;
    std::string notice;
    std::string name; // as it may be shown
    std::string file; // where it lay; empty: not told
    std::string sha256;
    std::string format; // "DICOM"
    int columns = 0;
    int rows = 0;
    int bits = 8;
    int frame = 1;
    int frames = 1;
    std::string modality;
    std::vector<std::string> notices;
    std::string picture;
    std::string refusal; // the gate's; empty: accepted
    bool isShownAnyway = false; // readings of a refused film
    std::string label; // the class whose evidence the maps show
    std::string method; // of the maps, by name
    std::vector<ReportedNetwork> networks;
};

[[nodiscard]] std::string filmReportJson(const FilmReport &report);
[[nodiscard]] Result<FilmReport> readFilmReport(const std::filesystem::path &file);

} // namespace hilum
