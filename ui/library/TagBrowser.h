// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TagBrowser: a film's attributes as a tree, with a search, the full text of the chosen value, and copying.
//
// Ctrl+F goes to the search, Down from there into the tree; Ctrl+C copies the chosen rows, Ctrl+Shift+C the
// value alone, and the context menu a row with all below it. What names the patient leaves only as it is
// shown.
//
// Errors:  none.
#pragma once

#include "core/film/Film.h"

#include <QDialog>
#include <QList>
#include <QWidget>

class QAction;
class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QTreeView;

namespace hilum::ui {

class NameGuard;
class TagFilter;
class TagModel;

class TagBrowser : public QWidget {
    Q_OBJECT

public:
    enum class Shape { Whole, Column }; // a column has only names and values
    TagBrowser(NameGuard &names, Shape shape, QWidget *parent = nullptr);

    void setFilm(FilmPtr film);
    QString currentText() const; // of the chosen value, whole
    QString copyText(bool withBelow) const; // of the chosen rows

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeCopying();
    void filter();
    void showCurrent();
    void updateCount();

    TagModel *m_model;
    TagFilter *m_filter;
    QLineEdit *m_wanted;
    QCheckBox *m_private;
    QLabel *m_count;
    QTreeView *m_tree;
    QList<QAction *> m_copying;
    QPlainTextEdit *m_detail;
};

class TagDialog : public QDialog {
    Q_OBJECT

public:
    TagDialog(NameGuard &names, QWidget *parent);

    void setFilm(const FilmPtr &film, const QString &name);

private:
    TagBrowser *m_browser;
};

} // namespace hilum::ui
