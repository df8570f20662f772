// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TrainingRun: one training at a time, in a child process of low priority.
//
// The child is `hilum-cli train ... --json`; a crash or kill of it never touches the window. Asked to pause
// it keeps a checkpoint and ends; when the window goes, however it goes, the child is told to do the same.
// Started again with the same folder it goes on where the checkpoint stands.
//
// Errors:  state Failed, with words() that say what happened, what is kept and what to do.
// Threads: UI thread; nothing here blocks.
#pragma once

#include "ui/bridge/ErrorText.h"
#include "ui/train/RunEvent.h"
#include "ui/train/RunStore.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <optional>
#include <vector>

namespace hilum::ui {

class TrainingRun : public QObject {
    Q_OBJECT

public:
    enum class State {
        Idle, // nothing was started
        Starting, // films are read, the network is made
        Training,
        Pausing, // the child ends after the step at hand
        Paused,
        Finished, // a network lies in the folder
        Failed
    };

    // `program`: hilum-cli.
    explicit TrainingRun(QString program, QObject *parent = nullptr);
    ~TrainingRun() override;

    const QString &program() const { return m_program; }
    State state() const { return m_state; }
    bool isActive() const { return m_process != nullptr; }
    bool isQuiet() const { return m_isQuiet; } // it lives, but has not been heard of for a while

    void start(const StoredRun &run); // or resume; nothing else may be active
    void pause();
    void kill(); // for a child that doesn't answer; the last checkpoint stays

    const StoredRun &run() const { return m_run; }
    const std::optional<RunStarted> &started() const { return m_started; }
    const std::optional<RunStep> &latest() const { return m_latest; }
    const std::vector<RunStep> &steps() const { return m_steps; }
    const TrainingHistory &history() const { return m_history; }
    const std::optional<RunEpoch> &lastEpoch() const { return m_lastEpoch; }
    const std::optional<RunDone> &done() const { return m_done; }
    const QStringList &unreadable() const { return m_unreadable; } // "film: why"
    const QStringList &notes() const { return m_notes; }
    const ErrorWords &words() const { return m_words; } // of Failed
    bool hasCheckpoint() const;

    void setPatience(int milliseconds) { m_patience.setInterval(milliseconds); }

Q_SIGNALS:
    void stateChanged();
    void stepTaken(); // latest() is new
    void epochEnded(); // history() and lastEpoch() are new
    void noted(); // a note, an unreadable film
    void quietChanged(bool quiet);

private:
    void setState(State state);
    void readKeptHistory();
    void readOutput();
    void take(const RunEvent &event);
    void ended(int code, QProcess::ExitStatus status);
    void failedToStart();
    void failWith(const QString &what, const QString &tryThis, const QString &detail);
    void heard();
    QString kept() const;

    QString m_program;
    QProcess *m_process = nullptr;
    State m_state = State::Idle;
    StoredRun m_run;
    QByteArray m_line; // begun, its end not yet here
    QByteArray m_errors; // the last of stderr
    int m_strange = 0; // lines that mean nothing
    std::optional<RunStarted> m_started;
    std::optional<RunStep> m_latest;
    std::vector<RunStep> m_steps;
    TrainingHistory m_history;
    std::optional<RunEpoch> m_lastEpoch;
    std::optional<RunDone> m_done;
    std::optional<RunError> m_error;
    QStringList m_unreadable;
    QStringList m_notes;
    ErrorWords m_words;
    QTimer m_patience;
    bool m_isQuiet = false;
};

} // namespace hilum::ui
