// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/TiffWriter.h"

#include <tiffio.h>

#include <algorithm>
#include <cassert>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>

namespace hilum {

namespace {

// A file in memory, as libtiff asks for it.
struct Memory {
    std::vector<std::byte> bytes;
    std::size_t at = 0;
    std::string fault;

    static Memory &of(thandle_t handle) { return *static_cast<Memory *>(handle); }

    static tmsize_t read(thandle_t handle, void *target, tmsize_t size)
    {
        Memory &memory = of(handle);
        const std::size_t left = memory.bytes.size() - std::min(memory.at, memory.bytes.size());
        const std::size_t count = std::min(static_cast<std::size_t>(size), left);
        std::memcpy(target, memory.bytes.data() + memory.at, count);
        memory.at += count;
        return static_cast<tmsize_t>(count);
    }

    static tmsize_t write(thandle_t handle, void *source, tmsize_t size)
    {
        Memory &memory = of(handle);
        const auto count = static_cast<std::size_t>(size);
        if (memory.at + count > memory.bytes.size())
            memory.bytes.resize(memory.at + count);
        std::memcpy(memory.bytes.data() + memory.at, source, count);
        memory.at += count;
        return size;
    }

    static toff_t seek(thandle_t handle, toff_t offset, int whence)
    {
        Memory &memory = of(handle);
        const std::size_t base = whence == SEEK_SET ? 0
            : whence == SEEK_CUR                    ? memory.at
                                                    : memory.bytes.size();
        memory.at = base + static_cast<std::size_t>(offset);
        return memory.at;
    }

    static int close(thandle_t) { return 0; }
    static toff_t size(thandle_t handle) { return of(handle).bytes.size(); }

    static int keepFault(TIFF *, void *handle, const char *, const char *format, va_list arguments)
    {
        char words[256];
        std::vsnprintf(words, sizeof words, format, arguments);
        static_cast<Memory *>(handle)->fault = words;
        return 1;
    }
};

struct Closer {
    void operator()(TIFF *file) const { TIFFClose(file); }
};

} // namespace

Result<std::vector<std::byte>> tiffBytes(const TiffPicture &picture)
{
    assert(picture.pixels && picture.width > 0 && picture.height > 0);
    assert((picture.channels == 1 || picture.channels == 3) && (picture.bits == 8 || picture.bits == 16));
    Memory memory;
    const auto failed = [&] {
        return fail(ErrorCode::Internal,
                    "TIFF: " + (memory.fault.empty() ? "no reason given" : memory.fault));
    };
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    TIFFOpenOptionsSetErrorHandlerExtR(options, &Memory::keepFault, &memory);
    TIFFOpenOptionsSetWarningHandlerExtR(options, &Memory::keepFault, &memory);
    std::unique_ptr<TIFF, Closer> file(TIFFClientOpenExt("picture", "w", &memory, Memory::read, Memory::write,
                                                         Memory::seek, Memory::close, Memory::size, nullptr,
                                                         nullptr, options));
    TIFFOpenOptionsFree(options);
    if (!file)
        return failed();
    TIFF *tiff = file.get();
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(picture.width));
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(picture.height));
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, picture.bits);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, picture.channels);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, picture.channels == 1 ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
    TIFFSetField(tiff, TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, TIFFDefaultStripSize(tiff, 0));
    if (!picture.description.empty())
        TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, picture.description.c_str());

    // libtiff works in the row that it is given.
    std::vector<std::byte> row(static_cast<std::size_t>(picture.width)
                               * static_cast<std::size_t>(picture.channels * picture.bits / 8));
    assert(picture.bytesPerRow >= row.size());
    const auto *from = static_cast<const std::byte *>(picture.pixels);
    for (int y = 0; y < picture.height; ++y, from += picture.bytesPerRow) {
        std::copy_n(from, row.size(), row.begin());
        if (TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y), 0) < 0)
            return failed();
    }
    if (TIFFFlush(tiff) == 0)
        return failed();
    file.reset();
    return std::move(memory.bytes);
}

} // namespace hilum
