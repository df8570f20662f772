// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ComparisonPlots: the plots of two networks over many films, and plots as files.
//
// Errors:  savePlot is false when the file can't be written, or its name ends in none of .png, .svg, .pdf and
//          .csv.
// Threads: UI thread only.
#pragma once

#include "core/compare/FilmComparison.h"
#include "ui/plots/PairPlot.h"

#include <memory>
#include <vector>

namespace hilum::ui {

struct NamedPlot {
    QString name; // of its file, without an ending: "scatter-covid"
    std::unique_ptr<PlotSurface> plot;
};

// The films' probabilities of one class.
[[nodiscard]] Pairs pairsOf(const FilmComparison &comparison, int label);

[[nodiscard]] NamedPlot pairPlot(const FilmComparison &comparison, int label, PairPlot::View view);
// What one network called what the other called what.
[[nodiscard]] NamedPlot callsPlot(const FilmComparison &comparison, const ModelComparison &statistics);
// How often they agree and are right, over all films and in each source.
[[nodiscard]] NamedPlot sourcesPlot(const FilmComparison &comparison, const ModelComparison &statistics);
[[nodiscard]] std::vector<NamedPlot> comparisonPlots(const FilmComparison &comparison,
                                                     const ModelComparison &statistics);

// By the ending of its name.
[[nodiscard]] bool savePlot(PlotSurface &plot, const QString &path);

// Black on white, for what leaves the program without a window.
[[nodiscard]] PlotTheme paperTheme();

} // namespace hilum::ui
