// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/SetupPage.h"

#include "ui/bridge/Convert.h"
#include "ui/train/AuditPart.h"
#include "ui/train/RecipeHistory.h"
#include "ui/train/SettingsPart.h"
#include "ui/train/Words.h"

#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace hilum::ui {

SetupPage::SetupPage(Lanes &lanes, const RunStore &store, const QString &program, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *page = new QWidget(scroll);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(8);
    m_title = wordsLabel(page, "title");
    m_description = wordsLabel(page, "muted");
    m_source = new SourcePart(lanes, page);
    m_audit = new AuditPart(program, page);
    m_settings = new SettingsPart(store, page);
    column->addWidget(m_title);
    column->addWidget(m_description);
    column->addSpacing(8);
    column->addWidget(wordsLabel(page, "strong", tr("Films")));
    column->addWidget(m_source);
    column->addWidget(m_audit);
    column->addSpacing(8);
    column->addWidget(wordsLabel(page, "strong", tr("Settings")));
    column->addWidget(m_settings);
    m_historyTitle = wordsLabel(page, "strong", tr("Where this recipe comes from"));
    m_history = new RecipeHistory(page);
    column->addSpacing(8);
    column->addWidget(m_historyTitle);
    column->addWidget(m_history);
    m_historyTitle->hide();
    m_history->hide();
    column->addStretch(1);
    scroll->setWidget(page);
    layout->addWidget(scroll, 1);
    makeFooter(layout);
    connect(m_source, &SourcePart::changed, this, [this] {
        m_audit->setDataset(m_source->source() ? m_source->source()->path : QString());
        if (m_source->source()) {
            const QFileInfo path(m_source->source()->path);
            m_settings->suggestName(path.isDir() ? path.fileName() : path.completeBaseName());
        }
        update();
    });
    connect(m_settings, &SettingsPart::changed, this, [this] {
        m_problem.clear();
        check();
    });
    update();
}

void SetupPage::makeFooter(QVBoxLayout *layout)
{
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 8, 16, 12);
    row->setSpacing(16);
    m_footer = wordsLabel(bar, "muted");
    m_start = new QPushButton(tr("&Start"), bar);
    m_start->setDefault(true);
    m_start->setToolTip(tr("Train in a process of its own; the window stays yours"));
    row->addWidget(m_footer, 1);
    row->addWidget(m_start);
    auto *line = new QFrame(this);
    line->setFrameShape(QFrame::HLine);
    line->setFixedHeight(1);
    line->setStyleSheet(QStringLiteral("background: palette(mid); border: none;"));
    layout->addWidget(line);
    layout->addWidget(bar);
    connect(m_start, &QPushButton::clicked, this, &SetupPage::begin);
}

void SetupPage::setRecipe(const RecipeOffer &recipe)
{
    m_recipe = recipe;
    say(m_title, recipe.title);
    say(m_description, recipe.description);
    m_settings->setRecipe(recipe);
    const auto read = checkedRecipe(recipe.json, recipe);
    m_history->setProjects(read ? projectsOf(*read) : std::vector<StudentProject>());
    m_historyTitle->setVisible(!m_history->projects().empty());
    m_history->setVisible(!m_history->projects().empty());
}

// The recipe with the settings as they stand, read as the training will read it.
void SetupPage::check()
{
    if (m_recipe.name.isEmpty())
        return update();
    const auto recipe = checkedRecipe(withSettings(m_recipe.json, m_settings->settings()), m_recipe);
    m_recipeProblem = recipe ? QString() : toText(recipe.error().detail);
    if (recipe)
        m_source->setRecipe(*recipe);
    update();
}

void SetupPage::setTaken(const QStringList &names) { m_settings->setTaken(names); }

void SetupPage::setBusy(const QString &why)
{
    m_busy = why;
    update();
}

void SetupPage::setProblem(const QString &problem)
{
    m_problem = problem;
    update();
}

QString SetupPage::hindrance() const
{
    if (!m_problem.isEmpty())
        return m_problem;
    if (!m_busy.isEmpty())
        return m_busy;
    if (m_store.root().isEmpty())
        return tr("There is no model folder to keep the network in: set HOME or XDG_DATA_HOME.");
    if (m_recipe.name.isEmpty())
        return tr("No recipe was found.");
    if (m_source->isLooking())
        return tr("Looking at the films\u2026");
    if (!m_source->source())
        return tr("Choose the films first.");
    if (!m_source->outlook().problem.isEmpty())
        return m_source->outlook().problem;
    return m_recipeProblem.isEmpty() ? m_settings->problem() : m_recipeProblem;
}

QString SetupPage::estimate() const
{
    const TrainingSettings &wanted = m_settings->settings();
    const auto rate = m_store.rateOf(m_recipe.architecture(), wanted.size);
    if (!rate)
        return tr("How long it takes is known after the first steps.");
    const int films = wanted.filmsPerEpoch > 0 ? wanted.filmsPerEpoch : m_source->outlook().train;
    return tr("Takes %1, at the %2 films a second of an earlier training of this kind.")
        .arg(durationText(films * wanted.epochs / *rate), QString::number(*rate, 'f', *rate < 10 ? 1 : 0));
}

void SetupPage::update()
{
    const QString why = hindrance();
    m_start->setEnabled(why.isEmpty());
    say(m_footer, why.isEmpty() ? estimate() : why);
    m_start->setAccessibleDescription(m_footer->text());
}

void SetupPage::begin()
{
    if (!hindrance().isEmpty())
        return;
    TrainingSettings wanted = m_settings->settings();
    // A step can't take more films than there are.
    wanted.batch = std::max(2, std::min(wanted.batch, m_source->outlook().train));
    Q_EMIT startRequested(m_settings->name(), m_recipe, wanted);
}

} // namespace hilum::ui
