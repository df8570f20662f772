// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/PngWriter.h"

#include "core/codec/MappedFile.h"

#include <png.h>

namespace hilum {

namespace {

Result<void> write(const void *pixels, int width, int height, png_uint_32 format,
                   const std::filesystem::path &file)
{
    png_image image = {};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width);
    image.height = static_cast<png_uint_32>(height);
    image.format = format;
    if (png_image_write_to_file(&image, file.c_str(), 0, pixels, 0, nullptr) == 0)
        return fail(ErrorCode::FileUnreadable, pathText(file) + ": " + image.message);
    return {};
}

} // namespace

Result<void> writePng(const GreyImage &image, const std::filesystem::path &file)
{
    return write(image.samples().data(), image.width(), image.height(), PNG_FORMAT_GRAY, file);
}

Result<void> writePng(const RgbImage &image, const std::filesystem::path &file)
{
    static_assert(sizeof(RgbImage) > 0 && sizeof(std::array<std::uint8_t, 3>) == 3);
    return write(image.samples().data(), image.width(), image.height(), PNG_FORMAT_RGB, file);
}

} // namespace hilum
