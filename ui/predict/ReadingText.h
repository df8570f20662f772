// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ReadingText: a network's numbers in words; each says what it is.
//
// Units:   probabilities 0 to 1 in two decimals, never a certainty: "> 0.99", "< 0.01".
// Errors:  none.
// Threads: pure functions.
#pragma once

#include "ui/session/ReadingSession.h"

#include <QString>

#include <span>

namespace hilum::ui {

[[nodiscard]] QString probabilityText(double probability);
[[nodiscard]] QString twoDecimals(double value); // a dash for what is no number

// "0.72 to 0.88"
[[nodiscard]] QString bandText(const Interval &band);

// "Softmax probability, temperature-calibrated (T = 1.37)"
[[nodiscard]] QString calibrationText(const ModelCard &card);

// "104 ms on the CPU"
[[nodiscard]] QString costText(const Prediction &prediction);

// What a network calls a film; empty title or label: it has not.
struct Call {
    QString network;
    std::string label;
};

// "Both networks call this film COVID-19." or who calls it what; empty for fewer than two calls.
[[nodiscard]] QString agreementText(std::span<const Call> calls);
[[nodiscard]] bool agree(std::span<const Call> calls);

// "0.87 of 412 held-out films called right (95 % interval 0.83 to 0.90)"
[[nodiscard]] QString heldOutText(const HeldOutSummary &summary);

[[nodiscard]] QString methodTitle(MapMethod method);
// "Grad-CAM at denseblock4 for COVID-19".
[[nodiscard]] QString mapTitle(const ActivationMap &map);

} // namespace hilum::ui
