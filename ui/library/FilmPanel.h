// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmPanel: what the reader had to assume, the film's provenance, and its tags with a search.
//
// Errors:  none.
#pragma once

#include "core/film/Film.h"

#include <QStringList>
#include <QWidget>

class QLabel;
class QPushButton;

namespace hilum::ui {

class NameGuard;
class TagBrowser;

class FilmPanel : public QWidget {
    Q_OBJECT

public:
    explicit FilmPanel(NameGuard &names, QWidget *parent = nullptr);

    // Nothing: no film. `from` says of which DICOMDIR, with its notices; empty: of none.
    void setFilm(FilmPtr film, const QString &from = {}, const QStringList &notices = {});

Q_SIGNALS:
    void tagsRequested(); // in a window of their own

private:
    void showFacts();

    NameGuard &m_names;
    FilmPtr m_film;
    QString m_from;
    QWidget *m_facts = nullptr;
    QLabel *m_notices;
    QPushButton *m_open;
    TagBrowser *m_tags;
};

} // namespace hilum::ui
