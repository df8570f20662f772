// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/Perturbation.h"

#include <algorithm>
#include <cmath>

namespace hilum {

namespace {

constexpr int batchSize = 4; // a stop is heard after so many readings

}

double probabilityOf(const Logits &logits, int classIndex, double temperature)
{
    const double most = static_cast<double>(*std::ranges::max_element(logits));
    double sum = 0;
    for (const float logit : logits)
        sum += std::exp((static_cast<double>(logit) - most) / temperature);
    const auto chosen = static_cast<double>(logits[static_cast<std::size_t>(classIndex)]);
    return std::exp((chosen - most) / temperature) / sum;
}

Result<void> readAll(const Perturbation &perturbation, const ReadBatch &read, std::vector<Logits> &readings,
                     const PerturbationObserver &observer, const std::stop_token &stop)
{
    const int count = perturbation.count();
    while (static_cast<int>(readings.size()) < count) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled,
                        "stopped after " + std::to_string(readings.size()) + " of " + std::to_string(count)
                            + " readings");
        const int first = static_cast<int>(readings.size());
        const int end = std::min(count, first + batchSize);
        std::vector<Plane<float>> inputs;
        for (int index = first; index < end; ++index)
            inputs.push_back(perturbation.input(index));
        auto logits = read(inputs);
        if (!logits)
            return tl::unexpected(logits.error());
        std::ranges::move(*logits, std::back_inserter(readings));
        if (observer.progress)
            observer.progress(static_cast<double>(end) / count);
        if (observer.readSoFar)
            observer.readSoFar(readings);
    }
    return {};
}

} // namespace hilum
