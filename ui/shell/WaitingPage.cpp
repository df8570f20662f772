// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/WaitingPage.h"

#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QVBoxLayout>

namespace hilum::ui {

namespace {

constexpr int patienceMs = 300;

} // namespace

WaitingPage::WaitingPage(QWidget *parent)
    : QWidget(parent)
    , m_progress(new QWidget(this))
    , m_text(new QLabel(m_progress))
{
    auto *bar = new QProgressBar(m_progress);
    bar->setRange(0, 0);
    bar->setTextVisible(false);
    bar->setFixedSize(240, 4);
    bar->setAccessibleName(tr("Opening"));
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setStyleSheet(QStringLiteral("color: #e6e6e6;")); // on the film's black in every theme
    auto *inner = new QVBoxLayout(m_progress);
    inner->setSpacing(8);
    inner->addWidget(m_text);
    inner->addWidget(bar, 0, Qt::AlignHCenter);
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(1);
    layout->addWidget(m_progress);
    layout->addSpacing(24);
    m_progress->hide();
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMs);
    connect(&m_patience, &QTimer::timeout, m_progress, &QWidget::show);
}

void WaitingPage::begin(const QString &name, const QImage &thumbnail)
{
    m_thumbnail = thumbnail;
    m_text->setText(tr("Opening %1\u2026 Esc stops it.").arg(name));
    m_progress->hide();
    m_patience.start();
    update();
}

void WaitingPage::end()
{
    m_patience.stop();
    m_progress->hide();
}

void WaitingPage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Qt::black);
    if (m_thumbnail.isNull())
        return;
    QRect fitted(QPoint(0, 0), m_thumbnail.size().scaled(size(), Qt::KeepAspectRatio));
    fitted.moveCenter(rect().center());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(fitted, m_thumbnail);
}

} // namespace hilum::ui
