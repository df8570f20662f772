// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// sampleView: what of a film stands under each pixel of a view, before any window.
//
// Reduced films are averaged by area (from the nearest halved level above), enlarged ones are
// interpolated linearly up to 400 % and shown as the pixels they are beyond.
//
// Shape:   channels are as large as `place`, in screen orientation.
// Units:   codes of the DisplayFilm; place in device pixels of the view.
// Errors:  none; an empty place when no film pixel is in view.
// Threads: pure functions; about 2 ns per screen pixel and channel.
#pragma once

#include "ui/bridge/DisplayFilm.h"
#include "ui/viewer/ViewTransform.h"

#include <QRect>

namespace hilum::ui {

struct ViewSample {
    QRect place;
    std::vector<Plane<std::uint16_t>> channels;
};

[[nodiscard]] ViewSample sampleView(const DisplayFilm &film, const ViewTransform &transform);

// Of any pyramid as large as the film of `transform`, only what stands in `part`, a rectangle in device
// pixels of the view. Memory that `sample` has is used again: fresh pages cost as much as the samples.
void sampleLevels(const CodeLevels &levels, const ViewTransform &transform, QRect part, ViewSample &sample);

// The sample through a table of greys, into `image` (RGB32), which is kept when its size fits.
void paintSample(const ViewSample &sample, const std::vector<std::uint8_t> &table, QImage &image);

} // namespace hilum::ui
