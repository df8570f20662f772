// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Commands: the subcommands of hilum-cli, one file each.
//
// Shape:   `args` are the words after the subcommand.
// Errors:  each returns the program's exit code: 0 all done, 1 some input failed, 2 wrong usage.
//          Results go to stdout, one JSON object a line under --json; messages go to stderr.
#pragma once

#include <span>
#include <string>

namespace hilum::cli {

int runInfo(std::span<const std::string> args);
int runRender(std::span<const std::string> args);
int runList(std::span<const std::string> args);
int runGate(std::span<const std::string> args);
int runFitGate(std::span<const std::string> args);
int runFitBand(std::span<const std::string> args);
int runModels(std::span<const std::string> args);
int runPredict(std::span<const std::string> args);
int runExplain(std::span<const std::string> args);
int runCompare(std::span<const std::string> args);
int runSaw(std::span<const std::string> args);
int runPerturb(std::span<const std::string> args);
int runAudit(std::span<const std::string> args);
int runPrepare(std::span<const std::string> args);
int runTrain(std::span<const std::string> args);
int runRecipes(std::span<const std::string> args);
int runCrossValidate(std::span<const std::string> args);
int runLeaveOneOut(std::span<const std::string> args);
int runScore(std::span<const std::string> args);
int runBatch(std::span<const std::string> args);
int runEvaluate(std::span<const std::string> args);
int runReport(std::span<const std::string> args);
int runVerify(std::span<const std::string> args);

constexpr int exitDone = 0;
constexpr int exitSomeFailed = 1;
constexpr int exitWrongUsage = 2;

} // namespace hilum::cli
