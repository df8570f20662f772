// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/RasterReader.h"

#include "core/codec/JpegHeader.h"
#include "core/codec/TruncatedNotice.h"

#include <array>
#include <csetjmp>
#include <cstdio>
#include <cstring>

#include <jpeglib.h>

#include <jerror.h>

namespace hilum {

namespace {

// libjpeg reports errors by a jump to its caller: as in PngReader.cpp, all that lives across the
// jump is kept here.
struct JpegState {
    jpeg_error_mgr errors{};
    jpeg_source_mgr source{};
    std::jmp_buf jump{};
    jpeg_decompress_struct decoder{};
    std::array<char, JMSG_LENGTH_MAX> message{};
    std::vector<JSAMPLE> pixels;
    bool endedEarly = false;
    JDIMENSION rowsBeforeEnd = 0;

    ~JpegState() { jpeg_destroy_decompress(&decoder); }
};

JpegState &stateOf(j_common_ptr common) { return *static_cast<JpegState *>(common->client_data); }

[[noreturn]] void onError(j_common_ptr common)
{
    JpegState &state = stateOf(common);
    (*common->err->format_message)(common, state.message.data());
    std::longjmp(state.jump, 1);
}

void onMessage(j_common_ptr) { }

void onInit(j_decompress_ptr) { }

// At the end of the bytes libjpeg is told that the picture ends; what is left comes out grey.
boolean onEnd(j_decompress_ptr decoder)
{
    static const std::array<JOCTET, 2> endOfImage{0xff, JPEG_EOI};
    JpegState &state = stateOf(reinterpret_cast<j_common_ptr>(decoder));
    if (!state.endedEarly) {
        state.endedEarly = true;
        state.rowsBeforeEnd = decoder->output_scanline;
    }
    decoder->src->next_input_byte = endOfImage.data();
    decoder->src->bytes_in_buffer = endOfImage.size();
    return TRUE;
}

void onSkip(j_decompress_ptr decoder, long count)
{
    if (count <= 0)
        return;
    const auto wanted = static_cast<std::size_t>(count);
    if (wanted > decoder->src->bytes_in_buffer) {
        onEnd(decoder);
        return;
    }
    decoder->src->next_input_byte += wanted;
    decoder->src->bytes_in_buffer -= wanted;
}

bool start(JpegState &state, Bytes file)
{
    state.decoder.err = jpeg_std_error(&state.errors);
    state.errors.error_exit = onError;
    state.errors.output_message = onMessage;
    state.decoder.client_data = &state;
    if (setjmp(state.jump) != 0)
        return false;
    jpeg_create_decompress(&state.decoder);
    state.source.next_input_byte = reinterpret_cast<const JOCTET *>(file.data());
    state.source.bytes_in_buffer = file.size();
    state.source.init_source = onInit;
    state.source.fill_input_buffer = onEnd;
    state.source.skip_input_data = onSkip;
    state.source.resync_to_restart = jpeg_resync_to_restart;
    state.source.term_source = onInit;
    state.decoder.src = &state.source;
    jpeg_read_header(&state.decoder, TRUE);
    state.decoder.out_color_space = state.decoder.num_components == 1 ? JCS_GRAYSCALE
        : state.decoder.num_components == 4                           ? JCS_CMYK
                                                                      : JCS_RGB;
    jpeg_start_decompress(&state.decoder);
    return true;
}

bool readRows(JpegState &state)
{
    if (setjmp(state.jump) != 0)
        return false;
    while (state.decoder.output_scanline < state.decoder.output_height) {
        JSAMPROW row = state.pixels.data()
            + static_cast<std::size_t>(state.decoder.output_scanline) * state.decoder.output_width
                * static_cast<std::size_t>(state.decoder.output_components);
        jpeg_read_scanlines(&state.decoder, &row, 1);
    }
    return true;
}

// Adobe writes CMYK inverted, as ink left out.
std::vector<std::uint8_t> rgbOfCmyk(const std::vector<JSAMPLE> &pixels, bool isInverted)
{
    std::vector<std::uint8_t> rgb(pixels.size() / 4 * 3);
    for (std::size_t pixel = 0; pixel < rgb.size() / 3; ++pixel) {
        const auto light = [&](std::size_t channel) {
            const int value = pixels[4 * pixel + channel];
            return isInverted ? value : 255 - value;
        };
        for (std::size_t channel = 0; channel < 3; ++channel)
            rgb[3 * pixel + channel] = static_cast<std::uint8_t>((light(channel) * light(3) + 127) / 255);
    }
    return rgb;
}

// What libjpeg cannot read, in words; nothing for what it can.
const char *rareProcess(int process)
{
    switch (process) {
    case 0xc0:
    case 0xc1:
    case 0xc2:
    case 0xc9: // with arithmetic coding
    case 0xca:
        return nullptr;
    case 0xc3:
    case 0xcb:
        return "a lossless one";
    case 0xf7:
        return "JPEG-LS";
    default:
        return "a hierarchical one";
    }
}

tl::unexpected<Error> corrupt(const JpegState &state)
{
    return fail(ErrorCode::DataCorrupt, std::string("JPEG: ") + state.message.data());
}

// Rows that libjpeg made up after the end become zero; false when they are most of the picture.
bool markMissingRows(JpegState &state, Film &film)
{
    if (!state.endedEarly) {
        if (state.errors.num_warnings > 0)
            film.notices.emplace_back("The file is damaged: parts of the picture may be wrong.");
        return true;
    }
    if (state.decoder.progressive_mode != 0) {
        film.notices.emplace_back(
            "truncated: the last passes of a progressive JPEG are missing, the picture lacks detail");
        return true;
    }
    const JDIMENSION rows = state.decoder.output_height;
    const JDIMENSION missing = rows - std::min(rows, state.rowsBeforeEnd);
    if (missing * 2 > rows)
        return false;
    const std::size_t rowSize = state.pixels.size() / rows;
    std::fill(state.pixels.end() - static_cast<std::ptrdiff_t>(missing * rowSize), state.pixels.end(),
              JSAMPLE{0});
    film.notices.push_back(truncatedNotice(missing, rows));
    return true;
}

} // namespace

Result<Film> readJpeg(Bytes file)
{
    const auto header = jpegHeader(file);
    if (!header)
        return fail(ErrorCode::DataCorrupt, "JPEG: expected a frame header, found none");
    if (const auto fits
        = checkRaster(static_cast<std::uint64_t>(header->width), static_cast<std::uint64_t>(header->height),
                      static_cast<std::uint64_t>(header->components));
        !fits)
        return tl::unexpected(fits.error());
    if (header->precision != 8)
        return fail(ErrorCode::FormatUnsupported,
                    "JPEG: expected 8 bits, found " + std::to_string(header->precision));
    if (const char *process = rareProcess(header->process); process != nullptr)
        return fail(ErrorCode::FormatUnsupported,
                    std::string("JPEG: expected a baseline, extended or progressive picture, found ")
                        + process);

    JpegState state;
    if (!start(state, file))
        return corrupt(state);
    Film film;
    film.format = FilmFormat::Jpeg;
    film.columns = static_cast<int>(state.decoder.output_width);
    film.rows = static_cast<int>(state.decoder.output_height);
    const auto channels = static_cast<std::size_t>(state.decoder.output_components);
    state.pixels.resize(film.pixelsPerFrame() * channels);
    if (!readRows(state))
        return corrupt(state);
    if (!markMissingRows(state, film))
        return fail(ErrorCode::DataCorrupt, "JPEG: the file ends before half of the picture");

    film.samplesPerPixel = channels == 1 ? 1 : 3;
    film.photometric = channels == 1 ? Photometric::Monochrome2 : Photometric::Rgb;
    film.photometricText = channels == 1 ? "MONOCHROME2" : "RGB";
    if (channels == 4) {
        film.samples = rgbOfCmyk(state.pixels, state.decoder.saw_Adobe_marker != 0);
        film.notices.emplace_back("A CMYK file: turned into RGB without a colour profile.");
    } else {
        film.samples = std::vector<std::uint8_t>(state.pixels.begin(), state.pixels.end());
    }
    if (header->hasProfile)
        film.notices.emplace_back(
            "The colour profile of the file (ICC) is ignored: values are shown as stored.");
    reduceEqualChannels(film);
    applyOrientation(film, header->orientation);
    return film;
}

} // namespace hilum
