// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/DeskWindow.h"

#include "core/nn/ModelPackage.h"
#include "ui/bridge/Convert.h"
#include "ui/bridge/Labels.h"
#include "ui/desk/DeskHead.h"
#include "ui/desk/DeskViews.h"
#include "ui/desk/NumbersPage.h"
#include "ui/desk/PublishedPage.h"
#include "ui/desk/RunsPage.h"
#include "ui/desk/ThresholdPage.h"
#include "ui/plots/ClassNames.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QScreen>
#include <QTabWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

using Which = DeskMatrixView::Which;

QWidget *gridOf(QWidget *parent, const std::vector<std::pair<QWidget *, QPoint>> &cells)
{
    auto *page = new QWidget(parent);
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(0, 4, 0, 0);
    grid->setSpacing(4);
    for (const auto &[widget, place] : cells) {
        grid->addWidget(widget, place.y(), place.x());
        grid->setColumnStretch(place.x(), 1);
        grid->setRowStretch(place.y(), 1);
    }
    return page;
}

bool isComparisonTable(const QString &path)
{
    return QFileInfo(path).fileName() == QLatin1String("comparison.csv");
}

} // namespace

DeskWindow::DeskWindow(Lanes &lanes, std::shared_ptr<NetworkService> service, Sources sources,
                       QWidget *parent)
    : QDialog(parent, Qt::Window)
    , m_session(lanes)
    , m_reading(lanes, service, sources.makeReader)
    , m_sources(std::move(sources))
    , m_head(new DeskHead(m_session, this))
    , m_tabs(new QTabWidget(this))
    , m_films(new FilmsBehind(lanes, m_session,
                              {m_sources.makeReader, std::move(service), m_sources.networks}, this))
    , m_runs(new RunsPage(lanes, m_tabs))
{
    setWindowTitle(tr("Evaluation desk"));
    setAcceptDrops(true);
    const QSize wanted(1440, 900);
    resize(wanted.boundedTo(screen()->availableSize() - QSize(40, 96)));
    m_films->model().setShownName(m_sources.shownName);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 8);
    layout->setSpacing(8);
    layout->addWidget(m_head);
    layout->addWidget(notices());
    layout->addWidget(m_tabs, 1);
    layout->addWidget(m_films);
    m_line = wrappedLabel(this, "small", tr("For education, not for diagnosis"));
    layout->addWidget(m_line);
    m_tabs->setDocumentMode(true);
    addPages();
    fillMenu();
    listen();
    networksChanged();
    showState();
}

// The pages ask the sessions, which go before the window's children do.
DeskWindow::~DeskWindow()
{
    m_session.disconnect();
    m_reading.disconnect();
    delete m_films;
    delete m_tabs;
    delete m_head;
}

void DeskWindow::listen()
{
    connect(&m_session, &DeskSession::setsChanged, this, &DeskWindow::showState);
    connect(&m_session, &DeskSession::judgementChanged, this, &DeskWindow::showState);
    connect(m_films, &FilmsBehind::filmWanted, this, &DeskWindow::filmWanted);
    connect(m_films, &FilmsBehind::manifestWanted, this, &DeskWindow::askForManifest);
    connect(&m_reading, &CompareSession::runChanged, this, &DeskWindow::showRun);
    connect(&m_reading, &CompareSession::comparisonChanged, this, [this] {
        auto sets = deskSetsOf(*m_reading.comparison());
        m_unjudged = sets ? QString() : toText(sets.error().detail);
        if (!sets)
            return; // said with the end of the run
        // One network that read alone was asked twice by its own name.
        const auto &models = m_reading.comparison()->models;
        if (models[0].id == models[1].id && models[0].weightsSha256 == models[1].weightsSha256)
            sets->resize(1);
        m_session.add(std::move(*sets));
    });
    connect(this, &QDialog::finished, &m_reading, &CompareSession::stop);
}

QWidget *DeskWindow::notices()
{
    auto *box = new QWidget(this);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_notice = wrappedLabel(box, "warning");
    m_running = new QWidget(box);
    m_bar = new QProgressBar(m_running);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(6);
    m_bar->setAccessibleName(tr("How far the reading is"));
    m_left = new QLabel(m_running);
    m_left->setProperty("role", QStringLiteral("muted"));
    auto *stop = new QPushButton(tr("S&top"), m_running);
    stop->setAutoDefault(false);
    stop->setToolTip(tr("What was read is judged"));
    auto *row = new QHBoxLayout(m_running);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(m_bar, 1);
    row->addWidget(m_left);
    row->addWidget(stop);
    column->addWidget(m_running);
    column->addWidget(m_notice);
    connect(stop, &QPushButton::clicked, &m_reading, &CompareSession::stop);
    m_running->hide();
    return box;
}

QWidget *DeskWindow::overview()
{
    return gridOf(m_tabs,
                  {{new DeskMatrixView(m_session, Which::First, m_tabs), {0, 0}},
                   {new DeskCurveView(m_session, DeskCurve::Roc, m_tabs), {1, 0}},
                   {new DeskScoreView(m_session, 0, false, m_tabs), {0, 1}},
                   {new DeskCurveView(m_session, DeskCurve::EqualMass, m_tabs), {1, 1}}});
}

QWidget *DeskWindow::matrices()
{
    auto *page = new QWidget(m_tabs);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 8, 0, 0);
    auto *percent = new QComboBox(page);
    percent->setAccessibleName(tr("Per cent of what"));
    using Percent = ConfusionView::Percent;
    percent->addItem(tr("Per cent of the row (of the truth)"), static_cast<int>(Percent::Row));
    percent->addItem(tr("Per cent of the column (of the call)"), static_cast<int>(Percent::Column));
    percent->addItem(tr("Per cent of all films"), static_cast<int>(Percent::Total));
    auto *first = new DeskMatrixView(m_session, Which::First, page);
    auto *second = new DeskMatrixView(m_session, Which::Second, page);
    auto *difference = new DeskMatrixView(m_session, Which::Difference, page);
    connect(percent, &QComboBox::currentIndexChanged, page, [=](int index) {
        for (DeskMatrixView *view : {first, second, difference})
            view->plot().setPercent(static_cast<Percent>(percent->itemData(index).toInt()));
    });
    auto *row = new QHBoxLayout;
    row->addWidget(percent);
    row->addWidget(
        wrappedLabel(page, "small",
                     tr("Colours run from 0 to 100 % in every matrix, so that two can be compared; in "
                        "the difference orange is more often, blue less often.")),
        1);
    auto *matrices = new QHBoxLayout;
    for (DeskMatrixView *view : {first, second, difference})
        matrices->addWidget(view, 1);
    column->addLayout(row);
    column->addLayout(matrices, 1);
    const auto update = [this, second, difference] {
        const bool has = m_session.second() >= 0;
        second->setVisible(has);
        difference->setVisible(has);
    };
    connect(&m_session, &DeskSession::setsChanged, page, update);
    update();
    return page;
}

QWidget *DeskWindow::curves()
{
    std::vector<std::pair<QWidget *, QPoint>> cells;
    std::vector<DeskCurveView *> views;
    for (const auto &[kind, place] : {std::pair{DeskCurve::Roc, QPoint(0, 0)},
                                      {DeskCurve::PrecisionRecall, QPoint(1, 0)},
                                      {DeskCurve::Det, QPoint(0, 1)},
                                      {DeskCurve::Decision, QPoint(1, 1)}}) {
        views.push_back(new DeskCurveView(m_session, kind, m_tabs));
        cells.emplace_back(views.back(), place);
    }
    QWidget *grid = gridOf(m_tabs, cells);
    auto *every = new QCheckBox(tr("Every class at once (of one network)"), grid);
    connect(every, &QCheckBox::toggled, grid, [views](bool on) {
        for (DeskCurveView *view : views)
            view->setEveryClass(on);
    });
    static_cast<QGridLayout *>(grid->layout())->addWidget(every, 2, 0, 1, 2);
    return grid;
}

QWidget *DeskWindow::calibration()
{
    return gridOf(m_tabs,
                  {{new DeskCurveView(m_session, DeskCurve::EqualWidth, m_tabs), {0, 0}},
                   {new DeskCurveView(m_session, DeskCurve::EqualMass, m_tabs), {1, 0}}});
}

QWidget *DeskWindow::scores()
{
    auto *second = new DeskScoreView(m_session, 1, true, m_tabs);
    QWidget *page
        = gridOf(m_tabs, {{new DeskScoreView(m_session, 0, true, m_tabs), {0, 0}}, {second, {1, 0}}});
    auto *grid = static_cast<QGridLayout *>(page->layout());
    const auto update = [this, second, grid] {
        second->setVisible(m_session.second() >= 0);
        grid->setColumnStretch(1, m_session.second() >= 0 ? 1 : 0);
    };
    connect(&m_session, &DeskSession::setsChanged, page, update);
    update();
    return page;
}

void DeskWindow::addPages()
{
    m_tabs->addTab(overview(), tr("Overview"));
    m_tabs->addTab(matrices(), tr("Matrices"));
    m_tabs->addTab(curves(), tr("Curves"));
    m_tabs->addTab(calibration(), tr("Calibration"));
    m_tabs->addTab(scores(), tr("Scores"));
    auto *numbers = new NumbersPage(m_session, m_tabs);
    connect(numbers, &NumbersPage::saveFailed, this, &DeskWindow::say);
    m_threshold = new ThresholdPage(m_session, m_tabs);
    m_tabs->addTab(m_threshold, tr("Threshold and prevalence"));
    m_tabs->addTab(numbers, tr("Numbers"));
    m_tabs->addTab(m_runs, tr("Training"));
    m_tabs->addTab(new PublishedPage(m_tabs), tr("Student projects"));
    // No films stand behind trainings and what others published.
    connect(m_tabs, &QTabWidget::currentChanged, this, [this](int index) {
        const QWidget *page = m_tabs->widget(index);
        m_films->setVisible(page != m_runs && !qobject_cast<const PublishedPage *>(page));
        showLine();
    });
    for (PlotSurface *plot : m_tabs->findChildren<PlotSurface *>())
        connect(plot, &PlotSurface::saveFailed, this, &DeskWindow::say);
}

void DeskWindow::setTheme(const PlotTheme &theme)
{
    for (PlotSurface *plot : m_tabs->findChildren<PlotSurface *>())
        plot->setTheme(theme);
}

void DeskWindow::fillMenu()
{
    auto *menu = new QMenu(&m_head->films());
    menu->addAction(tr("&Open predictions\u2026"), this, &DeskWindow::askForPredictions);
    menu->addAction(tr("&Manifest of the films\u2026"), this, &DeskWindow::askForManifest);
    menu->addSeparator();
    menu->addAction(tr("Let the chosen networks &read a manifest\u2026"), this,
                    [this] { askForFilms(false); });
    menu->addAction(tr("Let the chosen networks read a &folder\u2026"), this, [this] { askForFilms(true); });
    menu->addSeparator();
    menu->addAction(tr("&Take the first network's off the desk"), this, [this] {
        if (m_session.first() >= 0)
            m_session.forget(m_session.first());
    });
    m_head->films().setMenu(menu);
}

void DeskWindow::networksChanged()
{
    std::vector<DeskSource> sources;
    for (const ModelPackage &package : m_sources.networks()) {
        const QString folder = toText(package.folder);
        const auto file = package.folder / "predictions.csv";
        if (m_offered.contains(folder))
            continue;
        m_offered << folder;
        if (const auto history = readHistory(package.folder / "history.csv"))
            m_runs->addRun(toText(package.card.title), *history);
        if (!QFileInfo::exists(toText(file)))
            continue;
        sources.push_back(
            {file, package.card.title, package.card.id,
             package.card.id + " " + package.card.version + " " + package.card.weightsSha256.substr(0, 12)});
    }
    m_session.load(std::move(sources));
    m_films->networksChanged();
}

void DeskWindow::open(const QStringList &paths)
{
    std::vector<DeskSource> sources;
    for (const QString &path : paths) {
        if (isComparisonTable(path))
            m_reading.open(path);
        else
            sources.push_back({toPath(path), {}, {}, {}});
    }
    m_session.load(std::move(sources));
}

void DeskWindow::read(const QString &dataset)
{
    const DeskSetPtr first = m_session.firstSet();
    const auto packages = m_sources.networks();
    const auto packageOf = [&](int set) -> const ModelPackage * {
        if (set < 0)
            return nullptr;
        const std::string &id = m_session.sets()[static_cast<std::size_t>(set)]->modelId;
        const auto found = std::ranges::find_if(
            packages, [&](const ModelPackage &package) { return package.card.id == id; });
        return found == packages.end() ? nullptr : &*found;
    };
    const ModelPackage *one = packageOf(m_session.first());
    const ModelPackage *other = packageOf(m_session.second());
    if (!one && !packages.empty())
        one = &packages.front();
    if (!one)
        return say(tr("There is no network that could read films."));
    m_reading.begin(dataset, *one, other ? *other : *one);
}

void DeskWindow::showState()
{
    QStringList lines;
    for (const DeskFailure &failure : m_session.failures()) {
        lines << tr("%1 was not loaded; what lies on the desk stays. %2")
                     .arg(failure.name, toText(failure.error.detail));
        if (toText(failure.error.detail).contains(QLatin1String("true class")))
            lines << tr(
                "Without a truth nothing can be judged. Choose the manifest of its films (Predictions, "
                "Manifest of the films), whose label stands for it, and open the file again.");
    }
    if (m_session.sets().empty() && lines.isEmpty() && !m_session.isLoading())
        lines << tr(
            "Nothing lies on the desk. Open a CSV with a truth and probabilities (Predictions), or drop "
            "it here.");
    if (const FilmComparison *read = m_reading.comparison(); read && !read->unread.empty())
        lines << tr("%1 films could not be read and are not judged, the first is %2.")
                     .arg(read->unread.size())
                     .arg(toText(read->unread.front().name));
    if (m_reading.error() && m_reading.error()->code != ErrorCode::Cancelled)
        lines << toText(m_reading.error()->detail);
    if (!m_unjudged.isEmpty() && !m_reading.isRunning())
        lines << m_unjudged;
    m_notice->setText(lines.join(QLatin1Char('\n')));
    m_notice->setVisible(!lines.isEmpty());
    showLine();
}

void DeskWindow::showLine()
{
    const QString notice = tr("For education, not for diagnosis");
    const bool isOfFilms = m_session.judgement() && !m_films->isHidden();
    m_line->setText(isOfFilms ? tr("%1 \u00b7 %2").arg(provenanceOf(*m_session.judgement()), notice)
                              : notice);
}

void DeskWindow::showRun()
{
    const TwiceProgress &progress = m_reading.progress();
    m_running->setVisible(m_reading.isRunning());
    m_bar->setRange(0, progress.films);
    m_bar->setValue(progress.done);
    m_left->setText(progress.films > 0 ? tr("%1 of %2 films read").arg(progress.done).arg(progress.films)
                                       : tr("Looking for films\u2026"));
    showState();
}

void DeskWindow::say(const QString &text) { m_line->setText(text); }

void DeskWindow::askForPredictions()
{
    auto *dialog
        = new QFileDialog(this, tr("Open predictions"), {}, tr("Predictions (*.csv);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &DeskWindow::open);
    dialog->open();
}

void DeskWindow::askForManifest()
{
    auto *dialog = new QFileDialog(this, tr("Choose the manifest of the films"), {},
                                   tr("Manifests (*.csv);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, &m_session, &DeskSession::setManifest);
    dialog->open();
}

void DeskWindow::askForFilms(bool isFolder)
{
    auto *dialog = new QFileDialog(this, isFolder ? tr("Choose a folder of films") : tr("Choose a manifest"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(isFolder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &DeskWindow::read);
    dialog->open();
}

void DeskWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void DeskWindow::dropEvent(QDropEvent *event)
{
    QStringList paths;
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    event->acceptProposedAction();
    open(paths);
}

} // namespace hilum::ui
