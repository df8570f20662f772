// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/predict/ReadingsPanel.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/ErrorText.h"
#include "ui/bridge/Labels.h"
#include "ui/plots/ClassNames.h"
#include "ui/predict/ReadingTable.h"
#include "ui/predict/ReadingText.h"

#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include <cmath>

namespace hilum::ui {

ReadingsPanel::ReadingsPanel(ReadingSession &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
{
    setAccessibleName(tr("Readings"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_empty = wrappedLabel(this, "muted");
    m_agreement = wrappedLabel(this, "strong");
    m_notes = wrappedLabel(this, "small");
    m_refusal = wrappedLabel(this, "warning");
    m_anyway = new QPushButton(tr("Show me anyway"), this);
    m_anyway->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_anyway->setToolTip(tr("Show the networks' readings of this film, although the gate refused it"));
    m_fed = wrappedLabel(this, "warning");
    m_unfed = new QPushButton(tr("Feed the film's own values"), this);
    m_unfed->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    for (QLabel *label : {m_empty, m_agreement, m_notes, m_refusal, m_fed})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_table = new ReadingTable(session, tr("Show the map of %1; again for the class called"), this);
    layout->addWidget(m_fed);
    layout->addWidget(m_unfed);
    layout->addWidget(m_refusal);
    layout->addWidget(m_anyway);
    layout->addWidget(m_table);
    layout->addWidget(m_empty);
    layout->addWidget(m_agreement);
    layout->addWidget(m_notes);

    connect(m_unfed, &QPushButton::clicked, &session, [&session] { session.setFeedsTheView(false); });
    connect(&session, &ReadingSession::fedChanged, this, &ReadingsPanel::showFed);
    connect(m_anyway, &QPushButton::clicked, &session, &ReadingSession::showAnyway);
    connect(&session, &ReadingSession::networksChanged, this, &ReadingsPanel::rebuild);
    connect(&session, &ReadingSession::readingChanged, this, &ReadingsPanel::showReading);
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
    const auto &networks = m_session.networks();
    m_table->setVisible(!networks.empty());
    m_empty->setText(emptyText());
    m_empty->setVisible(networks.empty());
    for (std::size_t n = 0; n < networks.size(); ++n)
        showReading(static_cast<int>(n));
    showAgreement();
    showRefusal();
}

void ReadingsPanel::showReading(int network)
{
    const NetworkReading &reading = m_session.reading(network);
    const bool isShown = reading.prediction && !m_session.isWithheld(m_session.filmId(), network);
    m_table->showReading(network, isShown ? &*reading.prediction : nullptr, reading.bands);
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
        } else if (reading.error && reading.error->code == ErrorCode::Cancelled) {
            notes << tr("%1 was stopped before it had read this film.").arg(title);
        } else if (reading.error && card.imported) {
            notes << tr("%1, which was imported, could not read this film.").arg(title) + QLatin1Char('\n')
                    + toText(reading.error->detail);
        } else if (reading.error) {
            const ErrorWords words = errorWords(*reading.error, title);
            notes << words.what + QLatin1Char(' ') + words.tryThis
                    + (words.detail.isEmpty() ? QString() : QLatin1Char('\n') + words.detail);
        } else if (reading.state == NetworkReading::State::Waiting) {
            notes << (card.imported ? tr("%1 is reading\u2026 It was imported; Esc stops it.")
                                    : tr("%1 is reading\u2026"))
                         .arg(title);
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
