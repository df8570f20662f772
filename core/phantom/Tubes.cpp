// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/phantom/Tubes.h"

#include "core/phantom/Noise.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hilum {

namespace {

constexpr double pi = std::numbers::pi;

// Spreads `volume` cubic millimetres over an upright ellipse: a shell where `wall` is thinner than
// the ellipse, else solid.
struct Blot {
    double x = 0;
    double y = 0;
    double rx = 1;
    double ry = 1;
    double wall = 1e3;
    double volume = 0;
};

double domeHeight(double squared) { return squared < 1 ? std::sqrt(1 - squared) : 0; }

void splat(Plane<float> &plane, const FilmFrame &frame, const Blot &blot)
{
    // Never thinner than a pixel, or a thin tube would fall between pixels.
    const double rx = std::max(blot.rx, frame.pixelMm);
    const double ry = std::max(blot.ry, frame.pixelMm);
    const double innerX = std::max(0.0, rx - blot.wall);
    const double innerY = std::max(0.0, ry - blot.wall);
    const bool hollow = innerX > 0 && innerY > 0;
    // Integral of the height over an ellipse: two thirds of pi times both half axes.
    const double whole = 2.0 / 3 * pi * (rx * ry - (hollow ? innerX * innerY : 0));
    const double scale = blot.volume / whole;

    const int left = std::max(0, static_cast<int>(std::ceil(frame.column(blot.x - rx))));
    const int right = std::min(frame.columns - 1, static_cast<int>(std::floor(frame.column(blot.x + rx))));
    const int top = std::max(0, static_cast<int>(std::ceil(frame.row(blot.y - ry))));
    const int bottom = std::min(frame.rows - 1, static_cast<int>(std::floor(frame.row(blot.y + ry))));
    for (int row = top; row <= bottom; ++row) {
        for (int column = left; column <= right; ++column) {
            const double dx = frame.x(column) - blot.x;
            const double dy = frame.y(row) - blot.y;
            double height = domeHeight(dx * dx / (rx * rx) + dy * dy / (ry * ry));
            if (hollow)
                height -= innerX * innerY / (rx * ry)
                    * domeHeight(dx * dx / (innerX * innerX) + dy * dy / (innerY * innerY));
            plane.at(column, row) += static_cast<float>(scale * std::max(0.0, height));
        }
    }
}

struct Tube {
    double rx = 1; // half thickness where the tube runs up or down
    double ry = 1; // half height where it runs across
    double wall = 1;
    double density = 1; // share of the wall that is bone
};

// Lays a tube along path(t), t from 0 to 1; path gives x, y and depth s.
template <class Path>
void layTube(Plane<float> &plane, const FilmFrame &frame, const Tube &tube, Path path)
{
    constexpr int steps = 700;
    const double area
        = pi * (tube.rx * tube.ry - std::max(0.0, tube.rx - tube.wall) * std::max(0.0, tube.ry - tube.wall));
    auto last = path(0.0);
    for (int i = 1; i <= steps; ++i) {
        const auto here = path(double(i) / steps);
        const double across = std::hypot(here.x - last.x, here.y - last.y);
        const double length = std::hypot(across, here.s - last.s);
        if (length == 0)
            continue;
        // Seen from the end, the tube shows its thickness; seen from the side, nothing along its run.
        const double run = std::abs(here.x - last.x) / length;
        const double rx = tube.rx * (1 - run) + 0.6 * run;
        // Pieces that run along the ray pile up; a rib there is thinner than this tube.
        const double pile = 0.45 + 0.55 * run;
        splat(plane, frame,
              {(here.x + last.x) / 2, (here.y + last.y) / 2, rx, tube.ry, tube.wall,
               area * length * tube.density * pile});
        last = here;
    }
}

struct Point {
    double x = 0;
    double y = 0;
    double s = 0;
};

void layRibs(Plane<float> &plane, const Thorax &thorax, const FilmFrame &frame, Noise &noise)
{
    constexpr int ribs = 11;
    for (int rib = 0; rib < ribs; ++rib) {
        const double low = rib / double(ribs - 1);
        const double origin = 82 + 23.5 * rib + noise.uniform(-1, 1);
        const double drop = rib == 0 ? 26 : 44 + 46 * low;
        const double end = rib < 7 ? 0.78 : 0.72 - 0.05 * (rib - 7);
        for (const double side : {-1.0, 1.0}) {
            const double shift = noise.uniform(-1.2, 1.2);
            const Tube tube{3.6, rib == 0 ? 6.8 : 5.8, 1.1, 0.85};
            layTube(plane, frame, tube, [&](double t) {
                const double angle = pi * (0.06 + (end - 0.06) * t);
                const double y = origin + shift + drop * std::pow((1 - std::cos(angle)) / 2, 1.25)
                    - 5 * std::sin(2 * angle);
                const double width = thorax.cageHalfWidth(std::max(y, origin)) + 1;
                return Point{side * std::max(16.0, width * std::sin(angle)), y,
                             -thorax.cageHalfDepth(y) * std::cos(angle)};
            });
        }
    }
}

void layShoulders(Plane<float> &plane, const FilmFrame &frame)
{
    for (const double side : {-1.0, 1.0}) {
        layTube(plane, frame, {5, 5.8, 1.7, 1.0}, [side](double t) { // clavicle
            return Point{side * (18 + 148 * t), 92 - 38 * t + 8 * std::sin(2 * pi * t) + 4 * t * t,
                         30 - 50 * t};
        });
        layTube(plane, frame, {2.2, 3, 1, 0.4}, [side](double t) { // scapula, lateral border
            return Point{side * (172 - 22 * t - 6 * std::sin(pi * t)), 112 + 108 * t, -70};
        });
        layTube(plane, frame, {1.6, 2, 1, 0.35}, [side](double t) { // scapula, medial border
            return Point{side * (132 + 17 * t - 8 * std::sin(pi * t)), 96 + 122 * t, -70};
        });
        layTube(plane, frame, {4, 4, 1.2, 0.4}, [side](double t) { // scapula, spine
            return Point{side * (134 + 52 * t), 100 - 30 * t, -70};
        });
        splat(plane, frame, {side * 192, 98, 25, 26, 5, 9000}); // head of the humerus
    }
}

void laySpine(Plane<float> &plane, const FilmFrame &frame, Noise &noise)
{
    for (double y = 18; y < 440; y += 24.5) {
        const double lean = noise.uniform(-0.8, 0.8);
        const double half = 14 + 4 * std::clamp(y / 400, 0.0, 1.0);
        for (const double side : {-1.0, 1.0}) {
            layTube(plane, frame, {2.6, 9.6, 2, 0.16}, [&](double t) { // side wall of the body
                return Point{lean + side * (half - 2.5 * std::sin(pi * t)), y - 0.5 + t, -20 - 28 * t};
            });
            splat(plane, frame, {lean + side * (half - 6), y - 2, 3.4, 5, 1.2, 75}); // pedicle
        }
        for (const double edge : {-9.8, 9.8}) { // end plates
            layTube(plane, frame, {1.0, 1.3, 2, 0.55}, [&](double t) {
                return Point{lean + half * (2 * t - 1), y + edge, -40};
            });
        }
        splat(plane, frame, {lean, y, half, 11.5, 1e3, 620}); // spongy bone
        splat(plane, frame, {lean, y + 11, 3, 9, 1.6, 120}); // spinous process
    }
}

struct Branch {
    Point from;
    double radius = 1;
    double heading = 0; // in the film's plane, radians from the image's right, clockwise
    double lift = 0; // out of the film's plane, radians
    int generation = 0;
};

void grow(Plane<float> &plane, const FilmFrame &frame, Noise &noise, const Branch &branch)
{
    constexpr double thinnest = 0.33;
    if (branch.radius < thinnest || branch.generation > 14)
        return;
    const double length = branch.radius * noise.uniform(3.2, 6.5) + 4;
    const double bend = noise.uniform(-0.35, 0.35);
    Point tip = branch.from;
    const int steps = std::max(4, static_cast<int>(length / 0.35));
    double heading = branch.heading;
    for (int i = 0; i < steps; ++i) {
        const double piece = length / steps;
        const double shown = piece * std::cos(branch.lift);
        tip.x += shown * std::cos(heading);
        tip.y += shown * std::sin(heading);
        tip.s += piece * std::sin(branch.lift);
        heading += bend / steps;
        const double radius = branch.radius * (1 - 0.12 * i / steps);
        splat(plane, frame, {tip.x, tip.y, radius, radius, 1e3, pi * radius * radius * piece});
    }
    // Murray's law: the cubes of the children's radii make up the parent's.
    const double share = noise.uniform(0.35, 0.75);
    const double turn = noise.uniform(0.25, 0.75);
    const double sign = noise.uniform() < 0.5 ? -1 : 1;
    const double radius = branch.radius * 0.95;
    grow(plane, frame, noise,
         {tip, radius * std::cbrt(share), heading + sign * turn * (1 - share),
          0.6 * branch.lift + noise.uniform(-0.5, 0.5), branch.generation + 1});
    grow(plane, frame, noise,
         {tip, radius * std::cbrt(1 - share), heading - sign * turn * share * 1.3,
          0.6 * branch.lift + noise.uniform(-0.5, 0.5), branch.generation + 1});
}

} // namespace

Plane<float> projectBones(const Thorax &thorax, const FilmFrame &frame, std::uint64_t seed)
{
    Plane<float> plane(frame.columns, frame.rows);
    Noise noise(seed);
    layRibs(plane, thorax, frame, noise);
    layShoulders(plane, frame);
    laySpine(plane, frame, noise);
    return plane;
}

Plane<float> projectVessels(const FilmFrame &frame, std::uint64_t seed)
{
    Plane<float> plane(frame.columns, frame.rows);
    Noise noise(seed);
    for (const double side : {-1.0, 1.0}) {
        const Point hilum{side * 38, side < 0 ? 203.0 : 194.0, -5};
        // From straight up over the side to straight down; the lower lobes get the larger ones.
        constexpr int stems = 9;
        for (int stem = 0; stem < stems; ++stem) {
            const double fan = -1.25 + 2.6 * stem / (stems - 1) + noise.uniform(-0.12, 0.12);
            const double heading = side > 0 ? fan : pi - fan;
            const double radius = 3.0 + 1.6 * stem / (stems - 1) + noise.uniform(-0.5, 0.5);
            // Stems leave from all of the hilum, not from one point.
            const Point start{hilum.x + side * noise.uniform(-6, 6), hilum.y + 15 * std::sin(fan), hilum.s};
            grow(plane, frame, noise, {start, radius, heading, noise.uniform(-0.7, 0.7), 0});
        }
    }
    return plane;
}

} // namespace hilum
