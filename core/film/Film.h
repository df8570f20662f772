// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Film: one decoded radiograph, immutable once read: the stored samples as they came, and all
// that turns them into modality values and into what a screen shows.
//
// Shape:   samples are frames x rows x columns x samplesPerPixel, interleaved, top row first,
//          already turned as EXIF asks.
// Units:   stored values, before the modality transform; PALETTE COLOR keeps its indices,
//          YBR keeps its stored YBR. Spacing in millimetres per pixel, absent when unknown.
// Threads: shared freely as FilmPtr; nothing here changes after construction.
// Source:  DICOM PS3.3 C.7.6.3 (image pixel), C.11.1 (modality LUT), C.11.2 (VOI LUT),
//          C.9.2 (overlays).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace hilum {

enum class FilmFormat { Dicom, Png, Jpeg };

// How stored samples mean grey or colour. YbrFull is also what lossy JPEG stores when the decoder
// was asked to leave colour alone; Rgb is what PNG, JPEG and the JPEG 2000 transforms give.
enum class Photometric { Monochrome1, Monochrome2, Rgb, YbrFull, PaletteColor };

using StoredSamples
    = std::variant<std::vector<std::uint8_t>, std::vector<std::int8_t>, std::vector<std::uint16_t>,
                   std::vector<std::int16_t>, std::vector<std::uint32_t>, std::vector<std::int32_t>,
                   std::vector<float>, std::vector<double>>;

// A table from input value to output value: entry 0 is for `firstInput` and everything below,
// the last entry for everything above.
struct LookupTable {
    double firstInput = 0;
    int bits = 16; // of the entries; full scale is 2^bits - 1
    std::vector<std::uint16_t> entries;
    std::string explanation;
};

// Stored value to modality value: the table where there is one, else value * slope + intercept.
struct ModalityTransform {
    double slope = 1;
    double intercept = 0;
    std::optional<LookupTable> table;

    bool isIdentity() const { return slope == 1 && intercept == 0 && !table; }
};

enum class VoiFunction { Linear, LinearExact, Sigmoid };

// A window that the film itself proposes, in modality values.
struct VoiWindow {
    double centre = 0;
    double width = 1;
    VoiFunction function = VoiFunction::Linear;
    std::string explanation;
};

enum class PresentationShape { Identity, Inverse };

// Stored values from low to high (both included) are padding, not picture.
struct PixelPadding {
    double low = 0;
    double high = 0;
};

enum class SpacingSource { PixelSpacing, ImagerPixelSpacing, NominalScanned, ImageFile };

// Pixel Spacing Calibration Type: by an assumed depth, or by an object of known size.
enum class SpacingCalibration { NotSaid, Geometry, Fiducial };

struct SpacingMm {
    double row = 0; // between rows, down the film
    double column = 0; // between columns, across the film
    SpacingSource source = SpacingSource::PixelSpacing;
    double magnification = 1; // estimated radiographic magnification factor, 1 when not given
    SpacingCalibration calibration = SpacingCalibration::NotSaid;
    bool repeatsImager = false; // Pixel Spacing that is the same as Imager Pixel Spacing
};

struct PaletteTables {
    LookupTable red;
    LookupTable green;
    LookupTable blue;
};

struct FilmTag {
    std::string tag; // "0010,0010"; empty for what is no DICOM attribute
    std::string vr; // "PN"
    std::string name; // "PatientName"
    std::string value;
    int depth = 0; // nesting inside sequences
};

// A bitmap that the file lays over its picture (repeating groups 60xx): text, arrows, a region.
struct OverlayPlane {
    int group = 0x6000; // 0x6000 to 0x601E, even
    int columns = 0;
    int rows = 0;
    int left = 0; // of its first pixel, in film pixels counted from 0; may lie outside the film
    int top = 0;
    int firstFrame = 0; // shown on `frames` frames of the film from here on
    int frames = 1;
    bool isRegion = false; // Overlay Type R: a region of interest; else graphics
    std::string label;
    std::vector<std::uint8_t> bits; // frames x rows x columns, 0 or 1
};

struct Film {
    std::string file; // as the caller named it, UTF-8
    FilmFormat format = FilmFormat::Dicom;
    int columns = 0;
    int rows = 0;
    int frames = 1;
    int samplesPerPixel = 1; // 1 or 3
    StoredSamples samples;
    int bitsStored = 8;
    bool isSigned = false;
    Photometric photometric = Photometric::Monochrome2;
    std::string photometricText; // as the file says it: "MONOCHROME1", "YBR_FULL_422"
    std::string transferSyntax; // UID; empty for PNG and JPEG
    std::string modality; // "CR", "DX"; empty when unknown

    ModalityTransform modalityTransform;
    std::vector<VoiWindow> windows;
    std::vector<LookupTable> voiTables;
    std::optional<PresentationShape> presentation;
    std::optional<PaletteTables> palette;
    std::optional<PixelPadding> padding;
    std::optional<SpacingMm> spacing;
    double pixelAspect = 1; // height of a pixel over its width
    std::vector<OverlayPlane> overlays;
    double frameTimeMs = 0; // between two frames of a cine; 0 when the file doesn't say

    std::vector<FilmTag> tags;
    std::vector<std::string> notices; // what the reader had to assume or leave out, one sentence each

    std::size_t pixelsPerFrame() const
    {
        return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
    }
    bool isColour() const { return samplesPerPixel == 3 || photometric == Photometric::PaletteColor; }
    // Presentation LUT Shape, where the file gives one, restates the polarity that the photometric
    // interpretation implies; they are one inversion, never two (PS3.3 C.11.6.1.2).
    bool highIsBlack() const { return photometric == Photometric::Monochrome1; }
};

using FilmPtr = std::shared_ptr<const Film>;

} // namespace hilum
