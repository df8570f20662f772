// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// CodePlane: 16-bit codes of one channel, its own or lent by the film that keeps them (in 8 or 16 bits).
//
// Shape:   width x height, row-major without padding.
// Errors:  none; a sample outside is a bug and is an assert.
// Threads: a value; a lent one lives no longer than its film.
#pragma once

#include "core/film/Plane.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace hilum::ui {

class CodePlane {
public:
    explicit CodePlane(Plane<std::uint16_t> own)
        : m_own(std::move(own))
        , m_width(m_own.width())
        , m_height(m_own.height())
    {
    }
    CodePlane(std::span<const std::uint16_t> lent, int width, int height)
        : m_words(lent)
        , m_width(width)
        , m_height(height)
    {
        assert(lent.size() == index(0, height));
    }
    CodePlane(std::span<const std::uint8_t> lent, int width, int height)
        : m_bytes(lent)
        , m_width(width)
        , m_height(height)
    {
        assert(lent.size() == index(0, height));
    }

    int width() const { return m_width; }
    int height() const { return m_height; }
    std::uint16_t at(int x, int y) const
    {
        assert(x >= 0 && x < m_width && y >= 0 && y < m_height);
        return m_bytes.empty() ? words()[index(x, y)] : m_bytes[index(x, y)];
    }
    // `count` codes of a row from `left` on; `room` is where bytes are widened to.
    std::span<const std::uint16_t> part(int y, int left, int count, std::vector<std::uint16_t> &room) const
    {
        assert(y >= 0 && y < m_height && left >= 0 && left + count <= m_width);
        const auto size = static_cast<std::size_t>(count);
        if (m_bytes.empty())
            return words().subspan(index(left, y), size);
        room.resize(size);
        std::ranges::copy(m_bytes.subspan(index(left, y), size), room.begin());
        return room;
    }
    std::span<const std::uint16_t> row(int y, std::vector<std::uint16_t> &room) const
    {
        return part(y, 0, m_width, room);
    }
    std::size_t ownBytes() const { return m_own.samples().size_bytes(); }

private:
    std::span<const std::uint16_t> words() const { return m_own.empty() ? m_words : m_own.samples(); }
    std::size_t index(int x, int y) const
    {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(m_width) + static_cast<std::size_t>(x);
    }

    Plane<std::uint16_t> m_own;
    std::span<const std::uint16_t> m_words;
    std::span<const std::uint8_t> m_bytes;
    int m_width;
    int m_height;
};

} // namespace hilum::ui
