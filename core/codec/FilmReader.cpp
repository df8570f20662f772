// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/FilmReader.h"

#include "core/codec/DicomReader.h"
#include "core/codec/Guarded.h"
#include "core/codec/MappedFile.h"
#include "core/codec/RasterReader.h"
#include "core/codec/Sniff.h"

namespace hilum {

namespace {

Result<Film> readAny(Bytes bytes)
{
    const Sniffed sniffed = sniff(bytes);
    switch (sniffed.kind) {
    case FileKind::Dicom:
        return readDicom(bytes);
    case FileKind::Png:
        return readPng(bytes);
    case FileKind::Jpeg:
        return readJpeg(bytes);
    case FileKind::Unknown:
        break;
    }
    return fail(ErrorCode::FormatUnsupported,
                "expected a DICOM, PNG or JPEG file, found " + std::string(sniffed.looksLike));
}

} // namespace

void prepareReaders()
{
    static_cast<void>(isDicomReady());
    loadCharacterSets();
}

Result<Film> readFilmBytes(Bytes bytes)
{
    return guarded([&] { return readAny(bytes); });
}

Result<FilmPtr> readFilm(const std::filesystem::path &file)
{
    const auto mapped = MappedFile::open(file);
    if (!mapped)
        return tl::unexpected(mapped.error());
    auto film = readFilmBytes(mapped->bytes());
    if (!film)
        return fail(film.error().code, pathText(file) + ": " + film.error().detail);
    film->file = pathText(file);
    return std::make_shared<const Film>(std::move(*film));
}

} // namespace hilum
