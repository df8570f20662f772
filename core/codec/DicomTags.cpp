// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DicomAttributes.h"
#include "core/codec/Limits.h"

#include <dcmtk/dcmdata/dctk.h>

#include <array>
#include <cstdio>

namespace hilum {

namespace {

constexpr unsigned long longValue = 4096; // bytes: beyond it a value is told by its size only

bool isBinary(DcmEVR vr)
{
    switch (vr) {
    case EVR_OB:
    case EVR_OD:
    case EVR_OF:
    case EVR_OL:
    case EVR_OV:
    case EVR_OW:
    case EVR_UN:
    case EVR_ox:
    case EVR_px:
    case EVR_lt:
    case EVR_PixelData:
    case EVR_OverlayData:
        return true;
    default:
        return false;
    }
}

// Cuts between characters of UTF-8, not inside one.
std::string shortened(std::string text)
{
    if (text.size() <= maxTagValue)
        return text;
    std::size_t end = maxTagValue - 3;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U)
        --end;
    return text.substr(0, end) + "...";
}

std::string valueOf(DcmElement &element)
{
    const unsigned long length = element.getLength();
    if (length == 0)
        return {};
    if (isBinary(element.ident()) || length > longValue)
        return "(" + std::to_string(length) + " bytes)";
    OFString value;
    if (element.getOFStringArray(value).bad())
        return {};
    std::string text(value.c_str(), value.size());
    while (!text.empty() && (text.back() == ' ' || text.back() == '\0'))
        text.pop_back();
    return shortened(std::move(text));
}

void walk(DcmItem &item, int depth, Film &film)
{
    // By successor: by index DCMTK counts from the front each time.
    for (DcmObject *next = item.nextInContainer(nullptr); next != nullptr && film.tags.size() < maxTags;
         next = item.nextInContainer(next)) {
        auto *element = dynamic_cast<DcmElement *>(next);
        if (element == nullptr)
            continue;
        const DcmTag &tag = element->getTag();
        std::array<char, 16> number{};
        std::snprintf(number.data(), number.size(), "%04x,%04x", static_cast<unsigned>(tag.getGTag()),
                      static_cast<unsigned>(tag.getETag()));
        DcmTag named(tag);
        const char *name = named.getTagName();
        auto *sequence = dynamic_cast<DcmSequenceOfItems *>(element);
        const bool isPixels = element->ident() == EVR_pixelSQ || element->ident() == EVR_PixelData;
        FilmTag row{
            number.data(), DcmVR(element->getVR()).getValidVRName(), name != nullptr ? name : "", {}, depth};
        if (sequence == nullptr || isPixels) {
            row.value = valueOf(*element);
            film.tags.push_back(std::move(row));
            continue;
        }
        row.value = std::to_string(sequence->card()) + (sequence->card() == 1 ? " item" : " items");
        film.tags.push_back(std::move(row));
        for (DcmObject *inner = sequence->nextInContainer(nullptr);
             inner != nullptr && film.tags.size() < maxTags; inner = sequence->nextInContainer(inner)) {
            if (auto *innerItem = dynamic_cast<DcmItem *>(inner))
                walk(*innerItem, depth + 1, film);
        }
    }
}

} // namespace

void readTags(DcmItem &dataSet, Film &film)
{
    walk(dataSet, 0, film);
    if (film.tags.size() >= maxTags)
        film.notices.push_back("Only the first " + std::to_string(maxTags) + " attributes are listed.");
}

} // namespace hilum
