// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/film/Identifiers.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace hilum {

namespace {

constexpr std::size_t shortest = 3; // shorter names are parts of ordinary words

constexpr std::array<std::string_view, 4> shownOfPatient{"0010,0040", "0010,1010", "0010,1020", "0010,1030"};

constexpr std::array<std::string_view, 24> hiddenElsewhere{
    "0008,0050", // Accession Number
    "0008,0080", // Institution Name
    "0008,0081", // Institution Address
    "0008,0092", // Referring Physician's Address
    "0008,0094", // Referring Physician's Telephone Numbers
    "0008,1010", // Station Name
    "0008,1040", // Institutional Department Name
    "0018,1000", // Device Serial Number
    "0020,0010", // Study ID
    "0020,4000", // Image Comments
    "0032,4000", // Study Comments
    "0038,0010", // Admission ID
    "0038,0300", // Current Patient Location
    "0038,0400", // Patient's Institution Residence
    "0038,0500", // Patient State
    "0038,4000", // Visit Comments
    "0040,0253", // Performed Procedure Step ID
    "0040,1001", // Requested Procedure ID
    "0040,1400", // Requested Procedure Comments
    "0040,2016", // Placer Order Number
    "0040,2017", // Filler Order Number
    "0040,2400", // Imaging Service Request Comments
    "0040,a123", // Person Name in a report
    "4008,0300", // Impressions
};

// Latin with its accents, Greek and Cyrillic; never more or fewer bytes of UTF-8 than before.
unsigned lower(unsigned letter)
{
    const auto isIn = [letter](unsigned first, unsigned last) { return letter >= first && letter <= last; };
    if (isIn('A', 'Z') || (isIn(0xc0, 0xde) && letter != 0xd7) || isIn(0x391, 0x3a9) || isIn(0x410, 0x42f))
        return letter + 0x20;
    if (isIn(0x400, 0x40f))
        return letter + 0x50;
    if (isIn(0x139, 0x148) || isIn(0x179, 0x17e)) // capital, small, capital, ...: from an odd one
        return letter + letter % 2;
    if (isIn(0x100, 0x137) || isIn(0x14a, 0x177)) // and from an even one
        return letter | 1U;
    return letter;
}

std::string lowered(std::string text)
{
    const auto byte = [&text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isPair
            = i + 1 < text.size() && (byte(i) & 0xe0U) == 0xc0U && (byte(i + 1) & 0xc0U) == 0x80U;
        if (isPair) {
            const unsigned small = lower((byte(i) & 0x1fU) << 6U | (byte(i + 1) & 0x3fU));
            text[i] = static_cast<char>(0xc0U | small >> 6U);
            text[++i] = static_cast<char>(0x80U | (small & 0x3fU));
        } else if (byte(i) < 0x80U) {
            text[i] = static_cast<char>(lower(byte(i)));
        }
    }
    return text;
}

bool isPrivate(const FilmTag &tag)
{
    return tag.tag.size() == 9 && std::string_view("13579bdfBDF").find(tag.tag[3]) != std::string_view::npos;
}

// Of UTF-8.
std::size_t letters(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

void add(std::string_view text, std::vector<std::string> &found)
{
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos)
        return;
    const auto end = text.find_last_not_of(" \t");
    const std::string value(text.substr(begin, end - begin + 1));
    if (letters(value) >= shortest && std::ranges::find(found, value) == found.end())
        found.push_back(value);
}

} // namespace

bool isIdentifying(const FilmTag &tag)
{
    if (tag.vr == "PN")
        return true;
    if (tag.tag.empty() || tag.vr == "SQ")
        return false;
    if (isPrivate(tag))
        return true;
    const std::string number = lowered(tag.tag);
    if (number.starts_with("0010,"))
        return std::ranges::find(shownOfPatient, number) == shownOfPatient.end();
    return std::ranges::find(hiddenElsewhere, number) != hiddenElsewhere.end();
}

std::vector<std::string> identifiersOf(const std::vector<FilmTag> &tags)
{
    std::vector<std::string> found;
    for (const FilmTag &tag : tags) {
        if (tag.tag == "0010,0020" || tag.tag == "0010,1000" || tag.tag == "0008,0050")
            add(tag.value, found);
        if (tag.vr != "PN")
            continue;
        std::string part;
        for (const char letter : tag.value + "^") {
            if (std::string_view("^=\\ \t\r\n,").find(letter) == std::string_view::npos) {
                part += letter;
                continue;
            }
            add(part, found);
            part.clear();
        }
    }
    std::ranges::stable_sort(found, std::ranges::greater{}, &std::string::size);
    return found;
}

std::string withoutIdentifiers(const std::string &text, const std::vector<std::string> &identifiers)
{
    std::string hidden = text;
    for (const std::string &identifier : identifiers) {
        const std::string sought = lowered(identifier);
        for (auto at = lowered(hidden).find(sought); at != std::string::npos;
             at = lowered(hidden).find(sought, at + 3))
            hidden.replace(at, sought.size(), "...");
    }
    return hidden;
}

} // namespace hilum
