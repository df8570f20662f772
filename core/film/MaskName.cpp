// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/film/MaskName.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace hilum {

namespace {

constexpr std::string_view ending = ".lungs.png";

std::string lowered(std::string text)
{
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

} // namespace

std::filesystem::path lungMaskBeside(const std::filesystem::path &film)
{
    constexpr std::array<std::string_view, 5> known{".png", ".jpg", ".jpeg", ".dcm", ".dicom"};
    const bool isKnown = std::ranges::count(known, lowered(film.extension().string())) > 0;
    std::filesystem::path name = isKnown ? film.stem() : film.filename();
    name += ending;
    return film.parent_path() / name;
}

bool isLungMaskName(const std::filesystem::path &file)
{
    return lowered(file.filename().string()).ends_with(ending);
}

} // namespace hilum
