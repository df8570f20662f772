// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/predict/LungRow.h"

#include "ui/bridge/Labels.h"
#include "ui/predict/ReadingText.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

namespace hilum::ui {

LungRow::LungRow(LungMasks &lungs, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_lungs(lungs)
{
    setAccessibleName(title);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto *heading = new QLabel(title, this);
    heading->setProperty("role", QStringLiteral("muted"));
    layout->addWidget(heading);
    m_text = wrappedLabel(this, "body");
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_fault = wrappedLabel(this, "warning");
    layout->addWidget(m_text);
    layout->addWidget(m_fault);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_choose = new QPushButton(tr("Choose mask\u2026"), this);
    m_choose->setToolTip(tr("A picture as large as the film, lungs white on black. FILM.lungs.png beside "
                            "FILM.png is taken by itself."));
    m_draw = new QPushButton(tr("Use drawn regions"), this);
    m_remove = new QPushButton(tr("Remove"), this);
    m_remove->setToolTip(tr("Forget where the lungs are on this film"));
    for (QPushButton *button : {m_choose, m_draw, m_remove}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    layout->addLayout(buttons);
    connect(m_choose, &QPushButton::clicked, this, &LungRow::chooseRequested);
    connect(m_draw, &QPushButton::clicked, &lungs, &LungMasks::useDrawn);
    connect(m_remove, &QPushButton::clicked, &lungs, &LungMasks::remove);
    connect(&lungs, &LungMasks::changed, this, &LungRow::showMask);
    showMask();
}

void LungRow::setShares(const std::optional<LungShares> &shares)
{
    m_shares = shares;
    showMask();
}

void LungRow::showMask()
{
    const bool hasMask = m_lungs.mask() != nullptr;
    const QString from = m_lungs.isDrawn() ? tr("the drawn regions") : m_lungs.name();
    QString text;
    if (m_lungs.isReading())
        text = tr("Reading the mask\u2026");
    else if (!hasMask)
        text = tr("Where the lungs are is not known on this film.");
    else if (!m_shares)
        text = tr("The lungs are known from %1.").arg(from);
    else if (std::isnan(m_shares->heat))
        text = tr("The map is empty: none of it lies anywhere. The lungs are known from %1.").arg(from);
    else
        text = tr("%1 of this map's heat, in %2 of the area that the network saw (lungs from %3). Heat that "
                  "is spread evenly would have as much there as they take of the area.")
                   .arg(twoDecimals(m_shares->heat), twoDecimals(m_shares->area), from);
    m_text->setText(text);
    m_fault->setText(m_lungs.fault() ? tr("The mask was not taken. %1").arg(*m_lungs.fault()) : QString());
    m_fault->setVisible(m_lungs.fault().has_value());
    m_choose->setText(hasMask ? tr("Other mask\u2026") : tr("Choose mask\u2026"));
    m_draw->setVisible(!m_lungs.isDrawn());
    const bool hasDrawn = m_lungs.hasDrawn();
    m_draw->setEnabled(hasDrawn);
    m_draw->setToolTip(hasDrawn ? tr("What lies in the ellipses and rectangles drawn on the film is lung")
                                : tr("First draw ellipses or rectangles over the lungs"));
    m_remove->setVisible(hasMask || m_lungs.isDrawn());
}

} // namespace hilum::ui
