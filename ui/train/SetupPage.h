// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SetupPage: a recipe, films and settings, and Start.
//
// Errors:  what keeps a training from starting stands beside Start, in words.
#pragma once

#include "ui/train/RunStore.h"
#include "ui/train/SourcePart.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace hilum::ui {

class AuditPart;
class Lanes;
class RecipeHistory;
class SettingsPart;

class SetupPage : public QWidget {
    Q_OBJECT

public:
    // `program`: hilum-cli, for the audit.
    SetupPage(Lanes &lanes, const RunStore &store, const QString &program, QWidget *parent = nullptr);

    void setRecipe(const RecipeOffer &recipe);
    void setTaken(const QStringList &names);
    void setBusy(const QString &why); // another training runs; empty: none does
    void setProblem(const QString &problem); // of the last start
    SourcePart &source() { return *m_source; }
    AuditPart &audit() { return *m_audit; }
    SettingsPart &settings() { return *m_settings; }
    QPushButton *startButton() const { return m_start; }

Q_SIGNALS:
    void startRequested(const QString &name, const RecipeOffer &recipe, const TrainingSettings &settings);

private:
    void makeFooter(QVBoxLayout *layout);
    void check();
    void update();
    void begin();
    QString hindrance() const;
    QString estimate() const;

    const RunStore &m_store;
    RecipeOffer m_recipe;
    QLabel *m_title;
    QLabel *m_description;
    SourcePart *m_source;
    AuditPart *m_audit;
    SettingsPart *m_settings;
    QLabel *m_historyTitle;
    RecipeHistory *m_history; // of recipes that stem from a project
    QLabel *m_footer = nullptr;
    QPushButton *m_start = nullptr;
    QString m_busy;
    QString m_problem;
    QString m_recipeProblem;
};

} // namespace hilum::ui
