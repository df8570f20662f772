// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imaging/JpegRoundTrip.h"

#include <algorithm>
#include <cmath>
#include <csetjmp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
// libjpeg's header wants <cstdio> before it.
#include <jpeglib.h>

namespace hilum {

namespace {

// libjpeg ends a failed call with exit(), unless error_exit jumps.
struct ErrorManager {
    jpeg_error_mgr base;
    std::jmp_buf out;
};

void leave(j_common_ptr info) { std::longjmp(reinterpret_cast<ErrorManager *>(info->err)->out, 1); }

// C only between setjmp and longjmp: no object with a destructor may live there.
bool encode(std::uint8_t *samples, int width, int height, int quality, unsigned char **bytes,
            unsigned long *size)
{
    jpeg_compress_struct jpeg;
    ErrorManager errors;
    jpeg.err = jpeg_std_error(&errors.base);
    errors.base.error_exit = leave;
    if (setjmp(errors.out) != 0) {
        jpeg_destroy_compress(&jpeg);
        return false;
    }
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, bytes, size);
    jpeg.image_width = static_cast<JDIMENSION>(width);
    jpeg.image_height = static_cast<JDIMENSION>(height);
    jpeg.input_components = 1;
    jpeg.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row = samples + static_cast<std::size_t>(jpeg.next_scanline) * static_cast<unsigned>(width);
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return true;
}

bool decode(const unsigned char *bytes, unsigned long size, std::uint8_t *samples, int width)
{
    jpeg_decompress_struct jpeg;
    ErrorManager errors;
    jpeg.err = jpeg_std_error(&errors.base);
    errors.base.error_exit = leave;
    if (setjmp(errors.out) != 0) {
        jpeg_destroy_decompress(&jpeg);
        return false;
    }
    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, bytes, size);
    jpeg_read_header(&jpeg, TRUE);
    jpeg_start_decompress(&jpeg);
    while (jpeg.output_scanline < jpeg.output_height) {
        JSAMPROW row
            = samples + static_cast<std::size_t>(jpeg.output_scanline) * static_cast<unsigned>(width);
        jpeg_read_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_decompress(&jpeg);
    jpeg_destroy_decompress(&jpeg);
    return true;
}

} // namespace

void jpegRoundTrip(Plane<float> &image, int quality)
{
    std::vector<std::uint8_t> grey(image.samples().size());
    std::ranges::transform(image.samples(), grey.begin(), [](float v) {
        return static_cast<std::uint8_t>(std::lround(std::clamp(v, 0.0F, 1.0F) * 255));
    });
    unsigned char *bytes = nullptr;
    unsigned long size = 0;
    if (encode(grey.data(), image.width(), image.height(), quality, &bytes, &size)
        && decode(bytes, size, grey.data(), image.width()))
        std::ranges::transform(grey, image.samples().begin(),
                               [](std::uint8_t v) { return static_cast<float>(v) / 255; });
    std::free(bytes);
}

} // namespace hilum
