// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/SharedHeap.h"

#include "core/codec/FilmWire.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <mutex>
#include <new>
#include <sys/mman.h>
#include <unistd.h>

namespace hilum {

namespace {

constexpr std::size_t pageBytes = 4096;
constexpr std::size_t leastBytes = std::size_t{1} << 20;

struct Block {
    std::size_t start = 0;
    std::size_t length = 0;
};

// Holds no memory of its own but an array: it is what memory comes from.
class Heap {
public:
    void start(int file)
    {
        if (::ftruncate(file, static_cast<off_t>(sharedHeapBytes)) != 0)
            return;
        void *mapped = ::mmap(nullptr, sharedHeapBytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (mapped != MAP_FAILED)
            m_base = static_cast<std::byte *>(mapped);
    }

    void *take(std::size_t bytes)
    {
        if (m_base == nullptr || bytes < leastBytes || bytes > sharedHeapBytes)
            return nullptr;
        const std::size_t length = (bytes + pageBytes - 1) / pageBytes * pageBytes;
        const std::scoped_lock lock(m_mutex);
        if (m_count == m_blocks.size())
            return nullptr;
        std::size_t at = 0;
        std::size_t index = 0;
        for (; index < m_count && m_blocks[index].start - at < length; ++index)
            at = m_blocks[index].start + m_blocks[index].length;
        if (sharedHeapBytes - at < length)
            return nullptr;
        std::shift_right(m_blocks.begin() + static_cast<std::ptrdiff_t>(index), m_blocks.end(), 1);
        m_blocks[index] = {at, length};
        ++m_count;
        return m_base + at;
    }

    bool give(void *start)
    {
        const auto offset = offsetOf(start);
        if (!offset)
            return false;
        const std::scoped_lock lock(m_mutex);
        const auto end = m_blocks.begin() + static_cast<std::ptrdiff_t>(m_count);
        const auto found
            = std::find_if(m_blocks.begin(), end, [&](const Block &block) { return block.start == *offset; });
        if (found == end)
            std::abort(); // given back twice
        const std::size_t kept = std::max(found->start, keptAnswerBytes);
        const std::size_t blockEnd = found->start + found->length;
        if (kept < blockEnd)
            static_cast<void>(::madvise(m_base + kept, blockEnd - kept, MADV_REMOVE));
        std::shift_left(found, end, 1);
        --m_count;
        return true;
    }

    std::optional<std::uint64_t> offsetOf(const void *start) const
    {
        const auto *at = static_cast<const std::byte *>(start);
        if (m_base == nullptr || at < m_base || at >= m_base + sharedHeapBytes)
            return std::nullopt;
        return static_cast<std::uint64_t>(at - m_base);
    }

private:
    std::byte *m_base = nullptr;
    std::mutex m_mutex;
    std::array<Block, 64> m_blocks{}; // in use, by their place
    std::size_t m_count = 0;
};

constinit Heap heap;

} // namespace

void startSharedHeap(int file) { heap.start(file); }

std::optional<std::uint64_t> sharedOffset(const void *start) { return heap.offsetOf(start); }

} // namespace hilum

// Sanitizers keep their own.
#if !defined(__SANITIZE_ADDRESS__)

void *operator new(std::size_t bytes)
{
    if (void *shared = hilum::heap.take(bytes))
        return shared;
    if (void *own = std::malloc(std::max<std::size_t>(bytes, 1)))
        return own;
    throw std::bad_alloc();
}

void operator delete(void *start) noexcept
{
    if (!hilum::heap.give(start))
        std::free(start);
}

void operator delete(void *start, std::size_t) noexcept { operator delete(start); }

#endif
