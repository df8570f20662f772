// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// BatchRun: many films through networks in a child process of low priority, and its results as they come.
//
// The child is `hilum-cli batch`; whatever it does, a crash in a decoder included, never touches the window.
// Every result stands in its journal before the next film is read, so that a run goes on where it stood
// after a pause, a crash of the child, of the window or of the machine. The window reads the journal as it
// grows; when the window goes, however it goes, the child ends after the film at hand.
//
// Errors:  state Failed with words(); a film's own error is its result.
// Threads: UI thread; the journal is read on the decode lane.
#pragma once

#include "core/batch/JournalTail.h"
#include "core/compare/TwiceReading.h"
#include "ui/bridge/ErrorText.h"

#include <QElapsedTimer>
#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTimer>

#include <memory>
#include <stop_token>

namespace hilum::ui {

class Lanes;

struct BatchRequest {
    QStringList paths; // films, folders, manifests, lists, DICOMDIRs
    QStringList models; // ids or folders of packages
    QString folder; // of the journal and the results
    QString device; // "auto", "cpu", "cuda"
};

class BatchRun : public QObject {
    Q_OBJECT

public:
    enum class State {
        Idle, // nothing was begun
        Starting, // networks are loaded, films are looked for
        Reading,
        Pausing, // the child ends after the film at hand
        Paused, // not all films are read, and nobody reads
        Finished,
        Failed
    };

    // `program`: hilum-cli.
    BatchRun(Lanes &lanes, QString program, QObject *parent = nullptr);
    ~BatchRun() override;

    State state() const { return m_state; }
    bool isActive() const { return m_process != nullptr; } // reading, or writing results
    bool isCancelled() const { return m_isCancelled; }
    bool canResume() const; // paused or failed, and it is known what is still to be read
    const QStringList &paths() const { return m_request.paths; } // empty: it was opened
    const QString &folder() const { return m_request.folder; }
    const std::optional<BatchPlan> &plan() const { return m_plan; }
    const TwiceProgress &progress() const { return m_progress; }
    const ErrorWords &words() const { return m_words; } // of Failed

    void start(const BatchRequest &request); // or go on in its folder; nothing else may be active
    void pause();
    void cancel(); // pause for good: what was read becomes results, too
    void resume(); // what was paused, or opened and is not whole
    // The results of a folder, whole or not. Nothing may be active.
    void open(const QString &folder);

Q_SIGNALS:
    void stateChanged();
    void planKnown(); // rows of another batch come from here on
    void rowsCame(const std::vector<hilum::BatchRow> &rows);
    void progressed();

private:
    void begin();
    void follow(const QString &folder); // its journal from the start
    void look();
    void took(Result<std::vector<BatchRow>> rows, bool isLast);
    void writeRead(); // results of what is there
    void settle(); // the child has ended and the journal is read to its end
    void ended(int code, QProcess::ExitStatus status);
    void failWith(const QString &what, const QString &tryThis, const QString &detail);
    void setState(State state);

    Lanes &m_lanes;
    QString m_program;
    BatchRequest m_request;
    State m_state = State::Idle;
    QProcess *m_process = nullptr;
    QByteArray m_errors; // the last of stderr
    std::shared_ptr<JournalTail> m_tail;
    std::optional<BatchPlan> m_plan;
    std::stop_source m_stop;
    QTimer m_timer;
    bool m_isLooking = false;
    bool m_isPausing = false; // the child's end is our doing
    bool m_isCancelled = false;
    bool m_hasEnded = false; // with this:
    int m_code = 0;
    bool m_hasCrashed = false;
    TwiceProgress m_progress;
    int m_before = 0; // films that were done when the child began to read
    QElapsedTimer m_clock; // since its first film
    ErrorWords m_words;
};

} // namespace hilum::ui
