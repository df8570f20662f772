// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// StepPicture: a step as a picture that leaves the window: every pixel of it, what it is, and what it is not
// for.
//
// Shape:   the step at its own size, small ones enlarged by whole pixels; above it its title and numbers,
//          below it the sentence and the stamp.
// Errors:  those of prepare().
// Threads: any; linear in the film's pixels, for the large steps are made anew.
#pragma once

#include "ui/saw/Sawn.h"

#include <QFont>
#include <QImage>

namespace hilum::ui {

// "Hilum 0.1.0 · what vgg16 2026-11-20 saw, step 4 of 6, weights 0123456789ab · For education, not for
// diagnosis"; loud where it was fed what the view shows.
[[nodiscard]] QString stepStamp(const Sawn &sawn, int step);

[[nodiscard]] Result<QImage> stepExport(const Sawn &sawn, int step, const QFont &font);

} // namespace hilum::ui
