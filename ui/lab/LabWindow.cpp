// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lab/LabWindow.h"

#include "core/lab/Strength.h"
#include "ui/bridge/Convert.h"
#include "ui/bridge/ErrorText.h"
#include "ui/bridge/Labels.h"
#include "ui/lab/ChangeForm.h"
#include "ui/lab/ChangeWords.h"
#include "ui/plots/ClassNames.h"
#include "ui/plots/StrengthPlot.h"
#include "ui/predict/LungRow.h"
#include "ui/session/LungMasks.h"
#include "ui/session/ReadingSession.h"
#include "ui/viewer/FilmView.h"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int mostRows = 5; // of the list before it scrolls

QString experimentFilter() { return LabWindow::tr("Experiments (*.json)"); }

} // namespace

LabWindow::LabWindow(Lanes &lanes, std::shared_ptr<NetworkService> service, ReadingSession &readings,
                     LungMasks &lungs, QWidget *parent)
    : QDialog(parent)
    , m_readings(readings)
    , m_lungMasks(lungs)
    , m_session(lanes, std::move(service), readings)
    , m_layer(m_session)
    , m_view(new FilmView)
    , m_plot(new StrengthPlot)
    , m_list(new QListWidget)
    , m_form(new ChangeForm([this] { return m_session.newGesture(); }))
    , m_lungs(new LungRow(lungs, tr("Where the lungs are")))
    , m_about(wrappedLabel(nullptr, "small"))
    , m_status(wrappedLabel(nullptr, "small"))
    , m_experiments(new QMenu(this))
    , m_undo(new QAction(tr("Undo"), this))
    , m_redo(new QAction(tr("Redo"), this))
    , m_remove(new QToolButton)
    , m_reset(new QPushButton(tr("&Reset"), this))
    , m_save(new QPushButton(tr("&Save\u2026"), this))
{
    setWindowTitle(tr("Shortcut laboratory"));
    setWindowFlag(Qt::WindowMaximizeButtonHint);
    constexpr QSize wanted{1560, 980};
    resize(parent ? wanted.boundedTo(parent->window()->size() * 0.94) : wanted);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(head());
    auto *halves = new QSplitter(Qt::Horizontal, this);
    halves->setChildrenCollapsible(false);
    halves->setHandleWidth(1);
    halves->addWidget(left());
    halves->addWidget(right());
    halves->setStretchFactor(0, 1);
    halves->setSizes({width() - 440, 440});
    layout->addWidget(halves, 1);

    m_view->addLayer(&m_layer);
    m_view->setTool(HandTool::Pan);
    m_view->setCornerTexts(false);
    m_session.setLungSource([&lungs](int filmId) { return lungs.maskOf(filmId); });
    connect(&lungs, &LungMasks::changed, &m_session, &LabSession::lungsChanged);
    connect(&m_session, &LabSession::filmShown, this, &LabWindow::showFilm);
    connect(&m_session, &LabSession::changesChanged, this, &LabWindow::showChanges);
    connect(&m_session, &LabSession::sweepChanged, this, &LabWindow::showSweep);
    connect(&m_session, &LabSession::readingsChanged, this, &LabWindow::showStatus);
    connect(&m_session, &LabSession::readingsChanged, this, &LabWindow::showSweep);
    connect(&readings, &ReadingSession::selectionChanged, this, &LabWindow::showSweep);
    showChanges();
    showFilm();
    showSweep();
}

LabWindow::~LabWindow() { m_view->removeLayer(&m_layer); }

void LabWindow::setTheme(const PlotTheme &theme) { m_plot->setTheme(theme); }

void LabWindow::fillExperiments()
{
    m_experiments->clear();
    for (const auto &file : listExperiments()) {
        const auto experiment = readExperiment(file);
        const QString title = experiment
            ? toText(experiment->title.empty() ? experiment->name : experiment->title)
            : toText(file.filename());
        QAction *action = m_experiments->addAction(title, this, [this, file] { openExperiment(file); });
        if (experiment)
            action->setToolTip(toText(experiment->description));
    }
    m_experiments->setToolTipsVisible(true);
    m_experiments->addSeparator();
    m_experiments->addAction(tr("Open a file\u2026"), this, &LabWindow::askForExperiment);
}

void LabWindow::openExperiment(const std::filesystem::path &file)
{
    const auto experiment = readExperiment(file);
    if (!experiment) {
        const ErrorWords said = errorWords(experiment.error(), toText(file.filename()));
        say(said.what + QLatin1Char(' ') + said.detail);
        return;
    }
    m_session.setChanges(experiment->changes);
    say(QStringLiteral("%1. %2").arg(toText(experiment->title.empty() ? experiment->name : experiment->title),
                                     toText(experiment->description)));
}

bool LabWindow::saveExperiment(const std::filesystem::path &file)
{
    const Experiment experiment{file.stem().string(), {}, {}, m_session.changes()};
    const auto written = writeExperiment(experiment, file);
    say(written ? tr("Saved. Run it over a folder: hilum-cli perturb FOLDER --experiment %1 --model ID")
                      .arg(toText(file.filename()))
                : toText(written.error().detail));
    return written.has_value();
}

void LabWindow::say(const QString &words)
{
    m_aboutOf = m_session.changes();
    m_about->setText(words);
    m_about->show();
}

void LabWindow::askForExperiment()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Open an experiment"), {}, experimentFilter());
    if (!path.isEmpty())
        openExperiment(toPath(path));
}

void LabWindow::askWhereToSave()
{
    QString path = QFileDialog::getSaveFileName(this, tr("Save the experiment"),
                                                QStringLiteral("experiment.json"), experimentFilter());
    if (path.isEmpty())
        return;
    if (!path.endsWith(QLatin1String(".json")))
        path += QStringLiteral(".json");
    saveExperiment(toPath(path));
}

void LabWindow::askForLungs()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("A mask of this film's lungs, white on black"),
                                                      {}, tr("Pictures (*.png *.jpg *.jpeg *.dcm)"));
    if (!path.isEmpty())
        m_lungMasks.choose(path);
}

void LabWindow::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    m_session.setOn(true);
}

void LabWindow::hideEvent(QHideEvent *event)
{
    m_session.setOn(false);
    QDialog::hideEvent(event);
}

void LabWindow::showFilm()
{
    const DisplayFilmPtr &film = m_session.shown();
    const DisplayFilmPtr &held = m_view->film();
    const bool isSameShape
        = film && held && film->film->columns == held->film->columns && film->film->rows == held->film->rows;
    if (isSameShape) {
        m_view->showFrame(film);
        m_view->setVoi(m_session.voi());
    } else {
        m_view->setFilm(film, m_session.voi());
    }
    m_view->setNotice(film && !m_session.changes().empty() ? tr("Changed on purpose") : QString());
    showStatus();
}

void LabWindow::showChanges()
{
    const QScopedValueRollback<bool> showing(m_isShowing, true);
    const auto &changes = m_session.changes();
    const int count = static_cast<int>(changes.size());
    while (m_list->count() > count)
        delete m_list->takeItem(m_list->count() - 1);
    while (m_list->count() < count)
        m_list->addItem(QString());
    for (int i = 0; i < count; ++i)
        m_list->item(i)->setText(changeLine(changes[static_cast<std::size_t>(i)]));
    const int selected = m_session.selected();
    m_list->setCurrentRow(selected);
    m_list->setVisible(count > 0);
    m_list->setFixedHeight(std::min(count, mostRows) * m_list->sizeHintForRow(0) + 2 * m_list->frameWidth()
                           + 2);
    m_form->setChange(selected < 0 ? nullptr : &changes[static_cast<std::size_t>(selected)], selected);
    m_lungs->setVisible(std::ranges::any_of(changes, needsLungs));
    m_remove->setEnabled(selected >= 0);
    m_reset->setEnabled(count > 0);
    m_save->setEnabled(count > 0);
    m_undo->setEnabled(m_session.canUndo());
    m_redo->setEnabled(m_session.canRedo());
    if (changes != m_aboutOf)
        m_about->clear();
    m_about->setVisible(!m_about->text().isEmpty());
    m_view->update();
    showStatus();
}

void LabWindow::showSweep()
{
    const LabSession::Sweep &sweep = m_session.sweep();
    StrengthPicture picture;
    if (sweep.change < 0) {
        picture.missing = m_session.selected() < 0
            ? tr("Choose a change:\nwhat the networks say along its strength is drawn here.")
            : tr("This change has no strength: it is done or not.");
        return m_plot->setPicture(std::move(picture));
    }
    const FilmChange &change = m_session.changes()[static_cast<std::size_t>(sweep.change)];
    const StrengthScale scale = *strengthScale(change);
    const auto classes = m_readings.classes();
    std::string label = m_readings.chosenClass();
    if (label.empty() && !m_session.before().empty() && m_session.before().front())
        label = m_session.before().front()->scores[m_session.before().front()->top()].label;
    const auto known = std::ranges::find(classes, label);
    if (known == classes.end()) {
        picture.missing = tr("No network has read this film yet.");
        return m_plot->setPicture(std::move(picture));
    }
    picture.axis = strengthTitle(change);
    picture.title = tr("%1 along %2").arg(classTitle(label), picture.axis);
    picture.probability = tr("Probability of %1").arg(classTitle(label));
    picture.colour = classColour(label, static_cast<int>(known - classes.begin()));
    picture.low = scale.low;
    picture.high = scale.high;
    picture.now = strengthOf(change);
    picture.isLogarithmic = scale.isLogarithmic;
    picture.missing = tr("Reading the film at other strengths\u2026");
    QStringList provenance;
    for (std::size_t n = 0; n < m_readings.networks().size(); ++n) {
        const ModelCard &card = m_readings.networks()[n].package.card;
        const auto own = std::ranges::find(card.classes, label);
        if (own == card.classes.end())
            continue;
        const auto place = static_cast<std::size_t>(own - card.classes.begin());
        StrengthCurve curve;
        curve.network = toText(card.title);
        for (std::size_t i = 0; i < sweep.strengths.size(); ++i) {
            if (n >= sweep.points[i].size() || !sweep.points[i][n])
                continue;
            curve.strengths.push_back(sweep.strengths[i]);
            curve.probabilities.push_back(sweep.points[i][n]->scores[place].probability);
        }
        const Bands &bands = m_session.bands(static_cast<int>(n));
        if (place < bands.size())
            curve.band = bands[place];
        if (!curve.strengths.empty())
            picture.curves.push_back(std::move(curve));
        provenance << QStringLiteral("%1 %2 %3")
                          .arg(toText(card.id), toText(card.version),
                               toText(card.weightsSha256.substr(0, 12)));
    }
    m_plot->setProvenance(provenance.join(QStringLiteral(", ")));
    m_plot->setPicture(std::move(picture));
    showStatus();
}

void LabWindow::showStatus()
{
    QStringList parts;
    if (!m_readings.film())
        parts << tr("Open a film in the main window.");
    else if (const auto ms = m_session.lastMilliseconds(); ms && !m_session.after().empty())
        parts << tr("All networks read the film %1 ms after the change.").arg(std::lround(*ms));
    const LabSession::Sweep &sweep = m_session.sweep();
    if (const int count = static_cast<int>(sweep.strengths.size()); sweep.change >= 0 && sweep.done < count)
        parts << tr("Plot: %1 of %2 strengths.").arg(sweep.done).arg(count);
    m_status->setText(parts.join(QLatin1Char(' ')));
}

} // namespace hilum::ui
