// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/MouseFields.h"

#include "ui/shell/Keymap.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>

namespace hilum::ui {

QString inWords(HandTool drag)
{
    switch (drag) {
    case HandTool::Window:
        return QCoreApplication::translate("MouseFields", "Changes the window");
    case HandTool::Pan:
        return QCoreApplication::translate("MouseFields", "Moves the film");
    case HandTool::Zoom:
        break;
    }
    return QCoreApplication::translate("MouseFields", "Zooms");
}

QString inWords(WheelUse wheel)
{
    switch (wheel) {
    case WheelUse::Frames:
        return QCoreApplication::translate("MouseFields", "Frame by frame");
    case WheelUse::Films:
        return QCoreApplication::translate("MouseFields", "Film by film");
    case WheelUse::Zoom:
        break;
    }
    return QCoreApplication::translate("MouseFields", "Zooms at the cursor");
}

MouseFields::MouseFields(Keymap &keymap, QWidget *parent)
    : QWidget(parent)
    , m_keymap(keymap)
    , m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(8);
    const std::vector drags{HandTool::Window, HandTool::Pan, HandTool::Zoom};
    add(tr("&Middle drag"), drags, &MouseHabits::middle);
    add(tr("&Right drag"), drags, &MouseHabits::right);
    add(tr("&Wheel"), std::vector{WheelUse::Zoom, WheelUse::Frames, WheelUse::Films}, &MouseHabits::wheel);
    connect(&keymap, &Keymap::changed, this, [this] {
        for (const auto &refresh : m_refresh)
            refresh();
    });
}

template <class Use>
void MouseFields::add(const QString &label, const std::vector<Use> &uses, Use MouseHabits::*part)
{
    auto *name = new QLabel(label, this);
    auto *field = new QComboBox(this);
    name->setBuddy(field);
    field->setAccessibleName(QString(label).remove(QLatin1Char('&')));
    for (const Use use : uses)
        field->addItem(inWords(use), static_cast<int>(use));
    const auto refresh = [this, field, part] {
        field->setCurrentIndex(field->findData(static_cast<int>(m_keymap.mouse().*part)));
    };
    refresh();
    m_refresh.push_back(refresh);
    connect(field, &QComboBox::activated, this, [this, field, part] {
        MouseHabits mouse = m_keymap.mouse();
        mouse.*part = static_cast<Use>(field->currentData().toInt());
        m_keymap.setMouse(mouse);
    });
    m_row->addWidget(name);
    m_row->addWidget(field, 1);
}

} // namespace hilum::ui
