// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// LabCommands: opens the shortcut laboratory of the film at hand.
//
// Errors:  none; each is said in the laboratory.
#pragma once

#include "ui/plots/PlotTheme.h"

#include <QObject>

#include <memory>

class QWidget;

namespace hilum::ui {

class Actions;
class LabWindow;
class Lanes;
class LungMasks;
class NetworkService;
class ReadingSession;

class LabCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Lanes &lanes;
        LungMasks &lungs;
        ReadingSession &readings;
        std::shared_ptr<NetworkService> networks;
        Actions &actions;
    };

    LabCommands(Parts parts, QWidget *window);
    ~LabCommands() override;

    void setTheme(const PlotTheme &theme);
    LabWindow &open();

private:
    Parts m_parts;
    QWidget *m_window;
    LabWindow *m_lab = nullptr;
    PlotTheme m_theme;
};

} // namespace hilum::ui
