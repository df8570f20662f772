// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PanelCommands: showing and hiding the parts of the window, the evaluation tabs, help and the palette.
//
// Errors:  none.
#pragma once

#include <QObject>

class QDockWidget;
class QMainWindow;
class QMenu;
class QSplitter;

namespace hilum::ui {

class Actions;
class EvaluationTabs;
class Keymap;

class PanelCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Actions &actions;
        Keymap &keymap;
        EvaluationTabs &evaluation;
        QSplitter &middle;
        QDockWidget &strip;
        QDockWidget &side;
        QMenu &presets;
    };

    PanelCommands(Parts parts, QMainWindow *window);

private:
    void connectPanels();
    void connectHelp();
    void showHelp();
    void showKeyboard();

    Parts m_parts;
    QMainWindow *m_window;
};

} // namespace hilum::ui
