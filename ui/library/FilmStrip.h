// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmStrip: the open films, one below the other, with thumbnail, name and badges.
//
// Errors:  none.
#pragma once

#include <QItemSelectionModel>
#include <QListView>

namespace hilum::ui {

class FilmListModel;
class FilmSession;

class FilmStrip : public QListView {
    Q_OBJECT

public:
    FilmStrip(FilmSession &films, FilmListModel *model, QWidget *parent = nullptr);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void changeEvent(QEvent *event) override;
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex &index,
                                                         const QEvent *event = nullptr) const override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    FilmSession &m_films;
};

} // namespace hilum::ui
