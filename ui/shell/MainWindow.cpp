// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/MainWindow.h"

#include "ui/bridge/Convert.h"
#include "ui/library/FilmListModel.h"
#include "ui/library/FilmPanel.h"
#include "ui/library/FilmStrip.h"
#include "ui/predict/MapControls.h"
#include "ui/predict/NetworkCards.h"
#include "ui/predict/ReadingsPanel.h"
#include "ui/shell/ActionPalette.h"
#include "ui/shell/Actions.h"
#include "ui/shell/EvaluationTabs.h"
#include "ui/shell/FileCommands.h"
#include "ui/shell/FilmArea.h"
#include "ui/shell/HelpSheet.h"
#include "ui/shell/Menus.h"
#include "ui/shell/SampleFilms.h"
#include "ui/shell/SidePanel.h"
#include "ui/shell/StatusLine.h"
#include "ui/viewer/FilmView.h"
#include "ui/viewer/HistogramStrip.h"
#include "ui/viewer/PixelText.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QScreen>
#include <QSplitter>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace hilum::ui {

MainWindow::MainWindow(Lanes &lanes, FilmSources sources, std::shared_ptr<NetworkService> networks)
    : m_films(lanes, std::move(sources))
    , m_readings(lanes, std::move(networks))
    , m_actions(new Actions(this))
    , m_area(new FilmArea(m_films, m_readings))
    , m_evaluation(new EvaluationTabs(m_readings))
    , m_middle(new QSplitter(Qt::Vertical, this))
    , m_side(new SidePanel)
    , m_filmPanel(new FilmPanel)
    , m_histogram(new HistogramStrip)
    , m_status(new StatusLine(this))
{
    setWindowTitle(tr("Hilum"));
    setAcceptDrops(true);
    setDockNestingEnabled(false);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    setStatusBar(m_status);
    m_middle->addWidget(m_area);
    m_middle->addWidget(m_evaluation);
    m_middle->setStretchFactor(0, 1);
    m_middle->setChildrenCollapsible(false);
    m_middle->setHandleWidth(1);
    setCentralWidget(m_middle);
    makeDocks();
    const Menus menus = makeMenus(*this, *m_actions);
    m_presets = menus.presets;
    makeToolBar(*this, *m_actions);
    m_files = new FileCommands(
        {m_settings, m_films, m_readings, *m_actions, *m_area, *m_status, *menus.recent}, this);

    connectView();
    connectNetworks();
    connectPanels();
    connectLooks();
    restore();
    filmChanged();
}

MainWindow::~MainWindow()
{
    // The parts below listen to the sessions, which are members and go first.
    m_films.disconnect();
    m_readings.disconnect();
    delete takeCentralWidget();
    delete m_stripDock;
    delete m_sideDock;
}

FilmView *MainWindow::view() const { return m_area->view(); }

QDockWidget *MainWindow::dock(const QString &name, const QString &title, Qt::DockWidgetArea area,
                              QWidget *content)
{
    auto *made = new QDockWidget(title, this);
    made->setObjectName(name);
    made->setFeatures(QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetClosable);
    made->setAllowedAreas(Qt::LeftDockWidgetArea | Qt::RightDockWidgetArea);
    made->setTitleBarWidget(new QWidget(made)); // the sections have titles of their own
    made->setWidget(content);
    addDockWidget(area, made);
    return made;
}

void MainWindow::makeDocks()
{
    auto *model = new FilmListModel(m_films, m_readings, this);
    m_stripDock = dock(QStringLiteral("strip"), tr("Film strip"), Qt::LeftDockWidgetArea,
                       new FilmStrip(m_films, model));
    m_side->add(QStringLiteral("readings"), tr("Readings"), new ReadingsPanel(m_readings));
    m_side->add(QStringLiteral("map"), tr("Map"), new MapControls(m_readings));
    m_side->add(QStringLiteral("histogram"), tr("Window"), m_histogram);
    m_side->add(QStringLiteral("film"), tr("Film"), m_filmPanel);
    m_side->add(QStringLiteral("networks"), tr("Networks"), new NetworkCards(m_readings));
    m_sideDock = dock(QStringLiteral("side"), tr("Side panel"), Qt::RightDockWidgetArea, m_side);
    resizeDocks({m_stripDock, m_sideDock}, {188, 384}, Qt::Horizontal);
}

void MainWindow::connectView()
{
    const Actions &a = *m_actions;
    FilmView *film = view();
    connect(a.fit, &QAction::triggered, film, &FilmView::fit);
    connect(a.oneToOne, &QAction::triggered, film, &FilmView::oneToOne);
    connect(a.zoomIn, &QAction::triggered, film, [film] { film->zoomBy(1.25); });
    connect(a.zoomOut, &QAction::triggered, film, [film] { film->zoomBy(1 / 1.25); });
    connect(a.turnLeft, &QAction::triggered, film, [film] { film->turn(-1); });
    connect(a.turnRight, &QAction::triggered, film, [film] { film->turn(1); });
    connect(a.mirror, &QAction::triggered, film, &FilmView::mirror);
    connect(a.cornerTexts, &QAction::toggled, film, &FilmView::setCornerTexts);
    connect(a.invert, &QAction::triggered, &m_films, &FilmSession::setInverted);
    connect(a.reset, &QAction::triggered, this, [this, film] {
        m_films.resetWindow();
        film->resetView();
    });
    connect(a.windowTool, &QAction::triggered, film, [film] { film->setTool(HandTool::Window); });
    connect(a.panTool, &QAction::triggered, film, [film] { film->setTool(HandTool::Pan); });
    connect(a.zoomTool, &QAction::triggered, film, [film] { film->setTool(HandTool::Zoom); });
    connect(film, &FilmView::pointed, this, &MainWindow::showPixel);
    connect(m_histogram, &HistogramStrip::windowDragged, &m_films,
            [this](Window window) { m_films.setVoi(window); });
    connect(&m_films, &FilmSession::voiChanged, this, [this] {
        m_histogram->setVoi(m_films.voi());
        m_actions->invert->setChecked(m_films.isInverted());
        showPixel(m_pixel);
    });
    connect(&m_films, &FilmSession::currentChanged, this, &MainWindow::filmChanged);
    connect(&m_films, &FilmSession::filmReady, this, &MainWindow::filmChanged);
    connect(&m_films, &FilmSession::filmFailed, this, &MainWindow::filmChanged);
    connect(&m_films, &FilmSession::loadingChanged, this, &MainWindow::updateWork);
    connect(a.quit, &QAction::triggered, this, &QWidget::close);
    connect(a.nextFilm, &QAction::triggered, this, [this] { m_films.select(m_films.currentRow() + 1); });
    connect(a.previousFilm, &QAction::triggered, this, [this] { m_films.select(m_films.currentRow() - 1); });
    connect(a.cancel, &QAction::triggered, this, &MainWindow::stop);
}

void MainWindow::connectNetworks()
{
    const Actions &a = *m_actions;
    connect(a.overlay, &QAction::triggered, &m_readings, &ReadingSession::setOverlayShown);
    connect(a.nextClass, &QAction::triggered, this, [this] {
        const auto classes = m_readings.classes();
        const auto here = std::ranges::find(classes, m_readings.mapClass());
        if (classes.empty())
            return;
        m_readings.chooseClass(here == classes.end() || here + 1 == classes.end() ? classes.front()
                                                                                  : *(here + 1));
        m_readings.setOverlayShown(true);
    });
    connect(a.nextNetwork, &QAction::triggered, this, [this] {
        const int count = static_cast<int>(m_readings.networks().size());
        if (count > 0)
            m_readings.chooseMapNetwork((m_readings.mapNetwork() + 1) % count);
    });
    connect(a.readAgain, &QAction::triggered, &m_readings, &ReadingSession::readAgain);
    connect(a.deviceAuto, &QAction::triggered, &m_readings,
            [this] { m_readings.setDevice(DeviceChoice::Auto); });
    connect(a.deviceCpu, &QAction::triggered, &m_readings,
            [this] { m_readings.setDevice(DeviceChoice::Cpu); });
    connect(a.deviceCuda, &QAction::triggered, &m_readings,
            [this] { m_readings.setDevice(DeviceChoice::Cuda); });
    connect(&m_readings, &ReadingSession::selectionChanged, this,
            [this] { m_actions->overlay->setChecked(m_readings.isOverlayShown()); });
    connect(&m_readings, &ReadingSession::networksChanged, this, &MainWindow::updateEnabled);
    connect(&m_readings, &ReadingSession::readingStateChanged, this, &MainWindow::updateWork);
    connect(&m_readings, &ReadingSession::readingChanged, this, &MainWindow::updateDevice);
    // What was closed is forgotten.
    connect(&m_films, &FilmSession::filmRemoved, &m_readings, [this](int, int id) { m_readings.forget(id); });
    connect(&m_films, &FilmSession::filmsCleared, &m_readings, &ReadingSession::forgetAll);
}

void MainWindow::connectPanels()
{
    const Actions &a = *m_actions;
    const auto shows = [this](QAction *action, QDockWidget *panel) {
        connect(action, &QAction::triggered, panel, &QWidget::setVisible);
        connect(panel, &QDockWidget::visibilityChanged, action,
                [action, panel] { action->setChecked(!panel->isHidden()); });
    };
    shows(a.filmStrip, m_stripDock);
    shows(a.sidePanel, m_sideDock);
    connect(a.evaluation, &QAction::triggered, m_evaluation, &EvaluationTabs::setOpen);
    connect(a.curves, &QAction::triggered, this, [this] { m_evaluation->showPage(EvaluationTabs::Curves); });
    connect(a.matrices, &QAction::triggered, this,
            [this] { m_evaluation->showPage(EvaluationTabs::Matrices); });
    connect(m_evaluation, &EvaluationTabs::openChanged, this, [this](bool open) {
        m_actions->evaluation->setChecked(open);
        const int high = open ? std::max(260, m_middle->height() * 2 / 5) : m_evaluation->foldedHeight();
        m_middle->setSizes({m_middle->height() - high, high});
    });
    connect(a.palette, &QAction::triggered, this,
            [this] { (new ActionPalette(m_actions->all() + m_presets->actions(), this))->show(); });
    connect(a.help, &QAction::triggered, this, [this] { showHelpSheet(m_actions->all(), this); });
    connect(a.about, &QAction::triggered, this, [this] { showAbout(this); });
}

void MainWindow::connectLooks()
{
    const Actions &a = *m_actions;
    a.lightTheme->setChecked(m_settings.theme() == ThemeChoice::Light);
    a.projector->setChecked(m_settings.isProjector());
    a.cornerTexts->setChecked(true);
    connect(a.lightTheme, &QAction::toggled, this, [this](bool light) {
        m_settings.setTheme(light ? ThemeChoice::Light : ThemeChoice::Dark);
        applyLook();
    });
    connect(a.projector, &QAction::toggled, this, [this](bool on) {
        m_settings.setProjector(on);
        applyLook();
    });
    connect(a.fullScreen, &QAction::toggled, this,
            [this](bool full) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, full)); });
    applyLook();
}

void MainWindow::applyLook()
{
    const Theme &theme = themeOf(m_settings.theme());
    applyTheme(*qApp, theme, m_settings.isProjector() ? projectorScale : 1);
    m_evaluation->setTheme(plotTheme(theme));
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

void MainWindow::stop()
{
    if (m_films.isLoading())
        m_films.cancelLoading();
    else if (m_readings.isReading())
        m_readings.cancel();
    else if (isFullScreen())
        m_actions->fullScreen->setChecked(false);
}

void MainWindow::filmChanged()
{
    const int row = m_films.currentRow();
    const QString path = row < 0 ? QString() : m_films.entry(row).path;
    setWindowTitle(row < 0 ? tr("Hilum") : tr("%1 \u2013 Hilum").arg(QFileInfo(path).fileName()));
    const DisplayFilmPtr film = m_films.film();
    m_histogram->setFilm(film);
    m_filmPanel->setFilm(film ? film->film : nullptr);
    fillPresets();
    updateEnabled();
}

void MainWindow::updateEnabled()
{
    const Actions &a = *m_actions;
    const bool film = m_films.film() != nullptr;
    for (QAction *action : {a.fit, a.oneToOne, a.zoomIn, a.zoomOut, a.turnLeft, a.turnRight, a.mirror,
                            a.invert, a.reset, a.savePicture, a.copyPicture})
        action->setEnabled(film);
    const bool networks = !m_readings.networks().empty();
    for (QAction *action : {a.overlay, a.nextClass, a.nextNetwork, a.readAgain})
        action->setEnabled(film && networks);
    const bool any = m_films.count() > 0;
    for (QAction *action : {a.closeFilm, a.closeAll, a.nextFilm, a.previousFilm})
        action->setEnabled(any);
    a.openSamples->setEnabled(!sampleFilms().isEmpty());
    m_presets->setEnabled(film);
}

void MainWindow::updateWork()
{
    if (m_films.isLoading())
        m_status->setWork(tr("Opening the film\u2026"));
    else
        m_status->setWork(m_readings.isReading() ? tr("The networks are reading\u2026") : QString());
}

void MainWindow::updateDevice()
{
    for (int n = 0; n < static_cast<int>(m_readings.networks().size()); ++n) {
        if (const auto &prediction = m_readings.reading(n).prediction)
            m_status->setDevice(prediction->device == "cpu"
                                    ? tr("Read on the CPU")
                                    : tr("Read on %1").arg(toText(prediction->device)));
    }
}

void MainWindow::showPixel(QPoint pixel)
{
    m_pixel = pixel;
    const DisplayFilmPtr film = m_films.film();
    m_status->setPixel(film ? pixelText(*film, m_films.voi(), m_films.isInverted(), pixel) : QString());
}

void MainWindow::fillPresets()
{
    m_presets->clear();
    const DisplayFilmPtr film = m_films.film();
    if (!film)
        return;
    int index = 0;
    for (const VoiPreset &preset : film->presets) {
        QAction *action = m_presets->addAction(preset.name);
        action->setWhatsThis(tr("Window preset"));
        if (index < 9)
            action->setShortcut(QKeySequence(Qt::Key_1 + index));
        connect(action, &QAction::triggered, &m_films, [this, index] { m_films.choosePreset(index); });
        ++index;
    }
}

} // namespace hilum::ui
