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
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

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
    m_refusal = wrapped(this, "warning");
    m_refusal->setTextFormat(Qt::PlainText);
    m_anyway = new QPushButton(tr("Show me anyway"), this);
    m_anyway->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_anyway->setToolTip(tr("Show the networks' readings of this film, although the gate refused it"));
    m_fed = wrapped(this, "warning");
    m_fed->setTextFormat(Qt::PlainText);
    m_unfed = new QPushButton(tr("Feed the film's own values"), this);
    m_unfed->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    layout->addWidget(m_fed);
    layout->addWidget(m_unfed);
    layout->addWidget(m_refusal);
    layout->addWidget(m_anyway);
    layout->addWidget(m_empty);
    layout->addWidget(m_agreement);
    layout->addWidget(m_notes);

    connect(m_unfed, &QPushButton::clicked, &session, [&session] { session.setFeedsTheView(false); });
    connect(&session, &ReadingSession::fedChanged, this, &ReadingsPanel::showFed);
    connect(m_anyway, &QPushButton::clicked, &session, &ReadingSession::showAnyway);
    connect(&session, &ReadingSession::networksChanged, this, &ReadingsPanel::rebuild);
    connect(&session, &ReadingSession::readingChanged, this, &ReadingsPanel::showReading);
    connect(&session, &ReadingSession::selectionChanged, this, &ReadingsPanel::showSelection);
    rebuild();
    showFed();
}

void ReadingsPanel::showFed()
{
    const auto look = m_session.fedLook();
    m_fed->setVisible(m_session.feedsTheView());
    m_unfed->setVisible(m_session.feedsTheView());
    m_fed->setText(look ? tr("Fed what the view shows, not the film's own values: %1.")
                              .arg(toText(lookText(*look, !m_session.film()->isColour())))
                        : tr("The networks are fed what the view shows, not the film's own values."));
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
        if (networks[n].package.card.imported)
            heading->setToolTip(tr("Imported, not checked by Hilum"));
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
    qobject_cast<QVBoxLayout *>(layout())->insertWidget(layout()->indexOf(m_empty), m_table);
    m_table->setVisible(!networks.empty());
    m_empty->setText(emptyText());
    m_empty->setVisible(networks.empty());
    for (std::size_t n = 0; n < networks.size(); ++n)
        showReading(static_cast<int>(n));
    showSelection();
    showAgreement();
    showRefusal();
}

void ReadingsPanel::showReading(int network)
{
    if (static_cast<std::size_t>(network) >= m_bars.size())
        return;
    const NetworkReading &reading = m_session.reading(network);
    const bool withheld = m_session.isWithheld(m_session.filmId(), network);
    const auto classes = m_session.classes();
    for (std::size_t c = 0; c < classes.size(); ++c) {
        std::optional<double> probability;
        bool called = false;
        std::optional<Interval> band;
        if (reading.prediction && !withheld) {
            const auto &scores = reading.prediction->scores;
            const auto score = std::ranges::find(scores, classes[c], &ClassScore::label);
            if (score != scores.end()) {
                probability = score->probability;
                const auto place = static_cast<std::size_t>(score - scores.begin());
                called = place == reading.prediction->top();
                if (place < reading.bands.size())
                    band = reading.bands[place];
            }
        }
        ProbabilityBar *bar = m_bars[static_cast<std::size_t>(network)][c];
        bar->setProbability(probability, called);
        bar->setBand(band, m_session.networks()[static_cast<std::size_t>(network)].package.card.band.level);
    }
    showAgreement();
    showRefusal();
}

void ReadingsPanel::showRefusal()
{
    const QString reason = toText(m_session.refusal());
    const int count = static_cast<int>(m_session.networks().size());
    bool allWithheld = count > 0;
    for (int n = 0; n < count; ++n)
        allWithheld = allWithheld && m_session.isWithheld(m_session.filmId(), n);
    m_refusal->setVisible(!reason.isEmpty());
    m_refusal->setText(m_session.isShownAnyway()
                           ? tr("Refused, shown because you asked. This picture %1. Don't trust what the "
                                "networks say of it.")
                                 .arg(reason)
                           : tr("Refused. This picture %1.").arg(reason));
    m_anyway->setVisible(!reason.isEmpty() && !m_session.isShownAnyway());
    m_table->setVisible(count > 0 && !allWithheld);
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
        if (m_session.isWithheld(m_session.filmId(), static_cast<int>(n)))
            continue;
        if (reading.prediction) {
            calls.push_back({title, reading.prediction->scores[reading.prediction->top()].label});
            notes
                << tr("%1: %2. Read in %3.").arg(title, calibrationText(card), costText(*reading.prediction));
            if (card.imported)
                notes.back() += tr(" Imported, not checked by Hilum.");
            if (card.band.repeats == 0)
                notes.back() += tr(" No uncertainty band comes with it.");
            else if (reading.bands.empty())
                notes.back() += tr(" Its uncertainty bands follow\u2026");
            else
                notes.back() += tr(" Whiskers hold %1 % of repeated readings.")
                                    .arg(std::lround(100 * card.band.level));
        } else if (reading.error && card.imported) {
            notes << tr("%1, which was imported, could not read this film.").arg(title) + QLatin1Char('\n')
                    + toText(reading.error->detail);
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
    const bool waits = notes.isEmpty() && !networks.empty() && m_session.refusal().empty();
    m_notes->setText(waits ? tr("Open a film and the networks read it.") : notes.join(QLatin1Char('\n')));
    m_notes->setVisible(!m_notes->text().isEmpty());
}

} // namespace hilum::ui
