// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of CompareWindow that asks for files and writes them.

#include "ui/bridge/Lanes.h"
#include "ui/bridge/SaveFile.h"
#include "ui/bridge/Task.h"
#include "ui/compare/CompareWindow.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QProcess>

#include <utility>

namespace hilum::ui {

namespace {

bool writeText(const QString &path, const std::string &text)
{
    return saveFile(path, QByteArray::fromStdString(text)).isEmpty();
}

} // namespace

void CompareWindow::askForFile()
{
    auto *dialog = new QFileDialog(this, tr("Choose a manifest"), QFileInfo(m_dataset).absolutePath(),
                                   tr("Manifests (*.csv);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &CompareWindow::choose);
    dialog->open();
}

void CompareWindow::askForFolder()
{
    auto *dialog = new QFileDialog(this, tr("Choose a folder of films"), QFileInfo(m_dataset).absolutePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &CompareWindow::choose);
    dialog->open();
}

void CompareWindow::askForResults()
{
    auto *dialog
        = new QFileDialog(this, tr("Open a comparison"), {}, tr("Comparisons (*.csv);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_films.clear();
        m_dataset.clear();
        m_session.open(path);
    });
    dialog->open();
}

void CompareWindow::askWhereToSave()
{
    auto *dialog = new QFileDialog(this, tr("Save the comparison in a folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &CompareWindow::save);
    dialog->open();
}

void CompareWindow::save(const QString &folder)
{
    if (!m_session.comparison())
        return;
    runTask(
        m_lanes.background(), this,
        [folder, films = *m_session.comparison(),
         statistics = *m_session.statistics()](const std::stop_token &) {
            const QDir place(folder);
            return writeText(place.filePath(QStringLiteral("comparison.csv")), comparisonTable(films))
                && writeText(place.filePath(QStringLiteral("comparison.json")),
                             comparisonReport(films, statistics));
        },
        [this, folder](bool isWritten) {
            if (isWritten)
                return drawPlots(folder);
            say(tr("%1 could not be written. Try another folder.").arg(folder));
            Q_EMIT saved(false);
        });
}

// In a process of its own: many points take seconds, and the hand does not wait.
void CompareWindow::drawPlots(const QString &folder)
{
    say(tr("comparison.csv and comparison.json are in %1; the plots are being drawn\u2026").arg(folder));
    m_drawing = new QProcess(this);
    const auto ended = [this, folder](bool isDrawn) {
        say(isDrawn ? tr("Saved comparison.csv, comparison.json and the plots in %1").arg(folder)
                    : tr("Saved comparison.csv and comparison.json in %1; the plots could not be drawn.")
                          .arg(folder));
        std::exchange(m_drawing, nullptr)->deleteLater();
        Q_EMIT saved(isDrawn);
    };
    connect(m_drawing, &QProcess::finished, this, [ended](int code, QProcess::ExitStatus status) {
        ended(status == QProcess::NormalExit && code == 0);
    });
    connect(m_drawing, &QProcess::errorOccurred, this, [ended](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            ended(false);
    });
    m_drawing->start(QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("hilum-plot")),
                     {QStringLiteral("comparison"), folder, QStringLiteral("-o"), folder});
}

} // namespace hilum::ui
