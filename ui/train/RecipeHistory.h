// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// RecipeHistory: the projects that recipes stem from, one under the other: network, films, what was
// published with the interval that so few films allow, and what went wrong.
//
// Errors:  none; without projects it says so.
// Threads: UI thread only.
#pragma once

#include "ui/train/StudentProject.h"

#include <QWidget>

class QVBoxLayout;

namespace hilum::ui {

class RecipeHistory : public QWidget {
    Q_OBJECT

public:
    explicit RecipeHistory(QWidget *parent = nullptr);

    void setProjects(std::vector<StudentProject> projects);
    const std::vector<StudentProject> &projects() const { return m_projects; }

private:
    QWidget *cardOf(const StudentProject &project);

    std::vector<StudentProject> m_projects;
    QWidget *m_content = nullptr;
};

} // namespace hilum::ui
