// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// readFilm: a file on disk becomes a Film; the kind is found by content, never by extension.
//
// Errors:  FileUnreadable, FormatUnsupported, Directory, NoPixelData, DataCorrupt, LimitExceeded;
//          the detail names the file, what was expected and what was found.
// Threads: any; calls are independent. Damaged films can crash the libraries beneath, so the
//          window calls it only inside the helper process (DecodeClient.h).
// Source:  DICOM PS3.5 and PS3.10 through DCMTK and OpenJPEG; PNG through libpng, JPEG through
//          libjpeg-turbo.
#pragma once

#include "core/base/Result.h"
#include "core/codec/MappedFile.h"
#include "core/film/Film.h"

#include <filesystem>

namespace hilum {

// Loads what the first DICOM film would wait for (the data dictionary, some tens of milliseconds), and
// what any later one may need from the disk (converters of character sets).
void prepareReaders();

// The film that a file of these bytes holds; `file` stays empty, the error names no file.
[[nodiscard]] Result<Film> readFilmBytes(Bytes bytes);

[[nodiscard]] Result<FilmPtr> readFilm(const std::filesystem::path &file);

} // namespace hilum
