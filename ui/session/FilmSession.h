// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmSession: the films that are open, which of them are on the screen and through which window.
//
// One, two or four viewports show films side by side; one of them is active, and whatever speaks of
// the current film (film(), voi(), select()...) means the one in it. Two viewports may show the same film,
// each through its own window.
//
// Knows no widget. Films and thumbnails are read on the decode lane through two sources, so that a
// long row of thumbnails never holds up the film that was asked for. The latest selection wins.
//
// Errors:  a film that can't be read keeps its Error in its entry and in the viewports that asked for it.
// Threads: UI thread; sources are called on the decode lane, each by one thread at a time.
#pragma once

#include "core/audit/Audit.h"
#include "core/base/Result.h"
#include "ui/bridge/DisplayFilm.h"
#include "ui/session/FilmFinder.h"
#include "ui/session/NameGuard.h"
#include "ui/session/ViewLinks.h"

#include <QImage>
#include <QObject>
#include <QStringList>

#include <deque>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace hilum::ui {

class Lanes;

using FilmSource = std::function<Result<FilmPtr>(const QString &path, std::stop_token stop)>;

struct FilmSources {
    FilmSource film;
    FilmSource thumbnail;
    DirectorySource directory = {}; // without it a DICOMDIR is an error
    std::function<FilmReader()> newReader = {}; // of its own, for one that reads many films at once
};

// Named by the one who has it open: Waiting until its thumbnail or itself was read.
enum class FilmState { Waiting, Loading, Ready, Failed };

struct FilmEntry {
    int id = 0; // never reused
    QString path;
    FilmState state = FilmState::Waiting;
    QImage thumbnail;
    std::optional<Error> error;
    // What the DICOMDIR says that it was opened from; empty without one.
    QString title; // study and series
    QString from; // the DICOMDIR and the patient
    QStringList notices;
};

struct Viewport {
    int filmId = 0; // 0: none chosen yet
    DisplayFilmPtr film; // nothing until it was read
    Voi voi;
    bool isInverted = false;
    std::optional<Error> error; // why there is no film
    int frameWanted = 0; // film->frame once it was made
    int frameTask = 0; // 0: no frame is being made

    bool isLoading() const { return filmId != 0 && !film && !error; }
};

class FilmSession : public QObject {
    Q_OBJECT

public:
    FilmSession(Lanes &lanes, FilmSources sources, QObject *parent = nullptr);
    ~FilmSession() override;

    void open(const QStringList &paths); // files and folders; the first new one is selected
    void show(const QString &path); // opened unless it is
    void close(int row);
    void closeAll();

    int count() const { return static_cast<int>(m_films.size()); }
    const FilmEntry &entry(int row) const { return m_films[static_cast<std::size_t>(row)]; }
    int rowOf(int id) const; // -1 when closed
    void wantThumbnail(int row);
    NameGuard &names() { return m_names; }
    std::function<FilmReader()> newReader() const { return m_sources.newReader; }
    QString nameOf(int row) const; // its file's, as it may be shown

    int viewportCount() const { return static_cast<int>(m_viewports.size()); }
    const Viewport &viewport(int index) const { return m_viewports[static_cast<std::size_t>(index)]; }
    int activeViewport() const { return m_active; }
    // 1, 2 or 4. New ones show the next films of the strip, or the current one again; the active one stays.
    void setViewportCount(int count);
    void activate(int viewport);
    const ViewLinks &links() const { return m_links; }
    void setLinks(const ViewLinks &links);

    // Of the active viewport.
    int currentRow() const { return rowOf(currentId()); }
    void select(int row); // an unread or failed film is read (again)
    DisplayFilmPtr film() const { return active().film; } // nothing while the current one loads
    int currentId() const { return active().filmId; }
    const Voi &voi() const { return active().voi; }
    bool isInverted() const { return active().isInverted; }
    void setVoi(const Voi &voi) { setVoi(m_active, voi); } // linked viewports follow
    void setInverted(bool inverted);
    void choosePreset(int index); // of film()->presets; an index outside does nothing
    void resetWindow(); // as the film opened
    void setVoi(int viewport, const Voi &voi);

    int frame() const { return film() ? film()->frame : 0; }
    // Another frame through the same window; made on the decode lane, the latest wish wins.
    void showFrame(int viewport, int frame);

    bool isLoading() const { return active().isLoading(); }
    void cancelLoading();

Q_SIGNALS:
    void filmsAdded(int first, int last);
    void filmRemoved(int row, int id);
    void filmsCleared();
    void entryChanged(int row);
    void viewportsChanged(); // another number of them
    void viewportsSwapped(int first, int second); // their contents changed places
    void viewportChanged(int viewport); // another film in it, or it was read, or it can't be
    void viewportVoiChanged(int viewport);
    void frameChanged(int viewport); // its film() is another frame of the same film
    void activeChanged(int viewport);
    void linksChanged();
    void currentChanged(); // another film was selected; film() is nothing until filmReady
    void filmReady(); // film() is there
    void filmFailed(hilum::Error error);
    void voiChanged();
    void loadingChanged(bool loading);
    void nothingFound(const QStringList &paths);
    void directoryOpened(const QString &name, int films, int missing, const QStringList &notices);

private:
    const Viewport &active() const { return m_viewports[static_cast<std::size_t>(m_active)]; }
    Viewport &own(int index) { return m_viewports[static_cast<std::size_t>(index)]; }
    void find(const QStringList &paths, int instead); // of the film `instead`; 0: of none
    void addFilms(const FoundFilms &found, int instead);
    void assign(int viewport, int id);
    void fillEmpty(bool repeating);
    void nextLoad();
    void dropUnwanted();
    void load(int id);
    void loaded(int id, Result<DisplayFilmPtr> film);
    DisplayFilmPtr known(int id) const;
    void keep(int id, DisplayFilmPtr film);
    void show(int viewport, DisplayFilmPtr film);
    void showError(int viewport, const Error &error);
    void nextFrame(int viewport);
    void frameMade(int task, DisplayFilmPtr frame);
    template <class Change>
    void changeLinked(int viewport, Change change);
    void setState(int id, FilmState state, std::optional<Error> error = std::nullopt);
    void setThumbnail(int id, const QImage &image);
    void announceLoading();
    void nextThumbnail();

    struct Kept {
        int id;
        DisplayFilmPtr film;
    };

    Lanes &m_lanes;
    FilmSources m_sources;
    NameGuard m_names;
    std::vector<FilmEntry> m_films;
    int m_nextId = 1;
    std::vector<Viewport> m_viewports{1}; // never empty
    int m_active = 0;
    ViewLinks m_links;
    std::deque<Kept> m_kept; // the last few films, so that going back is at once
    int m_loadingId = 0; // the film that is being read
    bool m_announcedLoading = false;
    int m_frameTasks = 0;
    std::stop_source m_filmStop;
    std::stop_source m_walkStop;
    std::stop_source m_thumbnailStop;
    bool m_thumbnailRuns = false;
    std::vector<int> m_wantedThumbnails; // ids, the most wanted last
};

} // namespace hilum::ui
