// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmListModel: the open films as rows of a list: name, thumbnail, state and what networks called them.
//
// Errors:  none; a film's own error is its tool tip and badge.
// Threads: UI thread.
#pragma once

#include <QAbstractListModel>
#include <QColor>

#include <vector>

namespace hilum::ui {

class FilmSession;
class ReadingSession;

// A word beside a thumbnail; invalid colour: plain text.
struct FilmBadge {
    QString text;
    QColor colour;
    int networks = 1; // that call the film so
};

class FilmListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { BadgesRole = Qt::UserRole + 1, FailedRole, TitleRole };

    FilmListModel(FilmSession &films, ReadingSession &readings, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    // Asking for a decoration asks for the thumbnail: only rows that are seen have theirs made.
    QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<FilmBadge> badges(int row) const;
    QString description(int row) const;

    FilmSession &m_films;
    ReadingSession &m_readings;
    int m_rows = 0; // what the view was told
};

} // namespace hilum::ui

Q_DECLARE_METATYPE(std::vector<hilum::ui::FilmBadge>)
