// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sawn: what a network saw of one film, step by step, ready to be looked at and pointed into.
//
// Shape:   planes as large as the film are left out: their values come from the film itself.
// Units:   points of the film in film pixels, of a step in its own pixels, (0, 0) at the outer corner.
// Errors:  makeSawn: those of prepare(), and Cancelled.
// Threads: made on the decode lane, linear in pixels; immutable after.
#pragma once

#include "core/nn/InputSteps.h"
#include "core/nn/ModelPackage.h"
#include "ui/bridge/DisplayFilm.h"

#include <QImage>
#include <QPointF>
#include <QString>

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace hilum::ui {

struct SawRequest {
    DisplayFilmPtr film;
    ModelCard card;
    std::optional<ShownLook> look; // fed what the view shows instead of the film's own values
};

struct SawnStep {
    InputStep step; // values only where they are small
    int columns = 0;
    int rows = 0;
    QImage picture; // grey, from the lowest value to the highest
};

struct Sawn {
    SawRequest request;
    std::optional<FedShown> shown;
    std::optional<ShownPlace> place;
    std::vector<SawnStep> steps;

    const Film &film() const { return *request.film->film; }
    int frame() const { return request.look ? request.look->frame : 0; } // of the stored values
    std::optional<QPointF> onStep(std::size_t step, QPointF filmPoint) const;
    QPointF onFilm(std::size_t step, QPointF stepPoint) const;
    double valueAt(std::size_t step, QPointF stepPoint) const;
};

using SawnPtr = std::shared_ptr<const Sawn>;

[[nodiscard]] Result<SawnPtr> makeSawn(const SawRequest &request, const std::stop_token &stop);

[[nodiscard]] QString stepTitle(InputStepKind kind); // "Stored values"
[[nodiscard]] QString stepSentence(const InputStep &step);
[[nodiscard]] QString stepValue(double value); // as many digits as are worth reading
[[nodiscard]] QString stepNumbers(const SawnStep &step); // "2048 × 2500, 0 to 4095, mean 1834"

} // namespace hilum::ui
