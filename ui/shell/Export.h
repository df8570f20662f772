// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Export: the line below every picture that leaves the window: what it is and what it is not for.
//
// Units:   `unit` is how many pixels of the picture a logical pixel of the window takes.
// Errors:  none; a narrow picture gets as many lines as it takes.
// Threads: the words on the UI thread; measuring and drawing anywhere.
#pragma once

#include "core/explain/ActivationMap.h"

#include <QFont>
#include <QRect>
#include <QString>

#include <optional>

class QPainter;

namespace hilum::ui {

class ReadingSession;

// "Hilum 0.1.0 · Grad-CAM at block5 for COVID-19 by vgg16 2026-11-20, weights 0123456789ab · For education,
// not for diagnosis"; no file name and nothing of the patient. The network only where its map is in the
// picture. `map`: the one that the picture shows, if any.
[[nodiscard]] QString stampText(const ReadingSession &readings, const std::optional<ActivationMap> &map);

[[nodiscard]] int stampHeight(int width, const QString &stamp, const QFont &font, double unit);
void drawStamp(QPainter &painter, const QRect &area, const QString &stamp, const QFont &font, double unit);

} // namespace hilum::ui
