// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What MarkLayer changes without the mouse, each one step of the history.

#include "ui/marks/MarkLayer.h"

#include "ui/marks/History.h"
#include "ui/marks/MarkText.h"

namespace hilum::ui {

void MarkLayer::remove(int film, int id)
{
    const FilmMarks before = m_store.marks(film);
    const Mark *mark = before.find(id);
    if (!mark)
        return;
    FilmMarks after = before;
    std::erase_if(after.marks, [id](const Mark &one) { return one.id == id; });
    m_history.changeMarks(film, before, after, tr("removing %1").arg(markName(*mark)));
}

void MarkLayer::clear(int film)
{
    const FilmMarks before = m_store.marks(film);
    FilmMarks after = before;
    after.marks.clear();
    m_history.changeMarks(film, before, after, tr("removing all marks"));
}

void MarkLayer::setText(int film, int id, const QString &text)
{
    const FilmMarks before = m_store.marks(film);
    FilmMarks after = before;
    if (Mark *mark = after.find(id)) {
        mark->text = text;
        m_history.changeMarks(film, before, after, tr("the text of %1").arg(markName(*mark)));
    }
}

void MarkLayer::resetLabel(int film, int id)
{
    const FilmMarks before = m_store.marks(film);
    FilmMarks after = before;
    if (Mark *mark = after.find(id)) {
        mark->labelOffset.reset();
        m_history.changeMarks(film, before, after, tr("moving the label of %1").arg(markName(*mark)));
    }
}

void MarkLayer::calibrate(int film, int id, const Film &source, double millimetres)
{
    const FilmMarks before = m_store.marks(film);
    const Mark *mark = before.find(id);
    if (!mark || mark->kind != MarkKind::Length || isEmpty(*mark) || !(millimetres > 0))
        return;
    FilmMarks after = before;
    after.byHand = calibrated(m_store.scale(film, source), toPoint(mark->points[0]), toPoint(mark->points[1]),
                              millimetres);
    m_history.changeMarks(film, before, after, tr("calibration"));
}

void MarkLayer::forgetCalibration(int film)
{
    const FilmMarks before = m_store.marks(film);
    FilmMarks after = before;
    after.byHand.reset();
    m_history.changeMarks(film, before, after, tr("forgetting the calibration"));
}

} // namespace hilum::ui
