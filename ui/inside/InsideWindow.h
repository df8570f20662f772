// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// InsideWindow: the networks drawn side by side, and what a stage's channels make of the film.
//
// Errors:  what can't be read is said in words; a picture that can't be saved in said().
#pragma once

#include "ui/inside/InsideSession.h"

#include <QDialog>

class QLabel;
class QSpinBox;

namespace hilum::ui {

class ArchitectureView;
class CellView;
class ChannelGrid;

class InsideWindow : public QDialog {
    Q_OBJECT

public:
    InsideWindow(InsideSession &session, QWidget *parent);

    // The window's content, stamped.
    QImage picture();
    QString stamp() const;

Q_SIGNALS:
    void said(const QString &sentence);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *overview();
    QWidget *details();
    void showAnatomies();
    void showStage();
    void showCell();
    QString stageText() const;
    QString cellText() const;
    void save();

    InsideSession &m_session;
    QWidget *m_content;
    ArchitectureView *m_architectures;
    CellView *m_cells;
    ChannelGrid *m_strongest;
    ChannelGrid *m_filters;
    QLabel *m_filtersTitle;
    QLabel *m_fed;
    QLabel *m_stage;
    QLabel *m_cell;
    QSpinBox *m_channel;
    QString m_folder;
    const void *m_shownReading = nullptr; // whose tiles are drawn
};

} // namespace hilum::ui
