// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imaging/CountedValues.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace hilum {

std::size_t totalCount(std::span<const CountedValue> counted)
{
    std::size_t total = 0;
    for (const CountedValue &entry : counted)
        total += entry.count;
    return total;
}

std::size_t rankOf(double part, std::size_t total)
{
    return std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(part * static_cast<double>(total))));
}

double valueAtRank(std::span<const CountedValue> counted, std::size_t rank)
{
    assert(!counted.empty());
    std::size_t below = 0;
    for (const CountedValue &entry : counted) {
        below += entry.count;
        if (below >= rank)
            return entry.value;
    }
    return counted.back().value;
}

Window windowSpanning(double low, double high)
{
    const double width = high > low ? high - low : 1;
    return {low + width / 2, width, VoiFunction::LinearExact};
}

Window windowBetween(std::span<const CountedValue> counted, double lowPart, double highPart)
{
    const std::size_t total = totalCount(counted);
    return windowSpanning(valueAtRank(counted, rankOf(lowPart, total)),
                          valueAtRank(counted, rankOf(highPart, total)));
}

} // namespace hilum
