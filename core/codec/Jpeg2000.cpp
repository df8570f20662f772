// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/Jpeg2000.h"

#include "core/codec/Limits.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <memory>
#include <thread>

#include <openjpeg.h>

namespace hilum {

namespace {

struct Source {
    Bytes bytes;
    std::size_t at = 0;
};

OPJ_SIZE_T readBytes(void *buffer, OPJ_SIZE_T wanted, void *user)
{
    auto *source = static_cast<Source *>(user);
    const std::size_t length = std::min<std::size_t>(wanted, source->bytes.size() - source->at);
    if (length == 0)
        return static_cast<OPJ_SIZE_T>(-1);
    std::memcpy(buffer, source->bytes.data() + source->at, length);
    source->at += length;
    return length;
}

OPJ_OFF_T skipBytes(OPJ_OFF_T wanted, void *user)
{
    auto *source = static_cast<Source *>(user);
    if (wanted < 0)
        return -1;
    const std::size_t length = std::min(static_cast<std::size_t>(wanted), source->bytes.size() - source->at);
    source->at += length;
    return length == 0 && wanted > 0 ? -1 : static_cast<OPJ_OFF_T>(length);
}

OPJ_BOOL seekBytes(OPJ_OFF_T wanted, void *user)
{
    auto *source = static_cast<Source *>(user);
    if (wanted < 0 || static_cast<std::size_t>(wanted) > source->bytes.size())
        return OPJ_FALSE;
    source->at = static_cast<std::size_t>(wanted);
    return OPJ_TRUE;
}

void keepMessage(const char *message, void *user)
{
    auto *text = static_cast<std::string *>(user);
    if (text->empty()) // the first error is the cause
        *text = message;
    while (!text->empty() && text->back() == '\n')
        text->pop_back();
}

template <class T, void (*release)(T *)>
struct Releaser {
    void operator()(T *object) const { release(object); }
};
using Stream = std::unique_ptr<opj_stream_t, Releaser<opj_stream_t, opj_stream_destroy>>;
using Codec = std::unique_ptr<opj_codec_t, Releaser<opj_codec_t, opj_destroy_codec>>;
using Image = std::unique_ptr<opj_image_t, Releaser<opj_image_t, opj_image_destroy>>;

Result<void> checkImage(const opj_image_t &image, const J2kFrame &expected)
{
    const auto found = [&] {
        return "JPEG 2000: expected " + std::to_string(expected.columns) + " x "
            + std::to_string(expected.rows) + " x " + std::to_string(expected.components) + ", found "
            + std::to_string(image.x1 - image.x0) + " x " + std::to_string(image.y1 - image.y0) + " x "
            + std::to_string(image.numcomps);
    };
    if (image.x1 <= image.x0 || image.y1 <= image.y0
        || static_cast<std::int64_t>(image.numcomps) != expected.components)
        return fail(ErrorCode::DataCorrupt, found());
    for (OPJ_UINT32 i = 0; i < image.numcomps; ++i) {
        const opj_image_comp_t &component = image.comps[i];
        if (static_cast<std::int64_t>(component.w) != expected.columns
            || static_cast<std::int64_t>(component.h) != expected.rows)
            return fail(ErrorCode::DataCorrupt, found());
        if (component.prec < 1 || component.prec > 31)
            return fail(ErrorCode::FormatUnsupported,
                        "JPEG 2000: " + std::to_string(component.prec) + " bits a sample");
    }
    return {};
}

bool hasColourTransform(opj_codec_t *codec)
{
    opj_codestream_info_v2_t *info = opj_get_cstr_info(codec);
    if (info == nullptr)
        return false;
    const bool has = info->m_default_tile_info.mct != 0;
    opj_destroy_cstr_info(&info);
    return has;
}

template <class Sample>
void interleave(const opj_image_t &image, bool isSigned, std::span<Sample> samples)
{
    const std::size_t pixels = static_cast<std::size_t>(image.comps[0].w) * image.comps[0].h;
    for (std::size_t channel = 0; channel < image.numcomps; ++channel) {
        const opj_image_comp_t &component = image.comps[channel];
        // Without branches: the sign bit, were there one, is taken off and put back as a weight.
        const auto mask = static_cast<OPJ_INT32>((std::uint32_t{1} << component.prec) - 1);
        const OPJ_INT32 sign = isSigned ? OPJ_INT32{1} << (component.prec - 1) : 0;
        const auto sample
            = [mask, sign](OPJ_INT32 value) { return static_cast<Sample>(((value & mask) ^ sign) - sign); };
        const std::span<const OPJ_INT32> plane(component.data, pixels);
        if (image.numcomps == 1) {
            std::ranges::transform(plane, samples.begin(), sample);
            return;
        }
        for (std::size_t pixel = 0; pixel < pixels; ++pixel)
            samples[pixel * image.numcomps + channel] = sample(plane[pixel]);
    }
}

} // namespace

template <class Sample>
Result<J2kInfo> decodeJ2k(Bytes codestream, const J2kFrame &expected, std::span<Sample> samples)
{
    const std::uint64_t count = static_cast<std::uint64_t>(expected.columns)
        * static_cast<std::uint64_t>(expected.rows) * static_cast<std::uint64_t>(expected.components);
    assert(samples.size() == count);
    if (count * sizeof(OPJ_INT32) > maxSampleBytes)
        return fail(ErrorCode::LimitExceeded,
                    "JPEG 2000: a frame of " + std::to_string(count)
                        + " samples is more than the decoder may hold");

    Source source{codestream};
    std::string message;
    const bool isJp2 = codestream.size() >= 8 && std::memcmp(codestream.data() + 4, "jP", 2) == 0;
    const Codec codec(opj_create_decompress(isJp2 ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K));
    const Stream stream(opj_stream_default_create(OPJ_TRUE));
    if (!codec || !stream)
        return fail(ErrorCode::Internal, "OpenJPEG could not be started");
    opj_stream_set_user_data(stream.get(), &source, nullptr);
    opj_stream_set_user_data_length(stream.get(), codestream.size());
    opj_stream_set_read_function(stream.get(), readBytes);
    opj_stream_set_skip_function(stream.get(), skipBytes);
    opj_stream_set_seek_function(stream.get(), seekBytes);
    opj_set_error_handler(codec.get(), keepMessage, &message);

    const auto broken = [&](const char *step) {
        return fail(ErrorCode::DataCorrupt,
                    std::string("JPEG 2000: ") + (message.empty() ? step : message.c_str()));
    };
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    if (opj_setup_decoder(codec.get(), &parameters) == OPJ_FALSE)
        return fail(ErrorCode::Internal, "OpenJPEG could not be set up");
    opj_codec_set_threads(codec.get(),
                          static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 4U)));
    opj_image_t *header = nullptr;
    if (opj_read_header(stream.get(), codec.get(), &header) == OPJ_FALSE)
        return broken("the header cannot be read");
    const Image image(header);
    if (const auto fits = checkImage(*image, expected); !fits)
        return tl::unexpected(fits.error());
    if (opj_decode(codec.get(), stream.get(), image.get()) == OPJ_FALSE)
        return broken("the samples cannot be read");
    if (const auto fits = checkImage(*image, expected); !fits)
        return tl::unexpected(fits.error());
    for (OPJ_UINT32 i = 0; i < image->numcomps; ++i) {
        if (image->comps[i].data == nullptr)
            return broken("a component holds no samples");
    }
    interleave(*image, expected.isSigned, samples);
    return J2kInfo{static_cast<int>(image->comps[0].prec), hasColourTransform(codec.get())};
}

template Result<J2kInfo> decodeJ2k(Bytes, const J2kFrame &, std::span<std::uint8_t>);
template Result<J2kInfo> decodeJ2k(Bytes, const J2kFrame &, std::span<std::int8_t>);
template Result<J2kInfo> decodeJ2k(Bytes, const J2kFrame &, std::span<std::uint16_t>);
template Result<J2kInfo> decodeJ2k(Bytes, const J2kFrame &, std::span<std::int16_t>);
template Result<J2kInfo> decodeJ2k(Bytes, const J2kFrame &, std::span<std::uint32_t>);
template Result<J2kInfo> decodeJ2k(Bytes, const J2kFrame &, std::span<std::int32_t>);

} // namespace hilum
