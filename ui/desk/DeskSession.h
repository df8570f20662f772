// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DeskSession: what lies on the evaluation desk: predictions of networks, which two are looked at, which of
// their films, the numbers of these, the films behind what was clicked, and the threshold.
//
// Files are read and numbers worked out on the decode lane, in two steps (DeskJudgement.h): plots stand at
// once, intervals follow. The latest request wins; a file that can't be loaded leaves alone what is there.
//
// Shape:   films are known by their place in the first network's set.
// Errors:  failures(): which file, what was expected and what was found.
// Threads: UI thread; work runs on the lane.
#pragma once

#include "core/base/Result.h"
#include "ui/desk/DeskJudgement.h"

#include <QObject>
#include <QString>

#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace hilum::ui {

class Lanes;

// Films that something in a plot stands for.
struct DeskSelection {
    QString title;
    std::vector<int> films;
    int side = 0; // whose plot it was
    int label = -1; // whose maps are wanted; -1: of each film's called class
};

// The film in the main window, and what networks said of it there, by their ids.
struct FilmOnScreen {
    QString path;
    QString name;
    std::map<std::string, std::map<std::string, double>> probabilities;

    bool operator==(const FilmOnScreen &) const = default;
};

struct DeskFailure {
    QString name;
    Error error;
};

class DeskSession : public QObject {
    Q_OBJECT

public:
    explicit DeskSession(Lanes &lanes, QObject *parent = nullptr);
    ~DeskSession() override;

    void load(std::vector<DeskSource> sources); // beside what is there
    void add(std::vector<DeskSetPtr> sets);
    // Joined to everything that was loaded from files, and will be.
    // One that names none of their films is a failure, and changes nothing.
    void setManifest(const QString &path);
    const QString &manifest() const { return m_manifest; }
    void forget(int set);
    bool isLoading() const { return m_loading > 0; }
    const std::vector<DeskSetPtr> &sets() const { return m_sets; }
    const std::vector<DeskFailure> &failures() const { return m_failures; }

    int first() const { return m_first; } // -1: nothing is loaded
    int second() const { return m_second; } // -1: none
    void choose(int first, int second);
    DeskSetPtr firstSet() const { return m_first < 0 ? nullptr : m_sets[static_cast<std::size_t>(m_first)]; }
    int label() const { return m_label; } // whose probability is looked at
    void chooseLabel(int label);
    const DeskFilter &filter() const { return m_filter; }
    void setFilter(const DeskFilter &filter);

    // Of the chosen networks and filter, or of those before until these are there, if they have the same
    // classes; may be nothing.
    const DeskJudgementPtr &judgement() const { return m_judgement; }
    bool isComputing() const { return m_isComputing; } // intervals are not there yet

    const DeskSelection &selection() const { return m_selection; }
    // Places in judgement()->sides[side].films.
    void select(const QString &title, int side, const std::vector<int> &places, int label = -1);

    void setFilmOnScreen(const FilmOnScreen &film);
    const FilmOnScreen &onScreen() const { return m_onScreen; }
    int filmIn(int side) const; // the film on the screen in that side's set; -1: none of its films
    // In the side's class order: of the set, or as its network read the film just now.
    std::optional<std::vector<double>> probabilitiesIn(int side) const;

    double threshold() const { return m_threshold; }
    void setThreshold(double threshold);

Q_SIGNALS:
    void setsChanged(); // another set, or failures
    void judgementChanged();
    void labelChanged();
    void filterChanged();
    void selectionChanged();
    void filmChanged();
    void thresholdChanged();

private:
    using Loaded = std::vector<Result<DeskSetPtr>>;

    void read(std::vector<DeskSource> sources, const QString &manifestBefore);
    void loaded(std::vector<DeskSource> sources, Loaded sets);
    void dropFilter(); // another first network: its films are others
    void settle(); // after sets came or went
    void judge();

    Lanes &m_lanes;
    std::vector<DeskSetPtr> m_sets;
    std::vector<DeskSource> m_sources; // of each set; without a file where there is none
    std::vector<DeskFailure> m_failures;
    QString m_manifest;
    int m_loading = 0;
    int m_first = -1;
    int m_second = -1;
    int m_label = 0;
    DeskFilter m_filter;
    DeskJudgementPtr m_judgement;
    bool m_isComputing = false;
    DeskSelection m_selection;
    FilmOnScreen m_onScreen;
    double m_threshold = 0.5;
    std::stop_source m_sketchStop{std::nostopstate};
    std::stop_source m_completeStop{std::nostopstate};
    std::vector<std::stop_source> m_loadStops;
};

} // namespace hilum::ui
