// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/replay/ReplayWindow.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/Labels.h"
#include "ui/plots/ClassNames.h"
#include "ui/plots/HistoryPlot.h"
#include "ui/replay/ReplayColumn.h"
#include "ui/session/FilmSession.h"
#include "ui/session/ReadingSession.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int playMs = 700; // an epoch

} // namespace

ReplayWindow::ReplayWindow(Lanes &lanes, std::shared_ptr<NetworkService> service, FilmSession &films,
                           ReadingSession &readings, std::vector<std::filesystem::path> roots,
                           QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_readings(readings)
    , m_roots(std::move(roots))
    , m_session(lanes, std::move(service), readings)
    , m_class(new QComboBox(this))
    , m_curves(new HistoryPlot)
    , m_nothing(wrappedLabel(this, "muted", tr("Looking for trainings\u2026")))
    , m_body(new QSplitter(Qt::Vertical, this))
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_epoch(new QLabel(this))
    , m_play(new QToolButton(this))
{
    setWindowTitle(tr("Training replay"));
    resize(1200, 740);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 8);
    layout->setSpacing(8);
    layout->addWidget(head());
    m_nothing->setAlignment(Qt::AlignCenter);
    layout->addWidget(m_nothing, 1);
    auto *body = static_cast<QSplitter *>(m_body);
    body->setChildrenCollapsible(false);
    body->setHandleWidth(1);
    body->addWidget(m_curves);
    auto *runs = new QWidget(body);
    auto *row = new QHBoxLayout(runs);
    row->setContentsMargins(0, 8, 0, 0);
    row->setSpacing(16);
    for (int side = 0; side < ReplaySession::sides; ++side) {
        auto *column = new ReplayColumn(m_session, films, side, runs);
        m_columns[static_cast<std::size_t>(side)] = column;
        row->addWidget(column, 1);
        connect(column, &ReplayColumn::saveFailed, this, &ReplayWindow::saveFailed);
    }
    body->addWidget(runs);
    body->setStretchFactor(1, 1);
    body->setSizes({240, 390});
    layout->addWidget(body, 1);
    layout->addWidget(foot());
    m_playing.setInterval(playMs);

    const auto showFilms = [this] {
        for (ReplayColumn *column : m_columns)
            column->showFilm();
    };
    connect(&m_session, &ReplaySession::runsChanged, this, &ReplayWindow::showRuns);
    connect(&m_session, &ReplaySession::epochChanged, this, &ReplayWindow::showEpoch);
    connect(&m_session, &ReplaySession::readingChanged, this, showFilms);
    for (const auto signal :
         {&FilmSession::voiChanged, &FilmSession::currentChanged, &FilmSession::filmReady})
        connect(&films, signal, this, showFilms);
    connect(&readings, &ReadingSession::networksChanged, this, &ReplayWindow::fillRuns);
    connect(&readings, &ReadingSession::selectionChanged, this, &ReplayWindow::fillRuns);
    connect(m_curves, &HistoryPlot::epochClicked, &m_session, &ReplaySession::setEpoch);
    connect(m_curves, &PlotSurface::saveFailed, this, &ReplayWindow::saveFailed);
    connect(&m_playing, &QTimer::timeout, this, [this] {
        if (m_slider->value() == m_slider->maximum())
            play(false);
        else
            step(1);
    });
    showRuns();
}

QWidget *ReplayWindow::head()
{
    auto *row = new QWidget(this);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    auto *titles = new QVBoxLayout;
    titles->setSpacing(0);
    titles->addWidget(wrappedLabel(row, "title", tr("Training replay")));
    titles->addWidget(
        wrappedLabel(row, "small", tr("How a network came to what it is. For education, not for diagnosis")));
    line->addLayout(titles, 1);
    const QString words[] = {tr("Run"), tr("beside")};
    const QString spoken[] = {tr("Training"), tr("Training beside it")};
    for (int side = 0; side < ReplaySession::sides; ++side) {
        auto *box = new QComboBox(row);
        box->setAccessibleName(spoken[side]);
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        line->addWidget(new QLabel(words[side], row));
        line->addWidget(box);
        connect(box, &QComboBox::activated, this,
                [this, side, box](int index) { m_session.choose(side, box->itemData(index).toInt()); });
        m_choices[static_cast<std::size_t>(side)] = box;
    }
    line->addSpacing(8);
    m_class->setAccessibleName(tr("Class whose evidence is shown"));
    m_class->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    line->addWidget(new QLabel(tr("Evidence for"), row));
    line->addWidget(m_class);
    connect(m_class, &QComboBox::activated, this,
            [this](int index) { m_readings.chooseClass(m_class->itemData(index).toString().toStdString()); });
    return row;
}

QWidget *ReplayWindow::foot()
{
    auto *row = new QWidget(this);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    m_play->setCheckable(true);
    m_play->setText(tr("Play"));
    m_play->setToolTip(tr("Go through the epochs, one after the other"));
    m_slider->setAccessibleName(tr("Epoch"));
    m_slider->setTickPosition(QSlider::TicksBelow);
    m_slider->setTickInterval(1);
    m_slider->setPageStep(1);
    m_slider->setFocusPolicy(Qt::StrongFocus);
    line->addWidget(m_play);
    line->addWidget(m_slider, 1);
    line->addWidget(m_epoch);
    connect(m_play, &QToolButton::toggled, this, &ReplayWindow::play);
    connect(m_slider, &QSlider::valueChanged, this,
            [this](int place) { m_session.setEpoch(m_session.epochs()[static_cast<std::size_t>(place)]); });
    return row;
}

void ReplayWindow::setTheme(const PlotTheme &theme)
{
    m_curves->setTheme(theme);
    for (ReplayColumn *column : m_columns)
        column->setTheme(theme);
}

void ReplayWindow::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_session.lookForRuns(m_roots);
    m_session.setActive(true);
}

void ReplayWindow::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    play(false);
    m_session.setActive(false);
}

void ReplayWindow::fillRuns()
{
    for (int side = 0; side < ReplaySession::sides; ++side) {
        QComboBox *box = m_choices[static_cast<std::size_t>(side)];
        const QSignalBlocker quiet(box);
        box->clear();
        if (side > 0)
            box->addItem(tr("none"), -1);
        for (std::size_t i = 0; i < m_session.runs().size(); ++i)
            box->addItem(toText(m_session.runs()[i].package.card.title), static_cast<int>(i));
        box->setCurrentIndex(box->findData(m_session.chosen(side)));
    }
    const QSignalBlocker quiet(m_class);
    m_class->clear();
    m_class->addItem(tr("the class called"), QString());
    std::vector<std::string> classes = m_readings.classes();
    for (int side = 0; side < ReplaySession::sides; ++side) {
        if (const ReplayRun *run = m_session.run(side))
            std::ranges::copy_if(
                run->package.card.classes, std::back_inserter(classes),
                [&](const std::string &label) { return !std::ranges::count(classes, label); });
    }
    for (const std::string &label : classes)
        m_class->addItem(classTitle(label), toText(label));
    m_class->setCurrentIndex(std::max(0, m_class->findData(toText(m_readings.chosenClass()))));
}

void ReplayWindow::showRuns()
{
    fillRuns();
    const bool hasRuns = !m_session.runs().empty();
    m_body->setVisible(hasRuns);
    m_nothing->setVisible(!hasRuns);
    if (m_session.hasLooked())
        m_nothing->setText(tr("No network here keeps epochs of its training. hilum-cli train --keep-epochs 5 "
                              "keeps every fifth; it can then be looked at here."));
    std::vector<NamedHistory> histories;
    QStringList provenance;
    for (int side = 0; side < ReplaySession::sides; ++side) {
        if (const ReplayRun *run = m_session.run(side)) {
            const ModelCard &card = run->package.card;
            histories.push_back({toText(card.title), run->history});
            provenance << QStringLiteral("%1 %2").arg(toText(card.id), toText(card.version));
        }
        m_columns[static_cast<std::size_t>(side)]->showRun();
    }
    m_curves->setHistories(std::move(histories));
    m_curves->setProvenance(provenance.join(QStringLiteral(", ")));
    const QSignalBlocker quiet(m_slider);
    m_slider->setEnabled(m_session.epochs().size() > 1);
    m_play->setEnabled(m_slider->isEnabled());
    m_slider->setRange(0, std::max(0, static_cast<int>(m_session.epochs().size()) - 1));
    if (hasRuns && !m_hasFocused) {
        m_hasFocused = true;
        m_slider->setFocus(); // the arrows scrub
    }
    showEpoch();
}

void ReplayWindow::showEpoch()
{
    const std::vector<int> &epochs = m_session.epochs();
    const auto here = std::ranges::find(epochs, m_session.epoch());
    if (here == epochs.end()) {
        m_epoch->clear();
        return;
    }
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue(static_cast<int>(here - epochs.begin()));
    m_epoch->setText(tr("After epoch %1 of %2").arg(*here).arg(epochs.back()));
    m_curves->setCursor(*here);
    for (ReplayColumn *column : m_columns) {
        column->showEpoch();
        column->showFilm();
    }
}

void ReplayWindow::play(bool on)
{
    const bool isAtTheEnd = m_slider->value() == m_slider->maximum();
    if (on && isAtTheEnd)
        m_slider->setValue(0);
    if (on)
        m_playing.start();
    else
        m_playing.stop();
    m_play->setChecked(on);
    m_play->setText(on ? tr("Pause") : tr("Play"));
}

void ReplayWindow::step(int epochs) { m_slider->setValue(m_slider->value() + epochs); }

} // namespace hilum::ui
