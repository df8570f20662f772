// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imaging/Histogram.h"

#include "core/imaging/ModalityValues.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace hilum {

Histogram histogram(const Film &film, int frame, int bins)
{
    assert(bins > 0);
    const ValueRange range = modalityRange(film, frame);
    Histogram result{range.low, range.high, std::vector<std::size_t>(static_cast<std::size_t>(bins))};
    const double perBin = range.high > range.low ? bins / (range.high - range.low) : 0;
    const Plane<float> values = modalityValues(film, frame);
    const Plane<std::uint8_t> padding = paddingMask(film, frame);
    const auto samples = values.samples();
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double value = static_cast<double>(samples[i]);
        if (!std::isfinite(value) || (!padding.empty() && padding.samples()[i] != 0))
            continue;
        const double bin = std::clamp(std::floor((value - range.low) * perBin), 0.0, bins - 1.0);
        ++result.counts[static_cast<std::size_t>(bin)];
    }
    return result;
}

} // namespace hilum
