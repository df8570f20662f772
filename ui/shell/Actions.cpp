// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/Actions.h"

#include "ui/shell/Icons.h"

#include <QActionGroup>
#include <QWidget>

namespace hilum::ui {

Actions::Actions(QWidget *window)
    : QObject(window)
    , m_window(window)
{
    openFilms = add(tr("&Open films\u2026"), QStringLiteral("Ctrl+O"), tr("Open DICOM, PNG or JPEG films"),
                    QStringLiteral("open"));
    openFolder = add(tr("Open a &folder\u2026"), QStringLiteral("Ctrl+Shift+O"),
                     tr("Open every film below a folder"));
    openSamples = add(tr("Open the &sample films"), {}, tr("Open the films that come with Hilum"),
                      QStringLiteral("film"));
    clearRecent = add(tr("&Clear the list"), {}, tr("Forget the recent films"));
    closeFilm = add(tr("&Close the film"), QStringLiteral("Ctrl+W"), tr("Take this film off the strip"),
                    QStringLiteral("close"));
    closeAll
        = add(tr("Close &all films"), QStringLiteral("Ctrl+Shift+W"), tr("Take every film off the strip"));
    savePicture = add(tr("&Save the view as PNG\u2026"), QStringLiteral("Ctrl+S"),
                      tr("Save what the film view shows, stamped"), QStringLiteral("save"));
    copyPicture = add(tr("Co&py the view"), QStringLiteral("Ctrl+Shift+C"),
                      tr("Copy what the film view shows, stamped"), QStringLiteral("copy"));
    quit = add(tr("&Quit"), QStringLiteral("Ctrl+Q"), tr("Close Hilum"));

    fit = add(tr("&Fit"), QStringLiteral("F"), tr("Show the whole film"), QStringLiteral("fit"));
    oneToOne = add(tr("&1:1"), QStringLiteral("A"), tr("One film pixel on one screen pixel"),
                   QStringLiteral("one-to-one"));
    zoomIn = add(tr("Zoom &in"), QStringLiteral("+"), tr("Zoom in at the cursor"));
    zoomOut = add(tr("Zoom &out"), QStringLiteral("-"), tr("Zoom out at the cursor"));
    turnLeft = add(tr("Turn &left"), QStringLiteral("L"), tr("Turn the film a quarter to the left"),
                   QStringLiteral("turn"));
    turnRight = add(tr("Turn &right"), QStringLiteral("R"), tr("Turn the film a quarter to the right"),
                    QStringLiteral("turn-right"));
    mirror = add(tr("&Mirror"), QStringLiteral("H"), tr("Swap left and right"), QStringLiteral("mirror"));
    cornerTexts = toggle(tr("&Corner texts"), QStringLiteral("T"),
                         tr("Window, zoom, size and spacing in the corners"));
    filmStrip = toggle(tr("Film &strip"), QStringLiteral("F8"), tr("Show or hide the open films"));
    sidePanel = toggle(tr("Side &panel"), QStringLiteral("F9"),
                       tr("Show or hide readings, map, histogram and tags"));
    projector = toggle(tr("Pro&jector (larger text)"), QStringLiteral("Ctrl+Shift+P"),
                       tr("Larger text for the back of the room"));
    lightTheme = toggle(tr("Ligh&t theme"), QStringLiteral("Ctrl+Shift+L"), tr("For a room lit for paper"));
    fullScreen = toggle(tr("F&ull screen"), QStringLiteral("F11"), tr("Use the whole screen"));

    nextFilm = add(tr("&Next film"), QStringLiteral("PgDown"), tr("Show the next film of the strip"));
    previousFilm = add(tr("&Previous film"), QStringLiteral("PgUp"), tr("Show the film before"));
    invert = toggle(tr("&Invert"), QStringLiteral("I"), tr("Swap black and white"), QStringLiteral("invert"));
    reset = add(tr("&Reset"), QStringLiteral("0"), tr("Window, zoom and turns as the film opened"),
                QStringLiteral("reset"));
    tools = new QActionGroup(this);
    windowTool = toggle(tr("&Window"), QStringLiteral("W"),
                        tr("Left drag: right widens, down raises the centre"), QStringLiteral("window"));
    panTool = toggle(tr("&Pan"), QStringLiteral("P"),
                     tr("Left drag moves the film (the middle button always does)"), QStringLiteral("pan"));
    zoomTool = toggle(tr("&Zoom"), QStringLiteral("Z"), tr("Left drag zooms (the right button always does)"),
                      QStringLiteral("zoom"));
    for (QAction *tool : {windowTool, panTool, zoomTool})
        tools->addAction(tool);
    windowTool->setChecked(true);

    overlay = toggle(tr("Show the &map"), QStringLiteral("M"), tr("Show or hide where the network looked"),
                     QStringLiteral("map"));
    nextClass = add(tr("Map of the next &class"), QStringLiteral("C"),
                    tr("Go through the classes whose evidence is shown"));
    nextNetwork = add(tr("Map of the next &network"), QStringLiteral("N"),
                      tr("Go through the networks whose map is shown"));
    readAgain = add(tr("&Read again"), QStringLiteral("F5"), tr("Let the networks read this film again"));
    devices = new QActionGroup(this);
    deviceAuto = toggle(tr("&Automatic"), {}, tr("The graphics card when there is one"));
    deviceCpu = toggle(tr("&CPU"), {}, tr("Always the processor"));
    deviceCuda = toggle(tr("&GPU (CUDA)"), {}, tr("The graphics card"));
    for (QAction *device : {deviceAuto, deviceCpu, deviceCuda})
        devices->addAction(device);
    deviceAuto->setChecked(true);

    curves = add(tr("&Training curves"), QStringLiteral("Ctrl+1"), tr("How the networks learned"));
    matrices = add(tr("&Confusion matrices"), QStringLiteral("Ctrl+2"),
                   tr("What the networks called the films they never saw"));
    evaluation
        = toggle(tr("&Show the tabs"), QStringLiteral("F10"), tr("Unfold or fold the tabs below the film"));

    help = add(tr("&Mouse and keys"), QStringLiteral("F1"),
               tr("What the mouse and the keys do, and what the numbers mean"), QStringLiteral("help"));
    palette = add(tr("&Find an action\u2026"), QStringLiteral("Ctrl+K"), tr("Every action with its shortcut"),
                  QStringLiteral("search"));
    cancel = add(tr("S&top"), QStringLiteral("Esc"), tr("Stop the last long thing"));
    about = add(tr("&About Hilum"), {}, tr("Version, licence and purpose"));
}

QAction *Actions::add(const QString &text, const QString &shortcut, const QString &hint,
                      const QString &iconName)
{
    auto *action = new QAction(text, this);
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName));
    if (!shortcut.isEmpty())
        action->setShortcut(QKeySequence(shortcut, QKeySequence::PortableText));
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    action->setToolTip(keys.isEmpty() ? hint : QStringLiteral("%1 (%2)").arg(hint, keys));
    action->setWhatsThis(hint);
    m_window->addAction(action);
    m_all << action;
    return action;
}

QAction *Actions::toggle(const QString &text, const QString &shortcut, const QString &hint,
                         const QString &iconName)
{
    QAction *action = add(text, shortcut, hint, iconName);
    action->setCheckable(true);
    return action;
}

} // namespace hilum::ui
