// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/SvgPlot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace hilum {

namespace {

constexpr double width = 640;
constexpr double height = 420;
constexpr double left = 62;
constexpr double right = 16;
constexpr double top = 36;
constexpr double bottom = 74;
constexpr double rowHeight = 26;

// Okabe, Ito 2008.
constexpr std::array colours{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"};

template <class... Values>
std::string written(const char *format, Values... values)
{
    std::array<char, 400> text{};
    std::snprintf(text.data(), text.size(), format, values...);
    return text.data();
}

std::string label(double x, double y, const std::string &text, const char *more = "")
{
    return written("<text x=\"%.1f\" y=\"%.1f\" %s>", x, y, more) + xmlText(text) + "</text>\n";
}

// Round steps, about `wanted` of them.
double stepOf(double range, int wanted)
{
    const double rough = range / wanted;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
        if (factor * power >= rough * 0.999)
            return factor * power;
    }
    return 10 * power;
}

std::string tick(double value) { return written("%.6g", std::abs(value) < 1e-9 ? 0 : value); }

class Canvas {
public:
    Canvas(const PlotAxes &axes, double high)
        : m_axes(axes)
        , m_high(high)
    {
        m_text = written("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" "
                         "height=\"%.0f\" role=\"img\" font-family=\"system-ui,sans-serif\" font-size=\"12\" "
                         "fill=\"#1c1e21\">\n",
                         width, high, width, high)
            + "<title>" + xmlText(axes.title) + "</title>\n"
            + written("<rect width=\"%.0f\" height=\"%.0f\" fill=\"#ffffff\"/>\n", width, high)
            + label(left, 22, axes.title, "font-size=\"14\" font-weight=\"600\"");
    }
    double x(double value) const
    {
        return left + (value - m_axes.xLow) / (m_axes.xHigh - m_axes.xLow) * (width - left - right);
    }
    double y(double value) const
    {
        return m_high - bottom
            - (value - m_axes.yLow) / (m_axes.yHigh - m_axes.yLow) * (m_high - top - bottom);
    }
    void add(const std::string &text) { m_text += text; }
    void addLine(double x1, double y1, double x2, double y2, const std::string &more)
    {
        m_text += written("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" ", x1, y1, x2, y2) + more
            + "/>\n";
    }
    void addGrid(bool withRows)
    {
        const std::string faint = "stroke=\"#dfe2e6\"";
        const double xStep = stepOf(m_axes.xHigh - m_axes.xLow, 8);
        for (double at = std::ceil(m_axes.xLow / xStep - 1e-9) * xStep; at <= m_axes.xHigh + 1e-9;
             at += xStep) {
            addLine(x(at), y(m_axes.yLow), x(at), y(m_axes.yHigh), faint);
            add(label(x(at), m_high - bottom + 17, tick(at), "text-anchor=\"middle\""));
        }
        add(label((left + width - right) / 2, m_high - bottom + 36, m_axes.x, "text-anchor=\"middle\""));
        if (!withRows)
            return;
        const double yStep = stepOf(m_axes.yHigh - m_axes.yLow, 6);
        for (double at = std::ceil(m_axes.yLow / yStep - 1e-9) * yStep; at <= m_axes.yHigh + 1e-9;
             at += yStep) {
            addLine(x(m_axes.xLow), y(at), x(m_axes.xHigh), y(at), faint);
            add(label(left - 7, y(at) + 4, tick(at), "text-anchor=\"end\""));
        }
        const double middle = (top + m_high - bottom) / 2;
        add(label(
            0, 0, m_axes.y,
            written("text-anchor=\"middle\" transform=\"translate(16 %.1f) rotate(-90)\"", middle).c_str()));
    }
    void addLegend(const std::vector<PlotSeries> &series)
    {
        double at = left;
        for (const PlotSeries &one : series) {
            if (one.name.empty())
                continue;
            addLine(at, m_high - 22, at + 18, m_high - 22,
                    "stroke-width=\"3\" stroke=\"" + plotColour(one.colour) + "\""
                        + (one.isDashed ? " stroke-dasharray=\"5 4\"" : ""));
            add(label(at + 23, m_high - 18, one.name));
            at += 40 + 6.6 * static_cast<double>(one.name.size());
        }
    }
    std::string done()
    {
        return m_text + label(left, m_high - 4, m_axes.notice, "font-size=\"10\" fill=\"#5a6068\"")
            + "</svg>\n";
    }

private:
    const PlotAxes &m_axes;
    double m_high;
    std::string m_text;
};

std::string bandOf(const Canvas &canvas, const PlotSeries &series)
{
    std::string forth;
    std::string back;
    for (std::size_t i = 0; i < series.low.size(); ++i) {
        if (std::isnan(series.low[i]) || std::isnan(series.high[i]))
            continue;
        forth += written("%.1f,%.1f ", canvas.x(series.x[i]), canvas.y(series.high[i]));
        back = written("%.1f,%.1f ", canvas.x(series.x[i]), canvas.y(series.low[i])) + back;
    }
    if (forth.empty())
        return {};
    return "<polygon points=\"" + forth + back + "\" fill=\"" + plotColour(series.colour)
        + "\" fill-opacity=\"0.15\"/>\n";
}

std::string lineOf(const Canvas &canvas, const PlotSeries &series)
{
    std::string points;
    double before = NAN;
    for (std::size_t i = 0; i < series.x.size(); ++i) {
        if (!std::isfinite(series.x[i]) || !std::isfinite(series.y[i]))
            continue;
        if (series.isStepped && !std::isnan(before))
            points += written("%.1f,%.1f ", canvas.x(series.x[i]), canvas.y(before));
        points += written("%.1f,%.1f ", canvas.x(series.x[i]), canvas.y(series.y[i]));
        before = series.y[i];
    }
    return "<polyline points=\"" + points + "\" fill=\"none\" stroke-width=\"2\" stroke=\""
        + plotColour(series.colour) + "\"" + (series.isDashed ? " stroke-dasharray=\"5 4\"" : "") + "/>\n";
}

std::string marksOf(const Canvas &canvas, const PlotSeries &series)
{
    std::string text;
    for (std::size_t i = 0; i < series.marks.size(); ++i) {
        if (!std::isfinite(series.x[i]) || !std::isfinite(series.y[i]))
            continue;
        const double x = canvas.x(series.x[i]);
        if (i < series.low.size() && std::isfinite(series.low[i]))
            text += written("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n", x,
                            canvas.y(series.low[i]), x, canvas.y(series.high[i]),
                            plotColour(series.colour).c_str());
        text += written("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"><title>", x,
                        canvas.y(series.y[i]), plotColour(series.colour).c_str())
            + xmlText(series.marks[i]) + "</title></circle>\n";
    }
    return text;
}

} // namespace

std::string plotColour(int colour)
{
    return colour < 0 ? "#8a9098" : colours[static_cast<std::size_t>(colour) % colours.size()];
}

std::string xmlText(std::string_view text)
{
    std::string safe;
    for (const char letter : text) {
        switch (letter) {
        case '&':
            safe += "&amp;";
            break;
        case '<':
            safe += "&lt;";
            break;
        case '>':
            safe += "&gt;";
            break;
        case '"':
            safe += "&quot;";
            break;
        case '\'':
            safe += "&#39;";
            break;
        default:
            // Other control characters are in no XML.
            safe += static_cast<unsigned char>(letter) < 0x20 ? ' ' : letter;
        }
    }
    return safe;
}

std::string svgCurves(const PlotAxes &axes, const std::vector<PlotSeries> &series)
{
    Canvas canvas(axes, height);
    canvas.addGrid(true);
    for (const PlotSeries &one : series) {
        if (one.marks.empty())
            canvas.add(bandOf(canvas, one));
    }
    for (const PlotSeries &one : series)
        canvas.add(one.marks.empty() ? lineOf(canvas, one) : marksOf(canvas, one));
    canvas.addLegend(series);
    return canvas.done();
}

std::string svgBars(const PlotAxes &axes, const std::vector<PlotSeries> &series)
{
    Canvas canvas(axes, height);
    canvas.addGrid(true);
    for (std::size_t s = 0; s < series.size(); ++s) {
        const auto &heights = series[s].y;
        const double slot = (axes.xHigh - axes.xLow) / static_cast<double>(heights.size());
        const double bar = slot * 0.9 / static_cast<double>(series.size());
        for (std::size_t i = 0; i < heights.size(); ++i) {
            const double from
                = axes.xLow + slot * (static_cast<double>(i) + 0.05) + bar * static_cast<double>(s);
            canvas.add(
                written("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"><title>",
                        canvas.x(from), canvas.y(heights[i]), canvas.x(from + bar) - canvas.x(from),
                        canvas.y(axes.yLow) - canvas.y(heights[i]), plotColour(series[s].colour).c_str())
                + xmlText(series[s].name) + written(": %g</title></rect>\n", heights[i]));
        }
    }
    canvas.addLegend(series);
    return canvas.done();
}

std::string svgBoxes(const PlotAxes &axes, const std::vector<NamedBox> &boxes)
{
    const double names = 190; // of the width, left of the boxes
    const double high = top + bottom + 2 * rowHeight * static_cast<double>(boxes.size());
    Canvas canvas(axes, high);
    const auto x = [&](double p) { return left + names + p * (width - left - names - right); };
    for (int i = 0; i <= 5; ++i) {
        const double at = x(i / 5.0);
        canvas.addLine(at, top, at, high - bottom, "stroke=\"#dfe2e6\"");
        canvas.add(label(at, high - bottom + 17, tick(i / 5.0), "text-anchor=\"middle\""));
    }
    canvas.add(label(x(0.5), high - bottom + 36, axes.x, "text-anchor=\"middle\""));
    double row = top;
    for (const NamedBox &named : boxes) {
        const double middle = row + rowHeight;
        const std::string colour = plotColour(named.colour);
        canvas.add(label(12, middle - 2, named.name));
        canvas.add(label(12, middle + 13, written("%d films", named.box.films), "fill=\"#5a6068\""));
        if (named.box.films > 0) {
            const BoxFigures &box = named.box;
            const std::string stroke = "stroke=\"" + colour + "\"";
            canvas.addLine(x(box.lowWhisker), middle, x(box.highWhisker), middle, stroke);
            canvas.add(written(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"20\" fill=\"#ffffff\" "
                "stroke-width=\"2\" stroke=\"%s\"><title>median %.3f, quartiles %.3f and %.3f, "
                "mean %.3f, %d beyond the whiskers</title></rect>\n",
                x(box.lowQuartile), middle - 10, std::max(1.0, x(box.highQuartile) - x(box.lowQuartile)),
                colour.c_str(), box.median, box.lowQuartile, box.highQuartile, box.mean, box.outside));
            canvas.addLine(x(box.median), middle - 10, x(box.median), middle + 10,
                           "stroke-width=\"3\" " + stroke);
            canvas.add(written("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n", x(box.mean), middle,
                               colour.c_str()));
        }
        row += 2 * rowHeight;
    }
    return canvas.done();
}

std::string svgMatrix(const PlotAxes &axes, const std::vector<std::string> &labels,
                      const ConfusionMatrix &matrix)
{
    const int classes = matrix.classes();
    const double names = 130;
    const double cell = std::min(120.0, (width - names - 40) / classes);
    const double rows = std::min(cell, 70.0);
    const double high = top + 54 + rows * classes + 30;
    Canvas canvas(axes, high);
    canvas.add(
        label(names + cell * classes / 2, top + 16, "called", "text-anchor=\"middle\" fill=\"#5a6068\""));
    canvas.add(label(12, top + 36, "truth", "fill=\"#5a6068\""));
    for (int i = 0; i < classes; ++i) {
        const std::string &name = labels[static_cast<std::size_t>(i)];
        canvas.add(label(names + cell * (i + 0.5), top + 36, name, "text-anchor=\"middle\""));
        canvas.add(label(12, top + 48 + rows * (i + 0.5), name));
        for (int j = 0; j < classes; ++j) {
            const double share = matrix.rowShare(i, j);
            const double x = names + cell * j;
            const double y = top + 46 + rows * i;
            const char *ink = share > 0.55 ? "#ffffff" : "#1c1e21";
            canvas.add(written("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#0072b2\" "
                               "fill-opacity=\"%.3f\" stroke=\"#c8ccd0\"/>\n",
                               x, y, cell, rows, share));
            canvas.add(label(x + cell / 2, y + rows / 2, std::to_string(matrix.count(i, j)),
                             written("text-anchor=\"middle\" font-size=\"15\" fill=\"%s\"", ink).c_str()));
            canvas.add(label(x + cell / 2, y + rows / 2 + 16, written("%.1f %%", 100 * share),
                             written("text-anchor=\"middle\" fill=\"%s\"", ink).c_str()));
        }
    }
    return canvas.done();
}

} // namespace hilum
