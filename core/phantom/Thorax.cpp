// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/phantom/Thorax.h"

#include "core/phantom/Noise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace hilum {

namespace {

struct Knot {
    double y = 0;
    double value = 0;
};

// Half widths and depths down the body, joined smoothly.
constexpr std::array<Knot, 10> bodyWidths{{{0, 50},
                                           {28, 55},
                                           {44, 76},
                                           {60, 138},
                                           {82, 192},
                                           {120, 212},
                                           {175, 200},
                                           {235, 176},
                                           {300, 169},
                                           {430, 171}}};
constexpr std::array<Knot, 6> bodyDepths{{{0, 52}, {45, 58}, {85, 78}, {140, 100}, {230, 114}, {430, 112}}};

double smooth(double from, double to, double value)
{
    const double t = std::clamp((value - from) / (to - from), 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

double along(std::span<const Knot> knots, double y)
{
    const auto next = std::find_if(knots.begin(), knots.end(), [y](const Knot &knot) { return knot.y >= y; });
    if (next == knots.begin())
        return knots.front().value;
    if (next == knots.end())
        return knots.back().value;
    // Catmull-Rom through the neighbours, so that no corner shows.
    const Knot &b = *(next - 1);
    const Knot &c = *next;
    const Knot &a = next - 1 == knots.begin() ? b : *(next - 2);
    const Knot &d = next + 1 == knots.end() ? c : *(next + 1);
    const double span = c.y - b.y;
    const double t = (y - b.y) / span;
    const double slopeB = c.y == a.y ? 0 : (c.value - a.value) / (c.y - a.y) * span;
    const double slopeC = d.y == b.y ? 0 : (d.value - b.value) / (d.y - b.y) * span;
    const double t2 = t * t;
    const double t3 = t2 * t;
    return (2 * t3 - 3 * t2 + 1) * b.value + (t3 - 2 * t2 + t) * slopeB + (3 * t2 - 2 * t3) * c.value
        + (t3 - t2) * slopeC;
}

// Half the chord of a rounded box's cross-section.
double halfChord(double x, double halfWidth, double halfDepth, double power)
{
    const double u = std::abs(x) / halfWidth;
    return u >= 1 ? 0 : halfDepth * std::pow(1 - std::pow(u, power), 1 / power);
}

struct Ellipsoid {
    double x = 0; // centre
    double y = 0;
    double s = 0;
    double rx = 1; // half axes
    double ry = 1;
    double rs = 1;
    double tilt = 0; // radians, turned in the film's plane
};

// Above 0 inside, in millimetres near the surface.
double depthIn(const Ellipsoid &body, double x, double y, double s)
{
    const double dx = x - body.x;
    const double dy = y - body.y;
    const double c = std::cos(body.tilt);
    const double n = std::sin(body.tilt);
    const double u = (c * dx + n * dy) / body.rx;
    const double v = (c * dy - n * dx) / body.ry;
    const double w = (s - body.s) / body.rs;
    return (1 - std::sqrt(u * u + v * v + w * w)) * std::min({body.rx, body.ry, body.rs});
}

// The chord of a tube across the ray: (x, y) against the segment from a to b.
double tubeChord(double x, double y, double ax, double ay, double bx, double by, double radius)
{
    const double dx = bx - ax;
    const double dy = by - ay;
    const double t = std::clamp(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy), 0.0, 1.0);
    const double fromAxis = std::hypot(x - ax - t * dx, y - ay - t * dy);
    return fromAxis >= radius ? 0 : 2 * std::sqrt(radius * radius - fromAxis * fromAxis);
}

constexpr double carinaY = 172;

} // namespace

Thorax::Thorax(std::uint64_t seed)
{
    Noise noise(seed);
    m_width = noise.uniform(0.97, 1.03);
    m_heart = noise.uniform(0.95, 1.04);
    m_breath = noise.uniform(-6, 8);
}

double Thorax::bodyHalfWidth(double y) const { return hilum::along(bodyWidths, y) * m_width; }
double Thorax::bodyHalfDepth(double y) const { return hilum::along(bodyDepths, y); }

double Thorax::cageHalfWidth(double y) const
{
    const double top = std::abs(y - 295) / 236;
    const double bow = y < 295 ? std::max(0.0, 1 - std::pow(top, 2.5)) : 1 - 0.05 * smooth(295, 400, y);
    return std::max(1.0, 143 * m_width * std::sqrt(bow));
}

double Thorax::cageHalfDepth(double y) const { return 26 + 68 * smooth(40, 215, y); }

double Thorax::domeTop(double x, double s) const
{
    const bool right = x < 0; // the patient's
    const double side = (x - (right ? -66 : 70)) / 74;
    const double depth = (s - 18) / 90;
    // The liver holds the right dome higher; both fall away towards the wall and the back.
    return (right ? 312 : 323) + m_breath + 16 * side * side + 14 * side * side * side * side
        + 46 * depth * depth;
}

double Thorax::heartAndVessels(double x, double y, double s) const
{
    const double h = m_heart;
    const std::array<Ellipsoid, 9> bodies{{
        {30, 262, 16, 62 * h, 50 * h, 50 * h, 0.62}, // ventricles, apex to the image's lower right
        {-14, 260, 8, 33 * h, 48 * h, 38 * h, 0.1}, // right atrium
        {18, 226, -8, 38 * h, 36 * h, 34 * h, 0}, // left atrium and its appendage
        {-10, 180, 12, 25, 58, 22, -0.05}, // superior vena cava, ascending aorta
        {25, 140, -12, 17, 18, 24, 0}, // aortic arch
        {29, 182, 10, 21, 24, 20, 0}, // pulmonary trunk
        {-37, 204, -6, 14, 21, 16, 0.35}, // right hilum
        {43, 194, -8, 14, 17, 16, -0.3}, // left hilum, a little higher
        {3, 330, 0, 46, 34, 46, 0}, // what lies between the domes
    }};
    double deepest = -1e3;
    for (const Ellipsoid &body : bodies)
        deepest = std::max(deepest, depthIn(body, x, y, s));
    // The descending aorta follows the spine.
    const double aorta = 22 - 12 * smooth(150, 330, y);
    deepest = std::max(deepest, 12.5 - std::hypot(x - aorta, s + 52, std::min(0.0, y - 142)));
    return deepest;
}

// 0 to 1: how much of a point is lung.
double Thorax::lungShare(double x, double y, double s) const
{
    const double front = smooth(-0.5, 0.9, s / cageHalfDepth(y)) * smooth(80, 180, y);
    // The mediastinum, wider at the thoracic inlet, thin where the lungs meet in front.
    const double middle = (23 + 24 * std::exp(-(y - 60) / 16)) * (1 - 0.55 * front);
    double share = smooth(-9, 9, std::abs(x) - middle);
    const double apex = 66 + 0.02 * (std::abs(x) - 50) * (std::abs(x) - 50);
    share *= smooth(-2, 3, y - apex);
    if (share > 0)
        share *= smooth(-1.5, 1.5, domeTop(x, s) - y);
    if (share > 0)
        share *= 1 - smooth(-1.2, 1.2, heartAndVessels(x, y, s));
    return share;
}

double Thorax::airwayChord(double x, double y) const
{
    double chord = 0;
    if (y < carinaY + 10)
        chord = tubeChord(x, y, -1, -20, -3, carinaY, 8.5 - 1.5 * smooth(60, 0, y));
    chord = std::max(chord, tubeChord(x, y, -3, carinaY, -30, carinaY + 30, 6.5));
    chord = std::max(chord, tubeChord(x, y, -3, carinaY, 38, carinaY + 27, 5.8));
    return chord;
}

Thicknesses Thorax::along(double x, double y) const
{
    Thicknesses found;
    const double body = 2 * halfChord(x, bodyHalfWidth(y), bodyHalfDepth(y), 2.3);
    if (body <= 0)
        return found;
    constexpr int samples = 40;
    const double half = std::min(halfChord(x, cageHalfWidth(y), cageHalfDepth(y), 2.3), body / 2);
    if (half > 0) {
        double share = 0;
        for (int i = 0; i < samples; ++i)
            share += lungShare(x, y, half * (2 * (i + 0.5) / samples - 1));
        found.lung = 2 * half * share / samples;
    }
    double air = airwayChord(x, y);
    // The stomach's bubble under the left dome.
    const double u = (x - 78) / 27;
    const double v = (y - 362 - m_breath) / 13;
    air += 22 * smooth(1, 0.1, u * u + v * v + 0.3 * smoothField(7, x / 20, y / 20, 2));
    // Muscle and breast over the lower zones.
    const double bu = (std::abs(x) - 82) / 70;
    const double bv = (y - 285) / 62;
    const double fold = std::max(0.0, 1 - bu * bu - bv * bv);
    // Breastbone and spine lie in hollows of the chest, and fat around them absorbs less than muscle.
    const double hollow
        = 46 * smooth(90, 200, y) * (1 - smooth(315, 390, y)) * std::exp(-x * x / (2 * 24 * 24));
    found.tissue = std::max(0.0, body - found.lung - air - hollow) + 16 * fold * fold;
    return found;
}

} // namespace hilum
