// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TagModel: a film's attributes as a tree: sequences hold their items, items their attributes.
// TagFilter: those rows of it that hold every word looked for, with what is above and below them.
//
// Items aren't in Film::tags; a new one begins where numbers stop rising. Only when that gives as many items
// as the sequence counts are they shown as rows, so that none is invented.
//
// Errors:  none.
// Threads: UI thread; built in one walk over the tags.
#pragma once

#include "core/film/Film.h"

#include <QAbstractItemModel>
#include <QSortFilterProxyModel>

#include <vector>

namespace hilum::ui {

class NameGuard;

class TagModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { Number, Name, Vr, Value, columns };
    enum Role { PrivateRole = Qt::UserRole + 1 };

    explicit TagModel(NameGuard &names, QObject *parent = nullptr);

    void setFilm(FilmPtr film);
    int tagCount() const { return m_film ? static_cast<int>(m_film->tags.size()) : 0; }

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex & = {}) const override { return columns; }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node {
        int tag = -1; // in the film's tags; -1: an item
        int item = 0; // its number, from 1
        int parent = -1; // in m_nodes
        int row = 0;
        std::vector<int> children;
        QString owner; // the private creator
        bool isPrivate = false;
    };

    void build();
    int add(int parent, Node node);
    void addItems(); // rows for the items of sequences
    void nameOwners();
    const std::vector<int> &childrenOf(int node) const;
    QString text(const Node &node, int column) const;

    NameGuard &m_names;
    FilmPtr m_film;
    std::vector<Node> m_nodes;
    std::vector<int> m_roots;
};

class TagFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit TagFilter(QObject *parent = nullptr);

    void setWanted(const QString &text);
    void setShowsPrivate(bool shows);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    bool matches(const QModelIndex &index) const;

    QStringList m_words;
    bool m_private = true;
};

} // namespace hilum::ui
