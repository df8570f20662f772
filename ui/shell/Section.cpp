// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/Section.h"

#include "ui/shell/Icons.h"

#include <QEvent>
#include <QVBoxLayout>

namespace hilum::ui {

Section::Section(const QString &key, const QString &title, QWidget *content, QWidget *parent)
    : QWidget(parent)
    , m_key(key)
    , m_title(new QPushButton(title, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 4);
    layout->setSpacing(8);
    m_title->setProperty("role", QStringLiteral("section"));
    m_title->setCheckable(true);
    m_title->setChecked(true);
    m_title->setIcon(icon(QStringLiteral("chevron-down")));
    m_title->setIconSize({12, 12});
    m_title->setToolTip(tr("Fold or unfold; double click to see this part alone"));
    m_title->installEventFilter(this);
    layout->addWidget(m_title);
    layout->addWidget(content);
    connect(m_title, &QPushButton::toggled, this, [this, content](bool open) {
        content->setVisible(open);
        m_title->setIcon(icon(open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    });
}

bool Section::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_title && event->type() == QEvent::MouseButtonDblClick) {
        Q_EMIT maximiseRequested();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace hilum::ui
