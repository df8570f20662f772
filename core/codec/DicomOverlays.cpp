// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DicomOverlays.h"

#include "core/codec/DicomAttributes.h"
#include "core/codec/Limits.h"

#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace hilum {

namespace {

// The overlay's attributes have the same element numbers in each of its groups.
constexpr Uint16 rowsElement = 0x0010;
constexpr Uint16 columnsElement = 0x0011;
constexpr Uint16 framesElement = 0x0015;
constexpr Uint16 descriptionElement = 0x0022;
constexpr Uint16 typeElement = 0x0040;
constexpr Uint16 originElement = 0x0050;
constexpr Uint16 frameOriginElement = 0x0051;
constexpr Uint16 bitsElement = 0x0100;
constexpr Uint16 positionElement = 0x0102;
constexpr Uint16 labelElement = 0x1500;
constexpr Uint16 dataElement = 0x3000;

// Packed bits as bytes, lowest bit first, however the value was written.
std::vector<std::uint8_t> packedBits(DcmItem &item, const DcmTagKey &tag)
{
    DcmElement *element = nullptr;
    if (item.findAndGetElement(tag, element).bad() || element == nullptr)
        return {};
    const std::size_t length = element->getLength();
    Uint16 *words = nullptr;
    Uint8 *bytes = nullptr;
    std::vector<std::uint8_t> packed;
    if (element->getUint16Array(words).good() && words != nullptr) {
        packed.reserve(length);
        for (std::size_t i = 0; i < length / 2; ++i) {
            packed.push_back(static_cast<std::uint8_t>(words[i] & 0xffU));
            packed.push_back(static_cast<std::uint8_t>(words[i] >> 8));
        }
    } else if (element->getUint8Array(bytes).good() && bytes != nullptr) {
        packed.assign(bytes, bytes + length);
    }
    return packed;
}

class OverlayGroup {
public:
    OverlayGroup(DcmItem &item, int number, Film &film)
        : m_item(item)
        , m_number(number)
        , m_film(film)
    {
    }

    double number(Uint16 element, double otherwise, unsigned long index = 0) const
    {
        return numberOf(m_item, tag(element), index).value_or(otherwise);
    }
    std::string text(Uint16 element) const { return textOf(m_item, tag(element)).value_or(""); }
    DcmTagKey tag(Uint16 element) const { return {static_cast<Uint16>(m_number), element}; }
    bool has(Uint16 element) const { return m_item.tagExists(tag(element)); }
    std::vector<std::uint8_t> packed() const { return packedBits(m_item, tag(dataElement)); }

    void note(const std::string &what) const
    {
        std::array<char, 8> group{};
        std::snprintf(group.data(), group.size(), "%04X", static_cast<unsigned>(m_number));
        m_film.notices.push_back("Overlay " + std::string(group.data()) + " " + what);
    }

private:
    DcmItem &m_item;
    int m_number;
    Film &m_film;
};

// Bit `position` of each cell of `allocated` bits; what is missing at the end stays 0.
std::vector<std::uint8_t> unpacked(const std::vector<std::uint8_t> &packed, std::size_t pixels,
                                   std::size_t allocated, std::size_t position)
{
    std::vector<std::uint8_t> bits(pixels);
    const std::size_t there = 8 * packed.size();
    std::size_t bit = position;
    for (std::size_t i = 0; i < pixels && bit < there; ++i, bit += allocated)
        bits[i] = packed[bit / 8] >> (bit % 8) & 1U;
    return bits;
}

bool readSeparate(const OverlayGroup &group, std::size_t pixels, OverlayPlane &plane)
{
    const double allocated = group.number(bitsElement, 1);
    const double position = group.number(positionElement, 0);
    if (allocated < 1 || allocated > 32 || position < 0 || position >= allocated) {
        group.note("says an impossible number of bits and is left out.");
        return false;
    }
    const std::vector<std::uint8_t> packed = group.packed();
    const auto step = static_cast<std::size_t>(allocated);
    const std::uint64_t there = 8 * packed.size() / step;
    if (there == 0) {
        group.note("holds no data and is left out.");
        return false;
    }
    if (there < pixels)
        group.note("ends early: " + std::to_string(there) + " of " + std::to_string(pixels)
                   + " pixels are there, the rest is shown as empty.");
    plane.bits = unpacked(packed, pixels, step, static_cast<std::size_t>(position));
    return true;
}

bool readEmbedded(const OverlayGroup &group, const PixelLayout &layout, const DicomMap &map, Bytes bytes,
                  OverlayPlane &plane)
{
    const double position = group.number(positionElement, -1);
    const bool isInSamples = position <= layout.highBit && position > layout.highBit - layout.bitsStored;
    if (map.pixels.isEncapsulated || map.pixels.kind != PixelKind::Integer || layout.samplesPerPixel != 1) {
        group.note("is said to lie in the pixel data, which cannot hold it, and is left out.");
        return false;
    }
    if (position < 0 || position >= layout.bitsAllocated || isInSamples) {
        group.note("names a bit that belongs to the pixels and is left out.");
        return false;
    }
    if (plane.rows != layout.rows || plane.columns != layout.columns) {
        group.note("lies in the pixel data but has another size, and is left out.");
        return false;
    }
    plane.frames = layout.frames;
    plane.firstFrame = 0;
    plane.bits = bitPlane(layout, map, bytes, static_cast<int>(position));
    return true;
}

void repeat(OverlayPlane &plane, int frames)
{
    const std::size_t length = plane.bits.size();
    plane.bits.resize(length * static_cast<std::size_t>(frames));
    for (std::size_t at = length; at < plane.bits.size(); at += length)
        std::copy_n(plane.bits.begin(), length, plane.bits.begin() + static_cast<std::ptrdiff_t>(at));
    plane.frames = frames;
}

std::size_t pixelsOf(const OverlayPlane &plane, int frames)
{
    return static_cast<std::size_t>(plane.rows) * static_cast<std::size_t>(plane.columns)
        * static_cast<std::size_t>(frames);
}

bool readGroup(const OverlayGroup &group, std::size_t room, const PixelLayout &layout, const DicomMap &map,
               Bytes bytes, OverlayPlane &plane)
{
    const bool isSeparate = group.has(dataElement);
    const double rows = group.number(rowsElement, isSeparate ? 0 : layout.rows);
    const double columns = group.number(columnsElement, isSeparate ? 0 : layout.columns);
    const double frames = group.number(framesElement, 1);
    if (rows < 1 || columns < 1 || rows > maxSide || columns > maxSide || frames < 1 || frames > 1e6) {
        group.note("has an impossible size and is left out.");
        return false;
    }
    plane.rows = static_cast<int>(rows);
    plane.columns = static_cast<int>(columns);
    plane.frames = static_cast<int>(frames);
    plane.firstFrame = static_cast<int>(std::clamp(group.number(frameOriginElement, 1), 1.0, 1e6)) - 1;
    plane.top = static_cast<int>(std::clamp(group.number(originElement, 1, 0), -1e6, 1e6)) - 1;
    plane.left = static_cast<int>(std::clamp(group.number(originElement, 1, 1), -1e6, 1e6)) - 1;
    plane.isRegion = group.text(typeElement) == "R";
    plane.label = group.text(labelElement);
    if (plane.label.empty())
        plane.label = group.text(descriptionElement);
    const std::size_t pixels = pixelsOf(plane, isSeparate ? plane.frames : layout.frames);
    if (pixels > room) {
        group.note("is left out: overlays of more than " + std::to_string(maxOverlayPixels >> 20)
                   + " million pixels are more than a film may hold.");
        return false;
    }
    if (!isSeparate)
        return readEmbedded(group, layout, map, bytes, plane);
    if (!readSeparate(group, pixels, plane))
        return false;
    // One bitmap that names no frame lies over all of them.
    const bool isForAll = layout.frames > 1 && !group.has(framesElement) && !group.has(frameOriginElement);
    if (isForAll && pixelsOf(plane, layout.frames) <= room)
        repeat(plane, layout.frames);
    return true;
}

} // namespace

void readOverlays(DcmItem &dataSet, const PixelLayout &layout, const DicomMap &map, Bytes bytes, Film &film)
{
    std::size_t room = maxOverlayPixels;
    for (int number = 0x6000; number <= 0x601e; number += 2) {
        const OverlayGroup group(dataSet, number, film);
        const bool isEmbedded = !group.has(dataElement) && group.number(bitsElement, 1) != 1;
        if (!group.has(dataElement) && !isEmbedded)
            continue;
        OverlayPlane plane;
        plane.group = number;
        if (!readGroup(group, room, layout, map, bytes, plane))
            continue;
        room -= plane.bits.size();
        film.overlays.push_back(std::move(plane));
    }
}

} // namespace hilum
