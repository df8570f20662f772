// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SourcePart: which films to train with: a path to type, choose or drop, and what was found there.
//
// Errors:  shown in place, with what to do.
#pragma once

#include "ui/train/TrainingSource.h"

#include <QTimer>
#include <QWidget>

#include <optional>
#include <stop_token>

class QGridLayout;
class QLabel;
class QLineEdit;

namespace hilum::ui {

class Lanes;

class SourcePart : public QWidget {
    Q_OBJECT

public:
    explicit SourcePart(Lanes &lanes, QWidget *parent = nullptr);
    ~SourcePart() override;

    void setPath(const QString &path); // looks at once
    void chooseFolder();
    const std::optional<TrainingSource> &source() const { return m_source; }
    bool isLooking() const { return m_looking; }
    void setRecipe(const Recipe &recipe); // that the films are judged by
    const SplitOutlook &outlook() const { return m_outlook; }

Q_SIGNALS:
    void changed(); // source, outlook or whether it looks

private:
    void chooseManifest();
    void look();
    void show(tl::expected<TrainingSource, ErrorWords> found);
    void showClasses();
    void judge();

    Lanes &m_lanes;
    QLineEdit *m_path;
    QLabel *m_found;
    QWidget *m_table = nullptr;
    QLabel *m_outlookText;
    QLabel *m_problem;
    QLabel *m_detail;
    QTimer m_typed;
    std::stop_source m_stop{std::nostopstate};
    std::optional<TrainingSource> m_source;
    Recipe m_recipe;
    SplitOutlook m_outlook;
    bool m_looking = false;
};

} // namespace hilum::ui
