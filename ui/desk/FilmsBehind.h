// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmsBehind: the films behind what was clicked in a plot, as a strip: thumbnail, name, truth, and what each
// network called it. A double click or Enter asks for the film.
//
// Thumbnails are made for what is seen, one at a time, the latest wish first.
//
// Errors:  a film that can't be read, or is not found, says so in its place.
// Threads: UI thread; films are read on the decode lane.
#pragma once

#include "core/audit/Audit.h"
#include "ui/desk/DeskSession.h"

#include <QAbstractListModel>
#include <QImage>
#include <QWidget>

#include <functional>
#include <stop_token>
#include <unordered_map>

class QLabel;
class QListView;
class QPushButton;

namespace hilum::ui {

class FilmsBehindModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { LinesRole = Qt::UserRole + 1, CurrentRole, StateRole };
    using ReaderMaker = std::function<FilmReader()>;

    FilmsBehindModel(Lanes &lanes, DeskSession &session, ReaderMaker makeReader, QObject *parent);
    ~FilmsBehindModel() override;

    void setShownName(std::function<QString(const QString &)> shownName);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    int filmAt(int row) const { return session().selection().films[static_cast<std::size_t>(row)]; }
    void reset();
    void filmChanged();

private:
    struct Thumbnail {
        QImage picture;
        QString state; // why there is none
    };
    using Made = Result<QImage>;

    DeskSession &session() const { return m_session; }
    void want(int film) const;
    void next();

    Lanes &m_lanes;
    DeskSession &m_session;
    std::shared_ptr<FilmReader> m_reader;
    ReaderMaker m_makeReader;
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
    FilmsBehind(Lanes &lanes, DeskSession &session, FilmsBehindModel::ReaderMaker makeReader,
                QWidget *parent);

    FilmsBehindModel &model() { return *m_model; }
    QListView &list() { return *m_list; }

Q_SIGNALS:
    void filmWanted(const QString &path);
    void manifestWanted(); // nobody knows where the films are

private:
    void showSelection();
    void open(const QModelIndex &index);

    DeskSession &m_session;
    FilmsBehindModel *m_model;
    QLabel *m_title;
    QListView *m_list;
    QPushButton *m_find;
    QPushButton *m_close = nullptr;
};

} // namespace hilum::ui
