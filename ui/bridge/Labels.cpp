// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/bridge/Labels.h"

#include <QLabel>
#include <QVariant>

namespace hilum::ui {

QLabel *wrappedLabel(QWidget *parent, const char *role, const QString &text)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("role", QLatin1String(role));
    return label;
}

} // namespace hilum::ui
