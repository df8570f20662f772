// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// LungCommands: where the lungs are: asks for a picture of them, and offers the regions drawn on the film.
//
// Errors:  none; a picture that is not taken is LungMasks' to tell.
#pragma once

#include <QObject>

class QWidget;

namespace hilum::ui {

class LungMasks;
class MarkStore;
class Settings;
class TrustPanel;

class LungCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Settings &settings;
        LungMasks &lungs;
        MarkStore &marks;
        TrustPanel &panel;
    };

    LungCommands(Parts parts, QWidget *window);

private:
    void ask();

    Parts m_parts;
    QWidget *m_window;
};

} // namespace hilum::ui
