// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/batch/BatchWindow.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/Labels.h"
#include "ui/compare/CompareWords.h"

#include <QComboBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

namespace hilum::ui {

namespace {

constexpr int mostEarlier = 5; // batches on the start page
constexpr int filmWidth = 170;
constexpr int wordWidth = 96;

QPushButton *button(const QString &text, const QString &hint, QWidget *parent)
{
    auto *made = new QPushButton(text, parent);
    made->setAutoDefault(false);
    made->setToolTip(hint);
    return made;
}

} // namespace

BatchWindow::BatchWindow(BatchRun &run, BatchStore store, Sources sources, QWidget *parent)
    : QDialog(parent)
    , m_run(run)
    , m_store(std::move(store))
    , m_sources(std::move(sources))
    , m_table(new BatchTable(m_sources.shownName, this))
    , m_pages(new QStackedWidget(this))
{
    setWindowTitle(tr("Read many films"));
    setWindowFlags(Qt::Window);
    setAcceptDrops(true);
    constexpr QSize wanted{1200, 800};
    resize(wanted.boundedTo(screen()->availableSize() - QSize(40, 96)));
    m_notice = wrappedLabel(this, "warning");
    m_line = wrappedLabel(this, "small", tr("For education, not for diagnosis"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 8);
    layout->setSpacing(8);
    layout->addWidget(head());
    layout->addWidget(progressRow());
    layout->addWidget(m_notice);
    m_pages->addWidget(startPage());
    m_pages->addWidget(resultsPage());
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_line);
    connect(&m_run, &BatchRun::stateChanged, this, &BatchWindow::showState);
    connect(&m_run, &BatchRun::progressed, this, &BatchWindow::showProgress);
    connect(&m_run, &BatchRun::planKnown, this, &BatchWindow::showPlan);
    connect(&m_run, &BatchRun::rowsCame, this, [this](const std::vector<BatchRow> &rows) {
        m_table->add(rows);
        showCount();
    });
    networksChanged();
    listBatches();
}

QWidget *BatchWindow::head()
{
    auto *row = new QWidget(this);
    m_choose = button(tr("&Films"), tr("Choose what is read"), row);
    auto *menu = new QMenu(m_choose);
    menu->addAction(tr("A &folder\u2026"), this, &BatchWindow::askForFolder);
    menu->addAction(tr("A &manifest, list, DICOMDIR or film\u2026"), this, &BatchWindow::askForFile);
    menu->addAction(tr("The &open films"), this, [this] { choose(m_sources.openFilms()); });
    menu->addSeparator();
    menu->addAction(tr("&Results written before\u2026"), this, &BatchWindow::askForResults);
    m_choose->setMenu(menu);
    m_name = new QLabel(row);
    m_name->setTextFormat(Qt::PlainText);
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_networks = new QToolButton(row);
    m_networks->setPopupMode(QToolButton::InstantPopup);
    m_networks->setToolTip(tr("Which networks read the films"));
    m_networkMenu = new QMenu(m_networks);
    m_networks->setMenu(m_networkMenu);
    m_where = button(tr("Results &to\u2026"), {}, row);
    m_begin = button(tr("&Read"), {}, row);
    m_pause = button(tr("&Pause"), tr("What was read is kept; Resume goes on from there"), row);
    m_cancel
        = button(tr("&Cancel"), tr("Stops; what was read becomes results.csv and the other results"), row);
    m_report = button(tr("&Evaluation report\u2026"),
                      tr("How good the networks are on these films, as PDF, HTML and PNG"), row);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_choose);
    layout->addWidget(m_name, 1);
    for (QWidget *part :
         std::initializer_list<QWidget *>{m_networks, m_where, m_begin, m_pause, m_cancel, m_report})
        layout->addWidget(part);
    connect(m_where, &QPushButton::clicked, this, &BatchWindow::askWhereTo);
    connect(m_begin, &QPushButton::clicked, this, &BatchWindow::begin);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (m_run.isActive())
            m_run.pause();
        else
            m_run.resume();
    });
    connect(m_cancel, &QPushButton::clicked, &m_run, &BatchRun::cancel);
    connect(m_report, &QPushButton::clicked, this,
            [this] { Q_EMIT reportWanted(QDir(m_run.folder()).filePath(QStringLiteral("results.csv"))); });
    return row;
}

QWidget *BatchWindow::progressRow()
{
    m_running = new QWidget(this);
    m_bar = new QProgressBar(m_running);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(6);
    m_bar->setAccessibleName(tr("How far the batch is"));
    m_left = new QLabel(m_running);
    m_left->setProperty("role", QStringLiteral("muted"));
    auto *layout = new QHBoxLayout(m_running);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_bar, 1);
    layout->addWidget(m_left);
    return m_running;
}

QWidget *BatchWindow::startPage()
{
    auto *page = new QWidget(this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 16, 0, 0);
    column->setSpacing(12);
    for (const QString &text :
         {tr("All chosen networks read all films of a folder, a manifest, a list or a DICOMDIR."),
          tr("They can be dropped here, too. Results come as a table whose rows open their films, and as "
             "results.csv, results.jsonl and results.sqlite in the results' folder."),
          tr("The films are read in a process of its own at low priority. Each result is kept at once: pause "
             "when you like, and after a crash or a restart Resume goes on and repeats nothing. A film that "
             "can't be read gets its error as its result.")})
        column->addWidget(wrappedLabel(page, "body", text));
    m_earlier = new QVBoxLayout;
    m_earlier->setSpacing(4);
    column->addLayout(m_earlier);
    column->addStretch(1);
    return page;
}

void BatchWindow::listBatches()
{
    while (QLayoutItem *item = m_earlier->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const StoredBatch &batch : m_store.batches(mostEarlier)) {
        const QString name = QFileInfo(batch.folder).fileName();
        const QString text = batch.done < batch.all
            ? tr("%1: %2 of %3 films read, not finished").arg(name).arg(batch.done).arg(batch.all)
            : tr("%1: %2 films").arg(name).arg(batch.all);
        auto *link = button(m_sources.shownName(text), m_sources.shownName(batch.films), this);
        link->setFlat(true);
        link->setStyleSheet(QStringLiteral("text-align: left"));
        connect(link, &QPushButton::clicked, this, [this, folder = batch.folder] { openResults(folder); });
        m_earlier->addWidget(link);
    }
}

QWidget *BatchWindow::resultsPage()
{
    auto *page = new QWidget(this);
    m_text = new QLineEdit(page);
    m_text->setPlaceholderText(tr("Film"));
    m_text->setClearButtonEnabled(true);
    m_text->setAccessibleName(tr("Show films whose name holds this"));
    m_kind = new QComboBox(page);
    m_kind->setAccessibleName(tr("Show films by their results"));
    using Kind = BatchFilter::Kind;
    for (const auto &[title, kind] :
         {std::pair{tr("All films"), Kind::All}, std::pair{tr("Not read"), Kind::Failed},
          std::pair{tr("Refused by the gate"), Kind::Refused},
          std::pair{tr("Networks disagree"), Kind::Disagree}, std::pair{tr("Called wrong"), Kind::Wrong}})
        m_kind->addItem(title, static_cast<int>(kind));
    m_count = new QLabel(page);
    m_count->setProperty("role", QStringLiteral("muted"));
    auto *filters = new QHBoxLayout;
    filters->setSpacing(8);
    filters->addWidget(m_text, 1);
    filters->addWidget(m_kind);
    filters->addWidget(m_count);
    m_view = new QTreeView(page);
    m_view->setAccessibleName(tr("Results"));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setModel(m_table);
    m_view->setSortingEnabled(true);
    m_view->header()->setSortIndicator(-1, Qt::AscendingOrder);
    m_view->header()->setSortIndicatorClearable(true);
    m_view->header()->setStretchLastSection(true);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(filters);
    column->addWidget(m_view, 1);
    connect(m_text, &QLineEdit::textChanged, this, &BatchWindow::readFilter);
    connect(m_kind, &QComboBox::activated, this, &BatchWindow::readFilter);
    connect(m_view, &QTreeView::activated, this, [this](const QModelIndex &at) { wantFilm(at, true); });
    connect(m_view, &QTreeView::clicked, this, [this](const QModelIndex &at) { wantFilm(at, false); });
    return page;
}

void BatchWindow::networksChanged()
{
    QStringList unchecked;
    for (const QAction *action : m_networkMenu->actions()) {
        if (!action->isChecked())
            unchecked << action->data().toString();
    }
    m_networkMenu->clear();
    for (const ModelPackage &package : m_sources.networks()) {
        QAction *action = m_networkMenu->addAction(toText(package.card.title));
        action->setCheckable(true);
        action->setData(toText(package.folder));
        action->setChecked(!unchecked.contains(action->data().toString()));
        connect(action, &QAction::toggled, this, &BatchWindow::showState);
    }
    showState();
}

void BatchWindow::namesChanged()
{
    m_table->namesChanged();
    listBatches();
    showState();
}

QStringList BatchWindow::chosenModels() const
{
    QStringList folders;
    for (const QAction *action : m_networkMenu->actions()) {
        if (action->isChecked())
            folders << action->data().toString();
    }
    return folders;
}

QString BatchWindow::whyNot() const
{
    if (m_paths.isEmpty())
        return tr("Choose films first.");
    if (chosenModels().isEmpty())
        return tr("Choose a network.");
    return m_folder.isEmpty() ? tr("Choose where the results go.") : QString();
}

void BatchWindow::choose(const QStringList &paths)
{
    if (m_run.isActive())
        return;
    m_paths = paths;
    if (!paths.isEmpty())
        m_folder = m_store.freeFolder(paths.front());
    showState();
}

void BatchWindow::setFolder(const QString &folder)
{
    m_folder = folder;
    showState();
}

void BatchWindow::begin()
{
    if (!whyNot().isEmpty() || m_run.isActive())
        return;
    const QStringList paths = std::exchange(m_paths, {}); // they are this batch's now
    m_run.start({paths, chosenModels(), m_folder, m_sources.device()});
}

void BatchWindow::openResults(const QString &folder)
{
    if (m_run.isActive())
        return;
    m_paths.clear();
    m_run.open(folder);
}

void BatchWindow::showPlan()
{
    m_table->setPlan(m_run.plan());
    for (int column = 0; column < m_table->columnCount(); ++column) {
        const bool isNumber = m_table->headerData(column, Qt::Horizontal, Qt::UserRole).toBool();
        const int width = std::max(m_view->header()->sectionSizeHint(column), isNumber ? 72 : wordWidth);
        m_view->setColumnWidth(column, column == BatchTable::FilmColumn ? filmWidth : width);
    }
    showState();
    showCount();
}

void BatchWindow::showProgress()
{
    m_bar->setRange(0, std::max(1, m_run.progress().films));
    m_bar->setValue(m_run.progress().done);
    m_left->setText(m_run.plan() ? progressText(m_run.progress())
                                 : tr("Looking for films, loading networks\u2026"));
}

void BatchWindow::showCount()
{
    const QString shown = QLocale().toString(m_table->rowCount());
    const QString all = QLocale().toString(m_table->films());
    m_count->setText(m_table->rowCount() == m_table->films() ? tr("%1 films").arg(all)
                                                             : tr("%1 of %2 films").arg(shown, all));
}

void BatchWindow::readFilter()
{
    m_table->setFilter(
        {m_text->text().trimmed(), static_cast<BatchFilter::Kind>(m_kind->currentData().toInt())});
    showCount();
}

void BatchWindow::showState()
{
    using State = BatchRun::State;
    const State state = m_run.state();
    const bool isActive = m_run.isActive();
    const bool isNext = !m_paths.isEmpty(); // another batch is being made ready
    const bool canResume = m_run.canResume();
    m_running->setVisible(!isNext && (isActive || m_run.plan()));
    showProgress();
    for (QWidget *control : std::initializer_list<QWidget *>{m_choose, m_networks, m_where})
        control->setEnabled(!isActive);
    const auto count = chosenModels().size();
    m_networks->setText(count == 1 ? tr("1 network") : tr("%1 networks").arg(count));
    const QString reason = whyNot();
    m_begin->setEnabled(!isActive && reason.isEmpty());
    m_begin->setToolTip(reason.isEmpty() ? tr("Results go to %1").arg(m_folder) : reason);
    m_where->setToolTip(m_folder.isEmpty() ? tr("Choose the folder of the results")
                                           : tr("Results go to %1").arg(m_folder));
    m_pause->setText(isActive || !canResume ? tr("&Pause") : tr("&Resume"));
    m_pause->setEnabled((isActive && state != State::Pausing) || canResume);
    m_cancel->setEnabled((isActive && state != State::Pausing)
                         || (state == State::Paused && m_run.plan() && !m_run.isCancelled() && !isNext));
    m_report->setVisible(state == State::Finished && m_table->hasTruths() && !isNext);
    const QString of = isNext      ? m_paths.join(QStringLiteral(", "))
        : m_run.plan()             ? toText(m_run.plan()->films)
        : !m_run.paths().isEmpty() ? m_run.paths().join(QStringLiteral(", "))
                                   : tr("no films chosen");
    m_name->setText(
        m_sources.shownName(isNext && m_paths.size() > 1 ? tr("%1 chosen").arg(m_paths.size()) : of));
    m_name->setToolTip(m_sources.shownName(of));
    m_pages->setCurrentIndex(m_run.plan() && !isNext ? 1 : 0);
    QStringList notices;
    if (state == State::Failed)
        notices << m_run.words().what << m_run.words().tryThis << m_run.words().detail;
    if (state == State::Paused && !isNext && !m_run.plan())
        notices << tr("Stopped before a film was read. Resume begins again.");
    else if (state == State::Paused && !isNext)
        notices << (m_run.isCancelled() ? tr(
                        "Cancelled: %1 of %2 films are read and stand in results.csv. Resume would go on.")
                                        : tr("Paused: %1 of %2 films are read. Resume goes on from there."))
                       .arg(m_run.progress().done)
                       .arg(m_run.progress().films);
    notices.removeAll(QString());
    m_notice->setText(m_sources.shownName(notices.join(QLatin1Char('\n'))));
    m_notice->setVisible(!notices.isEmpty());
    m_line->setText(state == State::Finished && !isNext
                        ? tr("Results lie in %1 \u00b7 For education, not for diagnosis").arg(m_run.folder())
                        : tr("For education, not for diagnosis"));
}

void BatchWindow::wantFilm(const QModelIndex &row, bool comesForward)
{
    if (!row.isValid() || !m_run.plan())
        return;
    const auto path = filmOf(*m_run.plan(), m_table->nameOf(row.row()));
    if (path.empty())
        m_line->setText(tr("This film is no longer where it was read, or the batch does not tell."));
    else
        Q_EMIT filmWanted(toText(path), comesForward);
}

void BatchWindow::askForFolder()
{
    auto *dialog = new QFileDialog(this, tr("Choose a folder of films"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) { choose({path}); });
    dialog->open();
}

void BatchWindow::askForFile()
{
    auto *dialog = new QFileDialog(this, tr("Choose a manifest, a list, a DICOMDIR or films"), {},
                                   tr("Manifests and lists (*.csv *.txt *.lst DICOMDIR);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &BatchWindow::choose);
    dialog->open();
}

void BatchWindow::askForResults()
{
    auto *dialog = new QFileDialog(this, tr("Open the results of a batch"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &BatchWindow::openResults);
    dialog->open();
}

void BatchWindow::askWhereTo()
{
    auto *dialog = new QFileDialog(this, tr("Choose the folder of the results"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &BatchWindow::setFolder);
    dialog->open();
}

void BatchWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!m_run.isActive() && event->mimeData()->hasUrls() && event->mimeData()->urls().front().isLocalFile())
        event->acceptProposedAction();
}

void BatchWindow::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    QStringList paths;
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    choose(paths);
}

} // namespace hilum::ui
