// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmsBehind: the films behind what was clicked in a plot, as a strip: thumbnail, name, truth, and what each
// network called it. A double click or Enter asks for the film.
//
// Thumbnails are made for what is seen, one at a time, the latest wish first. When they are there, the
// network whose plot was clicked says over each where it looked for the class in question, one film after the
// other. Another strip, and a window that hides, end that.
//
// Errors:  a film that can't be read, or is not found, says so in its place; so does one without a map.
//          Predictions of no installed network have no maps, and the strip says so.
// Threads: UI thread; films are read on the decode lane, maps are made on the network's.
#pragma once

#include "core/audit/Audit.h"
#include "core/nn/ModelPackage.h"
#include "ui/desk/DeskSession.h"

#include <QAbstractListModel>
#include <QImage>
#include <QWidget>

#include <functional>
#include <stop_token>
#include <unordered_map>

class QCheckBox;
class QLabel;
class QListView;
class QPushButton;

namespace hilum::ui {

class FilmMaps;
class NetworkService;

class FilmsBehindModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { LinesRole = Qt::UserRole + 1, CurrentRole, StateRole, HeatRole, HeatPartRole, MapStateRole };
    struct Sources {
        std::function<FilmReader()> makeReader;
        std::shared_ptr<NetworkService> service;
        std::function<std::vector<ModelPackage>()> networks; // installed
    };

    FilmsBehindModel(Lanes &lanes, DeskSession &session, Sources sources, QObject *parent);
    ~FilmsBehindModel() override;

    void setShownName(std::function<QString(const QString &)> shownName);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    int filmAt(int row) const { return session().selection().films[static_cast<std::size_t>(row)]; }
    void reset();
    void filmChanged();
    FilmMaps &maps() { return *m_maps; }
    void setShowsMaps(bool shows);
    void findNetwork(); // that makes the maps of this strip; those on their way are given up
    bool hasMaps() const; // a network for them is installed
    QString mapWords() const; // whose maps, of what, or why none

private:
    struct Thumbnail {
        QImage picture;
        QString state; // why there is none
    };
    using Made = Result<QImage>;

    DeskSession &session() const { return m_session; }
    void want(int film) const;
    void next();
    void picturesChanged();
    QVariant mapData(int film, int role) const;
    std::string mapLabel(int film) const; // empty: none

    Lanes &m_lanes;
    DeskSession &m_session;
    std::shared_ptr<FilmReader> m_reader;
    Sources m_sources;
    FilmMaps *m_maps;
    bool m_showsMaps = true;
    std::function<QString(const QString &)> m_shownName;
    std::unordered_map<std::string, Thumbnail> m_thumbnails; // by path
    mutable std::vector<int> m_wanted; // films, the latest last
    mutable bool m_isAsking = false;
    bool m_isMaking = false;
    std::stop_source m_stop{std::nostopstate};
};

class FilmsBehind : public QWidget {
    Q_OBJECT

public:
    FilmsBehind(Lanes &lanes, DeskSession &session, FilmsBehindModel::Sources sources, QWidget *parent);

    FilmsBehindModel &model() { return *m_model; }
    QListView &list() { return *m_list; }
    QCheckBox &mapSwitch() { return *m_maps; }
    QLabel &mapWords() { return *m_mapWords; }
    void networksChanged();

Q_SIGNALS:
    void filmWanted(const QString &path);
    void manifestWanted(); // nobody knows where the films are

protected:
    void hideEvent(QHideEvent *event) override;

private:
    void showSelection();
    void showMapWords();
    bool isSeen(int film) const;
    void open(const QModelIndex &index);

    DeskSession &m_session;
    FilmsBehindModel *m_model;
    QLabel *m_title;
    QListView *m_list;
    QPushButton *m_find;
    QCheckBox *m_maps;
    QLabel *m_mapWords;
    QPushButton *m_close = nullptr;
};

} // namespace hilum::ui
