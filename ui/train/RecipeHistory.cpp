// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/RecipeHistory.h"

#include "ui/train/FigureBar.h"

#include <QFrame>
#include <QLabel>
#include <QVBoxLayout>

namespace hilum::ui {

namespace {

QLabel *addText(QVBoxLayout *layout, const QString &text, const char *role)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setProperty("role", QLatin1String(role));
    layout->addWidget(label);
    return label;
}

} // namespace

RecipeHistory::RecipeHistory(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    setProjects({});
}

void RecipeHistory::setProjects(std::vector<StudentProject> projects)
{
    m_projects = std::move(projects);
    delete m_content;
    m_content = new QWidget(this);
    auto *layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    if (m_projects.empty())
        addText(layout, tr("No project comes with this recipe."), "muted");
    for (std::size_t i = 0; i < m_projects.size(); ++i) {
        if (i > 0) {
            auto *line = new QFrame;
            line->setFixedHeight(1);
            line->setAutoFillBackground(true);
            line->setBackgroundRole(QPalette::Mid);
            layout->addWidget(line);
        }
        layout->addWidget(cardOf(m_projects[i]));
    }
    this->layout()->addWidget(m_content);
}

QWidget *RecipeHistory::cardOf(const StudentProject &project)
{
    auto *card = new QWidget;
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    addText(layout,
            project.project == project.title ? project.title
                                             : tr("%1: %2").arg(project.project, project.title),
            "strong");
    addText(layout, project.network, "body");
    addText(layout, tr("Films: %1.").arg(project.films), "small");
    addText(layout, tr("Training: %1. Recipe %2.").arg(project.training, project.recipe), "small");
    layout->addSpacing(4);
    if (project.figures.empty())
        addText(layout, tr("No figure was published."), "muted");
    for (const PublishedFigure &figure : project.figures)
        layout->addWidget(new FigureBar(figure));
    if (!project.wentWrong.isEmpty()) {
        layout->addSpacing(4);
        addText(layout, tr("What went wrong"), "muted");
        for (const QString &sentence : project.wentWrong)
            addText(layout, QStringLiteral("\u2022 ") + sentence, "body");
    }
    return card;
}

} // namespace hilum::ui
