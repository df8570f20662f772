// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ChangeForm: the numbers of one change as sliders, its letters as a line to write in.
//
// Units:   as core/lab.
// Errors:  none; letters that can't stand on a film are not taken.
// Threads: UI thread.
#pragma once

#include "core/lab/FilmChange.h"

#include <QWidget>

#include <functional>
#include <vector>

class QFormLayout;
class QLabel;
class QSlider;

namespace hilum::ui {

class ChangeForm : public QWidget {
    Q_OBJECT

public:
    explicit ChangeForm(std::function<int()> newGesture, QWidget *parent = nullptr);

    // Its place in the list; none: says what to do.
    void setChange(const FilmChange *change, int place);

Q_SIGNALS:
    void edited(const hilum::FilmChange &change, int gesture);

private:
    // A number of the change between two ends.
    struct Number {
        QString title;
        double low = 0;
        double high = 1;
        std::function<double(const FilmChange &)> get;
        std::function<void(FilmChange &, double)> set;
        std::function<QString(const FilmChange &)> text;
    };

    void rebuild();
    void addNumber(Number number);
    void addKindRows();
    void addLetters();
    void addChoice(const QString &title, const QStringList &choices,
                   const std::function<int(const FilmChange &)> &get,
                   const std::function<void(FilmChange &, int)> &choose);
    void showNumbers();
    void edit(const std::function<void(FilmChange &)> &change, int gesture);

    std::function<int()> m_newGesture;
    bool m_has = false;
    int m_place = -1;
    FilmChange m_change;
    QWidget *m_rows = nullptr;
    QFormLayout *m_form = nullptr;
    struct Row {
        Number number;
        QSlider *slider;
        QLabel *value;
    };
    std::vector<Row> m_numbers;
    std::vector<std::function<void()>> m_others; // show what is no number
    int m_gesture = 0;
    bool m_isShowing = false;
};

} // namespace hilum::ui
