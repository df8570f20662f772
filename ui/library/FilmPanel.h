// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmPanel: the film's provenance, what the reader had to assume, and its tags with a filter.
//
// Errors:  none.
#pragma once

#include "core/film/Film.h"

#include <QWidget>

class QFormLayout;
class QLabel;
class QLineEdit;
class QTreeWidget;

namespace hilum::ui {

class FilmPanel : public QWidget {
    Q_OBJECT

public:
    explicit FilmPanel(QWidget *parent = nullptr);

    void setFilm(FilmPtr film); // nothing: no film

private:
    void filterTags(const QString &wanted);

    FilmPtr m_film;
    QWidget *m_facts = nullptr;
    QLabel *m_notices;
    QLineEdit *m_filter;
    QTreeWidget *m_tags;
};

} // namespace hilum::ui
