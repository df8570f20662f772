// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// EvaluationInputs: what evaluate judges: predictions that are there already, or films that networks read
// for it, and the audit of the films where there is one.
//
// Errors:  UsageWrong for inputs that don't go together; those of files and networks. A film that can't be
//          read is said, listed in `judgement.failed` and left out.
#pragma once

#include "core/module/NnModule.h"
#include "core/report/JudgementReport.h"
#include "core/report/PredictionFile.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilum::cli {

struct EvaluationInputs {
    std::vector<std::filesystem::path> paths;
    std::vector<std::string> models; // of films; empty: every one
    bool withTraining = false; // films that networks may have learnt
    LoadOptions load;
};

// What stands behind one network before it is judged.
struct GivenPredictions {
    std::string id; // its own among all, and a file's name
    std::string weights; // empty: not known, as what follows
    std::string version;
    std::string trainingData;
    NamedFile input;
    PredictionSet set;
};

[[nodiscard]] Result<std::vector<GivenPredictions>> gatherPredictions(const EvaluationInputs &inputs,
                                                                      Judgement &judgement);
[[nodiscard]] Result<NamedFile> namedFile(const std::filesystem::path &file);
// audit.json or its folder.
[[nodiscard]] Result<FilmAudit> readAudit(const std::filesystem::path &path);

} // namespace hilum::cli
