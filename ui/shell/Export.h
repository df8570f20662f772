// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// stamped: a picture with a line below it that says what it is and what it is not for.
//
// Errors:  none.
// Threads: UI thread (fonts).
#pragma once

#include <QImage>
#include <QString>

namespace hilum::ui {

class ReadingSession;

// "Hilum 0.1.0 · Grad-CAM for COVID-19 by vgg16 2026-11-20 · For education, not for diagnosis"; no file
// name and nothing of the patient.
[[nodiscard]] QString stampText(const ReadingSession &readings);

[[nodiscard]] QImage stamped(const QImage &picture, const QString &stamp);

} // namespace hilum::ui
