// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DicomPixels.h"

#include "core/codec/Jpeg2000.h"
#include "core/codec/JpegHeader.h"
#include "core/codec/JpegLs.h"
#include "core/codec/Limits.h"
#include "core/codec/Rle.h"
#include "core/codec/TruncatedNotice.h"

#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

namespace hilum {

namespace {

enum class Codec { Rle, Jpeg, JpegLs, Jpeg2000, None };

Codec codecOf(E_TransferSyntax syntax, const std::string &uid)
{
    // HTJ2K lossless, lossless RPCL and lossy: newer than DCMTK 3.6.7.
    if (uid == "1.2.840.10008.1.2.4.201" || uid == "1.2.840.10008.1.2.4.202"
        || uid == "1.2.840.10008.1.2.4.203")
        return Codec::Jpeg2000;
    switch (syntax) {
    case EXS_RLELossless:
        return Codec::Rle;
    case EXS_JPEGLSLossless:
    case EXS_JPEGLSLossy:
        return Codec::JpegLs;
    case EXS_JPEG2000LosslessOnly:
    case EXS_JPEG2000:
        return Codec::Jpeg2000;
    case EXS_JPEGProcess1:
    case EXS_JPEGProcess2_4:
    case EXS_JPEGProcess3_5:
    case EXS_JPEGProcess6_8:
    case EXS_JPEGProcess10_12:
    case EXS_JPEGProcess14:
    case EXS_JPEGProcess14SV1:
        return Codec::Jpeg;
    default:
        return Codec::None;
    }
}

using Fragments = std::vector<Bytes>;

bool beginsFrame(Bytes fragment)
{
    if (fragment.size() < 4)
        return false;
    const int first = std::to_integer<int>(fragment[0]) << 8 | std::to_integer<int>(fragment[1]);
    return first == 0xffd8 || first == 0xff4f || std::memcmp(fragment.data() + 4, "jP", 2) == 0;
}

// Basic offset table: where each frame's first fragment begins, counted from after the table.
std::vector<std::size_t> firstByTable(Bytes table, const std::vector<ByteRange> &fragments,
                                      std::size_t frames)
{
    std::vector<std::size_t> firsts;
    if (table.size() != 4 * frames)
        return firsts;
    const std::size_t base = fragments.front().offset - 8;
    for (std::size_t frame = 0; frame < frames; ++frame) {
        std::size_t offset = 0;
        for (std::size_t i = 0; i < 4; ++i)
            offset |= std::to_integer<std::size_t>(table[4 * frame + i]) << (8 * i);
        const auto found = std::ranges::find(fragments, base + offset,
                                             [](const ByteRange &fragment) { return fragment.offset - 8; });
        if (found == fragments.end())
            return {};
        firsts.push_back(static_cast<std::size_t>(found - fragments.begin()));
    }
    return std::ranges::is_sorted(firsts) && firsts.front() == 0 ? firsts : std::vector<std::size_t>{};
}

// The fragments of each frame: one each, or by the offset table, or by where codestreams begin.
Result<std::vector<Fragments>> framesOf(const PixelElement &pixels, Bytes bytes, std::size_t frames,
                                        bool mayBeBrokenOff)
{
    if (pixels.isBrokenOff && !mayBeBrokenOff)
        return fail(ErrorCode::DataCorrupt, "the file ends inside a compressed frame");
    if (pixels.fragments.size() < 2)
        return fail(ErrorCode::DataCorrupt, "expected compressed frames, found no fragments");
    const auto view = [&](const ByteRange &range) { return bytes.subspan(range.offset, range.length); };
    const std::vector<ByteRange> fragments(pixels.fragments.begin() + 1, pixels.fragments.end());
    std::vector<std::size_t> firsts;
    if (frames == 1) {
        firsts = {0};
    } else if (fragments.size() == frames) {
        for (std::size_t i = 0; i < frames; ++i)
            firsts.push_back(i);
    } else {
        firsts = firstByTable(view(pixels.fragments.front()), fragments, frames);
        for (std::size_t i = 0; firsts.size() < frames && i < fragments.size(); ++i) {
            if (beginsFrame(view(fragments[i])))
                firsts.push_back(i);
        }
    }
    if (firsts.size() != frames)
        return fail(ErrorCode::DataCorrupt,
                    "expected " + std::to_string(frames) + " frames, found "
                        + std::to_string(fragments.size()) + " fragments that do not make them up");
    std::vector<Fragments> result(frames);
    for (std::size_t frame = 0; frame < frames; ++frame) {
        const std::size_t end = frame + 1 < frames ? firsts[frame + 1] : fragments.size();
        for (std::size_t i = firsts[frame]; i < end; ++i)
            result[frame].push_back(view(fragments[i]));
    }
    return result;
}

std::vector<std::byte> joined(const Fragments &fragments)
{
    std::vector<std::byte> whole;
    for (const Bytes fragment : fragments)
        whole.insert(whole.end(), fragment.begin(), fragment.end());
    return whole;
}

// JPEG is believed only when it says the same as the data set: the decoders write where the data
// set's size ends.
Result<JpegHeader> checkJpeg(Bytes codestream, const PixelLayout &layout)
{
    const auto header = jpegHeader(codestream);
    if (!header)
        return fail(ErrorCode::DataCorrupt, "expected a JPEG codestream, found none");
    const int cell = header->precision > 8 ? 16 : 8;
    if (header->width != layout.columns || header->height != layout.rows
        || header->components != layout.samplesPerPixel || cell > layout.bitsAllocated)
        return fail(ErrorCode::DataCorrupt,
                    "expected " + std::to_string(layout.columns) + " x " + std::to_string(layout.rows) + " x "
                        + std::to_string(layout.samplesPerPixel) + " of "
                        + std::to_string(layout.bitsAllocated) + " bits, found a codestream of "
                        + std::to_string(header->width) + " x " + std::to_string(header->height) + " x "
                        + std::to_string(header->components) + " of " + std::to_string(header->precision));
    return *header;
}

// What lossy JPEG holds is told by its own markers; the data set is sometimes wrong about it.
void settleJpegColour(const JpegHeader &header, Film &film)
{
    const bool isLossy = header.process >= 0xc0 && header.process <= 0xc2;
    if (film.samplesPerPixel != 3 || !isLossy)
        return;
    Photometric real = film.photometric;
    if (header.transform)
        real = *header.transform == 0 ? Photometric::Rgb : Photometric::YbrFull;
    else if (header.hasJfif)
        real = Photometric::YbrFull;
    if (real == film.photometric)
        return;
    film.photometric = real;
    film.notices.push_back("The data set says " + film.photometricText
                           + ", the JPEG stream inside says otherwise; the stream is believed.");
}

template <class Sample>
void interleave(std::vector<Sample> &samples, const PixelLayout &layout)
{
    const std::size_t length = layout.samplesPerFrame();
    const std::size_t pixels = length / 3;
    std::vector<Sample> planes(length);
    for (std::size_t start = 0; start < samples.size(); start += length) {
        std::copy_n(samples.begin() + static_cast<std::ptrdiff_t>(start), length, planes.begin());
        for (std::size_t i = 0; i < length; ++i)
            samples[start + i % pixels * 3 + i / pixels] = planes[i];
    }
}

template <class Sample>
Result<void> decodeByDcmtk(DcmDataset &dataSet, E_TransferSyntax syntax, const PixelLayout &layout,
                           const std::vector<Fragments> &frames, Film &film)
{
    // One item for each frame, whatever the fragments were: DCMTK's decoders expect no more.
    auto sequence = std::make_unique<DcmPixelSequence>(DcmTag(DCM_PixelData, EVR_OB));
    const auto append = [&](Bytes bytes) {
        auto item = std::make_unique<DcmPixelItem>(DcmTag(DCM_Item, EVR_OB));
        if (!bytes.empty())
            item->putUint8Array(reinterpret_cast<const Uint8 *>(bytes.data()),
                                static_cast<unsigned long>(bytes.size()));
        sequence->insert(item.release());
    };
    append({});
    for (const Fragments &fragments : frames) {
        std::vector<std::byte> whole = joined(fragments);
        if (syntax == EXS_JPEGLSLossless || syntax == EXS_JPEGLSLossy)
            spellOutThresholds(whole);
        whole.resize(whole.size() + whole.size() % 2);
        append(whole);
    }
    DcmPixelData pixelData(DcmTag(DCM_PixelData, EVR_OB));
    pixelData.putOriginalRepresentation(syntax, nullptr, sequence.release());

    const std::size_t length = layout.samplesPerFrame();
    // Decoders want room for an even number of bytes.
    std::vector<Sample> samples(layout.samples() + 1);
    Uint32 startFragment = 0;
    for (std::size_t frame = 0; frame < frames.size(); ++frame) {
        OFString colourModel;
        const std::size_t bytes = length * sizeof(Sample);
        const OFCondition status = pixelData.getUncompressedFrame(
            &dataSet, static_cast<Uint32>(frame), startFragment, samples.data() + frame * length,
            static_cast<Uint32>(bytes + bytes % 2), colourModel);
        if (status.bad())
            return fail(ErrorCode::DataCorrupt,
                        "frame " + std::to_string(frame + 1) + " cannot be decoded: " + status.text());
    }
    samples.pop_back();
    if (layout.isPlanar)
        interleave(samples, layout);
    maskSamples(std::span<Sample>(samples), layout);
    film.samples = std::move(samples);
    return {};
}

template <class Sample>
Result<void> decodeAllRle(const PixelLayout &layout, const std::vector<Fragments> &frames, Film &film)
{
    const std::size_t length = layout.samplesPerFrame();
    const auto channels = static_cast<std::size_t>(layout.samplesPerPixel);
    std::vector<Sample> samples(layout.samples());
    for (std::size_t frame = 0; frame < frames.size(); ++frame) {
        const auto whole = frames[frame].size() == 1 ? std::vector<std::byte>{} : joined(frames[frame]);
        const auto missing = decodeRle(whole.empty() ? frames[frame].front() : Bytes(whole), channels,
                                       std::span<Sample>(samples).subspan(frame * length, length));
        if (!missing)
            return tl::unexpected(missing.error());
        if (*missing == 0)
            continue;
        const auto columns = static_cast<std::size_t>(layout.columns);
        film.notices.push_back(truncatedNotice((*missing + columns - 1) / columns,
                                               static_cast<std::size_t>(layout.rows),
                                               frames.size() > 1 ? frame + 1 : 0));
    }
    maskSamples(std::span<Sample>(samples), layout);
    film.samples = std::move(samples);
    return {};
}

template <class Sample>
Result<void> decodeByOpenJpeg(const PixelLayout &layout, const std::vector<Fragments> &frames, Film &film)
{
    const std::size_t length = layout.samplesPerFrame();
    std::vector<Sample> samples(layout.samples());
    const J2kFrame expected{layout.columns, layout.rows, layout.samplesPerPixel, layout.isSigned};
    for (std::size_t frame = 0; frame < frames.size(); ++frame) {
        // Most films are one fragment: no copy.
        const auto whole = frames[frame].size() == 1 ? std::vector<std::byte>{} : joined(frames[frame]);
        const auto info = decodeJ2k(whole.empty() ? frames[frame].front() : Bytes(whole), expected,
                                    std::span(samples).subspan(frame * length, length));
        if (!info)
            return tl::unexpected(info.error());
        if (info->hasColourTransform && layout.samplesPerPixel == 3)
            film.photometric = Photometric::Rgb;
    }
    film.samples = std::move(samples);
    return {};
}

template <class Decode>
Result<void> withSampleType(const PixelLayout &layout, Decode &&decode)
{
    if (layout.bitsAllocated <= 8)
        return layout.isSigned ? decode(std::int8_t{}) : decode(std::uint8_t{});
    if (layout.bitsAllocated == 16)
        return layout.isSigned ? decode(std::int16_t{}) : decode(std::uint16_t{});
    return layout.isSigned ? decode(std::int32_t{}) : decode(std::uint32_t{});
}

} // namespace

Result<void> readEncapsulated(DcmDataset &dataSet, const PixelLayout &layout, const DicomMap &map,
                              Bytes bytes, Film &film)
{
    const E_TransferSyntax syntax = DcmXfer(map.transferSyntax.c_str()).getXfer();
    const Codec codec = codecOf(syntax, map.transferSyntax);
    if (codec == Codec::None)
        return fail(ErrorCode::FormatUnsupported, "transfer syntax " + map.transferSyntax.substr(0, 64));
    if (map.pixels.kind != PixelKind::Integer || layout.bitsAllocated == 1)
        return fail(ErrorCode::FormatUnsupported, "compressed pixel data of one bit or of floats");
    // The other decoders make up what is missing; ours for RLE counts it.
    const auto frames = framesOf(map.pixels, bytes, static_cast<std::size_t>(layout.frames),
                                 codec == Codec::Rle && map.pixels.isMostlyThere);
    if (!frames)
        return tl::unexpected(frames.error());
    if (codec == Codec::Jpeg2000)
        return withSampleType(
            layout, [&](auto sample) { return decodeByOpenJpeg<decltype(sample)>(layout, *frames, film); });
    if (codec == Codec::Rle)
        return withSampleType(
            layout, [&](auto sample) { return decodeAllRle<decltype(sample)>(layout, *frames, film); });
    for (const Fragments &fragments : *frames) {
        const auto header = checkJpeg(joined(fragments), layout);
        if (!header)
            return tl::unexpected(header.error());
        if (codec == Codec::Jpeg)
            settleJpegColour(*header, film);
    }
    return withSampleType(layout, [&](auto sample) {
        return decodeByDcmtk<decltype(sample)>(dataSet, syntax, layout, *frames, film);
    });
}

} // namespace hilum
