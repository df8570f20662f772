// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Actions: everything the window can do, with its words, icon and shortcut, made in one place.
//
// The menus, the tool bar, the action palette, the help and the keyboard dialog all draw from here. An
// action's objectName is its name in the settings: it stays when words change.
//
// Errors:  none.
#pragma once

#include <QAction>
#include <QList>
#include <QObject>

#include <array>

class QActionGroup;

namespace hilum::ui {

class Actions : public QObject {
    Q_OBJECT

public:
    explicit Actions(QWidget *window); // adds them to the window, so that shortcuts work

    // File
    QAction *openFilms, *openFolder, *openSamples, *clearRecent, *closeFilm, *closeAll, *saveReport,
        *savePicture, *copyPicture, *quit;
    // Edit
    QAction *undo, *redo, *copyMark, *copyMarks, *calibrate, *deleteMark, *clearMarks;
    // View
    QAction *fit, *oneToOne, *zoomIn, *zoomOut, *turnLeft, *turnRight, *mirror, *flip, *cornerTexts,
        *filmStrip, *sidePanel, *projector, *lightTheme, *fullScreen;
    QActionGroup *layouts;
    QAction *oneView, *twoViews, *fourViews, *nextView, *linkZoomPan, *linkWindow, *linkCursor, *linkAll;
    // Film
    QAction *nextFilm, *previousFilm, *tags, *hideNames, *invert, *reset, *automaticWindow, *lens,
        *fileOverlays;
    QAction *previousFrame, *nextFrame, *firstFrame, *lastFrame, *playFrames;
    QActionGroup *tools;
    QAction *windowTool, *panTool, *zoomTool;
    QAction *lengthTool, *angleTool, *linesTool, *rectangleTool, *ellipseTool, *noteTool, *regionWindow,
        *showMarks;
    // Window: the digit keys; what they choose depends on the film
    std::array<QAction *, 9> presets;
    // Networks
    QAction *overlay, *nextClass, *nextNetwork, *readAgain, *readAll, *sheet, *compare, *train, *trainOwn,
        *openNetwork, *auditDataset, *feedView, *laboratory, *batch;
    QActionGroup *devices;
    QAction *deviceAuto, *deviceCpu, *deviceCuda;
    // Evaluate
    QAction *curves, *matrices, *saw, *inside, *replay, *desk, *evaluation, *evaluationReport;
    // Help
    QAction *help, *keyboard, *palette, *cancel, *studentProjects, *about;

    QList<QAction *> all() const { return m_all; }
    QStringList groups() const; // in the order of the menus
    static QString groupOf(const QAction *action);
    // Without the mark of its access key; what it is in general where its text follows the film.
    static QString plainText(const QAction *action);
    static QKeySequence defaultKeys(const QAction *action);
    static void setKeys(QAction *action, const QKeySequence &keys); // and says them in the tool tip

private:
    void beginGroup(const QString &name); // of the actions added after
    // The hint is what the tool tip, the help and the palette say.
    QAction *add(const char *id, const QString &text, const QString &shortcut, const QString &hint,
                 const QString &iconName = {});
    QAction *toggle(const char *id, const QString &text, const QString &shortcut, const QString &hint,
                    const QString &iconName = {});

    QWidget *m_window;
    QString m_group;
    QList<QAction *> m_all;
};

} // namespace hilum::ui
