// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/compare/CompareWindow.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/ErrorText.h"
#include "ui/bridge/Labels.h"
#include "ui/compare/ComparePage.h"
#include "ui/compare/CompareWords.h"

#include <QComboBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

bool isComparison(const QString &path)
{
    const QFileInfo info(path);
    return info.isDir() ? QFileInfo::exists(QDir(path).filePath(QStringLiteral("comparison.csv")))
                        : info.fileName() == QLatin1String("comparison.csv");
}

} // namespace

CompareWindow::CompareWindow(Lanes &lanes, std::shared_ptr<NetworkService> service, Sources sources,
                             QWidget *parent)
    : QDialog(parent)
    , m_lanes(lanes)
    , m_sources(std::move(sources))
    , m_session(lanes, std::move(service), m_sources.makeReader)
    , m_pages(new QStackedWidget(this))
    , m_page(new ComparePage(m_session, m_sources.shownName, this))
{
    setWindowTitle(tr("Compare two networks over films"));
    setWindowFlags(Qt::Window);
    setAcceptDrops(true);
    constexpr QSize wanted{1500, 900};
    resize(wanted.boundedTo(screen()->availableSize() - QSize(40, 96)));
    m_notice = wrappedLabel(this, "warning");
    m_findFilms = new QPushButton(tr("&Where are the films?\u2026"), this);
    m_findFilms->setAutoDefault(false);
    m_findFilms->setToolTip(
        tr("Choose the manifest of this comparison, so that points and rows open their films"));
    auto *notices = new QHBoxLayout;
    notices->setSpacing(8);
    notices->addWidget(m_notice, 1);
    notices->addWidget(m_findFilms);
    m_line = wrappedLabel(this, "small", tr("For education, not for diagnosis"));
    m_pages->addWidget(startPage());
    m_pages->addWidget(m_page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 8);
    layout->setSpacing(8);
    layout->addWidget(head());
    layout->addWidget(progressRow());
    layout->addLayout(notices);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_line);
    connect(&m_session, &CompareSession::runChanged, this, &CompareWindow::showState);
    connect(&m_session, &CompareSession::filesChanged, this, &CompareWindow::showState);
    connect(&m_session, &CompareSession::comparisonChanged, this, &CompareWindow::showNetworks);
    connect(m_page, &ComparePage::filmWanted, this, &CompareWindow::wantFilm);
    connect(m_page, &ComparePage::saveFailed, this, &CompareWindow::say);
    connect(this, &QDialog::finished, &m_session, &CompareSession::stop);
    networksChanged();
}

// The page asks the session, which goes before the window's children do.
CompareWindow::~CompareWindow() { delete m_page; }

QWidget *CompareWindow::head()
{
    auto *row = new QWidget(this);
    m_choose = new QPushButton(tr("&Films"), row);
    m_choose->setAutoDefault(false);
    m_choose->setToolTip(tr("Choose what both networks read"));
    auto *menu = new QMenu(m_choose);
    menu->addAction(tr("A &manifest\u2026"), this, &CompareWindow::askForFile);
    menu->addAction(tr("A &folder of films\u2026"), this, &CompareWindow::askForFolder);
    menu->addAction(tr("The &open films"), this, &CompareWindow::chooseOpenFilms);
    menu->addSeparator();
    menu->addAction(tr("&Results written before\u2026"), this, &CompareWindow::askForResults);
    m_choose->setMenu(menu);
    m_name = new QLabel(row);
    m_name->setTextFormat(Qt::PlainText);
    m_first = new QComboBox(row);
    m_first->setAccessibleName(tr("First network"));
    m_second = new QComboBox(row);
    m_second->setAccessibleName(tr("Second network"));
    for (QComboBox *box : {m_first, m_second}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        connect(box, &QComboBox::activated, this, &CompareWindow::showState);
    }
    m_begin = new QPushButton(tr("&Compare"), row);
    m_save = new QPushButton(tr("&Save\u2026"), row);
    m_save->setToolTip(tr("comparison.csv, comparison.json and the plots as PNG, SVG and PDF in a folder"));
    for (QPushButton *button : {m_begin, m_save})
        button->setAutoDefault(false);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_choose);
    layout->addWidget(m_name, 1);
    layout->addWidget(m_first);
    layout->addWidget(new QLabel(tr("against"), row));
    layout->addWidget(m_second);
    layout->addWidget(m_begin);
    layout->addWidget(m_save);
    connect(m_begin, &QPushButton::clicked, this, &CompareWindow::begin);
    connect(m_save, &QPushButton::clicked, this, &CompareWindow::askWhereToSave);
    return row;
}

QWidget *CompareWindow::startPage()
{
    auto *page = new QWidget(this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 16, 0, 0);
    column->setSpacing(12);
    for (const QString &text :
         {tr("Two networks read the same films. Where they part, the film is worth a look."),
          tr("Choose a manifest (CSV with file and label, and group and origin where known), a folder with a "
             "folder "
             "of films for each class, or the films that are open; then two networks, and Compare. Or open a "
             "comparison that was written before. All of them can be dropped here, too."),
          tr("Every film becomes a row and a point; both open it. The statistics say how often the networks "
             "agree, "
             "which is right more often, and whether so few films can tell.")})
        column->addWidget(wrappedLabel(page, "body", text));
    column->addStretch(1);
    return page;
}

QWidget *CompareWindow::progressRow()
{
    m_running = new QWidget(this);
    m_bar = new QProgressBar(m_running);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(6);
    m_bar->setAccessibleName(tr("How far the comparison is"));
    m_left = new QLabel(m_running);
    m_left->setProperty("role", QStringLiteral("muted"));
    m_stop = new QPushButton(tr("S&top"), m_running);
    m_stop->setAutoDefault(false);
    m_stop->setToolTip(tr("What was read is kept"));
    auto *layout = new QHBoxLayout(m_running);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_bar, 1);
    layout->addWidget(m_left);
    layout->addWidget(m_stop);
    connect(m_stop, &QPushButton::clicked, &m_session, &CompareSession::stop);
    return m_running;
}

void CompareWindow::setTheme(const PlotTheme &theme) { m_page->setTheme(theme); }

void CompareWindow::networksChanged()
{
    const QString first = m_first->currentData().toString();
    const QString second = m_second->currentData().toString();
    m_networks = m_sources.networks();
    for (QComboBox *box : {m_first, m_second}) {
        box->clear();
        for (const ModelPackage &package : m_networks)
            box->addItem(toText(package.card.title), toText(package.folder));
    }
    m_first->setCurrentIndex(std::max(0, m_first->findData(first)));
    const int place = m_second->findData(second);
    m_second->setCurrentIndex(place >= 0 && !second.isEmpty() ? place : std::min(1, m_second->count() - 1));
    showState();
}

// Those that were compared, where they are here.
void CompareWindow::showNetworks()
{
    const auto &models = m_session.comparison()->models;
    for (const auto &[box, model] : {std::pair{m_first, &models[0]}, std::pair{m_second, &models[1]}}) {
        for (int i = 0; i < box->count(); ++i) {
            if (m_networks[static_cast<std::size_t>(i)].card.id == model->id)
                box->setCurrentIndex(i);
        }
    }
}

const ModelPackage *CompareWindow::chosenNetwork(const QComboBox &box) const
{
    const int place = box.currentIndex();
    return place < 0 ? nullptr : &m_networks[static_cast<std::size_t>(place)];
}

QString CompareWindow::whyNot() const
{
    const ModelPackage *first = chosenNetwork(*m_first);
    const ModelPackage *second = chosenNetwork(*m_second);
    if (!first || !second || first == second)
        return tr("Choose two networks.");
    if (!std::ranges::is_permutation(first->card.classes, second->card.classes))
        return tr("%1 and %2 know different classes: their probabilities can't be compared.")
            .arg(toText(first->card.title), toText(second->card.title));
    if (m_dataset.isEmpty() && m_films.empty())
        return tr("Choose films first.");
    return {};
}

void CompareWindow::choose(const QString &path)
{
    if (m_session.isRunning())
        return;
    m_films.clear();
    m_dataset = isComparison(path) ? QString() : path;
    if (m_dataset.isEmpty())
        m_session.open(path);
    showState();
}

void CompareWindow::chooseOpenFilms()
{
    m_dataset.clear();
    m_films = m_sources.openFilms();
    if (m_films.empty())
        say(tr("No film is open."));
    showState();
}

void CompareWindow::begin()
{
    if (!whyNot().isEmpty() || m_session.isRunning())
        return;
    const ModelPackage &first = *chosenNetwork(*m_first);
    const ModelPackage &second = *chosenNetwork(*m_second);
    if (m_films.empty())
        m_session.begin(m_dataset, first, second);
    else
        m_session.begin(tr("the open films"), m_films, first, second);
}

void CompareWindow::showState()
{
    const bool isRunning = m_session.isRunning();
    const FilmComparison *all = m_session.comparison();
    m_running->setVisible(isRunning);
    m_left->setText(m_session.isOpening() ? tr("Reading the comparison\u2026")
                                          : progressText(m_session.progress()));
    m_stop->setVisible(!m_session.isOpening());
    m_bar->setRange(0, m_session.progress().films);
    m_bar->setValue(m_session.progress().done);
    for (QWidget *control : std::initializer_list<QWidget *>{m_choose, m_first, m_second})
        control->setEnabled(!isRunning);
    const QString reason = whyNot();
    m_begin->setEnabled(!isRunning && reason.isEmpty());
    m_begin->setToolTip(reason.isEmpty() ? tr("Both networks read every film") : reason);
    m_save->setEnabled(!isRunning && all);
    const QString next = isRunning ? m_session.name()
        : !m_films.empty()         ? tr("%1 open films").arg(m_films.size())
        : !m_dataset.isEmpty()     ? QFileInfo(m_dataset).fileName()
        : all                      ? m_session.name()
                                   : tr("no films chosen");
    m_name->setText(next);
    m_name->setToolTip(m_dataset);
    m_pages->setCurrentIndex(all ? 1 : 0);

    QStringList notices;
    if (m_session.error() && m_session.error()->code != ErrorCode::Cancelled) {
        const ErrorWords said = errorWords(*m_session.error(), m_session.name());
        notices << said.what << said.tryThis << said.detail;
    }
    const bool isLost = all && m_session.filesKnown() == 0 && !isRunning;
    if (all && all->stoppedBefore > 0)
        notices << tr("Stopped: %1 films were not read; all that is said here is of the other %2.")
                       .arg(all->stoppedBefore)
                       .arg(all->read.size());
    if (isLost)
        notices << tr(
            "The films of this comparison were not found, so that points and rows can't open them.");
    notices.removeAll(QString());
    m_notice->setText(notices.join(QLatin1Char('\n')));
    m_notice->setVisible(!notices.isEmpty());
    m_findFilms->setVisible(isLost);
    if (all)
        m_line->setText(tr("%1: %2 (%3) \u00b7 For education, not for diagnosis")
                            .arg(m_session.name(), toText(all->provenance()), toText(all->software)));
}

void CompareWindow::wantFilm(int film, bool comesForward)
{
    const QString path = m_session.pathOf(film);
    if (path.isEmpty())
        say(tr("Where this film lies is not known. Choose the comparison's manifest."));
    else
        Q_EMIT filmWanted(path, comesForward);
}

void CompareWindow::say(const QString &text) { m_line->setText(text); }

void CompareWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!m_session.isRunning() && event->mimeData()->hasUrls()
        && event->mimeData()->urls().front().isLocalFile())
        event->acceptProposedAction();
}

void CompareWindow::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    choose(event->mimeData()->urls().front().toLocalFile());
}

} // namespace hilum::ui
