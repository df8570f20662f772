// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/SidePanel.h"

#include "ui/shell/HelpSheet.h"
#include "ui/shell/Section.h"

#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace hilum::ui {

namespace {

constexpr int smallestWidth = 336;

} // namespace

SidePanel::SidePanel(QWidget *parent)
    : QScrollArea(parent)
{
    auto *content = new QWidget(this);
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(12, 4, 12, 12);
    m_layout->setSpacing(8);
    m_layout->addStretch(1);
    setWidget(content);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    content->installEventFilter(this);
    setMinimumWidth(smallestWidth);
}

void SidePanel::add(const QString &key, const QString &title, QWidget *content)
{
    auto *section = new Section(key, title, content, widget());
    section->setProperty(helpProperty, key);
    m_layout->insertWidget(m_layout->count() - 1, section);
    for (QWidget *control : content->findChildren<QWidget *>()) {
        if (!qobject_cast<QAbstractSlider *>(control) && !qobject_cast<QComboBox *>(control)
            && !qobject_cast<QAbstractSpinBox *>(control))
            continue;
        // The wheel would give it the focus first, and then turn it.
        if (control->focusPolicy() == Qt::WheelFocus)
            control->setFocusPolicy(Qt::StrongFocus);
        control->installEventFilter(this);
    }
    m_sections.push_back(section);
    connect(section, &Section::maximiseRequested, this, [this, section] { maximise(section); });
}

void SidePanel::maximise(Section *section)
{
    const bool alone
        = std::ranges::none_of(m_sections, [&](Section *one) { return one != section && one->isOpen(); });
    for (Section *one : m_sections)
        one->setOpen(alone || one == section);
}

// Nothing is cut: larger text makes a wider panel.
bool SidePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        setMinimumWidth(std::max(
            smallestWidth, widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width()));
    // Who scrolls past a slider means the panel, not the slider.
    auto *control = qobject_cast<QWidget *>(watched);
    if (event->type() == QEvent::Wheel && control && control != widget() && !control->hasFocus()
        && !qobject_cast<QScrollBar *>(control)) {
        event->ignore();
        return true;
    }
    return QScrollArea::eventFilter(watched, event);
}

QStringList SidePanel::folded() const
{
    QStringList keys;
    for (const Section *section : m_sections) {
        if (!section->isOpen())
            keys << section->key();
    }
    return keys;
}

void SidePanel::setFolded(const QStringList &keys)
{
    for (Section *section : m_sections)
        section->setOpen(!keys.contains(section->key()));
}

} // namespace hilum::ui
