// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lab/LabReadings.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/ErrorText.h"
#include "ui/bridge/Labels.h"
#include "ui/lab/LabSession.h"
#include "ui/plots/ClassNames.h"
#include "ui/predict/ReadingTable.h"
#include "ui/predict/ReadingText.h"
#include "ui/session/ReadingSession.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace hilum::ui {

namespace {

const Prediction *of(const LabSession::Predictions &predictions, int network)
{
    const auto place = static_cast<std::size_t>(network);
    return place < predictions.size() && predictions[place] ? &*predictions[place] : nullptr;
}

// What core says of a change is plain enough; what else goes wrong is worded as everywhere.
QString troubleText(const Error &error)
{
    QString detail = toText(error.detail);
    if (error.code != ErrorCode::UsageWrong || detail.isEmpty())
        return errorWords(error, LabReadings::tr("The laboratory")).what + QLatin1Char(' ') + detail;
    detail[0] = detail[0].toUpper();
    return detail + QLatin1Char('.');
}

} // namespace

LabReadings::LabReadings(LabSession &session, ReadingSession &readings, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_readings(readings)
    , m_table(new ReadingTable(readings, tr("Plot the probability of %1"), this))
    , m_fed(wrappedLabel(this, "warning",
                         tr("In the main window the networks are fed what the view shows. Not here: the "
                            "laboratory changes the film's own values and feeds those.")))
    , m_words(wrappedLabel(this, "small"))
    , m_trouble(wrappedLabel(this, "warning"))
    , m_anyway(new QPushButton(tr("Show me anyway"), this))
{
    setAccessibleName(tr("Readings of the changed film"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    for (QLabel *label : {m_trouble, m_words})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_anyway->setAutoDefault(false);
    m_anyway->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    layout->addWidget(m_fed);
    layout->addWidget(m_trouble);
    layout->addWidget(m_anyway);
    layout->addWidget(m_table);
    layout->addWidget(m_words);
    connect(m_anyway, &QPushButton::clicked, &readings, &ReadingSession::showAnyway);
    connect(&readings, &ReadingSession::networksChanged, this, &LabReadings::refresh);
    connect(&readings, &ReadingSession::selectionChanged, this, &LabReadings::refresh);
    connect(&readings, &ReadingSession::fedChanged, this, &LabReadings::refresh);
    connect(&session, &LabSession::readingsChanged, this, &LabReadings::refresh);
    refresh();
}

QString LabReadings::movesOf(int network) const
{
    const Prediction *before = of(m_session.before(), network);
    const Prediction *after = of(m_session.after(), network);
    if (before == nullptr || after == nullptr || m_session.changes().empty())
        return {};
    const std::size_t was = before->top();
    const QString title = toText(m_readings.networks()[static_cast<std::size_t>(network)].package.card.title);
    const QString calledBefore = classTitle(before->scores[was].label);
    const QString moved = tr("%1 %2, was %3")
                              .arg(calledBefore, probabilityText(after->scores[was].probability),
                                   probabilityText(before->scores[was].probability));
    QString text = QStringLiteral("%1: %2").arg(title, moved);
    const Bands &bands = m_session.bands(network);
    if (was < bands.size()) {
        const double now = after->scores[was].probability;
        text += now < bands[was].low || now > bands[was].high
            ? tr("; outside the band of the film as it was (%1)").arg(bandText(bands[was]))
            : tr("; within the band of the film as it was (%1)").arg(bandText(bands[was]));
    }
    if (after->top() != was)
        text += tr(". Now called %1").arg(classTitle(after->scores[after->top()].label));
    return text + QLatin1Char('.');
}

void LabReadings::refresh()
{
    const auto &networks = m_readings.networks();
    const bool isWithheld = m_session.isWithheld();
    QStringList words;
    for (int network = 0; network < static_cast<int>(networks.size()); ++network) {
        m_table->showReading(network, isWithheld ? nullptr : of(m_session.after(), network),
                             m_session.bands(network));
        if (const QString moves = isWithheld ? QString() : movesOf(network); !moves.isEmpty())
            words << moves;
    }
    m_fed->setVisible(m_readings.feedsTheView());
    m_words->setText(words.join(QLatin1Char('\n')));
    m_words->setVisible(!words.isEmpty());
    QString trouble;
    if (isWithheld)
        trouble = tr("Refused. This picture %1. What networks say of it means little, changed or not.")
                      .arg(toText(m_readings.refusal()));
    else if (m_session.error())
        trouble = troubleText(*m_session.error());
    m_trouble->setText(trouble);
    m_trouble->setVisible(!trouble.isEmpty());
    m_anyway->setVisible(isWithheld);
    m_table->setVisible(!networks.empty() && !isWithheld);
}

} // namespace hilum::ui
