// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TrainingHistory: what a training run measured, epoch by epoch; also the rows of history.csv.
//
// Units:   loss is mean cross-entropy in nats; accuracy and auc 0 to 1 (auc is the mean of the
//          one-v-rest areas, NaN when a class is missing); seconds of the epoch.
// Threads: values.
#pragma once

#include <string>
#include <vector>

namespace hilum {

struct EpochRecord {
    int epoch = 0; // from 1
    std::string split; // "train" or "validation"
    double loss = 0;
    double accuracy = 0;
    double auc = 0;
    double learningRate = 0;
    double seconds = 0;
};

struct TrainingHistory {
    std::vector<EpochRecord> records;
};

} // namespace hilum
