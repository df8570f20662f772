// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// CompareSession: two networks over many films: the run, what came out, and which of its films are looked at.
//
// A run reads on the lane for long work and asks the networks film by film on the inference lane, so that
// what the hand asks for comes between. Stopped, it keeps what it has read. Table and plots follow one
// filter, one selection and one class.
//
// Shape:   films are known by their place in comparison()->read.
// Errors:  error(): why there is no comparison; what was there before stays.
// Threads: UI thread; work runs on the lanes.
#pragma once

#include "core/compare/FilmComparison.h"
#include "ui/session/NetworkService.h"

#include <QHash>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace hilum::ui {

class Lanes;

// Which films are shown.
struct CompareFilter {
    enum class Calls { All, Same, Different, OneRight, BothWrong };

    QString text; // in the film's name or its patient's
    Calls calls = Calls::All;
    std::optional<std::string> source; // none: all

    bool operator==(const CompareFilter &) const = default;
};

class CompareSession : public QObject {
    Q_OBJECT

public:
    using ReaderMaker = std::function<TwiceReadingPlan::Reader()>;

    CompareSession(Lanes &lanes, std::shared_ptr<NetworkService> service, ReaderMaker makeReader,
                   QObject *parent = nullptr);
    ~CompareSession() override;

    // Reads a manifest or folder, or these films.
    void begin(const QString &dataset, const ModelPackage &first, const ModelPackage &second);
    void begin(const QString &name, std::vector<Sample> films, const ModelPackage &first,
               const ModelPackage &second);
    // A comparison.csv, or the folder that holds it.
    void open(const QString &table);
    void findFilms(const QString &dataset); // of a comparison whose films are not where it says
    void stop(); // keeps what was read

    bool isRunning() const { return m_isRunning; }
    bool isOpening() const { return m_isRunning && m_isOpening; } // what was written before
    const TwiceProgress &progress() const { return m_progress; }
    const QString &name() const { return m_name; } // of what is compared, or was
    const FilmComparison *comparison() const { return m_done ? &m_done->films : nullptr; }
    const ModelComparison *statistics() const { return m_done ? &m_done->statistics : nullptr; }
    const std::optional<Error> &error() const { return m_error; }
    int filesKnown() const { return m_filesKnown; }

    int label() const { return m_label; } // whose probabilities are shown
    void chooseLabel(int label);
    const CompareFilter &filter() const { return m_filter; }
    void setFilter(const CompareFilter &filter);
    const std::vector<int> &shown() const { return m_shown; } // in the data set's order
    const std::vector<int> &selected() const { return m_selected; }
    void select(std::vector<int> films);
    // The film on the screen; -1 where it is none of these.
    int current() const { return m_current; }
    void setFilmOnScreen(const QString &path);
    QString pathOf(int film) const; // empty: not known

Q_SIGNALS:
    void runChanged(); // begun, a film further, ended
    void comparisonChanged();
    void filesChanged();
    void labelChanged();
    void filterChanged(); // shown(), too
    void selectionChanged();
    void currentChanged();

private:
    struct Done {
        FilmComparison films;
        ModelComparison statistics;
    };
    using Outcome = Result<std::shared_ptr<Done>>;

    struct Job {
        QString dataset; // read where there are no films
        std::vector<Sample> films;
        std::array<ModelPackage, 2> packages;
    };

    void start(Job job);
    template <class Work>
    void run(Work work);
    void ended(Outcome outcome);
    void applyFilter();
    void indexFiles();
    void showProgress(const TwiceProgress &progress);

    Lanes &m_lanes;
    std::shared_ptr<NetworkService> m_service;
    ReaderMaker m_makeReader;
    bool m_isRunning = false;
    bool m_isOpening = false;
    QString m_name;
    TwiceProgress m_progress;
    std::shared_ptr<Done> m_done;
    std::optional<Error> m_error;
    int m_filesKnown = 0;
    int m_label = 0;
    CompareFilter m_filter;
    std::vector<int> m_shown;
    std::vector<int> m_selected;
    int m_current = -1;
    QString m_onScreen;
    QHash<QString, int> m_byPath;
    std::stop_source m_stop{std::nostopstate}; // ends the reading early
    std::stop_source m_abandon{std::nostopstate}; // and drops what it has
};

} // namespace hilum::ui
