// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/batch/BatchRun.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/train/LowPriority.h"

#include <QDir>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int lookEveryMs = 300;
constexpr std::size_t rowsAtOnce = 4000; // so that the window is never busy with them for long
constexpr qsizetype keptErrors = 4096; // bytes

const QString journalName = QStringLiteral("journal-1-of-1.jsonl");

} // namespace

BatchRun::BatchRun(Lanes &lanes, QString program, QObject *parent)
    : QObject(parent)
    , m_lanes(lanes)
    , m_program(std::move(program))
{
    m_timer.setInterval(lookEveryMs);
    connect(&m_timer, &QTimer::timeout, this, &BatchRun::look);
}

BatchRun::~BatchRun()
{
    m_stop.request_stop();
    if (!m_process)
        return;
    // QProcess's destructor would kill it, or wait; its journal is whole either way.
    m_process->disconnect(this);
    m_process->setParent(nullptr);
    m_process->terminate();
}

void BatchRun::start(const BatchRequest &request)
{
    Q_ASSERT(!isActive());
    m_request = request;
    follow(request.folder);
    begin();
}

bool BatchRun::canResume() const
{
    return !isActive() && (m_state == State::Paused || m_state == State::Failed)
        && (m_plan || !m_request.paths.isEmpty());
}

void BatchRun::resume()
{
    if (!canResume())
        return;
    if (m_request.paths.isEmpty()) { // it was opened
        for (const std::string &path : m_plan->paths)
            m_request.paths << toText(path);
        for (const BatchModel &model : m_plan->models)
            m_request.models << toText(model.id);
    }
    if (m_request.paths.isEmpty())
        return failWith(tr("This batch does not tell where its films lie."),
                        tr("Run hilum-cli batch with the same films and -o %1.").arg(folder()), {});
    begin();
}

void BatchRun::begin()
{
    m_errors.clear();
    m_isPausing = m_hasEnded = m_isCancelled = false;
    m_words = {};
    m_before = -1;
    m_process = new QProcess(this);
    m_process->setProgram(m_program);
    QStringList arguments{QStringLiteral("batch")};
    arguments << m_request.paths;
    for (const QString &model : m_request.models)
        arguments << QStringLiteral("--model") << model;
    if (!m_request.device.isEmpty())
        arguments << QStringLiteral("--device") << m_request.device;
    arguments << QStringLiteral("--output") << m_request.folder;
    if (m_plan && !m_plan->withGate)
        arguments << QStringLiteral("--no-gate");
    if (m_plan && m_plan->frame != 1)
        arguments << QStringLiteral("--frame") << QString::number(m_plan->frame);
    m_process->setArguments(arguments);
    m_process->setStandardInputFile(QProcess::nullDevice());
    m_process->setStandardOutputFile(QProcess::nullDevice());
    m_process->setChildProcessModifier(yieldToTheWindow);
    connect(m_process, &QProcess::readyReadStandardError, this,
            [this] { m_errors = (m_errors + m_process->readAllStandardError()).right(keptErrors); });
    connect(m_process, &QProcess::finished, this, &BatchRun::ended);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        const QString why = m_process->errorString();
        std::exchange(m_process, nullptr)->deleteLater();
        m_timer.stop();
        failWith(tr("The batch could not be started."),
                 tr("It runs in hilum-cli, which should lie beside the program: %1.").arg(m_program), why);
    });
    setState(State::Starting);
    m_process->start(QIODevice::ReadOnly);
    m_timer.start();
}

void BatchRun::open(const QString &folder)
{
    Q_ASSERT(!isActive());
    m_request = {};
    m_request.folder = folder;
    m_hasEnded = true;
    m_hasCrashed = false;
    m_isPausing = true; // nobody reads: it is whole or paused
    m_isCancelled = false;
    m_words = {};
    follow(folder);
    if (!QFile::exists(QDir(folder).filePath(journalName)))
        return failWith(tr("This folder holds no results of a batch."),
                        tr("Choose the folder that a batch was written into."),
                        tr("%1: expected %2, found none").arg(folder, journalName));
    setState(State::Starting);
    m_timer.start();
    look();
}

void BatchRun::follow(const QString &folder)
{
    m_stop.request_stop();
    m_stop = {};
    m_isLooking = false;
    m_tail = std::make_shared<JournalTail>(toPath(QDir(folder).filePath(journalName)));
    m_plan.reset();
    m_progress = {};
    Q_EMIT planKnown();
}

void BatchRun::pause()
{
    if (!isActive() || m_isPausing)
        return;
    m_isPausing = true;
    setState(State::Pausing);
    m_process->terminate();
}

void BatchRun::cancel()
{
    m_isCancelled = true;
    if (isActive())
        pause();
    else if (m_state == State::Paused && m_plan)
        writeRead();
}

void BatchRun::writeRead()
{
    m_process = new QProcess(this);
    m_process->setStandardInputFile(QProcess::nullDevice());
    m_process->setStandardOutputFile(QProcess::nullDevice());
    m_process->setStandardErrorFile(QProcess::nullDevice());
    m_process->setChildProcessModifier(yieldToTheWindow);
    const auto over = [this] {
        if (m_process)
            std::exchange(m_process, nullptr)->deleteLater();
        const QString results = QDir(folder()).filePath(QStringLiteral("results.csv"));
        if (!QFile::exists(results)) // its exit status tells of films that are missing
            return failWith(tr("What was read could not be written as results."),
                            tr("Nothing that was read is lost. Make room, and resume."),
                            tr("%1 was not written").arg(results));
        m_state = State::Paused;
        Q_EMIT stateChanged();
    };
    connect(m_process, &QProcess::finished, this, over);
    connect(m_process, &QProcess::errorOccurred, this, [over](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            over();
    });
    setState(State::Pausing);
    m_process->start(
        m_program,
        {QStringLiteral("batch"), QStringLiteral("--merge"), QStringLiteral("--output"), m_request.folder});
}

void BatchRun::look()
{
    if (m_isLooking)
        return;
    m_isLooking = true;
    m_stop = runTask(
        m_lanes.decode(), this, [tail = m_tail](const std::stop_token &) { return tail->more(rowsAtOnce); },
        [this, isLast = m_hasEnded](Result<std::vector<BatchRow>> rows) { took(std::move(rows), isLast); });
}

// `isLast`: the child had ended before this look, so that nothing can come after it.
void BatchRun::took(Result<std::vector<BatchRow>> rows, bool isLast)
{
    m_isLooking = false;
    if (!rows) {
        m_timer.stop();
        if (m_process)
            m_process->terminate();
        return failWith(tr("The journal of this batch is damaged."),
                        tr("Read the films again into another folder."), toText(rows.error().detail));
    }
    if (!m_plan && m_tail->plan()) {
        m_plan = m_tail->plan();
        m_progress.films = static_cast<int>(m_plan->filmCount);
        Q_EMIT planKnown();
    }
    if (!rows->empty()) {
        for (const BatchRow &row : *rows)
            m_progress.failed += row.errorCode.empty() ? 0 : 1;
        m_progress.done += static_cast<int>(rows->size());
        Q_EMIT rowsCame(*rows);
    }
    // What an earlier run left comes in full handfuls, before the child has read anything.
    if (rows->size() == rowsAtOnce)
        return look();
    if (m_before < 0 && isActive() && !rows->empty()) {
        m_before = m_progress.done;
        m_clock.start();
        if (m_state == State::Starting)
            setState(State::Reading);
    }
    const double seconds = m_before >= 0 && m_clock.isValid() ? double(m_clock.elapsed()) / 1000 : 0;
    if (seconds > 1 && m_progress.done > m_before) {
        m_progress.filmsPerSecond = (m_progress.done - m_before) / seconds;
        m_progress.secondsLeft = (m_progress.films - m_progress.done) / m_progress.filmsPerSecond;
    }
    Q_EMIT progressed();
    if (isLast && rows->empty())
        settle();
}

void BatchRun::ended(int code, QProcess::ExitStatus status)
{
    m_errors = (m_errors + m_process->readAllStandardError()).right(keptErrors);
    std::exchange(m_process, nullptr)->deleteLater();
    m_hasEnded = true;
    m_code = code;
    m_hasCrashed = status == QProcess::CrashExit;
    if (m_state == State::Failed) // its journal is damaged: nobody looks any more, and nothing settles
        Q_EMIT stateChanged();
}

void BatchRun::settle()
{
    m_timer.stop();
    m_hasEnded = false;
    m_progress.secondsLeft = -1;
    const bool isWhole = m_plan && m_progress.done == m_progress.films;
    if (isWhole)
        return setState(State::Finished);
    if (m_isCancelled && m_plan)
        return writeRead();
    if (m_isPausing)
        return setState(State::Paused);
    const QString last = QString::fromUtf8(m_errors).trimmed().section(QLatin1Char('\n'), -3);
    const QString kept
        = tr("Nothing is lost: %1 films are read, Resume goes on from there.").arg(m_progress.done);
    if (m_hasCrashed)
        return failWith(tr("The batch was killed or crashed."), kept, last);
    failWith(tr("The batch ended before its last film."), m_plan ? kept : QString(),
             last.isEmpty() ? tr("Exit status %1").arg(m_code) : last);
}

void BatchRun::failWith(const QString &what, const QString &tryThis, const QString &detail)
{
    m_words = {what, tryThis, detail};
    m_state = State::Failed; // said even where it was so before: the words are new
    Q_EMIT stateChanged();
}

void BatchRun::setState(State state)
{
    if (std::exchange(m_state, state) != state)
        Q_EMIT stateChanged();
}

} // namespace hilum::ui
