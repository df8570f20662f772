// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/Picture.h"

#include "core/codec/TiffWriter.h"
#include "ui/bridge/Convert.h"
#include "ui/bridge/SaveFile.h"
#include "ui/shell/Export.h"
#include "ui/viewer/CornerTexts.h"
#include "ui/viewer/FilmPicture.h"
#include "ui/viewer/FilmView.h"
#include "ui/viewer/HeatColours.h"
#include "ui/viewer/ViewSample.h"

#include <QBuffer>
#include <QFileInfo>
#include <QFontInfo>
#include <QImageWriter>
#include <QPainter>
#include <QRgba64>

#include <algorithm>
#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

constexpr double readableHeight = 1000; // pixels of a picture on which text of the window's size is legible
constexpr int jpegQuality = 95;
constexpr int pngQuality = 75; // Qt's name for zlib's level 2: a tenth larger, three times faster

// The same view, so many times as large.
ViewTransform scaled(const ViewTransform &from, double factor)
{
    ViewTransform to = from;
    const QSizeF view = from.viewSize();
    const QSizeF size = (view * factor).toSize();
    const QPointF centre = from.toFilm({view.width() / 2, view.height() / 2});
    const QPointF middle(size.width() / 2, size.height() / 2);
    to.setView(size);
    to.setZoom(from.zoom() * factor, middle);
    to.panBy(middle - to.toScreen(centre));
    return to;
}

ViewTransform wholeFilm(const ViewTransform &view)
{
    const double aspect = view.pixelAspect();
    const double zoom = std::max(1.0, 1 / aspect);
    QSizeF size(std::round(view.filmSize().width() * zoom),
                std::round(view.filmSize().height() * zoom * aspect));
    if (view.quarterTurns() % 2 == 1)
        size.transpose();
    ViewTransform transform;
    transform.setView(size);
    transform.setFilm(view.filmSize(), aspect);
    if (view.isMirrored())
        transform.mirror();
    transform.turn(view.quarterTurns());
    transform.setZoom(zoom, {size.width() / 2, size.height() / 2});
    return transform;
}

// Code to grey, 0 to 65535, by the formulas of greyTable.
std::vector<std::uint16_t> grey16Table(const PictureJob &job)
{
    const DisplayFilm &film = *job.film;
    const bool turned = film.film->highIsBlack() != job.inverted;
    std::vector<std::uint16_t> table(static_cast<std::size_t>(film.highestCode) + 1);
    for (std::size_t code = 0; code < table.size(); ++code) {
        const double value = film.valueOf(static_cast<int>(code));
        if (film.codesAreStored && isPadding(*film.film, film.first + static_cast<double>(code)))
            continue;
        double part = 0;
        if (const auto *window = std::get_if<Window>(&job.voi)) {
            part = windowed(value, *window);
        } else {
            const auto &lookup = std::get<LookupTable>(job.voi);
            part = std::clamp(tableEntry(lookup, value) / (std::exp2(lookup.bits) - 1), 0.0, 1.0);
        }
        table[code] = static_cast<std::uint16_t>(std::lround((turned ? 1 - part : part) * 65535));
    }
    return table;
}

// Qt's own conversions between grey and 64 bits are off by some steps, so both are made here.
QImage filmImage16(const PictureJob &job, const ViewSample &sample)
{
    const auto table = grey16Table(job);
    QImage image(sample.place.size(), QImage::Format_RGBX64);
    for (int y = 0; y < image.height(); ++y)
        std::ranges::transform(sample.channels.front().row(y), reinterpret_cast<QRgba64 *>(image.scanLine(y)),
                               [&](std::uint16_t code) {
                                   const std::uint16_t grey = table[code];
                                   return QRgba64::fromRgba64(grey, grey, grey, 0xffff);
                               });
    return image;
}

QImage grey16Of(const QImage &image)
{
    QImage grey(image.size(), QImage::Format_Grayscale16);
    for (int y = 0; y < image.height(); ++y) {
        const auto *from = reinterpret_cast<const QRgba64 *>(image.constScanLine(y));
        auto *to = reinterpret_cast<std::uint16_t *>(grey.scanLine(y));
        std::transform(from, from + image.width(), to, [](QRgba64 pixel) { return pixel.red(); });
    }
    return grey;
}

void drawFilm(QPainter &painter, const PictureJob &job)
{
    const ViewSample sample = sampleView(*job.film, job.transform);
    if (sample.place.isEmpty())
        return;
    QImage film;
    if (job.sixteenBits && !job.film->isColour())
        film = filmImage16(job, sample);
    else
        paintSample(sample, greyTable(*job.film, job.voi, job.inverted), film);
    painter.drawImage(sample.place.topLeft(), film);
}

void drawMap(QPainter &painter, const PictureJob &job)
{
    const InputMap &seen = job.map->map;
    const QRectF square(seen.left, seen.top, seen.width, seen.height);
    painter.save();
    painter.setTransform(job.transform.toScreen(), true);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setOpacity(job.mapOpacity);
    painter.drawImage(square, heatLayer(*job.map, job.mapLook));
    painter.setOpacity(1);
    QPen pen(QColor(255, 255, 255, 110), job.unit, Qt::DashLine);
    pen.setCosmetic(true);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(square);
    painter.restore();
}

QFont fontOf(const PictureJob &job, double scale)
{
    QFont font = job.font;
    font.setPixelSize(
        std::max(1, static_cast<int>(std::lround(QFontInfo(job.font).pixelSize() * job.unit * scale))));
    return font;
}

QSize viewSizeOf(const PictureJob &job) { return job.transform.viewSize().toSize(); }

Error asError(const QString &path, const QString &reason)
{
    return {ErrorCode::FileUnreadable,
            (QFileInfo(path).fileName() + QStringLiteral(": ") + reason).toStdString()};
}

} // namespace

PictureJob pictureJob(const FilmView &view, const PictureOptions &options)
{
    PictureJob job;
    job.film = view.film();
    job.voi = view.voi();
    job.inverted = view.isInverted();
    job.font = view.font();
    job.fileOverlays = options.fileOverlays && !view.film()->overlays.empty();
    job.cornerTexts = options.cornerTexts;
    job.notice = view.notice();
    if (options.wholeFilm) {
        job.transform = wholeFilm(view.transform());
        job.unit = std::max(1.0,
                            std::min(job.transform.viewSize().width(), job.transform.viewSize().height())
                                / readableHeight);
        job.sixteenBits
            = options.sixteenBits && options.format != PictureFormat::Jpeg && !view.film()->isColour();
    } else {
        job.transform = view.transform().snapped();
        job.unit = view.devicePixelRatioF();
    }
    job.zoom = job.transform.zoom();
    return job;
}

PictureJob reduced(PictureJob job, int side)
{
    const QSizeF size = job.transform.viewSize();
    const double factor = std::min(1.0, side / std::max(size.width(), size.height()));
    if (factor < 1) {
        job.transform = scaled(job.transform, factor);
        job.unit *= factor;
        job.sixteenBits = false;
    }
    return job;
}

QSize pictureSize(const PictureJob &job)
{
    const QSize size = viewSizeOf(job);
    return size + QSize(0, stampHeight(size.width(), job.stamp, fontOf(job, 1), job.unit));
}

QImage makePicture(const PictureJob &job)
{
    const QSize size = viewSizeOf(job);
    QImage image(pictureSize(job), job.sixteenBits ? QImage::Format_RGBX64 : QImage::Format_RGB32);
    image.fill(Qt::black);
    QPainter painter(&image);
    painter.setClipRect(QRect(QPoint(0, 0), size));
    drawFilm(painter, job);
    if (job.fileOverlays)
        drawFileOverlays(painter, *job.film, job.transform);
    if (job.map)
        drawMap(painter, job);
    const double margin = 6 * job.unit;
    paintMarks(painter,
               {job.transform, QRectF(QPointF(0, 0), QSizeF(size)).adjusted(margin, margin, -margin, -margin),
                job.unit, job.font, job.cornerTexts},
               job.marks);
    if (job.cornerTexts || !job.notice.isEmpty()) {
        CornerTexts texts;
        if (job.cornerTexts)
            texts = cornerTexts(*job.film, job.voi, job.inverted, job.zoom);
        texts.notice = job.notice;
        painter.setFont(fontOf(job, 0.9));
        const int inset = static_cast<int>(std::lround(8 * job.unit));
        drawCornerTexts(painter, QRect(QPoint(0, 0), size).adjusted(inset, inset, -inset, -inset), texts);
    }
    painter.setClipping(false);
    drawStamp(painter, QRect(0, size.height(), size.width(), image.height() - size.height()), job.stamp,
              fontOf(job, 1), job.unit);
    painter.end();
    if (job.sixteenBits)
        return job.map || job.fileOverlays || !job.marks.empty() ? image : grey16Of(image);
    return image.allGray() ? image.convertToFormat(QImage::Format_Grayscale8) : image;
}

Result<QByteArray> encoded(const QImage &picture, PictureFormat format, const QString &stamp)
{
    if (format == PictureFormat::Tiff) {
        const bool deep = picture.depth() == 64 || picture.format() == QImage::Format_Grayscale16;
        QImage plain = picture;
        int channels = 1;
        if (!picture.isGrayscale() && picture.format() != QImage::Format_Grayscale16) {
            channels = 3;
            plain = picture.convertToFormat(QImage::Format_RGB888);
        }
        const int bits = deep && channels == 1 ? 16 : 8;
        // ASCII is all that the field may hold.
        const auto bytes
            = tiffBytes({plain.constBits(), plain.width(), plain.height(),
                         static_cast<std::size_t>(plain.bytesPerLine()), channels, bits,
                         QString(stamp).replace(QChar(0x00b7), QLatin1Char('-')).toLatin1().toStdString()});
        if (!bytes)
            return tl::unexpected(bytes.error());
        return QByteArray(reinterpret_cast<const char *>(bytes->data()),
                          static_cast<qsizetype>(bytes->size()));
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, format == PictureFormat::Png ? "png" : "jpeg");
    writer.setQuality(format == PictureFormat::Png ? pngQuality : jpegQuality);
    writer.setText(QStringLiteral("Description"), stamp);
    if (!writer.write(picture))
        return fail(ErrorCode::Internal, writer.errorString().toStdString());
    return bytes;
}

Result<void> writeWhole(const QString &path, const QByteArray &bytes)
{
    const QString why = saveFile(path, bytes);
    if (!why.isEmpty())
        return tl::unexpected(asError(path, why));
    return {};
}

QString suffixOf(PictureFormat format)
{
    return format == PictureFormat::Png ? QStringLiteral("png")
        : format == PictureFormat::Jpeg ? QStringLiteral("jpg")
                                        : QStringLiteral("tiff");
}

QString formatName(PictureFormat format)
{
    return format == PictureFormat::Png ? QStringLiteral("PNG")
        : format == PictureFormat::Jpeg ? QStringLiteral("JPEG")
                                        : QStringLiteral("TIFF");
}

QString suggestedName(const QString &filmFile, const PictureOptions &options, bool hasMarks)
{
    const QFileInfo file(filmFile);
    const bool isSuffix = QStringList{"dcm", "dicom", "png", "jpg", "jpeg"}.contains(file.suffix().toLower());
    QString name = isSuffix ? file.completeBaseName() : file.fileName();
    name += options.wholeFilm ? QStringLiteral("-film") : QStringLiteral("-view");
    if (options.marks && hasMarks)
        name += QStringLiteral("-marks");
    return name + QLatin1Char('.') + suffixOf(options.format);
}

} // namespace hilum::ui
