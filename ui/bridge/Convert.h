// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Convert: core's pictures as Qt's, and core's text as Qt's.
//
// Threads: pure functions; QImage may be made on any lane.
#pragma once

#include "core/imaging/Render.h"

#include <QImage>
#include <QString>

#include <filesystem>
#include <string>

namespace hilum::ui {

[[nodiscard]] QImage toImage(const GreyImage &grey); // Format_Grayscale8
[[nodiscard]] QImage toImage(const RgbImage &rgb); // Format_RGB888

[[nodiscard]] QString toText(const std::string &utf8);
[[nodiscard]] std::filesystem::path toPath(const QString &path);
[[nodiscard]] QString toText(const std::filesystem::path &path);

} // namespace hilum::ui
