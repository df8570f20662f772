// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/gate/Bodies.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace hilum {

namespace {

using Vector = std::array<double, 3>; // across, down, towards the viewer

// An ellipsoid, or a rod along a direction, that adds absorption per millimetre.
struct Body {
    Vector centre;
    Vector radii;
    double absorption;
    double turn = 0; // in the picture's plane, radians
};

// How long a ray along `depth` runs in the body.
double chord(const Body &body, double x, double y)
{
    const double dx = x - body.centre[0];
    const double dy = y - body.centre[1];
    const double u = (std::cos(body.turn) * dx + std::sin(body.turn) * dy) / body.radii[0];
    const double v = (-std::sin(body.turn) * dx + std::cos(body.turn) * dy) / body.radii[1];
    const double left = 1 - u * u - v * v;
    return left <= 0 ? 0 : 2 * body.radii[2] * std::sqrt(left);
}

Plane<float> projected(int side, double millimetres, const std::vector<Body> &bodies)
{
    Plane<float> picture(side, side);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            double sum = 0;
            for (const Body &body : bodies)
                sum += body.absorption
                    * chord(body, ((x + 0.5) / side - 0.5) * millimetres,
                            ((y + 0.5) / side - 0.5) * millimetres);
            picture.at(x, y) = static_cast<float>(std::max(0.0, sum));
        }
    }
    return picture;
}

// Seen from the side, what lay across runs along the ray.
Body fromTheSide(const Body &body)
{
    return {{body.centre[2], body.centre[1], body.centre[0]},
            {body.radii[2], body.radii[1], body.radii[0]},
            body.absorption,
            0};
}

// Compresses what absorbs most, as films do.
Plane<float> filmOf(Plane<float> absorption, Dice &dice)
{
    const double strength = dice.between(0.6, 1.6);
    for (float &value : absorption.samples())
        value = static_cast<float>(1 - std::exp(-strength * double(value)));
    return absorption;
}

} // namespace

Plane<float> projectChest(int side, bool lateral, Dice &dice)
{
    const auto vary = [&](double value) { return value * dice.between(0.88, 1.12); };
    std::vector<Body> bodies;
    bodies.push_back({{0, 60, 0}, {vary(165), 330, vary(110)}, 0.012}); // trunk
    bodies.push_back({{0, -210, 0}, {55, 110, 55}, 0.012}); // neck
    const double up = dice.between(-30, 10);
    for (const double half : {-1.0, 1.0}) {
        bodies.push_back({{half * vary(75), up, 0}, {vary(58), vary(125), vary(82)}, -0.010}); // lung
        bodies.push_back({{half * 75, up + 165, 10}, {75, vary(70), 85}, 0.006}); // dome
        if (!lateral) {
            bodies.push_back({{half * 95, up - 118, 60}, {70, 7, 7}, 0.03, half * 0.3}); // clavicle
            bodies.push_back({{half * 200, up - 60, 0}, {50, 90, 45}, 0.012}); // shoulder
        }
        for (int rib = 0; rib < 8; ++rib)
            bodies.push_back(
                {{half * 88, up - 105 + rib * 28, 0}, {62, 4.5, 90}, 0.002, half * dice.between(0.2, 0.5)});
    }
    bodies.push_back({{vary(28), up + 65, 30}, {vary(60), vary(52), 50}, 0.012}); // heart
    bodies.push_back({{5, up - 50, 10}, {vary(25), 65, 30}, 0.010}); // great vessels
    for (int vertebra = 0; vertebra < 12; ++vertebra)
        bodies.push_back({{0, up - 170 + vertebra * 30, -72}, {20, 13, 20}, 0.03});
    if (lateral) {
        bodies.push_back({{0, up - 20, vary(98)}, {18, 85, 6}, 0.02}); // sternum
        const bool flipped = dice.chance(0.5);
        for (Body &body : bodies) {
            body = fromTheSide(body);
            if (flipped)
                body.centre[0] = -body.centre[0];
        }
    }
    const double shift = dice.between(-15, 15);
    for (Body &body : bodies)
        body.centre[0] += shift;
    return filmOf(projected(side, dice.between(320, 420), bodies), dice);
}

Plane<float> projectTrunk(int side, Dice &dice)
{
    std::vector<Body> bodies{{{0, 0, 0}, {dice.between(140, 190), 400, 110}, 0.012}};
    for (int vertebra = 0; vertebra < 9; ++vertebra)
        bodies.push_back({{0, -190 + vertebra * 36.0, -60}, {24, 15, 20}, 0.02});
    const bool pelvis = dice.chance(0.6);
    for (const double half : {-1.0, 1.0}) {
        if (pelvis) {
            bodies.push_back({{half * 85, 90, 0}, {48, 75, 12}, 0.025, half * 0.5});
            bodies.push_back({{half * 85, 95, 0}, {30, 50, 12}, -0.01, half * 0.5});
            bodies.push_back({{half * 110, 175, 0}, {24, 24, 24}, 0.02});
            bodies.push_back({{half * 120, 260, 0}, {18, 80, 18}, 0.02, half * 0.1});
        }
    }
    bodies.push_back({{-70, -110, 0}, {75, 70, 60}, 0.004}); // liver
    const int pockets = dice.whole(4, 14);
    for (int i = 0; i < pockets; ++i)
        bodies.push_back({{dice.between(-120, 120), dice.between(-150, 150), 0},
                          {dice.between(8, 28), dice.between(8, 28), dice.between(8, 25)},
                          -0.012,
                          dice.between(0, 3)});
    return filmOf(projected(side, dice.between(300, 420), bodies), dice);
}

Plane<float> projectLimb(int side, Dice &dice)
{
    std::vector<Body> bodies;
    const double tilt = dice.between(-0.9, 0.9);
    const bool hand = dice.chance(0.45);
    const int rods = hand ? 5 : dice.whole(1, 2);
    for (int rod = 0; rod < rods; ++rod) {
        const double lean = tilt + (hand ? (rod - 2) * dice.between(0.14, 0.22) : 0);
        const double away = hand ? (rod - 2) * 22.0 : (rod - (rods - 1) / 2.0) * 34;
        const int pieces = hand ? 4 : 2;
        for (int piece = 0; piece < pieces; ++piece) {
            const double length = hand ? 17 - 2.5 * piece : 90;
            const double along = hand ? 35 - piece * 36.0 : 95 - piece * 190.0;
            const double x = away + std::sin(lean) * -along;
            const double y = std::cos(lean) * along;
            const double wide = hand ? 7 : dice.between(13, 20);
            bodies.push_back({{x, y, 0}, {wide + (hand ? 7 : 32), length * 1.3, wide + 8}, 0.012, lean});
            bodies.push_back({{x, y, 0}, {wide, length, wide}, 0.04, lean});
            bodies.push_back({{x, y, 0}, {wide * 0.6, length, wide * 0.6}, -0.03, lean});
        }
    }
    return filmOf(projected(side, hand ? dice.between(170, 240) : dice.between(220, 420), bodies), dice);
}

Plane<float> projectSkull(int side, Dice &dice)
{
    const double x = dice.between(-15, 15);
    std::vector<Body> bodies{{{x, -20, 0}, {dice.between(70, 95), 95, 80}, 0.03},
                             {{x, -20, 0}, {dice.between(62, 70), 87, 73}, -0.022},
                             {{x + dice.between(-25, 25), 85, 20}, {45, 40, 40}, 0.02},
                             {{x, 150, 0}, {45, 90, 45}, 0.012}};
    for (const double half : {-1.0, 1.0}) {
        bodies.push_back({{x + half * 30, 15, 50}, {19, 16, 15}, -0.012});
        bodies.push_back({{x + half * 20, 55, 50}, {14, 18, 15}, -0.01});
    }
    for (int tooth = 0; tooth < 10; ++tooth)
        bodies.push_back({{x + (tooth - 4.5) * 7, 98, 40}, {2.6, 9, 5}, 0.06});
    return filmOf(projected(side, dice.between(230, 320), bodies), dice);
}

} // namespace hilum
