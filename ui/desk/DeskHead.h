// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DeskHead: what is chosen on the desk: which networks, whose probability, which films.
//
// Errors:  none.
// Threads: UI thread.
#pragma once

#include "ui/desk/DeskSession.h"

#include <QWidget>

#include <map>
#include <string>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace hilum::ui {

class DeskHead : public QWidget {
    Q_OBJECT

public:
    DeskHead(DeskSession &session, QWidget *parent);

    QPushButton &films() { return *m_films; } // whose menu the window fills
    QComboBox &first() { return *m_first; }
    QComboBox &second() { return *m_second; }
    QComboBox &label() { return *m_label; }
    QComboBox *filterOf(const std::string &column) const; // nothing where the set lacks it
    QComboBox &calls() { return *m_calls; }
    QComboBox &truth() { return *m_truth; }

private:
    QWidget *networks();
    QWidget *filters();
    void fillNetworks();
    void fillFilters();
    void showCount();
    void chooseNetworks();
    void readFilter();

    DeskSession &m_session;
    QPushButton *m_films;
    QComboBox *m_first;
    QComboBox *m_second;
    QComboBox *m_label;
    QComboBox *m_truth;
    QComboBox *m_calls;
    QHBoxLayout *m_row = nullptr; // of the filters
    std::map<std::string, QComboBox *> m_columns;
    QLabel *m_count;
    QPushButton *m_clear;
    DeskSetPtr m_filled; // whose filters stand there
    bool m_hasSecond = false;
    bool m_isFilling = false;
};

} // namespace hilum::ui
