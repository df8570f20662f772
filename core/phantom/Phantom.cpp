// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/phantom/Phantom.h"

#include "core/phantom/Noise.h"
#include "core/phantom/Thorax.h"
#include "core/phantom/Tubes.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

namespace hilum {

namespace {

// Linear attenuation per millimetre at 60 keV, about the mean energy of a 120 kV beam: mass
// attenuation (cm2/g, NISTIR 5632, ICRU-44 tissues) times density (g/cm3), over 10.
constexpr double softTissue = 0.2048 * 1.06 / 10;
constexpr double corticalBone = 0.3148 * 1.92 / 10;
constexpr double airyLung = 0.2053 * 0.26 / 10; // inflated

constexpr int storedBits = 12;
constexpr double highestStored = (1 << storedBits) - 1;
// An opacity counts as found in the mask where it absorbs this much more (chosen: about a rib).
constexpr double maskFrom = 0.08;

double smooth(double from, double to, double value)
{
    const double t = std::clamp((value - from) / (to - from), 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

Plane<float> blurred(const Plane<float> &plane, double deviation)
{
    const int reach = std::max(1, static_cast<int>(std::ceil(3 * deviation)));
    std::vector<double> weights; // from -reach to reach
    double sum = 0;
    for (int i = -reach; i <= reach; ++i) {
        weights.push_back(std::exp(-0.5 * i * i / (deviation * deviation)));
        sum += weights.back();
    }
    Plane<float> across(plane.width(), plane.height());
    Plane<float> both(plane.width(), plane.height());
    const auto pass = [&](const Plane<float> &from, Plane<float> &to, int dx, int dy) {
        for (int y = 0; y < from.height(); ++y) {
            for (int x = 0; x < from.width(); ++x) {
                double value = 0;
                auto weight = weights.begin();
                for (int i = -reach; i <= reach; ++i)
                    value += *weight++
                        * from.at(std::clamp(x + i * dx, 0, from.width() - 1),
                                  std::clamp(y + i * dy, 0, from.height() - 1));
                to.at(x, y) = static_cast<float>(value / sum);
            }
        }
    };
    pass(plane, across, 1, 0);
    pass(across, both, 0, 1);
    return both;
}

Plane<float> shrunk(const Plane<float> &plane, int factor)
{
    Plane<float> small((plane.width() + factor - 1) / factor, (plane.height() + factor - 1) / factor);
    for (int y = 0; y < small.height(); ++y) {
        for (int x = 0; x < small.width(); ++x)
            small.at(x, y) = plane.at(std::min(x * factor + factor / 2, plane.width() - 1),
                                      std::min(y * factor + factor / 2, plane.height() - 1));
    }
    return small;
}

// Reads a plane that was shrunk by `factor`, between its samples.
double between(const Plane<float> &small, int factor, int x, int y)
{
    const int offset = factor / 2; // shrunk() takes the middle of each block
    const double sx = std::clamp((x - offset) / double(factor), 0.0, small.width() - 1.0);
    const double sy = std::clamp((y - offset) / double(factor), 0.0, small.height() - 1.0);
    const int left = static_cast<int>(sx);
    const int top = static_cast<int>(sy);
    const int right = std::min(left + 1, small.width() - 1);
    const int bottom = std::min(top + 1, small.height() - 1);
    const double u = sx - left;
    return std::lerp(std::lerp(double(small.at(left, top)), double(small.at(right, top)), u),
                     std::lerp(double(small.at(left, bottom)), double(small.at(right, bottom)), u), sy - top);
}

// 0 to 1: the share of the lung along the ray that the finding fills with fluid.
class Opacity {
public:
    explicit Opacity(const PhantomSpec &spec)
        : m_spec(spec)
    {
        if (spec.finding != PhantomFinding::PatchyOpacities)
            return;
        Noise noise(spec.seed + 77);
        for (const double side : {-1.0, 1.0}) {
            for (int i = 0; i < 5; ++i) {
                const double y = noise.uniform(170, 315);
                m_patches.push_back({side * noise.uniform(88, 122), y, noise.uniform(13, 26),
                                     noise.uniform(16, 30), noise.uniform(0.1, 0.2)});
            }
        }
    }

    double at(double x, double y) const
    {
        // Edges of real opacities are ragged.
        const double ragged = 0.45 * smoothField(m_spec.seed + 5, x / 22, y / 22, 4, 0.5);
        if (m_spec.finding == PhantomFinding::Consolidation) {
            const double side = m_spec.side == PatientSide::Right ? -1 : 1;
            const double reach = std::hypot((x - side * 88) / 42, (y - 272) / 44) + ragged;
            const double grain = 1 + 0.22 * smoothField(m_spec.seed + 6, x / 9, y / 9, 3);
            return 0.42 * smooth(1.25, 0.3, reach) * grain;
        }
        double share = 0;
        for (const Patch &patch : m_patches) {
            const double reach
                = std::hypot((x - patch.x) / patch.rx, (y - patch.y) / patch.ry) + 1.2 * ragged;
            const double grain = 1 + 0.35 * smoothField(m_spec.seed + 6, x / 7, y / 7, 3);
            share = std::max(share, patch.share * smooth(1.3, 0.2, reach) * grain);
        }
        return share;
    }

private:
    struct Patch {
        double x, y, rx, ry, share;
    };

    const PhantomSpec &m_spec;
    std::vector<Patch> m_patches;
};

struct Projection {
    Plane<float> absorption; // the exponent of Beer and Lambert's law
    Plane<std::uint8_t> findingMask;
};

Projection project(const PhantomSpec &spec)
{
    const FilmFrame frame{spec.columns, spec.rows, spec.pixelMm};
    const Thorax thorax(spec.seed);
    const Plane<float> bones = projectBones(thorax, frame, spec.seed + 1);
    const Plane<float> vessels = projectVessels(frame, spec.seed + 2);
    const Opacity opacity(spec);

    // Soft bodies change slowly: half the resolution, read between the samples.
    constexpr int coarse = 2;
    Plane<float> tissue((spec.columns + coarse - 1) / coarse, (spec.rows + coarse - 1) / coarse);
    Plane<float> lung(tissue.width(), tissue.height());
    for (int y = 0; y < tissue.height(); ++y) {
        for (int x = 0; x < tissue.width(); ++x) {
            const Thicknesses met = thorax.along(frame.x(x * coarse + 1), frame.y(y * coarse + 1));
            tissue.at(x, y) = static_cast<float>(met.tissue);
            lung.at(x, y) = static_cast<float>(met.lung);
        }
    }

    Projection result{Plane<float>(spec.columns, spec.rows), Plane<std::uint8_t>(spec.columns, spec.rows)};
    for (int y = 0; y < spec.rows; ++y) {
        for (int x = 0; x < spec.columns; ++x) {
            const double xMm = frame.x(x);
            const double yMm = frame.y(y);
            const double soft = between(tissue, coarse, x, y);
            const double air = between(lung, coarse, x, y);
            if (soft <= 0 && air <= 0)
                continue;
            const double muscle = 1 + 0.012 * smoothField(spec.seed + 3, xMm / 30, yMm / 30, 4, 0.6);
            const double weave = 1 + 0.07 * smoothField(spec.seed + 4, xMm / 6, yMm / 6, 4, 0.7);
            // Where little lung lies along the ray, little of its vessels does.
            const double blood = vessels.at(x, y) * smooth(20, 150, air);
            const double added = opacity.at(xMm, yMm) * air * (softTissue - airyLung);
            const double bone = soft > 5 ? bones.at(x, y) : 0;
            result.absorption.at(x, y) = static_cast<float>(
                soft * softTissue * muscle + air * airyLung * weave + blood * (softTissue - airyLung)
                + bone * (corticalBone - softTissue) + added);
            result.findingMask.at(x, y) = added >= maskFrom ? 255 : 0;
        }
    }
    return result;
}

// Photons are counted, then the detector spreads them; the logarithm gives absorption back.
Plane<float> detect(const PhantomSpec &spec, const Plane<float> &absorption)
{
    Noise noise(spec.seed + 9);
    Plane<float> counts(spec.columns, spec.rows);
    for (int y = 0; y < spec.rows; ++y) {
        for (int x = 0; x < spec.columns; ++x) {
            const double expected = spec.photons * std::exp(-double(absorption.at(x, y)));
            // Above some tens of photons Poisson is normal.
            counts.at(x, y)
                = static_cast<float>(std::max(1.0, expected + std::sqrt(expected) * noise.normal()));
        }
    }
    counts = blurred(counts, std::max(0.1, spec.blurMm / spec.pixelMm));
    for (float &value : counts.samples())
        value = static_cast<float>(std::log(spec.photons / double(value)));
    return counts;
}

// Straight up to the knee, then ever flatter.
double shouldered(double value)
{
    constexpr double knee = 1.7;
    constexpr double room = 1.3;
    return value <= knee ? value : knee + room * (1 - std::exp((knee - value) / room));
}

// For presentation: the broad differences between lung and middle are reduced, fine ones kept, and
// what absorbs most runs into a shoulder, as digital systems do before a film is shown.
Plane<float> balanced(const PhantomSpec &spec, const Plane<float> &absorption)
{
    constexpr int factor = 8;
    constexpr double breadthMm = 22;
    constexpr double reduction = 0.36;
    const Plane<float> broad = blurred(shrunk(absorption, factor), breadthMm / spec.pixelMm / factor);
    Plane<float> shown(spec.columns, spec.rows);
    for (int y = 0; y < spec.rows; ++y) {
        for (int x = 0; x < spec.columns; ++x)
            shown.at(x, y) = static_cast<float>(
                shouldered(absorption.at(x, y) - reduction * between(broad, factor, x, y)));
    }
    return shown;
}

} // namespace

Phantom simulateFilm(const PhantomSpec &spec)
{
    assert(spec.columns > 0 && spec.rows > 0 && spec.pixelMm > 0 && spec.photons > 0);
    Projection projection = project(spec);
    const Plane<float> shown = balanced(spec, detect(spec, projection.absorption));

    std::vector<float> sorted(shown.samples().begin(), shown.samples().end());
    const auto rank = [&](double share) {
        const auto place = sorted.begin() + static_cast<std::ptrdiff_t>(share * double(sorted.size() - 1));
        std::nth_element(sorted.begin(), place, sorted.end());
        return double(*place);
    };
    const double low = rank(0.002);
    const double high = rank(0.999) + 0.15;
    const double scale = highestStored / (high - low);

    Phantom phantom;
    Film &film = phantom.film;
    film.columns = spec.columns;
    film.rows = spec.rows;
    film.bitsStored = storedBits;
    film.photometricText = "MONOCHROME2";
    film.modality = "DX";
    std::vector<std::uint16_t> samples;
    samples.reserve(film.pixelsPerFrame());
    for (const float value : shown.samples())
        samples.push_back(static_cast<std::uint16_t>(
            std::lround(std::clamp((double(value) - low) * scale, 0.0, highestStored))));
    film.samples = std::move(samples);
    // From the darkest lung to the brightest bone; the air beside the patient may go black.
    std::erase_if(sorted, [&](float value) { return value < low + 0.25 * (high - low); });
    const double darkest = (rank(0.01) - low) * scale - 120;
    const double brightest = (rank(0.995) - low) * scale + 200;
    film.windows.push_back({std::round((darkest + brightest) / 2), std::round(brightest - darkest),
                            VoiFunction::Linear, "SIMULATED"});
    film.spacing = SpacingMm{spec.pixelMm, spec.pixelMm, SpacingSource::ImagerPixelSpacing, 1};
    film.notices.push_back("This film is simulated; it shows no person.");
    phantom.findingMask = std::move(projection.findingMask);
    return phantom;
}

} // namespace hilum
