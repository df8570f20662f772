// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imaging/DisplayTable.h"

#include "core/imaging/ModalityValues.h"
#include "core/imaging/Samples.h"

#include <algorithm>
#include <limits>
#include <type_traits>

namespace hilum {

std::optional<DisplayTable> displayTable(const Film &film, const Voi &voi)
{
    if (film.isColour())
        return std::nullopt;
    return std::visit(
        [&](const auto &samples) -> std::optional<DisplayTable> {
            using Sample = typename std::remove_cvref_t<decltype(samples)>::value_type;
            if constexpr (std::is_integral_v<Sample> && sizeof(Sample) <= 2) {
                DisplayTable table;
                table.firstStored = std::numeric_limits<Sample>::min();
                table.greys.resize(std::size_t{1} << (8 * sizeof(Sample)));
                double stored = table.firstStored;
                for (std::uint8_t &grey : table.greys)
                    grey = greyOf(toModality(film.modalityTransform, stored++), voi, film.highIsBlack());
                return table;
            } else {
                return std::nullopt;
            }
        },
        film.samples);
}

GreyImage renderGrey(const Film &film, const DisplayTable &table, int frame)
{
    GreyImage grey(film.columns, film.rows);
    visitFrame(film, frame, [&](auto samples) {
        std::transform(samples.begin(), samples.end(), grey.samples().begin(),
                       [&](auto stored) { return table.at(static_cast<int>(stored)); });
    });
    return grey;
}

} // namespace hilum
