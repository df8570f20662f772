// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/RasterReader.h"

#include "core/codec/JpegHeader.h"
#include "core/codec/TruncatedNotice.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <png.h>

namespace hilum {

namespace {

// libpng reports errors by a jump to its caller. Whatever must survive the jump, or be destroyed
// after it, lives here, and the functions that set the jump have no locals of their own.
struct PngState {
    Bytes bytes;
    std::size_t at = 0;
    png_structp png = nullptr;
    png_infop info = nullptr;
    std::array<char, 128> message{};
    std::size_t rowBytes = 0;
    int passes = 1;
    png_uint_32 rowsRead = 0;
    std::vector<png_byte> pixels;

    ~PngState() { png_destroy_read_struct(&png, &info, nullptr); }
};

void onError(png_structp png, png_const_charp message)
{
    auto *state = static_cast<PngState *>(png_get_error_ptr(png));
    std::strncpy(state->message.data(), message, state->message.size() - 1);
    png_longjmp(png, 1);
}

void onWarning(png_structp, png_const_charp) { }

void onRead(png_structp png, png_bytep out, std::size_t length)
{
    auto *state = static_cast<PngState *>(png_get_io_ptr(png));
    if (state->bytes.size() - state->at < length)
        png_error(png, "the file ends early");
    std::memcpy(out, state->bytes.data() + state->at, length);
    state->at += length;
}

bool readInfo(PngState &state)
{
    if (setjmp(png_jmpbuf(state.png)) != 0)
        return false;
    png_set_read_fn(state.png, &state, onRead);
    png_read_info(state.png, state.info);
    return true;
}

bool prepareRows(PngState &state)
{
    if (setjmp(png_jmpbuf(state.png)) != 0)
        return false;
    png_set_expand(state.png); // palettes to RGB, 1 to 4 bits to 8, transparent colours to alpha
    png_set_swap(state.png);
    state.passes = png_set_interlace_handling(state.png);
    png_read_update_info(state.png, state.info);
    state.rowBytes = png_get_rowbytes(state.png, state.info);
    return true;
}

bool readRows(PngState &state, png_uint_32 rows)
{
    if (setjmp(png_jmpbuf(state.png)) != 0)
        return false;
    for (int pass = 0; pass < state.passes; ++pass) {
        for (state.rowsRead = 0; state.rowsRead < rows; ++state.rowsRead)
            png_read_row(state.png, state.pixels.data() + state.rowsRead * state.rowBytes, nullptr);
    }
    return true;
}

// Chunks after the pixels may still say how the picture is turned; a broken end costs nothing.
bool readEnd(PngState &state)
{
    if (setjmp(png_jmpbuf(state.png)) != 0)
        return false;
    png_read_end(state.png, state.info);
    return true;
}

int orientationOf(PngState &state)
{
    png_uint_32 length = 0;
    png_bytep exif = nullptr;
    if (png_get_eXIf_1(state.png, state.info, &length, &exif) == 0 || exif == nullptr)
        return 1;
    return tiffOrientation(std::as_bytes(std::span(exif, length)));
}

void noteColourChunks(const PngState &state, Film &film)
{
    struct Chunk {
        png_uint_32 flag;
        const char *name;
    };
    std::string found;
    for (const Chunk &chunk : {Chunk{PNG_INFO_gAMA, "gAMA"}, Chunk{PNG_INFO_cHRM, "cHRM"},
                               Chunk{PNG_INFO_sRGB, "sRGB"}, Chunk{PNG_INFO_iCCP, "iCCP"}}) {
        if (png_get_valid(state.png, state.info, chunk.flag) != 0)
            found += (found.empty() ? "" : ", ") + std::string(chunk.name);
    }
    if (!found.empty())
        film.notices.push_back("What the file says of its colours (" + found
                               + ") is ignored: values are shown as stored.");
}

// Interleaved pixels of `channels`, the last being alpha when even, to colour over black.
template <class Sample>
std::vector<Sample> flattened(const std::vector<png_byte> &pixels, std::size_t count, std::size_t channels)
{
    const std::size_t colours = channels <= 2 ? 1 : 3;
    constexpr std::uint64_t full = std::numeric_limits<Sample>::max();
    std::vector<Sample> samples(count * colours);
    for (std::size_t pixel = 0; pixel < count; ++pixel) {
        std::array<Sample, 4> values{};
        std::memcpy(values.data(), pixels.data() + pixel * channels * sizeof(Sample),
                    channels * sizeof(Sample));
        const std::uint64_t alpha = channels % 2 == 0 ? values[channels - 1] : full;
        for (std::size_t colour = 0; colour < colours; ++colour)
            samples[pixel * colours + colour]
                = static_cast<Sample>((values[colour] * alpha + full / 2) / full);
    }
    return samples;
}

tl::unexpected<Error> corrupt(const PngState &state)
{
    return fail(ErrorCode::DataCorrupt, std::string("PNG: ") + state.message.data());
}

} // namespace

Result<Film> readPng(Bytes file)
{
    PngState state;
    state.bytes = file;
    state.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &state, onError, onWarning);
    state.info = state.png != nullptr ? png_create_info_struct(state.png) : nullptr;
    if (state.info == nullptr)
        return fail(ErrorCode::Internal, "libpng could not be started");
    // The size is ours to judge: libpng's own limit of a million would only word it worse.
    png_set_user_limits(state.png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    // A read that fails loses its whole buffer: small ones keep more rows of a cut file.
    png_set_compression_buffer_size(state.png, 512);
    png_set_chunk_malloc_max(state.png, 16U << 20);
    if (!readInfo(state))
        return corrupt(state);
    const png_uint_32 columns = png_get_image_width(state.png, state.info);
    const png_uint_32 rows = png_get_image_height(state.png, state.info);
    const bool isWide = png_get_bit_depth(state.png, state.info) == 16;
    const bool hasPalette = png_get_color_type(state.png, state.info) == PNG_COLOR_TYPE_PALETTE;
    // Palettes and transparent colours grow to at most four channels.
    const bool isGrey = png_get_color_type(state.png, state.info) == PNG_COLOR_TYPE_GRAY
        && png_get_valid(state.png, state.info, PNG_INFO_tRNS) == 0;
    if (const auto fits = checkRaster(columns, rows, (isGrey ? 1 : 4) * (isWide ? 2 : 1)); !fits)
        return tl::unexpected(fits.error());
    if (hasPalette && png_get_valid(state.png, state.info, PNG_INFO_PLTE) == 0)
        return fail(ErrorCode::DataCorrupt, "PNG: expected a palette, found none");
    if (!prepareRows(state))
        return corrupt(state);

    Film film;
    film.format = FilmFormat::Png;
    film.columns = static_cast<int>(columns);
    film.rows = static_cast<int>(rows);
    film.bitsStored = isWide ? 16 : 8;
    state.pixels.resize(state.rowBytes * rows);
    if (!readRows(state, rows)) {
        const png_uint_32 missing = rows - state.rowsRead;
        if (state.passes > 1 || missing * 2 > rows)
            return corrupt(state);
        film.notices.push_back(truncatedNotice(missing, rows));
    } else {
        static_cast<void>(readEnd(state));
    }
    const std::size_t channels = png_get_channels(state.png, state.info);
    film.samplesPerPixel = channels <= 2 ? 1 : 3;
    film.photometric = film.samplesPerPixel == 3 ? Photometric::Rgb : Photometric::Monochrome2;
    film.photometricText = film.samplesPerPixel == 3 ? "RGB" : "MONOCHROME2";
    if (isWide)
        film.samples = flattened<std::uint16_t>(state.pixels, film.pixelsPerFrame(), channels);
    else
        film.samples = flattened<std::uint8_t>(state.pixels, film.pixelsPerFrame(), channels);
    if (channels % 2 == 0)
        film.notices.emplace_back("The file has transparency: flattened over black.");
    noteColourChunks(state, film);
    reduceEqualChannels(film);
    applyOrientation(film, orientationOf(state));
    return film;
}

} // namespace hilum
