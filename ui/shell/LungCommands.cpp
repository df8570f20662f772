// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/LungCommands.h"

#include "ui/marks/MarkStore.h"
#include "ui/predict/TrustPanel.h"
#include "ui/session/LungMasks.h"
#include "ui/shell/Settings.h"

#include <QFileDialog>

namespace hilum::ui {

namespace {

constexpr int firstFrame = 0; // as networks read

LungMasks::Mask drawnOn(const FilmMarks &marks, const Film &film)
{
    std::shared_ptr<Plane<std::uint8_t>> mask;
    for (const Mark &mark : marks.marks) {
        if (!isRegion(mark.kind) || isEmpty(mark) || mark.frame != firstFrame)
            continue;
        if (!mask)
            mask = std::make_shared<Plane<std::uint8_t>>(film.columns, film.rows);
        fill(*mask, regionOf(mark));
    }
    return mask;
}

} // namespace

LungCommands::LungCommands(Parts parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
    parts.lungs.setDrawnSource(
        [&marks = parts.marks](int filmId, const Film &film) { return drawnOn(marks.marks(filmId), film); });
    connect(&parts.marks, &MarkStore::changed, &parts.lungs, &LungMasks::drawnChanged);
    connect(&parts.panel, &TrustPanel::lungsWanted, this, &LungCommands::ask);
}

void LungCommands::ask()
{
    const QString path = QFileDialog::getOpenFileName(
        m_window, tr("Choose a picture of the lungs"), m_parts.settings.lastFolder(),
        tr("White lungs on black (*.png *.jpg *.jpeg *.dcm);;All files (*)"));
    if (!path.isEmpty())
        m_parts.lungs.choose(path);
}

} // namespace hilum::ui
