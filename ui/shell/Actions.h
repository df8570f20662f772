// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Actions: everything the window can do, with its words, icon and shortcut, made in one place.
//
// The menus, the tool bar, the action palette and the help sheet all draw from here.
//
// Errors:  none.
#pragma once

#include <QAction>
#include <QList>
#include <QObject>

class QActionGroup;

namespace hilum::ui {

class Actions : public QObject {
    Q_OBJECT

public:
    explicit Actions(QWidget *window); // adds them to the window, so that shortcuts work

    // File
    QAction *openFilms, *openFolder, *openSamples, *clearRecent, *closeFilm, *closeAll, *savePicture,
        *copyPicture, *quit;
    // View
    QAction *fit, *oneToOne, *zoomIn, *zoomOut, *turnLeft, *turnRight, *mirror, *cornerTexts, *filmStrip,
        *sidePanel, *projector, *lightTheme, *fullScreen;
    // Film
    QAction *nextFilm, *previousFilm, *invert, *reset;
    QActionGroup *tools;
    QAction *windowTool, *panTool, *zoomTool;
    // Networks
    QAction *overlay, *nextClass, *nextNetwork, *readAgain;
    QActionGroup *devices;
    QAction *deviceAuto, *deviceCpu, *deviceCuda;
    // Evaluate
    QAction *curves, *matrices, *evaluation;
    // Help
    QAction *help, *palette, *cancel, *about;

    QList<QAction *> all() const { return m_all; }

private:
    QAction *add(const QString &text, const QString &shortcut, const QString &hint,
                 const QString &iconName = {});
    QAction *toggle(const QString &text, const QString &shortcut, const QString &hint,
                    const QString &iconName = {});

    QWidget *m_window;
    QList<QAction *> m_all;
};

} // namespace hilum::ui
