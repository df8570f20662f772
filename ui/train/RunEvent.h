// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// RunEvent: one line of what `hilum-cli train --json` tells (core/train/TrainingPlan.h), as a value.
//
// Units:   fraction, loss and accuracy as there; secondsLeft of the whole run; NaN where there is no number.
// Errors:  a line that is no such object is an empty optional: whatever a child prints is only ever counted.
// Threads: pure function.
#pragma once

#include "core/metrics/ConfusionMatrix.h"
#include "core/metrics/TrainingHistory.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace hilum::ui {

struct RunStarted {
    QString architecture;
    QString device;
    std::vector<std::string> classes;
    int train = 0;
    int validation = 0;
    int heldOut = 0;
    int epochs = 0;
    int steps = 0;
    int resumedAtStep = 0;
};

struct RunStep {
    int epoch = 0; // from 1
    int epochs = 0;
    int step = 0; // done in this epoch
    int stepsInEpoch = 0;
    int size = 0;
    double fraction = 0;
    double loss = 0;
    double accuracy = 0;
    double learningRate = 0;
    double filmsPerSecond = 0;
    double secondsLeft = 0;

    // Epochs gone, as the axis of a plot counts them.
    double position() const { return epoch - 1 + (stepsInEpoch > 0 ? 1.0 * step / stepsInEpoch : 0); }
};

struct RunEpoch {
    EpochRecord train;
    EpochRecord validation;
    int epochs = 0;
    double secondsLeft = 0;
    std::vector<std::string> classes;
    std::optional<ConfusionMatrix> confusion; // of the validation films
};

struct RunNote {
    QString message;
};

struct RunUnreadable { // a film that could not be read
    QString film;
    QString message;
};

struct RunDone {
    QString folder;
    double heldOutAccuracy = 0;
    int heldOutFilms = 0;
    int selectedEpoch = 0;
};

struct RunError {
    std::string code; // as errorName() writes it
    QString message;
};

using RunEvent = std::variant<RunStarted, RunStep, RunEpoch, RunNote, RunUnreadable, RunDone, RunError>;

[[nodiscard]] std::optional<RunEvent> runEvent(const QByteArray &line);

} // namespace hilum::ui
