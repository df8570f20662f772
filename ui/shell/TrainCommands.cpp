// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/TrainCommands.h"

#include "ui/session/ReadingSession.h"
#include "ui/shell/Actions.h"
#include "ui/shell/StatusLine.h"
#include "ui/train/TrainWindow.h"
#include "ui/train/Words.h"

#include <QCoreApplication>

#include <cmath>

namespace hilum::ui {

TrainCommands::TrainCommands(Parts parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_main(window)
    , m_store(userModelFolder())
    , m_training(QCoreApplication::applicationDirPath() + QStringLiteral("/hilum-cli"))
{
    connect(parts.actions.train, &QAction::triggered, this, [this] { shown(); });
    connect(parts.actions.trainOwn, &QAction::triggered, this, [this] { shown().showQuick(); });
    connect(&parts.status, &StatusLine::trainingClicked, this, [this] { shown().showTraining(); });
    connect(&m_training, &TrainingRun::stateChanged, this, &TrainCommands::stateChanged);
    connect(&m_training, &TrainingRun::stepTaken, this, &TrainCommands::updateStatus);
}

TrainWindow &TrainCommands::shown()
{
    if (!m_window) {
        m_window
            = new TrainWindow({m_parts.lanes, m_parts.readings, m_training, m_store, listRecipes()}, m_main);
        m_window->setTheme(m_theme);
        connect(m_window, &TrainWindow::networksTouched, &m_parts.readings, &ReadingSession::start);
        connect(m_window, &TrainWindow::saveFailed, &m_parts.status, &StatusLine::say);
    }
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
    return *m_window;
}

void TrainCommands::setTheme(const PlotTheme &theme)
{
    m_theme = theme;
    if (m_window)
        m_window->setTheme(theme);
}

void TrainCommands::stateChanged()
{
    updateStatus();
    const QString &name = m_training.run().name;
    switch (m_training.state()) {
    case TrainingRun::State::Finished:
        if (const auto &last = m_training.latest())
            m_store.keepRate(name, last->filmsPerSecond);
        m_parts.status.say(tr("The network %1 is trained and reads films now.").arg(name));
        m_parts.readings.start();
        break;
    case TrainingRun::State::Failed:
        m_parts.status.say(tr("The training of %1 ended: %2").arg(name, m_training.words().what));
        break;
    default:
        break;
    }
}

void TrainCommands::updateStatus()
{
    if (!m_training.isActive())
        return m_parts.status.setTraining({}, {});
    const auto &step = m_training.latest();
    const QString text = step ? tr("Training %1 %").arg(std::floor(100 * step->fraction)) : tr("Training");
    QString hint = tr("%1 is being trained; click to see it").arg(m_training.run().name);
    if (step && std::isfinite(step->secondsLeft))
        hint = tr("%1 is being trained, %2 left; click to see it")
                   .arg(m_training.run().name, durationText(step->secondsLeft));
    m_parts.status.setTraining(text, hint);
}

} // namespace hilum::ui
