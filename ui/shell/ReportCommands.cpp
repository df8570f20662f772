// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/ReportCommands.h"

#include "ui/bridge/Convert.h"
#include "ui/session/FilmSession.h"
#include "ui/session/ReadingSession.h"
#include "ui/shell/Actions.h"
#include "ui/shell/Settings.h"
#include "ui/shell/StatusLine.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QLocale>
#include <QProcess>

#include <utility>

namespace hilum::ui {

namespace {

// What may stand in a folder's name.
QString plainName(const QString &text)
{
    QString name;
    for (const QChar letter : text)
        name += letter.isLetterOrNumber() || letter == QLatin1Char('-') ? letter : QLatin1Char('-');
    return name.left(60);
}

} // namespace

ReportCommands::ReportCommands(Parts parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
    QAction *save = parts.actions.saveReport;
    connect(save, &QAction::triggered, this, [this] {
        const FilmSession &films = m_parts.films;
        const QString name = QFileInfo(films.nameOf(films.currentRow())).completeBaseName();
        askWhereTo(tr("Save the report as a folder"), plainName(name) + QStringLiteral("-report"),
                   [this](const QString &folder) { saveFilm(folder); });
    });
    connect(parts.actions.evaluationReport, &QAction::triggered, this, &ReportCommands::askForPredictions);
    const auto update
        = [this, save] { save->setEnabled(m_parts.films.film() && !m_parts.readings.networks().empty()); };
    connect(&parts.films, &FilmSession::currentChanged, save, update);
    connect(&parts.films, &FilmSession::filmReady, save, update);
    connect(&parts.readings, &ReadingSession::networksChanged, save, update);
    update();
}

QStringList ReportCommands::paper() const
{
    const bool isLetter = QLocale().measurementSystem() == QLocale::ImperialUSSystem;
    return {QStringLiteral("--paper"), isLetter ? QStringLiteral("letter") : QStringLiteral("a4")};
}

void ReportCommands::saveFilm(const QString &folder)
{
    const FilmSession &films = m_parts.films;
    const ReadingSession &readings = m_parts.readings;
    if (films.currentRow() < 0)
        return;
    QStringList arguments{QStringLiteral("report"), films.entry(films.currentRow()).path,
                          QStringLiteral("--output"), folder};
    for (const NetworkEntry &network : readings.networks())
        arguments << QStringLiteral("--model") << toText(network.package.folder);
    if (const std::string label = readings.mapClass(); !label.empty())
        arguments << QStringLiteral("--class") << toText(label);
    arguments << QStringLiteral("--frame") << QString::number(films.frame() + 1);
    if (readings.isShownAnyway())
        arguments << QStringLiteral("--anyway");
    if (!m_parts.films.names().isHiding())
        arguments << QStringLiteral("--show-names");
    run(arguments + paper(), folder);
}

void ReportCommands::evaluate(const QStringList &inputs, const QString &folder)
{
    QStringList arguments{QStringLiteral("evaluate")};
    arguments << inputs << QStringLiteral("--output") << folder;
    run(arguments + paper(), folder);
}

void ReportCommands::askWhereTo(const QString &title, const QString &name,
                                const std::function<void(const QString &)> &save)
{
    auto *dialog = new QFileDialog(m_window, title, m_parts.settings.lastFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Folder of the report (*)"));
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, save);
    dialog->open();
}

void ReportCommands::askToEvaluate(const QStringList &inputs)
{
    if (inputs.isEmpty())
        return;
    askWhereTo(tr("Save the evaluation as a folder"),
               plainName(QFileInfo(inputs.front()).completeBaseName()) + QStringLiteral("-evaluation"),
               [this, inputs](const QString &folder) { evaluate(inputs, folder); });
}

void ReportCommands::askForPredictions()
{
    auto *dialog = new QFileDialog(m_window, tr("Choose predictions, or a manifest that the networks read"),
                                   m_parts.settings.lastFolder(),
                                   tr("Predictions and manifests (*.csv);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &ReportCommands::askToEvaluate);
    dialog->open();
}

void ReportCommands::run(const QStringList &arguments, const QString &folder)
{
    if (m_process) { // one after the other
        m_waiting.push_back({arguments, folder});
        return;
    }
    m_process = new QProcess(this);
    m_process->setStandardInputFile(QProcess::nullDevice());
    m_process->setStandardOutputFile(QProcess::nullDevice());
    m_parts.status.setWork(tr("Making the report\u2026"));
    const auto ended = [this, folder](bool isDone, const QString &why) {
        if (!m_process)
            return;
        std::exchange(m_process, nullptr)->deleteLater();
        m_parts.status.setWork({});
        const bool isThere = QFile::exists(QDir(folder).filePath(QStringLiteral("report.pdf")));
        const QString shown = m_parts.films.names().shown(folder);
        m_parts.status.say(isThere ? tr("The report is in %1").arg(shown)
                                   : tr("The report was not made. %1").arg(m_parts.films.names().shown(why)));
        Q_EMIT saved(folder, isDone && isThere);
        if (m_waiting.empty())
            return;
        const Job next = m_waiting.front();
        m_waiting.pop_front();
        run(next.arguments, next.folder);
    };
    connect(m_process, &QProcess::finished, this, [this, ended](int code, QProcess::ExitStatus status) {
        const QString said = QString::fromUtf8(m_process->readAllStandardError()).trimmed();
        ended(status == QProcess::NormalExit && code == 0, said.section(QLatin1Char('\n'), -1));
    });
    connect(m_process, &QProcess::errorOccurred, this, [this, ended](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            ended(false, m_process->errorString());
    });
    m_process->start(QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("hilum-cli")),
                     arguments, QIODevice::ReadOnly);
}

} // namespace hilum::ui
