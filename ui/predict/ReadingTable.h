// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ReadingTable: a bar for each class and network; a click on a class chooses it for the whole window.
//
// It makes itself anew when networks come or go; whoever owns it shows the readings again then.
//
// Errors:  none; what was not read has an empty bar.
// Threads: UI thread only.
#pragma once

#include "core/gate/Band.h"
#include "core/nn/Prediction.h"

#include <QWidget>

#include <vector>

class QToolButton;

namespace hilum::ui {

class ProbabilityBar;
class ReadingSession;

class ReadingTable : public QWidget {
    Q_OBJECT

public:
    // `tip`: what a click on a class does, its title as %1.
    ReadingTable(ReadingSession &session, const QString &tip, QWidget *parent = nullptr);

    // Null: not read, or not to be shown. `bands` in the card's order; may be empty.
    void showReading(int network, const Prediction *prediction, const Bands &bands);

private:
    void rebuild();
    void showSelection();

    ReadingSession &m_session;
    QString m_tip;
    QWidget *m_cells = nullptr;
    std::vector<std::vector<ProbabilityBar *>> m_bars; // [network][class]
    std::vector<QToolButton *> m_classes;
};

} // namespace hilum::ui
