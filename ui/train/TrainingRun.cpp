// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/TrainingRun.h"

#include "core/nn/ModelPackage.h"
#include "ui/bridge/Convert.h"
#include "ui/train/LowPriority.h"

#include <QFile>
#include <QStorageInfo>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int quietAfterMs = 60'000;
constexpr qsizetype longestLine = 1 << 20; // a line beyond is no event of ours
constexpr qsizetype keptErrors = 4096; // bytes of stderr
constexpr int keptNotes = 200;
constexpr qint64 fullDisk = 32 << 20; // less than this is full, to a checkpoint

const QString pidFile = QStringLiteral("/pid");

// A child of an earlier window may still be at its last checkpoint.
bool isStillThere(const QString &folder)
{
    QFile file(folder + pidFile);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    QFile words(QStringLiteral("/proc/%1/cmdline").arg(file.readAll().trimmed().toLongLong()));
    return words.open(QIODevice::ReadOnly) && words.readAll().contains(QFile::encodeName(folder));
}

void keepPid(const QString &folder, qint64 pid)
{
    QFile file(folder + pidFile);
    if (file.open(QIODevice::WriteOnly))
        file.write(QByteArray::number(pid));
}

} // namespace

TrainingRun::TrainingRun(QString program, QObject *parent)
    : QObject(parent)
    , m_program(std::move(program))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(quietAfterMs);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_isQuiet = true;
        Q_EMIT quietChanged(true);
    });
}

TrainingRun::~TrainingRun()
{
    if (!m_process)
        return;
    // QProcess's destructor would kill the child before its checkpoint, or wait for it; so it stays.
    m_process->disconnect(this);
    m_process->setParent(nullptr);
    if (m_state != State::Pausing) // told twice it would end without its checkpoint
        m_process->terminate();
}

bool TrainingRun::hasCheckpoint() const
{
    return QFile::exists(m_run.folder + QStringLiteral("/checkpoint.safetensors"));
}

void TrainingRun::start(const StoredRun &run)
{
    Q_ASSERT(!isActive());
    if (run.name != m_run.name)
        m_steps.clear(); // a run that goes on keeps its curve
    m_run = run;
    m_line.clear();
    m_errors.clear();
    m_strange = 0;
    m_started.reset();
    m_latest.reset();
    m_lastEpoch.reset();
    m_done.reset();
    m_error.reset();
    m_unreadable.clear();
    m_notes.clear();
    m_words = {};
    m_history = {};
    readKeptHistory();

    if (isStillThere(run.folder)) {
        failWith(tr("An earlier start of this training is still keeping its checkpoint."),
                 tr("Wait a few seconds, then press Resume."), {});
        return;
    }
    m_process = new QProcess(this);
    m_process->setProgram(m_program);
    QStringList arguments{
        QStringLiteral("train"),    run.manifest, QStringLiteral("--recipe"), run.recipeFile(),
        QStringLiteral("--output"), run.folder,   QStringLiteral("--id"),     run.name,
        QStringLiteral("--json")};
    if (run.threads > 0)
        arguments << QStringLiteral("--threads") << QString::number(run.threads);
    m_process->setArguments(arguments);
    m_process->setStandardInputFile(QProcess::nullDevice());
    m_process->setChildProcessModifier([] {
        yieldToTheWindow();
        hangUpWithTheWindow();
    });
    connect(m_process, &QProcess::readyReadStandardOutput, this, &TrainingRun::readOutput);
    connect(m_process, &QProcess::readyReadStandardError, this, [this] {
        m_errors = (m_errors + m_process->readAllStandardError()).right(keptErrors);
        heard();
    });
    connect(m_process, &QProcess::started, this, [this] { keepPid(m_run.folder, m_process->processId()); });
    connect(m_process, &QProcess::finished, this, &TrainingRun::ended);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            failedToStart();
    });
    setState(State::Starting);
    heard();
    m_process->start(QIODevice::ReadOnly);
}

void TrainingRun::readKeptHistory()
{
    if (auto history = readHistory(toPath(m_run.folder + QStringLiteral("/history.csv"))))
        m_history = std::move(*history);
}

void TrainingRun::pause()
{
    if (!isActive() || m_state == State::Pausing)
        return;
    setState(State::Pausing);
    m_process->terminate();
}

void TrainingRun::kill()
{
    if (!isActive())
        return;
    if (m_state != State::Pausing)
        setState(State::Pausing);
    m_process->kill();
}

void TrainingRun::setState(State state)
{
    if (std::exchange(m_state, state) != state)
        Q_EMIT stateChanged();
}

void TrainingRun::heard()
{
    m_patience.start();
    if (std::exchange(m_isQuiet, false))
        Q_EMIT quietChanged(false);
}

void TrainingRun::readOutput()
{
    heard();
    m_line += m_process->readAllStandardOutput();
    qsizetype begin = 0;
    for (qsizetype end = m_line.indexOf('\n'); end >= 0; end = m_line.indexOf('\n', begin)) {
        const QByteArray line = m_line.mid(begin, end - begin);
        begin = end + 1;
        if (const auto event = runEvent(line))
            take(*event);
        else if (!line.trimmed().isEmpty())
            ++m_strange;
    }
    m_line.remove(0, begin);
    if (m_line.size() > longestLine) {
        m_line.clear();
        ++m_strange;
    }
}

void TrainingRun::take(const RunEvent &event)
{
    if (const auto *started = std::get_if<RunStarted>(&event)) {
        m_started = *started;
        readKeptHistory(); // as it stands in the checkpoint
        if (m_state == State::Starting)
            setState(State::Training);
        Q_EMIT noted();
    } else if (const auto *step = std::get_if<RunStep>(&event)) {
        m_latest = *step;
        // A run that goes on from its checkpoint does the steps since then once more.
        while (!m_steps.empty() && m_steps.back().position() >= step->position())
            m_steps.pop_back();
        m_steps.push_back(*step);
        Q_EMIT stepTaken();
    } else if (const auto *epoch = std::get_if<RunEpoch>(&event)) {
        std::erase_if(m_history.records,
                      [&](const EpochRecord &record) { return record.epoch >= epoch->train.epoch; });
        m_history.records.push_back(epoch->train);
        m_history.records.push_back(epoch->validation);
        m_lastEpoch = *epoch;
        m_run.epochsDone = epoch->train.epoch;
        Q_EMIT epochEnded();
    } else if (const auto *note = std::get_if<RunNote>(&event)) {
        m_notes << note->message;
        if (m_notes.size() > keptNotes)
            m_notes.removeFirst();
        Q_EMIT noted();
    } else if (const auto *film = std::get_if<RunUnreadable>(&event)) {
        m_unreadable << tr("%1: %2").arg(film->film, film->message);
        Q_EMIT noted();
    } else if (const auto *done = std::get_if<RunDone>(&event)) {
        m_done = *done;
    } else if (const auto *error = std::get_if<RunError>(&event)) {
        m_error = *error;
    }
}

void TrainingRun::failedToStart()
{
    const QString why = m_process->errorString();
    m_process->deleteLater();
    m_process = nullptr;
    m_patience.stop();
    failWith(tr("The training could not be started."),
             tr("It runs in hilum-cli, which should lie beside the program: %1. Install or build it, then "
                "press Resume; what you chose is kept.")
                 .arg(m_program),
             why);
}

QString TrainingRun::kept() const
{
    return hasCheckpoint()
        ? tr("Nothing is lost up to the last checkpoint: Resume goes on from there.")
        : tr("There was no checkpoint yet; Resume begins again with the same films and settings.");
}

void TrainingRun::failWith(const QString &what, const QString &tryThis, const QString &detail)
{
    m_words = {what, tryThis, detail};
    m_state = State::Failed; // said even where it was so before: the words are new
    Q_EMIT stateChanged();
}

void TrainingRun::ended(int code, QProcess::ExitStatus status)
{
    readOutput();
    m_errors = (m_errors + m_process->readAllStandardError()).right(keptErrors);
    const bool isOurDoing = m_state == State::Pausing;
    m_process->deleteLater();
    m_process = nullptr;
    m_patience.stop();
    m_isQuiet = false;
    if (m_done && QFile::exists(m_run.folder + QStringLiteral("/card.json")))
        return setState(State::Finished);
    if (isOurDoing || (m_error && m_error->code == errorName(ErrorCode::Cancelled)))
        return setState(State::Paused);
    const QString last = QString::fromUtf8(m_errors).trimmed().section(QLatin1Char('\n'), -3);
    const qint64 left = QStorageInfo(m_run.folder).bytesAvailable();
    if (left >= 0 && left < fullDisk)
        return failWith(
            tr("The disk of your model folder is full."),
            tr("Free some space on it (%1 MB are left), then press Resume. %2").arg(left >> 20).arg(kept()),
            m_error ? m_error->message : last);
    if (m_error)
        return failWith(tr("The training ended with an error."), kept(), m_error->message);
    if (status == QProcess::CrashExit)
        return failWith(
            tr("The training was killed or crashed."),
            tr("%1 If the computer ran out of memory, choose a smaller input size or batch.").arg(kept()),
            last);
    failWith(tr("The training ended without a word."), kept(),
             last.isEmpty() ? tr("Exit status %1").arg(code) : last);
}

} // namespace hilum::ui
