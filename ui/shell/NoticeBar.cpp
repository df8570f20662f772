// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/NoticeBar.h"

#include "ui/shell/Icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace hilum::ui {

NoticeBar::NoticeBar(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 4, 4);
    layout->setSpacing(8);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setProperty("role", QStringLiteral("warning"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *close = new QToolButton(this);
    close->setIcon(icon(QStringLiteral("close")));
    close->setIconSize({12, 12});
    close->setToolTip(tr("Close this notice; the Film section keeps it"));
    close->setAccessibleName(tr("Close the notice"));
    layout->addWidget(m_text, 1);
    layout->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QToolButton::clicked, this, [this] {
        m_closed.insert(m_filmId);
        hide();
    });
    hide();
}

void NoticeBar::setNotices(int filmId, const QStringList &notices)
{
    m_filmId = filmId;
    m_text->setText(notices.join(QLatin1Char('\n')));
    m_text->setAccessibleName(tr("Notice: %1").arg(notices.join(QLatin1Char(' '))));
    setVisible(!notices.isEmpty() && !m_closed.contains(filmId));
}

} // namespace hilum::ui
