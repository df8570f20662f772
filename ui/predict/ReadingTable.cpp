// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/predict/ReadingTable.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/Labels.h"
#include "ui/plots/ClassNames.h"
#include "ui/predict/ProbabilityBar.h"
#include "ui/session/ReadingSession.h"

#include <QGridLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace hilum::ui {

ReadingTable::ReadingTable(ReadingSession &session, const QString &tip, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_tip(tip)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    connect(&session, &ReadingSession::networksChanged, this, &ReadingTable::rebuild);
    connect(&session, &ReadingSession::selectionChanged, this, &ReadingTable::showSelection);
    rebuild();
}

void ReadingTable::rebuild()
{
    delete m_cells;
    m_cells = new QWidget(this);
    m_bars.clear();
    m_classes.clear();
    auto *grid = new QGridLayout(m_cells);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(0);
    const auto classes = m_session.classes();
    const auto &networks = m_session.networks();
    for (std::size_t c = 0; c < classes.size(); ++c) {
        auto *button = new QToolButton(m_cells);
        button->setText(classTitle(classes[c]));
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setProperty("role", QStringLiteral("row"));
        button->setToolTip(m_tip.arg(classTitle(classes[c])));
        button->setAccessibleName(tr("Select class %1").arg(classTitle(classes[c])));
        connect(button, &QToolButton::clicked, this,
                [this, label = classes[c]](bool on) { m_session.chooseClass(on ? label : std::string()); });
        grid->addWidget(button, static_cast<int>(c) + 1, 0);
        m_classes.push_back(button);
    }
    for (std::size_t n = 0; n < networks.size(); ++n) {
        const int column = static_cast<int>(n) + 1;
        const QString title = toText(networks[n].package.card.title);
        auto *heading = new QLabel(columnTitle(title, networks.size(), fontMetrics()), m_cells);
        heading->setProperty("role", QStringLiteral("strong"));
        heading->setToolTip(
            networks[n].package.card.imported ? tr("%1: imported, not checked by Hilum").arg(title) : title);
        grid->addWidget(heading, 0, column);
        grid->setColumnStretch(column, 1);
        std::vector<ProbabilityBar *> bars;
        for (std::size_t c = 0; c < classes.size(); ++c) {
            const int index = static_cast<int>(c);
            bars.push_back(
                new ProbabilityBar(title, classTitle(classes[c]), classColour(classes[c], index), m_cells));
            grid->addWidget(bars.back(), index + 1, column);
        }
        m_bars.push_back(std::move(bars));
    }
    layout()->addWidget(m_cells);
    showSelection();
}

void ReadingTable::showReading(int network, const Prediction *prediction, const Bands &bands)
{
    const auto place = static_cast<std::size_t>(network);
    if (place >= m_bars.size())
        return;
    const auto classes = m_session.classes();
    for (std::size_t c = 0; c < classes.size(); ++c) {
        std::optional<double> probability;
        std::optional<Interval> band;
        bool called = false;
        if (prediction != nullptr) {
            const auto &scores = prediction->scores;
            const auto score = std::ranges::find(scores, classes[c], &ClassScore::label);
            if (score != scores.end()) {
                const auto own = static_cast<std::size_t>(score - scores.begin());
                probability = score->probability;
                called = own == prediction->top();
                if (own < bands.size())
                    band = bands[own];
            }
        }
        m_bars[place][c]->setProbability(probability, called);
        m_bars[place][c]->setBand(band, m_session.networks()[place].package.card.band.level);
    }
}

void ReadingTable::showSelection()
{
    const auto classes = m_session.classes();
    for (std::size_t c = 0; c < m_classes.size() && c < classes.size(); ++c)
        m_classes[c]->setChecked(classes[c] == m_session.chosenClass());
}

} // namespace hilum::ui
