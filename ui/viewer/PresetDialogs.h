// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PresetDialog: what a new own preset is called, keeps, is for, and stands on.
// PresetsDialog: the own presets: rename, order, delete, give keys; in force at once.
//
// Errors:  none; without a name nothing is saved.
#pragma once

#include "ui/session/PresetBook.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QDoubleSpinBox;
class QLineEdit;
class QRadioButton;
class QTreeWidget;

namespace hilum::ui {

// "C 2048 W 4096", "2 % to 98 %"
[[nodiscard]] QString presetText(const OwnPreset &preset);

class PresetDialog : public QDialog {
    Q_OBJECT

public:
    PresetDialog(OwnPreset preset, const QString &modality, QWidget *parent);

    OwnPreset preset() const;

private:
    QWidget *makeKinds();

    OwnPreset m_preset;
    QString m_modality;
    QLineEdit *m_name;
    QRadioButton *m_absolute;
    QRadioButton *m_relative;
    QDoubleSpinBox *m_low;
    QDoubleSpinBox *m_high;
    QCheckBox *m_onlyModality;
    QComboBox *m_digit;
    QDialogButtonBox *m_buttons;
};

class PresetsDialog : public QDialog {
    Q_OBJECT

public:
    PresetsDialog(PresetBook &book, QWidget *parent);

private:
    void fill(int current);
    void keep(); // what the rows say
    void move(int by);
    void removeCurrent();
    int row() const;

    PresetBook &m_book;
    QTreeWidget *m_list;
    bool m_filling = false;
};

} // namespace hilum::ui
