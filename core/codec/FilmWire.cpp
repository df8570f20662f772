// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/FilmWire.h"

#include "core/codec/Limits.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <cstring>
#include <sys/mman.h>
#include <type_traits>
#include <utility>

namespace hilum {

namespace {

class Writer {
public:
    template <class T>
    void value(const T &number)
    {
        static_assert(std::is_arithmetic_v<T>);
        append(&number, sizeof number);
    }
    template <class Enum>
    void choice(const Enum &chosen, Enum)
    {
        value(static_cast<std::int32_t>(chosen));
    }
    void text(const std::string &characters)
    {
        value(static_cast<std::uint64_t>(characters.size()));
        append(characters.data(), characters.size());
    }
    void numbers(const std::vector<std::uint16_t> &list)
    {
        value(static_cast<std::uint64_t>(list.size()));
        append(list.data(), list.size() * sizeof(std::uint16_t));
    }
    // Each element is 0 or 1; `length` of them, which the reader knows already.
    void bits(const std::vector<std::uint8_t> &each, std::uint64_t)
    {
        const std::size_t start = bytes.size();
        bytes.resize(start + (each.size() + 7) / 8);
        for (std::size_t i = 0; i < each.size(); ++i) {
            if (each[i] != 0)
                bytes[start + i / 8] |= std::byte{1} << (i % 8);
        }
    }
    template <class T, class Each>
    void list(const std::vector<T> &items, Each &&each)
    {
        value(static_cast<std::uint64_t>(items.size()));
        for (const T &item : items)
            each(item);
    }
    template <class T, class Each>
    void maybe(const std::optional<T> &item, Each &&each)
    {
        value(static_cast<std::uint8_t>(item.has_value()));
        if (item)
            each(*item);
    }

    std::vector<std::byte> bytes;

private:
    void append(const void *start, std::size_t length)
    {
        const auto *first = static_cast<const std::byte *>(start);
        bytes.insert(bytes.end(), first, first + length);
    }
};

// Reads what Writer wrote; after the first thing that cannot be, all is zero and isGood is false.
class Reader {
public:
    explicit Reader(std::span<const std::byte> source)
        : left(source)
    {
    }

    template <class T>
    void value(T &number)
    {
        static_assert(std::is_arithmetic_v<T>);
        if constexpr (std::is_same_v<T, bool>) {
            std::uint8_t byte = 0; // any byte but 0 and 1 would be no bool
            take(&byte, sizeof byte);
            number = byte != 0;
        } else {
            number = T{};
            take(&number, sizeof number);
        }
    }
    template <class Enum>
    void choice(Enum &chosen, Enum last)
    {
        std::int32_t number = 0;
        value(number);
        isGood = isGood && number >= 0 && number <= static_cast<std::int32_t>(last);
        chosen = isGood ? static_cast<Enum>(number) : Enum{};
    }
    void text(std::string &characters)
    {
        characters.resize(count(1));
        take(characters.data(), characters.size());
    }
    void numbers(std::vector<std::uint16_t> &list)
    {
        list.resize(count(sizeof(std::uint16_t)));
        take(list.data(), list.size() * sizeof(std::uint16_t));
    }
    void bits(std::vector<std::uint8_t> &each, std::uint64_t length)
    {
        isGood = isGood && length <= maxOverlayPixels && (length + 7) / 8 <= left.size();
        if (!isGood)
            return;
        each.resize(length);
        for (std::size_t i = 0; i < each.size(); ++i)
            each[i] = std::to_integer<std::uint8_t>(left[i / 8]) >> (i % 8) & 1U;
        left = left.subspan((length + 7) / 8);
    }
    template <class T, class Each>
    void list(std::vector<T> &items, Each &&each)
    {
        const std::size_t length = count(1);
        for (std::size_t i = 0; i < length && isGood; ++i)
            each(items.emplace_back());
    }
    template <class T, class Each>
    void maybe(std::optional<T> &item, Each &&each)
    {
        std::uint8_t has = 0;
        value(has);
        if (has != 0)
            each(item.emplace());
    }

    bool isGood = true;
    std::span<const std::byte> left;

private:
    std::size_t count(std::size_t itemSize)
    {
        std::uint64_t length = 0;
        value(length);
        isGood = isGood && length <= left.size() / itemSize;
        return isGood ? static_cast<std::size_t>(length) : 0;
    }
    void take(void *target, std::size_t length)
    {
        isGood = isGood && length <= left.size();
        if (!isGood || length == 0)
            return;
        std::memcpy(target, left.data(), length);
        left = left.subspan(length);
    }
};

// One description for both directions, so that they cannot disagree.
template <class Wire, class Table>
void passTable(Wire &wire, Table &table)
{
    wire.value(table.firstInput);
    wire.value(table.bits);
    wire.numbers(table.entries);
    wire.text(table.explanation);
}

template <class Wire, class AnyFilm>
void passDisplay(Wire &wire, AnyFilm &film)
{
    const auto passOne = [&](auto &table) { passTable(wire, table); };
    wire.value(film.modalityTransform.slope);
    wire.value(film.modalityTransform.intercept);
    wire.maybe(film.modalityTransform.table, passOne);
    wire.list(film.windows, [&](auto &window) {
        wire.value(window.centre);
        wire.value(window.width);
        wire.choice(window.function, VoiFunction::Sigmoid);
        wire.text(window.explanation);
    });
    wire.list(film.voiTables, passOne);
    wire.maybe(film.presentation, [&](auto &shape) { wire.choice(shape, PresentationShape::Inverse); });
    wire.maybe(film.palette, [&](auto &palette) {
        passOne(palette.red);
        passOne(palette.green);
        passOne(palette.blue);
    });
    wire.maybe(film.padding, [&](auto &padding) {
        wire.value(padding.low);
        wire.value(padding.high);
    });
    wire.maybe(film.spacing, [&](auto &spacing) {
        wire.value(spacing.row);
        wire.value(spacing.column);
        wire.choice(spacing.source, SpacingSource::ImageFile);
        wire.value(spacing.magnification);
        wire.choice(spacing.calibration, SpacingCalibration::Fiducial);
        wire.value(spacing.repeatsImager);
    });
    wire.value(film.pixelAspect);
}

// 0, and so no plane, where a side or the number of frames cannot be.
std::uint64_t pixelsOf(const OverlayPlane &plane)
{
    constexpr int side = static_cast<int>(maxSide);
    const bool isPossible = plane.columns > 0 && plane.columns <= side && plane.rows > 0 && plane.rows <= side
        && plane.frames > 0;
    // Two sides of 16 bits and frames of 31 stay below 2^63.
    return isPossible ? static_cast<std::uint64_t>(plane.columns) * static_cast<std::uint64_t>(plane.rows)
            * static_cast<std::uint64_t>(plane.frames)
                      : 0;
}

template <class Wire, class AnyPlane>
void passOverlay(Wire &wire, AnyPlane &plane)
{
    wire.value(plane.group);
    wire.value(plane.columns);
    wire.value(plane.rows);
    wire.value(plane.left);
    wire.value(plane.top);
    wire.value(plane.firstFrame);
    wire.value(plane.frames);
    wire.value(plane.isRegion);
    wire.text(plane.label);
    wire.bits(plane.bits, pixelsOf(plane));
}

template <class Wire, class AnyFilm>
void passFilm(Wire &wire, AnyFilm &film)
{
    wire.text(film.file);
    wire.choice(film.format, FilmFormat::Jpeg);
    wire.value(film.columns);
    wire.value(film.rows);
    wire.value(film.frames);
    wire.value(film.samplesPerPixel);
    wire.value(film.bitsStored);
    wire.value(film.isSigned);
    wire.choice(film.photometric, Photometric::PaletteColor);
    wire.text(film.photometricText);
    wire.text(film.transferSyntax);
    wire.text(film.modality);
    passDisplay(wire, film);
    wire.list(film.overlays, [&](auto &plane) { passOverlay(wire, plane); });
    wire.value(film.frameTimeMs);
    wire.list(film.tags, [&](auto &tag) {
        wire.text(tag.tag);
        wire.text(tag.vr);
        wire.text(tag.name);
        wire.text(tag.value);
        wire.value(tag.depth);
    });
    wire.list(film.notices, [&](auto &notice) { wire.text(notice); });
}

template <class Wire, class AnyListing>
void passListing(Wire &wire, AnyListing &listing)
{
    wire.list(listing.films, [&](auto &film) {
        for (auto *text : {&film.file, &film.patientName, &film.patientId, &film.studyDate,
                           &film.studyDescription, &film.seriesDescription, &film.modality, &film.sopClass})
            wire.text(*text);
        wire.value(film.seriesNumber);
        wire.value(film.instanceNumber);
    });
    wire.list(listing.notices, [&](auto &notice) { wire.text(notice); });
}

template <std::size_t... Index>
StoredSamples emptySamples(std::size_t kind, std::index_sequence<Index...>)
{
    StoredSamples samples;
    static_cast<void>(((kind == Index ? (samples.emplace<Index>(), true) : false) || ...));
    return samples;
}

// Room for a large film on large pages: eight page faults instead of 3,600 for 15 MB.
template <class Sample>
void reserve(std::vector<Sample> &samples, std::uint64_t count)
{
    constexpr std::uintptr_t page = 4096;
    constexpr std::uint64_t large = 4 << 20;
    samples.reserve(count);
    const std::uint64_t bytes = count * sizeof(Sample);
    if (bytes < large)
        return;
    const auto start = (reinterpret_cast<std::uintptr_t>(samples.data()) + page - 1) / page * page;
    static_cast<void>(::madvise(reinterpret_cast<void *>(start), bytes - page, MADV_HUGEPAGE));
}

bool isPossible(const OverlayPlane &plane)
{
    constexpr int far = 1 << 24;
    return pixelsOf(plane) > 0 && plane.group >= 0x6000 && plane.group <= 0x601e && plane.firstFrame >= 0
        && plane.firstFrame < far && std::abs(plane.left) < far && std::abs(plane.top) < far;
}

bool isPossible(const Film &film, std::uint32_t kind, std::uint64_t sampleBytes)
{
    return film.columns > 0 && film.rows > 0 && film.frames > 0
        && static_cast<std::uint32_t>(film.columns) <= maxSide
        && static_cast<std::uint32_t>(film.rows) <= maxSide
        && (film.samplesPerPixel == 1 || film.samplesPerPixel == 3) && film.bitsStored >= 1
        && film.bitsStored <= 64 && film.frameTimeMs >= 0 && film.overlays.size() <= 16
        && std::ranges::all_of(film.overlays, [](const OverlayPlane &plane) { return isPossible(plane); })
        && kind < std::variant_size_v<StoredSamples> && sampleBytes <= maxSampleBytes;
}

} // namespace

std::vector<std::byte> packFilm(const Film &film)
{
    Writer writer;
    writer.value(static_cast<std::uint32_t>(film.samples.index()));
    passFilm(writer, film);
    return std::move(writer.bytes);
}

std::vector<std::byte> packError(const Error &error)
{
    Writer writer;
    writer.choice(error.code, ErrorCode::Internal);
    writer.text(error.detail);
    return std::move(writer.bytes);
}

Error unpackError(std::span<const std::byte> head)
{
    Reader reader(head);
    Error error;
    reader.choice(error.code, ErrorCode::Internal);
    reader.text(error.detail);
    return reader.isGood ? error : Error{ErrorCode::Internal, "the decoder's answer makes no sense"};
}

Result<Film> unpackFilm(std::span<const std::byte> head, std::uint64_t sampleBytes)
{
    Reader reader(head);
    Film film;
    std::uint32_t kind = 0;
    reader.value(kind);
    passFilm(reader, film);
    if (!reader.isGood || !isPossible(film, kind, sampleBytes))
        return fail(ErrorCode::Internal, "the decoder's answer makes no sense");
    // By division: sides and frames of a liar overflow any product.
    const std::uint64_t perFrame = film.pixelsPerFrame() * static_cast<std::uint64_t>(film.samplesPerPixel);
    film.samples = emptySamples(kind, std::make_index_sequence<std::variant_size_v<StoredSamples>>{});
    const bool isWhole = std::visit(
        [&](auto &samples) {
            const std::uint64_t size = sizeof samples[0];
            const std::uint64_t count = sampleBytes / size;
            if (sampleBytes % size != 0 || count % perFrame != 0
                || count / perFrame != static_cast<std::uint64_t>(film.frames))
                return false;
            reserve(samples, count);
            return true;
        },
        film.samples);
    if (!isWhole)
        return fail(ErrorCode::Internal, "the decoder's answer has the wrong number of samples");
    return film;
}

std::vector<std::byte> packListing(const DirectoryListing &listing)
{
    Writer writer;
    passListing(writer, listing);
    return std::move(writer.bytes);
}

Result<DirectoryListing> unpackListing(std::span<const std::byte> head)
{
    Reader reader(head);
    DirectoryListing listing;
    passListing(reader, listing);
    if (!reader.isGood || listing.films.size() > maxDirectoryFilms)
        return fail(ErrorCode::Internal, "the decoder's answer makes no sense");
    return listing;
}

std::span<const std::byte> samplesOf(const Film &film)
{
    return std::visit([](const auto &samples) { return std::as_bytes(std::span(samples)); }, film.samples);
}

void appendSamples(Film &film, std::span<const std::byte> bytes)
{
    std::visit(
        [&](auto &samples) {
            using Sample = typename std::remove_cvref_t<decltype(samples)>::value_type;
            assert(bytes.size() % sizeof(Sample) == 0);
            const auto *first = reinterpret_cast<const Sample *>(bytes.data());
            samples.insert(samples.end(), first, first + bytes.size() / sizeof(Sample));
        },
        film.samples);
}

} // namespace hilum
