// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SvgPlot: plain plots as SVG text: curves with bands, bars, boxes, a matrix. Self-contained, dark on white.
//
// Shape:   640 x 420 units, a matrix and boxes as high as they need.
// Units:   those of the data; axes end where PlotAxes says.
// Errors:  none; points that are not numbers are left out.
// Threads: pure functions.
#pragma once

#include "core/metrics/ConfusionMatrix.h"
#include "core/metrics/Distribution.h"

#include <string>
#include <string_view>
#include <vector>

namespace hilum {

struct PlotAxes {
    std::string title;
    std::string x;
    std::string y;
    double xLow = 0;
    double xHigh = 1;
    double yLow = 0;
    double yHigh = 1;
    std::string notice; // stands below every plot
};

struct PlotSeries {
    std::string name; // empty: not in the legend
    int colour = 0; // 0, 1, 2, ...: told apart by colour-blind readers; -1: grey
    bool isDashed = false;
    bool isStepped = false; // a point's height holds until the next point
    std::vector<double> x;
    std::vector<double> y;
    std::vector<double> low; // a band, where there is one
    std::vector<double> high;
    std::vector<std::string> marks; // at each point, with these words as its tooltip; none: a line
};

[[nodiscard]] std::string svgCurves(const PlotAxes &axes, const std::vector<PlotSeries> &series);
// Bars of equal width from axes.xLow to axes.xHigh, side by side; `y` of each series are their heights.
[[nodiscard]] std::string svgBars(const PlotAxes &axes, const std::vector<PlotSeries> &series);

struct NamedBox {
    std::string name;
    int colour = 0;
    BoxFigures box;
};
// Lying, one below the other; x from 0 to 1.
[[nodiscard]] std::string svgBoxes(const PlotAxes &axes, const std::vector<NamedBox> &boxes);

// Counts, with row shares as colour and in per cent.
[[nodiscard]] std::string svgMatrix(const PlotAxes &axes, const std::vector<std::string> &labels,
                                    const ConfusionMatrix &matrix);

// Of the colour numbers above, "#0072b2".
[[nodiscard]] std::string plotColour(int colour);
[[nodiscard]] std::string xmlText(std::string_view text);

} // namespace hilum
