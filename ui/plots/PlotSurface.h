// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PlotSurface: what every plot of this room can do besides being looked at: take a theme, be
// copied, and be saved as a picture or as numbers.
//
// A saved picture carries the plot's title above and, below, where its numbers come from and
// "For education, not for diagnosis".
//
// Units:   picture sizes in logical pixels; PNG is written at twice that.
// Errors:  the export functions return false when the file can't be written; saving from the
//          context menu then emits saveFailed with a sentence for the user.
// Threads: UI thread only.
#pragma once

#include "ui/plots/PlotTheme.h"

#include <QWidget>

namespace hilum::ui {

class PlotSurface : public QWidget {
    Q_OBJECT

public:
    explicit PlotSurface(QWidget *parent = nullptr);

    const PlotTheme &theme() const { return m_theme; }
    void setTheme(const PlotTheme &theme);

    // Model id and version, or whatever the numbers stem from; stands in the stamp.
    void setProvenance(const QString &provenance) { m_provenance = provenance; }

    virtual QString title() const = 0;
    // The plot's numbers, with a header row, '.' as decimal mark and every digit.
    virtual QString csv() const = 0;

    // Copies the stamped picture and, as text, the numbers.
    void copy();
    bool exportPng(const QString &path);
    bool exportSvg(const QString &path);
    bool exportPdf(const QString &path);
    bool exportCsv(const QString &path);

Q_SIGNALS:
    void saveFailed(const QString &sentence);

protected:
    // Paints the plot without its title into (0, 0)-(size): no marker, no focus frame.
    virtual void paintPlot(QPainter &painter, QSize size) = 0;
    virtual void themeChanged() = 0;

    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    QSize pictureSize() const;
    void paintPicture(QPainter &painter);
    void askAndSave(const QString &caption, const QString &suffix,
                    bool (PlotSurface::*save)(const QString &));

    PlotTheme m_theme;
    QString m_provenance;
};

} // namespace hilum::ui
