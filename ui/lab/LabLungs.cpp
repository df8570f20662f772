// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lab/LabLungs.h"

#include "ui/bridge/Labels.h"
#include "ui/session/LungMasks.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace hilum::ui {

LabLungs::LabLungs(LungMasks &lungs, QWidget *parent)
    : QWidget(parent)
    , m_lungs(lungs)
    , m_text(wrappedLabel(this, "small"))
    , m_fault(wrappedLabel(this, "warning"))
    , m_choose(new QPushButton(this))
    , m_draw(new QPushButton(tr("Use drawn regions"), this))
{
    setAccessibleName(tr("Where the lungs are"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_text);
    column->addWidget(m_fault);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton *button : {m_choose, m_draw}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    column->addLayout(buttons);
    m_choose->setToolTip(tr("A picture as large as the film, lungs white on black. FILM.lungs.png beside "
                            "FILM.png is taken by itself."));
    m_draw->setToolTip(tr("What lies in the ellipses and rectangles drawn on the film is lung"));
    connect(m_choose, &QPushButton::clicked, this, &LabLungs::chooseRequested);
    connect(m_draw, &QPushButton::clicked, &lungs, &LungMasks::useDrawn);
    connect(&lungs, &LungMasks::changed, this, &LabLungs::showMask);
    showMask();
}

void LabLungs::showMask()
{
    const bool hasMask = m_lungs.mask() != nullptr;
    m_text->setText(m_lungs.isReading()     ? tr("Reading the mask\u2026")
                        : !hasMask          ? tr("Where the lungs are is not known on this film.")
                        : m_lungs.isDrawn() ? tr("The lungs are known from the drawn regions.")
                                            : tr("The lungs are known from %1.").arg(m_lungs.name()));
    m_fault->setText(m_lungs.fault() ? tr("The mask was not taken. %1").arg(*m_lungs.fault()) : QString());
    m_fault->setVisible(m_lungs.fault().has_value());
    m_choose->setText(hasMask ? tr("Other mask\u2026") : tr("Choose mask\u2026"));
    m_draw->setVisible(m_lungs.hasDrawn() && !m_lungs.isDrawn());
}

} // namespace hilum::ui
