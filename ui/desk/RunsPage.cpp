// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/RunsPage.h"

#include "core/nn/ModelPackage.h"
#include "ui/bridge/Convert.h"
#include "ui/bridge/Labels.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"

#include <QCheckBox>
#include <QDir>
#include <QDirIterator>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QListWidget>
#include <QPixmap>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace hilum::ui {

namespace {

constexpr int mostHistories = 64; // of a folder
constexpr std::array quantities{RunQuantity::Loss, RunQuantity::Accuracy, RunQuantity::LearningRate};

// "run/fold3/history.csv" -> "run/fold3"
QString runName(const QString &path)
{
    const QFileInfo file(path);
    const QString folder = file.absoluteDir().dirName();
    const QString above = QFileInfo(file.absolutePath()).absoluteDir().dirName();
    const QString stem = file.completeBaseName();
    const QString place
        = folder.startsWith(QLatin1String("fold")) ? above + QLatin1Char('/') + folder : folder;
    return stem == QLatin1String("history") ? place : place + QLatin1Char('/') + stem;
}

// The histories among the paths and below them; what is missing goes into `wrong`.
QStringList historiesOf(const QStringList &paths, QStringList &wrong, const std::stop_token &stop)
{
    QStringList files;
    for (const QString &path : paths) {
        if (!QFileInfo(path).isDir()) {
            files << path;
            continue;
        }
        QStringList below;
        QDirIterator walk(path, {QStringLiteral("history.csv")}, QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext() && below.size() <= mostHistories && !stop.stop_requested())
            below << walk.next();
        if (below.isEmpty())
            wrong << RunsPage::tr("%1: expected a history.csv below it, found none.").arg(path);
        if (below.size() > mostHistories) {
            wrong << RunsPage::tr("%1: more than %2 histories below it; %2 of them are shown.")
                         .arg(path)
                         .arg(mostHistories);
            below.removeLast();
        }
        files << below;
    }
    files.sort();
    return files;
}

} // namespace

struct RunsPage::Found {
    std::vector<DeskRun> runs;
    QStringList wrong;
};

RunsPage::RunsPage(Lanes &lanes, QWidget *parent)
    : QWidget(parent)
    , m_lanes(lanes)
    , m_list(new QListWidget(this))
    , m_smoothing(new QSlider(Qt::Horizontal, this))
    , m_training(new QCheckBox(tr("Training, too"), this))
    , m_logLoss(new QCheckBox(tr("Loss on a log axis"), this))
    , m_logEpochs(new QCheckBox(tr("Epochs on a log axis"), this))
    , m_patience(new QSpinBox(this))
    , m_notice(wrappedLabel(this, "warning"))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 8, 0, 0);
    grid->setSpacing(4);
    for (std::size_t i = 0; i < quantities.size(); ++i)
        m_plots.push_back(new CurvePlot(this));
    grid->addWidget(controls(), 0, 0, 2, 1);
    grid->addWidget(m_notice, 2, 0, 1, 3);
    grid->addWidget(m_plots[0], 0, 1, 2, 1);
    grid->addWidget(m_plots[1], 0, 2);
    grid->addWidget(m_plots[2], 1, 2);
    grid->setRowStretch(0, 3);
    grid->setRowStretch(1, 2);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(2, 1);
    m_notice->hide();
    redraw();
}

RunsPage::~RunsPage() { m_opening.request_stop(); }

QWidget *RunsPage::controls()
{
    auto *box = new QWidget(this);
    box->setFixedWidth(232);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(8);
    m_list->setAccessibleName(tr("Runs"));
    auto *files = new QPushButton(tr("Add a &history\u2026"), box);
    auto *folder = new QPushButton(tr("Add a folder of &folds\u2026"), box);
    folder->setToolTip(tr("Every history.csv below it"));
    for (QPushButton *button : {files, folder})
        button->setAutoDefault(false);
    m_smoothing->setRange(0, 95);
    m_smoothing->setAccessibleName(tr("Smoothing"));
    m_training->setChecked(true);
    m_patience->setRange(0, 100);
    m_patience->setValue(RunLook().patience);
    m_patience->setSpecialValueText(tr("none"));
    m_patience->setSuffix(tr(" epochs"));
    m_patience->setToolTip(tr("Early stopping: how long without a better validation loss"));
    column->addWidget(m_list, 1);
    column->addWidget(files);
    column->addWidget(folder);
    column->addWidget(wrappedLabel(box, "body", tr("Smoothing; the raw curve stays, faint")));
    column->addWidget(m_smoothing);
    for (QCheckBox *check : {m_training, m_logLoss, m_logEpochs}) {
        column->addWidget(check);
        connect(check, &QCheckBox::toggled, this, &RunsPage::redraw);
    }
    column->addWidget(new QLabel(tr("Early stopping after"), box));
    column->addWidget(m_patience);
    connect(files, &QPushButton::clicked, this, &RunsPage::askForFiles);
    connect(folder, &QPushButton::clicked, this, &RunsPage::askForFolder);
    connect(m_smoothing, &QSlider::valueChanged, this, &RunsPage::redraw);
    connect(m_patience, &QSpinBox::valueChanged, this, &RunsPage::redraw);
    connect(m_list, &QListWidget::itemChanged, this, [this](QListWidgetItem *item) {
        if (m_isFilling)
            return;
        m_runs[static_cast<std::size_t>(m_list->row(item))].isShown = item->checkState() == Qt::Checked;
        redraw();
    });
    return box;
}

RunLook RunsPage::look() const
{
    return {m_smoothing->value() / 100.0, m_logLoss->isChecked(), m_logEpochs->isChecked(),
            m_training->isChecked(), m_patience->value()};
}

void RunsPage::addRun(const QString &name, const TrainingHistory &history)
{
    addRuns({{name, history, true}});
}

void RunsPage::addRuns(const std::vector<DeskRun> &runs)
{
    for (const DeskRun &run : runs) {
        const auto same = std::ranges::find(m_runs, run.name, &DeskRun::name);
        if (same != m_runs.end())
            same->history = run.history;
        else
            m_runs.push_back(run);
    }
    refill();
    redraw();
}

void RunsPage::open(const QStringList &paths)
{
    m_opening.request_stop();
    m_asked << paths;
    const auto read = [asked = m_asked](const std::stop_token &stop) {
        Found found;
        for (const QString &file : historiesOf(asked, found.wrong, stop)) {
            if (stop.stop_requested())
                break;
            if (const auto history = readHistory(toPath(file)))
                found.runs.push_back({runName(file), *history, true});
            else
                found.wrong << tr("%1 was not loaded. %2")
                                   .arg(QFileInfo(file).fileName(), toText(history.error().detail));
        }
        return found;
    };
    m_opening = runTask(m_lanes.decode(), this, read, [this](const Found &found) { take(found); });
}

void RunsPage::take(const Found &found)
{
    m_asked.clear();
    addRuns(found.runs);
    m_notice->setText(found.wrong.join(QLatin1Char('\n')));
    m_notice->setVisible(!found.wrong.isEmpty());
}

void RunsPage::refill()
{
    m_isFilling = true;
    m_list->clear();
    for (std::size_t i = 0; i < m_runs.size(); ++i) {
        QPixmap swatch(12, 12);
        swatch.fill(runColour(static_cast<int>(i)));
        auto *item = new QListWidgetItem(swatch, m_runs[i].name, m_list);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(m_runs[i].isShown ? Qt::Checked : Qt::Unchecked);
        const int best = bestEpoch(m_runs[i].history);
        item->setToolTip(best > 0 ? tr("%1: least validation loss in epoch %2").arg(m_runs[i].name).arg(best)
                                  : m_runs[i].name);
    }
    m_isFilling = false;
}

void RunsPage::redraw()
{
    QStringList names;
    for (const DeskRun &run : m_runs) {
        if (run.isShown)
            names << run.name;
    }
    for (std::size_t i = 0; i < m_plots.size(); ++i) {
        m_plots[i]->setProvenance(names.join(QStringLiteral(", ")));
        m_plots[i]->setFigure(runFigure(m_runs, quantities[i], look()));
        m_plots[i]->setMarks(runMarks(m_runs, quantities[i], look()));
    }
}

void RunsPage::askForFiles()
{
    auto *dialog
        = new QFileDialog(this, tr("Add training histories"), {}, tr("Histories (*.csv);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &RunsPage::open);
    dialog->open();
}

void RunsPage::askForFolder()
{
    auto *dialog = new QFileDialog(this, tr("Add every history.csv of a folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::filesSelected, this, &RunsPage::open);
    dialog->open();
}

} // namespace hilum::ui
