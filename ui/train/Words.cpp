// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/Words.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>

#include <cmath>
#include <utility>

namespace hilum::ui {

QLabel *wordsLabel(QWidget *parent, const char *role, const QString &text)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setProperty("role", QLatin1String(role));
    label->setMinimumWidth(1); // a long path must not widen the window
    say(label, text);
    return label;
}

void say(QLabel *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

QString durationText(double seconds)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Words", text); };
    if (!(seconds >= 60))
        return tr("less than a minute");
    const long minutes = std::lround(seconds / 60);
    if (minutes < 60)
        return tr("about %1 min").arg(minutes);
    if (minutes % 60 == 0 || minutes >= 24 * 60)
        return tr("about %1 h").arg(std::lround(seconds / 3600));
    return tr("about %1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QString epochsText(int done, int epochs)
{
    return (epochs == 1 ? QCoreApplication::translate("Words", "%1 of %2 epoch done")
                        : QCoreApplication::translate("Words", "%1 of %2 epochs done"))
        .arg(done)
        .arg(epochs);
}

QuestionRow::QuestionRow(QWidget *parent)
    : QWidget(parent)
    , m_words(wordsLabel(this, "warning"))
    , m_yes(new QPushButton(tr("Yes"), this))
    , m_no(new QPushButton(tr("No"), this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_words, 1);
    layout->addWidget(m_yes);
    layout->addWidget(m_no);
    for (QPushButton *button : {m_yes, m_no})
        button->setAutoDefault(false);
    connect(m_yes, &QPushButton::clicked, this, [this] {
        const auto does = std::exchange(m_does, nullptr);
        settle();
        if (does)
            does();
    });
    connect(m_no, &QPushButton::clicked, this, &QuestionRow::settle);
    hide();
}

void QuestionRow::ask(const QString &question, const QString &yes, const QString &no,
                      std::function<void()> does)
{
    say(m_words, question);
    m_yes->setText(yes);
    m_no->setText(no);
    m_does = std::move(does);
    show();
    m_no->setFocus(Qt::OtherFocusReason); // Enter does no harm
}

void QuestionRow::settle()
{
    m_does = nullptr;
    hide();
}

void QuestionRow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        return settle();
    QWidget::keyPressEvent(event);
}

} // namespace hilum::ui
