// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// WindowSection: the histogram, the window in exact numbers, what function it is, and all presets.
//
// Up and Down step a number, Shift finer, Ctrl coarser; Enter or leaving the field applies what was typed.
// Colour films have no window here: their colours are shown as stored.
//
// Units:   modality values. Minimum is the value up to which all is black, maximum the value from which
//          all is white (for SIGMOID: half a width to each side of the centre).
// Errors:  none; a number out of reach goes to the nearest that is possible.
// Source:  DICOM PS3.3 C.11.2.1.2 for what LINEAR's centre and width mean.
#pragma once

#include "ui/bridge/DisplayFilm.h"

#include <QDoubleSpinBox>
#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QTreeWidget;

namespace hilum::ui {

class HistogramStrip;
class PresetBook;

// The two ends of a window, and the window between two ends.
struct WindowEnds {
    double low = 0;
    double high = 0;
};
[[nodiscard]] WindowEnds endsOf(const Window &window);
[[nodiscard]] Window windowBetween(WindowEnds ends, VoiFunction function);

// "Linear (LINEAR)"; a VOI table by its explanation.
[[nodiscard]] QString functionText(const Voi &voi);

// A number without useless zeros; Shift steps a tenth, Ctrl ten times.
class ValueField : public QDoubleSpinBox {
    Q_OBJECT

public:
    explicit ValueField(QWidget *parent);

    void setReach(double range); // decimals and step that suit values of this range
    QString textFromValue(double value) const override;

protected:
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
};

class WindowSection : public QWidget {
    Q_OBJECT

public:
    explicit WindowSection(PresetBook &book, QWidget *parent = nullptr);

    void setFilm(DisplayFilmPtr film);
    void setVoi(const Voi &voi);
    void setShowsEnds(bool shows); // minimum and maximum instead of centre and width
    bool showsEnds() const;
    HistogramStrip *histogram() const { return m_histogram; }

Q_SIGNALS:
    void voiChosen(const hilum::Voi &voi);
    void showsEndsChanged(bool shows);

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeNumbers();
    QWidget *makePresets();
    void showNumbers();
    void applyNumbers();
    void fillPresets();
    void fitPresets(); // as high as its rows in the font at hand
    void markPreset();
    void choosePreset();
    void savePreset();
    void managePresets();

    PresetBook &m_book;
    DisplayFilmPtr m_film;
    Voi m_voi;
    HistogramStrip *m_histogram;
    QLabel *m_colour;
    QWidget *m_numbers;
    QLabel *m_function;
    QComboBox *m_switch;
    QLabel *m_firstName;
    QLabel *m_secondName;
    ValueField *m_first;
    ValueField *m_second;
    QTreeWidget *m_presets;
    QPushButton *m_save;
    bool m_showing = false;
};

} // namespace hilum::ui
