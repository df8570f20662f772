// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/predict/ReadingsPanel.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/ErrorText.h"
#include "ui/plots/ClassNames.h"
#include "ui/predict/ProbabilityBar.h"
#include "ui/predict/ReadingText.h"

#include <QGridLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace hilum::ui {

namespace {

QLabel *wrapped(QWidget *parent, const char *role)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setProperty("role", QLatin1String(role));
    return label;
}

} // namespace

ReadingsPanel::ReadingsPanel(ReadingSession &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
{
    setAccessibleName(tr("Readings"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_empty = wrapped(this, "muted");
    m_agreement = wrapped(this, "strong");
    m_notes = wrapped(this, "small");
    m_notes->setTextFormat(Qt::PlainText);
    layout->addWidget(m_empty);
    layout->addWidget(m_agreement);
    layout->addWidget(m_notes);

    connect(&session, &ReadingSession::networksChanged, this, &ReadingsPanel::rebuild);
    connect(&session, &ReadingSession::readingChanged, this, &ReadingsPanel::showReading);
    connect(&session, &ReadingSession::selectionChanged, this, &ReadingsPanel::showSelection);
    rebuild();
}

QString ReadingsPanel::emptyText() const
{
    if (!m_session.isListed())
        return tr("Looking for networks\u2026");
    if (!m_session.networks().empty())
        return {};
    QString text = tr("No network is installed. Put a model package (a folder with card.json and "
                      "weights.safetensors) into the models folder beside the program and restart.");
    for (const Error &broken : m_session.brokenPackages()) {
        const ErrorWords words = errorWords(broken, tr("A model package"));
        text += QStringLiteral("\n\n") + words.what + QLatin1Char('\n') + words.detail;
    }
    return text;
}

void ReadingsPanel::rebuild()
{
    delete m_table;
    m_table = new QWidget(this);
    m_bars.clear();
    m_classes.clear();
    auto *grid = new QGridLayout(m_table);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(0);

    const auto classes = m_session.classes();
    const auto &networks = m_session.networks();
    for (std::size_t c = 0; c < classes.size(); ++c) {
        auto *button = new QToolButton(m_table);
        button->setText(classTitle(classes[c]));
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setProperty("role", QStringLiteral("row"));
        button->setToolTip(tr("Show the map of %1; again for the class called").arg(classTitle(classes[c])));
        button->setAccessibleName(tr("Select class %1").arg(classTitle(classes[c])));
        connect(button, &QToolButton::clicked, this,
                [this, label = classes[c]](bool on) { m_session.chooseClass(on ? label : std::string()); });
        grid->addWidget(button, static_cast<int>(c) + 1, 0);
        m_classes.push_back(button);
    }
    for (std::size_t n = 0; n < networks.size(); ++n) {
        const int column = static_cast<int>(n) + 1;
        const QString title = toText(networks[n].package.card.title);
        auto *heading = new QLabel(title, m_table);
        heading->setProperty("role", QStringLiteral("strong"));
        grid->addWidget(heading, 0, column);
        grid->setColumnStretch(column, 1);
        std::vector<ProbabilityBar *> bars;
        for (std::size_t c = 0; c < classes.size(); ++c) {
            const int index = static_cast<int>(c);
            bars.push_back(
                new ProbabilityBar(title, classTitle(classes[c]), classColour(classes[c], index), m_table));
            grid->addWidget(bars.back(), index + 1, column);
        }
        m_bars.push_back(std::move(bars));
    }
    qobject_cast<QVBoxLayout *>(layout())->insertWidget(0, m_table);
    m_table->setVisible(!networks.empty());
    m_empty->setText(emptyText());
    m_empty->setVisible(networks.empty());
    for (std::size_t n = 0; n < networks.size(); ++n)
        showReading(static_cast<int>(n));
    showSelection();
    showAgreement();
}

void ReadingsPanel::showReading(int network)
{
    if (static_cast<std::size_t>(network) >= m_bars.size())
        return;
    const NetworkReading &reading = m_session.reading(network);
    const auto classes = m_session.classes();
    for (std::size_t c = 0; c < classes.size(); ++c) {
        std::optional<double> probability;
        bool called = false;
        if (reading.prediction) {
            const auto &scores = reading.prediction->scores;
            const auto score = std::ranges::find(scores, classes[c], &ClassScore::label);
            if (score != scores.end()) {
                probability = score->probability;
                called = static_cast<std::size_t>(score - scores.begin()) == reading.prediction->top();
            }
        }
        m_bars[static_cast<std::size_t>(network)][c]->setProbability(probability, called);
    }
    showAgreement();
}

void ReadingsPanel::showSelection()
{
    const auto classes = m_session.classes();
    for (std::size_t c = 0; c < m_classes.size() && c < classes.size(); ++c)
        m_classes[c]->setChecked(classes[c] == m_session.chosenClass());
}

void ReadingsPanel::showAgreement()
{
    std::vector<Call> calls;
    QStringList notes;
    const auto &networks = m_session.networks();
    for (std::size_t n = 0; n < networks.size(); ++n) {
        const ModelCard &card = networks[n].package.card;
        const NetworkReading &reading = m_session.reading(static_cast<int>(n));
        const QString title = toText(card.title);
        if (reading.prediction) {
            calls.push_back({title, reading.prediction->scores[reading.prediction->top()].label});
            notes
                << tr("%1: %2. Read in %3.").arg(title, calibrationText(card), costText(*reading.prediction));
        } else if (reading.error) {
            const ErrorWords words = errorWords(*reading.error, title);
            notes << words.what + QLatin1Char(' ') + words.tryThis
                    + (words.detail.isEmpty() ? QString() : QLatin1Char('\n') + words.detail);
        } else if (reading.state == NetworkReading::State::Waiting) {
            notes << tr("%1 is reading\u2026").arg(title);
        }
    }
    const QString agreement = agreementText(calls);
    m_agreement->setText(agreement);
    const QString role
        = !agreement.isEmpty() && !agree(calls) ? QStringLiteral("warning") : QStringLiteral("strong");
    if (m_agreement->property("role") != role) {
        m_agreement->setProperty("role", role);
        m_agreement->style()->unpolish(m_agreement); // a style sheet looks at properties only once
        m_agreement->style()->polish(m_agreement);
    }
    m_agreement->setVisible(!agreement.isEmpty());
    m_notes->setText(notes.isEmpty() && !networks.empty() ? tr("Open a film and the networks read it.")
                                                          : notes.join(QLatin1Char('\n')));
    m_notes->setVisible(!m_notes->text().isEmpty());
}

} // namespace hilum::ui
