// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/audit/AuditWindow.h"

#include "ui/audit/AuditPage.h"
#include "ui/bridge/Convert.h"
#include "ui/bridge/ErrorText.h"
#include "ui/bridge/Labels.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/SaveFile.h"
#include "ui/bridge/Task.h"

#include <QCoreApplication>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

bool writeText(const QString &path, const std::string &text)
{
    return saveFile(path, QByteArray::fromStdString(text)).isEmpty();
}

QString timeLeft(double seconds)
{
    if (seconds < 0)
        return {};
    if (seconds < 90)
        return AuditWindow::tr("about %1 s left").arg(std::lround(seconds));
    return AuditWindow::tr("about %1 min left").arg(std::lround(seconds / 60));
}

} // namespace

AuditWindow::AuditWindow(Lanes &lanes, std::function<FilmReader()> makeReader, QWidget *parent)
    : QDialog(parent)
    , m_lanes(lanes)
    , m_makeReader(std::move(makeReader))
    , m_title(wrappedLabel(this, "title", tr("Audit a data set")))
    , m_purpose(wrappedLabel(this, "small", tr("For education, not for diagnosis")))
    , m_manifest(new QPushButton(tr("Choose a &manifest\u2026"), this))
    , m_folder(new QPushButton(tr("Choose a &folder\u2026"), this))
    , m_save(new QPushButton(tr("&Save the report\u2026"), this))
    , m_pages(new QStackedWidget(this))
{
    setWindowTitle(tr("Audit a data set"));
    setWindowFlag(Qt::WindowMaximizeButtonHint);
    setAcceptDrops(true);
    // Large enough for a class, never larger than what it stands over.
    constexpr QSize wanted{1360, 880};
    resize(parent ? wanted.boundedTo(parent->window()->size() * 0.9) : wanted);
    m_manifest->setToolTip(tr("A CSV with file and label, and group, fold, split, origin where known"));
    m_folder->setToolTip(tr("A folder with a folder of films for each class"));
    m_save->setToolTip(tr("audit.html and audit.json in a folder"));
    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 12, 12, 0);
    head->setSpacing(8);
    auto *titles = new QVBoxLayout;
    titles->setSpacing(0);
    titles->addWidget(m_title);
    titles->addWidget(m_purpose);
    head->addLayout(titles, 1);
    for (QPushButton *button : {m_manifest, m_folder, m_save}) {
        button->setAutoDefault(false);
        head->addWidget(button, 0, Qt::AlignTop);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(head);
    layout->addWidget(m_pages, 1);
    m_pages->addWidget(startPage());
    m_pages->addWidget(runningPage());
    connect(m_manifest, &QPushButton::clicked, this, &AuditWindow::chooseManifest);
    connect(m_folder, &QPushButton::clicked, this, &AuditWindow::chooseFolder);
    connect(m_save, &QPushButton::clicked, this, &AuditWindow::askWhereToSave);
    connect(this, &QDialog::finished, this, &AuditWindow::stop);
    showState();
}

AuditWindow::~AuditWindow() { m_stop.request_stop(); }

QWidget *AuditWindow::startPage()
{
    auto *page = new QWidget(this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(12, 24, 12, 12);
    column->setSpacing(12);
    m_notice = wrappedLabel(page, "warning");
    m_notice->hide();
    column->addWidget(m_notice);
    for (const QString &text :
         {tr("A network can tell classes apart without seeing disease: by the size of the files, a black "
             "border, a letter in the corner, the hospital."),
          tr("An audit measures that before any training: how well classifiers do that never see a lung, "
             "which pictures stand twice, and which patients stand in two classes or splits. What they reach "
             "is what a network must beat."),
          tr("Choose a manifest (CSV with file and label) or a folder with a folder of films for each class, "
             "or drop one here. Some thousand films take a minute or two.")})
        column->addWidget(wrappedLabel(page, "body", text));
    column->addStretch(1);
    return page;
}

QWidget *AuditWindow::runningPage()
{
    auto *page = new QWidget(this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(12, 24, 12, 12);
    column->setSpacing(8);
    m_stage = wrappedLabel(page, "body");
    m_left = wrappedLabel(page, "muted");
    m_bar = new QProgressBar(page);
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(6);
    m_bar->setAccessibleName(tr("How far the audit is"));
    m_stopButton = new QPushButton(tr("S&top"), page);
    m_stopButton->setAutoDefault(false);
    connect(m_stopButton, &QPushButton::clicked, this, &AuditWindow::stop);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_stage, m_bar, m_left})
        column->addWidget(widget);
    column->addWidget(m_stopButton, 0, Qt::AlignLeft);
    column->addStretch(1);
    return page;
}

void AuditWindow::setTheme(const PlotTheme &theme)
{
    m_theme = theme;
    if (m_page)
        m_page->setTheme(theme);
}

void AuditWindow::chooseManifest()
{
    auto *dialog = new QFileDialog(this, tr("Choose a manifest"), QFileInfo(m_dataset).absolutePath(),
                                   tr("Manifests (*.csv);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &AuditWindow::begin);
    dialog->open();
}

void AuditWindow::chooseFolder()
{
    auto *dialog
        = new QFileDialog(this, tr("Choose a folder of classes"), QFileInfo(m_dataset).absolutePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &AuditWindow::begin);
    dialog->open();
}

void AuditWindow::begin(const QString &dataset)
{
    stop();
    m_dataset = dataset;
    m_isRunning = true;
    m_notice->hide();
    showProgress({0, "reading films", -1});
    showState();
    AuditOptions options;
    options.makeReader = m_makeReader;
    const QPointer<AuditWindow> self(this);
    // The observer is on a thread of the audit: it only posts.
    const AuditObserver observer = [self](const AuditProgress &progress) {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, progress] {
                if (self && self->m_isRunning)
                    self->showProgress(progress);
            },
            Qt::QueuedConnection);
    };
    m_stop = runTask(
        m_lanes.background(), this,
        [path = toPath(dataset), options, observer](std::stop_token stop) {
            return auditDataset(path, options, observer, stop);
        },
        [this](Result<AuditReport> report) {
            m_isRunning = false;
            if (report)
                showReport(std::move(*report));
            else
                showError(report.error());
            showState();
            Q_EMIT auditEnded();
        });
}

void AuditWindow::stop()
{
    m_stop.request_stop();
    m_isRunning = false;
    showState();
}

void AuditWindow::showProgress(const AuditProgress &progress)
{
    QString stage = QString::fromStdString(progress.stage);
    if (!stage.isEmpty())
        stage[0] = stage[0].toUpper();
    m_stage->setText(tr("%1: %2").arg(QFileInfo(m_dataset).fileName(), stage));
    m_left->setText(timeLeft(progress.secondsLeft));
    m_bar->setValue(static_cast<int>(std::lround(1000 * progress.done)));
}

void AuditWindow::showReport(AuditReport report)
{
    m_report = std::make_shared<const AuditReport>(std::move(report));
    if (m_page) {
        m_pages->removeWidget(m_page);
        m_page->deleteLater();
    }
    m_page = new AuditPage(m_report, this);
    m_page->setTheme(m_theme);
    connect(m_page, &AuditPage::filmsWanted, this, &AuditWindow::filmsWanted);
    connect(m_page, &AuditPage::saveFailed, m_purpose, &QLabel::setText);
    m_pages->addWidget(m_page);
}

void AuditWindow::showError(const Error &error)
{
    const ErrorWords said = errorWords(error, QFileInfo(m_dataset).fileName());
    m_notice->setText(QStringList{said.what, said.tryThis, said.detail}.join(QLatin1Char('\n')).trimmed());
    m_notice->show();
    m_report.reset();
    if (m_page) {
        m_pages->removeWidget(m_page);
        std::exchange(m_page, nullptr)->deleteLater();
    }
}

void AuditWindow::showState()
{
    m_pages->setCurrentIndex(m_isRunning ? 1 : m_page ? 2 : 0);
    m_save->setEnabled(m_report && !m_isRunning);
    m_manifest->setEnabled(!m_isRunning);
    m_folder->setEnabled(!m_isRunning);
    if (m_report && !m_isRunning)
        m_title->setText(tr("Audit of %1: %2 films, %3 classes, %4 sources")
                             .arg(QString::fromStdString(m_report->dataset))
                             .arg(m_report->films.size())
                             .arg(m_report->classes.size())
                             .arg(m_report->sources.size()));
    else
        m_title->setText(tr("Audit a data set"));
}

bool AuditWindow::saveReport(const QString &folder)
{
    const QDir place(folder);
    return m_report && writeText(place.filePath(QStringLiteral("audit.json")), auditJson(*m_report))
        && writeText(place.filePath(QStringLiteral("audit.html")), auditHtml(*m_report));
}

void AuditWindow::askWhereToSave()
{
    auto *dialog = new QFileDialog(this, tr("Save audit.html and audit.json in a folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) {
        m_purpose->setText(saveReport(folder)
                               ? tr("Saved audit.html and audit.json in %1").arg(folder)
                               : tr("%1 could not be written. Try another folder.").arg(folder));
    });
    dialog->open();
}

void AuditWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!m_isRunning && event->mimeData()->hasUrls() && event->mimeData()->urls().front().isLocalFile())
        event->acceptProposedAction();
}

void AuditWindow::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    begin(event->mimeData()->urls().front().toLocalFile());
}

} // namespace hilum::ui
