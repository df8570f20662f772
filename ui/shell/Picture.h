// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Picture: what the window shows of a film, or the whole film, as a picture for a file or the clipboard.
//
// A PictureJob holds values only, so that a film of 15 million pixels is composed and encoded on a lane.
// Every picture has a line below it that says what it is and what it is not for; nothing of the patient gets
// into it: corner texts, marks and stamp know no tags.
//
// Shape:   View: as large as the view, in device pixels; Film: every film pixel at least once, turned as on
// the
//          screen, pixels that are not square drawn as they are seen; plus the line below.
// Units:   8 bits a sample; 16 for grey films where asked: black 0, white 65535.
// Errors:  FileUnreadable with the file and the system's own reason.
// Threads: pure functions, on any lane.
#pragma once

#include "core/base/Result.h"
#include "core/explain/ActivationMap.h"
#include "ui/bridge/DisplayFilm.h"
#include "ui/marks/MarkPainter.h"
#include "ui/session/MapLook.h"
#include "ui/viewer/ViewTransform.h"

#include <QByteArray>
#include <QFont>
#include <QImage>
#include <QString>

#include <optional>
#include <vector>

namespace hilum::ui {

class FilmView;

enum class PictureFormat { Png, Jpeg, Tiff };

struct PictureOptions {
    bool wholeFilm = false; // else the view
    PictureFormat format = PictureFormat::Png;
    bool marks = true;
    bool map = true;
    bool fileOverlays = true;
    bool cornerTexts = true;
    bool sixteenBits = false; // whole film, grey, PNG or TIFF

    bool operator==(const PictureOptions &) const = default;
};

struct PictureJob {
    DisplayFilmPtr film;
    Voi voi;
    bool inverted = false;
    ViewTransform transform; // its view is as large as the picture
    double zoom = 1; // as the corner texts say it
    double unit = 1; // pixels of the picture to a logical pixel: what lines and text are drawn by
    QFont font;
    std::vector<PaintedMark> marks;
    std::optional<ActivationMap> map;
    double mapOpacity = 1;
    MapLook mapLook;
    bool fileOverlays = true;
    bool cornerTexts = true;
    QString notice; // in the upper right corner, with or without the other texts
    bool sixteenBits = false;
    QString stamp;
};

// The view's transform, or one that shows the whole film at full resolution, turned alike.
[[nodiscard]] PictureJob pictureJob(const FilmView &view, const PictureOptions &options);
// The same with at most `side` pixels in its longer direction.
[[nodiscard]] PictureJob reduced(PictureJob job, int side);

[[nodiscard]] QSize pictureSize(const PictureJob &job); // with the line below
[[nodiscard]] QImage makePicture(const PictureJob &job);

[[nodiscard]] Result<QByteArray> encoded(const QImage &picture, PictureFormat format, const QString &stamp);
// All of it or nothing: what was there before stays until the last byte is written.
[[nodiscard]] Result<void> writeWhole(const QString &path, const QByteArray &bytes);

[[nodiscard]] QString suffixOf(PictureFormat format); // "png"
[[nodiscard]] QString formatName(PictureFormat format); // "PNG"
// "chest-view.png", "chest-film-marks.tiff": from the film's own file name and what the picture is.
[[nodiscard]] QString suggestedName(const QString &filmFile, const PictureOptions &options, bool hasMarks);

} // namespace hilum::ui
