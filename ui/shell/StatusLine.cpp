// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/StatusLine.h"

#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace hilum::ui {

StatusLine::StatusLine(QWidget *parent)
    : QStatusBar(parent)
    , m_pixel(new QLabel(this))
    , m_work(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_training(new QToolButton(this))
    , m_device(new QLabel(this))
    , m_names(new QLabel(tr("Names hidden"), this))
{
    setSizeGripEnabled(false);
    auto *purpose = new QLabel(tr("For education, not for diagnosis"), this);
    purpose->setProperty("role", QStringLiteral("strong"));
    m_pixel->setAccessibleName(tr("Pixel under the cursor"));
    m_pixel->setIndent(8);
    purpose->setContentsMargins(0, 0, 8, 0);
    m_device->setContentsMargins(16, 0, 16, 0);
    m_device->setProperty("role", QStringLiteral("muted"));
    m_work->setProperty("role", QStringLiteral("muted"));
    // A long sentence must not make the window wider than its screen.
    for (QLabel *label : {m_pixel, m_work})
        label->setMinimumWidth(1);
    m_bar->setRange(0, 0);
    m_bar->setFixedSize(96, 4);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Working"));
    addWidget(m_pixel, 1);
    addPermanentWidget(m_work);
    addPermanentWidget(m_bar);
    m_training->setAutoRaise(true);
    m_training->setAccessibleName(tr("Training"));
    connect(m_training, &QToolButton::clicked, this, &StatusLine::trainingClicked);
    addPermanentWidget(m_training);
    addPermanentWidget(m_device);
    m_names->setProperty("role", QStringLiteral("warning"));
    m_names->setContentsMargins(0, 0, 16, 0);
    addPermanentWidget(m_names);
    addPermanentWidget(purpose);
    m_names->hide();
    m_training->hide();
    m_work->hide();
    m_bar->hide();
    m_patience.setSingleShot(true);
    m_patience.setInterval(300);
    m_saying.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_work->setText(m_working);
        m_work->show();
        m_bar->show();
    });
    connect(&m_saying, &QTimer::timeout, this, [this] { setWork(m_working); });
}

void StatusLine::setPixel(const QString &text) { m_pixel->setText(text); }

void StatusLine::setDevice(const QString &text) { m_device->setText(text); }

void StatusLine::setTraining(const QString &text, const QString &hint)
{
    m_training->setText(text);
    m_training->setToolTip(hint);
    m_training->setAccessibleName(text);
    m_training->setVisible(!text.isEmpty());
}

void StatusLine::setNamesHidden(bool hidden) { m_names->setVisible(hidden); }

void StatusLine::setWork(const QString &text)
{
    m_working = text;
    if (m_saying.isActive())
        return;
    if (text.isEmpty()) {
        m_patience.stop();
        m_work->hide();
        m_bar->hide();
    } else if (m_bar->isVisible()) {
        m_work->setText(text);
    } else {
        m_work->hide();
        m_patience.start();
    }
}

void StatusLine::say(const QString &text)
{
    m_patience.stop();
    m_bar->hide();
    m_work->setText(text);
    m_work->show();
    m_saying.start(4000);
}

} // namespace hilum::ui
