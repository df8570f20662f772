// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/Menus.h"

#include "ui/shell/Actions.h"

#include <QCoreApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>

namespace hilum::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("Menus", text); }

} // namespace

Menus makeMenus(QMainWindow &window, Actions &a)
{
    QMenuBar &bar = *window.menuBar();
    Menus menus{};

    QMenu *file = bar.addMenu(tr("&File"));
    file->addActions({a.openFilms, a.openFolder, a.openSamples});
    menus.recent = file->addMenu(tr("&Recent films"));
    file->addSeparator();
    file->addActions({a.savePicture, a.copyPicture, a.saveReport});
    file->addSeparator();
    file->addActions({a.closeFilm, a.closeAll});
    file->addSeparator();
    file->addAction(a.quit);

    QMenu *edit = bar.addMenu(tr("&Edit"));
    edit->addActions({a.undo, a.redo});
    edit->addSeparator();
    edit->addActions({a.copyMark, a.copyMarks, a.calibrate});
    edit->addSeparator();
    edit->addActions({a.deleteMark, a.clearMarks, a.showMarks});

    QMenu *view = bar.addMenu(tr("&View"));
    view->addActions({a.fit, a.oneToOne, a.zoomIn, a.zoomOut});
    view->addSeparator();
    view->addActions({a.turnLeft, a.turnRight, a.mirror, a.flip, a.cornerTexts});
    view->addSeparator();
    view->addActions({a.oneView, a.twoViews, a.fourViews, a.nextView});
    view->addMenu(tr("Lin&k views"))->addActions({a.linkZoomPan, a.linkWindow, a.linkCursor, a.linkAll});
    view->addSeparator();
    view->addActions({a.filmStrip, a.sidePanel, a.evaluation});
    view->addSeparator();
    view->addActions({a.lightTheme, a.projector, a.fullScreen});

    QMenu *film = bar.addMenu(tr("Fil&m"));
    film->addActions({a.nextFilm, a.previousFilm, a.tags, a.hideNames});
    film->addMenu(tr("F&rames"))
        ->addActions({a.previousFrame, a.nextFrame, a.firstFrame, a.lastFrame, a.playFrames});
    film->addSeparator();
    film->addActions({a.windowTool, a.panTool, a.zoomTool});
    film->addSeparator();
    film->addMenu(tr("Mar&ks"))
        ->addActions({a.lengthTool, a.angleTool, a.linesTool, a.rectangleTool, a.ellipseTool, a.noteTool});
    film->addAction(a.regionWindow);
    film->addSeparator();
    menus.presets = film->addMenu(tr("Window pr&esets"));
    film->addActions({a.automaticWindow, a.invert, a.reset});
    film->addSeparator();
    film->addActions({a.lens, a.fileOverlays});

    QMenu *networks = bar.addMenu(tr("&Networks"));
    networks->addActions({a.overlay, a.nextClass, a.nextNetwork});
    networks->addSeparator();
    networks->addActions({a.readAgain, a.readAll, a.batch, a.cancel});
    networks->addSeparator();
    networks->addActions({a.sheet, a.compare, a.laboratory, a.feedView});
    networks->addSeparator();
    networks->addActions({a.openNetwork, a.train, a.trainOwn, a.auditDataset});
    networks->addSeparator();
    networks->addMenu(tr("&Device"))->addActions({a.deviceAuto, a.deviceCpu, a.deviceCuda});

    QMenu *evaluate = bar.addMenu(tr("Eva&luate"));
    evaluate->addActions({a.curves, a.matrices, a.saw, a.inside, a.replay});
    evaluate->addSeparator();
    evaluate->addAction(a.desk);
    evaluate->addAction(a.evaluationReport);

    QMenu *help = bar.addMenu(tr("&Help"));
    help->addActions({a.help, a.keyboard, a.palette});
    help->addSeparator();
    help->addActions({a.studentProjects, a.about});
    return menus;
}

void makeToolBar(QMainWindow &window, Actions &a)
{
    auto *bar = new QToolBar(tr("Tools"), &window);
    bar->setObjectName(QStringLiteral("tools"));
    bar->setMovable(false);
    bar->setIconSize({20, 20});
    bar->setToolButtonStyle(Qt::ToolButtonIconOnly);
    bar->addAction(a.openFilms);
    bar->addSeparator();
    bar->addActions({a.windowTool, a.panTool, a.zoomTool, a.lens});
    bar->addSeparator();
    bar->addActions({a.lengthTool, a.angleTool, a.rectangleTool, a.ellipseTool, a.noteTool});
    bar->addSeparator();
    bar->addActions({a.undo, a.redo});
    bar->addSeparator();
    bar->addActions({a.fit, a.oneToOne, a.invert, a.turnLeft, a.turnRight, a.mirror, a.reset});
    bar->addSeparator();
    bar->addActions({a.oneView, a.twoViews, a.fourViews, a.linkAll});
    bar->addSeparator();
    bar->addAction(a.overlay);
    bar->addSeparator();
    bar->addActions({a.copyPicture, a.savePicture});
    bar->addSeparator();
    bar->addActions({a.palette, a.help});
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    window.addToolBar(bar);
}

} // namespace hilum::ui
