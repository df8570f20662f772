// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/FilmPicture.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

constexpr QRgb overlayColour = qRgb(255, 214, 64);

// Coverage is drawn as its root: a line one pixel wide stays legible on a film shown at a tenth.
int opacity(std::uint16_t coverage)
{
    return coverage == 0 ? 0 : static_cast<int>(std::lround(std::sqrt(coverage / 65535.0) * 255));
}

void layOver(QImage &image, const Plane<std::uint16_t> &coverage)
{
    for (int y = 0; y < image.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        const auto row = coverage.row(y);
        for (std::size_t x = 0; x < row.size(); ++x) {
            const int over = opacity(row[x]);
            if (over == 0)
                continue;
            const auto mixed
                = [&](int below, int above) { return (below * (255 - over) + above * over) / 255; };
            line[x] = qRgb(mixed(qRed(line[x]), qRed(overlayColour)),
                           mixed(qGreen(line[x]), qGreen(overlayColour)),
                           mixed(qBlue(line[x]), qBlue(overlayColour)));
        }
    }
}

} // namespace

void FilmPicture::setFilm(DisplayFilmPtr film)
{
    m_film = std::move(film);
    m_at.reset();
    m_greys.clear();
    m_sample = {};
    m_overlay = {};
    if (!m_film)
        m_image = {};
}

void FilmPicture::setVoi(const Voi &voi, bool inverted)
{
    const auto *before = std::get_if<Window>(&m_voi);
    const auto *after = std::get_if<Window>(&voi);
    if (before && after && *before == *after && m_inverted == inverted)
        return;
    m_voi = voi;
    m_inverted = inverted;
    m_greys.clear();
}

void FilmPicture::setFileOverlays(bool shown)
{
    m_overlaysShown = shown;
    m_looked = false;
}

const std::vector<std::uint8_t> &FilmPicture::greys()
{
    if (m_greys.empty()) {
        m_greys = greyTable(*m_film, m_voi, m_inverted);
        m_looked = false;
    }
    return m_greys;
}

const QImage &FilmPicture::image(const ViewTransform &transform, QRect part)
{
    if (!m_at || *m_at != transform || m_part != part) {
        sampleLevels(m_film->levels, transform, part, m_sample);
        if (!m_film->overlays.empty())
            sampleLevels(m_film->overlays, transform, part, m_overlay);
        m_at = transform;
        m_part = part;
        m_looked = false;
    }
    greys();
    if (!std::exchange(m_looked, true))
        look();
    return m_image;
}

void FilmPicture::look()
{
    if (m_sample.place.isEmpty()) {
        m_image = {};
        return;
    }
    paintSample(m_sample, m_greys, m_image);
    if (m_overlaysShown && !m_film->overlays.empty())
        layOver(m_image, m_overlay.channels.front());
}

void drawFileOverlays(QPainter &painter, const DisplayFilm &film, const ViewTransform &transform)
{
    if (film.overlays.empty())
        return;
    ViewSample coverage;
    sampleLevels(film.overlays, transform, QRect(QPoint(0, 0), transform.viewSize().toSize()), coverage);
    if (coverage.place.isEmpty())
        return;
    QImage image(coverage.place.size(), QImage::Format_ARGB32);
    for (int y = 0; y < image.height(); ++y)
        std::ranges::transform(coverage.channels.front().row(y), reinterpret_cast<QRgb *>(image.scanLine(y)),
                               [](std::uint16_t covered) {
                                   return qRgba(qRed(overlayColour), qGreen(overlayColour),
                                                qBlue(overlayColour), opacity(covered));
                               });
    painter.drawImage(coverage.place.topLeft(), image);
}

} // namespace hilum::ui
