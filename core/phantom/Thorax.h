// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Thorax: the soft bodies of the phantom: how much tissue, lung and air a ray meets.
//
// Units:   millimetres; x from the midline towards the image's right, y down from the film's upper
//          edge, s from the patient's middle towards the front.
// Errors:  none.
// Threads: values; the member functions are pure.
// Source:  chosen by eye after normal adult films of 360 x 430 mm.
#pragma once

#include <cstdint>

namespace hilum {

struct Thicknesses {
    double tissue = 0;
    double lung = 0;
};

class Thorax {
public:
    // Sizes vary by a few per cent with the seed.
    explicit Thorax(std::uint64_t seed);

    // Along the ray at (x, y).
    Thicknesses along(double x, double y) const;

    double bodyHalfWidth(double y) const;
    double bodyHalfDepth(double y) const;
    double cageHalfWidth(double y) const;
    double cageHalfDepth(double y) const;
    // Where a lung meets its dome, at depth s.
    double domeTop(double x, double s) const;

private:
    double lungShare(double x, double y, double s) const;
    double heartAndVessels(double x, double y, double s) const;
    double airwayChord(double x, double y) const;

    double m_width = 1; // of the cage
    double m_heart = 1; // of the heart's axes
    double m_breath = 0; // millimetres that the domes stand lower
};

} // namespace hilum
