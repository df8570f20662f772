// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/MainWindow.h"

#include "ui/library/FilmListModel.h"
#include "ui/library/FilmPanel.h"
#include "ui/library/FilmStrip.h"
#include "ui/marks/MarksPanel.h"
#include "ui/predict/MapControls.h"
#include "ui/predict/NetworkCards.h"
#include "ui/predict/ReadingsPanel.h"
#include "ui/predict/TrustPanel.h"
#include "ui/session/InsideService.h"
#include "ui/shell/Actions.h"
#include "ui/shell/AuditCommands.h"
#include "ui/shell/BatchCommands.h"
#include "ui/shell/CompareCommands.h"
#include "ui/shell/DeskCommands.h"
#include "ui/shell/EvaluationTabs.h"
#include "ui/shell/FileCommands.h"
#include "ui/shell/FilmArea.h"
#include "ui/shell/FilmCommands.h"
#include "ui/shell/FilmInfo.h"
#include "ui/shell/GuestCommands.h"
#include "ui/shell/HelpSheet.h"
#include "ui/shell/InsideCommands.h"
#include "ui/shell/Keymap.h"
#include "ui/shell/LabCommands.h"
#include "ui/shell/LayoutCommands.h"
#include "ui/shell/LungCommands.h"
#include "ui/shell/MarkCommands.h"
#include "ui/shell/Menus.h"
#include "ui/shell/NetworkCommands.h"
#include "ui/shell/NoticeBar.h"
#include "ui/shell/PanelCommands.h"
#include "ui/shell/PictureCommands.h"
#include "ui/shell/ReplayCommands.h"
#include "ui/shell/ReportCommands.h"
#include "ui/shell/SawCommands.h"
#include "ui/shell/SheetCommands.h"
#include "ui/shell/SidePanel.h"
#include "ui/shell/SpokenFilm.h"
#include "ui/shell/StatusLine.h"
#include "ui/shell/TrainCommands.h"
#include "ui/shell/ViewCommands.h"
#include "ui/viewer/WindowSection.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QJsonDocument>
#include <QMimeData>
#include <QScreen>
#include <QSplitter>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hilum::ui {

MainWindow::MainWindow(Lanes &lanes, FilmSources sources, std::shared_ptr<NetworkService> networks)
    : m_films(lanes, std::move(sources))
    , m_readings(lanes, networks)
    , m_maps(lanes, networks, m_readings)
    , m_trust(lanes, networks, m_readings, m_maps)
    , m_lungs(lanes, m_films)
    , m_actions(new Actions(this))
    , m_area(new FilmArea(m_films, m_readings, m_maps))
    , m_evaluation(new EvaluationTabs(m_readings))
    , m_middle(new QSplitter(Qt::Vertical, this))
    , m_side(new SidePanel)
    , m_filmPanel(new FilmPanel(m_films.names()))
    , m_window(new WindowSection(m_presets))
    , m_notices(new NoticeBar)
    , m_status(new StatusLine(this))
{
    setWindowTitle(tr("Hilum"));
    setAcceptDrops(true);
    setDockNestingEnabled(false);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    setStatusBar(m_status);
    auto *films = new QWidget(m_middle);
    auto *column = new QVBoxLayout(films);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_notices);
    column->addWidget(m_area, 1);
    m_middle->addWidget(films);
    m_middle->addWidget(m_evaluation);
    m_middle->setStretchFactor(0, 1);
    m_middle->setChildrenCollapsible(false);
    m_middle->setHandleWidth(1);
    setCentralWidget(m_middle);
    m_marks = new MarkCommands({lanes, m_films, *m_actions, *m_area, *m_status}, this);
    makeDocks();
    m_keymap = new Keymap(*m_actions, m_settings, this);
    const Menus menus = makeMenus(*this, *m_actions);
    makeToolBar(*this, *m_actions);
    connectFilm();
    m_files = new FileCommands(
        {m_settings, m_films, m_readings, *m_actions, *m_area, *m_status, *menus.recent}, this);
    new ViewCommands(
        {m_films, m_readings, m_maps, *m_actions, *m_area, *m_status, m_presets, *menus.presets, *m_marks},
        this);
    new PictureCommands(
        {lanes, m_settings, m_films, m_readings, m_maps, *m_actions, *m_area, *m_status, *m_marks}, this);
    new FilmCommands({m_settings, m_films, *m_actions, *m_area, *m_keymap}, this);
    new LayoutCommands({m_settings, m_films, *m_actions}, this);
    new LungCommands({m_settings, m_lungs, m_marks->store(), *m_trustPanel}, this);
    new FilmInfo({m_settings, m_films, *m_actions, *m_filmPanel, *m_notices, *m_status}, this);
    new SpokenFilm(m_films, m_readings, *m_area, this);
    new NetworkCommands({m_films, m_readings, *m_actions, *m_status}, this);
    new SawCommands({lanes, m_films, m_readings, *m_actions, *m_area, *m_evaluation, *m_status}, this);
    m_sheetCommands = new SheetCommands({lanes, networks, m_films, m_readings, *m_actions, *m_status}, this);
    m_compare = new CompareCommands({lanes, networks, m_films, m_readings, *m_actions}, this);
    m_desk = new DeskCommands({lanes, networks, m_films, m_readings, *m_actions}, this);
    m_inside = new InsideCommands({lanes, m_readings, std::dynamic_pointer_cast<InsideService>(networks),
                                   *m_actions, *m_area, *m_status},
                                  this);
    m_reports = new ReportCommands({m_settings, m_films, m_readings, *m_actions, *m_status}, this);
    m_batch = new BatchCommands({lanes, m_films, m_readings, *m_actions, *m_reports}, this);
    m_audit = new AuditCommands({lanes, m_films, *m_actions, *m_status}, this);
    m_guests = new GuestCommands({lanes, m_films, m_readings, *m_actions, *m_status}, this);
    connect(m_files, &FileCommands::networksGiven, m_guests, &GuestCommands::openFiles);
    m_lab = new LabCommands({lanes, m_lungs, m_readings, networks, *m_actions}, this);
    m_replay
        = new ReplayCommands({lanes, m_films, m_readings, std::move(networks), *m_actions, *m_status}, this);
    m_training = new TrainCommands({lanes, m_readings, *m_actions, *m_status}, this);
    new PanelCommands(
        {*m_actions, *m_keymap, *m_evaluation, *m_middle, *m_stripDock, *m_sideDock, *menus.presets}, this);

    connectLooks();
    restore();
    filmChanged();
}

MainWindow::~MainWindow()
{
    // The parts below listen to the sessions, which are members and go first.
    m_films.disconnect();
    m_readings.disconnect();
    m_maps.disconnect();
    m_trust.disconnect();
    m_lungs.disconnect();
    delete m_sheetCommands;
    delete m_compare;
    delete m_desk;
    delete m_inside;
    delete m_batch;
    delete m_reports;
    delete m_audit;
    delete m_guests;
    delete m_lab;
    delete m_replay;
    delete m_training;
    delete takeCentralWidget();
    delete m_stripDock;
    delete m_sideDock;
}

QDockWidget *MainWindow::dock(const QString &name, const QString &title, Qt::DockWidgetArea area,
                              QWidget *content)
{
    auto *made = new QDockWidget(title, this);
    made->setObjectName(name);
    made->setFeatures(QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetClosable);
    made->setAllowedAreas(Qt::LeftDockWidgetArea | Qt::RightDockWidgetArea);
    made->setTitleBarWidget(new QWidget(made)); // the sections have titles of their own
    made->setWidget(content);
    made->setProperty(helpProperty, name);
    addDockWidget(area, made);
    return made;
}

void MainWindow::makeDocks()
{
    auto *model = new FilmListModel(m_films, m_readings, this);
    m_stripDock = dock(QStringLiteral("strip"), tr("Film strip"), Qt::LeftDockWidgetArea,
                       new FilmStrip(m_films, model));
    m_side->add(QStringLiteral("readings"), tr("Readings"), new ReadingsPanel(m_readings));
    m_side->add(QStringLiteral("map"), tr("Map"), new MapControls(m_readings, m_maps));
    m_trustPanel = new TrustPanel(m_readings, m_maps, m_trust, m_lungs);
    m_side->add(QStringLiteral("trust"), tr("How far to trust the map"), m_trustPanel);
    m_side->add(QStringLiteral("histogram"), tr("Window"), m_window);
    m_side->add(QStringLiteral("marks"), tr("Marks"), m_marks->panel());
    m_side->add(QStringLiteral("film"), tr("Film"), m_filmPanel);
    m_side->add(QStringLiteral("networks"), tr("Networks"), new NetworkCards(m_readings));
    m_sideDock = dock(QStringLiteral("side"), tr("Side panel"), Qt::RightDockWidgetArea, m_side);
    m_area->setProperty(helpProperty, QStringLiteral("mouse"));
    m_evaluation->setProperty(helpProperty, QStringLiteral("evaluation"));
    resizeDocks({m_stripDock, m_sideDock}, {188, 384}, Qt::Horizontal);
}

void MainWindow::connectFilm()
{
    connect(m_window, &WindowSection::voiChosen, &m_films, [this](const Voi &voi) { m_films.setVoi(voi); });
    connect(&m_films, &FilmSession::voiChanged, this, [this] { m_window->setVoi(m_films.voi()); });
    m_presets.setPresets(PresetBook::fromJson(QJsonDocument::fromJson(m_settings.windowPresets()).array()));
    connect(&m_presets, &PresetBook::changed, this,
            [this] { m_settings.setWindowPresets(QJsonDocument(m_presets.toJson()).toJson()); });
    m_window->setShowsEnds(m_settings.showsWindowEnds());
    connect(m_window, &WindowSection::showsEndsChanged, this,
            [this](bool shows) { m_settings.setShowsWindowEnds(shows); });
    connect(m_evaluation, &EvaluationTabs::saveFailed, m_status, &StatusLine::say);
    connect(m_trustPanel, &TrustPanel::saveFailed, m_status, &StatusLine::say);
    connect(&m_films, &FilmSession::currentChanged, this, &MainWindow::filmChanged);
    connect(&m_films, &FilmSession::filmReady, this, &MainWindow::filmChanged);
    connect(&m_films, &FilmSession::filmFailed, this, &MainWindow::filmChanged);
    connect(&m_films, &FilmSession::frameChanged, this, [this](int viewport) {
        if (viewport == m_films.activeViewport())
            m_window->setFilm(m_films.film());
    });
}

void MainWindow::connectLooks()
{
    const Actions &a = *m_actions;
    a.lightTheme->setChecked(m_settings.theme() == ThemeChoice::Light);
    a.projector->setChecked(m_settings.isProjector());
    connect(a.lightTheme, &QAction::toggled, this, [this](bool light) {
        m_settings.setTheme(light ? ThemeChoice::Light : ThemeChoice::Dark);
        applyLook();
    });
    connect(a.projector, &QAction::toggled, this, [this](bool on) {
        m_settings.setProjector(on);
        applyLook();
    });
    applyLook();
}

void MainWindow::applyLook()
{
    const Theme &theme = themeOf(m_settings.theme());
    applyTheme(*qApp, theme, m_settings.isProjector() ? projectorScale : 1);
    m_evaluation->setTheme(plotTheme(theme));
    m_trustPanel->setTheme(plotTheme(theme));
    m_sheetCommands->setTheme(plotTheme(theme));
    m_compare->setTheme(plotTheme(theme));
    m_desk->setTheme(plotTheme(theme));
    m_training->setTheme(plotTheme(theme));
    m_audit->setTheme(plotTheme(theme));
    m_lab->setTheme(plotTheme(theme));
    m_replay->setTheme(plotTheme(theme));
    if (!m_evaluation->isOpen())
        m_evaluation->setOpen(false); // the tabs may be higher now
}

void MainWindow::restore()
{
    resize(1280, 800);
    restoreGeometry(m_settings.geometry());
    restoreState(m_settings.docks());
    // A screen that is gone would leave the window where nobody finds it.
    const auto screens = QGuiApplication::screens();
    const bool visible = std::ranges::any_of(
        screens, [&](QScreen *screen) { return screen->availableGeometry().intersects(frameGeometry()); });
    if (!visible && QGuiApplication::primaryScreen())
        move(QGuiApplication::primaryScreen()->availableGeometry().topLeft());
    m_side->setFolded(m_settings.foldedSections());
    m_evaluation->setOpen(m_settings.isEvaluationOpen());
    m_actions->evaluation->setChecked(m_evaluation->isOpen());
}

// A window that is higher than its screen, title bar and all, would hide the line that says what Hilum is
// not for.
void MainWindow::showOnScreen()
{
    constexpr QSize frame{16, 48}; // about what borders and title bar take
    const QSize room = screen()->availableSize() - frame;
    const bool fits = width() <= room.width() && height() <= room.height();
    if (fits || isMaximized() || isFullScreen())
        return show();
    resize(size().boundedTo(room)); // for when it is made smaller again
    showMaximized();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_settings.setGeometry(saveGeometry(), saveState());
    m_settings.setFoldedSections(m_side->folded());
    m_settings.setEvaluationOpen(m_evaluation->isOpen());
    event->accept();
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (std::exchange(m_started, true))
        return;
    // After the first paint: the window never waits for a network.
    QTimer::singleShot(0, &m_readings, &ReadingSession::start);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    QStringList paths;
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    event->acceptProposedAction();
    openPaths(paths);
}

void MainWindow::openPaths(const QStringList &paths) { m_files->open(paths); }

void MainWindow::filmChanged()
{
    const DisplayFilmPtr film = m_films.film();
    m_window->setFilm(film);
}

} // namespace hilum::ui
