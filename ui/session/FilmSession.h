// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmSession: the films that are open, which one is on the screen and through which window.
//
// Knows no widget. Films and thumbnails are read on the decode lane through two sources, so that a
// long row of thumbnails never holds up the film that was asked for. The latest selection wins.
//
// Errors:  a film that can't be read keeps its Error in its entry.
// Threads: UI thread; sources are called on the decode lane, each by one thread at a time.
#pragma once

#include "core/base/Result.h"
#include "ui/bridge/DisplayFilm.h"

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
};

// Named by the one who has it open: Waiting until its thumbnail or itself was read.
enum class FilmState { Waiting, Loading, Ready, Failed };

struct FilmEntry {
    int id = 0; // never reused
    QString path;
    FilmState state = FilmState::Waiting;
    QImage thumbnail;
    std::optional<Error> error;
};

class FilmSession : public QObject {
    Q_OBJECT

public:
    FilmSession(Lanes &lanes, FilmSources sources, QObject *parent = nullptr);
    ~FilmSession() override;

    void open(const QStringList &paths); // files and folders; the first new one is selected
    void close(int row);
    void closeAll();

    int count() const { return static_cast<int>(m_films.size()); }
    const FilmEntry &entry(int row) const { return m_films[static_cast<std::size_t>(row)]; }
    int rowOf(int id) const; // -1 when closed
    void wantThumbnail(int row);

    int currentRow() const { return rowOf(m_currentId); }
    void select(int row); // an unread or failed film is read (again)
    DisplayFilmPtr film() const { return m_film; } // nothing while the current one loads
    int currentId() const { return m_currentId; }

    const Voi &voi() const { return m_voi; }
    bool isInverted() const { return m_inverted; }
    void setVoi(const Voi &voi);
    void setInverted(bool inverted);
    void choosePreset(int index); // of film()->presets; an index outside does nothing
    void resetWindow(); // as the film opened

    bool isLoading() const { return m_loading; }
    void cancelLoading();

Q_SIGNALS:
    void filmsAdded(int first, int last);
    void filmRemoved(int row, int id);
    void filmsCleared();
    void entryChanged(int row);
    void currentChanged(); // another film was selected; film() is nothing until filmReady
    void filmReady(); // film() is there
    void filmFailed(hilum::Error error);
    void voiChanged();
    void loadingChanged(bool loading);
    void nothingFound(const QStringList &paths);

private:
    void addFilms(const QStringList &files);
    void show(DisplayFilmPtr film);
    void loaded(int id, Result<DisplayFilmPtr> film);
    void setState(int id, FilmState state, std::optional<Error> error = std::nullopt);
    void setThumbnail(int id, const QImage &image);
    void setLoading(bool loading);
    void nextThumbnail();

    struct Kept {
        int id;
        DisplayFilmPtr film;
    };

    Lanes &m_lanes;
    FilmSources m_sources;
    std::vector<FilmEntry> m_films;
    int m_nextId = 1;
    int m_currentId = 0;
    DisplayFilmPtr m_film;
    std::deque<Kept> m_kept; // the last few films, so that going back is at once
    Voi m_voi;
    bool m_inverted = false;
    bool m_loading = false;
    std::stop_source m_filmStop;
    std::stop_source m_walkStop;
    std::stop_source m_thumbnailStop;
    bool m_thumbnailRuns = false;
    std::vector<int> m_wantedThumbnails; // ids, the most wanted last
};

} // namespace hilum::ui
