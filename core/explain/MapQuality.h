// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MapQuality: how far to trust a map of one film: is what it marks what the network needs, does it depend on
// what the network learned, and does it stay when the film hardly changes?
//
// Deletion and insertion: pixels are hidden (or shown) from the strongest on, an equal share at a time; a map
// that marks what matters makes the probability fall fast (rise fast). What hides is a choice that changes
// the figures, so there are several, each with its curve. The two null maps get the same treatment: a map
// that is no better than they are says nothing.
//
// Units:   areas 0 to 1 under probability by share; correlations of ranks -1 to 1, NaN where a map is flat;
//          overlap 0 to 1 (intersection over union).
// Errors:  measureQuality: Cancelled; what reading and mapping fail with.
// Threads: as the functions that it is handed.
// Source:  Petsiuk et al. 2018 (arXiv:1806.07421), deletion and insertion; Adebayo et al. 2018
//          (arXiv:1810.03292), cascading randomisation; Arun et al. 2021, repeatability.
#pragma once

#include "core/explain/Explanation.h"
#include "core/explain/LungShare.h"

#include <string>
#include <vector>

namespace hilum {

struct HidingCurve {
    Reference reference = Reference::Mean;
    std::vector<double> share; // of the input hidden (deletion) or shown (insertion), 0 to 1
    std::vector<double> probability;
    double area = 0;
};

// Over references; 0 without any.
[[nodiscard]] double meanArea(const std::vector<HidingCurve> &curves);

struct HidingTest {
    std::vector<HidingCurve> deletion; // one per reference
    std::vector<HidingCurve> insertion;
    // Mean over references of insertion's area less deletion's: the higher, the better.
    [[nodiscard]] double score() const;
};

// The map once the weights from the head down to a stage are random.
struct RandomisedMap {
    std::string down; // "head", then the stages from the last to the first
    Plane<float> values;
};

struct RandomisationStep {
    std::string down;
    double correlation = 0; // with the map of the trained network
};

struct Repeatability {
    double noise = 0; // mean correlation with the maps under small noise
    double shift = 0; // and under small shifts, shifted back
};

struct MapAgreement {
    double overlap = 0; // of the strongest fifths
    double correlation = 0;
};

struct MapQuality {
    HidingTest hiding;
    HidingTest random; // of the null maps
    HidingTest sobel;
    std::vector<RandomisationStep> randomisation; // none where weights can't be changed
    Repeatability repeatability;
    std::optional<MapAgreement> agreement; // with another network's map
    NullMaps nulls; // as they were tested
    std::optional<LungShares> lungs; // when a mask is known
};

// How the map under test is asked for, and what it is compared with.
struct QualityTools {
    ReadBatch read;
    double temperature = 1;
    int classIndex = 0;
    std::function<Result<Plane<float>>(const Plane<float> &input, MapMethod)> map; // any grid, 0 to 1
    std::function<Result<std::vector<RandomisedMap>>()> randomised; // may be empty
};

[[nodiscard]] Result<MapQuality> measureQuality(const Plane<float> &input, const ActivationMap &map,
                                                const QualityTools &tools, const Progress &progress,
                                                const std::stop_token &stop);

// Curves of one map, with every reference.
[[nodiscard]] Result<HidingTest> testByHiding(const Plane<float> &input, const Plane<float> &map,
                                              const QualityTools &tools, const Progress &progress,
                                              const std::stop_token &stop);

// Two maps that cover the same part of one film.
[[nodiscard]] MapAgreement agreementOf(const Plane<float> &first, const Plane<float> &second);

// One sentence in plain words: the first thing that speaks against the map, or that nothing does.
[[nodiscard]] std::string verdictOf(const MapQuality &quality);

} // namespace hilum
