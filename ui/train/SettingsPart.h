// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SettingsPart: what people change about a training, in plain words; the rest folded away.
//
// Every field holds only what makes sense; the name and the weights to start from are checked as one types.
//
// Errors:  none; problem() says what keeps a training from starting.
#pragma once

#include "ui/train/RunStore.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace hilum::ui {

class SettingsPart : public QWidget {
    Q_OBJECT

public:
    explicit SettingsPart(const RunStore &store, QWidget *parent = nullptr);

    void setTaken(const QStringList &names); // of networks elsewhere
    void setRecipe(const RecipeOffer &recipe);
    void suggestName(const QString &wish); // taken where the user has typed none
    QString name() const;
    const TrainingSettings &settings() const { return m_settings; }
    QString problem() const;

Q_SIGNALS:
    void changed();

private:
    QSpinBox *spinOf(QWidget *parent, int low, int high);
    QSpinBox *spin(const QString &words, const QString &hint, int low, int high, QGridLayout *grid);
    // Gives the label that says the hint.
    QLabel *row(QGridLayout *grid, const QString &words, QWidget *field, const QString &hint);
    void makeAdvanced(QGridLayout *grid);
    void fill(const TrainingSettings &settings);
    void take();
    void sayWhatARoundIs();
    void check();

    const RunStore &m_store;
    QStringList m_taken;
    QLineEdit *m_name;
    QLabel *m_nameProblem;
    QSpinBox *m_epochs = nullptr;
    QLabel *m_round = nullptr;
    QComboBox *m_heldOut = nullptr;
    QPushButton *m_more;
    QWidget *m_advanced;
    QSpinBox *m_size = nullptr;
    QSpinBox *m_batch = nullptr;
    QSpinBox *m_filmsPerEpoch = nullptr;
    QDoubleSpinBox *m_rate = nullptr;
    QSpinBox *m_validation = nullptr;
    QLineEdit *m_start = nullptr;
    QLabel *m_startProblem = nullptr;
    QSpinBox *m_threads = nullptr;
    QSpinBox *m_seed = nullptr;
    TrainingSettings m_settings;
    QString m_wish; // for the name
    bool m_isDrawn = false; // films come as the recipe's sampling draws them, not each once a round
    bool m_named = false; // by hand
    bool m_filling = false;
};

} // namespace hilum::ui
