// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Plane<T>: one layer of samples, height x width, row-major without padding.
//
// Shape:   width and height in samples; at(x, y) with x to the right, y down.
// Errors:  none; a sample outside is a bug and is an assert.
// Threads: a value like any other.
#pragma once

#include <cassert>
#include <cstddef>
#include <span>
#include <vector>

namespace hilum {

template <class T>
class Plane {
public:
    Plane() = default;
    Plane(int width, int height, T fill = T{})
        : m_width(width)
        , m_height(height)
        , m_samples(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), fill)
    {
        assert(width >= 0 && height >= 0);
    }

    int width() const { return m_width; }
    int height() const { return m_height; }
    bool empty() const { return m_samples.empty(); }

    T &at(int x, int y) { return m_samples[index(x, y)]; }
    const T &at(int x, int y) const { return m_samples[index(x, y)]; }

    std::span<T> row(int y) { return samples().subspan(index(0, y), static_cast<std::size_t>(m_width)); }
    std::span<const T> row(int y) const
    {
        return samples().subspan(index(0, y), static_cast<std::size_t>(m_width));
    }

    std::span<T> samples() { return m_samples; }
    std::span<const T> samples() const { return m_samples; }

private:
    std::size_t index(int x, int y) const
    {
        assert(x >= 0 && y >= 0 && y < m_height && (x < m_width || m_width == 0));
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(m_width) + static_cast<std::size_t>(x);
    }

    int m_width = 0;
    int m_height = 0;
    std::vector<T> m_samples;
};

} // namespace hilum
