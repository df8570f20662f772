// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lab/LabReadings.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/ErrorText.h"
#include "ui/lab/LabSession.h"
#include "ui/plots/ClassNames.h"
#include "ui/predict/ProbabilityBar.h"
#include "ui/predict/ReadingText.h"
#include "ui/session/ReadingSession.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

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
    , m_words(new QLabel(this))
    , m_trouble(new QLabel(this))
    , m_anyway(new QPushButton(tr("Show me anyway"), this))
{
    setAccessibleName(tr("Readings of the changed film"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    for (QLabel *label : {m_trouble, m_words}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_trouble->setProperty("role", QStringLiteral("warning"));
    m_words->setProperty("role", QStringLiteral("small"));
    m_anyway->setAutoDefault(false);
    m_anyway->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    layout->addWidget(m_trouble);
    layout->addWidget(m_anyway);
    layout->addWidget(m_words);
    connect(m_anyway, &QPushButton::clicked, &readings, &ReadingSession::showAnyway);
    connect(&readings, &ReadingSession::networksChanged, this, &LabReadings::rebuild);
    connect(&readings, &ReadingSession::selectionChanged, this, &LabReadings::refresh);
    connect(&session, &LabSession::readingsChanged, this, &LabReadings::refresh);
    rebuild();
}

void LabReadings::rebuild()
{
    delete m_table;
    m_table = new QWidget(this);
    m_bars.clear();
    m_classes.clear();
    auto *grid = new QGridLayout(m_table);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(0);
    const auto classes = m_readings.classes();
    const auto &networks = m_readings.networks();
    for (std::size_t c = 0; c < classes.size(); ++c) {
        auto *button = new QToolButton(m_table);
        button->setText(classTitle(classes[c]));
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setProperty("role", QStringLiteral("row"));
        button->setToolTip(tr("Plot the probability of %1").arg(classTitle(classes[c])));
        connect(button, &QToolButton::clicked, this,
                [this, label = classes[c]](bool on) { m_readings.chooseClass(on ? label : std::string()); });
        grid->addWidget(button, static_cast<int>(c) + 1, 0);
        m_classes.push_back(button);
    }
    for (std::size_t n = 0; n < networks.size(); ++n) {
        const int column = static_cast<int>(n) + 1;
        const QString title = toText(networks[n].package.card.title);
        auto *heading = new QLabel(title, m_table);
        heading->setProperty("role", QStringLiteral("strong"));
        heading->setWordWrap(true);
        heading->setAlignment(Qt::AlignLeft | Qt::AlignBottom);
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
    qobject_cast<QVBoxLayout *>(layout())->insertWidget(2, m_table);
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
    const auto classes = m_readings.classes();
    const auto &networks = m_readings.networks();
    const bool isWithheld = m_session.isWithheld();
    for (std::size_t c = 0; c < m_classes.size() && c < classes.size(); ++c)
        m_classes[c]->setChecked(classes[c] == m_readings.chosenClass());
    QStringList words;
    for (std::size_t n = 0; n < m_bars.size() && n < networks.size(); ++n) {
        const int network = static_cast<int>(n);
        const Prediction *after = isWithheld ? nullptr : of(m_session.after(), network);
        const Bands &bands = m_session.bands(network);
        const ModelCard &card = networks[n].package.card;
        for (std::size_t c = 0; c < classes.size(); ++c) {
            const auto own = std::ranges::find(card.classes, classes[c]);
            const auto place = static_cast<std::size_t>(own - card.classes.begin());
            const bool isKnown = after != nullptr && own != card.classes.end();
            ProbabilityBar *bar = m_bars[n][c];
            bar->setProbability(isKnown ? std::optional(after->scores[place].probability) : std::nullopt,
                                isKnown && after->top() == place);
            bar->setBand(isKnown && place < bands.size() ? std::optional(bands[place]) : std::nullopt,
                         card.band.level);
        }
        if (const QString moves = isWithheld ? QString() : movesOf(network); !moves.isEmpty())
            words << moves;
    }
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
