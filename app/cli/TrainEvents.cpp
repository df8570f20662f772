// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/TrainEvents.h"

#include "app/cli/Output.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <semaphore.h>

namespace hilum::cli {

namespace {

volatile std::sig_atomic_t interrupted = 0;
volatile std::time_t interruptedAt = 0; // seconds of a clock that nobody sets
sem_t heard; // told by a signal, or by the end

// A group's signal often comes twice at once: from the terminal and from who started us. That is one wish.
void hear(int signal)
{
    const int error = errno;
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    const bool isAgain = interrupted != 0 && now.tv_sec - interruptedAt > 1;
    if (isAgain && signal != SIGHUP) {
        std::signal(signal, SIG_DFL);
        raise(signal); // comes when this function is left
    } else if (interrupted == 0) {
        interruptedAt = now.tv_sec;
        interrupted = 1;
        std::signal(SIGPIPE, SIG_IGN); // who read our words may have been told to end, too
        sem_post(&heard);
    }
    errno = error;
}

void listenTo(int signal)
{
    struct sigaction action = {};
    action.sa_handler = hear;
    action.sa_flags = SA_RESTART;
    sigaction(signal, &action, nullptr);
}

// A closed terminal stops a training, but not one that was started with nohup.
void listenToSignals()
{
    listenTo(SIGINT);
    listenTo(SIGTERM);
    struct sigaction hangUp = {};
    if (sigaction(SIGHUP, nullptr, &hangUp) == 0 && hangUp.sa_handler != SIG_IGN)
        listenTo(SIGHUP);
}

std::string counted(std::size_t count, const char *one, const char *several)
{
    return std::to_string(count) + ' ' + (count == 1 ? one : several);
}

Json confusionJson(const ConfusionMatrix &confusion)
{
    Json rows = Json::array();
    for (int truth = 0; truth < confusion.classes(); ++truth) {
        Json row = Json::array();
        for (int call = 0; call < confusion.classes(); ++call)
            row.push_back(confusion.count(truth, call));
        rows.push_back(row);
    }
    return rows;
}

} // namespace

TrainEvents::TrainEvents(const TrainRequest &request, const TrainingSet &films, std::string device,
                         std::stop_source &stop)
    : m_request(request)
    , m_films{films.train.size(), films.validation.size(), films.heldOut.size()}
    , m_device(std::move(device))
{
    sem_init(&heard, 0, 0);
    m_ear = std::thread([&stop] {
        while (sem_wait(&heard) != 0) { }
        if (interrupted != 0)
            stop.request_stop();
    });
    listenToSignals();
}

TrainEvents::~TrainEvents()
{
    sem_post(&heard);
    m_ear.join();
}

TrainingObserver TrainEvents::observer()
{
    return {[this](const TrainingStart &report) { start(report); },
            [this](const StepReport &report) { step(report); },
            [this](const EpochReport &report) { epoch(report); },
            [this](const std::string &message) {
                std::fprintf(stderr, "%s\n", message.c_str());
                if (m_request.asJson)
                    printJson({{"event", "note"}, {"message", message}});
            }};
}

void TrainEvents::start(const TrainingStart &report) const
{
    const Recipe &recipe = m_request.plan.recipe;
    std::fprintf(stderr, "%s on %s: %s, %s", recipe.architecture.c_str(), m_device.c_str(),
                 counted(static_cast<std::size_t>(report.epochs), "epoch", "epochs").c_str(),
                 counted(static_cast<std::size_t>(report.steps), "step", "steps").c_str());
    if (report.resumedAtStep > 0)
        std::fprintf(stderr, ", going on after step %d", report.resumedAtStep);
    std::fputc('\n', stderr);
    if (m_request.asJson)
        printJson({{"event", "start"},
                   {"recipe", recipe.name},
                   {"architecture", recipe.architecture},
                   {"classes", recipe.classes},
                   {"device", m_device},
                   {"folder", m_request.plan.folder.string()},
                   {"films", {{"train", m_films[0]}, {"validation", m_films[1]}, {"heldOut", m_films[2]}}},
                   {"epochs", report.epochs},
                   {"steps", report.steps},
                   {"size", recipe.input.size},
                   {"resumedAtStep", report.resumedAtStep}});
}

void TrainEvents::step(const StepReport &r)
{
    const auto now = Clock::now();
    const bool lastOfEpoch = r.step == r.stepsInEpoch;
    if (m_request.asJson && (lastOfEpoch || now - m_lastEvent > std::chrono::milliseconds(200))) {
        m_lastEvent = now;
        printJson({{"event", "step"},
                   {"epoch", r.epoch},
                   {"epochs", r.epochs},
                   {"step", r.step},
                   {"stepsInEpoch", r.stepsInEpoch},
                   {"size", r.size},
                   {"fraction", r.fraction},
                   {"loss", r.loss},
                   {"accuracy", r.accuracy},
                   {"learningRate", r.learningRate},
                   {"filmsPerSecond", r.filmsPerSecond},
                   {"secondsLeft", r.secondsLeft}});
    }
    if (now - m_lastLine < std::chrono::seconds(5))
        return;
    m_lastLine = now;
    std::fprintf(stderr,
                 "%5.1f %%  epoch %d of %d, step %d of %d, loss %.4f, %.1f films/s, about %.0f min left\n",
                 100 * r.fraction, r.epoch, r.epochs, r.step, r.stepsInEpoch, r.loss, r.filmsPerSecond,
                 r.secondsLeft / 60);
}

void TrainEvents::epoch(const EpochReport &r) const
{
    std::fprintf(stderr, "epoch %d of %d: loss %.4f, accuracy %.4f; ", r.train.epoch, r.epochs, r.train.loss,
                 r.train.accuracy);
    if (m_films[1] > 0)
        std::fprintf(stderr, "validation loss %.4f, accuracy %.4f; ", r.validation.loss,
                     r.validation.accuracy);
    else
        std::fputs("no validation films; ", stderr);
    std::fprintf(stderr, "%.0f s\n", r.train.seconds + r.validation.seconds);
    if (!m_request.asJson)
        return;
    printJson(
        {{"event", "epoch"},
         {"epoch", r.train.epoch},
         {"epochs", r.epochs},
         {"learningRate", r.train.learningRate},
         {"seconds", r.train.seconds + r.validation.seconds},
         {"secondsLeft", r.secondsLeft},
         {"train", {{"loss", r.train.loss}, {"accuracy", r.train.accuracy}}},
         {"validation",
          {{"loss", r.validation.loss}, {"accuracy", r.validation.accuracy}, {"auc", r.validation.auc}}},
         {"confusion", confusionJson(r.confusion)},
         {"classes", m_request.plan.recipe.classes}});
}

void TrainEvents::done(const TrainingOutcome &outcome) const
{
    std::fprintf(stderr, "%s: ", outcome.folder.string().c_str());
    if (m_films[2] > 0)
        std::fprintf(stderr, "held-out accuracy %.4f over %s, ", outcome.heldOutAccuracy,
                     counted(m_films[2], "film", "films").c_str());
    else
        std::fputs("no held-out films, ", stderr);
    std::fprintf(stderr, "temperature %.3f\n", outcome.card.temperature);
    if (m_request.asJson)
        printJson({{"event", "done"},
                   {"folder", outcome.folder.string()},
                   {"id", outcome.card.id},
                   {"heldOutAccuracy", outcome.heldOutAccuracy},
                   {"heldOutFilms", m_films[2]},
                   {"temperature", outcome.card.temperature},
                   {"selectedEpoch", outcome.selectedEpoch}});
}

void TrainEvents::failed(const std::string &what, const Error &error, bool asJson)
{
    reportFailure(what, error, false);
    if (asJson)
        printJson({{"event", "error"}, {"code", errorName(error.code)}, {"message", error.detail}});
}

} // namespace hilum::cli
