// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// RunFigures: trainings over each other: loss, accuracy and learning rate against epoch, smoothed if one
// likes with the raw curve faint behind, the best epoch, and where early stopping would have ended it.
//
// Shape:   a run's colour follows its place; validation is solid, training dashed.
// Units:   loss in nats, accuracy 0 to 1, epochs from 1; smoothing 0 (none) to below 1.
// Errors:  none; runs without records are left out.
// Threads: pure functions.
// Source:  smoothing: exponential moving average, its start corrected as Adam's moments are (Kingma, Ba
// 2014).
//          Early stopping: Prechelt 1998, by patience on the validation loss.
#pragma once

#include "core/metrics/TrainingHistory.h"
#include "ui/plots/CurvePlot.h"

#include <vector>

namespace hilum::ui {

struct DeskRun {
    QString name;
    TrainingHistory history;
    bool isShown = true;
};

struct RunLook {
    double smoothing = 0;
    bool isLogLoss = false;
    bool isLogEpochs = false;
    bool withTraining = true;
    int patience = 5; // epochs without a better validation loss; 0: no early stopping
};

enum class RunQuantity { Loss, Accuracy, LearningRate };

[[nodiscard]] std::vector<double> smoothed(const std::vector<double> &values, double smoothing);
// Of the least validation loss, the first of equals; 0 without validation.
[[nodiscard]] int bestEpoch(const TrainingHistory &history);
// At which patience runs out; 0: it never does.
[[nodiscard]] int stoppingEpoch(const TrainingHistory &history, int patience);
[[nodiscard]] QColor runColour(int place);

[[nodiscard]] CurveFigure runFigure(const std::vector<DeskRun> &runs, RunQuantity quantity,
                                    const RunLook &look);
[[nodiscard]] std::vector<FigureMark> runMarks(const std::vector<DeskRun> &runs, RunQuantity quantity,
                                               const RunLook &look);

} // namespace hilum::ui
