// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// GateNetwork: a small convolutional network that tells upright frontal chest films from all else, in a
// few milliseconds and without LibTorch.
//
// Four convolutions (norms folded in), one hidden layer of 48 features, and heads for: is it a chest film at
// all, by how much it is turned, is its polarity inverted, is it mirrored, is it a lateral view.
//
// Shape:   input gateSide x gateSide, as prepare() gives it; arrays by name and shape in gateLayout().
// Units:   scores are probabilities; distance is Mahalanobis', of the hidden features from those of the
//          training films.
// Errors:  make: ModelMismatch naming the array or the threshold that is missing or wrong.
// Threads: const functions only; may be shared.
// Source:  a binary classifier on network features: Cao et al. 2020 (arXiv:2007.04250); distance: Lee et al.
//          2018 (arXiv:1807.03888).
#pragma once

#include "core/film/Plane.h"
#include "core/nn/Safetensors.h"

#include <array>
#include <filesystem>
#include <string>
#include <vector>

namespace hilum {

inline constexpr int gateSide = 64;
inline constexpr int gateFeatures = 48;

struct GateScores {
    double film = 0;
    std::array<double, 4> turned{1, 0, 0, 0}; // upright, a quarter clockwise, a half, three quarters
    double inverted = 0;
    double mirrored = 0;
    double lateral = 0;
    double distance = 0;
    std::vector<float> features;
};

// Where each score begins to refuse; chosen on validation films.
struct GateThresholds {
    double film = 0.5; // below
    double upright = 0.5; // below
    double inverted = 0.5; // above
    double mirrored = 2; // above; 2 is never
    double distance = 1e9; // above
};

class GateNetwork {
public:
    [[nodiscard]] static Result<GateNetwork> make(const SafetensorsFile &file, const std::string &where);
    [[nodiscard]] static Result<GateNetwork> read(const std::filesystem::path &file);

    // Arrays of every layer by name and shape, without what is chosen after training.
    [[nodiscard]] static std::vector<std::pair<std::string, std::vector<std::int64_t>>> layout();

    [[nodiscard]] GateScores run(const Plane<float> &input) const;
    const GateThresholds &thresholds() const { return m_thresholds; }
    void setThresholds(const GateThresholds &thresholds) { m_thresholds = thresholds; }

private:
    struct Layer {
        std::vector<float> weights; // [out][in][k][k] brought to [k][k][in][out]
        std::vector<float> bias;
        int in = 0;
        int out = 0;
        int kernel = 0;
    };
    GateNetwork() = default;

    std::vector<Layer> m_convolutions;
    Layer m_hidden;
    Layer m_heads;
    std::vector<float> m_mean; // of the features of training films
    std::vector<float> m_whitening; // [features][features]: distance is the length of whitening * (f - mean)
    GateThresholds m_thresholds;
};

// Thresholds as a safetensors file keeps them beside the arrays.
void writeThresholds(const GateThresholds &thresholds, SafetensorsFile &file);

} // namespace hilum
