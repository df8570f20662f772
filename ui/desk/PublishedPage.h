// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PublishedPage: what five student projects of 2020 published of their networks, drawn again with the
// intervals that so few test films allow.
//
// Shape:   counts as published, or as published rates imply them; what was not published stays empty.
// Errors:  none.
// Threads: UI thread.
#pragma once

#include "core/metrics/Threshold.h"

#include <QString>
#include <QWidget>

#include <array>
#include <optional>
#include <vector>

class QLabel;
class QListWidget;

namespace hilum::ui {

class ConfusionView;
class PrevalencePart;
class RatesPlot;

struct PublishedCount {
    QString what;
    int hits = 0;
    int films = 0;
};

struct PublishedResult {
    QString project;
    QString network;
    // {{found, missed}, {false alarms, rightly not called}}; nothing: no matrix can be told.
    std::optional<std::array<std::array<int, 2>, 2>> matrix;
    QString other; // class that COVID-19 is told from: "normal", "pneumonia"
    QString source; // where the counts come from
    QString note;
    std::vector<PublishedCount> counts; // instead of a matrix

    int films() const;
    Rates rates() const; // of the matrix
};

[[nodiscard]] const std::vector<PublishedResult> &publishedResults();

class PublishedPage : public QWidget {
    Q_OBJECT

public:
    explicit PublishedPage(QWidget *parent);

    QListWidget &list() { return *m_list; }
    ConfusionView &matrix() { return *m_matrix; }
    PrevalencePart &prevalence() { return *m_prevalence; }
    RatesPlot &rates() { return *m_rates; }

private:
    void showResult(int row);

    QListWidget *m_list;
    QLabel *m_words;
    ConfusionView *m_matrix;
    RatesPlot *m_rates; // of counts
    PrevalencePart *m_prevalence;
};

} // namespace hilum::ui
