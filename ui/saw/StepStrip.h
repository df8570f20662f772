// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// StepStrip: the steps side by side, each with its picture, its numbers and a sentence, pointed at together.
//
// Units:   points in film pixels.
// Errors:  none.
#pragma once

#include "ui/saw/Sawn.h"

#include <QWidget>

#include <optional>
#include <vector>

class QGridLayout;
class QLabel;
class QToolButton;

namespace hilum::ui {

class StepView;

class StepStrip : public QWidget {
    Q_OBJECT

public:
    explicit StepStrip(QWidget *parent = nullptr);

    void setSawn(SawnPtr sawn);
    void setPoint(std::optional<QPointF> filmPoint);
    void setRoom(int height); // logical pixels; where it is low, words stand beside the pictures

Q_SIGNALS:
    void pointed(QPointF filmPoint);
    void left();
    void copyRequested(int step);
    void saveRequested(int step);

private:
    struct Column {
        QLabel *title;
        QToolButton *more;
        StepView *view;
        QLabel *numbers;
        QLabel *value;
        QLabel *sentence;
        QLabel *arrow;
    };
    Column makeColumn(int index);
    void place(int index, const Column &column);
    void fillColumn(std::size_t index);
    void levelTexts();
    void showPoint();
    void openMenu(int step, QPoint where);

    QGridLayout *m_grid;
    std::vector<Column> m_columns;
    bool m_isLow = true;
    SawnPtr m_sawn;
    std::optional<QPointF> m_point;
};

} // namespace hilum::ui
