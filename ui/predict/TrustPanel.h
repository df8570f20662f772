// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TrustPanel: how far to trust the map on the screen: one sentence, the curves behind it, and every figure
// beside that of the maps which know nothing.
//
// Errors:  a measurement that failed says why.
#pragma once

#include "ui/plots/PlotTheme.h"
#include "ui/session/TrustSession.h"

#include <QWidget>

class QComboBox;
class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;

namespace hilum::ui {

class HidingPlot;
class LungMasks;
class LungRow;

class TrustPanel : public QWidget {
    Q_OBJECT

public:
    TrustPanel(ReadingSession &readings, MapSession &maps, TrustSession &trust, LungMasks &lungs,
               QWidget *parent = nullptr);

    void setTheme(const PlotTheme &theme);

Q_SIGNALS:
    void saveFailed(const QString &sentence); // of the plot
    void lungsWanted(); // a picture of them is to be chosen

private:
    void makeTable(QGridLayout &grid);
    void showAll();
    void showProgress();
    void showCurves(const MapQuality &quality);
    void showTable(const MapQuality &quality);
    void showFacts(const MapQuality &quality);
    void showLungs();
    QString invitation() const;

    ReadingSession &m_readings;
    MapSession &m_maps;
    TrustSession &m_trust;
    LungMasks &m_lungs;
    QLabel *m_what;
    QProgressBar *m_progress;
    QPushButton *m_word; // measure, or stop
    QLabel *m_verdict;
    QWidget *m_findings; // all that follows
    QComboBox *m_test;
    QComboBox *m_filling;
    HidingPlot *m_plot;
    QLabel *m_cells[4][3]; // deletion, insertion, difference, in the lungs; by map, random, edges
    QLabel *m_inLungs; // the last row's name
    QLabel *m_facts;
    LungRow *m_lungRow;
};

} // namespace hilum::ui
