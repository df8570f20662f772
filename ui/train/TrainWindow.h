// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TrainWindow: train a network: recipes, trainings and own networks on the left, one of them on
// the right.
//
// Closing it leaves a training running; films dropped on it become the data set.
//
// Errors:  each is shown on the page that it belongs to.
#pragma once

#include "ui/plots/PlotTheme.h"
#include "ui/train/RunStore.h"

#include <QDialog>

class QListWidget;
class QListWidgetItem;
class QStackedWidget;

namespace hilum::ui {

class Lanes;
class NetworkPage;
class ReadingSession;
class RunPage;
class SetupPage;
class TrainingRun;

class TrainWindow : public QDialog {
    Q_OBJECT

public:
    struct Parts {
        Lanes &lanes;
        ReadingSession &readings;
        TrainingRun &training;
        const RunStore &store;
        std::vector<std::filesystem::path> recipes; // files
    };

    TrainWindow(Parts parts, QWidget *parent);

    void setTheme(const PlotTheme &theme);
    void showQuick(); // the recipe that takes seconds, and which films
    void showTraining(); // the run that is under way, if one is
    void setSource(const QString &path);

    SetupPage &setup() { return *m_setup; }
    RunPage &runPage() { return *m_run; }
    NetworkPage &networkPage() { return *m_network; }
    QListWidget &list() { return *m_list; }

Q_SIGNALS:
    void networksTouched(); // one was made, renamed or removed
    void saveFailed(const QString &sentence);

protected:
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    enum class Kind { Heading, Recipe, Run, Network };

    void rebuild();
    void fitList();
    QListWidgetItem *add(Kind kind, const QString &key, const QString &text, const QString &hint);
    QListWidgetItem *itemOf(Kind kind, const QString &key) const;
    void refreshRun(); // the words of the run that is under way
    void select(Kind kind, const QString &key);
    void showCurrent();
    void begin(const QString &name, const RecipeOffer &recipe, const TrainingSettings &settings);
    void resume(const StoredRun &run);
    void remove(const QString &name);
    void rename(const QString &name, const QString &newName);
    void connectPages();
    QStringList takenNames() const;
    QString runText(const StoredRun &run) const;

    Parts m_parts;
    RecipeShelf m_shelf;
    QListWidget *m_list;
    QStackedWidget *m_pages;
    SetupPage *m_setup;
    RunPage *m_run;
    NetworkPage *m_network;
    QString m_wanted; // network to show once it is listed
    bool m_rebuilding = false;
};

} // namespace hilum::ui
