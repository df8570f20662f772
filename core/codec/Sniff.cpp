// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/Sniff.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>

namespace hilum {

namespace {

using namespace std::string_view_literals;

struct Signature {
    std::size_t offset;
    std::string_view bytes;
    FileKind kind;
    std::string_view looksLike;
};

constexpr std::array<Signature, 27> signatures{{
    {0, "\x89PNG\r\n\x1a\n"sv, FileKind::Png, "a PNG file"},
    {0, "\xff\xd8\xff"sv, FileKind::Jpeg, "a JPEG file"},
    {128, "DICM"sv, FileKind::Dicom, "a DICOM file"},
    {0, "GIF8"sv, FileKind::Unknown, "a GIF file"},
    {0, "II*\0"sv, FileKind::Unknown, "a TIFF file"},
    {0, "MM\0*"sv, FileKind::Unknown, "a TIFF file"},
    {0, "BM"sv, FileKind::Unknown, "a BMP file"},
    {0, "II+\0"sv, FileKind::Unknown, "a BigTIFF file"},
    {0, "MM\0+"sv, FileKind::Unknown, "a BigTIFF file"},
    {0, "II\xbc"sv, FileKind::Unknown, "a JPEG XR file"},
    {0, "8BPS"sv, FileKind::Unknown, "a Photoshop file"},
    {0, "NRRD"sv, FileKind::Unknown, "an NRRD file"},
    {344, "n+1\0"sv, FileKind::Unknown, "a NIfTI file"},
    {0, "\x76\x2f\x31\x01"sv, FileKind::Unknown, "an OpenEXR file"},
    {4, "ftypavif"sv, FileKind::Unknown, "an AVIF file"},
    {4, "ftyphei"sv, FileKind::Unknown, "a HEIC file"},
    {4, "ftyp"sv, FileKind::Unknown, "a film in motion (MP4 or its kin)"},
    {0, "\0\0\0\x0cJXL "sv, FileKind::Unknown, "a JPEG XL file"},
    {0, "\xff\x0a"sv, FileKind::Unknown, "a bare JPEG XL codestream"},
    {8, "WEBP"sv, FileKind::Unknown, "a WebP file"},
    {0, "\xff\x4f\xff\x51"sv, FileKind::Unknown, "a bare JPEG 2000 codestream"},
    {4, "jP  \r\n"sv, FileKind::Unknown, "a JP2 file"},
    {0,
     "\x7f"
     "ELF"sv,
     FileKind::Unknown, "a program"},
    {0, "\x1f\x8b"sv, FileKind::Unknown, "a gzip archive"},
    {0, "PK\x03\x04"sv, FileKind::Unknown, "a ZIP archive"},
    {0, "%PDF"sv, FileKind::Unknown, "a PDF document"},
    {0, "<"sv, FileKind::Unknown, "a web page or an XML file"},
}};

std::string_view textAt(Bytes file, std::size_t offset, std::size_t length)
{
    if (file.size() < offset + length)
        return {};
    return {reinterpret_cast<const char *>(file.data()) + offset, length};
}

std::uint32_t u32At(Bytes file, std::size_t offset, bool bigEndian)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value |= std::to_integer<std::uint32_t>(file[offset + i]) << (bigEndian ? 8 * (3 - i) : 8 * i);
    return value;
}

// Data sets without preamble begin with a low attribute of group 2 or 8 and a believable length.
bool isBareDataSet(Bytes file)
{
    if (file.size() < 16)
        return false;
    for (const bool bigEndian : {false, true}) {
        const auto half = [&](std::size_t offset) {
            const auto first = std::to_integer<std::uint32_t>(file[offset]);
            const auto second = std::to_integer<std::uint32_t>(file[offset + 1]);
            return bigEndian ? first << 8 | second : second << 8 | first;
        };
        const std::uint32_t group = half(0);
        const bool likely = (group == 0x0002 && half(2) <= 0x0102) || (group == 0x0008 && half(2) <= 0x0080);
        if (!likely)
            continue;
        const std::string_view vr = textAt(file, 4, 2);
        if (std::isupper(static_cast<unsigned char>(vr[0]))
            && std::isupper(static_cast<unsigned char>(vr[1])))
            return true;
        if (u32At(file, 4, bigEndian) <= file.size())
            return true;
    }
    return false;
}

} // namespace

Sniffed sniff(Bytes file)
{
    // DICOM first: its preamble may hold another format's signature (PS3.10 7.1, dual-purpose files).
    if (textAt(file, 128, 4) == "DICM")
        return {FileKind::Dicom, "a DICOM file"};
    for (const Signature &signature : signatures) {
        if (textAt(file, signature.offset, signature.bytes.size()) == signature.bytes)
            return {signature.kind, signature.looksLike};
    }
    if (isBareDataSet(file))
        return {FileKind::Dicom, "a DICOM data set without preamble"};
    const Bytes head = file.first(std::min<std::size_t>(file.size(), 512));
    const bool isText = std::ranges::all_of(head, [](std::byte byte) {
        const int character = std::to_integer<int>(byte);
        return std::isprint(character) || std::isspace(character);
    });
    return {FileKind::Unknown, isText ? "a text file" : "none of these"};
}

} // namespace hilum
