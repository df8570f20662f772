// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Phantom: a simulated chest film whose every finding is known, for samples, tests and teaching.
//
// A thorax of smooth bodies (chest wall, lungs, heart, great vessels, domes of the diaphragm, spine,
// ribs, clavicles, branching lung vessels) is projected from back to front by Beer and Lambert's
// law with parallel rays and without scatter; photons are counted with Poisson noise, the detector
// blurs, and the logarithm is brought to 12 bits as a film for presentation.
//
//     PhantomSpec spec;
//     spec.finding = PhantomFinding::Consolidation;
//     const Phantom phantom = simulateFilm(spec);
//
// Shape:   columns x rows; the patient faces the detector, so that the image's right is the
//          patient's left. findingMask has the film's size, 255 where the finding is, else 0.
// Units:   geometry in millimetres; stored values 0 to 4095, bone high (MONOCHROME2).
// Errors:  none; columns, rows or pixelMm below 1 or 0 are a bug.
// Threads: pure; the same spec gives the same film. Seconds for the default size.
// Source:  mass attenuation at 60 keV of ICRU-44 tissues: Hubbell and Seltzer, NISTIR 5632. The
//          geometry is chosen to look right, not measured.
#pragma once

#include "core/film/Film.h"
#include "core/film/Plane.h"

#include <cstdint>

namespace hilum {

enum class PhantomFinding {
    None,
    Consolidation, // one dense opacity in the lower zone of `side`
    PatchyOpacities, // faint opacities near the chest wall on both sides
};

enum class PatientSide { Right, Left };

struct PhantomSpec {
    int columns = 900;
    int rows = 1075;
    double pixelMm = 0.4;
    std::uint64_t seed = 1; // of anatomy, vessels and noise
    PhantomFinding finding = PhantomFinding::None;
    PatientSide side = PatientSide::Right;
    double photons = 60000; // a pixel counts beside the patient
    double blurMm = 0.25; // standard deviation of the detector's blur
};

struct Phantom {
    Film film;
    Plane<std::uint8_t> findingMask;
};

[[nodiscard]] Phantom simulateFilm(const PhantomSpec &spec);

} // namespace hilum
