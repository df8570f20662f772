// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ReportCommands: saves reports: a page on the film at hand, and an evaluation of predictions or a manifest,
// each as PDF, HTML, PNG and JSON in a folder of its own.
//
// `hilum-cli` makes them in a process of its own: a report is the same wherever it comes from, and the window
// stays free.
//
// Errors:  said in the status line.
#pragma once

#include <QObject>
#include <QStringList>

#include <deque>
#include <functional>

class QProcess;
class QWidget;

namespace hilum::ui {

class Actions;
class FilmSession;
class ReadingSession;
class Settings;
class StatusLine;

class ReportCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Settings &settings;
        FilmSession &films;
        ReadingSession &readings;
        Actions &actions;
        StatusLine &status;
    };

    ReportCommands(Parts parts, QWidget *window);

    // Into `folder`, which is made.
    void saveFilm(const QString &folder);
    void evaluate(const QStringList &inputs, const QString &folder);
    // Asks for the folder first.
    void askToEvaluate(const QStringList &inputs);

Q_SIGNALS:
    void saved(const QString &folder, bool isWhole);

private:
    void askWhereTo(const QString &title, const QString &name,
                    const std::function<void(const QString &)> &save);
    void askForPredictions();
    void run(const QStringList &arguments, const QString &folder);
    QStringList paper() const;

    Parts m_parts;
    QWidget *m_window;
    struct Job {
        QStringList arguments;
        QString folder;
    };
    std::deque<Job> m_waiting;
    QProcess *m_process = nullptr;
};

} // namespace hilum::ui
