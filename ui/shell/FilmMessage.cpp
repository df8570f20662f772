// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/FilmMessage.h"

#include "ui/bridge/ErrorText.h"
#include "ui/shell/CentredColumn.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace hilum::ui {

FilmMessage::FilmMessage(QWidget *parent)
    : QScrollArea(parent)
{
    setFrameShape(NoFrame);
    setAccessibleName(tr("Why there is no film"));
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *page = new QWidget(this);
    auto *column = new QWidget(page);
    column->setMaximumWidth(520);
    auto *layout = new QVBoxLayout(column);
    layout->setSpacing(12);
    const auto add = [&](const char *role) {
        auto *label = new QLabel(column);
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setProperty("role", QLatin1String(role));
        layout->addWidget(label);
        return label;
    };
    m_what = add("title");
    m_tryThis = add("body");
    m_detail = add("small");
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    auto *again = new QPushButton(tr("Try again"), column);
    m_other = new QPushButton(tr("Open another film\u2026"), column);
    auto *close = new QPushButton(tr("Close it"), column);
    for (QPushButton *button : {again, m_other, close})
        buttons->addWidget(button);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    centreColumn(page, column);
    setWidget(page);
    connect(again, &QPushButton::clicked, this, &FilmMessage::againRequested);
    connect(m_other, &QPushButton::clicked, this, &FilmMessage::openRequested);
    connect(close, &QPushButton::clicked, this, &FilmMessage::closeRequested);
}

void FilmMessage::setError(const Error &error, const QString &fileName)
{
    const ErrorWords words = errorWords(error, fileName);
    m_what->setText(words.what);
    m_tryThis->setText(words.tryThis);
    m_detail->setText(words.detail);
    updateDetail();
}

void FilmMessage::setCompact(bool compact)
{
    m_compact = compact;
    m_other->setVisible(!compact);
    m_what->setProperty("role", compact ? "strong" : "title");
    m_what->setStyleSheet(QString()); // the style looks at roles when it is set
    updateDetail();
}

void FilmMessage::updateDetail()
{
    m_detail->setVisible(!m_compact && !m_detail->text().isEmpty());
    m_what->setToolTip(m_compact ? m_detail->text() : QString());
}

} // namespace hilum::ui
