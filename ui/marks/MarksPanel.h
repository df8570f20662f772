// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MarksPanel: the marks of the film at hand as a list: name, value, what it is; select, delete, copy all.
//
// Errors:  none; without a mark it says how to make one.
#pragma once

#include "ui/marks/MarkStore.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace hilum::ui {

class MarksPanel : public QWidget {
    Q_OBJECT

public:
    explicit MarksPanel(MarkStore &store, QWidget *parent = nullptr);

    void setFilm(int film, FilmPtr source); // nothing: no film
    void setHint(const QString &hint); // how to make one, with the keys of today

Q_SIGNALS:
    void removeRequested(int film, int id);
    void copyRequested(int film); // all, as a table
    void clearRequested(int film);
    void forgetCalibrationRequested(int film);
    void menuWanted(int film, int id, QPoint globalPosition);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();

    MarkStore &m_store;
    int m_film = 0;
    FilmPtr m_source;
    QLabel *m_empty;
    QTreeWidget *m_list;
    QLabel *m_byHand;
    QWidget *m_calibration;
    QPushButton *m_remove;
    QPushButton *m_clear;
    QPushButton *m_copy;
    bool m_refreshing = false;
};

} // namespace hilum::ui
