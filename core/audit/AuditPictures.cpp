// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audit/AuditPictures.h"

#include <vector>

namespace hilum {

namespace {

using ByteList = std::vector<std::uint8_t>;

void append(ByteList &bytes, std::uint32_t value, int count)
{
    for (int i = 0; i < count; ++i)
        bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

ByteList bitmapOf(const Plane<std::uint8_t> &picture)
{
    constexpr std::uint32_t headers = 14 + 40;
    constexpr std::uint32_t palette = 256 * 4;
    const auto width = static_cast<std::uint32_t>(picture.width());
    const auto height = static_cast<std::uint32_t>(picture.height());
    const std::uint32_t rowBytes = (width + 3) / 4 * 4;
    ByteList bytes{'B', 'M'};
    append(bytes, headers + palette + rowBytes * height, 4);
    append(bytes, 0, 4);
    append(bytes, headers + palette, 4);
    append(bytes, 40, 4);
    append(bytes, width, 4);
    append(bytes, height, 4);
    append(bytes, 1, 2); // planes
    append(bytes, 8, 2); // bits
    append(bytes, 0, 4); // not compressed
    append(bytes, rowBytes * height, 4);
    append(bytes, 2835, 4); // pixels a metre
    append(bytes, 2835, 4);
    append(bytes, 256, 4);
    append(bytes, 0, 4);
    for (std::uint32_t grey = 0; grey < 256; ++grey)
        append(bytes, grey * 0x010101U, 4);
    for (int y = picture.height() - 1; y >= 0; --y) { // the lowest row first
        const auto row = picture.row(y);
        bytes.insert(bytes.end(), row.begin(), row.end());
        bytes.resize(bytes.size() + rowBytes - width);
    }
    return bytes;
}

std::string base64(const ByteList &bytes)
{
    constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t three = 0;
        for (std::size_t k = 0; k < 3; ++k)
            three = three << 8 | (i + k < bytes.size() ? bytes[i + k] : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            text += i + k > bytes.size() ? '=' : letters[three >> (18 - 6 * k) & 63U];
    }
    return text;
}

} // namespace

std::string pictureAddress(const Plane<std::uint8_t> &picture)
{
    return "data:image/bmp;base64," + base64(bitmapOf(picture));
}

} // namespace hilum
