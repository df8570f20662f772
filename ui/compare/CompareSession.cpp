// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/compare/CompareSession.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QPointer>

#include <chrono>
#include <future>
#include <utility>

namespace hilum::ui {

namespace {

constexpr auto progressEvery = std::chrono::milliseconds(100);

using Probabilities = std::vector<double>;

Result<Probabilities> askService(NetworkService &service, const ModelPackage &package,
                                 const ModelInput &input, const std::vector<std::string> &classes,
                                 const std::stop_token &stop)
{
    const auto prediction = service.predict(package, input, stop);
    if (!prediction)
        return tl::unexpected(prediction.error());
    return probabilitiesOf(*prediction, classes);
}

// Waits for its turn on the network's lane, so that the hand's own questions come between two films.
Result<Probabilities> askOnLane(QThreadPool &lane, const std::shared_ptr<NetworkService> &service,
                                const ModelPackage &package, const ModelInput &input,
                                const std::vector<std::string> &classes, const std::stop_token &stop)
{
    auto answer = std::make_shared<std::promise<Result<Probabilities>>>();
    auto future = answer->get_future();
    lane.start([answer = std::move(answer), service, &package, &input, &classes, stop] {
        answer->set_value(askService(*service, package, input, classes, stop));
    });
    try {
        return future.get();
    } catch (const std::future_error &) { // the lane was emptied: the program ends
        return fail(ErrorCode::Cancelled, "stopped");
    }
}

// The desk lets one network read by naming it twice.
bool isSameNetwork(const ModelPackage &first, const ModelPackage &second)
{
    return first.folder == second.folder && first.card.id == second.card.id
        && first.card.weightsSha256 == second.card.weightsSha256;
}

QString cleanPath(const QString &path) { return QDir::cleanPath(QFileInfo(path).absoluteFilePath()); }

bool passes(const TwiceReadFilm &film, const CompareFilter &filter)
{
    using Calls = CompareFilter::Calls;
    if (filter.source && film.source != *filter.source)
        return false;
    if (!filter.text.isEmpty() && !toText(film.film).contains(filter.text, Qt::CaseInsensitive)
        && !toText(film.group).contains(filter.text, Qt::CaseInsensitive))
        return false;
    if (filter.calls == Calls::All)
        return true;
    const int first = film.firstCall();
    const int second = film.secondCall();
    if (filter.calls == Calls::Same || filter.calls == Calls::Different)
        return (first == second) == (filter.calls == Calls::Same);
    if (film.truth < 0)
        return false;
    return filter.calls == Calls::OneRight ? (first == film.truth) != (second == film.truth)
                                           : first != film.truth && second != film.truth;
}

} // namespace

CompareSession::CompareSession(Lanes &lanes, std::shared_ptr<NetworkService> service, ReaderMaker makeReader,
                               QObject *parent)
    : QObject(parent)
    , m_lanes(lanes)
    , m_service(std::move(service))
    , m_makeReader(std::move(makeReader))
{
}

CompareSession::~CompareSession()
{
    m_stop.request_stop();
    m_abandon.request_stop();
}

template <class Work>
void CompareSession::run(Work work)
{
    m_stop.request_stop();
    m_abandon.request_stop();
    m_stop = std::stop_source();
    m_isRunning = true;
    m_error.reset();
    m_progress = {};
    m_abandon = runTask(
        m_lanes.background(), this,
        [work = std::move(work), stop = m_stop.get_token()](const std::stop_token &) { return work(stop); },
        [this](Outcome outcome) { ended(std::move(outcome)); });
    Q_EMIT runChanged();
}

void CompareSession::begin(const QString &dataset, const ModelPackage &first, const ModelPackage &second)
{
    m_isOpening = false;
    m_name = QFileInfo(dataset).fileName();
    start({dataset, {}, {first, second}});
}

void CompareSession::begin(const QString &name, std::vector<Sample> films, const ModelPackage &first,
                           const ModelPackage &second)
{
    m_isOpening = false;
    m_name = name;
    start({name, std::move(films), {first, second}});
}

void CompareSession::start(Job job)
{
    const QPointer<CompareSession> self(this);
    TwiceObserver observer;
    // Called on the lane: it only posts, and not for every film.
    observer.progress
        = [self, last = std::chrono::steady_clock::time_point()](const TwiceProgress &progress) mutable {
              const auto now = std::chrono::steady_clock::now();
              if (now - last < progressEvery && progress.done < progress.films)
                  return;
              last = now;
              QMetaObject::invokeMethod(
                  QCoreApplication::instance(),
                  [self, progress] {
                      if (self && self->m_isRunning)
                          self->showProgress(progress);
                  },
                  Qt::QueuedConnection);
          };
    run([job = std::make_shared<Job>(std::move(job)), observer, service = m_service,
         makeReader = m_makeReader, &lanes = m_lanes](const std::stop_token &stop) -> Outcome {
        TwiceReadingPlan plan;
        plan.samples = job->films;
        if (plan.samples.empty()) {
            auto dataset = readDataset(toPath(job->dataset));
            if (!dataset)
                return tl::unexpected(dataset.error());
            plan.samples = std::move(dataset->samples);
        }
        const std::size_t planned = plan.samples.size();
        plan.classes = job->packages[0].card.classes;
        plan.inputs = {job->packages[0].card.input, job->packages[1].card.input};
        plan.makeReader = makeReader;
        const bool isOne = isSameNetwork(job->packages[0], job->packages[1]);
        Result<Probabilities> first;
        plan.ask = [&](int network, const ModelInput &input) {
            if (network == 1 && isOne)
                return first; // of this film
            const ModelPackage &package = job->packages[static_cast<std::size_t>(network)];
            auto asked = askOnLane(lanes.of(package.card), service, package, input, plan.classes, stop);
            if (isOne)
                first = asked;
            return asked;
        };
        auto read = readTwice(plan, observer, stop);
        if (!read)
            return tl::unexpected(read.error());
        if (read->films.empty() && read->isStopped)
            return fail(ErrorCode::Cancelled, "stopped before a film was read");
        if (read->films.empty())
            return fail(ErrorCode::DataCorrupt,
                        job->dataset.toStdString() + ": expected films, found none that can be read"
                            + (read->unread.empty() ? "" : "; " + read->unread.front().error.detail));
        auto done = std::make_shared<Done>();
        FilmComparison &films = done->films;
        films.films = job->films.empty() ? cleanPath(job->dataset).toStdString() : job->dataset.toStdString();
        films.classes = plan.classes;
        for (const std::size_t n : {0U, 1U}) {
            const ModelCard &card = job->packages[n].card;
            films.models[n] = {card.id, card.weightsSha256, card.operatingPoint};
        }
        films.stoppedBefore = static_cast<int>(planned - read->films.size() - read->unread.size());
        films.read = std::move(read->films);
        films.files = std::move(read->files);
        films.unread = std::move(read->unread);
        done->statistics = compareModels(films.read, films.classes);
        return done;
    });
}

void CompareSession::open(const QString &table)
{
    m_isOpening = true;
    const QFileInfo info(table);
    m_name
        = info.fileName() == QLatin1String("comparison.csv") ? info.absoluteDir().dirName() : info.fileName();
    run([path = toPath(table)](const std::stop_token &) -> Outcome {
        auto films = readComparison(path);
        if (!films)
            return tl::unexpected(films.error());
        auto done = std::make_shared<Done>();
        done->films = std::move(*films);
        done->statistics = compareModels(done->films.read, done->films.classes);
        return done;
    });
}

void CompareSession::findFilms(const QString &dataset)
{
    if (!m_done || m_isRunning)
        return;
    m_abandon.request_stop(); // an earlier look must not write while this one reads
    using Files = Result<std::vector<std::filesystem::path>>;
    m_abandon = runTask(
        m_lanes.background(), this,
        [done = m_done, path = toPath(dataset)](const std::stop_token &) -> Files {
            FilmComparison films = done->films;
            const auto found = ::hilum::findFiles(films, path);
            if (!found)
                return tl::unexpected(found.error());
            if (*found == 0)
                return fail(ErrorCode::UsageWrong,
                            path.string() + ": expected the films of this comparison, found none of them");
            return std::move(films.files);
        },
        [this, done = m_done, dataset](Files files) {
            if (done != m_done)
                return;
            m_error = files ? std::nullopt : std::optional(files.error());
            if (files) {
                m_done->films.files = std::move(*files);
                m_done->films.films = cleanPath(dataset).toStdString();
                indexFiles();
            }
            Q_EMIT runChanged();
        });
}

void CompareSession::stop() { m_stop.request_stop(); }

void CompareSession::showProgress(const TwiceProgress &progress)
{
    m_progress = progress;
    Q_EMIT runChanged();
}

void CompareSession::ended(Outcome outcome)
{
    m_isRunning = false;
    if (!outcome) {
        m_error = outcome.error();
        Q_EMIT runChanged();
        return;
    }
    m_done = std::move(*outcome);
    m_label = 0;
    m_filter = {};
    m_selected.clear();
    applyFilter();
    Q_EMIT comparisonChanged();
    indexFiles();
    Q_EMIT runChanged();
}

void CompareSession::indexFiles()
{
    m_byPath.clear();
    m_filesKnown = 0;
    for (std::size_t i = 0; i < m_done->films.files.size(); ++i) {
        if (m_done->films.files[i].empty())
            continue;
        m_byPath.insert(cleanPath(toText(m_done->films.files[i])), static_cast<int>(i));
        ++m_filesKnown;
    }
    m_current = -1;
    setFilmOnScreen(m_onScreen);
    Q_EMIT filesChanged();
}

void CompareSession::chooseLabel(int label)
{
    if (label == m_label)
        return;
    m_label = label;
    Q_EMIT labelChanged();
}

void CompareSession::applyFilter()
{
    m_shown.clear();
    if (!m_done)
        return;
    const auto &read = m_done->films.read;
    for (std::size_t i = 0; i < read.size(); ++i) {
        if (passes(read[i], m_filter))
            m_shown.push_back(static_cast<int>(i));
    }
}

void CompareSession::setFilter(const CompareFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    applyFilter();
    Q_EMIT filterChanged();
}

void CompareSession::select(std::vector<int> films)
{
    if (films == m_selected)
        return;
    m_selected = std::move(films);
    Q_EMIT selectionChanged();
}

void CompareSession::setFilmOnScreen(const QString &path)
{
    m_onScreen = path;
    const int film = path.isEmpty() ? -1 : m_byPath.value(cleanPath(path), -1);
    if (film == m_current)
        return;
    m_current = film;
    Q_EMIT currentChanged();
}

QString CompareSession::pathOf(int film) const
{
    if (!m_done || film < 0 || static_cast<std::size_t>(film) >= m_done->films.files.size())
        return {};
    return toText(m_done->films.files[static_cast<std::size_t>(film)]);
}

} // namespace hilum::ui
