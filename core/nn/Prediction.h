// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Prediction: what a network reads from one film.
//
// Units:   probability 0 to 1, softmax of the logits over the calibration temperature; the scores
//          of one Prediction sum to 1 and stand in the card's class order.
// Threads: values.
#pragma once

#include <string>
#include <vector>

namespace hilum {

struct ClassScore {
    std::string label;
    double probability = 0;
};

struct Prediction {
    std::vector<ClassScore> scores;
    std::string device; // "cpu" or "cuda:0"
    double elapsedMs = 0;

    // The index of the highest score; the first of equals.
    std::size_t top() const
    {
        std::size_t best = 0;
        for (std::size_t i = 1; i < scores.size(); ++i) {
            if (scores[i].probability > scores[best].probability)
                best = i;
        }
        return best;
    }
};

} // namespace hilum
