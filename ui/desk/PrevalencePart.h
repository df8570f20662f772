// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PrevalencePart: what sensitivity and specificity mean where a disease is as common as a slider says:
// predictive values, and 1,000 people as figures; and how sure one could be with another number of test
// films.
//
// Shape:   the prevalence slider is logarithmic from 1 in 1,000 to 0.9, that of films from 10 to 10,000.
// Errors:  none; without both rates it is empty.
// Threads: UI thread.
#pragma once

#include "ui/desk/ThresholdModel.h"
#include "ui/plots/PeopleGrid.h"
#include "ui/plots/RatesPlot.h"

#include <QColor>
#include <QWidget>

#include <optional>

class QCheckBox;
class QLabel;
class QPushButton;
class QSlider;

namespace hilum::ui {

struct MeasuredRates {
    Rates rates;
    QString of{}; // "COVID-19"
    QColor colour{};
    QString provenance{};
    double prevalence = 0.5; // among the films
};

class PrevalencePart : public QWidget {
    Q_OBJECT

public:
    explicit PrevalencePart(QWidget *parent);

    void setRates(const MeasuredRates &rates);
    void clear();
    ThresholdQuestion question() const;
    void setPrevalence(double prevalence);
    void setFilms(int films); // 0: as many as there are
    QSlider &prevalenceSlider() { return *m_prevalence; }
    QSlider &filmsSlider() { return *m_films; }
    RatesPlot &plot() { return *m_rates; }
    PeopleGrid &people() { return *m_people; }

Q_SIGNALS:
    void questionChanged();

private:
    void addSliders();
    void show();
    void sayWhere();

    QSlider *m_prevalence;
    QLabel *m_prevalenceSaid;
    QPushButton *m_asInFilms;
    QCheckBox *m_isOther;
    QSlider *m_films;
    QLabel *m_filmsSaid;
    RatesPlot *m_rates;
    PeopleGrid *m_people;
    std::optional<MeasuredRates> m_measured;
};

// "1 in 20 (5 %)"
[[nodiscard]] QString prevalenceWords(double prevalence);

} // namespace hilum::ui
