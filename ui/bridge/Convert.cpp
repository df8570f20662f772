// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/bridge/Convert.h"

#include <QFile>

#include <cstring>

namespace hilum::ui {

QImage toImage(const GreyImage &grey)
{
    QImage image(grey.width(), grey.height(), QImage::Format_Grayscale8);
    for (int y = 0; y < grey.height(); ++y)
        std::memcpy(image.scanLine(y), grey.row(y).data(), static_cast<std::size_t>(grey.width()));
    return image;
}

QImage toImage(const RgbImage &rgb)
{
    QImage image(rgb.width(), rgb.height(), QImage::Format_RGB888);
    for (int y = 0; y < rgb.height(); ++y)
        std::memcpy(image.scanLine(y), rgb.row(y).data(), static_cast<std::size_t>(rgb.width()) * 3);
    return image;
}

QString toText(const std::string &utf8) { return QString::fromStdString(utf8); }

std::filesystem::path toPath(const QString &path)
{
    return std::filesystem::path(QFile::encodeName(path).toStdString());
}

QString toText(const std::filesystem::path &path)
{
    return QFile::decodeName(QByteArray::fromStdString(path.string()));
}

} // namespace hilum::ui
