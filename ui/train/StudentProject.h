// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// StudentProject: what a project that a recipe stems from did, published, and got wrong; read from the
// recipe's `history`.
//
//     {"year": 2020, "projects": [{"project", "network", "films", "training",
//       "figures": [{"what", "hits", "films"}], "wentWrong": ["...", ...]}]}
//
// Errors:  none: what a history does not say stays empty.
// Threads: pure functions.
#pragma once

#include "core/metrics/ConfusionMatrix.h"
#include "core/train/Recipe.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace hilum::ui {

struct PublishedFigure {
    QString what; // "accuracy"
    int hits = 0;
    int films = 0;

    double share() const { return films > 0 ? static_cast<double>(hits) / films : 0; }
    Interval interval() const { return wilsonInterval(hits, films); }
    // "10 of 10: 100 %, interval 72–100 %"
    QString text() const;
};

struct StudentProject {
    QString project;
    int year = 0;
    QString recipe; // its name, as train wants it
    QString title;
    QString network;
    QString films;
    QString training;
    std::vector<PublishedFigure> figures;
    QStringList wentWrong;
};

[[nodiscard]] std::vector<StudentProject> projectsOf(const Recipe &recipe);

// A row for each figure, with a header; '.' as decimal mark.
[[nodiscard]] QString csvOf(const std::vector<StudentProject> &projects);

} // namespace hilum::ui
