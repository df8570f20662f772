// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/Actions.h"

#include "ui/shell/Icons.h"

#include <QActionGroup>
#include <QWidget>

namespace hilum::ui {

namespace {

constexpr auto groupProperty = "group";
constexpr auto titleProperty = "title";
constexpr auto defaultProperty = "defaultKeys";

} // namespace

Actions::Actions(QWidget *window)
    : QObject(window)
    , m_window(window)
{
    beginGroup(tr("File"));
    openFilms = add("openFilms", tr("&Open films\u2026"), QStringLiteral("Ctrl+O"),
                    tr("Open DICOM, PNG or JPEG films"), QStringLiteral("open"));
    openFolder = add("openFolder", tr("Open a &folder\u2026"), QStringLiteral("Ctrl+Shift+O"),
                     tr("Open every film below a folder"));
    openSamples = add("openSamples", tr("Open sa&mple films"), {}, tr("Open the films that come with Hilum"),
                      QStringLiteral("film"));
    clearRecent = add("clearRecent", tr("&Clear the list"), {}, tr("Forget the recent films"));
    closeFilm = add("closeFilm", tr("&Close the film"), QStringLiteral("Ctrl+W"),
                    tr("Take this film off the strip"), QStringLiteral("close"));
    closeAll = add("closeAll", tr("Close &all films"), QStringLiteral("Ctrl+Shift+W"),
                   tr("Take every film off the strip"));
    savePicture
        = add("savePicture", tr("&Save a picture\u2026"), QStringLiteral("Ctrl+S"),
              tr("Save the view or the whole film as PNG, JPEG or TIFF, stamped"), QStringLiteral("save"));
    saveReport = add("saveReport", tr("Save a r&eport\u2026"), QStringLiteral("Ctrl+Shift+S"),
                     tr("One page on this film: readings, maps, what the networks saw; PDF, HTML and PNG"));
    copyPicture = add("copyPicture", tr("Co&py the picture"), QStringLiteral("Ctrl+Shift+C"),
                      tr("Copy the picture that Save would save, stamped"), QStringLiteral("copy"));
    quit = add("quit", tr("&Quit"), QStringLiteral("Ctrl+Q"), tr("Close Hilum"));

    beginGroup(tr("Edit"));
    undo = add("undo", tr("&Undo"), QStringLiteral("Ctrl+Z"),
               tr("Take the last change of marks or view back"), QStringLiteral("undo"));
    redo = add("redo", tr("&Redo"), QStringLiteral("Ctrl+Shift+Z"),
               tr("Do again what was undone (also Ctrl+Y)"), QStringLiteral("redo"));
    copyMark = add("copyMark", tr("&Copy the mark\u2019s value"), {},
                   tr("Copy what the selected mark measures, with what it is"));
    copyMarks
        = add("copyMarks", tr("Copy all marks as a &table"), {}, tr("Copy the marks of this film as CSV"));
    calibrate = add("calibrate", tr("Ca&librate by the selected length\u2026"), {},
                    tr("Say how long the selected length really is; all lengths of the film follow"));
    deleteMark
        = add("deleteMark", tr("&Delete the mark"), {}, tr("Remove the selected mark (Del over the film)"));
    clearMarks = add("clearMarks", tr("Delete &all marks"), {}, tr("Remove every mark of this film"));

    beginGroup(tr("View"));
    fit = add("fit", tr("&Fit"), QStringLiteral("F"), tr("Show the whole film"), QStringLiteral("fit"));
    oneToOne = add("oneToOne", tr("&1:1"), QStringLiteral("X"), tr("One film pixel on one screen pixel"),
                   QStringLiteral("one-to-one"));
    zoomIn = add("zoomIn", tr("Zoom &in"), QStringLiteral("+"), tr("Zoom in at the cursor"));
    zoomOut = add("zoomOut", tr("Zoom &out"), QStringLiteral("-"), tr("Zoom out at the cursor"));
    turnLeft = add("turnLeft", tr("Turn &left"), QStringLiteral("L"),
                   tr("Turn the film a quarter to the left"), QStringLiteral("turn"));
    turnRight = add("turnRight", tr("Turn &right"), QStringLiteral("R"),
                    tr("Turn the film a quarter to the right"), QStringLiteral("turn-right"));
    mirror = add("mirror", tr("&Mirror"), QStringLiteral("H"), tr("Swap left and right"),
                 QStringLiteral("mirror"));
    flip = add("flip", tr("Fli&p"), QStringLiteral("V"), tr("Swap top and bottom"), QStringLiteral("flip"));
    layouts = new QActionGroup(this);
    oneView = toggle("oneView", tr("On&e view"), QStringLiteral("F2"), tr("The film alone"),
                     QStringLiteral("views-1"));
    twoViews = toggle("twoViews", tr("T&wo views"), QStringLiteral("F3"), tr("Two films side by side"),
                      QStringLiteral("views-2"));
    fourViews = toggle("fourViews", tr("Fo&ur views"), QStringLiteral("F4"), tr("Four films, two by two"),
                       QStringLiteral("views-4"));
    for (QAction *layout : {oneView, twoViews, fourViews})
        layouts->addAction(layout);
    nextView
        = add("nextView", tr("Ne&xt view"), QStringLiteral("`"), tr("Make the next view the active one"));
    linkZoomPan = toggle("linkZoomPan", tr("Link &zoom and pan"), QStringLiteral("Ctrl+Alt+Z"),
                         tr("Views side by side zoom and move together"));
    linkWindow = toggle("linkWindow", tr("Link &window"), QStringLiteral("Ctrl+Alt+W"),
                        tr("Views side by side have their window together"));
    linkCursor = toggle("linkCursor", tr("Link &cursor"), QStringLiteral("Ctrl+Alt+X"),
                        tr("Views side by side show each other where the cursor is"));
    linkAll = toggle("linkAll", tr("Link &all"), QStringLiteral("Ctrl+L"),
                     tr("Link zoom, pan, window and cursor of views side by side"), QStringLiteral("link"));
    cornerTexts = toggle("cornerTexts", tr("&Corner texts"), QStringLiteral("T"),
                         tr("Window, zoom, size and spacing in the corners"));
    filmStrip
        = toggle("filmStrip", tr("Film &strip"), QStringLiteral("F8"), tr("Show or hide the open films"));
    sidePanel = toggle("sidePanel", tr("Side p&anel"), QStringLiteral("F9"),
                       tr("Show or hide readings, map, histogram and tags"));
    projector = toggle("projector", tr("Pro&jector (larger text)"), QStringLiteral("Ctrl+Shift+P"),
                       tr("Larger text for the back of the room"));
    lightTheme = toggle("lightTheme", tr("Ligh&t theme"), QStringLiteral("Ctrl+Shift+L"),
                        tr("For a room lit for paper"));
    fullScreen = toggle("fullScreen", tr("Full scree&n"), QStringLiteral("F11"), tr("Use the whole screen"));

    beginGroup(tr("Film"));
    nextFilm
        = add("nextFilm", tr("&Next film"), QStringLiteral("PgDown"), tr("Show the next film of the strip"));
    previousFilm
        = add("previousFilm", tr("&Previous film"), QStringLiteral("PgUp"), tr("Show the film before"));
    tags = add("tags", tr("&Tags\u2026"), QStringLiteral("Ctrl+T"),
               tr("See, search and copy everything the file says about the film"));
    hideNames = toggle("hideNames", tr("&Hide patients' names"), QStringLiteral("Ctrl+Shift+H"),
                       tr("Show nowhere in the window what names a patient"));
    invert = toggle("invert", tr("&Invert"), QStringLiteral("I"), tr("Swap black and white"),
                    QStringLiteral("invert"));
    reset = add("reset", tr("Re&set"), QStringLiteral("0"), tr("Window, zoom and turns as the film opened"),
                QStringLiteral("reset"));
    automaticWindow = add("automaticWindow", tr("A&utomatic window"), QStringLiteral("U"),
                          tr("From the 1st to the 99th percentile, padding left out"));
    lens
        = toggle("lens", tr("Magnifier &lens"), QStringLiteral("G"),
                 tr("A lens at the cursor; wheel: stronger, Ctrl and wheel: larger"), QStringLiteral("lens"));
    fileOverlays = toggle("fileOverlays", tr("&Overlays of the film"), QStringLiteral("Shift+T"),
                          tr("Text and lines that the file lays over its picture"));
    previousFrame
        = add("previousFrame", tr("Previous fra&me"), QStringLiteral("["), tr("Show the frame before"));
    nextFrame = add("nextFrame", tr("Next &frame"), QStringLiteral("]"), tr("Show the next frame"));
    firstFrame = add("firstFrame", tr("First frame"), QStringLiteral("Home"), tr("Show the first frame"));
    lastFrame = add("lastFrame", tr("Last frame"), QStringLiteral("End"), tr("Show the last frame"));
    playFrames = add("playFrames", tr("Play or &stop the frames"), QStringLiteral("Space"),
                     tr("Play the frames at the film's own pace, or stop"));
    tools = new QActionGroup(this);
    windowTool = toggle("windowTool", tr("&Window"), QStringLiteral("W"),
                        tr("Left drag: right widens, down raises the centre"), QStringLiteral("window"));
    panTool = toggle("panTool", tr("P&an"), QStringLiteral("P"),
                     tr("Left drag moves the film (the middle button always does)"), QStringLiteral("pan"));
    zoomTool = toggle("zoomTool", tr("&Zoom"), QStringLiteral("Z"),
                      tr("Left drag zooms (the right button always does)"), QStringLiteral("zoom"));
    lengthTool = toggle("lengthTool", tr("&Length"), QStringLiteral("D"),
                        tr("Draw a length: drag, or click both ends"), QStringLiteral("length"));
    angleTool = toggle("angleTool", tr("&Angle"), QStringLiteral("A"), tr("Draw an angle: end, vertex, end"),
                       QStringLiteral("angle"));
    linesTool = toggle("linesTool", tr("Angle between t&wo lines"), QStringLiteral("Shift+A"),
                       tr("Draw two lines (Cobb): the angle between them"), QStringLiteral("lines"));
    rectangleTool = toggle("rectangleTool", tr("&Rectangle"), QStringLiteral("B"),
                           tr("Draw a rectangle: area and statistics of the values inside"),
                           QStringLiteral("rectangle"));
    ellipseTool
        = toggle("ellipseTool", tr("&Ellipse"), QStringLiteral("E"),
                 tr("Draw an ellipse: area and statistics of the values inside"), QStringLiteral("ellipse"));
    noteTool = toggle("noteTool", tr("Arrow and &note"), QStringLiteral("Shift+N"),
                      tr("Draw an arrow from its tip and write beside it"), QStringLiteral("note"));
    regionWindow = toggle("regionWindow", tr("Window from a &box"), QStringLiteral("Shift+W"),
                          tr("Drag a box: the window spans the 1st to 99th percentile of its values"),
                          QStringLiteral("region-window"));
    showMarks
        = toggle("showMarks", tr("&Show the marks"), QStringLiteral("Shift+M"), tr("Show or hide all marks"));
    showMarks->setChecked(true);
    for (QAction *tool :
         {lengthTool, angleTool, linesTool, rectangleTool, ellipseTool, noteTool, regionWindow})
        tools->addAction(tool);
    for (QAction *tool : {windowTool, panTool, zoomTool})
        tools->addAction(tool);
    windowTool->setChecked(true);

    beginGroup(tr("Window"));
    for (std::size_t i = 0; i < presets.size(); ++i) {
        const QString digit = QString::number(i + 1);
        const QByteArray id = "preset" + digit.toLatin1();
        presets[i] = add(id.constData(), tr("Window preset %1").arg(digit), digit,
                         tr("The preset that stands on %1 in the Window section").arg(digit));
        presets[i]->setProperty(titleProperty, presets[i]->text());
    }

    beginGroup(tr("Networks"));
    overlay = toggle("overlay", tr("Show the &map"), QStringLiteral("M"),
                     tr("Show or hide where the network looked"), QStringLiteral("map"));
    nextClass = add("nextClass", tr("Map of the next &class"), QStringLiteral("C"),
                    tr("Go through the classes whose evidence is shown"));
    nextNetwork = add("nextNetwork", tr("Map of the next &network"), QStringLiteral("N"),
                      tr("Go through the networks whose map is shown"));
    readAgain = add("readAgain", tr("&Read again"), QStringLiteral("F5"),
                    tr("Let the networks read this film again"));
    feedView
        = toggle("feedView", tr("&Feed the networks what the view shows"), {},
                 tr("The networks read window, inversion and turns of the view instead of the film's own "
                    "values"));
    readAll = add("readAll", tr("Read all &open films"), QStringLiteral("Ctrl+F5"),
                  tr("Go through the strip and let the networks read every film; Esc stops it"));
    sheet = add("sheet", tr("Networks side b&y side\u2026"), QStringLiteral("Ctrl+D"),
                tr("This film as two or three networks see it, on one page, with what differs"));
    compare = add(
        "compare", tr("Compare o&ver films\u2026"), QStringLiteral("Ctrl+Shift+D"),
        tr("Two networks over a folder or manifest: where they part, film by film, and what it proves"));
    train = add("train", tr("Tra&in a network\u2026"), QStringLiteral("Ctrl+N"),
                tr("Train a network on films of yours, and see the trainings and networks that you have"));
    trainOwn = add("trainOwn", tr("Train on my o&wn classes (seconds)\u2026"), QStringLiteral("Ctrl+Shift+N"),
                   tr("Choose a folder with a folder of films for each class, and press Start"));
    openNetwork = add("openNetwork", tr("Op&en a network\u2026"), {},
                      tr("Let a TorchScript network of others read films too, in a process of its own"));
    auditDataset
        = add("auditDataset", tr("&Audit a data set\u2026"), QStringLiteral("Ctrl+Shift+A"),
              tr("How films could fool a network: what a classifier reaches that never sees a lung"));
    laboratory
        = add("laboratory", tr("Shortcut la&boratory\u2026"), QStringLiteral("Ctrl+B"),
              tr("Change the film by hand and see at once what the networks say: what do they look at?"));
    batch = add(
        "batch", tr("Read many fi&lms\u2026"), QStringLiteral("Ctrl+Shift+B"),
        tr("A folder, manifest, list or DICOMDIR through all networks, with results that can be sorted"));
    devices = new QActionGroup(this);
    deviceAuto = toggle("deviceAuto", tr("&Automatic"), {}, tr("The graphics card when there is one"));
    deviceCpu = toggle("deviceCpu", tr("&CPU"), {}, tr("Always the processor"));
    deviceCuda = toggle("deviceCuda", tr("&GPU (CUDA)"), {}, tr("The graphics card"));
    for (QAction *device : {deviceAuto, deviceCpu, deviceCuda})
        devices->addAction(device);
    deviceAuto->setChecked(true);

    beginGroup(tr("Evaluate"));
    curves = add("curves", tr("&Training curves"), QStringLiteral("Ctrl+1"), tr("How the networks learned"));
    matrices = add("matrices", tr("&Confusion matrices"), QStringLiteral("Ctrl+2"),
                   tr("What the networks called the films they never saw"));
    saw = add("saw", tr("What the network &saw"), QStringLiteral("Ctrl+3"),
              tr("The film from its stored values to the network's input, step by step"));
    inside = add("inside", tr("&Inside the networks\u2026"), QStringLiteral("Ctrl+4"),
                 tr("The networks taken apart: stages, channels over the film, filters, receptive fields"));
    replay = add("replay", tr("Training &replay\u2026"), QStringLiteral("Ctrl+5"),
                 tr("A training looked at again, epoch by epoch: curves, matrix, this film and its map"));
    desk = add("desk", tr("Evaluation &desk\u2026"), QStringLiteral("Ctrl+E"),
               tr("How good the networks are: every number with its interval, and the films behind it"));
    evaluationReport
        = add("evaluationReport", tr("&Evaluation report\u2026"), QStringLiteral("Ctrl+Shift+E"),
              tr("How good networks are, from predictions or a manifest: one page, plots and every number"));
    evaluation = toggle("evaluation", tr("Show the ta&bs"), QStringLiteral("F10"),
                        tr("Unfold or fold the tabs below the film"));

    beginGroup(tr("Help"));
    help = add("help", tr("&Mouse and keys"), QStringLiteral("F1"),
               tr("What the mouse and the keys do, and what the numbers mean"), QStringLiteral("help"));
    keyboard = add("keyboard", tr("&Change keys and mouse\u2026"), {},
                   tr("See and change the keys of every action and what the mouse does"));
    palette = add("palette", tr("&Find an action\u2026"), QStringLiteral("Ctrl+K"),
                  tr("Every action with its shortcut"), QStringLiteral("search"));
    cancel = add("cancel", tr("S&top"), QStringLiteral("Esc"), tr("Stop the last long thing"));
    studentProjects = add("studentProjects", tr("&Student projects of 2020\u2026"), {},
                          tr("What student projects published, on how few films, and what went wrong"));
    about = add("about", tr("&About Hilum"), {}, tr("Version, licence and purpose"));
}

QString Actions::groupOf(const QAction *action) { return action->property(groupProperty).toString(); }

QKeySequence Actions::defaultKeys(const QAction *action)
{
    return action->property(defaultProperty).value<QKeySequence>();
}

void Actions::setKeys(QAction *action, const QKeySequence &keys)
{
    action->setShortcut(keys);
    const QString shown = keys.toString(QKeySequence::NativeText);
    const QString hint = action->whatsThis();
    action->setToolTip(shown.isEmpty() ? hint : QStringLiteral("%1 (%2)").arg(hint, shown));
}

QString Actions::plainText(const QAction *action)
{
    // Only the mark of the access key goes; "&&" is an ampersand.
    const QString title = action->property(titleProperty).toString();
    if (!title.isEmpty())
        return title;
    QString text = action->text();
    text.replace(QLatin1String("&&"), QString(QChar(0xfffc)));
    text.remove(QLatin1Char('&'));
    return text.replace(QChar(0xfffc), QLatin1Char('&'));
}

QStringList Actions::groups() const
{
    QStringList names;
    for (const QAction *action : m_all) {
        if (!names.contains(groupOf(action)))
            names << groupOf(action);
    }
    return names;
}

void Actions::beginGroup(const QString &name) { m_group = name; }

QAction *Actions::add(const char *id, const QString &text, const QString &shortcut, const QString &hint,
                      const QString &iconName)
{
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String(id));
    action->setProperty(groupProperty, m_group);
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName));
    action->setWhatsThis(hint);
    const QKeySequence keys(shortcut, QKeySequence::PortableText);
    action->setProperty(defaultProperty, QVariant::fromValue(keys));
    setKeys(action, keys);
    m_window->addAction(action);
    m_all << action;
    return action;
}

QAction *Actions::toggle(const char *id, const QString &text, const QString &shortcut, const QString &hint,
                         const QString &iconName)
{
    QAction *action = add(id, text, shortcut, hint, iconName);
    action->setCheckable(true);
    return action;
}

} // namespace hilum::ui
