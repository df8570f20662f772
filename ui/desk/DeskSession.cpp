// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/DeskSession.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

} // namespace

DeskSession::DeskSession(Lanes &lanes, QObject *parent)
    : QObject(parent)
    , m_lanes(lanes)
{
}

DeskSession::~DeskSession()
{
    m_sketchStop.request_stop();
    m_completeStop.request_stop();
    for (std::stop_source &stop : m_loadStops)
        stop.request_stop();
}

void DeskSession::load(std::vector<DeskSource> sources)
{
    if (!sources.empty())
        read(std::move(sources), m_manifest);
}

// Another manifest than before must fit one of the files at least; else each is read without it.
void DeskSession::read(std::vector<DeskSource> sources, const QString &manifestBefore)
{
    ++m_loading;
    auto shared = std::make_shared<std::vector<DeskSource>>(std::move(sources));
    const bool mustFit = manifestBefore != m_manifest;
    m_loadStops.push_back(runTask(
        m_lanes.decode(), this,
        [shared, mustFit, manifest = toPath(m_manifest)](const std::stop_token &stop) {
            Loaded sets;
            for (const DeskSource &source : *shared) {
                if (!stop.stop_requested())
                    sets.push_back(readDeskSet(source, manifest));
            }
            const bool fitsNone = std::ranges::none_of(sets, [](const auto &set) { return set.has_value(); });
            if (manifest.empty() || (mustFit && fitsNone))
                return sets;
            for (std::size_t i = 0; i < sets.size(); ++i) {
                if (!sets[i])
                    sets[i] = readDeskSet((*shared)[i], {});
            }
            return sets;
        },
        [this, shared, mustFit, manifestBefore, manifest = m_manifest](Loaded sets) {
            const bool isOfAnother = manifest != m_manifest; // chosen while these were read
            const bool fitsNone = std::ranges::none_of(sets, [](const auto &set) { return set.has_value(); });
            if (mustFit && fitsNone && !isOfAnother && !sets.empty()) {
                m_manifest = manifestBefore;
                sets.erase(sets.begin() + 1, sets.end()); // all say the same
            }
            loaded(std::move(*shared), std::move(sets));
            if (isOfAnother)
                setManifest(QString(m_manifest)); // a copy: it is exchanged there
        }));
    Q_EMIT setsChanged();
}

void DeskSession::loaded(std::vector<DeskSource> sources, Loaded sets)
{
    --m_loading;
    m_failures.clear();
    for (std::size_t i = 0; i < sets.size(); ++i) {
        if (!sets[i]) {
            m_failures.push_back({toText(sources[i].file.filename()), sets[i].error()});
            continue;
        }
        // The same file again takes the place of what it said before.
        const auto same = std::ranges::find_if(
            m_sources, [&](const DeskSource &known) { return known.file == sources[i].file; });
        if (same != m_sources.end()) {
            m_sets[at(static_cast<int>(same - m_sources.begin()))] = std::move(*sets[i]);
            continue;
        }
        m_sets.push_back(std::move(*sets[i]));
        m_sources.push_back(sources[i]);
    }
    if (m_failures.size() == sets.size()) // nothing else lies there now
        return Q_EMIT setsChanged();
    settle();
}

void DeskSession::add(std::vector<DeskSetPtr> sets)
{
    m_failures.clear();
    const int before = static_cast<int>(m_sets.size());
    for (DeskSetPtr &set : sets) {
        m_sets.push_back(std::move(set));
        m_sources.emplace_back();
    }
    if (before < static_cast<int>(m_sets.size())) {
        m_first = before;
        m_second = before + 1 < static_cast<int>(m_sets.size()) ? before + 1 : -1;
        dropFilter();
    }
    settle();
}

void DeskSession::setManifest(const QString &path)
{
    const QString before = std::exchange(m_manifest, path);
    std::vector<DeskSource> again;
    for (const DeskSource &source : m_sources) {
        if (!source.file.empty())
            again.push_back(source);
    }
    if (!again.empty())
        read(std::move(again), before == path ? QString() : before);
}

void DeskSession::forget(int set)
{
    m_sets.erase(m_sets.begin() + set);
    m_sources.erase(m_sources.begin() + set);
    const auto moved = [set](int place) { return place == set ? -1 : place > set ? place - 1 : place; };
    const bool wasFirst = set == m_first;
    m_first = moved(m_first);
    m_second = moved(m_second);
    if (wasFirst)
        dropFilter();
    settle();
}

void DeskSession::dropFilter()
{
    m_filter = {};
    Q_EMIT filterChanged();
}

void DeskSession::settle()
{
    if (m_sets.empty()) {
        m_sketchStop.request_stop();
        m_completeStop.request_stop();
        m_isComputing = false;
        m_first = m_second = -1;
        m_judgement.reset();
        m_selection = {};
        Q_EMIT setsChanged();
        Q_EMIT judgementChanged();
        Q_EMIT selectionChanged();
        return;
    }
    m_first = std::max(m_first, 0);
    if (m_second == m_first || (m_second >= 0 && !areComparable(*m_sets[at(m_first)], *m_sets[at(m_second)])))
        m_second = -1;
    m_label = std::min(m_label, static_cast<int>(firstSet()->labels.size()) - 1);
    Q_EMIT setsChanged();
    judge();
}

void DeskSession::choose(int first, int second)
{
    if (first == m_first && second == m_second)
        return;
    const bool isOther = first != m_first;
    m_first = first;
    m_second = second;
    if (isOther)
        dropFilter();
    settle();
}

void DeskSession::chooseLabel(int label)
{
    if (label == m_label || label < 0)
        return;
    m_label = label;
    Q_EMIT labelChanged();
}

void DeskSession::setFilter(const DeskFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    Q_EMIT filterChanged();
    judge();
}

void DeskSession::judge()
{
    m_sketchStop.request_stop();
    m_completeStop.request_stop();
    DeskRequest request{m_sets[at(m_first)], m_second < 0 ? nullptr : m_sets[at(m_second)], m_filter};
    m_isComputing = true;
    // Classes are chosen by their place: no plot may have other ones meanwhile.
    if (m_judgement && m_judgement->first().set->labels != request.first->labels) {
        m_judgement.reset();
        Q_EMIT judgementChanged();
    }
    m_sketchStop = runTask(
        m_lanes.decode(), this,
        [request](const std::stop_token &stop) {
            return stop.stop_requested() ? nullptr : sketchOf(request);
        },
        [this](DeskJudgementPtr sketch) {
            const bool isOther = !m_judgement || sketch->request.first != m_judgement->request.first;
            m_judgement = sketch;
            if (isOther || !m_selection.films.empty()) {
                m_selection = {}; // of other films
                Q_EMIT selectionChanged();
            }
            Q_EMIT judgementChanged();
            m_completeStop = runTask(
                m_lanes.decode(), this,
                [sketch](const std::stop_token &stop) {
                    return sketch->films() > 0 ? completed(*sketch, stop) : nullptr;
                },
                [this](DeskJudgementPtr whole) {
                    m_isComputing = false;
                    if (whole)
                        m_judgement = std::move(whole);
                    Q_EMIT judgementChanged();
                });
        });
}

void DeskSession::select(const QString &title, int side, const std::vector<int> &places, int label)
{
    if (!m_judgement || side >= static_cast<int>(m_judgement->sides.size()))
        return;
    const DeskSide &shown = m_judgement->sides[at(side)];
    m_selection = {title, {}, side, label};
    for (const int place : places) {
        const int film = side == 0 ? shown.shown[at(place)]
                                   : m_judgement->first().set->filmOf(shown.films[at(place)].film);
        if (film >= 0)
            m_selection.films.push_back(film);
    }
    Q_EMIT selectionChanged();
}

void DeskSession::setFilmOnScreen(const FilmOnScreen &film)
{
    if (film == m_onScreen)
        return;
    m_onScreen = film;
    Q_EMIT filmChanged();
}

int DeskSession::filmIn(int side) const
{
    if (!m_judgement || side >= static_cast<int>(m_judgement->sides.size()) || m_onScreen.path.isEmpty())
        return -1;
    return m_judgement->sides[at(side)].set->filmAt(toPath(m_onScreen.path));
}

std::optional<std::vector<double>> DeskSession::probabilitiesIn(int side) const
{
    if (!m_judgement || side >= static_cast<int>(m_judgement->sides.size()))
        return std::nullopt;
    const DeskSet &set = *m_judgement->sides[at(side)].set;
    if (const int film = filmIn(side); film >= 0)
        return set.films[at(film)].probabilities;
    const auto read = m_onScreen.probabilities.find(set.modelId);
    if (set.modelId.empty() || read == m_onScreen.probabilities.end())
        return std::nullopt;
    std::vector<double> found;
    for (const std::string &label : set.labels) {
        const auto one = read->second.find(label);
        if (one == read->second.end())
            return std::nullopt;
        found.push_back(one->second);
    }
    return found;
}

void DeskSession::setThreshold(double threshold)
{
    if (threshold == m_threshold)
        return;
    m_threshold = threshold;
    Q_EMIT thresholdChanged();
}

} // namespace hilum::ui
