// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// StudentProjectsDialog: the student projects of 2020 on one page, to be read beside the film.
//
// Errors:  a recipe that can't be read is said at the end of the page.
// Threads: UI thread only.
#pragma once

#include <QDialog>

namespace hilum::ui {

class RecipeHistory;

class StudentProjectsDialog : public QDialog {
    Q_OBJECT

public:
    explicit StudentProjectsDialog(QWidget *parent);

    const RecipeHistory &history() const { return *m_history; }

private:
    QString fill();

    RecipeHistory *m_history;
};

} // namespace hilum::ui
